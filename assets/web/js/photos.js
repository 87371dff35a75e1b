// Pictures taken of the cave, laid over the stone as the camera saw it: each a sheet of rays about the place it was taken
// from, drawn over everything, so that from there it covers the stone that it shows.
import { BufferAttribute, BufferGeometry, DoubleSide, Mesh, MeshBasicMaterial, NoColorSpace, Quaternion, SRGBColorSpace, Vector3 } from 'three';
import { bitmap, texture } from './picture.js';
import { addressOf } from './path.js';

const FADE = 0.7; // seconds
const GONE = 0.35; // metres from where it was taken: from there a picture no longer lies on the stone
const HERE = 0.5; // nearer than this one stands where a picture was taken, metres
const ONE_STATION = 0.3; // pictures of one station stand so near, metres; others are of one place only where they touch
const TOUCH = 0.005;
const ROUND = 128; // nodes around a sphere or cylinder

const finite = (...v) => v.every(Number.isFinite);

/** The pictures of pictures.json that can be laid: whose place, lens and file are there. What is half is passed over. */
export function placed(json, base) {
  const all = [];
  for (const p of Array.isArray(json?.pictures) ? json.pictures : []) {
    const lens = Array.isArray(json.lenses) ? json.lenses[p?.lens] : null;
    const q = p?.pose;
    const address = typeof p?.path === 'string' ? addressOf(base, p.path) : null;
    if (!lens || !address || !usable(lens) || !q || !finite(q.qw, q.qx, q.qy, q.qz, q.tx, q.ty, q.tz)) continue;
    const mask = typeof p.mask === 'string' ? addressOf(base, p.mask) : null;
    all.push({ name: String(p.name ?? ''), station: p.station, lens, address, mask, at: [q.tx, q.ty, q.tz], turn: new Quaternion(q.qx, q.qy, q.qz, q.qw).normalize() });
  }
  return all;
}

function usable(l) {
  const r = l.rays;
  const numbers = l.width > 0 && l.height > 0 && l.fx > 0 && l.fy > 0 && finite(l.width, l.height, l.fx, l.fy, l.cx, l.cy) && Math.max(l.width / l.fx, l.height / l.fy) < 1e3;
  const nodes = !r || (r.columns >= 2 && r.rows >= 2 && Array.isArray(r.directions) && r.directions.length === 3 * r.columns * r.rows && finite(...r.directions));
  const plain = l.kind !== 'fisheye' && Object.keys(l.parameters ?? {}).length === 0; // else the rays must say where it looks
  return (plain || r) && ['pinhole', 'fisheye', 'spherical', 'cylindrical'].includes(l.kind) && numbers && nodes;
}

const round = (lens) => lens.kind === 'spherical' || lens.kind === 'cylindrical';

/** How many nodes lie across and down a picture. */
function nodes(lens) {
  return lens.rays ? [lens.rays.columns, lens.rays.rows] : round(lens) ? [ROUND + 1, ROUND / 2 + 1] : [2, 2];
}

/** Where the node looks in the camera's frame; what the numbers mean says pictures.schema.json. */
function node(lens, column, row) {
  if (lens.rays) {
    const i = 3 * (row * lens.rays.columns + column);
    return new Vector3(...lens.rays.directions.slice(i, i + 3));
  }
  const [w, h] = nodes(lens);
  const x = ((lens.width * column) / (w - 1) - lens.cx) / lens.fx;
  const y = (lens.cy - (lens.height * row) / (h - 1)) / lens.fy;
  if (lens.kind === 'spherical') return new Vector3(Math.cos(y) * Math.cos(x), -Math.cos(y) * Math.sin(x), Math.sin(y));
  if (lens.kind === 'cylindrical') return new Vector3(Math.cos(x), -Math.sin(x), y);
  return new Vector3(x, y, -1);
}

/** The unit direction of a picture's middle, in the cave. */
function ahead(p) {
  const [w, h] = p.lens.rays ? nodes(p.lens) : [3, 3];
  const d = p.lens.rays
    ? node(p.lens, Math.floor(w / 2), Math.floor(h / 2))
    : round(p.lens) ? new Vector3(1, 0, 0) : new Vector3((p.lens.width / 2 - p.lens.cx) / p.lens.fx, (p.lens.cy - p.lens.height / 2) / p.lens.fy, -1);
  return d.applyQuaternion(p.turn).normalize();
}

function fov(p) {
  if (round(p.lens)) return 75;
  const up = Math.abs(new Vector3(0, 1, 0).applyQuaternion(p.turn).z);
  const side = up < 0.7 ? p.lens.width / p.lens.fx : p.lens.height / p.lens.fy;
  return Math.max(20, Math.min(90, (1.1 * 360 * Math.atan(side / 2)) / Math.PI));
}

function geometry(lens) {
  const [w, h] = nodes(lens);
  const xyz = new Float32Array(3 * w * h);
  const uv = new Float32Array(2 * w * h);
  const index = [];
  for (let row = 0, i = 0; row < h; row++) {
    for (let c = 0; c < w; c++, i++) {
      node(lens, c, row).toArray(xyz, 3 * i);
      uv.set([c / (w - 1), row / (h - 1)], 2 * i);
      if (row + 1 < h && c + 1 < w) index.push(i, i + w, i + 1, i + 1, i + w, i + w + 1);
    }
  }
  const g = new BufferGeometry();
  g.setAttribute('position', new BufferAttribute(xyz, 3));
  g.setAttribute('uv', new BufferAttribute(uv, 2));
  g.setIndex(index);
  return g;
}

/** Pictures by the places that they were taken from. */
function places(all) {
  const list = [];
  for (const p of all) {
    const own = list.find(([q]) => Math.hypot(...q.at.map((v, k) => v - p.at[k])) <= (p.station !== undefined && p.station === q.station ? ONE_STATION : TOUCH));
    if (own) own.push(p);
    else list.push([p]);
  }
  return list;
}

export class Photos {
  /** @param size the cave's diagonal, metres; @param failed told that a picture cannot be shown */
  constructor(stage, navigator, { size, longest, failed }) {
    Object.assign(this, { stage, navigator, size, longest, failed });
    this.places = [];
    this.laid = null;
    this.sheets = [];
    this.alpha = 0;
    this.wanted = 0;
    this.changed = () => {};
    this.left = () => {};
    stage.before.push((dt) => this.#frame(dt));
  }

  take(all) {
    this.places = places(all);
  }

  get pending() {
    return this.laid !== null && (this.wanted > 0 || this.alpha < 1);
  }

  /** Where the pictures of a place were taken, in the world. */
  world(place) {
    return this.stage.toWorld(place[0].at);
  }

  /** The place that shows most nearly what the eye sees, by distance and by direction; null without any. */
  nearest() {
    const { eye, target } = this.navigator.here();
    const look = new Vector3(...target).sub(new Vector3(...eye)).normalize();
    const cost = (place) => {
      const turned = Math.min(...place.map((p) => (p.lens.width / p.lens.fx > 5 && round(p.lens) ? 0 : 1 - ahead(p).dot(look))));
      return Math.hypot(...place[0].at.map((v, k) => v - eye[k])) + 0.25 * this.size * turned;
    };
    return this.places.reduce((best, p) => (best === null || cost(p) < cost(best) ? p : best), null);
  }

  /** Whether the visitor stands where a picture was taken. */
  get here() {
    if (this.navigator.kind !== 'inside') return false;
    const { eye } = this.navigator.here();
    return this.places.some(([p]) => Math.hypot(...p.at.map((v, k) => v - eye[k])) <= HERE);
  }

  named(name) {
    return this.places.find((place) => place.some((p) => p.name === name)) ?? null;
  }

  next(by) {
    const n = this.places.length;
    return this.places[(this.places.indexOf(this.laid) + by + n) % n];
  }

  /** Goes where the pictures of a place were taken and lays them over the stone. */
  async lay(place, options) {
    if (!place) return;
    if (!this.laid) this.before = this.navigator.kind;
    this.#clear();
    this.laid = place;
    const look = this.navigator.here();
    const way = new Vector3(...look.target).sub(new Vector3(...look.eye)).normalize();
    const best = place.reduce((a, b) => (ahead(b).dot(way) > ahead(a).dot(way) ? b : a));
    const eye = best.at;
    const middle = ahead(best);
    this.navigator.go({ name: '', kind: 'inside', eye, target: eye.map((v, k) => v + middle.getComponent(k)), fovDegrees: fov(best) }, options);
    this.changed();
    this.wanted = place.length;
    const made = await Promise.all(place.map((p) => this.#sheet(p)));
    if (this.laid !== place) return made.forEach(free);
    this.wanted = 0;
    this.sheets = made.filter(Boolean);
    for (const s of this.sheets) this.stage.scene.add(s);
    this.stage.invalidate();
    if (this.sheets.length === 0) {
      this.leave();
      this.failed();
    }
  }

  /** Takes the pictures off: the visitor stays, or is outside again. */
  leave() {
    if (!this.laid) return;
    this.laid = null;
    this.wanted = 0;
    this.stage.invalidate();
    this.changed();
    if (this.before === 'dollhouse') this.left();
  }

  async #sheet(p) {
    try {
      const [image, cut] = await Promise.all([this.#texture(p.address), p.mask ? this.#texture(p.mask) : null]);
      image.colorSpace = SRGBColorSpace;
      if (cut) cut.colorSpace = NoColorSpace;
      const material = new MeshBasicMaterial({ map: image, alphaMap: cut, transparent: true, opacity: 0, depthTest: false, depthWrite: false, side: DoubleSide, toneMapped: false });
      const m = new Mesh(geometry(p.lens), material);
      m.position.copy(this.stage.toWorld(p.at));
      m.quaternion.copy(p.turn);
      m.renderOrder = round(p.lens) ? 10 : 11;
      m.frustumCulled = false;
      m.raycast = () => {};
      return m;
    } catch (e) {
      console.warn(`a picture is not shown: ${e?.message ?? e}`);
      return null;
    }
  }

  async #texture(address) {
    const answer = await fetch(address);
    if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
    return texture(await bitmap(new Uint8Array(await answer.arrayBuffer()), this.longest));
  }

  #frame(dt) {
    const { navigator } = this;
    if (this.laid && !navigator.glide) {
      const { eye } = navigator.here();
      if (Math.hypot(...this.laid[0].at.map((v, k) => v - eye[k])) > GONE) {
        this.before = null; // the visitor went on by himself
        this.leave();
      }
    }
    const wanted = this.laid && this.wanted === 0 && !navigator.glide ? 1 : 0;
    if (this.alpha === wanted) {
      if (!this.laid && this.sheets.length > 0) this.#clear();
      return false;
    }
    this.alpha = Math.max(0, Math.min(1, this.alpha + ((wanted ? 1 : -1) * dt) / FADE));
    const { near, far } = this.stage.camera;
    for (const s of this.sheets) {
      s.material.opacity = this.alpha;
      s.visible = this.alpha > 0;
      s.scale.setScalar(Math.min(far / 2, Math.max(20 * near, 1)));
    }
    return true;
  }

  #clear() {
    for (const s of this.sheets) {
      this.stage.scene.remove(s);
      free(s);
    }
    this.sheets = [];
    this.alpha = 0;
  }
}

function free(sheet) {
  if (!sheet) return;
  for (const t of [sheet.material.map, sheet.material.alphaMap]) {
    t?.image?.close?.();
    t?.dispose();
  }
  sheet.material.dispose();
  sheet.geometry.dispose();
}
