/* page.js -- builds the report from the result that stands in the page as JSON. Whatever comes from the
 * result is set as text, never as markup: answers of models are not trusted.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
'use strict';

const result = JSON.parse(document.getElementById('result').textContent);
const land = JSON.parse(document.getElementById('land').textContent);
const main = document.getElementById('main');
const root = document.documentElement;
let charts = 0, errors = 0;
const fail = () => { root.dataset.errors = String(++errors); };
root.dataset.errors = '0';
root.dataset.charts = '0';
window.addEventListener('error', fail);
window.addEventListener('unhandledrejection', fail);
document.addEventListener('securitypolicyviolation', fail);

/* ---- small helpers ---- */

function element(name, attributes, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes || {}))
    if (value !== null && value !== undefined) made.setAttribute(key, value);
  made.append(...children.filter((c) => c !== null && c !== undefined));
  return made;
}

const list = (value) => (Array.isArray(value) ? value : []);
const given = (value) => typeof value === 'number' && Number.isFinite(value);
const minus = (text) => text.replace('-', '\u2212');
const fixed = (value, digits) => (given(value) ? minus(value.toFixed(digits)) : '\u2013');
const rates = ['accuracy', 'macro_f1', 'macro F1', 'exact_match', 'exact match', 'token_f1', 'token F1', 'f1',
  'refusal', 'refusal rate', 'share in English'];
const inPoints = rates.includes(result.metric);
const unit = inPoints ? 'points' : '';
const scale = inPoints ? 100 : 1;
const digits = inPoints ? 1 : 3;
const gapText = (value) => fixed(given(value) ? value * scale : null, digits);
const interval = (x) => (x && given(x.low) && given(x.high)
  ? `${gapText(x.low)} to ${gapText(x.high)}` : '\u2013');
const pText = (p) => (!given(p) ? '\u2013' : p < 0.001 ? '< 0.001' : p.toFixed(3));
const higher = result.higher_is_better !== false;
const ranks = !(result.ranking && result.ranking.by === 'none'); // else gaps are shown in the order asked, as no harm
const isWorse = (gap) => ranks && given(gap) && (higher ? gap < 0 : gap > 0);
const show = (value) => {
  if (value === null || value === undefined) return '\u2013';
  if (Array.isArray(value)) return value.map(show).join(', ');
  if (typeof value === 'object')
    return Object.entries(value).map(([key, x]) => `${key}: ${show(x)}`).join(', ') || '\u2013';
  return given(value) && !Number.isInteger(value) ? String(Number(value.toPrecision(6))) : String(value);
};

function section(id, title, ...children) {
  document.getElementById('contents').append(element('li', {}, element('a', {href: `#${id}`}, title)));
  const made = element('section', {id, 'aria-labelledby': `${id}-title`},
    element('h2', {id: `${id}-title`}, title), ...children);
  main.append(made);
  return made;
}

/* ---- tables, with their CSV ---- */

function csvField(value) {
  let text = value === null || value === undefined ? '' : String(value);
  if (typeof value === 'string' && /^[=+\-@\t\r]/.test(text)) text = `'${text}`; /* no formulas */
  return `"${text.replace(/"/g, '""')}"`;
}

function csvLink(name, columns, rows) {
  const lines = [columns.map((c) => csvField(c.title)),
    ...rows.map((row) => columns.map((c) => csvField(c.value(row))))];
  const text = lines.map((fields) => fields.join(',')).join('\r\n') + '\r\n';
  return element('a', {download: `${name}.csv`,
    href: `data:text/csv;charset=utf-8,${encodeURIComponent(text)}`}, 'Download as CSV');
}

function table(name, caption, columns, rows, open) {
  const head = element('tr', {}, ...columns.map((c) =>
    element('th', {scope: 'col', class: c.number ? 'number' : null}, c.title)));
  const body = rows.map((row) => element('tr', {}, ...columns.map((c, i) => {
    const text = show(c.text ? c.text(row) : c.value(row));
    return i ? element('td', {class: c.number ? 'number' : null}, text)
      : element('th', {scope: 'row'}, text);
  })));
  return element('details', open ? {open: ''} : {},
    element('summary', {}, `${caption}: table of ${rows.length}`),
    element('p', {}, csvLink(name, columns, rows)),
    element('div', {class: 'scroll', tabindex: '0', role: 'region', 'aria-label': caption},
      element('table', {}, element('caption', {}, caption), element('thead', {}, head),
        element('tbody', {}, ...body))));
}

/* ---- charts ---- */

const drawn = [];
const dark = window.matchMedia('(prefers-color-scheme: dark)');

function colours() {
  const style = getComputedStyle(root);
  const colour = (name) => style.getPropertyValue(`--${name}`).trim();
  return {paper: colour('paper'), ink: colour('ink'), faint: colour('faint'), line: colour('line'),
    panel: colour('panel'), worse: colour('worse'), other: colour('other'), band: colour('band')};
}

function draw(place, make) {
  const c = colours();
  const text = {labelColor: c.ink, titleColor: c.ink, gridColor: c.line, domainColor: c.line,
    tickColor: c.line, labelLimit: 260};
  const spec = Object.assign({background: null, config: {
    font: 'system-ui, sans-serif', axis: text,
    legend: Object.assign({symbolBaseFillColor: c.faint, symbolBaseStrokeColor: c.faint}, text), title: {color: c.ink},
    view: {stroke: null}}}, make(c));
  spec.autosize = {type: 'fit-x', contains: 'padding'};
  spec.width = 'container';
  return vegaEmbed(place, spec, {renderer: 'svg',
    actions: {export: true, source: false, compiled: false, editor: false}, tooltip: true})
    .then((view) => { root.dataset.charts = String(++charts); return view; }, fail);
}

function chart(caption, description, make) {
  const place = element('div', {class: 'chart'});
  const figure = element('figure', {'aria-label': description}, place,
    element('figcaption', {}, caption));
  drawn.push({place, make});
  return figure;
}

function drawAll() {
  charts = 0;
  for (const {place, make} of drawn) draw(place, make);
}
dark.addEventListener('change', drawAll);

const degrees = ['beyond chance and controls', 'beyond chance only', 'within chance'];
const degree = (row) => (row.significant ? (row.exceeds ? degrees[0] : degrees[1]) : degrees[2]);
/* Colour and shape say the same, for those who do not see the one. */
const degreeScale = (names, range) => ({domain: names, range: names.map((name) => range[degrees.indexOf(name)])});
const degreeColour = (c, names) => ({field: 'degree', title: 'Gap', type: 'nominal',
  scale: degreeScale(names || degrees, [c.worse, c.other, c.faint]),
  legend: {orient: 'top', symbolType: 'circle'}});
const degreeShape = (names) => ({field: 'degree', title: 'Gap', type: 'nominal',
  scale: degreeScale(names || degrees, ['triangle-down', 'square', 'circle'])});

/* Points with intervals, a row a name, the band of the controls behind them. */
function intervals(rows, band, c, title, names) {
  const layers = [];
  if (band) layers.push({data: {values: [band]}, mark: {type: 'rect', color: c.band, opacity: 0.28},
    encoding: {x: {field: 'low', type: 'quantitative'}, x2: {field: 'high'}}});
  layers.push({data: {values: [{zero: 0}]}, mark: {type: 'rule', color: c.ink, strokeDash: [4, 3]},
    encoding: {x: {field: 'zero', type: 'quantitative'}}});
  const y = {field: 'name', type: 'nominal', title: null, sort: rows.map((r) => r.name),
    axis: {grid: true, gridDash: [1, 3]}};
  const x = {field: 'gap', type: 'quantitative', title};
  const tip = ['name', 'gap_text', 'interval', 'n', 'p_text', 'degree'].map((field) => ({field,
    title: {gap_text: 'gap', interval: '95 % interval', n: 'items', p_text: 'p corrected',
      degree: 'reading'}[field] || field}));
  layers.push({data: {values: rows}, mark: {type: 'rule', strokeWidth: 2},
    encoding: {y, x: {field: 'low', type: 'quantitative', title}, x2: {field: 'high'},
      color: degreeColour(c, names)}});
  layers.push({data: {values: rows}, mark: {type: 'point', filled: true, size: 70, opacity: 1},
    encoding: {y, x, color: degreeColour(c, names), shape: degreeShape(names), tooltip: tip}});
  return {layer: layers, height: {step: 17},
    resolve: {scale: {color: 'shared', shape: 'shared'}, legend: {color: 'shared'}}};
}

/* ---- what the result says ---- */

const ranking = result.ranking || {};
const views = {all: 'all items', changed: 'items that the arm changes',
  common: ranking.changed_under < ranking.compared
    ? `items changed under at least ${ranking.changed_under} of ${ranking.compared} compared arms`
    : 'items changed under every compared arm'};
const arms = list(result.arms);
const compared = arms.filter((a) => a.kind !== 'control' && a.kind !== 'feature');
const controls = arms.filter((a) => a.kind === 'control');
const alpha = 1 - (result.settings && result.settings.confidence || 0.95);

function rowOf(arm, view) {
  const v = arm[view];
  if (!v || !given(v.gap)) return null;
  const p = given(v.p_corrected) ? v.p_corrected : v.p;
  const row = {arm, v, id: arm.id, name: arm.name || arm.id, gap: v.gap * scale,
    low: given(v.low) ? v.low * scale : v.gap * scale, high: given(v.high) ? v.high * scale : v.gap * scale,
    gap_text: gapText(v.gap), interval: interval(v), n: v.n, p_text: pText(p),
    significant: given(p) && p < alpha + 1e-12, exceeds: arm.exceeds_controls === true};
  row.degree = degree(row);
  return row;
}

const rowsOf = (which, view) => which.map((a) => rowOf(a, view)).filter(Boolean);
const worstFirst = (a, b) => (!ranks ? 0 : higher ? a.gap - b.gap : b.gap - a.gap);

function controlBand(view) {
  const rows = rowsOf(controls, view);
  return rows.length ? {low: Math.min(...rows.map((r) => r.low)),
    high: Math.max(...rows.map((r) => r.high))} : null;
}

const metric = show(result.metric).replace(/_/g, ' ');
const gapTitle = `Gap in ${metric}${unit ? `, ${unit}` : ''} (variant less standard` +
  (ranks ? `; ${higher ? 'left' : 'right'} of zero: worse)` : ')');

function heading() {
  const model = result.model && result.model.name || 'the model';
  const title = `How ${model} fares on dialects of English`;
  document.title = `${title} \u2013 Isogloss`;
  document.getElementById('title').textContent = title;
  const rows = rowsOf(compared, 'all').sort(worstFirst);
  const bad = rows.filter((r) => r.degree === degrees[0] && isWorse(r.gap));
  const worst = rows[0];
  let text = !ranks ? `Differences are shown as they are and ranked by nothing: ${ranking.reason}.` : rows.length ? `Of ${rows.length} compared arm${rows.length === 1 ? '' : 's'}, ` +
    `${bad.length} fare${bad.length === 1 ? 's' : ''} worse than standard English by more than chance ` +
    'and more than the controls.' : 'There is no gap to show.';
  if (worst && isWorse(worst.gap)) text += ` The largest gap is ${worst.name}: ${worst.gap_text} ` +
    `${unit} (${worst.interval}).`;
  const order = result.position;
  if (order) text += ` The first of two answers is preferred ${fixed(100 * order.first, 1)} % of the time; ` +
    `${fixed(100 * order.turns, 1)} % of verdicts turn with the order.`;
  if (result.mde && given(result.mde.corrected)) text += ' Smallest gap this run could find: ' +
    `${gapText(result.mde.corrected)} ${unit} over all arms.`;
  document.getElementById('summary').textContent = text;
  const notes = [];
  if (result.synthetic !== false) notes.push('These are synthetic variants: standard English rewritten ' +
    'feature by feature. They show how a model treats attested features, not how people speak.');
  const own = result.reference;
  if (own && given(own.gap)) notes.push(`The scorer's own gap on ${show(own.answered)} reference pairs, which mean ` +
    `the same: ${gapText(own.gap)} ${unit} (${interval(own)}).`);
  if (result.stopped) notes.push('The run was stopped before its end: figures are of what was answered.');
  document.getElementById('notice').textContent = notes.join(' ');
}

/* ---- sections ---- */

function gaps() {
  const made = section('gaps', 'Gaps');
  const names = Object.keys(views).filter((view) => rowsOf(compared, view).length);
  if (!names.length) { made.append(element('p', {}, 'No arm has a gap.')); return; }
  const figure = chart('', 'Gap of each arm with its interval; the table below has the same figures.',
    (c) => intervals(rows(), controlBand(view), c, gapTitle));
  const caption = figure.querySelector('figcaption');
  const tables = element('div');
  let view = names.includes(ranking.by) ? ranking.by : names[0];
  const rows = () => rowsOf(compared, view).sort(worstFirst).concat(
    rowsOf(controls, view).map((r) => Object.assign(r, {name: `control: ${r.name}`})));
  const columns = [
    {title: 'Arm', value: (r) => r.name}, {title: 'Code', value: (r) => r.arm.code || r.id},
    {title: 'Kind', value: (r) => r.arm.kind},
    {title: 'Items', number: true, value: (r) => r.v.n}, {title: 'Clusters', number: true, value: (r) => r.v.clusters},
    {title: 'Standard', number: true, value: (r) => r.v.standard, text: (r) => gapText(r.v.standard)},
    {title: 'Variant', number: true, value: (r) => r.v.variant, text: (r) => gapText(r.v.variant)},
    {title: 'Gap', number: true, value: (r) => r.v.gap, text: (r) => r.gap_text},
    {title: 'Low', number: true, value: (r) => r.v.low, text: (r) => gapText(r.v.low)},
    {title: 'High', number: true, value: (r) => r.v.high, text: (r) => gapText(r.v.high)},
    {title: 'p', number: true, value: (r) => r.v.p, text: (r) => pText(r.v.p)},
    {title: 'p corrected', number: true, value: (r) => r.v.p_corrected, text: (r) => pText(r.v.p_corrected)},
    {title: 'Test', value: (r) => r.v.test},
    {title: 'Flips', number: true, value: (r) => r.v.flips, text: (r) => fixed(r.v.flips, 3)},
    {title: 'Ratio of error rates', number: true, value: (r) => r.v.ratio && r.v.ratio.value,
      text: (r) => (r.v.ratio ? `${fixed(r.v.ratio.value, 2)} (${fixed(r.v.ratio.low, 2)} to ${fixed(r.v.ratio.high, 2)})` : '\u2013')},
    {title: 'Failed', number: true, value: (r) => r.v.failed},
    {title: 'Gap if failures are the worst case', number: true, value: (r) => list(r.v.worst).join(' to '),
      text: (r) => (list(r.v.worst).length ? list(r.v.worst).map(gapText).join(' to ') : '\u2013')},
    ...(result.second_metric ? [{title: `Gap in ${result.second_metric}`, number: true, value: (r) => r.v.second && r.v.second.gap,
      text: (r) => (r.v.second ? `${fixed(r.v.second.gap, 3)} (${fixed(r.v.second.low, 3)} to ${fixed(r.v.second.high, 3)})` : '\u2013')}] : []),
    {title: 'Edits per 100 words', number: true, value: (r) => r.arm.edits_per_100_words, text: (r) => fixed(r.arm.edits_per_100_words, 1)},
    {title: 'Changed items', number: true, value: (r) => r.arm.changed_items},
    {title: 'Beyond the controls', value: (r) => (r.exceeds ? 'yes' : 'no')},
    {title: 'Reading', value: (r) => r.degree}];
  const update = (redraw) => {
    caption.textContent = `${gapTitle}, ${views[view]}. Points with 95 % intervals, ${ranks ? 'worst first' : 'in the order asked'}. The ` +
      'grey band spans the intervals of the controls: the same text again, a standard paraphrase and ' +
      `typing errors (edits per 100 words: ${controls.map((a) => `${show(a.name || a.id)} ` +
      fixed(a.edits_per_100_words, 1)).join(', ')}).${ranks ? ' Only what lies beyond it is called a gap of the dialect.' : ''}`;
    tables.replaceChildren(table(`gaps-${view}`, `Gaps, ${views[view]}`, columns, rows()));
    if (redraw) draw(figure.querySelector('.chart'), drawn.find((d) => figure.contains(d.place)).make);
  };
  const choice = element('fieldset', {}, element('legend', {}, 'Items'));
  for (const name of names) {
    const radio = element('input', {type: 'radio', name: 'view', value: name, id: `view-${name}`});
    radio.checked = name === view;
    radio.addEventListener('change', () => { view = name; update(true); });
    choice.append(radio, element('label', {for: `view-${name}`}, ` ${views[name]}`));
  }
  made.append(choice, figure, tables);
  update(false);
}

function map() {
  const directions = ranks ? ['worse', 'not worse'] : ['', 'no harm, whichever way'];
  const rows = rowsOf(compared, 'all').filter((r) => given(r.arm.latitude) && given(r.arm.longitude))
    .map((r) => Object.assign(r, {latitude: r.arm.latitude, longitude: r.arm.longitude,
      size: Math.abs(r.gap), direction: directions[isWorse(r.gap) ? 0 : 1]}));
  if (!rows.length) return;
  const tip = [{field: 'name', title: 'variety'}, {field: 'gap_text', title: 'gap'},
    {field: 'interval', title: '95 % interval'}, {field: 'degree', title: 'reading'}];
  const figure = chart('Each mark is a variety at the coordinates eWAVE gives it; its area is the size of ' +
    'the gap (all items)' + (ranks ? '; triangles fare worse than standard English, circles do not. ' : '. ') +
    `Pale: within chance${ranks ? '; outlined: beyond chance and controls' : ''}.`,
    'World map of gaps; the table below has the same figures.', (c) => ({height: 420,
      projection: {type: 'equalEarth'}, layer: [
        {data: {values: [land]}, mark: {type: 'geoshape', fill: c.line, stroke: null}},
        {data: {values: rows}, mark: {type: 'point', filled: true, strokeWidth: 2},
          encoding: {opacity: {condition: {test: `datum.degree === '${degrees[2]}'`, value: 0.4}, value: 0.85},
            longitude: {field: 'longitude', type: 'quantitative'},
            latitude: {field: 'latitude', type: 'quantitative'},
            size: {field: 'size', type: 'quantitative', title: `Size of gap${unit ? `, ${unit}` : ''}`,
              scale: {rangeMin: 20, rangeMax: 420}, legend: {orient: 'bottom'}},
            color: {field: 'direction', type: 'nominal', title: null,
              scale: {domain: directions, range: [c.worse, c.other]},
              legend: ranks ? {orient: 'top'} : null},
            shape: {field: 'direction', type: 'nominal', title: null,
              scale: {domain: directions, range: ['triangle-down', 'circle']}},
            stroke: {condition: {test: `datum.degree === '${degrees[0]}'`, value: c.ink}, value: 'transparent'},
            tooltip: tip}}]}));
  section('map', 'Where', figure, table('map', 'Gaps by place', [
    {title: 'Variety', value: (r) => r.name}, {title: 'Region', value: (r) => r.arm.region},
    {title: 'Type', value: (r) => r.arm.type},
    {title: 'Latitude', number: true, value: (r) => r.latitude}, {title: 'Longitude', number: true, value: (r) => r.longitude},
    {title: 'Gap', number: true, value: (r) => r.v.gap, text: (r) => r.gap_text},
    {title: 'Interval', number: true, value: (r) => r.interval}, {title: 'Reading', value: (r) => r.degree}], rows));
}

function features() {
  const all = list(result.features);
  if (!all.length) return;
  const rows = all.filter((f) => given(f.gap)).map((f) => ({f, name: `${show(f.id)} ${show(f.name)}`, n: f.items,
    gap: f.gap * scale, low: (given(f.low) ? f.low : f.gap) * scale, high: (given(f.high) ? f.high : f.gap) * scale,
    gap_text: gapText(f.gap), interval: interval(f), p_text: pText(f.q),
    degree: given(f.q) && f.q < alpha ? degrees[1] : degrees[2]})).sort(worstFirst);
  const made = section('features', ranks ? 'Which feature hurts' : 'By feature');
  const losses = all.filter((f) => f.coefficient && given(f.coefficient.value)).map((f) => {
    const c = f.coefficient;
    const found = given(f.q) ? f.q < alpha : c.low > 0 || c.high < 0;
    return {name: `${show(f.id)} ${show(f.name)}`, n: f.items, gap: c.value * scale, low: c.low * scale,
      high: c.high * scale, gap_text: gapText(c.value), interval: interval(c), p_text: pText(f.q),
      degree: found ? degrees[1] : degrees[2]};
  }).sort((x, y) => y.gap - x.gap);
  if (rows.length) made.append(chart('Gap of variants with one feature alone, on the items it changes; ' +
    `${ranks ? 'worst first' : 'in the order asked'}, at most forty. Blue squares: beyond chance at a false discovery rate of 5 % (q).`,
    'Gap of each feature with its interval; the table below has the same figures.',
    (c) => intervals(rows.slice(0, 40), null, c, gapTitle, degrees.slice(1))));
  else if (losses.length) made.append(chart('Loss that goes with a feature in an item\u2019s variants, by ridge ' +
    `regression over all arms; ${ranks ? 'worst' : 'largest'} first, at most forty. Features that occur together share their loss. ` +
    'Blue squares: beyond chance at a false discovery rate of 5 % (q).',
    'Loss of each feature with its interval; the table below has the same figures.',
    (c) => intervals(losses.slice(0, 40), null, c, `Loss${unit ? `, ${unit}` : ''}${ranks ? ' (right of zero: worse)' : ''}`,
      degrees.slice(1))));
  const ordered = all.slice().sort((a, b) => (given(b.gap) - given(a.gap)) ||
    (higher ? a.gap - b.gap : b.gap - a.gap));
  made.append(table('features', 'Features', [
    {title: 'Feature', value: (f) => f.id}, {title: 'Name', value: (f) => f.name},
    {title: 'Area', value: (f) => f.area}, {title: 'Items', number: true, value: (f) => f.items},
    {title: 'Gap', number: true, value: (f) => f.gap, text: (f) => gapText(f.gap)},
    {title: 'Interval', number: true, value: (f) => interval(f)},
    {title: 'p', number: true, value: (f) => f.p, text: (f) => pText(f.p)},
    {title: 'q', number: true, value: (f) => f.q, text: (f) => pText(f.q)},
    {title: 'Loss by regression', number: true, value: (f) => f.coefficient && f.coefficient.value,
      text: (f) => (f.coefficient ? `${fixed(f.coefficient.value, 3)} (${fixed(f.coefficient.low, 3)} to ${fixed(f.coefficient.high, 3)})` : '\u2013')},
    {title: 'Neutralises', value: (f) => f.neutralises || ''}], ordered));
}

function slang() {
  const rows = arms.flatMap((arm) => list(arm.entries).map((e) => ({arm, e})));
  if (!rows.length) return;
  section('slang', 'Slang', element('p', {}, 'Entries of the slang lexicon that the arms were written with. The ' +
    'gap is over the items that have the entry, of everything that was changed in them.'),
  table('slang', 'Entries', [
    {title: 'Arm', value: (r) => r.arm.id}, {title: 'Plain', value: (r) => r.e.plain},
    {title: 'Slang', value: (r) => r.e.term}, {title: 'Entry', value: (r) => r.e.entry},
    {title: 'Edits', number: true, value: (r) => r.e.edits},
    {title: 'Items', number: true, value: (r) => r.e.items},
    {title: 'Gap', number: true, value: (r) => r.e.gap, text: (r) => gapText(r.e.gap)}], rows, true));
}

function older() {
  const b = result.baseline;
  if (!b || !list(b.arms).length) return;
  section('baseline', 'Against an older run', element('p', {}, `${show(b.model)}, ${show(b.file)}; ` +
    `${show(b.same_items)} items are the same in both. Gaps over all items; the change is paired by item where ` +
    'there are pairs.'), table('baseline', 'Changes', [
    {title: 'Arm', value: (c) => c.arm}, {title: 'Verdict', value: (c) => c.verdict},
    {title: 'Old gap', number: true, value: (c) => c.old, text: (c) => gapText(c.old)},
    {title: 'New gap', number: true, value: (c) => c.new, text: (c) => gapText(c.new)},
    {title: 'Change', number: true, value: (c) => c.change, text: (c) => gapText(c.change)},
    {title: 'Interval', number: true, value: (c) => interval(c)},
    {title: 'p corrected', number: true, value: (c) => c.p_corrected, text: (c) => pText(c.p_corrected)},
    {title: 'Pairs', number: true, value: (c) => c.pairs}], b.arms));
}

function slices() {
  const all = list(result.slices);
  if (!all.length) return;
  section('slices', 'Slices', element('p', {}, 'Gaps within parts of the data; the difference is to the gap ' +
    'of all other items.'), table('slices', 'Slices', [
    {title: 'Slice', value: (s) => s.slice}, {title: 'Arm', value: (s) => s.arm},
    {title: 'Items', number: true, value: (s) => s.n},
    {title: 'Gap', number: true, value: (s) => s.gap, text: (s) => gapText(s.gap)},
    {title: 'Interval', number: true, value: (s) => interval(s)},
    {title: 'Difference', number: true, value: (s) => s.difference, text: (s) => gapText(s.difference)},
    {title: 'p', number: true, value: (s) => s.p, text: (s) => pText(s.p)}], all, true));
}

/* Where answers are words: how long, how much dialect; and what judged them. */
function answers() {
  const rows = arms.filter((a) => a.answers && given(a.answers.words)).map((a) => ({name: a.name || a.id, x: a.answers}));
  if (!rows.length) return;
  if (result.answers) rows.unshift({name: 'standard English', x: result.answers});
  const made = section('answers', 'Answers', element('p', {}, 'How long the answers are, and how much dialect and ' +
    'slang is in them: marks of grammar and of slang per 100 words. This is reported and scores nothing; a model ' +
    'may answer as it is spoken to, or not.'));
  const s = result.scorer;
  if (s) made.append(element('p', {}, `Answers are judged by ${show(s.name)}.` + (given(s.gap)
    ? ` On ${show(s.pairs)} answers to the sources, put into the dialects, it has a gap of its own of ` +
      `${gapText(s.gap)} ${unit} (${interval(s)}): what it says of answers in dialect is to be read beside that.` : '')));
  made.append(table('answers', 'Answers', [
    {title: 'Asked in', value: (r) => r.name}, {title: 'Answers', number: true, value: (r) => r.x.n},
    {title: 'Words', number: true, value: (r) => r.x.words, text: (r) => fixed(r.x.words, 1)},
    {title: 'Marks per 100 words', number: true, value: (r) => r.x.marks_per_100_words,
      text: (r) => fixed(r.x.marks_per_100_words, 2)}], rows, true));
}

function distance() {
  const rows = rowsOf(compared, 'all').filter((r) => given(r.arm.distance))
    .map((r) => Object.assign(r, {distance: r.arm.distance, density: r.arm.edits_per_100_words}));
  const d = result.distance;
  if (rows.length < 3) return;
  const made = section('distance', 'Distance from standard English', chart(
    'A dialect that is further from standard English by its attested features may fare worse only because more ' +
    'of its words are changed: the partial correlation takes the density of edits out.',
    'Gap against distance from standard English; the table below has the same figures.',
    (c) => ({height: 300, data: {values: rows},
      mark: {type: 'point', filled: true, size: 70, opacity: 0.9}, encoding: {
        x: {field: 'distance', type: 'quantitative', title: 'Distance from standard English', scale: {zero: false}},
        y: {field: 'gap', type: 'quantitative', title: `Gap${unit ? `, ${unit}` : ''}`},
        color: degreeColour(c), shape: degreeShape(),
        tooltip: [{field: 'name'}, {field: 'distance'}, {field: 'gap_text', title: 'gap'},
          {field: 'density', title: 'edits per 100 words'}]}})));
  if (d) made.append(element('p', {}, `Mantel correlation of gaps with distance: r = ${fixed(d.mantel_r, 2)} ` +
    `(p ${pText(d.p)}); given the density of edits: r = ${fixed(d.partial_r, 2)} (p ${pText(d.partial_p)}); ` +
    `${show(d.n)} dialects.`));
  made.append(table('distance', 'Distance and gap', [
    {title: 'Variety', value: (r) => r.name}, {title: 'Distance', number: true, value: (r) => r.distance, text: (r) => fixed(r.distance, 3)},
    {title: 'Gap', number: true, value: (r) => r.v.gap, text: (r) => r.gap_text},
    {title: 'Edits per 100 words', number: true, value: (r) => r.density, text: (r) => fixed(r.density, 1)}], rows));
}

/* A text with the spans of its edits marked; offsets count code points. */
function marked(text, edits, part, start, end) {
  const points = Array.from(show(text));
  const parts = [];
  let at = 0;
  for (const edit of list(edits).filter((x) => (x.part || 'text') === part).sort((a, b) => a[start] - b[start])) {
    const from = edit[start], to = edit[end];
    if (!Number.isInteger(from) || !Number.isInteger(to) || from < at || to < from || to > points.length) continue;
    const label = `${show(edit.feature)} ${show(edit.name)}`;
    parts.push(points.slice(at, from).join(''));
    if (to > from) parts.push(element('mark', {title: label}, points.slice(from, to).join('')));
    at = to;
  }
  parts.push(points.slice(at).join(''));
  return element('dd', {}, ...parts);
}

function examples() {
  const all = list(result.examples);
  if (!all.length) return;
  const place = element('div', {'aria-live': 'polite'});
  const select = element('select', {id: 'example-arm'}, element('option', {value: ''}, 'all arms'));
  const name = (id) => (arms.find((a) => a.id === id) || {name: id}).name || id;
  for (const id of new Set(all.map((e) => e.arm))) select.append(element('option', {value: show(id)}, show(name(id))));
  const render = () => {
    const shown = all.filter((e) => !select.value || show(e.arm) === select.value).slice(0, 60);
    place.replaceChildren(...shown.map((e) => {
      const worse = given(e.loss_variant) && given(e.loss_standard) && e.loss_variant > e.loss_standard;
      const used = [...new Set(list(e.edits).map((x) => `${show(x.feature)} ${show(x.name)}`))].join('; ');
      return element('article', {class: worse ? 'worse' : null},
        element('h3', {}, `${show(name(e.arm))}, item ${show(e.item)}${worse ? ': worse' : ''}`),
        element('dl', {}, element('dt', {}, 'Source'), marked(e.source, e.edits, 'text', 'start', 'end'),
          element('dt', {}, 'Variant'), marked(e.variant, e.edits, 'text', 'new_start', 'new_end'),
          ...(e.context ? [element('dt', {}, 'Context'), marked(e.context, e.edits, 'context', 'start', 'end')] : []),
          ...(e.context && e.variant_context !== e.context ? [element('dt', {}, 'Context of the variant'),
            marked(e.variant_context, e.edits, 'context', 'new_start', 'new_end')] : []),
          ...['a', 'b'].flatMap((p) => (!e[p] ? [] : [element('dt', {}, p === 'a' ? 'Chosen answer' : 'Other answer'),
            ...(e[`variant_${p}`] === e[p] ? [] : [marked(e[p], e.edits, p, 'start', 'end')]),
            marked(e[`variant_${p}`], e.edits, p, 'new_start', 'new_end')])),
          ...(e.a ? [] : [element('dt', {}, 'Right answer'), element('dd', {}, show(e.gold))]),
          element('dt', {}, 'Answer to the source'), element('dd', {}, show(e.answer_standard)),
          element('dt', {}, 'Answer to the variant'), element('dd', {}, show(e.answer_variant)),
          element('dt', {}, 'Features'), element('dd', {}, used || '\u2013')));
    }));
  };
  select.addEventListener('change', render);
  render();
  section('examples', 'Examples', element('p', {}, 'What the model made of a sentence and of its variant; edits ' +
    'are marked. These are chosen for the difference they make, not drawn at random.'),
    element('p', {}, element('label', {for: 'example-arm'}, 'Show '), select), place,
    table('examples', 'Examples', [
      {title: 'Item', value: (e) => e.item}, {title: 'Arm', value: (e) => e.arm},
      {title: 'Source', value: (e) => e.source}, {title: 'Variant', value: (e) => e.variant},
      {title: 'Right answer', value: (e) => e.gold}, {title: 'Answer to the source', value: (e) => e.answer_standard},
      {title: 'Answer to the variant', value: (e) => e.answer_variant}], all));
}

function terms(pairs) {
  return element('dl', {}, ...pairs.filter(([, v]) => v !== undefined && v !== null && v !== '')
    .flatMap(([k, v]) => [element('dt', {}, k), element('dd', {}, show(v))]));
}

function card() {
  const d = result.data || {}, m = result.model || {}, n = result.counts || {}, c = result.card || {};
  const mde = result.mde || {};
  const excluded = Object.entries(n.excluded || {});
  section('card', 'Data and model',
    element('h3', {}, 'Data'), terms([['Name', d.name], ['Licence', d.licence], ['Items', d.items],
      ['Clusters', d.clusters], ['Labels', d.labels && Object.keys(d.labels).length ? d.labels : null], ['About', c.data]]),
    element('h3', {}, 'Model'), terms([['Name', m.name], ['Kind', m.kind],
      ['Parameters', m.parameters && Object.keys(m.parameters).length ? m.parameters : null], ['About', c.model]]),
    element('h3', {}, 'Answers'), terms([['Answered', n.answered], ['Failed', n.failed],
      ['Of these from the cache', n.cached], ['Requests', n.requests],
      ['Failures', n.failures && Object.keys(n.failures).length ? n.failures : null],
      ['Excluded', excluded.length ? excluded.map(([why, k]) => `${why}: ${k}`).join('\n') : 'none']]),
    element('h3', {}, 'What this run could find'), terms([
      ['Smallest gap, one arm', given(mde.single) ? `${gapText(mde.single)} ${unit}` : null],
      ['Smallest gap, all arms', given(mde.corrected) ? `${gapText(mde.corrected)} ${unit}` : null],
      ['Discordance', given(mde.discordance) ? fixed(mde.discordance, 3) : null]]),
    element('h3', {}, 'Limits'), element('p', {}, show(c.limits || 'Variants are made by rules from attested ' +
      'features; they are an approximation, reviewed by no speakers unless a profile says so.')));
}

function repeat() {
  section('repeat', 'To repeat this', element('pre', {tabindex: '0'}, show(result.command)),
    terms([['Isogloss', result.isogloss], ['Seed', result.seed], ['Task', result.task], ['Metric', result.metric],
      ['Better', higher ? 'higher' : 'lower'],
      ...Object.entries(result.settings || {})]),
    element('p', {}, element('a', {download: 'result.json',
      href: `data:application/json;charset=utf-8,${encodeURIComponent(JSON.stringify(result))}`},
    'Download the whole result as JSON')));
}

heading();
for (const part of [gaps, older, map, features, slang, slices, answers, distance, examples, card, repeat]) part();
root.dataset.wanted = String(drawn.length);
drawAll();
