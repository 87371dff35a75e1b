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

/** Name of a check -> whether it holds; u: uncertainty.js, Measure: of measure.js. */
function checks({ expanded, decimals, noiseOf, noiseIsBound }, Measure) {
  const stage = { invalidate() {} };
  const measure = new Measure(stage, null, { noise: 0.001, latticeStep: 1e-4 });
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
    'the text tells the height of B above A': measure.text(measure.add(origin, end([1, 2, 3])), 'c').includes('dz: 3000.0 mm'),
    'the text tells both ends': measure.text(measure.add(end([1, 2, 3]), end([4, 5, 6])), 'c')
      .includes('A (m): 1.0000, 2.0000, 3.0000\nB (m): 4.0000, 5.0000, 6.0000'),
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
  ['uncertainty without pixel', 'uncertainty.js', 'if (pointing) variance', 'if (false) variance'],
  ['pixel always', 'uncertainty.js', 'if (pointing) variance', 'if (true) variance'],
  ['pixel twice as large', 'uncertainty.js', 'end.pixel ** 2 / 12', 'end.pixel ** 2 / 3'],
  ['error as half a bound', 'uncertainty.js', 'end.error ** 2 / 3', 'end.error ** 2 / 12'],
  ['uncertainty without error', 'uncertainty.js', 'end.error ** 2 / 3 + ', ''],
  ['uncertainty without noise', 'uncertainty.js', ' + (noise ?? 0) ** 2', ''],
  ['the first end only', 'uncertainty.js', 'of [a, b]', 'of [a]'],
  ['the second end twice', 'uncertainty.js', 'of [a, b]', 'of [b, b]'],
  ['coverage factor 1', 'uncertainty.js', 'K = 2', 'K = 1'],
  ['coverage factor 1.96', 'uncertainty.js', 'K = 2', 'K = 1.96'],
  ['variance for deviation', 'uncertainty.js', 'Math.sqrt(variance)', 'variance'],
  ['no decimals later', 'uncertainty.js', '9.95', '10.5'],
  ['one decimal later', 'uncertainty.js', '0.95', '1.05'],
  ['noise in mm taken as metres', 'uncertainty.js', 'fact.value / 1000', 'fact.value'],
  ['negative noise taken', 'uncertainty.js', '!(fact.value >= 0)', 'false'],
  ['noise of 0 refused', 'uncertainty.js', 'fact.value >= 0', 'fact.value > 0'],
  ['distance without x', 'measure.js', 'a.cave[0] - b.cave[0], ', ''],
  ['distance without y', 'measure.js', 'a.cave[1] - b.cave[1], ', ''],
  ['distance without z', 'measure.js', ', a.cave[2] - b.cave[2])', ')'],
  ['height upside down', 'measure.js', 'm.b.cave[2] - m.a.cave[2]', 'm.a.cave[2] - m.b.cave[2]'],
  ['height of another axis', 'measure.js', 'm.b.cave[2] - m.a.cave[2]', 'm.b.cave[1] - m.a.cave[1]'],
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
  for (const file of ['uncertainty.js', 'measure.js']) {
    writeFileSync(join(at, file), change(file, readFileSync(join(process.argv[2], file), 'utf8')));
  }
  try {
    const uncertainty = await import(pathToFileURL(join(at, 'uncertainty.js')));
    const { Measure } = await import(pathToFileURL(join(at, 'measure.js')));
    return Object.entries(checks(uncertainty, Measure)).filter(([, holds]) => !holds).map(([name]) => name);
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
