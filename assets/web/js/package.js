// The cave package behind the page: cave.json, and what the quality report says, when there is one.
import { addressOf } from './path.js';
import { Told } from './told.js';

/** Where the package is: ?package=relative/url/, or beside the page. Another site's package is refused. */
export function packageUrl(location) {
  const asked = new URLSearchParams(location.search).get('package') ?? './';
  const url = new URL(asked.endsWith('/') ? asked : asked + '/', location.href);
  if (url.origin !== location.origin) {
    throw new Told('otherSite', { file: asked });
  }
  url.search = '';
  url.hash = '';
  return url;
}

/** What a package says of its form: a minor version adds what may be passed over, a major one does not. */
const FORM = /^cave-package\/(\d{1,9})(\.\d{1,9})*$/;
const MAJOR = 1;
const KNOWN = `cave-package/${MAJOR}`;

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
    reportPage: addressOf(base, path('report')),
    report: path('report') ? json(new URL('quality/report.json', base), false) : Promise.resolve(null), // the picture does not wait for it
  };
}

/** A file that the page cannot do without: a path out of the package is refused in words. */
function deliverable(base, path) {
  if (path === undefined) return null;
  const address = addressOf(base, path);
  if (address === null) throw new Told('failures.foreign-path', { file: 'cave.json' }, `cave.json: "${path}" is no path inside the package`);
  return address;
}

/**
 * A cave.json as the page needs it: what is missing, null or half is left out or gets its usual value, what is unknown is
 * passed over. What nobody can do without is told.
 */
export function complete(info) {
  const object = (v) => (typeof v === 'object' && v !== null && !Array.isArray(v) ? v : null);
  if (!object(info)) throw new Told('badPackage', { file: 'cave.json' }, 'cave.json: no object');
  const form = FORM.exec(info.grotto);
  if (!form) throw new Told('failures.no-package', { file: 'cave.json' }, `cave.json: "grotto" is ${JSON.stringify(info.grotto)}`);
  if (Number(form[1]) !== MAJOR) {
    throw new Told('failures.newer-package', { file: 'cave.json', found: info.grotto, known: KNOWN });
  }
  const b = object(info.bounds);
  const sides = b && [b.maxX - b.minX, b.maxY - b.minY, b.maxZ - b.minZ];
  if (!sides?.every((s) => Number.isFinite(s) && s >= 0)) {
    throw new Told('failures.incomplete-package', { file: 'cave.json' }, 'cave.json: "bounds" is missing');
  }
  const list = (v) => (Array.isArray(v) ? v.filter(object) : []);
  const box = object(info.room?.box);
  return {
    ...info,
    title: object(info.title) ?? { zh: info.id, en: info.id },
    frame: { unit: 'm', up: '+Z', ...object(info.frame), origin: isPoint(info.frame?.origin) ? info.frame.origin : [0, 0, 0] },
    stations: list(info.stations).map((s) => ({ ...s, name: s.name ?? '', points: s.points ?? 0, pose: isPose(s.pose) ? s.pose : null })),
    views: list(info.views),
    deliverables: list(info.deliverables).filter((d) => typeof d.kind === 'string' && typeof d.path === 'string'),
    rights: object(info.rights) ?? {},
    room: box && Object.values(box).every(Number.isFinite) && Number.isFinite(info.room.azimuthDegrees ?? 0) ? { azimuthDegrees: 0, ...info.room } : null,
    layers: Array.isArray(info.layers) ? list(info.layers) : undefined,
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
  const file = url.pathname.split('/').pop();
  let answer;
  try {
    answer = await fetch(url);
  } catch {
    if (!needed) return null;
    throw new Told('noPackage', { file });
  }
  if (!answer.ok) {
    if (!needed) return null;
    throw new Told('noPackage', { file });
  }
  try {
    return await answer.json();
  } catch (e) {
    if (!needed) return null;
    throw new Told('badPackage', { file }, `${url}: ${e.message}`);
  }
}
