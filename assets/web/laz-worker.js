// A classic worker: unpacks one COPC node with laz-perf and hands back the columns that are drawn.
/* global createLazPerf */
importScripts('vendor/laz-perf/lib/worker/laz-perf.js');

const ready = createLazPerf({ locateFile: (name) => 'vendor/laz-perf/lib/worker/' + name });

/** Where the red of a point stands, by LAS point format; none in format 6. */
const RGB_AT = { 7: 30, 8: 30 };

onmessage = async ({ data: job }) => {
  try {
    const result = unpack(await ready, job);
    postMessage({ id: job.id, ...result }, Object.values(result).map((column) => column.buffer));
  } catch (e) {
    postMessage({ id: job.id, error: String(e?.message ?? e) });
  }
};

/** Positions come out relative to `job.center`, so that float is enough; normals in 1/127, 0 where none is known. */
function unpack(laz, { bytes, count, format, recordLength, scale, offset, normals, center }) {
  const input = laz._malloc(bytes.byteLength);
  const point = laz._malloc(recordLength);
  const decoder = new laz.ChunkDecoder();
  const xyz = new Float32Array(3 * count);
  const rgb = new Uint16Array(3 * count);
  const intensity = new Uint16Array(count);
  const station = new Uint16Array(count);
  const normal = new Int8Array(3 * count);
  const rgbAt = RGB_AT[format];
  try {
    laz.HEAPU8.set(bytes, input);
    decoder.open(format, recordLength, input);
    for (let i = 0; i < count; i++) {
      decoder.getPoint(point);
      const v = new DataView(laz.HEAPU8.buffer, point, recordLength); // the heap may have moved
      for (let k = 0; k < 3; k++) {
        xyz[3 * i + k] = v.getInt32(4 * k, true) * scale[k] + (offset[k] - center[k]);
        if (rgbAt) rgb[3 * i + k] = v.getUint16(rgbAt + 2 * k, true);
      }
      if (normals) {
        const [x, y, z] = normals.at.map((at) => (normals.wide ? v.getFloat64(at, true) : v.getFloat32(at, true)));
        const length = Math.hypot(x, y, z);
        if (length > 0.5 && length < 2) normal.set([x, y, z].map((c) => Math.round((127 * c) / length)), 3 * i);
      }
      intensity[i] = v.getUint16(12, true);
      station[i] = v.getUint16(20, true);
    }
  } finally {
    decoder.delete();
    laz._free(point);
    laz._free(input);
  }
  return { xyz, rgb, intensity, station, normal };
}
