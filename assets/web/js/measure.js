// Distances in millimetres between points of the finest surface, each with its uncertainty.
import { Raycaster, Vector2 } from 'three';
import { decimals, expanded, expandedPlace, noiseIsBound, noiseOf } from './uncertainty.js';
import { t } from './text.js';

/** Below this share of evidence an end counts as inferred. */
const SURE = 0.5;

/** "1234.5 ± 0.8 mm", of metres. */
function millimetres(value, uncertainty) {
  const u = uncertainty * 1000;
  const n = decimals(u);
  const up = Math.max(Math.ceil(u * 10 ** n - 1e-9) / 10 ** n, 10 ** -n);
  return `${(value * 1000).toFixed(n)} ± ${up.toFixed(n)} mm`;
}

/** "12.345, 6.789, -0.120 m ± 2 mm": a place in the cave's coordinates, with as many decimals as its doubt deserves. */
export function coordinates(cave, uncertainty) {
  const mm = Math.max(uncertainty * 1000, 0.01);
  const n = mm >= 9.95 ? 2 : 3 + decimals(mm);
  return `${cave.map((v) => v.toFixed(n)).join(', ')} m ± ${mm >= 9.95 ? Math.ceil(mm) : mm.toFixed(decimals(mm))} mm`;
}

export class Measure {
  /** @param finest a Finest; @param report promise of the quality report, which knows the noise; @param latticeStep metres */
  constructor(stage, finest, { report, latticeStep }) {
    this.stage = stage;
    this.finest = finest;
    this.noise = null; // metres, or null where nobody knows it
    this.noiseAtMost = false; // whether that is a bound
    this.known = report.then((r) => {
      this.noise = noiseOf(r);
      this.noiseAtMost = noiseIsBound(r);
      for (const m of this.list) Object.assign(m, this.#doubt(m.a, m.b));
      this.#tell();
    });
    this.latticeStep = latticeStep;
    this.on = false;
    this.busy = false;
    this.first = null;
    this.missed = false;
    this.list = [];
    this.count = 0;
    this.asked = 0;
    this.cut = () => 0; // what the picture leaves out behind its near walls, metres
    this.enter = () => 0; // how far along a ray the picture begins, metres
    this.changed = () => {};
    this.failed = () => {};
  }

  turn(on) {
    this.on = on;
    this.cancel();
  }

  cancel() {
    this.asked++; // an answer still on its way is no longer wanted
    this.first = null;
    this.busy = false;
    this.missed = false;
    this.#tell();
  }

  /** The finest surface under a page position, or null. */
  async pick(x, y) {
    const { stage } = this;
    stage.camera.updateMatrixWorld();
    const caster = new Raycaster();
    caster.setFromCamera(new Vector2((2 * x) / stage.width - 1, 1 - (2 * y) / stage.height), stage.camera);
    const { origin, direction } = caster.ray;
    const enter = this.enter(origin, direction);
    if (enter === Infinity) return null;
    await this.known;
    const hit = await this.finest.hit(origin.clone().addScaledVector(direction, enter), direction.clone(), this.cut());
    if (!hit) return null;
    const world = stage.toWorld(hit.cave);
    const depth = world.clone().sub(stage.camera.position).dot(caster.ray.direction);
    return { ...hit, step: Math.max(hit.step, this.latticeStep), pixel: stage.pixelSize(depth), world };
  }

  /** A click while the tool is on. */
  async click(x, y) {
    if (!this.on || this.busy) return;
    const asked = ++this.asked;
    this.busy = true;
    this.missed = false;
    this.#tell();
    let end = null;
    try {
      end = await this.pick(x, y);
    } catch (e) {
      if (asked === this.asked) this.failed(e);
    }
    if (asked !== this.asked) return;
    this.busy = false;
    this.missed = end === null;
    if (end && this.first) {
      this.add(this.first, end);
      this.first = null;
    } else if (end) {
      this.first = end;
    }
    this.#tell();
  }

  add(a, b) {
    const d = Math.hypot(a.cave[0] - b.cave[0], a.cave[1] - b.cave[1], a.cave[2] - b.cave[2]);
    const m = {
      id: ++this.count,
      a,
      b,
      distance: d,
      ...this.#doubt(a, b),
      inferred: a.evidence < SURE || b.evidence < SURE,
    };
    this.list.push(m);
    this.#tell();
    return m;
  }

  #doubt(a, b) {
    return { uncertainty: expanded(a, b, this.noise, true), surface: expanded(a, b, this.noise, false) };
  }

  /** Measurements of a link, which says of each end {cave, error, step, pixel, evidence}, in place of those there. */
  restore(ends) {
    this.list = [];
    for (const [a, b] of ends) this.add(this.#placed(a), this.#placed(b));
    this.#tell();
  }

  #placed(end) {
    return { ...end, world: this.stage.toWorld(end.cave) };
  }

  remove(id) {
    this.list = this.list.filter((m) => m.id !== id);
    this.#tell();
  }

  clear() {
    this.list = [];
    this.#tell();
  }

  #tell() {
    this.stage.invalidate();
    this.changed();
  }

  /** "1234.5 ± 0.8 mm" */
  static value(m) {
    return millimetres(m.distance, m.uncertainty);
  }

  /** The distance's level part and its height, in words: what holds an end holds it in every direction. */
  parts(m) {
    const [dx, dy, dz] = [0, 1, 2].map((k) => m.b.cave[k] - m.a.cave[k]);
    return [
      `${t('horizontal')}: ${millimetres(Math.hypot(dx, dy), m.uncertainty)}`,
      `${t('dz')}: ${millimetres(dz, m.uncertainty)}`,
    ];
  }

  /** Both ends in the cave's coordinates, in words. */
  ends(m) {
    return [m.a, m.b].map((p, i) => `${'AB'[i]}: ${coordinates(p.cave, expandedPlace(p, this.noise))}`);
  }

  /** What the ± holds, as a sentence. */
  holds(m) {
    const mm = (x) => (x * 1000).toFixed(x * 1000 < 0.1 ? 3 : 2);
    const values = {
      mesh: mm(Math.max(m.a.error, m.b.error)),
      step: mm(Math.max(m.a.step, m.b.step)),
      noise: this.noise === null ? '' : mm(this.noise),
      pixel: mm(Math.max(m.a.pixel, m.b.pixel)),
    };
    if (this.noise === null) return t('uncertainMesh', values);
    return this.noiseAtMost ? t('uncertainNoiseAtMost', values) : t('uncertainNoise', values);
  }

  /** A measurement as text to paste: value, ends in cave coordinates, what the ± holds. */
  text(m, title) {
    const lines = [
      `${title}  #${m.id}`,
      `${t('distance')}: ${Measure.value(m)}`,
      ...this.parts(m),
      ...this.ends(m),
      this.holds(m),
    ];
    if (m.inferred) lines.push(t('inferredEnd'));
    return lines.join('\n');
  }
}
