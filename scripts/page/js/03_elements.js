// Elements of the page. Text is always set as text, since names come from logs.

const byId = id => document.getElementById(id);

function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith('on')) made.addEventListener(name.slice(2), value);
    else made.setAttribute(name, value === true ? '' : value);
  }
  made.append(...children.filter(child => child !== null && child !== undefined));
  return made;
}

function mark(name) {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('class', 'mark');
  svg.setAttribute('aria-hidden', 'true');
  const use = document.createElementNS('http://www.w3.org/2000/svg', 'use');
  use.setAttribute('href', `#mark-${name}`);
  svg.append(use);
  return svg;
}

function statusMark(status) {
  const [word, meaning, tone] = STATUSES[status];
  return element('span', { class: `status is-${tone}`, title: capital(meaning), 'data-status': status }, mark(status), word);
}

function stateMark(name) {
  const known = STATE_TONES[name] ? name : 'not_rated';
  return element('span', { class: `state is-${STATE_TONES[known]}`, 'data-state': name }, mark(known), data.wording.states[known]);
}

const unknown = reason => element('span', { class: 'unknown', title: capital(reason) }, UNKNOWN, element('span', { class: 'hidden-text' }, ` ${reason}`));

const fill = (host, ...children) => (typeof host === 'string' ? byId(host) : host).replaceChildren(...children.filter(Boolean));

// columns: [{head, cell: row => text or node, text: left-aligned, optional: may go on a phone}]; the first is the row's head
function table(columns, rows, { caption, className, rowClass = () => '', rowData = () => ({}) } = {}) {
  const cellClass = column => [column.text && 'text', column.optional && 'optional'].filter(Boolean).join(' ') || null;
  const head = element('tr', {}, ...columns.map(column => element('th', { scope: 'col', class: cellClass(column) }, column.head)));
  const body = rows.map(row => element('tr', { class: rowClass(row) || null, ...rowData(row) }, ...columns.map((column, at) => {
    const content = column.cell(row);
    const attributes = { class: cellClass(column), ...(column.data ? column.data(row) : {}) };
    return at === 0 ? element('th', { scope: 'row', ...attributes }, content) : element('td', attributes, content);
  })));
  return element('table', { class: className }, caption ? element('caption', {}, caption) : null, element('thead', {}, head), element('tbody', {}, ...body));
}

function options(select, entries, chosen) {
  fill(select, ...entries.map(([value, label]) => element('option', { value, selected: value === chosen }, label)));
}

// A line of the latest complete values in the size of a word, with the target behind it.
function sparkline(grain, metric, agent) {
  const count = grain === 'week' ? 26 : 13;
  const values = seriesOf(grain, metric, agent).filter((_, at) => data.periods[grain][at].is_complete).slice(-count);
  const known = values.filter(value => value !== null);
  if (known.length < 2) return element('span', { class: 'unknown' }, '');
  const [low, high] = [seriesOf(grain, metric, agent, 'target_low').at(-1), seriesOf(grain, metric, agent, 'target_high').at(-1)];
  const min = Math.min(...known), max = Math.max(...known), room = (max - min) * 0.08 || Math.abs(max) * 0.05 || 1;
  const x = at => 2 + at / (values.length - 1) * 114;
  const y = value => 24 - Math.max(0, Math.min(1, (value - min + room) / (max - min + 2 * room))) * 22;
  const space = 'http://www.w3.org/2000/svg';
  const svg = document.createElementNS(space, 'svg');
  const draw = (tag, attributes) => {
    const made = document.createElementNS(space, tag);
    Object.entries(attributes).forEach(([name, value]) => made.setAttribute(name, value));
    svg.append(made);
  };
  svg.setAttribute('class', 'spark');
  svg.setAttribute('viewBox', '0 0 120 26');
  svg.setAttribute('role', 'img');
  svg.setAttribute('aria-label', `${metrics.get(metric).name}, last ${values.length} complete ${grain}s: from ${withUnit(known[0], metric)} to ${withUnit(known.at(-1), metric)}`);
  if (low !== null || high !== null) {
    const top = high === null ? 1 : Math.max(1, y(high)), bottom = low === null ? 25 : Math.min(25, y(low));
    if (bottom - top > 1.5) draw('rect', { class: 'band', x: 0, width: 120, y: top, height: bottom - top });
  }
  let path = '', isDrawing = false;
  values.forEach((value, at) => {
    if (value === null) { isDrawing = false; return; }
    path += `${isDrawing ? 'L' : 'M'}${x(at).toFixed(1)} ${y(value).toFixed(1)}`;
    isDrawing = true;
  });
  draw('path', { d: path });
  const last = values.findLastIndex(value => value !== null);
  draw('circle', { class: 'last', cx: x(last), cy: y(values[last]), r: 2.4 });
  return svg;
}
