// Where cost goes: layers over time, and those of the latest complete period.

const layerNames = () => Object.keys(data.wording.layers);

function renderLayers() {
  const { agent, grain } = state;
  const ofAgent = data.layers[grain][agent] || {};
  const layers = layerNames().filter(layer => ofAgent[layer]);
  const periods = periodsOf(grain);
  const missing = data.missing_layers[grain];
  draw('layers-chart', `Cost of ${nameOf(agent)} by layer and ${grain}`, () => layers.length ? {
    grid: grid(), legend: legend(layers.map(layer => data.wording.layers[layer])),
    xAxis: categoryAxis(periods.map((period, at) => axisName(grain, period) + (missing[at] ? ' !' : ''))), yAxis: valueAxis('USD'),
    series: layers.map(layer => ({
      name: data.wording.layers[layer], type: 'bar', stack: 'cost', barCategoryGap: '28%', itemStyle: { color: colour(`layer-${layer}`) },
      data: ofAgent[layer].map((value, at) => ({ value, itemStyle: { opacity: periods[at].is_complete ? 1 : 0.5 } })),
    })),
    tooltip: tooltip(at => fullName(grain, at), at => [
      ...layers.filter(layer => ofAgent[layer][at] !== null).map(layer => [colour(`layer-${layer}`), data.wording.layers[layer], `${dollars(ofAgent[layer][at])} USD`]),
      [null, 'All layers', `${dollars(layers.reduce((sum, layer) => sum + (ofAgent[layer][at] || 0), 0))} USD`],
      ...(missing[at] ? [[null, 'Missing', words(missing[at])]] : []),
    ]),
  } : null, 'No cost is known.');
  const gaps = periods.filter((_, at) => missing[at]).length;
  fill('layers-note', [gaps ? `! A layer that is expected has no bill in ${gaps === 1 ? 'this period' : 'these periods'}, so its cost looks too low.` : '', incompleteNote(grain).replace(', so this week has no status', '').replace(', so this month has no status', '')].filter(Boolean).join(' '));
  const latest = data.scorecard_periods[grain] ? periods.findIndex(period => period.start === data.scorecard_periods[grain].start) : -1;
  const at = index => layer => ofAgent[layer]?.[index] ?? null;
  const total = index => layers.reduce((sum, layer) => sum + (at(index)(layer) || 0), 0);
  const rows = [...layers.map(layer => ({ label: data.wording.layers[layer], layer, value: at(latest)(layer), before: at(latest - 1)(layer) })),
    { label: 'All layers', layer: 'all', value: total(latest), before: latest > 0 ? total(latest - 1) : null, isSum: true }];
  fill('layers-table', latest < 0 ? null : table([
    { head: `${periodLabel(grain)}, USD`, cell: row => row.label },
    { head: 'Cost', cell: row => (row.value === null ? unknown('no cost of this layer in the period') : dollars(row.value)), data: row => ({ 'data-layer': row.layer }) },
    { head: 'Share', cell: row => (row.value === null ? UNKNOWN : percent(100 * row.value / total(latest), false)) },
    { head: grain === 'week' ? 'Week before' : 'Month before', cell: row => dollars(row.before) },
  ], rows, { rowClass: row => (row.isSum ? 'sum' : '') }));
}
