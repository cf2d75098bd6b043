// The trend of one metric of one agent: target, forecast, average, interval, versions, and what it must be read with.

// Metrics drawn with others of the same unit, beyond the guard that the registry names.
const COMPANIONS = { deflection_rate: ['deflection_abandoned_rate'] };

function companionsOf(metric) {
  const { guard_metric_id: guard, unit } = metrics.get(metric);
  return [...(COMPANIONS[metric] || []), ...(guard && metrics.get(guard).unit === unit ? [guard] : [])];
}

function versionMarks() {
  const periods = periodsOf(state.grain);
  const versions = data.versions.filter(version => version.agent_id === state.agent);
  // The version an agent began with is no change.
  return versions.slice(1).map(version => ({ ...version, at: periods.findLastIndex(period => period.start <= version.first_seen_date) })).filter(version => version.at >= 0);
}

function renderTrend() {
  const { metric, agent, grain } = state;
  const about = metrics.get(metric);
  options(byId('metric'), [], null);
  for (const set of Object.keys(SET_TITLES)) {
    byId('metric').append(element('optgroup', { label: SET_TITLES[set] }, ...metricsOf(set).map(each =>
      element('option', { value: each.metric_id, selected: each.metric_id === metric }, each.name))));
  }
  fill('trend-description', described(metric));
  const values = seriesOf(grain, metric, agent);
  const isKnown = values.some(value => value !== null);
  draw('trend-chart', `${about.name} of ${nameOf(agent)} by ${grain}`, () => isKnown && trendOption(), capital(whyUnknown(metric)) + '.');
  fill('trend-note', trendNote());
  fill(byId('trend-numbers').querySelector('div'), trendTable());
}

function trendOption() {
  const { metric, agent, grain } = state;
  const about = metrics.get(metric);
  const periods = periodsOf(grain);
  const get = column => seriesOf(grain, metric, agent, column);
  const [values, average, forecast, low, high, ciLow, ciHigh, alarmLow, alarmHigh] =
    ['value', 'moving_average_4', 'forecast_value', 'target_low', 'target_high', 'ci_low', 'ci_high', 'alarm_low', 'alarm_high'].map(get);
  const companions = companionsOf(metric).map(id => ({ id, values: seriesOf(grain, id, agent) })).filter(each => each.values.some(value => value !== null));
  const drawn = [...values, ...average, ...forecast, ...companions.flatMap(each => each.values)];
  const size = extent([...drawn, ...low, ...high]);
  const clamp = value => Math.max(size.min, Math.min(size.max, value));
  const within = values => values.map(value => (value === null || value < size.min || value > size.max ? null : value));
  const hasAny = list => list.some(value => value !== null);
  const hasTarget = low.map((value, at) => value !== null || high[at] !== null);
  const bandLow = low.map((value, at) => (hasTarget[at] ? (value === null ? size.min : clamp(value)) : null));
  const bandHigh = high.map((value, at) => (hasTarget[at] ? (value === null ? size.max : clamp(value)) : null));
  const band = (name, stack, from, to, fillColour, opacity, step) => [
    { name: `${name} `, type: 'line', stack, stackStrategy: 'all', data: from, step, symbol: 'none', lineStyle: { opacity: 0 }, silent: true, tooltip: { show: false } },
    { name, type: 'line', stack, stackStrategy: 'all', data: to.map((value, at) => (value === null ? null : value - from[at])), step, symbol: 'none', lineStyle: { opacity: 0 }, areaStyle: { color: fillColour, opacity }, itemStyle: { color: fillColour, opacity: 0.45 }, silent: true },
  ];
  const line = (name, list, shade, more = {}) => ({ name, type: 'line', data: list, symbol: 'none', connectNulls: false, itemStyle: { color: shade }, lineStyle: { color: shade, width: 1.6 }, ...more });
  const series = [];
  if (hasTarget.some(Boolean)) {
    series.push(...band('Target', 'target', bandLow, bandHigh, colour('band'), 0.13, 'middle'));
    for (const bounds of [low, high]) if (hasAny(bounds)) series.push(line('Target', within(bounds), colour('band'), { step: 'middle', lineStyle: { color: colour('band'), width: 1.2, type: 'dashed' }, silent: true }));
  }
  for (const bounds of [alarmLow, alarmHigh]) if (hasAny(within(bounds))) series.push(line('Alarm bound', within(bounds), colour('alarm-line'), { step: 'middle', lineStyle: { color: colour('alarm-line'), width: 1.2, type: [2, 4] }, silent: true }));
  if (hasAny(ciLow)) series.push(...band('95 % interval', 'interval', ciLow.map(value => (value === null ? null : clamp(value))), ciHigh.map(value => (value === null ? null : clamp(value))), colour('series'), 0.14));
  companions.forEach(each => series.push(line(metrics.get(each.id).name, each.values, colour(each.id === 'deflection_abandoned_rate' ? 'up' : 'companion'), { lineStyle: { color: colour(each.id === 'deflection_abandoned_rate' ? 'up' : 'companion'), width: 1.6, type: 'dashed' } })));
  if (hasAny(forecast)) series.push(line('Forecast', forecast, colour('forecast'), { symbol: 'diamond', symbolSize: 5, lineStyle: { color: colour('forecast'), width: 1.4, type: [6, 4] } }));
  series.push(line('Average of four', average, colour('average'), { lineStyle: { color: colour('average'), width: 1.4, type: 'dotted' } }));
  const marks = versionMarks();
  series.push(line(about.name, completeOnly(grain, values), colour('series'), {
    symbol: 'circle', symbolSize: 5, lineStyle: { color: colour('series'), width: 2.4 }, z: 5,
    markLine: marks.length ? {
      symbol: 'none', silent: true, lineStyle: { color: colour('soft'), type: 'solid', width: 1 },
      label: { color: colour('ink'), fontSize: 11, formatter: point => point.name, position: 'end', distance: 4 },
      data: marks.map(version => ({ name: version.agent_version, xAxis: version.at })),
    } : undefined,
  }));
  series.push(line(`${about.name}, incomplete`, openEnd(grain, values), colour('series'), {
    symbol: (value, point) => (periods[point.dataIndex].is_complete ? 'none' : 'emptyCircle'), symbolSize: 7, lineStyle: { color: colour('series'), width: 2, type: 'dashed' }, z: 5,
  }));
  const shown = [about.name, ...(hasAny(ciLow) ? ['95 % interval'] : []), 'Average of four', ...(hasTarget.some(Boolean) ? ['Target'] : []), ...(series.some(each => each.name === 'Alarm bound') ? ['Alarm bound'] : []), ...(hasAny(forecast) ? ['Forecast'] : []), ...companions.map(each => metrics.get(each.id).name)];
  const statuses = statusesOf(grain, metric, agent);
  return {
    grid: grid({ top: marks.length ? 72 : 58 }), legend: legend(shown), series,
    xAxis: categoryAxis(periods.map(period => axisName(grain, period)), { boundaryGap: true }),
    yAxis: valueAxis((UNIT_SIGNS[about.unit] || about.unit).trim(), size),
    tooltip: tooltip(at => fullName(grain, at), at => [
      [colour('series'), about.name, withUnit(values[at], metric)],
      ...(statuses[at] ? [[null, 'Status', STATUSES[statuses[at]][0]]] : []),
      ...(ciLow[at] !== null ? [[colour('series'), '95 % interval', `${valueOf(ciLow[at], metric)} to ${valueOf(ciHigh[at], metric)}`]] : []),
      [colour('average'), 'Average of four', withUnit(average[at], metric)],
      ...(hasTarget[at] ? [[colour('band'), 'Target', targetText({ target_low: low[at], target_high: high[at] }, metric)]] : []),
      ...(forecast[at] !== null ? [[colour('forecast'), 'Forecast', withUnit(forecast[at], metric)]] : []),
      ...companions.map(each => [colour('companion'), metrics.get(each.id).name, withUnit(each.values[at], each.id)]),
      ...marks.filter(version => version.at === at).map(version => [colour('soft'), `Version ${version.agent_version}`, `since ${dayName(version.first_seen_date)}`]),
    ]),
  };
}

function trendNote() {
  const { metric, agent, grain } = state;
  const notes = [];
  const marks = versionMarks();
  if (marks.length) notes.push(`Upright lines: ${marks.map(version => `${version.agent_version} since ${dayName(version.first_seen_date)}`).join(', ')}.`);
  else if (agent === 'all') notes.push('Choose one agent to see when its versions changed.');
  const guard = metrics.get(metric).guard_metric_id;
  if (guard) notes.push(`Read with: ${metrics.get(guard).name} ${withUnit(scoreOf(grain, guard, agent)?.value ?? null, guard)} in ${grain === 'week' ? `the ${periodLabel(grain).replace('Week', 'week')}` : periodLabel(grain)}.`);
  notes.push(incompleteNote(grain));
  return notes.filter(Boolean).join(' ');
}

function trendTable() {
  const { metric, agent, grain } = state;
  const get = column => seriesOf(grain, metric, agent, column);
  const [values, average, forecast, low, high, ciLow, ciHigh] = ['value', 'moving_average_4', 'forecast_value', 'target_low', 'target_high', 'ci_low', 'ci_high'].map(get);
  const statuses = statusesOf(grain, metric, agent);
  const rows = periodsOf(grain).map((period, at) => at).reverse();
  return table([
    { head: 'Period', cell: at => fullName(grain, at) },
    { head: metrics.get(metric).name, cell: at => values[at] === null ? unknown(whyUnknown(metric)) : withUnit(values[at], metric) },
    { head: 'Status', text: true, cell: at => statusMark(statuses[at] || (periodsOf(grain)[at].is_complete ? 'no_data' : 'incomplete')) },
    { head: '95 % interval', cell: at => ciLow[at] === null ? UNKNOWN : `${valueOf(ciLow[at], metric)} to ${valueOf(ciHigh[at], metric)}` },
    { head: 'Average of four', cell: at => valueOf(average[at], metric) },
    { head: 'Target', cell: at => targetText({ target_low: low[at], target_high: high[at] }, metric) },
    { head: 'Forecast', cell: at => valueOf(forecast[at], metric) },
    ...companionsOf(metric).map(id => ({ head: metrics.get(id).name, cell: at => valueOf(seriesOf(grain, id, agent)[at], id) })),
  ], rows);
}
