// The place in the address: what follows # says view, camera, layers, look, light and language, so that a researcher can
// send a colleague to the very stroke. Numbers are rounded to what matters.

const MOST = 100; // measurements taken from a link

/** Two ends of a measurement from fourteen numbers; null where they are none. */
function pairOf(text) {
  const v = text.split(',').map(Number);
  if (v.length !== 14 || !v.every(Number.isFinite)) return null;
  const end = ([x, y, z, error, step, pixel, evidence]) => ({ cave: [x, y, z], error, step, pixel, evidence });
  return [end(v.slice(0, 7)), end(v.slice(7))];
}

export function readLink(hash) {
  const q = new URLSearchParams(hash.replace(/^#/, ''));
  const numbers = (key, n) => {
    const v = (q.get(key) ?? '').split(',').map(Number);
    return v.length === n && v.every(Number.isFinite) ? v : null;
  };
  const link = {
    lang: q.get('lang'),
    view: q.get('view'),
    show: q.has('show') ? q.get('show').split(',') : null,
    look: q.get('look'),
    points: q.get('points'),
    light: null,
    camera: null,
    measured: q.has('measured') ? q.get('measured').split(';').slice(0, MOST).map(pairOf).filter(Boolean) : null,
  };
  const eye = numbers('eye', 3);
  const target = numbers('to', 3);
  if (eye && target) {
    link.camera = {
      kind: q.get('kind') === 'dollhouse' ? 'dollhouse' : 'inside',
      eye,
      target,
      fovDegrees: Math.min(120, Math.max(5, numbers('fov', 1)?.[0] ?? 60)),
    };
  }
  const [mode, ...rest] = (q.get('light') ?? '').split(',');
  const [azimuth, elevation, brightness, ambient] = rest.map(Number);
  if (mode) {
    link.light = { mode };
    for (const [k, v] of Object.entries({ azimuth, elevation, brightness, ambient })) {
      if (Number.isFinite(v)) link.light[k] = v;
    }
  }
  return link;
}

export function writeLink(s) {
  const n = (v, digits) => Number(v.toFixed(digits)).toString();
  const at = (p) => p.map((v) => n(v, 3)).join(',');
  const parts = [`lang=${s.lang}`];
  if (s.view) parts.push(`view=${encodeURIComponent(s.view)}`);
  parts.push(`kind=${s.camera.kind}`, `eye=${at(s.camera.eye)}`, `to=${at(s.camera.target)}`, `fov=${n(s.camera.fovDegrees, 1)}`);
  parts.push(`show=${s.show.join(',')}`, `look=${s.look}`);
  if (s.show.includes('points')) parts.push(`points=${s.points}`);
  const l = s.light;
  parts.push(`light=${l.mode},${n(l.azimuth, 0)},${n(l.elevation, 0)},${n(l.brightness, 2)},${n(l.ambient, 2)}`);
  const end = (p) => [...p.cave, p.error, p.step, p.pixel, p.evidence].map((v) => n(v, 6)).join(',');
  if (s.measured.length > 0) parts.push(`measured=${s.measured.map((m) => `${end(m.a)},${end(m.b)}`).join(';')}`);
  return '#' + parts.join('&');
}
