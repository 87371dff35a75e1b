// Distances in millimetres between points of the finest surface, each with its uncertainty.
import { Raycaster, Vector2 } from 'three';
import { expanded, decimals } from './uncertainty.js';
import { t } from './text.js';

/** Below this share of evidence an end counts as inferred. */
const SURE = 0.5;

export class Measure {
  /** @param finest a Finest; @param mesh the CaveMesh that is shown; @param noise metres or null, noiseAtMost whether a bound; @param latticeStep metres */
  constructor(stage, finest, { noise, noiseAtMost, latticeStep }) {
    this.stage = stage;
    this.finest = finest;
    this.noise = noise;
    this.noiseAtMost = noiseAtMost;
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
      uncertainty: expanded(a, b, this.noise, true),
      surface: expanded(a, b, this.noise, false),
      inferred: a.evidence < SURE || b.evidence < SURE,
    };
    this.list.push(m);
    this.#tell();
    return m;
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
    const u = m.uncertainty * 1000;
    const n = decimals(u);
    const up = Math.max(Math.ceil(u * 10 ** n - 1e-9) / 10 ** n, 10 ** -n);
    return `${(m.distance * 1000).toFixed(n)} ± ${up.toFixed(n)} mm`;
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
    const at = (p) => p.cave.map((v) => v.toFixed(4)).join(', ');
    const dz = ((m.b.cave[2] - m.a.cave[2]) * 1000).toFixed(1);
    const lines = [
      `${title}  #${m.id}`,
      `${t('distance')}: ${Measure.value(m)}`,
      `A (m): ${at(m.a)}`,
      `B (m): ${at(m.b)}`,
      `${t('dz')}: ${dz} mm`,
      this.holds(m),
    ];
    if (m.inferred) lines.push(t('inferredEnd'));
    return lines.join('\n');
  }
}
