// The cave package behind the page: cave.json, and what the quality report says, when there is one.
import { addressOf } from './path.js';
import { Told } from './told.js';

/** Where the package is: ?package=relative/url/, or beside the page. Another site's package is refused. */
export function packageUrl(location) {
  const asked = new URLSearchParams(location.search).get('package') ?? './';
  const url = new URL(asked.endsWith('/') ? asked : asked + '/', location.href);
  if (url.origin !== location.origin) {
    throw new Told('otherSite', `another site: ${asked}`);
  }
  url.search = '';
  url.hash = '';
  return url;
}

/** What a package says of its form: a minor version adds what may be passed over, a major one does not. */
const FORM = /^cave-package\/(\d{1,9})(\.\d{1,9})*$/;
const MAJOR = 1;

/** The package at an address; its `report` is a promise. */
export async function openPackage(base) {
  if (base.protocol === 'file:') throw new Told('fromFile');
  const info = complete(await json(new URL('cave.json', base), true));
  const path = (kind) => info.deliverables.find((d) => d.kind === kind)?.path;
  return {
    base,
    info,
    mesh: deliverable(base, path('mesh')),
    points: deliverable(base, path('points')),
    pictures: () => (path('pictures') && addressOf(base, path('pictures')) ? json(addressOf(base, path('pictures')), false) : Promise.resolve(null)),
    reportPage: addressOf(base, path('report')),
    report: path('report') ? json(new URL('quality/report.json', base), false) : Promise.resolve(null), // the picture does not wait for it
  };
}

/** A file that the page cannot do without: a path out of the package is refused in words. */
function deliverable(base, path) {
  if (path === undefined) return null;
  const address = addressOf(base, path);
  if (address === null) throw new Told('failures.foreign-path', `cave.json: "${path}" is no path inside the package`);
  return address;
}

/** What is wider than this, or farther from zero, is no cave, metres. */
const WIDEST = 1e6;
const FARTHEST = 1e9;
/** A title has one line, a unit a word. */
const LONGEST = { title: 120, unit: 12 };
const MOST_LAYERS = 24;
/** Nothing is shown brighter by more than this, or darker. */
const MOST_EXPOSED = 16;
const SUBJECTS = ['room', 'object', 'panel', 'site'];

const object = (v) => (typeof v === 'object' && v !== null && !Array.isArray(v) ? v : null);
const list = (v) => (Array.isArray(v) ? v.filter(object) : []);
const string = (v, otherwise = null) => (typeof v === 'string' && v !== '' ? v : otherwise);
const number = (v, otherwise) => (Number.isFinite(v) ? v : otherwise);

/** One line of a {zh, en} text, each language without what no screen shows; null where neither is there. */
function text(v) {
  const line = (s) => [...(string(s) ?? '').replace(/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]+/gu, ' ').trim()];
  const cut = (s) => (s.length <= LONGEST.title ? s.join('') : `${s.slice(0, LONGEST.title).join('')}…`);
  const [zh, en] = [cut(line(v?.zh)), cut(line(v?.en))];
  return zh || en ? { zh, en } : null;
}

/** Whether a box could be one of a cave's. */
function sane(b) {
  const sides = b && [[b.minX, b.maxX], [b.minY, b.maxY], [b.minZ, b.maxZ]];
  return Boolean(sides?.every((s) => s.every((v) => Number.isFinite(v) && Math.abs(v) <= FARTHEST) && s[1] >= s[0] && s[1] - s[0] <= WIDEST));
}

/**
 * A cave.json as the page needs it: what is missing, null, half or of another type is left out or gets its usual value,
 * what is unknown is passed over. What nobody can do without is told.
 */
export function complete(info) {
  if (!object(info)) throw new Told('failures.bad-data', 'cave.json: no object');
  const form = FORM.exec(string(info.grotto, ''));
  if (!form) throw new Told('failures.no-package', `cave.json: "grotto" is ${string(info.grotto)}`);
  if (Number(form[1]) !== MAJOR) throw new Told('failures.newer-package', `cave.json: "grotto" is ${info.grotto}`);
  const bounds = object(info.bounds);
  if (!sane(bounds)) throw new Told('failures.incomplete-package', 'cave.json: "bounds" is missing, or no cave could have it');
  const frame = object(info.frame) ?? {};
  const rights = object(info.rights) ?? {};
  const layers = Array.isArray(info.layers) ? list(info.layers).map(layer).filter(Boolean) : undefined;
  return {
    ...info,
    id: string(info.id),
    title: text(info.title),
    frame: {
      unit: string(frame.unit, 'm'),
      up: string(frame.up, '+Z'),
      crs: string(frame.crs),
      origin: isPoint(frame.origin) ? frame.origin : [0, 0, 0],
      latticeStep: Math.max(0, number(frame.latticeStep, 0)),
    },
    stations: list(info.stations).map((s) => ({ ...s, name: string(s.name, ''), points: number(s.points, 0), pose: isPose(s.pose) ? s.pose : null })),
    views: list(info.views).map((v) => ({ ...v, name: string(v.name), title: text(v.title) })),
    deliverables: list(info.deliverables)
      .filter((d) => string(d.kind) && typeof d.path === 'string')
      .map((d) => ({ ...d, title: text(d.title), bytes: number(d.bytes, 0) })),
    rights: Object.fromEntries(['owner', 'licence', 'note'].map((k) => [k, string(rights[k])])),
    room: room(info.room, bounds),
    layers: layers?.slice(0, MOST_LAYERS),
    subject: SUBJECTS.includes(info.subject) ? info.subject : null,
    exposure: info.exposure >= 1 / MOST_EXPOSED && info.exposure <= MOST_EXPOSED ? number(info.exposure, 1) : 1,
  };
}

/** Walls that could be those of what lies in `bounds`, or null. */
function room(r, bounds) {
  const diagonal = (b) => Math.hypot(b.maxX - b.minX, b.maxY - b.minY, b.maxZ - b.minZ);
  const box = object(object(r)?.box);
  if (!sane(box) || diagonal(box) > 2 * diagonal(bounds)) return null;
  return Number.isFinite(r.azimuthDegrees ?? 0) ? { azimuthDegrees: r.azimuthDegrees ?? 0, box } : null;
}

/** A layer without what is half in it; null where it has no place, or neither colours nor classes. */
function layer(json) {
  if (!string(json.id) || !string(json.column) || !string(json.carrier)) return null;
  const colours = Array.isArray(json.scale?.colours) ? json.scale.colours.filter((c) => string(c)) : [];
  const scaled = colours.length > 1 && Number.isFinite(json.scale.to - json.scale.from);
  const classes = list(json.classes).map((c) => ({ from: number(c.from, 0), to: number(c.to, 0), title: text(c.title), colour: string(c.colour), hatch: c.hatch === true }));
  if (!scaled && classes.length === 0) return null;
  const unit = string(json.unit, '1');
  return {
    id: json.id,
    column: json.column,
    carrier: json.carrier,
    title: text(json.title),
    quantity: text(json.quantity) ?? text(json.title),
    unit: unit.length > LONGEST.unit ? '1' : unit,
    times: number(json.times, 1) || 1,
    decimals: Math.max(0, Math.min(12, Math.round(number(json.decimals, 2)))),
    none: number(json.none, null),
    scale: scaled ? { from: json.scale.from, to: json.scale.to, colours } : null,
    named: json.named === true,
    classes,
    open: text(json.open),
  };
}

/** Whether `p` is a place: three numbers. */
export function isPoint(p) {
  return Array.isArray(p) && p.length === 3 && p.every(Number.isFinite);
}

function isPose(p) {
  return Boolean(p) && [p.tx, p.ty, p.tz].every(Number.isFinite);
}

async function json(url, needed) {
  try {
    const answer = await fetch(url);
    if (answer.ok) return await answer.json();
    if (needed) throw new Told(answer.status === 404 ? 'failures.no-package' : 'failures.unreadable', `${url}: ${answer.status}`);
  } catch (e) {
    if (needed) throw e instanceof Told ? e : new Told(e instanceof SyntaxError ? 'failures.bad-data' : 'failures.unreadable', `${url}: ${e.message}`);
  }
  return null;
}
