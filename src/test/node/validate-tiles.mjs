// Decodes tiles' EXT_meshopt_compression with npm's meshoptimizer into plain GLBs and validates those with the Khronos
// validator, which ignores compressed content. Prints one JSON line a tile: name, errors, FNV-1a hashes of the decoded
// attributes, and the normals themselves (the octahedral filter may round differently in the last place).
//   node validate-tiles.mjs NODE_MODULES FILE...
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

const require = createRequire(join(process.argv[2], 'x.js'));
const validator = require('gltf-validator');
const { MeshoptDecoder } = require('meshoptimizer');

function parse(bytes) {
  const dv = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const size = dv.getUint32(12, true);
  const json = JSON.parse(new TextDecoder().decode(bytes.subarray(20, 20 + size)));
  const binSize = dv.getUint32(20 + size, true);
  return { json, bin: bytes.subarray(28 + size, 28 + size + binSize) };
}

function plain({ json, bin }) {
  let length = 0;
  const parts = [];
  for (const view of json.bufferViews) {
    const c = view.extensions?.EXT_meshopt_compression;
    let out;
    if (c) {
      out = new Uint8Array(c.count * c.byteStride);
      MeshoptDecoder.decodeGltfBuffer(
        out, c.count, c.byteStride, bin.subarray(c.byteOffset, c.byteOffset + c.byteLength), c.mode, c.filter);
    } else {
      out = bin.slice(view.byteOffset, view.byteOffset + view.byteLength);
    }
    delete view.extensions;
    view.buffer = 0;
    view.byteOffset = length;
    view.byteLength = out.length;
    parts.push([length, out]);
    length += (out.length + 3) & ~3;
  }
  const all = new Uint8Array(length);
  for (const [at, part] of parts) all.set(part, at);
  json.buffers = [{ byteLength: length }];
  for (const key of ['extensionsUsed', 'extensionsRequired']) {
    if (json[key]) json[key] = json[key].filter((e) => e !== 'EXT_meshopt_compression');
  }
  return { json, bin: all };
}

function glb({ json, bin }) {
  let text = JSON.stringify(json);
  while (new TextEncoder().encode(text).length % 4) text += ' ';
  const head = new TextEncoder().encode(text);
  const out = new Uint8Array(28 + head.length + bin.length);
  const dv = new DataView(out.buffer);
  [0x46546c67, 2, out.length, head.length, 0x4e4f534a].forEach((v, i) => dv.setUint32(4 * i, v, true));
  out.set(head, 20);
  dv.setUint32(20 + head.length, bin.length, true);
  dv.setUint32(24 + head.length, 0x004e4942, true);
  out.set(bin, 28 + head.length);
  return out;
}

function fnv(hash, byte) {
  return Math.imul(hash ^ byte, 0x01000193) >>> 0;
}

// every number of an accessor, in order, as little-endian doubles
function hash({ json, bin }, index) {
  const a = json.accessors[index];
  const view = json.bufferViews[a.bufferView];
  const width = { SCALAR: 1, VEC2: 2, VEC3: 3, VEC4: 4 }[a.type];
  const [size, get] = {
    5120: [1, 'getInt8'], 5121: [1, 'getUint8'], 5122: [2, 'getInt16'], 5123: [2, 'getUint16'],
    5125: [4, 'getUint32'], 5126: [4, 'getFloat32'],
  }[a.componentType];
  const dv = new DataView(bin.buffer, bin.byteOffset, bin.byteLength);
  const stride = view.byteStride ?? size * width;
  const eight = new DataView(new ArrayBuffer(8));
  let h = 0x811c9dc5;
  for (let i = 0; i < a.count; i++) {
    for (let c = 0; c < width; c++) {
      const at = view.byteOffset + (a.byteOffset ?? 0) + i * stride + c * size;
      eight.setFloat64(0, dv[get](at, true), true);
      for (let b = 0; b < 8; b++) h = fnv(h, eight.getUint8(b));
    }
  }
  return h;
}

await MeshoptDecoder.ready;
for (const file of process.argv.slice(3)) {
  const asset = plain(parse(new Uint8Array(readFileSync(file))));
  const report = await validator.validateBytes(glb(asset), { uri: basename(file), maxIssues: 20 });
  const primitive = asset.json.meshes[0].primitives[0];
  const hashes = {};
  for (const [name, index] of Object.entries(primitive.attributes)) hashes[name] = hash(asset, index);
  hashes.indices = hash(asset, primitive.indices);
  const normal = asset.json.bufferViews[asset.json.accessors[primitive.attributes.NORMAL].bufferView];
  const normals = asset.bin.subarray(normal.byteOffset, normal.byteOffset + normal.byteLength);
  const messages = report.issues.messages.filter((m) => m.severity <= 1);
  console.log(JSON.stringify({
    file: basename(file),
    errors: report.issues.numErrors,
    warnings: report.issues.numWarnings,
    messages: messages.map((m) => `${m.code} ${m.pointer ?? ''} ${m.message}`),
    hashes,
    normals: Buffer.from(normals).toString('base64'),
  }));
}
