// How far to trust the numbers: what was set aside, what is missing, and when they were taken.

const sum = (rows, name) => rows.reduce((total, row) => total + row[name], 0);

function renderQuality() {
  const quality = Object.fromEntries(Object.entries(data.quality).map(([name, stored]) => [name, rowsOf(stored)]));
  quality.raw_rows.sort((a, b) => a.source_table.localeCompare(b.source_table));
  const read = sum(quality.raw_rows, 'rows_read'), rejected = sum(quality.raw_rows, 'rows_rejected');
  const unpriced = sum(quality.unpriced, 'calls');
  const month = metric => scoreOf('month', metric, 'all');
  const fact = (label, figure, beside, tone, key) => element('div', { class: 'tile', 'data-fact': key },
    element('div', { class: 'label' }, label), element('div', { class: 'figure' }, figure), element('div', { class: 'beside' }, beside));
  const shareOf = metric => (month(metric) && month(metric).value !== null ? percent(month(metric).value, false) : unknown(whyUnknown(metric)));
  const gap = data.missing_layers.month.map((layers, at) => layers && `${shortMonth(periodsOf('month')[at].start)}: ${layersInWords(layers)}`).filter(Boolean);
  fill('quality-facts',
    fact('Taken at', data.run.data_as_of ? `${dayName(data.run.data_as_of)}` : UNKNOWN, data.run.data_as_of ? `${data.run.data_as_of.slice(11, 16)} UTC; periods in ${data.run.reporting_timezone}` : 'no row was read', null, 'as-of'),
    fact('Rows rejected', number(rejected, 'count'), `of ${number(read, 'count')} read (${read ? percent(100 * rejected / read, false) : UNKNOWN}), each listed with its reasons`, null, 'rejected'),
    fact('Calls without a price', number(unpriced, 'count'), quality.unpriced.length ? [...new Set(quality.unpriced.map(row => row.reason))].join('; ') : 'every call has a known cost', null, 'unpriced'),
    fact('Cost of no work item', shareOf('unattributed_cost_share'), `of all cost, ${periodLabel('month')}`, null, 'unattributed'),
    fact('Tables missing', number(quality.missing_tables.length, 'count'), quality.missing_tables.length ? quality.missing_tables.map(row => row.table_name).join(', ') : 'all thirteen are there', null, 'missing'),
    fact('Months with a cost layer missing', number(gap.length, 'count'), (gap.length > 3 ? [...gap.slice(-3), '…'] : gap).join('; ') || 'every expected layer has its bills', null, 'layers'),
    fact('Model invoices against modelled spend', shareOf('llm_invoice_gap_pct'), `gap of the invoices, ${periodLabel('month')}; target ±5 %`, null, 'invoices'));
  const framed = (rows, columns, caption) => (rows.length ? element('div', { class: 'scroll' }, table(columns, rows, { caption })) : null);
  const worst = [...quality.rejected].sort((a, b) => b.rows - a.rows || a.source_table.localeCompare(b.source_table)).slice(0, 10);
  const orphaned = quality.orphaned.filter(row => row.orphaned_rows).sort((a, b) => b.orphaned_rows - a.orphaned_rows);
  const invoices = rowsOf(data.invoices).filter(row => row.month === latestMonth);
  fill('quality-tables',
    framed(quality.raw_rows, [
      { head: 'Table', cell: row => row.source_table }, { head: 'Read', cell: row => number(row.rows_read, 'count') }, { head: 'Kept', cell: row => number(row.rows_kept, 'count') },
      { head: 'Replaced', cell: row => number(row.rows_superseded, 'count') }, { head: 'Rejected', cell: row => number(row.rows_rejected, 'count') },
    ], 'What became of the rows'),
    framed(worst, [{ head: 'Table', cell: row => row.source_table }, { head: 'Rule broken', text: true, cell: row => row.reasons }, { head: 'Rows', cell: row => number(row.rows, 'count') }],
      `Most frequent reasons for a rejection${quality.rejected.length > worst.length ? ` (${worst.length} of ${quality.rejected.length})` : ''}`),
    framed(invoices, [
      { head: 'Provider', cell: row => row.provider || UNKNOWN }, { head: 'Modelled, USD', cell: row => dollars(row.modelled_cost) },
      { head: 'Invoiced, USD', cell: row => (row.invoiced_cost === null ? unknown('no invoice yet') : dollars(row.invoiced_cost)) }, { head: 'Gap', cell: row => percent(row.gap_pct) },
    ], `Model invoices, ${latestMonth ? monthName(latestMonth) : ''}`),
    framed(quality.missing_tables, [{ head: 'Missing table', cell: row => row.table_name }, { head: 'Metrics without a value', text: true, cell: row => (row.metrics_without_value || 'none').split(', ').map(id => metrics.get(id)?.name || id).join(', ') }], 'Tables that are missing'),
    framed(orphaned.slice(0, 10), [{ head: 'Table', cell: row => row.source_table }, { head: 'Reference', text: true, cell: row => row.reference_column }, { head: 'Rows', cell: row => number(row.orphaned_rows, 'count') }], `References to something that never arrived${orphaned.length > 10 ? ` (10 of ${orphaned.length})` : ''}`),
    framed(quality.excluded, [{ head: 'System', cell: row => row.source_system || UNKNOWN }, { head: 'Rule', text: true, cell: row => row.rule }, { head: 'Action', text: true, cell: row => row.action }, { head: 'Calls', cell: row => number(row.calls, 'count') }], 'Calls left out or relabelled on purpose'),
    framed(quality.suspected_bills, [{ head: 'Vendor', cell: row => row.vendor || UNKNOWN }, { head: 'Service', text: true, cell: row => row.service || UNKNOWN }, { head: 'Amount', cell: row => `${number(row.amount, 'USD')} ${row.currency || ''}` }], 'Bills that may hide model spend'),
    framed(quality.unknown_settings, [{ head: 'Settings', cell: row => row.settings_table }, { head: 'Agent', text: true, cell: row => row.agent_id }], 'Settings of agents that the data do not hold'));
}

function renderDefinitions() {
  fill('definitions-table', table([
    { head: 'Metric', cell: metric => element('span', {}, metric.name, element('small', {}, metric.metric_id)) },
    { head: 'Unit', text: true, cell: metric => metric.unit }, { head: 'Better', text: true, cell: metric => metric.better },
    { head: 'What it says', text: true, cell: metric => described(metric.metric_id) },
    { head: 'Numerator', text: true, cell: metric => metric.numerator || UNKNOWN }, { head: 'Denominator', text: true, cell: metric => metric.denominator || UNKNOWN },
  ], data.metrics));
}
