// Where cost goes: layers over time, and those of the latest complete period.

const layerNames = () => Object.keys(data.wording.layers);

function renderLayers() {
  const { agent, grain } = state;
  const ofAgent = data.layers[grain][agent] || {};
  const layers = layerNames().filter(layer => ofAgent[layer]);
  const periods = periodsOf(grain);
  const missing = data.missing_layers[grain];
  draw('layers-chart', `Cost of ${nameOf(agent)} by layer and ${grain}`, () => layers.length ? {
    grid: grid({ top: missing.some(Boolean) ? 74 : 54 }), legend: legend([...layers.map(layer => data.wording.layers[layer]), ...(missing.some(Boolean) ? ['A layer is missing'] : [])]),
    xAxis: categoryAxis(periods.map(period => axisName(grain, period))), yAxis: valueAxis('USD'),
    series: [...layers.map(layer => ({
      name: data.wording.layers[layer], type: 'bar', stack: 'cost', barCategoryGap: '28%', itemStyle: { color: colour(`layer-${layer}`) },
      data: ofAgent[layer].map((value, at) => ({ value, itemStyle: { opacity: periods[at].is_complete ? 1 : 0.5 } })),
    })), {
      name: 'A layer is missing', type: 'scatter', symbol: 'triangle', symbolSize: 9, symbolOffset: [0, -8], itemStyle: { color: colour('warn') },
      data: missing.map((gap, at) => (gap ? layers.reduce((sum, layer) => sum + Math.max(0, ofAgent[layer][at] || 0), 0) : null)),
    }],
    tooltip: tooltip(at => fullName(grain, at), at => [
      ...layers.filter(layer => ofAgent[layer][at] !== null).map(layer => [colour(`layer-${layer}`), data.wording.layers[layer], `${dollars(ofAgent[layer][at])} USD`]),
      [null, 'All layers', `${dollars(layers.reduce((sum, layer) => sum + (ofAgent[layer][at] || 0), 0))} USD`],
      ...(missing[at] ? [[null, 'Missing', layersInWords(missing[at])]] : []),
    ]),
  } : null, 'No cost is known.');
  const gaps = [...new Set(missing.filter(Boolean))].map(layers => {
    const concerned = periods.filter((_, at) => missing[at] === layers);
    return concerned.length === 1 ? `${capital(periodName(grain, concerned[0].start))} has no cost of ${layersInWords(layers)}, so it looks too cheap.`
      : `${concerned.length} ${grain}s have no cost of ${layersInWords(layers)}, so they look too cheap.`;
  });
  fill('layers-note', [...gaps, incompleteNote(grain).replace(', so this week has no status', '').replace(', so this month has no status', '')].filter(Boolean).join(' '));
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
