// Saved headcount on paper, beside the people and the hours that the logs show. Months, whatever the grain.

const PEOPLE = [
  ['headcount_equivalent_saved', 'Saved on paper, FTE', 'line', 'series'],
  ['active_human_agents', 'Seen at work, people', 'bar', 'companion'],
  ['human_minutes', 'Human hours in the logs', 'bar', 'companion'],
];

function renderPeople() {
  fill('people-charts', ...PEOPLE.map(([metric, title]) => element('div', {},
    element('h3', {}, title), element('div', { class: 'chart short', id: `people-${metric}` }), element('p', { class: 'note', id: `people-note-${metric}` }))));
  for (const [metric, title, type, shade] of PEOPLE) {
    const scale = metric === 'human_minutes' ? 1 / 60 : 1;
    const values = seriesOf('month', metric, state.agent).map(value => (value === null ? null : value * scale));
    const periods = periodsOf('month');
    const unit = metrics.get(metric).unit;
    const sign = { human_minutes: ' hours', active_human_agents: ' people' }[metric];
    const text = value => (sign ? number(value, 'count') + sign : number(value, unit, { withUnit: true }));
    draw(`people-${metric}`, `${title} of ${nameOf(state.agent)} by month`, () => values.some(value => value !== null) && {
      grid: grid({ top: 20 }), xAxis: categoryAxis(periods.map(period => axisName('month', period))), yAxis: valueAxis('', extent([...values, 0])),
      series: [{
        type, symbol: 'circle', symbolSize: 5, barCategoryGap: '30%', itemStyle: { color: colour(shade) }, lineStyle: { color: colour(shade), width: 2.2 },
        data: values.map((value, at) => ({ value, symbol: periods[at].is_complete ? 'circle' : 'emptyCircle', itemStyle: { opacity: type === 'bar' && !periods[at].is_complete ? 0.5 : 1 } })),
      }],
      tooltip: tooltip(at => fullName('month', at), at => [[colour(shade), title, text(values[at])]]),
    }, capital(whyUnknown(metric)) + '.');
    const row = scoreOf('month', metric, state.agent);
    fill(`people-note-${metric}`, row && row.value !== null ? `${periodLabel('month')}: ${text(row.value * scale)}${row.month_over_month_change_pct === null ? '' : `, ${percent(row.month_over_month_change_pct)} on the month before`}` : '');
  }
}
