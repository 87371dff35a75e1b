// Compresses a mesh with npm's draco3d into a GLB with KHR_draco_mesh_compression, and tells what the same package decodes.
//   node draco.mjs NODE_MODULES IN.json OUT
// IN: { indices, position, normal, uv, colour, ways: [{ speed, sequential }] }; writes OUT0.glb, OUT1.glb, ... and prints of
// each way { indices, position, normal, uv, colour }.
import { createRequire } from 'node:module';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const require = createRequire(join(process.argv[2], 'x.js'));
const draco3d = require('draco3d');
const encoder = await draco3d.createEncoderModule({});
const decoder = await draco3d.createDecoderModule({});
const mesh = JSON.parse(readFileSync(process.argv[3], 'utf8'));
const n = mesh.position.length / 3;

function coded(way, k) {
  const builder = new encoder.MeshBuilder();
  const made = new encoder.Mesh();
  builder.AddFacesToMesh(made, mesh.indices.length / 3, new Uint32Array(mesh.indices));
  const ids = {};
  ids.POSITION = builder.AddFloatAttribute(made, encoder.POSITION, n, 3, new Float32Array(mesh.position));
  ids.NORMAL = builder.AddFloatAttribute(made, encoder.NORMAL, n, 3, new Float32Array(mesh.normal));
  ids.TEXCOORD_0 = builder.AddFloatAttribute(made, encoder.TEX_COORD, n, 2, new Float32Array(mesh.uv));
  ids.COLOR_0 = builder.AddUInt8Attribute(made, encoder.COLOR, n, 4, new Uint8Array(mesh.colour));
  const e = new encoder.Encoder();
  e.SetSpeedOptions(way.speed, way.speed);
  e.SetAttributeQuantization(encoder.POSITION, 14);
  e.SetAttributeQuantization(encoder.NORMAL, 10);
  e.SetAttributeQuantization(encoder.TEX_COORD, 12);
  e.SetEncodingMethod(way.sequential ? encoder.MESH_SEQUENTIAL_ENCODING : encoder.MESH_EDGEBREAKER_ENCODING);
  const out = new encoder.DracoInt8Array();
  const size = e.EncodeMeshToDracoBuffer(made, out);
  if (size <= 0) throw new Error('not encoded');
  const coded = new Uint8Array(size);
  for (let i = 0; i < size; i++) coded[i] = out.GetValue(i);

  const buffer = new decoder.DecoderBuffer();
  buffer.Init(new Int8Array(coded.buffer), size);
  const d = new decoder.Decoder();
  const back = new decoder.Mesh();
  if (!d.DecodeBufferToMesh(buffer, back).ok()) throw new Error('not decoded');
  const points = back.num_points();
  const told = { indices: [] };
  const face = new decoder.DracoInt32Array();
  for (let f = 0; f < back.num_faces(); f++) {
    d.GetFaceFromMesh(back, f, face);
    for (let k = 0; k < 3; k++) told.indices.push(face.GetValue(k));
  }
  for (const [key, name] of [['POSITION', 'position'], ['NORMAL', 'normal'], ['TEXCOORD_0', 'uv'], ['COLOR_0', 'colour']]) {
    const a = d.GetAttributeByUniqueId(back, ids[key]);
    const values = new decoder.DracoFloat32Array();
    d.GetAttributeFloatForAllPoints(back, a, values);
    told[name] = [];
    for (let i = 0; i < values.size(); i++) told[name].push(values.GetValue(i));
  }

  const json = {
    asset: { version: '2.0' },
    extensionsUsed: ['KHR_draco_mesh_compression'],
    extensionsRequired: ['KHR_draco_mesh_compression'],
    scene: 0,
    scenes: [{ nodes: [0] }],
    nodes: [{ mesh: 0 }],
    meshes: [
      {
        primitives: [
          {
            attributes: { POSITION: 0, NORMAL: 1, TEXCOORD_0: 2, COLOR_0: 3 },
            indices: 4,
            extensions: { KHR_draco_mesh_compression: { bufferView: 0, attributes: ids } },
          },
        ],
      },
    ],
    accessors: [
      { componentType: 5126, count: points, type: 'VEC3', min: [-9, -9, -9], max: [9, 9, 9] },
      { componentType: 5126, count: points, type: 'VEC3' },
      { componentType: 5126, count: points, type: 'VEC2' },
      { componentType: 5121, normalized: true, count: points, type: 'VEC4' },
      { componentType: 5125, count: told.indices.length, type: 'SCALAR' },
    ],
    bufferViews: [{ buffer: 0, byteOffset: 0, byteLength: size }],
    buffers: [{ byteLength: (size + 3) & ~3 }],
  };
  let text = JSON.stringify(json);
  while (Buffer.byteLength(text) % 4) text += ' ';
  const head = Buffer.from(text);
  const bin = Buffer.alloc((size + 3) & ~3);
  bin.set(coded);
  const glb = Buffer.alloc(28 + head.length + bin.length);
  [0x46546c67, 2, glb.length, head.length, 0x4e4f534a].forEach((v, i) => glb.writeUInt32LE(v, 4 * i));
  glb.set(head, 20);
  glb.writeUInt32LE(bin.length, 20 + head.length);
  glb.writeUInt32LE(0x004e4942, 24 + head.length);
  glb.set(bin, 28 + head.length);
  writeFileSync(`${process.argv[4]}${k}.glb`, glb);
  return told;
}
console.log(JSON.stringify(mesh.ways.map(coded)));
