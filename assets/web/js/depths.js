// Between which depths something is drawn: from the nearest part of the bounds to the farthest, so that a seal of two
// centimetres and a cliff of two kilometres both have all the steps that the depth buffer knows. As the kiosk's Depths.
const NEAREST = 0.04;
const NEAREST_SHARE = 0.01;
const RATIO = 20000;

/** @param extent half the sides of the bounds, whose middle is the world's zero; metres */
export function setDepths(camera, eye, extent) {
  let near = 0;
  let far = 0;
  for (const k of ['x', 'y', 'z']) {
    const p = Math.abs(eye[k]);
    near += Math.max(0, p - extent[k]) ** 2;
    far += (p + extent[k]) ** 2;
  }
  const size = Math.max(2 * extent.length(), 1e-6);
  camera.far = 1.05 * Math.sqrt(far) + 0.01 * size;
  camera.near = Math.max(Math.min(NEAREST, NEAREST_SHARE * size), camera.far / RATIO, 0.5 * Math.sqrt(near));
}
