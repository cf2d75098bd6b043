// Numbers, dates and marks as people read them.

const UNKNOWN = '–';
const UNIT_SIGNS = { USD: ' USD', percent: ' %', seconds: ' s', minutes: ' min', points: ' points', FTE: ' FTE' };
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const LONG_MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'];

// status → the short word beside its mark, what it means, and its tone
const STATUSES = {
  on_target: ['ok', 'on target', 'good'],
  off_target: ['off', `off target by less than ${data.run.drift_threshold_pct} %`, 'warn'],
  drifting: ['drift', `more than ${data.run.drift_threshold_pct} % away from target or forecast`, 'warn'],
  suspicious: ['odd', 'too good to be true', 'odd'],
  alarm: ['ALARM', 'beyond the alarm bound', 'bad'],
  no_target: ['no target', 'no target is set', 'none'],
  no_data: ['no value', 'no value in the period', 'none'],
  incomplete: ['incomplete', 'the data end within the period', 'none'],
};
const STATE_TONES = {
  retire: 'bad', performance_plan: 'bad', watch: 'warn', onboarding: 'none', not_rated: 'none', performing: 'good', retired: 'none',
};

const minus = text => text.replace(/-/g, '−');

function decimalsFor(value, unit) {
  return unit === 'USD' && value !== 0 && Math.abs(value) < 1 ? 4 : data.wording.decimals[unit] ?? 2;
}

// With a true minus, and no sign before a zero.
function plainNumber(value, decimals, sign = false) {
  if (Math.abs(value) < 0.5 * 10 ** -decimals) return (0).toFixed(decimals);
  const text = value.toLocaleString('en-US', { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
  return minus((sign && value > 0 ? '+' : '') + text);
}

function number(value, unit, { sign = false, decimals, withUnit = false } = {}) {
  if (value === null || value === undefined) return UNKNOWN;
  return plainNumber(value, decimals ?? decimalsFor(value, unit), sign) + (withUnit ? UNIT_SIGNS[unit] || '' : '');
}

const valueOf = (value, metric, options) => number(value, metrics.get(metric).unit, options);
const withUnit = (value, metric) => valueOf(value, metric, { withUnit: true });
const percent = (value, sign = true) => value === null || value === undefined ? UNKNOWN : `${plainNumber(value, Math.abs(value) < 1000 ? 1 : 0, sign)} %`;
const dollars = (value, sign = false) => number(value, 'USD', { sign, decimals: 2 });
const wholeDollars = (value, sign = false) => number(value, 'USD', { sign, decimals: 0 });

const parts = day => day.slice(0, 10).split('-').map(Number);
const monthName = day => { const [year, month] = parts(day); return `${LONG_MONTHS[month - 1]} ${year}`; };
const shortMonth = day => { const [year, month] = parts(day); return `${MONTHS[month - 1]} ${year}`; };
const dayName = day => { const [year, month, on] = parts(day); return `${on} ${MONTHS[month - 1]} ${year}`; };
const periodName = (grain, start) => grain === 'week' ? `week of ${dayName(start)}` : monthName(start);
function axisName(grain, period) {
  const [year, month, on] = parts(period.start);
  const name = grain === 'week' ? `${on} ${MONTHS[month - 1]} ${year % 100}` : `${MONTHS[month - 1]} ${year % 100}`;
  return period.is_complete ? name : `${name} *`;
}

// The registry speaks of NULL, as the marts do; readers of the page do not.
const described = metric => metrics.get(metric).description.replace(/\bNULL\b/g, 'No value');
const words = id => id.replace(/_/g, ' ');
const capital = text => text.charAt(0).toUpperCase() + text.slice(1);

const layersInWords = layers => layers.split(', ').map(layer => (data.wording.layers[layer] || layer).toLowerCase()).join(', ');

// Why a metric has no value: a table that is missing, else the registry's own words on when it is unknown.
function whyUnknown(metric) {
  const missing = missingTables.filter(row => (row.metrics_without_value || '').split(', ').includes(metric)).map(row => row.table_name);
  if (missing.length) return `no value: the ${missing.length === 1 ? 'table' : 'tables'} ${missing.join(', ')} ${missing.length === 1 ? 'is' : 'are'} missing`;
  const { description, denominator } = metrics.get(metric);
  const told = description.match(/NULL ((?:when|without|with) [^.]*)/)?.[1];
  const isClear = told && !/^(when (there is )?none|with it)/.test(told);
  return isClear ? `no value ${told}` : denominator ? `no value without ${denominator}` : 'no value';
}

function targetText(row, metric) {
  const { target_low: low, target_high: high } = row;
  const bound = value => valueOf(value, metric, { decimals: Number.isInteger(value) ? 0 : Math.min(2, decimalsFor(value, metrics.get(metric).unit) || 0) });
  if (low === null && high === null) return UNKNOWN;
  if (low !== null && high !== null) return `${bound(low)} to ${bound(high)}`;
  return low !== null ? `≥ ${bound(low)}` : `≤ ${bound(high)}`;
}
