// What needs attention: the cards of the latest complete month.

const CARDS_IN_FULL = 8;

function renderAttention() {
  const told = data.attention;
  if (!told) {
    fill('attention-lead', 'No month is complete yet, so nothing has a status.');
    return;
  }
  fill('attention-month', monthName(told.month));
  const count = names => told.agents.filter(card => names.includes(card.state)).length;
  const groups = Object.entries(data.wording.states).map(([name, label]) => [count([name]), label.toLowerCase()]).filter(([n]) => n);
  const lead = [`${told.agents.length} agents: ${groups.map(([n, label]) => `${n} ${label}`).join(', ')}.`];
  const money = told.programme.points.map(point => point.text);
  fill('attention-lead', [...lead, ...(money.length ? [`All together: ${money.join(' ')}`] : [])].join(' '));
  const calm = told.agents.filter(card => ['performing', 'retired', 'not_rated'].includes(card.state));
  const inFull = told.agents.slice(0, Math.max(CARDS_IN_FULL, told.agents.length - calm.length));
  const rest = told.agents.slice(inFull.length);
  fill('attention-cards', ...inFull.map(attentionCard), rest.length ? element('p', { class: 'more-cards note' }, 'Also: ',
    ...rest.flatMap((card, at) => [at ? ', ' : '', agentLink(card.agent_id), ` (${(data.wording.states[card.state] || 'not rated').toLowerCase()})`])) : null);
  if (told.care.length) {
    fill('attention-care', element('strong', {}, 'Read with care'),
      element('ul', {}, ...told.care.map(item => element('li', {}, item.agent_id === 'all' ? '' : `${nameOf(item.agent_id)}: `, item.text))));
  }
}

function attentionCard(card) {
  const tone = STATE_TONES[card.state] || 'none';
  const since = card.since ? `since ${shortMonth(card.since)} · ` : '';
  return element('article', { class: `card is-${tone}`, 'data-agent': card.agent_id },
    element('h3', {}, agentLink(card.agent_id), stateMark(card.state)),
    element('p', { class: 'since' }, `${since}${card.on_target} of ${card.with_target} KPIs on target`),
    element('div', { class: 'figures' },
      figure(card.margin === null ? UNKNOWN : (Math.abs(card.margin) < 10 ? dollars : wholeDollars)(card.margin, true), 'USD margin', card.margin < 0),
      figure(card.cost_vs_baseline_pct === null ? UNKNOWN : `${plainNumber(card.cost_vs_baseline_pct, 0)} %`, 'of human cost', card.cost_vs_baseline_pct > 100),
      figure(String(card.alarms), card.alarms === 1 ? 'alarm' : 'alarms', card.alarms > 0)),
    element('dl', {}, ...card.points.flatMap(point => [element('dt', {}, point.label), element('dd', {}, point.text)])),
    card.worst.length ? element('table', { class: 'worst' }, element('caption', {}, 'Furthest from target'), element('tbody', {}, ...card.worst.map(alarm =>
      element('tr', {}, element('th', { scope: 'row' }, alarm.name), element('td', {}, alarm.value), element('td', { class: 'target' }, alarm.target))))) : null);
}

const figure = (value, label, isBad) => element('div', { class: isBad ? 'is-bad' : null }, element('b', {}, value), label);

const agentLink = (agent, className) => element('button', { type: 'button', class: className || 'linked', title: 'Show this agent', onclick: () => choose({ agent }) }, agent === 'all' ? 'All agents' : nameOf(agent));
