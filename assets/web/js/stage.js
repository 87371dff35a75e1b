// Canvas, camera and the drawing loop. The world is the cave frame (Z up, metres) moved so that `origin` is at zero:
// positions reach the graphics card as small floats, whatever the survey's coordinates.
import { PerspectiveCamera, Scene, Vector3, WebGLRenderer, SRGBColorSpace } from 'three';

export class Stage {
  constructor(canvas, origin, extent) {
    this.canvas = canvas;
    this.origin = new Vector3(...origin);
    this.renderer = new WebGLRenderer({ canvas, antialias: true, powerPreference: 'high-performance' });
    this.renderer.outputColorSpace = SRGBColorSpace;
    this.renderer.localClippingEnabled = true;
    this.scene = new Scene();
    this.extent = extent; // half the sides of the bounds, whose middle is the world's zero
    this.camera = new PerspectiveCamera(60, 1, 0.03, 500);
    this.camera.up.set(0, 0, 1);
    this.before = []; // called each frame with seconds since the last; true asks for a picture
    this.prepare = []; // called before each picture
    this.after = []; // called after each picture
    this.dirty = true;
    this.covered = 0; // CSS pixels at the bottom that a panel lies over; the picture's middle moves up
    this.width = this.height = 1;
    new ResizeObserver(() => this.resize()).observe(canvas);
    this.resize();
  }

  start() {
    let last = performance.now();
    const frame = (now) => {
      requestAnimationFrame(frame);
      const dt = Math.min(0.1, (now - last) / 1000);
      last = now;
      for (const f of this.before) if (f(dt)) this.dirty = true;
      if (!this.dirty) return;
      this.dirty = false;
      for (const f of this.prepare) f();
      this.renderer.render(this.scene, this.camera);
      for (const f of this.after) f();
    };
    requestAnimationFrame(frame);
  }

  invalidate() {
    this.dirty = true;
  }

  resize() {
    this.width = Math.max(1, this.canvas.clientWidth);
    this.height = Math.max(1, this.canvas.clientHeight);
    this.renderer.setPixelRatio(Math.min(window.devicePixelRatio || 1, 2.5));
    this.renderer.setSize(this.width, this.height, false);
    this.camera.aspect = this.width / this.height;
    if (this.covered > 0) this.camera.setViewOffset(this.width, this.height, 0, this.covered / 2, this.width, this.height);
    else this.camera.clearViewOffset();
    this.camera.updateProjectionMatrix();
    this.dirty = true;
  }

  /** Height of the picture in device pixels. */
  get pixels() {
    return this.renderer.domElement.height;
  }

  toWorld(p) {
    return new Vector3(p[0] - this.origin.x, p[1] - this.origin.y, p[2] - this.origin.z);
  }

  toCave(v) {
    return [v.x + this.origin.x, v.y + this.origin.y, v.z + this.origin.z];
  }

  /** Page position of a world point, or null where it is behind the camera. */
  project(v) {
    const p = v.clone().applyMatrix4(this.camera.matrixWorldInverse);
    if (p.z > -this.camera.near) return null;
    p.applyMatrix4(this.camera.projectionMatrix);
    return { x: ((p.x + 1) / 2) * this.width, y: ((1 - p.y) / 2) * this.height };
  }

  /** Metres that one CSS pixel spans at `distance` from the eye. */
  pixelSize(distance) {
    return (2 * distance * Math.tan((this.camera.fov * Math.PI) / 360)) / this.height;
  }
}
