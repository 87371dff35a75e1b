// Scan points from COPC, streamed by what a node would show: nodes in view, those with the widest gaps on the screen
// first, until the gaps are small or the budget is spent.
import { BufferAttribute, BufferGeometry, Color, Frustum, Box3, Group, Matrix4, Points, ShaderMaterial, Vector3 } from 'three';
import { Copc } from './copc.js';
import { Jobs } from './jobs.js';
import { RangeFile } from './ranges.js';
import { LIGHT } from './stone.js';
import { Told } from './told.js';

export const POINT_LOOKS = ['rgb', 'intensity', 'station'];

const GAP = 1.6; // device pixels between points that are aimed at
const BUDGET = { desk: 3e6, phone: 8e5 };
const LARGEST_CHUNK = 64 * 2 ** 20;
const AT_ONCE = 6;
const STRAY = 1.02; // points stand in their node's cube, as good as exactly
const RETRY = 20_000; // milliseconds after which what a server did not send is asked for again
const WORKERS = 2;

const VERTEX = /* glsl */ `
#include <clipping_planes_pars_vertex>
attribute vec3 rgb;
attribute float intensity;
attribute vec3 stationColor;
uniform int uLook;
uniform float uExposure;    // of the stone's own colours
uniform float uSpacing;     // metres between points here
uniform float uPixels;      // device pixels of one metre at one metre
uniform float uSize;
uniform float uBrightest;
varying vec3 vColor;
varying vec3 vAt;
varying vec3 vNormal;
vec3 linear(vec3 c) {
  return mix(c / 12.92, pow((c + 0.055) / 1.055, vec3(2.4)), step(vec3(0.04045), c));
}
void main() {
  vec4 at = modelViewMatrix * vec4(position, 1.0);
  gl_Position = projectionMatrix * at;
  gl_PointSize = clamp(uSize * uSpacing * 1.35 * uPixels / max(0.01, -at.z), 1.5, 28.0);
  if (uLook == 0) vColor = linear(rgb) * uExposure;
  else if (uLook == 1) vColor = linear(vec3(pow(clamp(intensity / uBrightest, 0.0, 1.0), 0.7)));
  else vColor = stationColor;
  vAt = at.xyz;
  vNormal = normalMatrix * normal; // zero where none is known
  vec4 mvPosition = at;
  #include <clipping_planes_vertex>
}`;

const FRAGMENT = /* glsl */ `
#include <clipping_planes_pars_fragment>
${LIGHT}
varying vec3 vColor;
varying vec3 vAt;
varying vec3 vNormal;
void main() {
  #include <clipping_planes_fragment>
  vec2 p = gl_PointCoord - 0.5;
  if (dot(p, p) > 0.25) discard;
  vec3 c = vColor;
  if (dot(vNormal, vNormal) > 0.25) {
    vec3 n = normalize(vNormal);
    vec3 toEye = -normalize(vAt);
    if (dot(n, toEye) < 0.0) n = -n;
    c = lit(vColor, n, toEye, vAt, vec3(1.0, 0.955, 0.88), vec3(0.93, 0.97, 1.0));
  }
  gl_FragColor = vec4(c, 1.0);
  #include <colorspace_fragment>
}`;

/** Colours of stations: even steps of hue by the golden angle, so that neighbours in number differ. */
export function stationColor(index) {
  return new Color().setHSL((0.09 + index * 0.381966) % 1, 0.6, 0.6);
}

export class CavePoints {
  /** @param light the uniforms of the light, which the surface shares */
  constructor(stage, url, light, { phone = false, told = () => {}, failed = () => {} }) {
    this.stage = stage;
    this.failed = failed;
    const { uKeyFrom, uUp, uKey, uHead, uAmbient, uExposure } = light;
    this.light = { uKeyFrom, uUp, uKey, uHead, uAmbient, uExposure };
    this.budget = phone ? BUDGET.phone : BUDGET.desk;
    this.file = new RangeFile(url, told);
    this.copc = null;
    this.group = new Group();
    this.group.visible = false;
    this.look = 'rgb';
    this.size = 1;
    this.nodes = new Map(); // name -> {object, used} for what is on the card
    this.loading = new Map(); // name -> AbortController
    this.pagesLoading = new Set();
    this.broken = new Set();
    this.shown = 0;
    this.brightest = 0;
    this.cut = []; // planes beyond which nothing is drawn
    this.workers = [];
    stage.scene.add(this.group);
    stage.before.push(() => this.#update());
  }

  /** Draws only what lies on the positive side of all these planes. */
  clip(planes) {
    this.cut = planes;
    for (const { object } of this.nodes.values()) object.material.clippingPlanes = planes;
  }

  /** Opens the file the first time the points are wanted. */
  async show(on) {
    this.group.visible = on;
    this.stage.invalidate();
    if (!on) return;
    this.opening ??= Copc.open(this.file);
    try {
      this.copc = await this.opening;
    } catch (e) {
      this.opening = null;
      this.group.visible = false;
      throw e;
    }
  }

  get pending() {
    return this.loading.size + this.pagesLoading.size;
  }

  setLook(look) {
    this.look = look;
    for (const n of this.nodes.values()) n.object.material.uniforms.uLook.value = this.#lookNumber();
    this.stage.invalidate();
  }

  /** Points without colour are shown by intensity, or the picture would be black. */
  #lookNumber() {
    return POINT_LOOKS.indexOf(this.look === 'rgb' && this.colourless ? 'intensity' : this.look);
  }

  setSize(size) {
    this.size = size;
    for (const n of this.nodes.values()) n.object.material.uniforms.uSize.value = size;
    this.stage.invalidate();
  }

  #update() {
    if (!this.group.visible || !this.copc) return false;
    const wanted = this.#wanted();
    const names = new Set(wanted.map((w) => w.name));
    for (const [name, abort] of this.loading) {
      if (!names.has(name)) abort.abort();
    }
    for (const { name } of wanted) {
      if (this.loading.size >= AT_ONCE) break;
      if (!this.nodes.has(name) && !this.loading.has(name) && !this.broken.has(name)) this.#load(name);
    }
    let changed = false;
    this.shown = 0;
    for (const [name, n] of this.nodes) {
      const on = names.has(name);
      if (n.object.visible !== on) changed = true;
      n.object.visible = on;
      if (on) {
        n.used = performance.now();
        this.shown += n.count;
      }
    }
    this.#sizes(names);
    this.#forget();
    return changed;
  }

  /** Node names in order of need, within the point budget; asks for hierarchy pages on the way. */
  #wanted() {
    const { camera } = this.stage;
    camera.updateMatrixWorld();
    const frustum = new Frustum().setFromProjectionMatrix(
      new Matrix4().multiplyMatrices(camera.projectionMatrix, camera.matrixWorldInverse),
    );
    const scale = this.stage.pixels / (2 * Math.tan((camera.fov * Math.PI) / 360));
    const open = [];
    const consider = (name) => {
      const page = this.copc.pages.get(name);
      if (page && !this.broken.has(name)) this.#page(name, page);
      const node = this.copc.nodes.get(name);
      if (!node) return;
      const box = new Box3(this.stage.toWorld(node.min), this.stage.toWorld(node.max));
      if (!frustum.intersectsBox(box)) return;
      const gap = (node.spacing * scale) / Math.max(0.05, box.distanceToPoint(camera.position));
      open.push({ name, node, gap });
    };
    consider('0-0-0-0');
    const wanted = [];
    let count = 0;
    while (open.length > 0) {
      let best = 0;
      for (let i = 1; i < open.length; i++) if (open[i].gap > open[best].gap) best = i;
      const next = open.splice(best, 1)[0];
      count += next.node.count;
      if (count > this.budget && wanted.length > 0) break;
      wanted.push(next);
      if (next.gap > GAP) Copc.childNames(next.node.key).forEach(consider);
    }
    return wanted;
  }

  async #page(name, page) {
    if (this.pagesLoading.has(name) || this.broken.has(name)) return;
    this.pagesLoading.add(name);
    try {
      this.copc.pages.delete(name);
      await this.copc.loadPage(page);
    } catch (e) {
      this.copc.pages.set(name, page);
      this.#break(name, e);
    }
    this.pagesLoading.delete(name);
    this.stage.invalidate();
  }

  async #load(name) {
    const node = this.copc.nodes.get(name);
    if (node.count === 0) {
      this.broken.add(name); // an empty node has nothing to draw
      return;
    }
    const abort = new AbortController();
    this.loading.set(name, abort);
    try {
      if (node.bytes <= 0 || node.bytes > LARGEST_CHUNK || node.count > node.bytes * 2000) {
        throw this.#bad(`node ${name} says ${node.count} points in ${node.bytes} bytes`);
      }
      const bytes = await this.copc.chunk(node, abort.signal);
      const columns = await this.#unpack(node, bytes.slice());
      const reach = (STRAY / 2) * (node.max[0] - node.min[0]);
      if (!columns.xyz.every((v) => Math.abs(v) <= reach)) throw this.#bad(`node ${name} has points outside its cube`);
      this.#add(name, node, columns);
    } catch (e) {
      if (e.name !== 'AbortError') this.#break(name, e instanceof Told ? e : this.#bad(`node ${name}: ${e?.message ?? e}`));
    }
    this.loading.delete(name);
    this.stage.invalidate();
  }

  #bad(what) {
    return new Told('failures.bad-data', `${this.file.url}: ${what}`);
  }

  #break(name, e) {
    if (this.broken.size === 0 || ![...this.broken].some((b) => b.startsWith('!'))) {
      this.broken.add('!'); // told once
      this.failed(e);
    }
    this.broken.add(name);
    if (e.key === 'failures.unreadable') {
      setTimeout(() => {
        this.broken.delete(name);
        this.broken.delete('!');
        this.stage.invalidate();
      }, RETRY);
    }
  }

  /** Sends a node to the worker with the fewest jobs. */
  #unpack(node, bytes) {
    if (this.workers.length === 0) {
      for (let i = 0; i < WORKERS; i++) this.workers.push(new Jobs(new URL('laz-worker.js', import.meta.url)));
    }
    const worker = this.workers.reduce((a, b) => (b.jobs.size < a.jobs.size ? b : a));
    const { format, recordLength, scale, offset, normals } = this.copc.header;
    return worker.run({ bytes, count: node.count, format, recordLength, scale, offset, normals, center: middle(node) });
  }

  #add(name, node, { xyz, rgb, intensity, station, normal }) {
    // colours are 16 bit by the standard; many files hold 8 bit ones in them
    let most = 0;
    for (let i = 0; i < rgb.length; i++) most = Math.max(most, rgb[i]);
    this.wide ||= most > 255;
    this.colourless ??= most === 0;
    if (most > 0) this.colourless = false;
    const rgb8 = new Uint8Array(rgb.length);
    const shift = this.wide ? 8 : 0;
    for (let i = 0; i < rgb.length; i++) rgb8[i] = rgb[i] >> shift;
    if (this.brightest === 0) this.brightest = Math.max(1, percentile(intensity, 0.98));
    const colors = new Map();
    const station8 = new Uint8Array(rgb.length);
    for (let i = 0; i < station.length; i++) {
      let c = colors.get(station[i]);
      if (!c) colors.set(station[i], (c = stationColor(station[i]).toArray().map((v) => Math.round(255 * v))));
      station8.set(c, 3 * i);
    }
    const g = new BufferGeometry();
    g.setAttribute('position', new BufferAttribute(xyz, 3));
    g.setAttribute('rgb', new BufferAttribute(rgb8, 3, true));
    g.setAttribute('normal', new BufferAttribute(normal, 3, true));
    g.setAttribute('intensity', new BufferAttribute(intensity, 1));
    g.setAttribute('stationColor', new BufferAttribute(station8, 3, true));
    const object = new Points(g, this.#material(node));
    object.frustumCulled = false; // nodes in view are chosen above
    object.position.copy(this.stage.toWorld(middle(node)));
    this.group.add(object);
    this.nodes.set(name, { object, node, count: node.count, used: performance.now() });
  }

  #material(node) {
    return new ShaderMaterial({
      vertexShader: VERTEX,
      fragmentShader: FRAGMENT,
      clipping: true,
      clippingPlanes: this.cut,
      uniforms: {
        ...this.light,
        uLook: { value: this.#lookNumber() },
        uSpacing: { value: node.spacing },
        uPixels: { value: 1 },
        uSize: { value: this.size },
        uBrightest: { value: this.brightest },
      },
    });
  }

  /** A point is as wide as the gaps of the finest points that are shown around it. */
  #sizes(names) {
    const scale = this.stage.pixels / (2 * Math.tan((this.stage.camera.fov * Math.PI) / 360));
    const finest = new Map();
    const shown = [...this.nodes.values()].filter((n) => n.object.visible);
    shown.sort((a, b) => b.node.depth - a.node.depth);
    for (const n of shown) {
      let spacing = n.node.spacing;
      for (const child of Copc.childNames(n.node.key)) {
        if (names.has(child) && finest.has(child)) spacing = Math.min(spacing, finest.get(child));
      }
      finest.set(n.node.name, spacing);
      const u = n.object.material.uniforms;
      u.uSpacing.value = spacing;
      u.uPixels.value = scale;
      u.uBrightest.value = this.brightest;
    }
  }

  /** Gives back what has not been seen longest, beyond half again the budget. */
  #forget() {
    let held = 0;
    for (const n of this.nodes.values()) held += n.count;
    if (held <= 1.5 * this.budget) return;
    const idle = [...this.nodes].filter(([, n]) => !n.object.visible).sort((a, b) => a[1].used - b[1].used);
    for (const [name, n] of idle) {
      if (held <= 1.5 * this.budget) break;
      held -= n.count;
      this.group.remove(n.object);
      n.object.geometry.dispose();
      n.object.material.dispose();
      this.nodes.delete(name);
    }
  }
}

function middle(node) {
  return new Vector3(...node.min).add(new Vector3(...node.max)).multiplyScalar(0.5).toArray();
}

function percentile(values, share) {
  return Float64Array.from(values).sort()[Math.floor(share * (values.length - 1))];
}
