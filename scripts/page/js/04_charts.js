// What all charts share: colours of the theme, axes, tooltips, and drawing again when theme or width change.

const charts = new Map();
let isPrinting = false;

const colour = name => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
const escaped = text => String(text).replace(/[&<>"']/g, sign => `&#${sign.charCodeAt(0)};`);

// Draw a chart in a host. The option is a function, so that it can be asked again for the colours of another theme.
function draw(id, label, makeOption, reasonIfEmpty = 'No data.') {
  const host = typeof id === 'string' ? byId(id) : id;
  charts.get(host)?.dispose();
  charts.delete(host);
  host.replaceChildren();
  const option = makeOption();
  host.setAttribute('role', 'img');
  host.setAttribute('aria-label', option ? label : `${label}: ${reasonIfEmpty}`);
  if (!option) {
    host.append(element('div', { class: 'empty' }, reasonIfEmpty));
    return;
  }
  const chart = echarts.init(host, null, { renderer: 'svg' });
  chart.makeOption = makeOption;
  chart.setOption(themed(option));
  charts.set(host, chart);
}

function themed(option) {
  return {
    animation: !isPrinting && !matchMedia('(prefers-reduced-motion: reduce)').matches,
    animationDuration: 250,
    textStyle: { fontFamily: getComputedStyle(document.body).fontFamily, color: colour('soft') },
    ...option,
  };
}

function redrawAll() {
  charts.forEach(chart => {
    chart.resize();
    chart.setOption(themed(chart.makeOption()), { notMerge: true });
    chart.getZr().flush();
  });
}

const isNarrow = () => byId('content').clientWidth < 560;

function categoryAxis(names, more = {}) {
  return {
    type: 'category', data: names,
    axisLine: { lineStyle: { color: colour('strong-line') } }, axisTick: { show: false },
    axisLabel: { color: colour('soft'), hideOverlap: true, fontSize: 11 }, ...more,
  };
}

function valueAxis(name, more = {}) {
  return {
    type: 'value', name, nameTextStyle: { color: colour('soft'), align: 'left', fontSize: 11, padding: [0, 0, 2, -28] }, nameGap: 12,
    splitLine: { lineStyle: { color: colour('line') } },
    axisLabel: { color: colour('soft'), fontSize: 11, formatter: axisNumber, hideOverlap: true }, ...more,
  };
}

function axisNumber(value) {
  const size = Math.abs(value);
  if (size >= 1e6) return minus(`${+(value / 1e6).toPrecision(3)}M`);
  if (size >= 1e3) return minus(`${+(value / 1e3).toPrecision(3)}k`);
  return minus(value.toLocaleString('en-US', { maximumFractionDigits: size < 1 ? 4 : 2 }));
}

const legend = (names, more = {}) => ({
  data: names, top: 2, left: 4, itemWidth: 16, itemHeight: 9, itemGap: 11, textStyle: { color: colour('ink'), fontSize: 11.5 },
  inactiveColor: colour('strong-line'), type: isNarrow() ? 'scroll' : 'plain', pageIconColor: colour('soft'), pageTextStyle: { color: colour('soft') }, ...more,
});

const grid = (more = {}) => ({ left: 12, right: 18, top: 54, bottom: 8, containLabel: true, ...more });

// lines: index of the period → [[colour, name, text]]
function tooltip(title, lines) {
  return {
    trigger: 'axis', confine: true, backgroundColor: colour('card'), borderColor: colour('strong-line'),
    textStyle: { color: colour('ink'), fontSize: 12 }, axisPointer: { type: 'line', lineStyle: { color: colour('strong-line') } },
    formatter: points => {
      const at = points[0].dataIndex;
      const list = lines(at).map(([dot, name, text]) =>
        `<tr><td style="padding:1px 10px 1px 0;border:0;text-align:left"><i style="display:inline-block;width:9px;height:9px;border-radius:2px;margin-right:6px;background:${dot || 'transparent'}"></i>${escaped(name)}</td><td style="padding:1px 0;border:0;text-align:right">${escaped(text)}</td></tr>`);
      return `<b>${escaped(title(at))}</b><table style="width:auto;margin-top:3px;font-size:12px">${list.join('')}</table>`;
    },
  };
}

// Ticks at 1, 2 or 5 times a power of ten, and 0 unless the values lie far from it.
function extent(values) {
  const known = values.filter(value => value !== null && Number.isFinite(value));
  let low = Math.min(...known), high = Math.max(...known);
  if (low > 0 && low < high * 0.6) low = 0;
  if (high < 0 && high > low * 0.6) high = 0;
  if (low === high) { low -= Math.abs(low) * 0.1 || 1; high += Math.abs(high) * 0.1 || 1; }
  const rough = (high - low) / 5, power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].find(factor => factor * power >= rough) * power;
  return { min: Math.floor(low / step + 1e-9) * step, max: Math.ceil(high / step - 1e-9) * step, interval: step };
}

const periodsOf = grain => data.periods[grain];
const fullName = (grain, at) => {
  const period = periodsOf(grain)[at];
  return capital(periodName(grain, period.start)) + (period.is_complete ? '' : ', incomplete');
};

function incompleteNote(grain) {
  return periodsOf(grain).some(period => !period.is_complete)
    ? `* Incomplete: the data end on ${dayName(data.run.as_of_date)}, so this ${grain} has no status.` : '';
}

// The end of a line that is not complete yet, joined to the last complete point.
function openEnd(grain, values) {
  const periods = periodsOf(grain);
  return values.map((value, at) => (!periods[at].is_complete || (periods[at + 1] && !periods[at + 1].is_complete) ? value : null));
}
const completeOnly = (grain, values) => values.map((value, at) => (periodsOf(grain)[at].is_complete ? value : null));
