// Where the light comes from. Raking light is given as the reader sees it: azimuth clockwise from the top of the
// picture, elevation above the plane of the picture (90 degrees is from the eye). It moves with the reader, as a lamp in
// the hand, until it is fixed on the stone.
import { Vector3 } from 'three';

export const LIGHTS = {
  room: { ambient: 0.54, key: 0.74, head: 0.28 },
  head: { ambient: 0.16, key: 0, head: 1.35 },
  rake: { ambient: 0.14, key: 0.85, head: 0 },
};

/** Where the soft light comes from, degrees: over the reader's left shoulder. */
const ROOM = { azimuth: 318, elevation: 38 };

export const ELEVATION = { min: 5, max: 85 };

/** A photographer opens the shutter longer the more the light grazes; else even stone would be black at 5 degrees. */
function exposure(elevation) {
  return Math.sin((elevation * Math.PI) / 180) ** -0.55;
}

export class Light {
  constructor(stage, uniforms) {
    this.stage = stage;
    this.uniforms = uniforms;
    this.mode = 'room';
    this.azimuth = 300;
    this.elevation = 25;
    this.brightness = 1;
    this.ambient = 1;
    this.held = null; // direction in the world, while the light is fixed on the stone
    this.changed = () => {};
    stage.before.push(() => this.#apply());
  }

  set(values) {
    Object.assign(this, values);
    this.azimuth = ((this.azimuth % 360) + 360) % 360;
    this.elevation = Math.min(ELEVATION.max, Math.max(ELEVATION.min, this.elevation));
    this.brightness = Math.min(2, Math.max(0.2, this.brightness));
    this.ambient = Math.min(2, Math.max(0, this.ambient));
    if (this.held && ('azimuth' in values || 'elevation' in values)) this.held = this.#inWorld();
    this.stage.invalidate();
    this.changed();
  }

  hold(on) {
    this.held = on ? this.#inWorld() : null;
    this.set({});
  }

  /** Towards the light, in the camera's frame. */
  direction() {
    const from = this.mode === 'room' ? ROOM : this;
    const a = (from.azimuth * Math.PI) / 180;
    const e = (from.elevation * Math.PI) / 180;
    return new Vector3(Math.sin(a) * Math.cos(e), Math.cos(a) * Math.cos(e), Math.sin(e));
  }

  #inWorld() {
    this.stage.camera.updateMatrixWorld();
    return this.direction().transformDirection(this.stage.camera.matrixWorld);
  }

  #apply() {
    const { camera } = this.stage;
    camera.updateMatrixWorld();
    const u = this.uniforms;
    const strength = LIGHTS[this.mode];
    u.uAmbient.value = strength.ambient * this.ambient * (this.mode === 'room' ? this.brightness : 1);
    u.uKey.value = strength.key * this.brightness * (this.mode === 'rake' ? exposure(this.elevation) : 1);
    u.uHead.value = strength.head * this.brightness;
    if (this.held && this.mode === 'rake') u.uKeyFrom.value.copy(this.held).transformDirection(camera.matrixWorldInverse);
    else u.uKeyFrom.value.copy(this.direction());
    u.uUp.value.set(0, 0, 1).transformDirection(camera.matrixWorldInverse);
    return false;
  }
}
