// The places to look from. A package names them; one that names none of a kind gets one made from its extent.
import { isPoint } from './package.js';

/** The views of cave.json, with one that turns about it at least, and one inside where one can walk. */
export function views(info) {
  const named = info.views.filter((v) => isPoint(v.eye) && isPoint(v.target) && String(v.eye) !== String(v.target) && near(v.eye, info.bounds));
  const all = named.map((v, i) => ({ ...v, name: v.name ?? `view ${i + 1}`, number: i + 1, kind: kindOf(v, info.bounds), fovDegrees: fovOf(v) }));
  const around = info.subject === 'object' || info.subject === 'panel';
  if (!around && !all.some((v) => v.kind === 'inside')) all.push(inside(info));
  if (!all.some((v) => v.kind === 'dollhouse')) all.push(dollhouse(info.bounds));
  return all;
}

/** A view stands at most so many diagonals of the bounds away from them, or nothing is seen. */
const FARTHEST = 100;

function near(eye, b) {
  const reach = FARTHEST * Math.max(0.01, Math.hypot(b.maxX - b.minX, b.maxY - b.minY, b.maxZ - b.minZ));
  const axes = [[b.minX, b.maxX], [b.minY, b.maxY], [b.minZ, b.maxZ]];
  return axes.every(([low, high], i) => eye[i] >= low - reach && eye[i] <= high + reach);
}

function kindOf({ kind, eye }, b) {
  if (kind === 'inside' || kind === 'dollhouse') return kind;
  const within = eye[0] >= b.minX && eye[0] <= b.maxX && eye[1] >= b.minY && eye[1] <= b.maxY && eye[2] >= b.minZ && eye[2] <= b.maxZ;
  return within ? 'inside' : 'dollhouse';
}

function fovOf({ fovDegrees: f }) {
  return Number.isFinite(f) && f >= 1 && f <= 170 ? f : 60;
}

function middle(b) {
  return [(b.minX + b.maxX) / 2, (b.minY + b.maxY) / 2, (b.minZ + b.maxZ) / 2];
}

/** From the first station that knows its place, else from the middle, along the longer side. */
function inside({ bounds: b, stations }) {
  const c = middle(b);
  const pose = stations.find((s) => s.pose && near([s.pose.tx, s.pose.ty, s.pose.tz], b))?.pose;
  const eye = pose ? [pose.tx, pose.ty, pose.tz] : [c[0], c[1], Math.min(b.minZ + 1.6, c[2])];
  const target = b.maxX - b.minX > b.maxY - b.minY ? [b.maxX, c[1], eye[2]] : [c[0], b.maxY, eye[2]];
  return { name: 'inside', kind: 'inside', eye, target, fovDegrees: 65 };
}

function dollhouse(b) {
  const c = middle(b);
  const d = Math.hypot(b.maxX - b.minX, b.maxY - b.minY, b.maxZ - b.minZ);
  return { name: 'dollhouse', kind: 'dollhouse', eye: [c[0] + 0.45 * d, c[1] - 0.9 * d, c[2] + 0.75 * d], target: c, fovDegrees: 42 };
}
