// The doll's house: turning about the cave from outside. The near walls are not drawn, because their triangles face in.
import { Vector3 } from 'three';
import { setDepths } from './depths.js';

const LOWEST = -1.52;
const HIGHEST = 1.55;

export class Orbit {
  constructor(stage, size) {
    this.stage = stage;
    this.size = size; // the cave's diagonal, metres
    this.pivot = new Vector3();
    this.azimuth = 0;
    this.elevation = 0.6;
    this.distance = size;
    this.fov = 45;
    this.spin = { azimuth: 0, elevation: 0 };
    this.keys = new Set();
  }

  set(eye, target, fov) {
    const d = eye.clone().sub(target);
    this.pivot.copy(target);
    this.distance = Math.max(1e-3 * this.size, d.length());
    this.azimuth = Math.atan2(d.y, d.x);
    this.elevation = Math.max(LOWEST, Math.min(HIGHEST, Math.asin(d.z / this.distance)));
    this.fov = fov;
    this.spin.azimuth = this.spin.elevation = 0;
  }

  /** From pivot to eye. */
  direction() {
    const c = Math.cos(this.elevation);
    return new Vector3(c * Math.cos(this.azimuth), c * Math.sin(this.azimuth), Math.sin(this.elevation));
  }

  get() {
    return { eye: this.pivot.clone().addScaledVector(this.direction(), this.distance), target: this.pivot.clone(), fov: this.fov };
  }

  press() {
    this.spin.azimuth = this.spin.elevation = 0;
  }

  drag(dx, dy) {
    const perPixel = Math.PI / this.stage.height;
    this.#turn(-dx * perPixel, dy * perPixel);
    this.spin.azimuth = -dx * perPixel * 60;
    this.spin.elevation = dy * perPixel * 60;
    this.spin.fresh = performance.now();
  }

  shift(dx, dy) {
    const size = this.stage.pixelSize(this.distance);
    const right = new Vector3(-Math.sin(this.azimuth), Math.cos(this.azimuth), 0);
    const up = new Vector3().crossVectors(this.direction(), right);
    this.pivot.addScaledVector(right, -dx * size).addScaledVector(up, dy * size);
    this.pivot.clampLength(0, this.size);
  }

  zoom(factor) {
    this.distance = Math.min(4 * this.size, Math.max(this.#nearest(), this.distance * factor));
  }

  /** As near as one may come, metres: what is small is looked at more closely. */
  #nearest() {
    return Math.min(0.15, 0.2 * this.size);
  }

  #turn(azimuth, elevation) {
    this.azimuth += azimuth;
    this.elevation = Math.max(LOWEST, Math.min(HIGHEST, this.elevation + elevation));
  }

  frame(dt) {
    let moved = false;
    const k = this.keys;
    const azimuth = (k.has('ArrowRight') ? 1 : 0) - (k.has('ArrowLeft') ? 1 : 0);
    const elevation = (k.has('ArrowUp') ? 1 : 0) - (k.has('ArrowDown') ? 1 : 0);
    if (azimuth || elevation) {
      this.#turn(azimuth * 1.2 * dt, elevation * 0.9 * dt);
      moved = true;
    }
    const dx = (k.has('KeyA') ? 1 : 0) - (k.has('KeyD') ? 1 : 0);
    const dy = (k.has('KeyW') ? 1 : 0) - (k.has('KeyS') ? 1 : 0);
    if (dx || dy) {
      this.shift(dx * 400 * dt, dy * 400 * dt);
      moved = true;
    }
    const near = (k.has('Minus') || k.has('NumpadSubtract') ? 1 : 0) - (k.has('Equal') || k.has('NumpadAdd') ? 1 : 0);
    if (near) {
      this.zoom(Math.exp(near * dt));
      moved = true;
    }
    const s = this.spin;
    if (Math.abs(s.azimuth) + Math.abs(s.elevation) > 1e-3 && performance.now() - (s.fresh ?? 0) > 25) {
      this.#turn(s.azimuth * dt, s.elevation * dt);
      const keep = Math.exp(-5 * dt);
      s.azimuth *= keep;
      s.elevation *= keep;
      moved = true;
    }
    return moved;
  }

  apply(camera) {
    const { eye, target } = this.get();
    camera.position.copy(eye);
    camera.lookAt(target);
    camera.fov = this.fov;
    setDepths(camera, eye, this.stage.extent);
    camera.updateProjectionMatrix();
  }
}
