// The surface: 3D Tiles streamed by 3d-tiles-renderer, drawn with our stone.
import { TilesRenderer } from '3d-tiles-renderer';
import { GLTFExtensionsPlugin } from '3d-tiles-renderer/plugins';
import { MeshoptDecoder } from 'three/addons/libs/meshopt_decoder.module.js';
import { Raycaster, Vector2, Vector3 } from 'three';
import { drawCurtains } from './curtains.js';
import { inside } from './path.js';
import { pictures } from './picture.js';
import { paintStone, stoneMaterial, stoneUniforms, wear } from './stone.js';
import { Told } from './told.js';

/** Screen error aimed at, device pixels. */
const ERROR_TARGET = { desk: 1.5, phone: 3 };
/** A tile's picture is made smaller than that, pixels a side. */
const LONGEST_ON_PHONE = 2048;

export class CaveMesh {
  constructor(stage, url, { phone = false, sheet = false, failed = () => {} }) {
    this.stage = stage;
    this.uniforms = stoneUniforms();
    this.uniforms.uStripes.value = 14 * Math.max(1, 2 / stage.extent.length());
    this.smooth = stoneMaterial(this.uniforms, false, sheet);
    this.faceted = stoneMaterial(this.uniforms, true, sheet);
    this.pictured = stoneMaterial(this.uniforms, false, sheet, true);
    this.picturedFaceted = stoneMaterial(this.uniforms, true, sheet, true);
    this.materials = [this.smooth, this.faceted, this.pictured, this.picturedFaceted];
    this.failures = 0;
    this.missed = new Set(); // addresses that were told
    this.layer = null;
    const tiles = (this.tiles = new TilesRenderer(url));
    const { capabilities, extensions } = stage.renderer;
    const longest = phone ? LONGEST_ON_PHONE : capabilities.maxTextureSize;
    tiles.registerPlugin(
      new GLTFExtensionsPlugin({ meshoptDecoder: MeshoptDecoder, autoDispose: false, plugins: [pictures(longest, extensions)] }),
    );
    tiles.registerPlugin({
      name: 'INSIDE',
      fetchData: (where, options) =>
        inside(url, where) ? this.#inTurn(where, options) : Promise.reject(new Error(`${where}: not inside the package`)),
    });
    tiles.errorTarget = phone ? ERROR_TARGET.phone : ERROR_TARGET.desk;
    tiles.lruCache.minBytesSize = (phone ? 120 : 500) * 2 ** 20;
    tiles.lruCache.maxBytesSize = (phone ? 160 : 700) * 2 ** 20;
    tiles.group.position.copy(stage.origin).negate();
    tiles.group.updateMatrixWorld(true);
    tiles.setCamera(stage.camera);
    tiles.addEventListener('load-model', ({ scene, tile }) => {
      scene.userData.error = tile.geometricError;
      this.#dress(scene);
    });
    this.changed = false; // which tiles are shown
    tiles.addEventListener('tile-visibility-change', () => {
      this.changed = true;
      stage.invalidate();
    });
    tiles.addEventListener('needs-update', () => stage.invalidate());
    this.first = null; // {where, answer} of the first tile, which comes alone
    this.firstDrawn = new Promise((resolve) => {
      let came = false;
      tiles.addEventListener('load-model', () => {
        if (!came) this.#onceDrawn(resolve);
        came = true;
      });
    });
    const failedOne = new Promise((resolve) => tiles.addEventListener('load-error', ({ tile }) => tile && resolve()));
    // a turn later: who waits for the first picture is told first
    this.firstCame = Promise.race([this.firstDrawn, failedOne]).then(() => new Promise((go) => setTimeout(go)));
    this.loaded = new Promise((resolve, reject) => {
      tiles.addEventListener('load-root-tileset', ({ tileset }) => {
        this.#ahead(url, tileset.root?.content?.uri);
        resolve();
      });
      tiles.addEventListener('load-error', ({ tile, error, url: where }) => {
        if (!tile) reject(new Told('failures.surface', `${url}: ${error?.message ?? error}`));
        else this.#miss(String(where), error, failed);
      });
    });
    stage.scene.add(tiles.group);
    stage.before.push(() => this.#update());
    this.caster = new Raycaster();
    this.caster.firstHitOnly = true;
    this.#update();
  }

  /** Asks for the coarsest tile at once: the renderer would after a first, empty picture, which can take a second. */
  #ahead(url, uri) {
    if (!uri || !inside(url, uri)) return;
    const where = new URL(uri, url).href;
    this.first = { where, answer: fetch(where) };
    this.first.answer.catch(() => {}); // told to whom it is handed
  }

  /** Calls back with true when a picture with a tile in it has been drawn, with false after some pictures without. */
  #onceDrawn(then) {
    const { stage } = this;
    let left = 3;
    const look = () => {
      stage.invalidate();
      const seen = this.tiles.visibleTiles.size > 0;
      if (!seen && --left > 0) return;
      queueMicrotask(() => stage.after.splice(stage.after.indexOf(look), 1)); // all are being called just now
      then(seen);
    };
    stage.after.push(look);
    stage.invalidate();
  }

  /** The first tile, which is the coarsest and the first picture, shares neither the line nor the processor with others. */
  #inTurn(where, options) {
    if (/\.json($|\?)/.test(where)) return null;
    this.first ??= { where, answer: null };
    if (where !== this.first.where) return this.firstCame.then(() => fetch(where, options));
    const { answer } = this.first;
    this.first.answer = null;
    return answer;
  }

  /** A tile cannot be read: it is told once, and tried again after a while. */
  #miss(where, error, failed) {
    this.failures++;
    if (!this.missed.has(where)) failed(new Told('failures.surface-part', `${where}: ${error?.message ?? error}`));
    this.missed.add(where);
    if (this.retrying) return;
    this.retrying = setTimeout(() => {
      this.retrying = null;
      this.tiles.resetFailedTiles();
      this.stage.invalidate();
    }, Math.min(60, 5 * this.failures) * 1000);
  }

  #dress(scene) {
    scene.traverse((o) => {
      if (!o.isMesh) return;
      const smooth = Boolean(o.geometry.getAttribute('normal'));
      // textures stay listed with the tile, which disposes of them
      const { map: colour = null, normalMap: normal = null, aoMap: occlusion = null } = o.material;
      if (colour && o.geometry.getAttribute('uv')) {
        wear(o, { colour, normal, occlusion });
        o.material = smooth ? this.pictured : this.picturedFaceted;
      } else o.material = smooth ? this.smooth : this.faceted;
      this.#carry(o.geometry);
    });
    this.stage.invalidate();
  }

  /** Gives the shader the column of the layer on show. */
  #carry(geometry) {
    const column = this.layer && geometry.getAttribute(this.layer.attribute);
    if (column) geometry.setAttribute('layer', column);
    else geometry.deleteAttribute('layer');
  }

  /** Shows a look of stone.js, or a layer. */
  paint(look, layer) {
    this.layer = layer;
    this.tiles.forEachLoadedModel((scene) => scene.traverse((o) => o.isMesh && this.#carry(o.geometry)));
    paintStone(this.materials, this.uniforms, look, layer);
    this.stage.invalidate();
  }

  /** What the layer on show says under a page position, in words: of the nearest corner; null where there is no stone. */
  read(x, y) {
    const hit = this.layer && this.pick(x, y);
    const column = hit?.object.geometry.getAttribute(this.layer.attribute);
    if (!column) return null;
    const at = hit.object.worldToLocal(hit.point.clone());
    const position = hit.object.geometry.getAttribute('position');
    const far = (i) => new Vector3().fromBufferAttribute(position, i).distanceToSquared(at);
    const corner = [hit.face.a, hit.face.b, hit.face.c].reduce((i, j) => (far(j) < far(i) ? j : i));
    const value = this.layer.value(column.getX(corner));
    return value === null ? '—' : this.layer.words(value);
  }

  /** The place on the surface on show under a page position, {cave, error: of its tile, metres}, or null. */
  place(x, y) {
    const hit = this.pick(x, y);
    if (!hit) return null;
    let model = hit.object;
    while (model && model.userData.error === undefined) model = model.parent;
    return { cave: this.stage.toCave(hit.point), error: model?.userData.error ?? 0 };
  }

  #update() {
    if (!this.tiles.group.visible && this.tiles.root) return false;
    const { camera, renderer } = this.stage;
    camera.updateMatrixWorld();
    const canvas = renderer.domElement;
    this.tiles.setResolution(camera, canvas.width, canvas.height);
    this.tiles.update();
    if (this.changed) drawCurtains(this.tiles.visibleTiles);
    this.changed = false;
    return false;
  }

  get visible() {
    return this.tiles.group.visible;
  }

  set visible(on) {
    this.tiles.group.visible = on;
    this.stage.invalidate();
  }

  /** Draws only what lies on the positive side of all these planes. */
  clip(planes) {
    for (const m of this.materials) m.clippingPlanes = planes;
  }

  /** Draws the surface a hair deeper, so that points on it are not half hidden. */
  yieldTo(points) {
    for (const m of this.materials) {
      m.polygonOffset = points;
      m.polygonOffsetFactor = 1;
      m.polygonOffsetUnits = 8;
    }
    this.stage.invalidate();
  }

  /** Tiles on the way, the largest error among those shown in metres, and whether they are all the finest. */
  get progress() {
    const s = this.tiles.stats;
    let error = 0;
    let finest = this.tiles.visibleTiles.size > 0;
    for (const tile of this.tiles.visibleTiles) {
      error = Math.max(error, tile.geometricError);
      if (tile.children?.length > 0) finest = false;
    }
    return { pending: s.queued + s.downloading + s.parsing, shown: this.tiles.visibleTiles.size, error, finest };
  }

  /** The nearest shown surface under a page position (CSS pixels), as three's intersection, or null. */
  pick(x, y) {
    const { stage } = this;
    stage.camera.updateMatrixWorld();
    this.caster.setFromCamera(new Vector2((2 * x) / stage.width - 1, 1 - (2 * y) / stage.height), stage.camera);
    this.caster.far = Infinity;
    return this.#cast();
  }

  /** The nearest shown surface from a world point in a direction, within `far` metres. */
  cast(from, direction, far) {
    this.caster.set(from, direction);
    this.caster.far = far;
    return this.#cast();
  }

  #cast() {
    const hits = [];
    this.tiles.raycast(this.caster, hits);
    let best = null;
    for (const h of hits) if (h.object?.isMesh && (!best || h.distance < best.distance)) best = h;
    return best;
  }

  /** The unit normal of a hit, in the world. */
  static normal(hit) {
    return new Vector3().copy(hit.face.normal).transformDirection(hit.object.matrixWorld);
  }
}
