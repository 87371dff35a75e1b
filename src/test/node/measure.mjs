// Checks the page's measuring code by closed forms, without a browser; then changes it on purpose, one small change at a
// time, and says which changes no check notices. Prints one JSON line: failed (checks that fail on the code as it is)
// and, a change each, mutants: name, state (killed, survived, absent: the text to change is not there).
//   node measure.mjs JS_FOLDER
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const NOTHING = { error: 0, step: 0, pixel: 0 };
const near = (a, b) => Math.abs(a - b) <= 1e-12 * Math.max(1, Math.abs(b));

/** Name of a check -> whether it holds; of what uncertainty.js, measure.js and link.js give. */
async function checks({ expanded, expandedPlace, decimals, noiseOf, noiseIsBound }, { Measure, coordinates }, { readLink, writeLink }) {
  const stage = { invalidate() {}, toWorld: (p) => p };
  const report = { facts: [{ key: 'noise', value: 1, unit: 'mm' }] };
  const early = new Measure(stage, null, { report: Promise.resolve(report), latticeStep: 1e-4 });
  const before = early.add({ ...NOTHING, evidence: 1, cave: [0, 0, 0] }, { ...NOTHING, evidence: 1, cave: [1, 0, 0] }).uncertainty;
  await early.known;
  const measure = new Measure(stage, null, { report: Promise.resolve(report), latticeStep: 1e-4 });
  await measure.known;
  const end = (cave, more = {}) => ({ ...NOTHING, evidence: 1, cave, ...more });
  const origin = end([0, 0, 0]);
  const one = (what) => expanded({ ...NOTHING, [what]: 0.003 }, NOTHING, null, true);
  const length = (...p) => measure.add(end([10, 20, 30]), end([10 + p[0], 20 + p[1], 30 + p[2]])).distance;
  const value = (distance, uncertainty) => Measure.value({ distance, uncertainty });
  return {
    'an error is a bound, rectangular': near(one('error'), (2 * 0.003) / Math.sqrt(3)),
    'a step is rectangular of half a step': near(one('step'), (2 * 0.003) / Math.sqrt(12)),
    'a pixel is rectangular of half a pixel': near(one('pixel'), (2 * 0.003) / Math.sqrt(12)),
    'without pointing no pixel counts': expanded({ ...NOTHING, pixel: 1 }, NOTHING, null, false) === 0,
    'noise counts at both ends': near(expanded(NOTHING, NOTHING, 0.003, true), 2 * Math.sqrt(2) * 0.003),
    'the second end counts as the first': ['error', 'step', 'pixel'].every((k) =>
      near(expanded(NOTHING, { ...NOTHING, [k]: 0.003 }, null, true), one(k))),
    'decimals change at two figures': [9.96, 9.94, 0.96, 0.94].map(decimals).join() === '0,1,1,2',
    'noise is read in its unit': noiseOf({ facts: [{ key: 'noise', value: 2, unit: 'mm' }] }) === 0.002
      && noiseOf({ facts: [{ key: 'noise', value: 2, unit: 'm' }] }) === 2
      && noiseOf({ facts: [{ key: 'noise', value: 0, unit: 'm' }] }) === 0
      && noiseOf({ facts: [{ key: 'noise', value: -1, unit: 'm' }] }) === null
      && noiseOf(null) === null,
    'a bound is read as one': noiseOf({ facts: [{ key: 'noise.atMost', value: 2, unit: 'mm' }] }) === 0.002
      && noiseIsBound({ facts: [{ key: 'noise.atMost', value: 2, unit: 'mm' }] })
      && !noiseIsBound({ facts: [{ key: 'noise', value: 2, unit: 'mm' }] })
      && !noiseIsBound(null),
    'a distance has three axes': near(length(2, 3, 6), 7) && near(length(3, 0, 0), 3) && near(length(0, 4, 0), 4)
      && near(length(0, 0, 5), 5),
    'a measurement holds both uncertainties': (() => {
      const m = measure.add(end([0, 0, 0], { pixel: 0.003 }), end([1, 0, 0]));
      return near(m.uncertainty, 2 * Math.sqrt(0.003 ** 2 / 12 + 2e-6)) && near(m.surface, 2 * Math.sqrt(2e-6));
    })(),
    'either inferred end marks a measurement': measure.add(origin, end([1, 0, 0], { evidence: 0.4 })).inferred
      && measure.add(end([1, 0, 0], { evidence: 0.4 }), origin).inferred
      && !measure.add(origin, end([1, 0, 0], { evidence: 0.5 })).inferred,
    'the text marks an inferred end, and none else':
      measure.text(measure.add(origin, end([1, 0, 0], { evidence: 0 })), 'c').includes('inferredEnd')
      && !measure.text(measure.add(origin, end([1, 0, 0])), 'c').includes('inferredEnd'),
    'the text tells the height of B above A, with its ±':
      measure.text(measure.add(origin, end([3, 4, -3])), 'c').includes('horizontal: 5000.0 ± 2.9 mm\ndz: -3000.0 ± 2.9 mm'),
    'the text tells both ends': measure.text(measure.add(end([1, 2, 3]), end([4, 5, 6])), 'c')
      .includes('A: 1.0000, 2.0000, 3.0000 m ± 2.0 mm\nB: 4.0000, 5.0000, 6.0000 m ± 2.0 mm'),
    'a place has its own uncertainty': near(expandedPlace({ error: 0.003, step: 0.002, pixel: 0.001 }, 0.004),
      2 * Math.sqrt(3e-6 + 4e-6 / 12 + 1e-6 / 12 + 16e-6)),
    'coordinates have the decimals that they deserve': coordinates([1, 2.3456, -3], 0.0004) === '1.00000, 2.34560, -3.00000 m ± 0.40 mm'
      && coordinates([1, 2.3456, -3], 0.004) === '1.0000, 2.3456, -3.0000 m ± 4.0 mm'
      && coordinates([1, 2.3456, -3], 0.0401) === '1.00, 2.35, -3.00 m ± 41 mm',
    'noise that comes later counts': before === 0 && near(early.list[0].uncertainty, 2 * Math.sqrt(2) * 0.001),
    'a link brings measurements back': (() => {
      const more = { error: 0.0012, step: 0.0001, pixel: 0.002, evidence: 0.25 };
      const made = measure.add(end([1.23456, -2, 3e5], more), end([4, 5, 6]));
      const camera = { kind: 'inside', eye: [0, 0, 0], target: [1, 0, 0], fovDegrees: 60 };
      const light = { mode: 'room', azimuth: 0, elevation: 0, brightness: 1, ambient: 1 };
      const hash = writeLink({ lang: 'en', camera, show: [], look: 'stone', light, measured: [made, made] });
      early.restore(readLink(hash).measured);
      const back = early.list[1];
      return early.list.length === 2 && early.text({ ...back, id: made.id }, 'c') === measure.text(made, 'c') && back.inferred;
    })(),
    'a link without sense brings none': ['', '1,2', '1,2,3,4,5,6,7,8,9,10,11,12,13,x', 'Infinity,' + '1,'.repeat(12) + '1']
      .every((m) => readLink(`#measured=${m}`).measured.length === 0)
      && readLink('#measured=' + Array(500).fill(Array(14).fill(1)).join(';')).measured.length === 100
      && readLink('#view=a').measured === null,
    'what the ± holds is the worse end': (() => {
      const ends = [end([0, 0, 0], { error: 1, step: 2, pixel: 3 }), end([1, 0, 0], { error: 4, step: 1, pixel: 5 })];
      const said = measure.holds(measure.add(...ends));
      return ['"mesh":"4000.00"', '"step":"2000.00"', '"noise":"1.00"', '"pixel":"5000.00"'].every((s) => said.includes(s));
    })(),
    'an uncertainty is rounded up': value(1.23456, 0.00081) === '1234.56 ± 0.81 mm'
      && value(1, 0.00811) === '1000.0 ± 8.2 mm' && value(1, 0) === '1000.00 ± 0.01 mm' && value(1, 0.0101) === '1000 ± 11 mm',
  };
}

const MUTANTS = [
  ['uncertainty without step', 'uncertainty.js', ' + end.step ** 2 / 12', ''],
  ['step twice as large', 'uncertainty.js', 'end.step ** 2 / 12', 'end.step ** 2 / 3'],
  ['uncertainty without pixel', 'uncertainty.js', '(pointing ?', '(false ?'],
  ['pixel always', 'uncertainty.js', '(pointing ?', '(true ?'],
  ['pixel twice as large', 'uncertainty.js', 'end.pixel ** 2 / 12', 'end.pixel ** 2 / 3'],
  ['error as half a bound', 'uncertainty.js', 'end.error ** 2 / 3', 'end.error ** 2 / 12'],
  ['uncertainty without error', 'uncertainty.js', 'end.error ** 2 / 3 + ', ''],
  ['uncertainty without noise', 'uncertainty.js', ' + (noise ?? 0) ** 2', ''],
  ['the first end only', 'uncertainty.js', ' + variance(b, noise, pointing)', ''],
  ['the second end twice', 'uncertainty.js', 'variance(a, noise, pointing)', 'variance(b, noise, pointing)'],
  ['coverage factor 1', 'uncertainty.js', 'K = 2', 'K = 1'],
  ['coverage factor 1.96', 'uncertainty.js', 'K = 2', 'K = 1.96'],
  ['variance for deviation', 'uncertainty.js', 'Math.sqrt(variance(a', '(variance(a'],
  ['a place without pixel', 'uncertainty.js', 'variance(end, noise, true)', 'variance(end, noise, false)'],
  ['a place of two ends', 'uncertainty.js', 'Math.sqrt(variance(end', 'Math.sqrt(2 * variance(end'],
  ['no decimals later', 'uncertainty.js', '9.95', '10.5'],
  ['one decimal later', 'uncertainty.js', '0.95', '1.05'],
  ['noise in mm taken as metres', 'uncertainty.js', 'fact.value / 1000', 'fact.value'],
  ['negative noise taken', 'uncertainty.js', '!(fact.value >= 0)', 'false'],
  ['noise of 0 refused', 'uncertainty.js', 'fact.value >= 0', 'fact.value > 0'],
  ['distance without x', 'measure.js', 'a.cave[0] - b.cave[0], ', ''],
  ['distance without y', 'measure.js', 'a.cave[1] - b.cave[1], ', ''],
  ['distance without z', 'measure.js', ', a.cave[2] - b.cave[2])', ')'],
  ['height upside down', 'measure.js', 'm.b.cave[k] - m.a.cave[k]', 'm.a.cave[k] - m.b.cave[k]'],
  ['height of another axis', 'measure.js', 'const [dx, dy, dz]', 'const [dx, dz, dy]'],
  ['level without y', 'measure.js', 'Math.hypot(dx, dy)', 'Math.hypot(dx)'],
  ['noise that comes later forgotten', 'measure.js', 'Object.assign(m, this.#doubt(m.a, m.b))', 'Object.assign(m, {})'],
  ['a link without evidence', 'link.js', 'p.pixel, p.evidence]', 'p.pixel, 1]'],
  ['a link in millimetres', 'link.js', 'n(v, 6)', 'n(v, 3)'],
  ['the second end of a link lost', 'link.js', 'end(v.slice(7))', 'end(v.slice(0, 7))'],
  ['no mark for inferred ends', 'measure.js', 'a.evidence < SURE || b.evidence < SURE', 'false'],
  ['mark for both ends only', 'measure.js', 'a.evidence < SURE || b', 'a.evidence < SURE && b'],
  ['mark for the first end only', 'measure.js', ' || b.evidence < SURE', ''],
  ['sure later', 'measure.js', 'SURE = 0.5', 'SURE = 0.6'],
  ['sure earlier', 'measure.js', 'SURE = 0.5', 'SURE = 0.3'],
  ['no mark in the text', 'measure.js', 'if (m.inferred) lines', 'if (false) lines'],
  ['pixel not in a measurement', 'measure.js', 'this.noise, true', 'this.noise, false'],
  ['pixel in the surface', 'measure.js', 'this.noise, false', 'this.noise, true'],
  ['uncertainty rounded down', 'measure.js', 'Math.ceil(u', 'Math.floor(u'],
  ['the better end told', 'measure.js', 'Math.max(m.a.step', 'Math.min(m.a.step'],
  ['the better surface told', 'measure.js', 'Math.max(m.a.error', 'Math.min(m.a.error'],
  ['the better pixel told', 'measure.js', 'Math.max(m.a.pixel', 'Math.min(m.a.pixel'],
];

const folder = mkdtempSync(join(tmpdir(), 'grotto-measure-'));
let runs = 0;

/** The names of the checks that fail on a copy of the code, changed by change(file, text). */
async function failing(change) {
  const at = join(folder, String(runs++));
  mkdirSync(join(at, 'node_modules', 'three'), { recursive: true });
  writeFileSync(join(at, 'package.json'), '{"type": "module"}');
  writeFileSync(join(at, 'node_modules', 'three', 'package.json'), '{"type": "module", "main": "index.js"}');
  writeFileSync(join(at, 'node_modules', 'three', 'index.js'), 'export class Raycaster {}\nexport class Vector2 {}\n');
  writeFileSync(join(at, 'text.js'), "export const t = (key, values) => key + (values ? JSON.stringify(values) : '');\n");
  for (const file of ['uncertainty.js', 'measure.js', 'link.js']) {
    writeFileSync(join(at, file), change(file, readFileSync(join(process.argv[2], file), 'utf8')));
  }
  try {
    const uncertainty = await import(pathToFileURL(join(at, 'uncertainty.js')));
    const measure = await import(pathToFileURL(join(at, 'measure.js')));
    const link = await import(pathToFileURL(join(at, 'link.js')));
    return Object.entries(await checks(uncertainty, measure, link)).filter(([, holds]) => !holds).map(([name]) => name);
  } catch (e) {
    return [String(e)];
  }
}

try {
  const failed = await failing((file, text) => text);
  const mutants = [];
  for (const [name, where, from, to] of MUTANTS) {
    let found = false;
    const by = await failing((file, text) => {
      if (file !== where || !text.includes(from)) return text;
      found = true;
      return text.replace(from, () => to);
    });
    mutants.push({ name, state: !found ? 'absent' : by.length ? 'killed' : 'survived', by });
  }
  console.log(JSON.stringify({ failed, mutants }));
} finally {
  rmSync(folder, { recursive: true, force: true });
}
