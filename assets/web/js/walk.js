// Standing in the cave: look around by drag, step by double tap on the floor, zoom by the lens.
import { Vector3 } from 'three';
import { CaveMesh } from './mesh.js';
import { setDepths } from './depths.js';

export const EYE = 1.6; // metres above the floor
const REACH = 0.45; // no nearer to a wall than this
const PITCH = 1.5;
const WALKED = 40; // metres: what is wider is not crossed at a walking pace

export class Walk {
  constructor(stage, surface) {
    this.stage = stage;
    this.surface = surface; // a CaveMesh, or null
    this.eye = new Vector3();
    this.yaw = 0; // radians, anticlockwise from +X seen from above
    this.pitch = 0;
    this.fov = 60;
    this.spin = { yaw: 0, pitch: 0 };
    this.keys = new Set();
  }

  /** Takes a view's eye and target (world) and field of view. */
  set(eye, target, fov) {
    this.eye.copy(eye);
    const d = target.clone().sub(eye);
    if (d.lengthSq() < 1e-12) d.set(1, 0, 0);
    this.yaw = Math.atan2(d.y, d.x);
    this.pitch = Math.max(-PITCH, Math.min(PITCH, Math.atan2(d.z, Math.hypot(d.x, d.y))));
    this.fov = fov;
    this.spin.yaw = this.spin.pitch = 0;
  }

  direction() {
    const c = Math.cos(this.pitch);
    return new Vector3(c * Math.cos(this.yaw), c * Math.sin(this.yaw), Math.sin(this.pitch));
  }

  /** The view as eye and target, one metre ahead. */
  get() {
    return { eye: this.eye.clone(), target: this.eye.clone().add(this.direction()), fov: this.fov };
  }

  press() {
    this.spin.yaw = this.spin.pitch = 0;
  }

  drag(dx, dy) {
    const perPixel = (this.fov * Math.PI) / 180 / this.stage.height;
    this.#turn(dx * perPixel, dy * perPixel);
    this.spin.yaw = dx * perPixel * 60;
    this.spin.pitch = dy * perPixel * 60;
    this.spin.fresh = performance.now();
  }

  shift(dx, dy) {
    this.drag(dx, dy);
  }

  zoom(factor) {
    this.fov = Math.min(90, Math.max(8, this.fov * factor));
  }

  #turn(yaw, pitch) {
    this.yaw += yaw;
    this.pitch = Math.max(-PITCH, Math.min(PITCH, this.pitch + pitch));
  }

  /** Where a double tap leads: onto the floor there, or before the wall there; null where nothing is. */
  destination(x, y) {
    const hit = this.surface?.pick(x, y);
    if (!hit) return null;
    const n = CaveMesh.normal(hit);
    const to = hit.point.clone();
    if (n.z < 0.6) {
      const level = new Vector3(n.x, n.y, 0);
      if (level.lengthSq() < 1e-6) level.copy(this.eye).sub(to).setZ(0);
      to.addScaledVector(level.normalize(), Math.min(1.2, hit.distance * 0.5));
      to.z = Math.max(to.z, this.eye.z - 0.2);
      const floor = this.#floor(to);
      if (floor === null) return null;
      return new Vector3(to.x, to.y, floor + EYE);
    }
    const head = this.surface.cast(to.clone().addScaledVector(n, 0.02), new Vector3(0, 0, 1), EYE + 0.3);
    const room = head ? Math.max(0.35, head.distance - 0.25) : EYE;
    return new Vector3(to.x, to.y, to.z + Math.min(EYE, room));
  }

  #floor(from) {
    const hit = this.surface?.cast(from, new Vector3(0, 0, -1), 20);
    return hit ? hit.point.z : null;
  }

  frame(dt) {
    let moved = false;
    const k = this.keys;
    const turn = 1.1 * dt * (this.fov / 60);
    const yaw = (k.has('ArrowLeft') ? 1 : 0) - (k.has('ArrowRight') ? 1 : 0);
    const pitch = (k.has('ArrowUp') ? 1 : 0) - (k.has('ArrowDown') ? 1 : 0);
    if (yaw || pitch) {
      this.#turn(yaw * turn, pitch * turn);
      moved = true;
    }
    const ahead = (k.has('KeyW') ? 1 : 0) - (k.has('KeyS') ? 1 : 0);
    const aside = (k.has('KeyD') ? 1 : 0) - (k.has('KeyA') ? 1 : 0);
    if (ahead || aside) {
      this.#step(ahead, aside, 1.3 * this.#haste() * dt);
      moved = true;
    }
    const lens = (k.has('Minus') || k.has('NumpadSubtract') ? 1 : 0) - (k.has('Equal') || k.has('NumpadAdd') ? 1 : 0);
    if (lens) {
      this.zoom(Math.exp(lens * dt));
      moved = true;
    }
    const s = this.spin;
    if (Math.abs(s.yaw) + Math.abs(s.pitch) > 1e-3 && performance.now() - (s.fresh ?? 0) > 25) {
      this.#turn(s.yaw * dt, s.pitch * dt);
      const keep = Math.exp(-6 * dt);
      s.yaw *= keep;
      s.pitch *= keep;
      moved = true;
    }
    return moved;
  }

  /** Over a wide site one goes faster than one walks. */
  #haste() {
    return Math.max(1, Math.sqrt((2 * this.stage.extent.length()) / WALKED));
  }

  #step(ahead, aside, metres) {
    const way = new Vector3(
      ahead * Math.cos(this.yaw) + aside * Math.sin(this.yaw),
      ahead * Math.sin(this.yaw) - aside * Math.cos(this.yaw),
      0,
    ).normalize();
    const wall = this.surface?.cast(this.eye, way, metres + REACH);
    if (wall) return;
    this.eye.addScaledVector(way, metres);
    const floor = this.#floor(this.eye);
    if (floor !== null) this.eye.z += Math.max(-2 * metres, Math.min(2 * metres, floor + EYE - this.eye.z));
  }

  apply(camera) {
    camera.position.copy(this.eye);
    camera.lookAt(this.eye.clone().add(this.direction()));
    camera.fov = this.fov;
    setDepths(camera, this.eye, this.stage.extent);
    camera.updateProjectionMatrix();
  }
}
