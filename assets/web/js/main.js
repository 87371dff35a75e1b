// Opens the package and puts the parts together. What tests and other pages may use is window.grotto.
import { Box3, Box3Helper, Vector3 } from 'three';
import { openPackage, packageUrl } from './package.js';
import { Told } from './told.js';
import { currentLanguage, number, preferredLanguage, setLanguage, t, why } from './text.js';
import { Stage } from './stage.js';
import { CaveMesh } from './mesh.js';
import { CavePoints, POINT_LOOKS } from './points.js';
import { LOOKS, stoneUniforms } from './stone.js';
import { Light, LIGHTS } from './light.js';
import { Navigator } from './navigate.js';
import { Finest } from './finest.js';
import { Measure } from './measure.js';
import { Overlay } from './overlay.js';
import { Panel, toast } from './panel.js';
import { readLink, writeLink } from './link.js';
import { Backdrop } from './backdrop.js';
import { Cutaway, CUT } from './cutaway.js';
import { Room } from './room.js';
import { vertexLayers } from './layers.js';
import { views } from './views.js';
import { Photos, placed } from './photos.js';

const $ = (id) => document.getElementById(id);

class App {
  constructor(cave, phone) {
    this.cave = cave;
    const b = cave.info.bounds;
    const size = new Vector3(b.maxX - b.minX, b.maxY - b.minY, b.maxZ - b.minZ);
    const middle = [(b.minX + b.maxX) / 2, (b.minY + b.maxY) / 2, (b.minZ + b.maxZ) / 2];
    this.stage = new Stage($('cave'), middle, size.clone().multiplyScalar(0.5));
    this.subject = cave.info.subject ?? 'room';
    const encloses = this.subject === 'room';
    this.views = views(cave.info);
    this.room = cave.info.room ? new Room(cave.info.room, this.stage.origin) : null;
    this.layers = { mesh: Boolean(cave.mesh), points: !cave.mesh, stations: false, bounds: false };
    this.look = 'stone';
    this.vertexLayers = cave.mesh ? vertexLayers(cave.info) : [];
    this.report = null; // of the package's quality, once it is there
    this.pointLook = 'rgb';

    this.mesh = cave.mesh && new CaveMesh(this.stage, cave.mesh, { phone, sheet: !encloses, failed: (e) => toast(why(e), true) });
    const uniforms = this.mesh?.uniforms ?? stoneUniforms();
    uniforms.uExposure.value = cave.info.exposure;
    this.light = new Light(this.stage, uniforms);
    this.points =
      cave.points &&
      new CavePoints(this.stage, cave.points, uniforms, {
        phone,
        told: ({ bytes }) => toast(t('wholeFile', { mb: number(bytes / 2 ** 20, 1) }), false, 9000),
        failed: (e) => tell('failures.points-part', e),
      });
    this.measure =
      cave.mesh &&
      new Measure(this.stage, new Finest(cave.mesh, this.stage.origin, !encloses), {
        report: cave.report,
        latticeStep: cave.info.frame.latticeStep ?? 0,
      });
    this.navigator = new Navigator(this.stage, this.mesh, { diagonal: size.length() }, (x, y) => this.measure?.click(x, y));
    this.navigator.busy = () => Boolean(this.measure?.on);
    if (this.mesh) {
      const { orbit } = this.navigator;
      const outside = () => this.navigator.kind === 'dollhouse' && encloses;
      const cutaway = new Cutaway(this.stage, this.mesh, this.points, this.room, orbit);
      this.stage.prepare.push(() => cutaway.prepare(outside(), this.mesh.visible));
      this.measure.cut = () => (outside() && !this.room ? CUT : 0);
      this.measure.enter = (from, direction) => (outside() && this.room ? this.room.enter(from, direction, orbit.direction()) : 0);
    }
    const backdrop = new Backdrop(this.stage, this.room);
    this.stage.prepare.push(() => {
      const outside = this.navigator.kind === 'dollhouse' || !encloses;
      backdrop.prepare(outside ? this.navigator.orbit.direction() : null, Boolean(this.layerOnShow()?.open));
    });
    this.photos = new Photos(this.stage, this.navigator, {
      size: size.length(),
      longest: Math.min(this.stage.renderer.capabilities.maxTextureSize, phone ? 4096 : 8192),
      failed: () => toast(t('failures.picture'), true),
    });
    this.photos.left = () => this.goKind('dollhouse');
    this.overlay = new Overlay(this.stage, $('overlay'), this.measure);
    this.overlay.stations = (cave.info.stations ?? []).flatMap((s) => this.#station(s));
    this.overlay.scaleAt = () => (this.navigator.kind === 'dollhouse' ? this.navigator.orbit.distance : null);
    this.bounds = new Box3Helper(new Box3(size.clone().multiplyScalar(-0.5), size.clone().multiplyScalar(0.5)), 0xdcb77c);
    this.bounds.visible = false;
    this.stage.scene.add(this.bounds);
  }

  #station(s) {
    if (!s.pose) return [];
    const world = this.stage.toWorld([s.pose.tx, s.pose.ty, s.pose.tz]);
    const view = this.views.find((v) => v.name === s.name);
    return [{ name: s.name, world, go: () => view && this.go(view.name) }];
  }

  /** Takes in the list of pictures, once it is there. */
  takePictures(json) {
    this.photos.take(placed(json, this.cave.base));
    const stood = (at) => (this.cave.info.stations ?? []).some((s) => s.pose && Math.hypot(s.pose.tx - at[0], s.pose.ty - at[1], s.pose.tz - at[2]) < 0.3);
    for (const place of this.photos.places) {
      if (!stood(place[0].at)) this.overlay.stations.push({ name: place[0].name, world: this.photos.world(place), go: () => this.photos.lay(place) });
    }
  }

  viewOfKind(kind) {
    return this.views.find((v) => v.name === kind) ?? this.views.find((v) => v.kind === kind);
  }

  goKind(kind) {
    const view = this.viewOfKind(kind);
    if (view) this.go(view.name);
  }

  go(name, options) {
    const view = this.views.find((v) => v.name === name);
    if (!view) throw new Error(`no view "${name}"; there are ${this.views.map((v) => v.name).join(', ')}`);
    this.navigator.go(view, options);
  }

  speak(language) {
    setLanguage(language);
    this.panel.relabel();
    this.remember();
  }

  setLook(look) {
    const layer = this.vertexLayers.find((l) => l.id === look) ?? null;
    if (!layer && !LOOKS.includes(look)) return;
    this.look = look;
    this.mesh?.paint(look, layer);
    this.#changed();
  }

  /** The layer that paints the stone, or undefined. */
  layerOnShow() {
    return this.vertexLayers.find((l) => l.id === this.look);
  }

  setPointLook(look) {
    if (!POINT_LOOKS.includes(look)) return;
    this.pointLook = look;
    this.points?.setLook(look);
    this.#changed();
  }

  async setLayer(layer, on) {
    this.layers[layer] = on;
    if (layer === 'mesh' && this.mesh) this.mesh.visible = on;
    if (layer === 'points') this.mesh?.yieldTo(on);
    if (layer === 'stations') this.overlay.showStations = on;
    if (layer === 'bounds') this.bounds.visible = on;
    this.#changed();
    if (layer === 'points' && this.points) {
      try {
        await this.points.show(on);
      } catch (e) {
        this.layers.points = false;
        tell('failures.points', e);
        this.#changed();
      }
    }
  }

  /** Makes room for a panel at the bottom of a phone. */
  cover(pixels) {
    this.stage.covered = pixels;
    this.stage.resize();
  }

  measureTool(on) {
    this.measure?.turn(on);
  }

  #changed() {
    this.stage.invalidate();
    this.panel?.refresh();
    this.remember();
  }

  state() {
    return {
      lang: currentLanguage(),
      view: this.navigator.view,
      camera: this.navigator.here(),
      show: Object.keys(this.layers).filter((l) => this.layers[l]),
      look: this.look,
      points: this.pointLook,
      light: this.light,
      measured: this.measure?.list ?? [],
    };
  }

  link() {
    return location.href.replace(/#.*$/, '') + writeLink(this.state());
  }

  /** Writes the address, at most a few times a second: browsers refuse more. */
  remember() {
    clearTimeout(this.remembering);
    this.remembering = setTimeout(() => history.replaceState(null, '', writeLink(this.state())), 400);
  }

  /** Takes what a link asks for; what it does not name, or names wrongly, stays. */
  follow(link) {
    const view = this.views.find((v) => v.name === link.view) ?? this.views[0];
    if (link.camera) this.navigator.go({ ...link.camera, name: link.view ?? view?.name ?? '' }, { jump: true });
    else if (view) this.navigator.go(view, { jump: true });
    if (link.show) for (const l of Object.keys(this.layers)) this.layers[l] = link.show.includes(l);
    for (const l of Object.keys(this.layers)) this.setLayer(l, this.layers[l]);
    if (link.look) this.setLook(link.look);
    if (link.points) this.setPointLook(link.points);
    if (link.light && link.light.mode in LIGHTS) this.light.set(link.light);
    if (link.measured) this.measure?.restore(link.measured);
  }

  status() {
    const parts = [];
    if (this.mesh?.visible) {
      const p = this.mesh.progress;
      if (p.pending > 0) parts.push(t('tiles', { n: p.pending }));
      else if (p.finest) parts.push(t('finest'));
      else if (p.shown > 0) parts.push(t('detail', { mm: (p.error * 1000).toFixed(p.error < 0.00095 ? 2 : 1) }));
    }
    if (this.points?.group.visible) parts.push(t('pointsShown', { n: number(this.points.shown) }));
    return parts.join(' · ');
  }

  /** Nothing is on its way. */
  get loaded() {
    const mesh = !this.mesh?.visible || (this.mesh.tiles.root && this.mesh.progress.pending === 0 && this.mesh.progress.shown > 0);
    const points = !this.points?.group.visible || (this.points.copc && this.points.pending === 0);
    return Boolean(mesh && points);
  }

  /** The picture will not change by itself: what it may be judged by. */
  get idle() {
    return this.loaded && !this.navigator.glide && !this.stage.dirty && !this.photos.pending;
  }
}

/** Resolves once nothing has been on its way for a few frames. */
function settled(app) {
  return new Promise((resolve) => {
    let quiet = 0;
    const look = () => {
      quiet = app.idle ? quiet + 1 : 0;
      if (quiet >= 4) resolve();
      else setTimeout(look, 60);
    };
    look();
  });
}

async function open() {
  const link = readLink(location.hash);
  setLanguage(preferredLanguage(link.lang));
  $('curtain-text').textContent = t('loading');
  if (!document.createElement('canvas').getContext('webgl2')) throw new Told('noWebgl');
  const cave = await openPackage(packageUrl(location));
  const phone = matchMedia('(max-width: 760px), (pointer: coarse)').matches;
  const app = new App(cave, phone);
  app.panel = new Panel(app);
  app.light.changed = () => {
    app.panel.refresh();
    app.remember();
  };
  app.photos.changed = () => app.panel.refresh();
  app.navigator.changed = () => {
    app.panel.refresh();
    app.remember();
  };
  if (app.measure) {
    app.measure.changed = () => {
      app.panel.refreshMeasure();
      app.remember();
    };
    app.measure.failed = (e) => tell('measureFailed', e);
  }
  app.follow(link);
  app.panel.relabel();
  cave.report.then((report) => {
    app.report = report;
    app.panel.relabel();
  });
  watch(app);
  app.stage.start();
  if (app.mesh) {
    await app.mesh.loaded;
  }
  await firstPicture(app);
  performance.mark('first-picture'); // PageLoad reads it
  dress();
  pictured = cave.pictures().then((json) => {
    app.takePictures(json);
    app.panel.relabel();
  });
  $('curtain').classList.add('gone');
  $('curtain').inert = true;
  return app;
}

/** Loads the page's own type, which the picture need not wait for; resolves once the style sheets are there. */
function dress() {
  const sheets = [...document.querySelectorAll('link[rel=stylesheet]')].filter((sheet) => sheet.disabled);
  const there = (sheet) =>
    new Promise((done) => {
      sheet.onload = sheet.onerror = done;
      sheet.disabled = false;
    });
  dressed ??= Promise.all(sheets.map(there));
  return dressed;
}

/** Tells what the layer says under the pointer, and where that is while one measures, some times a second. */
function readOut(app) {
  let waiting = null;
  $('cave').addEventListener('pointermove', (e) => {
    const { mesh, measure, panel } = app;
    if (!mesh?.visible || !(app.layerOnShow() || measure.on)) return;
    const r = $('cave').getBoundingClientRect();
    const [x, y] = [e.clientX - r.left, e.clientY - r.top];
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      if (app.layerOnShow()) panel.readOut(mesh.read(x, y));
      if (measure.on) panel.readPlace(mesh.place(x, y));
    }, 90);
  });
}

function watch(app) {
  readOut(app);
  $('cave').addEventListener('webglcontextlost', () => toast(t('contextLost'), true));
  window.addEventListener('hashchange', () => app.follow(readLink(location.hash)));
  setInterval(() => {
    app.panel.status(app.status());
    $('busy').classList.toggle('on', !app.loaded);
  }, 250);
}

/** Waits for something to be seen, and moves the bar meanwhile. */
function firstPicture(app) {
  return new Promise((resolve, reject) => {
    const look = () => {
      const p = app.mesh ? app.mesh.tiles.loadProgress : app.points?.shown ? 1 : 0;
      $('bar').style.width = `${Math.round(100 * p)}%`;
      const { shown, pending } = app.mesh?.progress ?? { shown: 1 };
      const nothing = shown === 0 && pending === 0 && app.mesh.failures > 0 && app.mesh.visible;
      if (nothing) reject(new Told('failures.surface'));
      else if (shown > 0 || app.idle) resolve();
      else setTimeout(look, 50);
    };
    look();
    app.mesh?.firstDrawn.then((seen) => seen && resolve()); // the first picture can take the time of many looks
  });
}

/** Tells a failure by what it means to a visitor; what it was exactly stands in the console. */
function tell(key, e) {
  why(e);
  toast(t(key), true);
}

function tellFailure(e) {
  dress();
  $('toasts').replaceChildren(); // one sentence is enough
  $('curtain').classList.add('failed');
  $('curtain-text').textContent = why(e);
}

let dressed = null;
let pictured = null; // the list of pictures is there
const ready = open();
ready.catch(tellFailure);

/** For tests and for pages that embed the viewer. Positions on the page are CSS pixels, in the cave metres. */
window.grotto = {
  ready,
  async settled() {
    const app = await ready;
    await dress();
    await document.fonts.ready;
    await settled(app);
  },
  /** Lays the pictures of the place over the stone where that of this name was taken; null takes them off. */
  async picture(name) {
    const app = await ready;
    await pictured;
    if (name === null) app.photos.leave();
    else await app.photos.lay(app.photos.named(name), { jump: true });
  },
  async view(name) {
    (await ready).go(name, { jump: true });
  },
  async camera(view) {
    (await ready).navigator.go({ name: '', ...view }, { jump: true });
  },
  async state() {
    const { measured, ...s } = (await ready).state();
    const { mode, azimuth, elevation, brightness, ambient } = s.light;
    return { ...s, light: { mode, azimuth, elevation, brightness, ambient } };
  },
  async look(look) {
    (await ready).setLook(look);
  },
  /** What the layer on show says at a page position, in words, or null. */
  async readLayer(x, y) {
    return (await ready).mesh?.read(x, y) ?? null;
  },
  async pointLook(look) {
    (await ready).setPointLook(look);
  },
  async layer(name, on) {
    await (await ready).setLayer(name, on);
  },
  async light(values) {
    (await ready).light.set(values);
  },
  async project(cave) {
    const app = await ready;
    app.stage.camera.updateMatrixWorld();
    return app.stage.project(app.stage.toWorld(cave));
  },
  /** The finest surface under a page position: {cave, error, step, evidence} in metres, or null. */
  async pick(x, y) {
    return (await ready).measure.pick(x, y);
  },
  /** Where the surface on show stands under a page position: {cave, error} in metres, or null. */
  async place(x, y) {
    return (await ready).mesh?.place(x, y) ?? null;
  },
  /** A distance between two page positions, as a measurement in the list: metres. */
  async measure(from, to) {
    const { measure } = await ready;
    const a = await measure.pick(...from);
    const b = await measure.pick(...to);
    if (!a || !b) return null;
    const m = measure.add(a, b);
    return { distance: m.distance, uncertainty: m.uncertainty, surface: m.surface, value: Measure.value(m), a: a.cave, b: b.cave, inferred: m.inferred };
  },
  async pointsShown() {
    return (await ready).points?.shown ?? 0;
  },
};
