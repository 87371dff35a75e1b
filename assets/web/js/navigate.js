// Which way of moving is on, the gestures and keys that drive it, and the glides between views.
import { Vector3 } from 'three';
import { listen } from './pointer.js';
import { Walk } from './walk.js';
import { Orbit } from './orbit.js';

const MOVING_KEYS = new Set([
  'ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'KeyW', 'KeyA', 'KeyS', 'KeyD',
  'Minus', 'Equal', 'NumpadAdd', 'NumpadSubtract',
]);

const FRAMED = 1.2; // views that turn about something are made for pictures at least as wide as this, by their height

const still = matchMedia('(prefers-reduced-motion: reduce)');

export class Navigator {
  /** @param tapped called with a tap's position; true when it is used up (a measurement), so that no step follows */
  constructor(stage, surface, cave, tapped) {
    this.stage = stage;
    this.walk = new Walk(stage, surface);
    this.orbit = new Orbit(stage, cave.diagonal);
    this.mode = this.walk;
    this.view = null; // name of the last view asked for
    this.glide = null;
    this.changed = () => {};
    this.busy = () => false; // true while taps belong to a tool
    listen(stage.canvas, {
      press: () => this.#stopGlide(),
      drag: (dx, dy) => this.#do(() => this.mode.drag(dx, dy)),
      shift: (dx, dy) => this.#do(() => this.mode.shift(dx, dy)),
      zoom: (f, x, y) => this.#do(() => this.mode.zoom(f, x, y)),
      tap: (x, y) => tapped(x, y),
      doubleTap: (x, y) => (this.busy() ? tapped(x, y) : this.#doubleTap(x, y)),
    });
    document.addEventListener('keydown', (e) => this.#key(e, true));
    document.addEventListener('keyup', (e) => this.#key(e, false));
    window.addEventListener('blur', () => this.mode.keys.clear());
    stage.before.push((dt) => this.#frame(dt));
  }

  get kind() {
    return this.mode === this.walk ? 'inside' : 'dollhouse';
  }

  /** Goes to a view of cave.json: {name, kind, eye, target, fovDegrees}; glides within one kind, cuts between kinds. */
  go(view, { jump = false } = {}) {
    const eye = this.stage.toWorld(view.eye);
    const target = this.stage.toWorld(view.target);
    const mode = view.kind === 'dollhouse' ? this.orbit : this.walk;
    const same = mode === this.mode && this.view !== null;
    this.mode.keys.clear();
    this.mode = mode;
    this.view = view.name;
    const fov = this.#fit(view, eye, target);
    if (same && !jump && !still.matches) this.#glideTo(eye, target, fov);
    else {
      this.glide = null;
      mode.set(eye, target, fov);
    }
    this.stage.invalidate();
    this.changed();
  }

  /** A view's field of view is vertical; on an upright phone a doll's house steps back until it fits across. */
  #fit(view, eye, target) {
    const aspect = this.stage.width / this.stage.height;
    if (view.kind === 'dollhouse' && aspect < FRAMED) {
      eye.sub(target).multiplyScalar(Math.min(FRAMED / aspect, this.#across(view, eye, target) / aspect, 3)).add(target);
    }
    if (view.kind !== 'dollhouse' && aspect < 1) return Math.min(80, view.fovDegrees * 1.2);
    return view.fovDegrees;
  }

  /** The aspect of the narrowest picture that has room for the bounds from side to side, and at least the picture's own. */
  #across(view, eye, target) {
    const ahead = target.clone().sub(eye).normalize();
    const right = ahead.clone().cross(this.stage.camera.up).normalize();
    const tall = Math.tan((view.fovDegrees * Math.PI) / 360);
    const { x, y, z } = this.stage.extent;
    let wide = 0;
    for (let i = 0; i < 8; i++) {
      const corner = new Vector3(i & 1 ? x : -x, i & 2 ? y : -y, i & 4 ? z : -z).sub(eye);
      const depth = Math.max(corner.dot(ahead), 1e-6);
      wide = Math.max(wide, Math.abs(corner.dot(right)) / depth);
    }
    return Math.max(this.stage.width / this.stage.height, wide / tall / 0.95);
  }

  /** The present view in cave coordinates. */
  here() {
    const { eye, target, fov } = this.mode.get();
    return { kind: this.kind, eye: this.stage.toCave(eye), target: this.stage.toCave(target), fovDegrees: fov };
  }

  #glideTo(eye, target, fov) {
    const from = this.mode.get();
    const seconds = Math.min(2.2, 0.6 + 0.18 * from.eye.distanceTo(eye));
    this.glide = { from, to: { eye, target, fov }, at: 0, seconds };
  }

  #stopGlide() {
    this.glide = null;
    this.mode.press();
  }

  #do(f) {
    this.glide = null;
    f();
    this.stage.invalidate();
    this.changed();
  }

  #doubleTap(x, y) {
    if (this.mode === this.walk) {
      const eye = this.walk.destination(x, y);
      if (!eye) return;
      const look = this.walk.direction();
      if (still.matches) this.walk.eye.copy(eye);
      else this.#glideTo(eye, eye.clone().add(look), this.walk.fov);
    } else {
      const hit = this.walk.surface?.pick(x, y);
      if (!hit) return;
      const d = this.orbit.direction().multiplyScalar(Math.max(0.4, this.orbit.distance * 0.6));
      this.#glideTo(hit.point.clone().add(d), hit.point.clone(), this.orbit.fov);
    }
    this.stage.invalidate();
    this.changed();
  }

  #key(e, down) {
    if (!MOVING_KEYS.has(e.code) || e.ctrlKey || e.metaKey || e.altKey) return;
    if (down && e.target.closest?.('input, textarea, [role=slider]')) return; // there the keys mean something else
    e.preventDefault();
    if (down) this.mode.keys.add(e.code);
    else this.mode.keys.delete(e.code);
    this.glide = null;
  }

  #frame(dt) {
    let moved = false;
    if (this.glide) {
      const g = this.glide;
      g.at = Math.min(1, g.at + dt / g.seconds);
      const s = g.at * g.at * (3 - 2 * g.at);
      const eye = new Vector3().lerpVectors(g.from.eye, g.to.eye, s);
      // inside, the direction turns at constant height of the lens; outside, the pivot slides
      const target =
        this.mode === this.walk
          ? eye.clone().add(
              g.from.target.clone().sub(g.from.eye).normalize()
                .lerp(g.to.target.clone().sub(g.to.eye).normalize(), s),
            )
          : new Vector3().lerpVectors(g.from.target, g.to.target, s);
      this.mode.set(eye, target, g.from.fov + (g.to.fov - g.from.fov) * s);
      if (g.at === 1) this.glide = null;
      moved = true;
    } else if (this.mode.frame(dt)) {
      moved = true;
    }
    this.mode.apply(this.stage.camera);
    if (moved) this.changed();
    return moved;
  }
}
