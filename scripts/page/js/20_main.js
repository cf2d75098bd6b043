// Everything that happens when the page opens, and when the reader changes something.

function renderChoice() {
  document.querySelectorAll('.agent-name').forEach(host => { host.textContent = nameOf(state.agent); });
  byId('agent').value = state.agent;
  for (const name of ['grain', 'set']) {
    document.querySelectorAll(`button[data-${name}]`).forEach(button => button.setAttribute('aria-pressed', button.dataset[name] === state[name]));
  }
}

function renderAgent() {
  renderChoice();
  renderScorecard();
  renderTrend();
  renderVariance();
  renderLayers();
  renderSupport();
  renderPeople();
  renderProfit();
}

function choose(change) {
  const isOtherAgent = 'agent' in change && change.agent !== state.agent;
  Object.assign(state, change, isOtherAgent ? { scenario: null, comparison: null } : {});
  const changed = Object.keys(change);
  if (changed.every(name => name === 'metric')) renderTrend();
  else if (changed.every(name => name === 'set')) { renderChoice(); renderMatrix(); }
  else renderAgent();
  if (isOtherAgent) renderRoi();
  writeAddress();
}

function setTheme(theme) {
  document.documentElement.dataset.theme = theme;
  byId('theme').textContent = theme === 'dark' ? 'Light' : 'Dark';
  redrawAll();
}

const systemTheme = matchMedia('(prefers-color-scheme: dark)');
let chosenTheme = null;
const currentTheme = () => chosenTheme || (systemTheme.matches ? 'dark' : 'light');

function listen() {
  byId('agent').addEventListener('change', event => choose({ agent: event.target.value }));
  byId('metric').addEventListener('change', event => choose({ metric: event.target.value }));
  document.querySelectorAll('button[data-grain]').forEach(button => button.addEventListener('click', () => choose({ grain: button.dataset.grain })));
  document.querySelectorAll('button[data-set]').forEach(button => button.addEventListener('click', () => choose({ set: button.dataset.set })));
  document.querySelectorAll('button[data-money]').forEach(button => button.addEventListener('click', () => { state.money = button.dataset.money; renderVariance(); }));
  const selects = { 'variance-month': ['varianceMonth', renderVariance], 'variance-comparison': ['comparison', renderVariance], 'profit-month': ['profitMonth', renderProfit], dimension: ['dimension', renderSegments], scenario: ['scenario', renderRoi] };
  for (const [id, [name, render]] of Object.entries(selects)) byId(id).addEventListener('change', event => { state[name] = event.target.value; render(); });
  byId('theme').addEventListener('click', () => { chosenTheme = currentTheme() === 'dark' ? 'light' : 'dark'; setTheme(chosenTheme); });
  systemTheme.addEventListener('change', () => setTheme(currentTheme()));
  byId('print').addEventListener('click', () => print());
  addEventListener('beforeprint', () => printing(true));
  addEventListener('afterprint', () => printing(false));
  let width = innerWidth, waiting;
  addEventListener('resize', () => {
    if (innerWidth === width || isPrinting) return;
    width = innerWidth;
    clearTimeout(waiting);
    waiting = setTimeout(redrawAll, 120);
  });
  addEventListener('hashchange', () => { readAddress(); renderAgent(); renderRoi(); });
}

// Paper is light and has one width; charts are drawn for it before the browser lays the pages out.
function printing(isOn) {
  isPrinting = isOn;
  document.documentElement.classList.toggle('printing', isOn);
  document.documentElement.dataset.theme = isOn ? 'light' : currentTheme();
  redrawAll();
}

function listParts() {
  const links = [...document.querySelectorAll('section[data-part]')].map(part => {
    const link = element('a', { href: `#${part.id}` }, part.dataset.part);
    // The address holds the view, so a link only moves there.
    link.addEventListener('click', event => { event.preventDefault(); part.scrollIntoView(); part.querySelector('h2').focus({ preventScroll: true }); });
    part.querySelector('h2').tabIndex = -1;
    return [part, link];
  });
  fill('parts', ...links.map(([, link]) => link));
  const mark = () => {
    const top = innerHeight * 0.3;
    const [, current] = [...links].reverse().find(([part]) => part.getBoundingClientRect().top < top) || links[0];
    links.forEach(([, link]) => link.toggleAttribute('aria-current', link === current));
  };
  addEventListener('scroll', mark, { passive: true });
  mark();
}

readAddress();
document.documentElement.dataset.theme = currentTheme();
options(byId('agent'), [['all', 'All agents'], ...agentIds.map(agent => [agent, nameOf(agent)])], state.agent);
fill('as-of', data.run.data_as_of ? `as of ${dayName(data.run.data_as_of)}, ${data.run.data_as_of.slice(11, 16)} UTC` : 'without data');
fill('foot', `Every number stands in a mart of agent_kpis: rpt_scorecard, rpt_metric_trends, rpt_cost_variance_drivers, rpt_agent_pnl, rpt_roi_scenarios and those beside them. Periods in ${data.run.reporting_timezone}. “–” means unknown, never zero. Charts: Apache ECharts.`);
renderAttention();
renderQuality();
renderDefinitions();
renderAgent();
renderRoi();
listParts();
listen();
setTheme(currentTheme());
document.documentElement.dataset.ready = '';
