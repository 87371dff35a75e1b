// The cave package behind the page: cave.json, and what the quality report says, when there is one.
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

export async function openPackage(base) {
  if (base.protocol === 'file:') throw new Told('fromFile');
  const info = await json(new URL('cave.json', base), true);
  for (const [key, kind] of [['frame', 'object'], ['bounds', 'object'], ['views', 'object']]) {
    if (typeof info[key] !== kind || info[key] === null) {
      throw new Told('failures.incomplete-package', { file: 'cave.json' }, `cave.json: "${key}" is missing`);
    }
  }
  const path = (kind) => (info.deliverables ?? []).find((d) => d.kind === kind)?.path;
  return {
    base,
    info,
    mesh: deliverable(base, path('mesh')),
    points: deliverable(base, path('points')),
    reportPage: deliverable(base, path('report')),
    report: path('report') ? await json(new URL('quality/report.json', base), false) : null,
  };
}

function deliverable(base, path) {
  return path ? new URL(path.split('/').map(encodeURIComponent).join('/'), base).href : null;
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
