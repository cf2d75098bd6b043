// Agents side by side, and the scorecard of the chosen agent.

const TILES = ['margin_contribution', 'cost_per_outcome', 'completed_outcomes', 'first_touch_resolution_rate', 'deflection_rate', 'headcount_equivalent_saved'];
const SET_TITLES = { agent: 'Agent KPIs', support: 'Support metrics', diagnostic: 'Diagnostics' };

const metricsOf = set => data.metrics.filter(metric => metric.metric_set === set);

function periodLabel(grain) {
  const period = data.scorecard_periods[grain];
  if (!period) return '';
  return `${capital(periodName(grain, period.start))}${period.is_complete ? '' : ', incomplete'}`;
}

function statusOf(row) {
  if (row.status) return row.status;
  return data.scorecard_periods[row.grain].is_complete ? 'no_data' : 'incomplete';
}

function renderScorecard() {
  document.querySelectorAll('.period').forEach(host => { host.textContent = periodLabel(state.grain); });
  renderMatrix();
  fill('legend', ...['on_target', 'off_target', 'drifting', 'suspicious', 'alarm', 'no_target'].map(status =>
    element('span', {}, statusMark(status), STATUSES[status][1])));
  fill('tiles', ...TILES.map(tile));
  const open = byId('scorecard-tables').querySelector('details')?.open;
  fill('scorecard-tables', ...['agent', 'support'].map(set => element('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': `${SET_TITLES[set]}, a table` }, scoreTable(set))),
    element('details', { open }, element('summary', {}, 'Diagnostics: the numbers to read beside these'),
      element('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': 'Diagnostics, a table' }, scoreTable('diagnostic'))));
}

const renderMatrix = () => fill('matrix', matrix());

function matrix() {
  const set = metricsOf(state.set);
  const hasRow = agent => set.some(metric => scoreOf(state.grain, metric.metric_id, agent));
  const agents = [...agentIds.filter(hasRow).sort((a, b) => gravityOf(a) - gravityOf(b) || nameOf(a).localeCompare(nameOf(b))), 'all'];
  const columns = [
    { head: 'Agent', cell: agent => element('span', {}, agentLink(agent, 'linked'), agent === 'all' ? null : element('small', {}, stateOf(agent))) },
    ...set.map(metric => ({
      head: metricLink(metric),
      cell: agent => matrixCell(metric.metric_id, agent),
      data: agent => {
        const row = scoreOf(state.grain, metric.metric_id, agent);
        const status = row ? statusOf(row) : 'no_data';
        return { class: `is-${STATUSES[status][2]}`, 'data-metric': metric.metric_id, 'data-agent': agent };
      },
    })),
  ];
  return table(columns, agents, { rowClass: agent => [agent === 'all' && 'programme', agent === state.agent && 'chosen'].filter(Boolean).join(' ') });
}

const stateRow = agent => profits.find(each => each.agent_id === agent && each.month === latestMonth);
const stateOf = agent => (stateRow(agent) ? stateMark(stateRow(agent).lifecycle_state) : '');
// The gravest state first, as on the cards.
const gravityOf = agent => (Object.keys(data.wording.states).indexOf(stateRow(agent)?.lifecycle_state) + 50) % 50;

function matrixCell(metric, agent) {
  const row = scoreOf(state.grain, metric, agent);
  if (!row || row.value === null) return unknown(whyUnknown(metric));
  return element('span', {}, element('span', { class: 'value' }, valueOf(row.value, metric)), statusMark(statusOf(row)), beside(metric, agent, true), lacksCost(row, true));
}

// Numbers that cost goes into, where a layer of it is missing.
function lacksCost(row, isShort = false) {
  if (!row.missing_cost_layers || !['cost', 'value'].includes(metrics.get(row.metric_id).category)) return null;
  const text = `cost lacks ${layersInWords(row.missing_cost_layers)}`;
  return element('small', { class: 'lacking', title: capital(text) }, isShort ? 'cost incomplete' : text);
}

const metricLink = metric => element('button', {
  type: 'button', class: 'linked', title: described(metric.metric_id),
  onclick: () => { choose({ metric: metric.metric_id }); byId('trend').scrollIntoView(); },
}, metric.name, UNIT_SIGNS[metric.unit] ? element('small', {}, UNIT_SIGNS[metric.unit].trim()) : null);

// What a number must not be read without. Deflection never stands without its abandoned share and its returns.
function beside(metric, agent, isShort = false) {
  const of = id => scoreOf(state.grain, id, agent)?.value ?? null;
  if (metric === 'deflection_rate') {
    const [gone, returned] = [of('deflection_abandoned_rate'), of('return_rate_24h')];
    return element('small', { 'data-guard': metric }, isShort ? `${number(gone, 'percent')} gave up, ${number(returned, 'percent')} back`
      : `${number(gone, 'points')} points of it gave up; ${percent(returned, false)} came back within 24 h`);
  }
  if (metric === 'headcount_equivalent_saved') {
    const people = of('active_human_agents');
    if (people === null) return isShort ? null : element('small', {}, 'on paper; the logs do not tell how many people were at work');
    return element('small', {}, isShort ? `${number(people, 'count')} people seen` : `on paper; ${number(people, 'count')} people seen at work in the logs`);
  }
  const guard = metrics.get(metric).guard_metric_id;
  if (!guard || isShort) return null;
  return element('small', {}, `with ${metrics.get(guard).name.toLowerCase()} ${withUnit(of(guard), guard)}`);
}

function tile(metric) {
  const row = scoreOf(state.grain, metric, state.agent);
  const { name } = metrics.get(metric);
  const isKnown = row && row.value !== null;
  return element('div', { class: 'tile', 'data-metric': metric },
    element('div', { class: 'label' }, name),
    element('div', { class: 'figure' }, isKnown ? valueOf(row.value, metric) : unknown(whyUnknown(metric)), isKnown ? element('small', {}, UNIT_SIGNS[metrics.get(metric).unit] || '') : null),
    row && !['no_target', 'no_data'].includes(statusOf(row)) ? statusMark(statusOf(row)) : null,
    element('div', { class: 'beside' }, isKnown ? changeText(row) : capital(whyUnknown(metric))),
    isKnown && beside(metric, state.agent) ? element('div', { class: 'beside' }, capital(beside(metric, state.agent).textContent)) : null,
    isKnown ? lacksCost(row) : null);
}

function changeText(row) {
  if (row.month_over_month_change_pct === null) return 'No earlier value';
  return `${percent(row.month_over_month_change_pct)} on ${state.grain === 'week' ? 'four weeks earlier' : 'the month before'}`;
}

function scoreTable(set) {
  const rows = metricsOf(set).map(metric => scoreOf(state.grain, metric.metric_id, state.agent) || { metric_id: metric.metric_id, value: null, isAbsent: true });
  const columns = [
    { head: SET_TITLES[set], cell: row => element('span', {}, metricLink(metrics.get(row.metric_id)), row.value === null ? null : beside(row.metric_id, state.agent),
      row.isAbsent ? null : lacksCost(row)) },
    { head: 'Value', cell: row => row.value === null ? unknown(whyUnknown(row.metric_id))
      : element('span', {}, element('b', {}, valueOf(row.value, row.metric_id)), row.ci_low === null ? null : element('small', {}, `${valueOf(row.ci_low, row.metric_id)} to ${valueOf(row.ci_high, row.metric_id)}`)),
      data: row => ({ 'data-value': row.metric_id }) },
    { head: 'Status', text: true, cell: row => row.value === null ? element('span', {}, statusMark(row.isAbsent ? 'no_data' : statusOf(row)), element('small', {}, capital(whyUnknown(row.metric_id).replace(/^no value:? /, ''))))
      : element('span', {}, statusMark(statusOf(row)), driftText(row)) },
    { head: 'Target', cell: row => row.isAbsent ? UNKNOWN : targetText(row, row.metric_id) },
    { head: 'Forecast', optional: true, cell: row => row.isAbsent ? UNKNOWN : valueOf(row.forecast_value, row.metric_id) },
    { head: state.grain === 'week' ? 'Four weeks' : 'Month before', cell: row => percent(row.month_over_month_change_pct) },
    { head: 'Year before', optional: true, cell: row => percent(row.year_over_year_change_pct) },
    { head: state.grain === 'week' ? 'Last 26 weeks' : 'Last 13 months', cell: row => row.isAbsent ? '' : sparkline(state.grain, row.metric_id, state.agent) },
  ];
  return table(columns, rows, { className: 'score', rowData: row => ({ 'data-row': row.metric_id }) });
}

// How far off, and whether chance may have done it.
function driftText(row) {
  const off = row.drift_vs_target_pct;
  if (!off || !['alarm', 'suspicious', 'drifting', 'off_target'].includes(row.status)) {
    const fromForecast = row.status === 'drifting' && row.drift_vs_forecast_pct !== null;
    return fromForecast ? element('small', {}, `${percent(row.drift_vs_forecast_pct)} from forecast`) : null;
  }
  return element('small', {}, `${percent(off)} from target${row.is_significant ? '' : ', may be chance'}`);
}
