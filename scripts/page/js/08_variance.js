// Why cost moved: a waterfall from the base to the actual, in unit cost or in money.

const comparisonName = id => ({ forecast: 'the forecast', previous_month: 'the month before' }[id] || `the forecast “${words(id)}”`);

function renderVariance() {
  const ofAgent = variances.filter(row => row.agent_id === state.agent);
  const months = [...new Set(ofAgent.map(row => row.month))].sort().reverse();
  const month = months.includes(state.varianceMonth) ? state.varianceMonth : months[0];
  options(byId('variance-month'), months.map(each => [each, monthName(each)]), month);
  const rows = ofAgent.filter(row => row.month === month);
  const order = ['forecast', 'previous_month'];
  const ids = rows.map(row => row.comparison).sort((a, b) => (order.indexOf(a) + 3) % 3 - (order.indexOf(b) + 3) % 3 || a.localeCompare(b));
  // Unless the reader chose, a comparison whose drivers are known.
  const chosen = ids.includes(state.comparison) ? state.comparison : ids.find(id => hasDrivers(rows.find(row => row.comparison === id), '')) || ids[0];
  options(byId('variance-comparison'), ids.map(id => [id, capital(comparisonName(id))]), chosen);
  document.querySelectorAll('[data-money]').forEach(button => button.setAttribute('aria-pressed', button.dataset.money === state.money));
  const row = rows.find(each => each.comparison === chosen);
  const ending = state.money === 'usd' ? '_usd' : '';
  if (!row) {
    fill('variance-lead', 'No complete month has a forecast or a month before it.');
    draw('variance-chart', 'Variance', () => null, 'Nothing to compare.');
    fill('variance-table');
    return;
  }
  const steps = stepsOf(row, ending);
  fill('variance-lead', varianceLead(row, ending));
  fill('variance-table', varianceTable(row, ending), apiTable(row, ending));
  draw('variance-chart', `${nameOf(state.agent)}, ${monthName(month)} against ${comparisonName(chosen)}`, () => steps && waterfall(steps, ending), noDrivers(row, ending));
}

// The second level: what moved the model calls' part, told only against the month before.
function apiTable(row, ending) {
  const split = apiDrivers.find(each => each.agent_id === row.agent_id && each.month === row.month && each.comparison === row.comparison);
  if (!split) return null;
  const lines = [['calls_per_item', 'Calls per item'], ['tokens_per_call', 'Tokens per call'], ['price_per_token', 'Price per token'], ['retry_factor', 'Retries'], ['other_api_cost', 'Calls of no item']]
    .map(([name, label]) => ({ label, value: split[`${name}_effect${ending}`] ?? null })).filter(line => line.value !== null);
  return lines.length ? table([
    { head: 'Model calls, split', cell: line => line.label }, { head: 'Effect', cell: line => number(line.value, 'USD', { sign: true, decimals: 4 }) },
  ], lines) : null;
}

const baseOf = (row, ending) => ending ? row.base_cost_usd : row.base_cost_per_outcome;
const actualOf = (row, ending) => ending ? row.actual_cost_usd : row.actual_cost_per_outcome;
const hasDrivers = (row, ending) => row && Object.keys(data.wording.effects).some(effect => row[effect + ending] !== null && row[effect + ending] !== undefined);

function noDrivers(row, ending) {
  if (baseOf(row, ending) === null) return ending ? 'The forecast names no amount of money.' : 'One side has no cost per outcome.';
  return 'This forecast names a cost per outcome but not its drivers, so the difference cannot be split. Compare with the month before.';
}

function varianceLead(row, ending) {
  const total = row[`total_variance${ending}`];
  if (total === null) return noDrivers(row, ending);
  const unit = ending ? 'cost' : 'cost per outcome';
  const way = total >= 0 ? 1 : -1;
  const [largest] = effectsOf(row, ending).sort((a, b) => way * (b.value - a.value));
  const share = (total / baseOf(row, ending)) * 100;
  return `${capital(unit)} ${dollars(baseOf(row, ending))} → ${dollars(actualOf(row, ending))} USD: ${dollars(total, true)} (${percent(share)}) against ${comparisonName(row.comparison)}.`
    + (largest ? ` Largest driver: ${largest.label.toLowerCase()}, ${dollars(largest.value, true)}.` : '');
}

// Drivers that are known; mix and forecast gap only where they are not nothing.
function effectsOf(row, ending) {
  return Object.entries(data.wording.effects)
    .map(([effect, label]) => ({ effect, label, value: row[effect + ending] }))
    .filter(({ effect, value }) => value !== null && value !== undefined && !(['mix_effect', 'forecast_gap'].includes(effect) && Math.abs(value) < 0.005));
}

function stepsOf(row, ending) {
  if (!hasDrivers(row, ending)) return null;
  let level = baseOf(row, ending);
  const steps = [{ label: 'Base', from: 0, to: level, isTotal: true }];
  for (const { label, value } of effectsOf(row, ending)) {
    steps.push({ label, from: level, to: level + value, value });
    level += value;
  }
  steps.push({ label: 'Actual', from: 0, to: actualOf(row, ending), isTotal: true });
  return steps;
}

function waterfall(steps, ending) {
  const invisible = { color: 'transparent', borderColor: 'transparent' };
  const shade = step => (step.isTotal ? colour('total') : step.to >= step.from ? colour('up') : colour('down'));
  const low = step => Math.min(step.from, step.to), high = step => Math.max(step.from, step.to);
  // Above and below zero are stacked apart, so that a bar may cross it.
  const layers = [
    [steps.map(step => Math.max(low(step), 0)), invisible], [steps.map(step => Math.max(high(step), 0) - Math.max(low(step), 0))],
    [steps.map(step => Math.min(high(step), 0)), invisible], [steps.map(step => Math.min(low(step), 0) - Math.min(high(step), 0))],
  ];
  const text = step => (step.isTotal ? dollars(step.to) : dollars(step.value, true));
  const size = extent([...steps.map(step => step.from), ...steps.map(step => step.to)]);
  return {
    grid: grid({ top: 30, bottom: 6 }),
    xAxis: categoryAxis(steps.map(step => step.label), { axisLabel: { color: colour('ink'), fontSize: 11.5, interval: 0, width: 68, overflow: 'break', rotate: isNarrow() ? 55 : 0 } }),
    yAxis: valueAxis(ending ? 'USD' : 'USD per outcome', size),
    series: layers.map(([list, style], at) => ({
      type: 'bar', stack: 'waterfall', barWidth: '58%', silent: Boolean(style),
      data: list.map((value, index) => ({ value, itemStyle: style || { color: shade(steps[index]), borderRadius: 2 } })),
      label: at === 1 ? { show: true, position: 'top', color: colour('ink'), fontSize: 11.5, formatter: point => (isNarrow() && Math.abs(steps[point.dataIndex].to - steps[point.dataIndex].from) < (size.max - size.min) / 20 ? '' : text(steps[point.dataIndex])) } : { show: false },
    })),
    tooltip: { ...tooltip(at => steps[at].label, at => [[shade(steps[at]), steps[at].isTotal ? 'USD' : 'changes it by', text(steps[at])]]), axisPointer: { type: 'none' } },
  };
}

function varianceTable(row, ending) {
  const total = row[`total_variance${ending}`];
  const effects = Object.entries(data.wording.effects).map(([effect, label]) => ({ label, effect, value: row[effect + ending] ?? null }));
  const share = value => (value === null || !total ? UNKNOWN : percent(100 * value / total, false));
  return table([
    { head: ending ? 'USD' : 'USD per outcome', cell: line => line.label },
    { head: 'Effect', cell: line => line.value === null ? unknown(noDrivers(row, ending)) : line.isTotal ? dollars(line.value) : dollars(line.value, true), data: line => ({ 'data-effect': line.effect }) },
    { head: 'Share of the change', cell: line => (line.isTotal ? '' : share(line.value)) },
  ], [
    { label: capital(comparisonName(row.comparison)), value: baseOf(row, ending), isTotal: true, effect: 'base' }, ...effects,
    { label: 'Actual', value: actualOf(row, ending), isTotal: true, effect: 'actual' },
  ], { rowClass: line => (line.isTotal ? 'sum' : '') });
}
