// What is seen where there is no stone. Where the line of sight passes through the room it is hatched: there is rock
// beyond, but no scanner saw it. About the doll's house it is a calm grey, on which the house throws a soft shadow.
import { Matrix4, Mesh, PlaneGeometry, ShaderMaterial, Vector3, Vector4 } from 'three';

const VERTEX = /* glsl */ `
varying vec2 vPlace;
void main() {
  vPlace = position.xy;
  gl_Position = vec4(position.xy, 1.0, 1.0);
}`;

const FRAGMENT = /* glsl */ `
uniform vec4 uUnseen;  // sRGB; its fourth: how strongly it is hatched
uniform bool uOutside;
uniform vec3 uAxes[2]; // of the room's walls, level; the third is up
uniform vec3 uMin;     // what is kept of the room, on those axes
uniform vec3 uMax;
uniform vec4 uStand;   // the whole room's middle and half sides
uniform vec3 uShadow;  // on what the house stands: height, metres from full to no shadow, how dark
uniform vec3 uFrom;
uniform mat4 uUnproject; // from the picture to the world
uniform float uPitch;    // of the hatching, device pixels
varying vec2 vPlace;
vec3 turned(vec3 p) {
  return vec3(dot(p, uAxes[0]), dot(p, uAxes[1]), p.z);
}
bool throughRoom(vec3 from, vec3 way) {
  vec3 a = (uMin - from) / way;
  vec3 b = (uMax - from) / way;
  vec3 near3 = min(a, b);
  vec3 far3 = max(a, b);
  return min(min(far3.x, far3.y), far3.z) > max(max(max(near3.x, near3.y), near3.z), 0.0);
}
float shadow(vec3 from, vec3 way) {
  float t = (uShadow.x - from.z) / way.z;
  if (t <= 0.0 || from.z < uShadow.x) return 0.0;
  vec2 d = abs((from + t * way).xy - uStand.xy) - uStand.zw;
  float away = length(max(d, 0.0)) + min(max(d.x, d.y), 0.0);
  float s = clamp(0.8 - 0.8 * away / uShadow.y, 0.0, 1.0);
  return uShadow.z * s * s * (3.0 - 2.0 * s);
}
void main() {
  vec4 far = uUnproject * vec4(vPlace, 1.0, 1.0);
  vec3 from = turned(uFrom);
  vec3 way = turned(far.xyz / far.w - uFrom);
  vec3 c;
  if (!uOutside || throughRoom(from, way)) {
    float across = (gl_FragCoord.x + gl_FragCoord.y) / uPitch;
    c = uUnseen.rgb + uUnseen.a * (smoothstep(0.30, 0.42, abs(fract(across) - 0.5)) - 0.35);
  } else {
    vec2 p = 0.5 * vPlace + 0.5;
    vec2 d = p - vec2(0.5, 0.54);
    c = mix(vec3(0.125, 0.124, 0.124), vec3(0.150, 0.152, 0.158), p.y) + vec3(0.330, 0.322, 0.308) * exp(-4.0 * dot(d, d));
    c *= 1.0 - shadow(from, way);
  }
  float grain = fract(52.9829189 * fract(dot(gl_FragCoord.xy, vec2(0.06711056, 0.00583715))));
  gl_FragColor = vec4(c + (grain - 0.5) / 255.0, 1.0);
}`;

const UNSEEN = new Vector4(0.215, 0.19, 0.163, 0.02);
/** Where the surface tells measured from inferred, what was not seen must be plain. */
const UNSEEN_PLAIN = new Vector4(0.08, 0.08, 0.086, 0.13);

export class Backdrop {
  /** @param room where the walls stand (Room), or null: then nothing outside is known to be a hole */
  constructor(stage, room) {
    this.stage = stage;
    this.room = room;
    const u = (this.uniforms = {
      uUnseen: { value: UNSEEN },
      uOutside: { value: false },
      uAxes: { value: room ? room.axes.slice(0, 2) : [new Vector3(1, 0, 0), new Vector3(0, 1, 0)] },
      uMin: { value: new Vector3(0, 0, 1e9) },
      uMax: { value: new Vector3(0, 0, 1e9) },
      uStand: { value: new Vector4() },
      uShadow: { value: new Vector3(0, 1, 0) },
      uFrom: { value: new Vector3() },
      uUnproject: { value: new Matrix4() },
      uPitch: { value: 10 },
    });
    if (room) {
      const [a, b] = [room.min, room.max];
      u.uStand.value.set((a[0] + b[0]) / 2, (a[1] + b[1]) / 2, (b[0] - a[0]) / 2, (b[1] - a[1]) / 2);
      u.uShadow.value.set(a[2] - 0.03 * (b[2] - a[2]), 0.27 * Math.hypot(b[0] - a[0], b[1] - a[1], b[2] - a[2]), 0.65);
    }
    const material = new ShaderMaterial({
      vertexShader: VERTEX,
      fragmentShader: FRAGMENT,
      uniforms: u,
      depthTest: false,
      depthWrite: false,
    });
    const quad = new Mesh(new PlaneGeometry(2, 2), material);
    quad.frustumCulled = false;
    quad.renderOrder = -1;
    quad.raycast = () => {};
    stage.scene.add(quad);
  }

  /** @param towards from the room to the eye, outside; null inside */
  prepare(towards, plain) {
    const { camera } = this.stage;
    const u = this.uniforms;
    u.uOutside.value = towards !== null;
    u.uUnseen.value = plain ? UNSEEN_PLAIN : UNSEEN;
    u.uPitch.value = this.stage.pixels / 72;
    u.uFrom.value.setFromMatrixPosition(camera.matrixWorld);
    u.uUnproject.value.copy(camera.matrixWorld).multiply(camera.projectionMatrixInverse);
    if (towards && this.room) {
      const { low, high } = this.room.keep(towards);
      const { min, max } = this.room;
      u.uMin.value.set(...min.map((v, i) => Math.max(v, low[i])));
      u.uMax.value.set(...max.map((v, i) => Math.min(v, high[i])));
    }
  }
}
