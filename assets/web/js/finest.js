// The finest surface under a ray. What is on the screen may be a coarse tile, and a distance taken on it is wrong by that
// tile's error; so the finest tiles along the ray are fetched for themselves, whatever the picture shows.
import { DoubleSide, FrontSide, Group, Matrix4, Raycaster, Vector3 } from 'three';
import { GLTFLoader } from 'three/addons/loaders/GLTFLoader.js';
import { MeshoptDecoder } from 'three/addons/libs/meshopt_decoder.module.js';
import { draw } from './curtains.js';
import { inside } from './path.js';
import { noPictures } from './picture.js';
import { stoneMaterial } from './stone.js';
import { Told } from './told.js';

const KEPT = 24; // tiles held for the next click
const UP = { x: new Matrix4().makeRotationY(-Math.PI / 2), y: new Matrix4().makeRotationX(Math.PI / 2), z: new Matrix4() };

export class Finest {
  /** @param origin cave coordinates of the world's zero (Vector3); `sheet` whether both sides are seen */
  constructor(url, origin, sheet) {
    this.url = url;
    this.origin = origin;
    this.root = null;
    this.kept = new Map(); // url -> promise of Group, least recently used first
    this.loader = new GLTFLoader();
    this.loader.setMeshoptDecoder(MeshoptDecoder);
    this.loader.register(noPictures);
    this.caster = new Raycaster();
    this.material = stoneMaterial({}, false, sheet); // culls as the picture does
  }

  /**
   * The first surface along a ray given in the world.
   *
   * @param cut metres behind the first back of a wall that are not drawn and so cannot be meant; 0 where all is drawn
   * @return null, or {cave: [x, y, z], error: metres, step: metres, evidence: 0..1, normal}
   */
  async hit(from, direction, cut = 0) {
    this.root ??= read(this.url, new Matrix4());
    this.root.catch(() => (this.root = null));
    const leaves = await this.#leaves(await this.root, from, direction);
    leaves.sort((a, b) => a.near - b.near);
    this.material.side = cut > 0 ? DoubleSide : FrontSide;
    let hits = [];
    for (const leaf of leaves) {
      if (first(hits, direction, cut)?.distance < leaf.near) break;
      const group = await this.#load(leaf);
      this.caster.set(from, direction);
      hits.push(...this.caster.intersectObject(group, true).map((h) => ({ ...h, leaf })));
      hits.sort((a, b) => a.distance - b.distance);
    }
    const best = first(hits, direction, cut);
    return best && this.#told(best);
  }

  #told(h) {
    const g = h.object.geometry;
    const p = h.point;
    return {
      cave: [p.x + this.origin.x, p.y + this.origin.y, p.z + this.origin.z],
      error: h.leaf.error,
      step: step(h.object),
      evidence: g.getAttribute('_evidence') ? interpolate(h, g.getAttribute('_evidence')) : 1,
      normal: h.face.normal.clone().transformDirection(h.object.matrixWorld).toArray(),
      distance: h.distance,
    };
  }

  async #leaves(tile, from, direction) {
    const near = enter(tile, from, direction, this.origin);
    if (near === null) return [];
    await expand(tile);
    const found = [];
    if (tile.content && (tile.children.length === 0 || tile.refine === 'ADD')) {
      found.push({ near, url: tile.content, matrix: tile.matrix, up: tile.up, error: tile.error });
    }
    for (const child of tile.children) found.push(...(await this.#leaves(child, from, direction)));
    return found;
  }

  #load(leaf) {
    let tile = this.kept.get(leaf.url);
    if (tile) this.kept.delete(leaf.url);
    else tile = this.#fetch(leaf);
    this.kept.set(leaf.url, tile);
    tile.catch(() => this.kept.delete(leaf.url));
    if (this.kept.size > KEPT) this.kept.delete(this.kept.keys().next().value);
    return tile;
  }

  async #fetch(leaf) {
    const answer = await fetch(leaf.url);
    if (!answer.ok) throw new Told('failures.unreadable', `${leaf.url}: ${answer.status}`);
    const { scene } = await this.loader.parseAsync(await answer.arrayBuffer(), leaf.url.replace(/[^/]*$/, ''));
    scene.updateMatrix();
    scene.matrix.multiply(leaf.up).premultiply(leaf.matrix).decompose(scene.position, scene.quaternion, scene.scale);
    scene.traverse((o) => {
      if (!o.isMesh) return;
      o.material = this.material;
      draw(o.geometry, Infinity); // between the finest nothing is open, and a curtain may hang into the next room
    });
    const group = new Group();
    group.position.copy(this.origin).negate();
    group.add(scene);
    group.updateMatrixWorld(true);
    return group;
  }
}

/** The first hit that is drawn: a front, and not just behind the first back. Hits in order of distance. */
function first(hits, direction, cut) {
  let back = Infinity;
  for (const h of hits) {
    const normal = h.face.normal.clone().transformDirection(h.object.matrixWorld);
    if (normal.dot(direction) > 0) back = Math.min(back, h.distance);
    else if (cut === 0 || !(skirt(h, direction) || (h.distance > back && h.distance - back < cut))) return h;
  }
  return null;
}

/** Whether a hit is on a tile's skirt that hangs on a near wall: its vertices' normals face away though it does not. */
function skirt(h, direction) {
  const normals = h.object.geometry.getAttribute('normal');
  if (!normals) return false;
  const sum = new Vector3();
  for (const k of ['a', 'b', 'c']) sum.add(new Vector3().fromBufferAttribute(normals, h.face[k]));
  return sum.transformDirection(h.object.matrixWorld).dot(direction) > 0.2;
}

/** Reads a tileset; each tile becomes {bounds, matrix, error, refine, content, children}. */
async function read(url, matrix) {
  const answer = await fetch(url);
  if (!answer.ok) throw new Told('failures.unreadable', `${url}: ${answer.status}`);
  const set = await answer.json();
  const up = UP[(set.asset?.gltfUpAxis ?? 'y').toLowerCase()] ?? UP.y;
  return tileOf(set.root, url, matrix, 'REPLACE', up);
}

function tileOf(json, base, parent, refine, up) {
  const matrix = json.transform ? parent.clone().multiply(new Matrix4().fromArray(json.transform)) : parent;
  const mine = json.refine?.toUpperCase() ?? refine;
  const uri = json.content?.uri ?? json.content?.url;
  return {
    bounds: json.boundingVolume,
    matrix,
    up,
    error: json.geometricError,
    refine: mine,
    content: uri && inside(base, uri) ? new URL(uri, base).href : null,
    children: (json.children ?? []).map((c) => tileOf(c, base, matrix, mine, up)),
  };
}

/** A tile whose content is a further tileset takes that one's root as its child. */
async function expand(tile) {
  if (!tile.content || !/\.json($|\?)/.test(tile.content)) return;
  const url = tile.content;
  tile.content = null;
  tile.children.push(await read(url, tile.matrix));
}

/** Where a ray enters a tile's bounds, metres from `from` (0 when inside), or null where it misses. */
function enter(tile, from, direction, origin) {
  const o = from.clone().add(origin).applyMatrix4(tile.matrix.clone().invert());
  const d = direction.clone().add(from).add(origin).applyMatrix4(tile.matrix.clone().invert()).sub(o);
  const { box, sphere } = tile.bounds;
  if (sphere) {
    const c = new Vector3(...sphere).sub(o);
    const along = c.dot(d) / d.lengthSq();
    const off = c.lengthSq() - along * along * d.lengthSq();
    const r2 = sphere[3] * sphere[3];
    if (off > r2) return null;
    const half = Math.sqrt((r2 - off) / d.lengthSq());
    return along + half < 0 ? null : Math.max(0, along - half);
  }
  if (!box) return 0; // a region: not a cave's; never skipped
  const c = o.sub(new Vector3(...box));
  let t0 = 0;
  let t1 = Infinity;
  for (let k = 3; k < 12; k += 3) {
    const axis = new Vector3(box[k], box[k + 1], box[k + 2]);
    const half2 = axis.lengthSq();
    const at = c.dot(axis);
    const slope = d.dot(axis);
    const slack = half2 * (1 + 1e-6) + 1e-9;
    if (Math.abs(slope) < 1e-15) {
      if (Math.abs(at) > slack) return null;
      continue;
    }
    const a = (-slack - at) / slope;
    const b = (slack - at) / slope;
    t0 = Math.max(t0, Math.min(a, b));
    t1 = Math.min(t1, Math.max(a, b));
  }
  return t0 <= t1 ? t0 : null;
}

/** The grid that a tile's positions stand on, metres; 0 where they are floats on no grid (a node without scale). */
function step(mesh) {
  const a = mesh.geometry.getAttribute('position');
  const array = a.isInterleavedBufferAttribute ? a.data.array : a.array;
  const scale = new Vector3().setFromMatrixScale(mesh.matrixWorld);
  const whole = Math.max(scale.x, scale.y, scale.z);
  if (array instanceof Float32Array) return Math.abs(whole - 1) < 1e-6 ? 0 : whole;
  const bits = 8 * array.BYTES_PER_ELEMENT;
  const signed = array instanceof Int16Array || array instanceof Int8Array;
  return a.normalized ? whole / (2 ** (signed ? bits - 1 : bits) - 1) : whole;
}

function interpolate(h, attribute) {
  const inside = h.object.worldToLocal(h.point.clone());
  const g = h.object.geometry.getAttribute('position');
  const [a, b, c] = ['a', 'b', 'c'].map((k) => new Vector3().fromBufferAttribute(g, h.face[k]));
  const normal = b.clone().sub(a).cross(c.clone().sub(a));
  const part = (p, q) => p.clone().sub(inside).cross(q.clone().sub(inside)).dot(normal) / normal.lengthSq();
  const [u, v] = [part(b, c), part(c, a)];
  const value = (k) => attribute.getX(h.face[k]) / (attribute.normalized ? 1 : 255);
  return u * value('a') + v * value('b') + (1 - u - v) * value('c');
}
