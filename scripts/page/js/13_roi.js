// The calculator. Its arithmetic is that of rpt_roi_scenarios, where each scenario starts.

const INPUTS = [
  ['items_per_month', 'Items a month', '', 1], ['completion_rate', 'Completed', '%', 0.1], ['escalation_rate', 'Escalated', '%', 0.1],
  ['api_cost_per_item', 'Model calls per item', 'USD', 0.0001], ['review_cost_per_escalation', 'Human review per escalation', 'USD', 0.01],
  ['fixed_cost_per_month', 'Fixed cost a month', 'USD', 1], ['baseline_cost_per_outcome', 'A human outcome costs', 'USD', 0.01],
  ['implementation_cost', 'One-off implementation', 'USD', 100], ['fte_annual_cost', 'An employee a year', 'USD', 500],
];
const RESULTS = [
  ['cost_per_outcome', 'Cost per outcome, USD', value => dollars(value), 'nothing is completed'],
  ['monthly_saving', 'Saving a month, USD', value => wholeDollars(value, true), 'no human baseline is known'],
  ['break_even_items_per_month', 'Breaks even at items a month', value => number(value, 'count'), 'one more item saves nothing, so no volume breaks even'],
  ['payback_months', 'Paid back after months', value => plainNumber(value, 1), 'it saves nothing, or its implementation cost is not known'],
  ['roi_12_months_pct', 'Return in 12 months, %', value => plainNumber(value, 0, true), 'the implementation cost is 0 or not known'],
  ['headcount_equivalent', 'Headcount equivalent, FTE', value => plainNumber(value, 2, true), 'no annual cost of an employee is known'],
];
let inputs = {};

function calculate(given) {
  const over = (above, below) => (above === null || below === null || below === 0 ? null : above / below);
  const times = (...factors) => (factors.includes(null) ? null : factors.reduce((product, factor) => product * factor, 1));
  const plus = (...terms) => (terms.includes(null) ? null : terms.reduce((sum, term) => sum + term, 0));
  const less = value => (value === null ? null : -value);
  const { items_per_month: items, implementation_cost: once, fixed_cost_per_month: fixed } = given;
  const completed = times(given.completion_rate, 0.01);
  const variable = plus(given.api_cost_per_item, times(given.escalation_rate, 0.01, given.review_cost_per_escalation));
  const cost = plus(times(items, variable), fixed);
  const savingPerItem = plus(times(completed, given.baseline_cost_per_outcome), less(variable));
  const saving = plus(times(items, savingPerItem), less(fixed));
  return {
    cost_per_outcome: over(cost, times(items, completed)), monthly_saving: saving,
    break_even_items_per_month: savingPerItem > 0 ? over(fixed, savingPerItem) : null,
    payback_months: saving > 0 ? over(once, saving) : null,
    roi_12_months_pct: times(100, over(plus(times(12, saving), less(once)), once)),
    headcount_equivalent: over(times(12, saving), given.fte_annual_cost),
  };
}

function scenarioName(row) {
  return row.based_on_month ? `${capital(nameOf(row.agent_id))}, as in ${monthName(row.based_on_month)}` : capital(words(row.scenario_id)) + (row.agent_id ? ` (${nameOf(row.agent_id)})` : '');
}

function renderRoi() {
  const listed = [...scenarios].sort((a, b) => (b.based_on_month || '').localeCompare(a.based_on_month || '') || a.scenario_id.localeCompare(b.scenario_id));
  if (!listed.length) {
    fill('roi-lead', 'No scenario is set and no agent has a complete month.');
    return;
  }
  const ofAgent = listed.find(row => row.agent_id === state.agent && row.based_on_month);
  const start = listed.find(row => row.scenario_id === state.scenario) || ofAgent || listed.find(row => row.baseline_cost_per_outcome !== null) || listed[0];
  options(byId('scenario'), listed.map(row => [row.scenario_id, scenarioName(row)]), start.scenario_id);
  fill('roi-lead', `Starts from the scenario “${scenarioName(start)}”. Move a slider: what changes is set against that start.`);
  inputs = Object.fromEntries(INPUTS.map(([name]) => [name, start[name] ?? null]));
  fill('roi-inputs', ...INPUTS.map(input => slider(input, start)));
  renderResults(start);
}

function slider([name, label, unit, step], start) {
  const value = start[name];
  const top = ['completion_rate', 'escalation_rate'].includes(name) ? 100 : Math.max(10 * step, 3 * (value || 100 * step));
  const magnitude = 10 ** Math.floor(Math.log10(top) - 1);
  const max = top === 100 ? 100 : Math.ceil(top / magnitude) * magnitude;
  const id = `roi-${name}`;
  const digits = Math.max(2, Math.round(-Math.log10(step)));
  const shown = amount => (amount === null ? '' : +amount.toFixed(name === 'items_per_month' ? 0 : digits));
  const range = element('input', { type: 'range', id: `${id}-range`, min: 0, max, step: 'any', value: value ?? 0, 'aria-label': label, 'data-range': name });
  const box = element('input', { type: 'number', id, min: 0, step: 'any', value: shown(value), placeholder: 'not set', 'data-input': name });
  const change = (given, isRange) => {
    const rounded = given === '' ? null : isRange ? Math.round(Number(given) / step) * step : Number(given);
    inputs[name] = rounded === null || !Number.isFinite(rounded) ? null : Math.max(0, rounded);
    if (isRange) box.value = shown(inputs[name]);
    else range.value = inputs[name] ?? 0;
    renderResults(start);
  };
  range.addEventListener('input', () => change(range.value, true));
  box.addEventListener('input', () => change(box.value, false));
  return element('div', { class: 'slider' }, element('label', { for: id }, label, unit ? element('small', {}, `, ${unit}`) : null), range, box);
}

function renderResults(start) {
  const now = calculate(inputs);
  fill('roi-results', ...RESULTS.map(([name, label, format, reason]) => {
    const before = start[name];
    const isMoved = now[name] !== null && before !== null && Math.abs(now[name] - before) > 1e-6 * Math.max(1, Math.abs(before));
    return element('div', {}, element('dt', {}, label), element('dd', { 'data-result': name }, now[name] === null ? unknown(reason) : format(now[name]),
      element('small', {}, now[name] === null ? reason : isMoved ? `start: ${format(before)}` : '\u00a0')));
  }));
  const months = Array.from({ length: 25 }, (_, at) => at);
  const line = result => months.map(month => month * result.monthly_saving - inputs.implementation_cost);
  const isKnown = now.monthly_saving !== null && inputs.implementation_cost !== null;
  draw('roi-chart', 'Saving after implementation cost, month by month', () => isKnown && {
    animation: false, grid: grid({ top: 26, bottom: 26 }), xAxis: categoryAxis(months.map(String), { boundaryGap: false, name: 'months', nameLocation: 'middle', nameGap: 22, nameTextStyle: { color: colour('soft') } }), yAxis: valueAxis('USD, summed up'),
    series: [{ type: 'line', data: line(now), symbol: 'none', lineStyle: { color: colour('series'), width: 2.2 }, areaStyle: { color: colour('series'), opacity: 0.1 }, markLine: { symbol: 'none', silent: true, label: { show: false }, lineStyle: { color: colour('soft'), type: 'solid' }, data: [{ yAxis: 0 }] } }],
    tooltip: tooltip(at => `After ${at} ${at === 1 ? 'month' : 'months'}`, at => [[colour('series'), 'Saved, less implementation', `${wholeDollars(line(now)[at], true)} USD`]]),
  }, 'Set the human baseline and the implementation cost to see when it pays.');
}
