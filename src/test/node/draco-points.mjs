// Compresses points with npm's draco3d, and tells what the same package decodes.
//   node draco-points.mjs NODE_MODULES IN.json OUT
// IN: { position, colour, normal, level, ways: [{ speed, bits }] }; writes OUT0.drc, OUT1.drc, ... and prints of each way
// { position, colour, normal, level } and the numbers of the attributes, ids.
import { createRequire } from 'node:module';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const require = createRequire(join(process.argv[2], 'x.js'));
const draco3d = require('draco3d');
const encoder = await draco3d.createEncoderModule({});
const decoder = await draco3d.createDecoderModule({});
const points = JSON.parse(readFileSync(process.argv[3], 'utf8'));
const n = points.position.length / 3;

function coded(way, k) {
  const builder = new encoder.PointCloudBuilder();
  const made = new encoder.PointCloud();
  const ids = {};
  ids.position = builder.AddFloatAttribute(made, encoder.POSITION, n, 3, new Float32Array(points.position));
  ids.colour = builder.AddUInt8Attribute(made, encoder.COLOR, n, 3, new Uint8Array(points.colour));
  ids.normal = builder.AddFloatAttribute(made, encoder.NORMAL, n, 3, new Float32Array(points.normal));
  ids.level = builder.AddUInt16Attribute(made, encoder.GENERIC, n, 1, new Uint16Array(points.level));
  const e = new encoder.Encoder();
  e.SetSpeedOptions(way.speed, way.speed);
  if (way.bits) {
    e.SetAttributeQuantization(encoder.POSITION, way.bits);
    e.SetAttributeQuantization(encoder.NORMAL, 10);
  }
  const out = new encoder.DracoInt8Array();
  const size = e.EncodePointCloudToDracoBuffer(made, false, out);
  if (size <= 0) throw new Error('not encoded');
  const bytes = new Uint8Array(size);
  for (let i = 0; i < size; i++) bytes[i] = out.GetValue(i);
  writeFileSync(`${process.argv[4]}${k}.drc`, bytes);

  const buffer = new decoder.DecoderBuffer();
  buffer.Init(new Int8Array(bytes.buffer), size);
  const d = new decoder.Decoder();
  const back = new decoder.PointCloud();
  if (!d.DecodeBufferToPointCloud(buffer, back).ok()) throw new Error('not decoded');
  const told = { ids };
  for (const name of ['position', 'colour', 'normal', 'level']) {
    const a = d.GetAttributeByUniqueId(back, ids[name]);
    const values = new decoder.DracoFloat32Array();
    d.GetAttributeFloatForAllPoints(back, a, values);
    told[name] = [];
    for (let i = 0; i < values.size(); i++) told[name].push(values.GetValue(i));
  }
  return told;
}
console.log(JSON.stringify(points.ways.map(coded)));
