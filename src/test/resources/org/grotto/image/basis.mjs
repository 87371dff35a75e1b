// node basis.mjs TRANSCODER.js KTX-PARSE.mjs FILE OUT: all levels of a KTX2 file as RGBA, one after the other, into OUT;
// what both programs say of it as JSON.
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';

const [transcoder, parse, file, out] = process.argv.slice(2);
const bytes = new Uint8Array(readFileSync(file));
const BASIS = createRequire(import.meta.url)(transcoder);
const basis = await BASIS({ wasmBinary: readFileSync(join(dirname(transcoder), 'basis_transcoder.wasm')) });
basis.initializeBasis();
const ktx = new basis.KTX2File(bytes);
if (!ktx.isValid() || !ktx.startTranscoding()) throw new Error('no KTX2');
const RGBA = 13;
const levels = [];
for (let k = 0; k < ktx.getLevels(); k++) {
  const info = ktx.getImageLevelInfo(k, 0, 0);
  const pixels = new Uint8Array(ktx.getImageTranscodedSizeInBytes(k, 0, 0, RGBA));
  if (!ktx.transcodeImage(pixels, k, 0, 0, RGBA, 0, -1, -1)) throw new Error(`level ${k}`);
  levels.push({ width: info.origWidth, height: info.origHeight, bytes: pixels.length });
  writeFileSync(out, pixels, { flag: k === 0 ? 'w' : 'a' });
}
const { read } = await import(pathToFileURL(parse));
const c = read(bytes);
const d = c.dataFormatDescriptor[0];
console.log(
  JSON.stringify({
    uastc: ktx.isUASTC(),
    alpha: ktx.getHasAlpha(),
    levels,
    vkFormat: c.vkFormat,
    typeSize: c.typeSize,
    faces: c.faceCount,
    scheme: c.supercompressionScheme,
    model: d.colorModel,
    primaries: d.colorPrimaries,
    transfer: d.transferFunction,
    flags: d.flags,
    channel: d.samples[0].channelType,
    samples: d.samples.length,
    orientation: c.keyValue.KTXorientation,
    writer: c.keyValue.KTXwriter,
    parsed: c.levels.length,
  }),
);
