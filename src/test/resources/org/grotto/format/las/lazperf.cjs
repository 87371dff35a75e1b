// Decodes a LAZ file with laz-perf, or a COPC file with copc + laz-perf; prints counts and the SHA-256 of the records.
// node lazperf.cjs NODE_MODULES laz|copc FILE
const { createRequire } = require('module');
const path = require('path');
const fs = require('fs');
const crypto = require('crypto');
const need = createRequire(path.resolve(process.argv[2], 'x.js'));
const { createLazPerf } = need('laz-perf');

async function laz(file) {
  const perf = await createLazPerf();
  const bytes = fs.readFileSync(file);
  const data = perf._malloc(bytes.length);
  perf.HEAPU8.set(bytes, data);
  const zip = new perf.LASZip();
  zip.open(data, bytes.length);
  const n = zip.getCount();
  const length = zip.getPointLength();
  const point = perf._malloc(length);
  const hash = crypto.createHash('sha256');
  for (let i = 0; i < n; i++) {
    zip.getPoint(point);
    hash.update(perf.HEAPU8.slice(point, point + length));
  }
  return { format: zip.getPointFormat(), count: n, length, sha256: hash.digest('hex') };
}

async function copc(file) {
  const { Copc, Getter } = need('copc');
  const get = Getter.create(path.resolve(file));
  const c = await Copc.create(get);
  let nodes = {};
  const pages = [c.info.rootHierarchyPage];
  while (pages.length) {
    const page = await Copc.loadHierarchyPage(get, pages.pop());
    Object.assign(nodes, page.nodes);
    Object.values(page.pages).forEach((p) => pages.push(p));
  }
  const keys = Object.keys(nodes).sort();
  const h = c.header;
  let count = 0;
  let outside = 0;
  const cube = c.info.cube;
  const hash = crypto.createHash('sha256');
  let deepest = 0;
  for (const key of keys) {
    const node = nodes[key];
    if (!node || node.pointCount === 0) continue;
    const [level, kx, ky, kz] = key.split('-').map(Number);
    deepest = Math.max(deepest, level);
    const side = (cube[3] - cube[0]) / 2 ** level;
    const bytes = Buffer.from(await Copc.loadCompressedPointDataBuffer(get, node));
    const decoded = Buffer.from(await need('copc').Las.PointData.decompressChunk(bytes, {
      pointCount: node.pointCount,
      pointDataRecordFormat: h.pointDataRecordFormat,
      pointDataRecordLength: h.pointDataRecordLength,
    }));
    count += node.pointCount;
    hash.update(decoded);
    for (let i = 0; i < node.pointCount; i++) {
      const at = i * h.pointDataRecordLength;
      for (let a = 0; a < 3; a++) {
        const v = decoded.readInt32LE(at + 4 * a) * h.scale[a] + h.offset[a];
        const lo = cube[a] + [kx, ky, kz][a] * side;
        const slack = h.scale[a] * 1.5;
        if (v < lo - slack || v > lo + side + slack) outside++;
        if (v < h.min[a] - 1e-9 || v > h.max[a] + 1e-9) outside++;
      }
    }
  }
  return { count, headerCount: h.pointCount, nodes: keys.length, deepest, outside, spacing: c.info.spacing, sha256: hash.digest('hex'),
    keys, wkt: c.wkt || null, eb: c.eb.map((e) => e.name + ':' + e.type + e.length) };
}

(process.argv[3] === 'copc' ? copc : laz)(process.argv[4]).then(
  (r) => console.log(JSON.stringify(r)),
  (e) => { console.error(e); process.exit(1); });
