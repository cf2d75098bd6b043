// The data of the page, and how to look things up in them.

const data = JSON.parse(document.getElementById('data').textContent);

const rowsOf = table => table.rows.map(values => Object.fromEntries(table.columns.map((name, at) => [name, values[at]])));

const metrics = new Map(data.metrics.map(metric => [metric.metric_id, metric]));
const agentNames = new Map([['all', 'all agents'], ...data.agents.map(agent => [agent.agent_id, agent.agent_name || agent.agent_id])]);
const agentIds = data.agents.map(agent => agent.agent_id);
const nameOf = agent => agentNames.get(agent) || agent;

const scorecard = new Map(rowsOf(data.scorecard).map(row => [`${row.grain}|${row.metric_id}|${row.agent_id}`, row]));
const scoreOf = (grain, metric, agent) => scorecard.get(`${grain}|${metric}|${agent}`);
const profits = rowsOf(data.profit);
const variances = rowsOf(data.variance);
const apiDrivers = rowsOf(data.api_drivers);
const scenarios = rowsOf(data.scenarios);
const escalations = rowsOf(data.escalations);
const surveys = rowsOf(data.surveys);
const segments = rowsOf(data.segments);
const missingTables = rowsOf(data.quality.missing_tables);
const latestMonth = data.attention ? data.attention.month : null;

// A series along the periods of a grain; null where there is no value. A series of one value is stored as that value.
function seriesOf(grain, metric, agent, column = 'value') {
  const length = data.periods[grain].length;
  const stored = data.trends[grain]?.[metric]?.[agent]?.[column];
  return Array.isArray(stored) ? stored : new Array(length).fill(stored ?? null);
}

function statusesOf(grain, metric, agent) {
  const letters = data.trends[grain]?.[metric]?.[agent]?.status || '';
  return data.periods[grain].map((_, at) => data.wording.letters[letters[at]] || null);
}

// What the reader chose. It stands in the address, so that a view can be sent to somebody.
const state = {
  agent: 'all', grain: 'month', metric: 'cost_per_outcome', set: 'agent', money: 'unit', varianceMonth: latestMonth,
  comparison: null, profitMonth: latestMonth, dimension: 'topic', scenario: null,
};

function readAddress() {
  const given = new URLSearchParams(location.hash.slice(1));
  if (agentNames.has(given.get('agent'))) state.agent = given.get('agent');
  if (['week', 'month'].includes(given.get('grain'))) state.grain = given.get('grain');
  if (metrics.has(given.get('metric'))) state.metric = given.get('metric');
}

function writeAddress() {
  const { agent, grain, metric } = state;
  history.replaceState(null, '', `#${new URLSearchParams({ agent, grain, metric })}`);
}
