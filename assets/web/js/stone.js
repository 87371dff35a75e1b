// How stone is drawn: one material for all tiles. Light is computed in linear colour and written as sRGB; vertex colours
// are linear, as glTF says. Three looks: the scanned colour, a neutral grey for reading relief, a layer of the package.
import { ShaderMaterial, Matrix4, Vector2, Vector3, DoubleSide, FrontSide } from 'three';

/** The looks that need no layer. */
export const LOOKS = ['stone', 'relief'];
const LAYER = 2;

const VERTEX = /* glsl */ `
#include <clipping_planes_pars_vertex>
attribute vec4 color;
attribute float layer;      // the column of the layer on show, as it stands in the file
uniform float uTimes;
uniform float uNone;
varying vec3 vColor;
#ifdef PICTURED
varying vec2 vPlace;        // in the tile's pictures, from the left and from the top
#endif
#ifdef NAMED
flat varying vec2 vLayer;
#else
varying vec2 vLayer;        // value where it is known, and whether it is: their ratio leaves out what is not
#endif
varying vec3 vAt;
varying vec3 vWorld;
#ifndef FACETED
varying vec3 vNormal;
#endif
void main() {
  vec4 at = modelViewMatrix * vec4(position, 1.0);
  vAt = at.xyz;
  vWorld = (modelMatrix * vec4(position, 1.0)).xyz;
  vColor = color.rgb;
#ifdef PICTURED
  vPlace = uv;
#endif
  float known = layer == uNone || layer < -3e38 ? 0.0 : 1.0;
  vLayer = known * vec2(layer * uTimes, 1.0);
#ifndef FACETED
  vNormal = normalMatrix * normal;
#endif
  gl_Position = projectionMatrix * at;
  vec4 mvPosition = at;
  #include <clipping_planes_vertex>
}`;

/** What light falls on a place, and how bright it then looks; of the surface and of points alike. */
export const LIGHT = /* glsl */ `
uniform vec3 uKeyFrom;      // towards the light, in the camera's frame
uniform vec3 uUp;           // the cave's up, in the camera's frame
uniform float uKey;
uniform float uHead;
uniform float uAmbient;
vec3 lit(vec3 stone, vec3 n, vec3 toEye, vec3 at, vec3 warm, vec3 cool) {
  float sky = 0.72 + 0.28 * dot(n, uUp);
  float key = max(dot(n, uKeyFrom), 0.0);
  float lamp = max(dot(n, toEye), 0.0) / (1.0 + 0.035 * dot(at, at));
  vec3 c = stone * (cool * uAmbient * sky + warm * (uKey * key + uHead * lamp));
  // a soft shoulder keeps bright stone from burning out; below 0.7 nothing changes
  return mix(c, 1.0 - 0.3 * exp((0.7 - c) / 0.3), step(vec3(0.7), c));
}`;

const FRAGMENT = /* glsl */ `
#include <clipping_planes_pars_fragment>
${LIGHT}
uniform int uLook;
uniform float uExposure;    // of the stone's own colours
uniform sampler2D uPalette; // by step: colour and how far it covers the stone's own; below, whether it is hatched
uniform vec2 uRange;        // of the palette, in the layer's unit
uniform float uStripes;     // of hatching, a metre
uniform float uCut;         // metres behind the near walls that vanish with them; 0 for none
uniform sampler2D uBehind;  // depth of the near walls' backs
uniform vec2 uSize;         // of that picture, pixels
uniform mat4 uUnproject;
uniform bool uThrough;      // whether stone is seen only through the room, not through the rock about it
uniform vec3 uAxes[2];      // of the room's walls, level; the third is up
uniform vec3 uMin;          // of the room, on those axes, metres in the world
uniform vec3 uMax;
varying vec3 vColor;
#ifdef NAMED
flat varying vec2 vLayer;
#else
varying vec2 vLayer;
#endif
varying vec3 vAt;
varying vec3 vWorld;
#ifndef FACETED
varying vec3 vNormal;
#endif
#ifdef PICTURED
varying vec2 vPlace;
uniform sampler2D uPicture; // of the stone's colour
uniform sampler2D uBumps;   // of its normals: x right, y up in the picture, z out of the stone
uniform bool uBent;         // whether there is one
uniform sampler2D uOpen;    // red: how much of the light from around arrives
uniform bool uShaded;       // whether there is one
/** The normal as its picture bends it, by how the picture lies on the screen: no tangents are needed. */
vec3 bent(vec3 n) {
  vec3 px = dFdx(vAt);
  vec3 py = dFdy(vAt);
  vec2 ux = dFdx(vPlace);
  vec2 uy = dFdy(vPlace);
  vec3 a = cross(py, n);
  vec3 b = cross(n, px);
  vec3 right = a * ux.x + b * uy.x;
  vec3 down = a * ux.y + b * uy.y;
  float most = max(dot(right, right), dot(down, down));
  vec3 bump = texture2D(uBumps, vPlace).xyz * 2.0 - 1.0;
  if (most == 0.0 || bump.z <= 0.0) return n; // a skirt, on which no picture lies
  float s = inversesqrt(most);
  return normalize(right * (s * bump.x) - down * (s * bump.y) + n * bump.z);
}
#endif
vec3 turned(vec3 p) {
  return vec3(dot(p, uAxes[0]), dot(p, uAxes[1]), p.z);
}
bool behindRock() {
  vec3 from = turned(cameraPosition);
  vec3 way = turned(vWorld) - from;
  vec3 a = (uMin - from) / way;
  vec3 b = (uMax - from) / way;
  vec3 near3 = min(a, b);
  vec3 far3 = max(a, b);
  return min(min(far3.x, far3.y), far3.z) <= max(max(max(near3.x, near3.y), near3.z), 0.0);
}
/** Distance from the eye to the first back of a wall in this pixel or beside it: edges are drawn in parts of pixels. */
float nearWall() {
  vec2 at = gl_FragCoord.xy / uSize;
  vec2 px = 1.5 / uSize;
  float depth = texture2D(uBehind, at).r;
  depth = min(depth, min(texture2D(uBehind, at + vec2(px.x, 0.0)).r, texture2D(uBehind, at - vec2(px.x, 0.0)).r));
  depth = min(depth, min(texture2D(uBehind, at + vec2(0.0, px.y)).r, texture2D(uBehind, at - vec2(0.0, px.y)).r));
  if (depth >= 1.0) return 1e9;
  vec4 p = uUnproject * vec4(2.0 * vec3(at, depth) - 1.0, 1.0);
  return length(p.xyz / p.w);
}
void main() {
  #include <clipping_planes_fragment>
  if (uThrough && behindRock()) discard; // the shell of a niche
  if (uCut > 0.0) {
    float gap = length(vAt) - nearWall();
    if (gap > 0.0 && gap < uCut) discard;
  }
#ifdef FACETED
  vec3 n = normalize(cross(dFdx(vAt), dFdy(vAt)));
#else
  vec3 n = normalize(vNormal);
#endif
  vec3 toEye = -normalize(vAt);
#ifdef SHEET
  vec3 flat3 = normalize(cross(dFdx(vAt), dFdy(vAt)));
  bool back = dot(flat3, toEye) * dot(flat3, n) < 0.0;
#ifdef FACETED
  back = !gl_FrontFacing;
#else
  if (abs(dot(flat3, n)) < 0.2) discard; // a tile's skirt, which hangs from the surface
#endif
  if (dot(n, toEye) < 0.0) n = -n;
#endif
  // a tile's skirt on a near wall: the wall itself is not drawn, and its normals tell that it faces away
  if (uCut > 0.0 && dot(n, toEye) < -0.2) discard;
  vec3 own = vColor * uExposure;
#ifdef PICTURED
  vec4 seen = texture2D(uPicture, vPlace);
  if (seen.a < 0.5) discard; // a hole of the picture
  own *= seen.rgb;
#endif
  vec3 stone = own;
  if (uLook == 1) {
    stone = vec3(0.46);
  } else if (uLook == 2) {
    float at = 255.0;
    if (vLayer.y > 0.5) {
      float value = vLayer.x / vLayer.y;
#ifdef NAMED
      at = mod(floor(value - uRange.x + 1e-3), 255.0);
#else
      at = clamp(floor((value - uRange.x) / (uRange.y - uRange.x) * 255.0), 0.0, 254.0);
#endif
    }
    vec4 paint = texelFetch(uPalette, ivec2(int(at), 0), 0);
    float hatched = texelFetch(uPalette, ivec2(int(at), 1), 0).r;
    vec3 flatly = mix(paint.rgb / 12.92, pow((paint.rgb + 0.055) / 1.055, vec3(2.4)), step(vec3(0.04045), paint.rgb));
    float grey = dot(own, vec3(0.2126, 0.7152, 0.0722));
    // hatched as well as coloured: the difference must not hang on colour alone
    float stripe = step(0.5, fract((vWorld.x + vWorld.y + vWorld.z) * uStripes));
    vec3 made = flatly * mix(1.0, 0.65 + 0.45 * stripe, hatched) * (0.75 + 0.5 * grey);
    stone = mix(own, made, paint.a);
  }
#ifdef SHEET
  if (back) stone = vec3(0.26, 0.255, 0.245);
#endif
  vec3 warm = vec3(1.0, 0.955, 0.88);
  vec3 cool = vec3(0.93, 0.97, 1.0);
  if (uLook == 1) { warm = vec3(1.0); cool = vec3(1.0); }
#ifdef PICTURED
  if (uBent) n = bent(n);
  if (uShaded) cool *= texture2D(uOpen, vPlace).r; // what multiplies the light from around alone
#endif
  gl_FragColor = vec4(lit(stone, n, toEye, vAt, warm, cool), 1.0);
  #include <colorspace_fragment>
}`;

export function stoneUniforms() {
  return {
    uLook: { value: 0 },
    uExposure: { value: 1 },
    uKeyFrom: { value: new Vector3(0, 0, 1) },
    uUp: { value: new Vector3(0, 1, 0) },
    uKey: { value: 0 },
    uHead: { value: 0 },
    uAmbient: { value: 1 },
    uPalette: { value: null },
    uRange: { value: new Vector2(0, 1) },
    uTimes: { value: 1 },
    uNone: { value: -3.4e38 },
    uStripes: { value: 14 },
    uCut: { value: 0 },
    uBehind: { value: null },
    uSize: { value: new Vector2(1, 1) },
    uUnproject: { value: new Matrix4() },
    uThrough: { value: false },
    uAxes: { value: [new Vector3(1, 0, 0), new Vector3(0, 1, 0)] },
    uMin: { value: new Vector3() },
    uMax: { value: new Vector3() },
  };
}

/**
 * A material on shared uniforms; `faceted` where a tile has no normals; `sheet` where both sides are seen, the back in a
 * plain colour; `pictured` where pictures lie on a tile, see {@link wear}.
 */
export function stoneMaterial(uniforms, faceted, sheet = false, pictured = false) {
  const material = new ShaderMaterial({
    vertexShader: VERTEX,
    fragmentShader: FRAGMENT,
    uniforms: pictured ? { ...uniforms, ...pictureUniforms() } : uniforms,
    clipping: true,
    side: sheet ? DoubleSide : FrontSide, // triangles face the open side: from outside a room the near walls vanish
    defines: { ...(faceted && { FACETED: '' }), ...(sheet && { SHEET: '' }), ...(pictured && { PICTURED: '' }) },
  });
  const colour = pictured ? [1, 1, 1, 1] : [0.55, 0.5, 0.44, 1];
  material.defaultAttributeValues = { color: colour, layer: [-3.4e38], normal: [0, 0, 1] };
  return material;
}

function pictureUniforms() {
  const [uPicture, uBumps, uOpen] = [{ value: null }, { value: null }, { value: null }];
  return { uPicture, uBumps, uOpen, uBent: { value: false }, uShaded: { value: false } };
}

/** Has a mesh draw its own pictures with a material that many share. @param colour, normal, occlusion: textures or null */
export function wear(object, { colour, normal, occlusion }) {
  object.onBeforeRender = (renderer, scene, camera, geometry, material) => {
    const u = material.uniforms;
    if (!u?.uPicture) return; // drawn for its depth alone
    u.uPicture.value = colour;
    u.uBumps.value = normal;
    u.uBent.value = normal !== null;
    u.uOpen.value = occlusion;
    u.uShaded.value = occlusion !== null;
    material.uniformsNeedUpdate = true;
  };
}

/** Paints by a look of {@link LOOKS}, or by a layer; its values are the attribute "layer" of the geometries. */
export function paintStone(materials, uniforms, look, layer) {
  uniforms.uLook.value = layer ? LAYER : LOOKS.indexOf(look);
  if (layer) {
    uniforms.uPalette.value?.dispose();
    uniforms.uPalette.value = layer.palette();
    uniforms.uRange.value.set(layer.from, layer.to);
    uniforms.uTimes.value = layer.times;
    uniforms.uNone.value = layer.none ?? -3.4e38;
  }
  for (const m of materials) {
    if (layer?.named) m.defines.NAMED = '';
    else delete m.defines.NAMED;
    m.needsUpdate = true;
  }
}
