// Deflection and its parts, escalation reasons, segments, survey coverage.

const DEFLECTION_PARTS = [['deflection_confirmed_rate', 'Confirmed', 'down'], ['deflection_assumed_rate', 'Assumed', 'total'], ['deflection_abandoned_rate', 'Customer gave up', 'up']];
const SEGMENTS_SHOWN = 12;
const DIMENSIONS = { topic: 'Topic', channel: 'Channel', work_item_type: 'Work item type', team: 'Team' };

function renderSupport() {
  renderDeflection();
  renderEscalations();
  renderSegments();
  renderSurveys();
  document.querySelectorAll('.month').forEach(host => { host.textContent = latestMonth ? monthName(latestMonth) : ''; });
}

function renderDeflection() {
  const { agent, grain } = state;
  const all = seriesOf(grain, 'deflection_rate', agent), returned = seriesOf(grain, 'return_rate_24h', agent);
  const byPart = DEFLECTION_PARTS.map(([metric, name, shade]) => ({ metric, name, shade, values: seriesOf(grain, metric, agent) }));
  const isKnown = all.some(value => value !== null);
  const returnName = metrics.get('return_rate_24h').name;
  draw('deflection-chart', `Deflection of ${nameOf(agent)}, confirmed, assumed and abandoned, with the return rate`, () => isKnown && {
    grid: grid(), legend: legend([...byPart.map(part => part.name), returnName]),
    xAxis: categoryAxis(periodsOf(grain).map(period => axisName(grain, period))), yAxis: valueAxis('%', { max: 100 }),
    series: [...byPart.map(part => ({
      name: part.name, type: 'bar', stack: 'deflection', barCategoryGap: '28%', itemStyle: { color: colour(part.shade) },
      data: part.values.map((value, at) => ({ value, itemStyle: { opacity: periodsOf(grain)[at].is_complete ? 1 : 0.5 } })),
    })), { name: returnName, type: 'line', data: returned, symbol: 'circle', symbolSize: 4, itemStyle: { color: colour('forecast') }, lineStyle: { color: colour('forecast'), width: 2 } }],
    tooltip: tooltip(at => fullName(grain, at), at => [[null, 'Deflection', percent(all[at], false)], ...byPart.map(part => [colour(part.shade), part.name, percent(part.values[at], false)]), [colour('forecast'), returnName, percent(returned[at], false)]]),
  }, `${capital(whyUnknown('deflection_rate'))}.`);
  const known = scoreOf(grain, 'deflection_rate', agent);
  fill('deflection-note', isKnown && known && known.value !== null
    ? `${periodLabel(grain)}: ${percent(known.value, false)} deflected. ${beside('deflection_rate', agent).textContent}; ${percent(scoreOf(grain, 'identifiable_share', agent)?.value ?? null, false)} of conversations could be followed at all.` : '');
}

function renderEscalations() {
  const months = [...new Set(escalations.filter(row => row.agent_id === state.agent && row.period_start <= latestMonth).map(row => row.period_start))].sort();
  const month = months.at(-1);
  fill('escalations-month', month ? monthName(month) : '');
  const rows = escalations.filter(row => row.agent_id === state.agent && row.period_start === month);
  const total = reason => rows.filter(row => row.reason === reason).reduce((sum, row) => sum + row.escalations, 0);
  const reasons = [...new Set(rows.map(row => row.reason))].sort((a, b) => total(a) - total(b));
  const starters = [...new Set(rows.map(row => row.initiated_by))].sort();
  const shades = ['series', 'forecast', 'companion', 'total', 'average'];
  const sum = rows.reduce((all, row) => all + row.escalations, 0);
  const value = (reason, starter) => rows.find(row => row.reason === reason && row.initiated_by === starter)?.escalations ?? 0;
  draw('escalations-chart', `Escalations of ${nameOf(state.agent)} by reason and who began them`, () => rows.length ? {
    grid: grid({ right: 56 }), legend: legend(starters.map(starter => `by ${words(starter)}`)),
    xAxis: { ...valueAxis(''), type: 'value', minInterval: 1 }, yAxis: categoryAxis(reasons.map(reason => capital(words(reason))), { axisLabel: { color: colour('ink'), fontSize: 11.5 } }),
    series: starters.map((starter, at) => ({
      name: `by ${words(starter)}`, type: 'bar', stack: 'reasons', barCategoryGap: '34%', barMaxWidth: 26, itemStyle: { color: colour(shades[at % shades.length]) },
      data: reasons.map(reason => value(reason, starter)),
      label: at === starters.length - 1 ? { show: true, position: 'right', color: colour('ink'), fontSize: 11.5, formatter: point => `${total(reasons[point.dataIndex])} · ${percent(100 * total(reasons[point.dataIndex]) / sum, false)}` } : { show: false },
    })),
    tooltip: { ...tooltip(at => capital(words(reasons[at])), at => starters.map((starter, index) => [colour(shades[index % shades.length]), `by ${words(starter)}`, number(value(reasons[at], starter), 'count')])), axisPointer: { type: 'shadow', shadowStyle: { opacity: 0.15 } } },
  } : null, 'No escalation in the month.');
  fill('escalations-note', rows.length ? `${number(sum, 'count')} escalations in ${monthName(month)}.${reasons.includes('unrecorded') ? ' “Unrecorded” ones have no reason, or no hand-off on record at all.' : ''}` : '');
}

function renderSegments() {
  options(byId('dimension'), Object.entries(DIMENSIONS), state.dimension);
  const found = segments.filter(row => row.agent_id === state.agent && row.dimension === state.dimension && (row.processed_items || row.completed_outcomes))
    .sort((a, b) => (b.processed_items || 0) - (a.processed_items || 0));
  const rows = found.slice(0, SEGMENTS_SHOWN);
  const cell = (value, unit, reason) => (value === null ? unknown(reason) : number(value, unit));
  fill('segments-table', rows.length ? table([
    { head: DIMENSIONS[state.dimension], cell: row => capital(words(row.segment)) },
    { head: 'Items', cell: row => number(row.processed_items, 'count') },
    { head: 'First touch, %', cell: row => cell(row.first_touch_resolution_rate, 'percent', 'no item was processed') },
    { head: 'Escalated, %', cell: row => cell(row.escalation_rate, 'percent', 'no item was processed') },
    { head: 'Returned, %', cell: row => cell(row.return_rate_24h, 'percent', 'no conversation can be followed') },
    { head: 'Rating, 1–5', cell: row => cell(row.csat, 'rating', 'nobody answered') },
    { head: 'Cost per outcome, USD', cell: row => cell(row.cost_per_outcome, 'USD', 'no item was completed') },
  ], rows, found.length > rows.length ? { caption: `The ${rows.length} largest of ${found.length}` } : {}) : element('p', { class: 'note' }, 'No item was processed in the month.'));
}

function renderSurveys() {
  const order = ['resolved', 'handed_off', 'abandoned'];
  const rows = surveys.filter(row => row.agent_id === state.agent && row.month === latestMonth).sort((a, b) => order.indexOf(a.ending) - order.indexOf(b.ending));
  fill('surveys-table', rows.length ? table([
    { head: 'Ending', cell: row => capital(words(row.ending)) },
    { head: 'Closed', cell: row => number(row.closed_conversations, 'count') },
    { head: 'Asked, %', cell: row => number(row.prompt_coverage_pct, 'percent') },
    { head: 'Answered, %', cell: row => (row.response_rate_pct === null ? unknown('nobody was asked') : number(row.response_rate_pct, 'percent')) },
    { head: 'Verdict', text: true, cell: row => row.is_biased ? element('span', { class: 'status is-warn' }, mark('drifting'), 'flatters') : element('span', { class: 'status is-good' }, mark('on_target'), 'fair') },
  ], rows) : element('p', { class: 'note' }, 'No conversation was closed in the month.'));
}
