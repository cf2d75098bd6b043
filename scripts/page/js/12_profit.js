// Profit and loss: all agents of a month, and the statement of one agent month by month.

const MONTHS_IN_STATEMENT = 6;
const MONEY_LINES = [['recorded_value', 'Recorded value', 'indent'], ['imputed_value', 'Avoided cost, imputed', 'indent'], ['total_value', 'Value', 'sum']];

function renderProfit() {
  const months = [...new Set(profits.map(row => row.month))].sort().reverse();
  const month = months.includes(state.profitMonth) ? state.profitMonth : months[0];
  options(byId('profit-month'), months.map(each => [each, monthName(each) + (isComplete(each) ? '' : ', incomplete')]), month);
  fill('profit-table', profitTable(month));
  const ofAgent = profits.filter(row => row.agent_id === state.agent).sort((a, b) => a.month.localeCompare(b.month));
  fill('statement', statement(ofAgent.slice(-MONTHS_IN_STATEMENT)));
  renderProfitChart(ofAgent);
}

const isComplete = month => periodsOf('month').find(period => period.start === month)?.is_complete ?? false;
const known = (value, format, reason) => (value === null || value === undefined ? unknown(reason) : format(value));
const NO_SETTING = 'no value: the agent has no such setting';

function profitTable(month) {
  const order = Object.keys(data.wording.states);
  const rank = row => (row.agent_id === 'all' ? 99 : (order.indexOf(row.lifecycle_state) + 50) % 50);
  const rows = profits.filter(row => row.month === month).sort((a, b) => rank(a) - rank(b) || a.margin - b.margin);
  const column = (head, name, format, reason, more = {}) => ({ head, cell: row => known(row[name], format, reason), data: row => ({ 'data-pnl': name, 'data-agent': row.agent_id }), ...more });
  return table([
    { head: 'Agent', cell: row => element('span', {}, agentLink(row.agent_id, 'linked'), row.missing_cost_layers ? element('small', { class: 'lacking', title: `Cost lacks ${layersInWords(row.missing_cost_layers)}` }, 'cost incomplete') : null) },
    { head: 'State', text: true, cell: row => row.agent_id === 'all' ? '' : element('span', {}, stateMark(row.lifecycle_state), element('small', {}, stateWhy(row))) },
    column('Outcomes', 'completed_outcomes', value => number(value, 'count'), 'no outcome is known'),
    column('Value', 'total_value', value => wholeDollars(value), 'items have neither a recorded value nor a baseline'),
    column('Cost', 'total_cost', value => wholeDollars(value), 'no cost is known'),
    column('Margin', 'margin', value => element('b', {}, wholeDollars(value, true)), 'value or cost is not known'),
    column('Margin, %', 'margin_pct', value => number(value, 'percent'), 'there is no value to divide by'),
    column('Since deployment', 'cumulative_margin', value => wholeDollars(value, true), 'the margin of some month is not known'),
    { head: 'Paid back', cell: row => row.payback_month ? shortMonth(row.payback_month) : unknown('not paid back yet, or the implementation cost is not known') },
    column('Cost per outcome', 'cost_per_outcome', value => number(value, 'USD'), 'no item was completed'),
    column('… in % of baseline', 'cost_vs_baseline_pct', value => number(value, 'percent', { decimals: 0 }), NO_SETTING),
    column('Outcomes a day', 'outcomes_per_day', value => number(value, 'USD', { decimals: 1 }), 'no day has passed'),
    column('… in % of target', 'productivity_attainment_pct', value => number(value, 'percent', { decimals: 0 }), NO_SETTING),
    column('FTE in money', 'headcount_equivalent_saved', value => number(value, 'FTE'), NO_SETTING),
    column('FTE in minutes', 'capacity_equivalent_saved', value => number(value, 'FTE'), NO_SETTING),
  ], rows, { rowClass: row => [row.agent_id === 'all' && 'sum', row.agent_id === state.agent && 'chosen'].filter(Boolean).join(' ') });
}

function stateWhy(row) {
  const since = row.state_since ? `since ${shortMonth(row.state_since)}` : '';
  return [since, row.breached_rules ? row.breached_rules.split(', ').map(words).join(', ') : ''].filter(Boolean).join(': ');
}

function statement(rows) {
  const layers = layerNames().filter(layer => rows.some(row => row[`${layer}_cost`]));
  const lines = [
    ...MONEY_LINES, ...layers.map(layer => [`${layer}_cost`, data.wording.layers[layer], 'indent']), ['total_cost', 'Cost', 'sum'], ['margin', 'Margin', 'sum'],
    ['margin_pct', 'Margin, % of value', 'indent'], ['cumulative_margin', 'Since deployment', 'indent'],
  ];
  const reason = name => (name.endsWith('_cost') ? 'no cost is known' : name === 'margin_pct' ? 'there is no value to divide by' : 'value or cost is not known');
  const format = (name, value) => (name === 'margin_pct' ? number(value, 'percent') : dollars(value));
  return table([
    { head: 'USD', cell: ([, label]) => label },
    ...rows.map(row => ({
      head: element('span', {}, shortMonth(row.month), row.is_complete ? null : element('small', {}, 'incomplete'), row.missing_cost_layers ? element('small', { class: 'lacking', title: `Cost lacks ${layersInWords(row.missing_cost_layers)}` }, 'cost incomplete') : null),
      cell: ([name]) => known(row[name], value => format(name, value), reason(name)), data: ([name]) => ({ 'data-line': name, 'data-month': row.month }),
    })),
  ], lines, { rowClass: ([, , kind]) => kind });
}

function renderProfitChart(rows) {
  const names = rows.map(row => axisName('month', { start: row.month, is_complete: row.is_complete }));
  const bars = (name, key, shade) => ({ name, type: 'bar', barGap: '8%', barCategoryGap: '32%', itemStyle: { color: colour(shade) }, data: rows.map(row => ({ value: row[key], itemStyle: { opacity: row.is_complete ? 1 : 0.5 } })) });
  draw('profit-chart', `Value, cost and margin of ${nameOf(state.agent)} by month`, () => rows.length ? {
    grid: grid(), legend: legend(['Value', 'Cost', 'Margin']), xAxis: categoryAxis(names), yAxis: valueAxis('USD'),
    series: [bars('Value', 'total_value', 'down'), bars('Cost', 'total_cost', 'total'), {
      name: 'Margin', type: 'line', data: rows.map(row => row.margin), symbol: 'circle', symbolSize: 4, itemStyle: { color: colour('series') }, lineStyle: { color: colour('series'), width: 2.2 },
    }],
    tooltip: tooltip(at => capital(monthName(rows[at].month)) + (rows[at].is_complete ? '' : ', incomplete'), at => [
      [colour('down'), 'Value', `${dollars(rows[at].total_value)} USD`], [colour('total'), 'Cost', `${dollars(rows[at].total_cost)} USD`],
      [colour('series'), 'Margin', `${dollars(rows[at].margin, true)} USD`], [null, 'Since deployment', `${dollars(rows[at].cumulative_margin, true)} USD`],
    ]),
  } : null, 'No month of this agent is known.');
}
