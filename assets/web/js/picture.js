// Pictures that lie on tiles: decoded off the main thread, measured before that, and gone with their tile. A picture that
// cannot be shown leaves its tile as plain stone; the console says why.
import {
  ClampToEdgeWrapping,
  CompressedTexture,
  DataTexture,
  LinearFilter,
  LinearMipmapLinearFilter,
  RGBAFormat,
  RGBA_ASTC_4x4_Format,
  RGBA_BPTC_Format,
  Texture,
} from 'three';
import { Jobs } from './jobs.js';

const LONGEST = 16384; // no side of a picture is longer, pixels
const MOST = 2 ** 27; // pixels of one picture, decoded
const DENSEST = 8 * 1032; // no file holds more pixels a byte: deflate's limit, eight pixels a byte
const DENSEST_ZSTANDARD = 2 ** 15; // a block of 128 KiB in four bytes
const ANISOTROPY = 8;
/** What a graphics card takes without loss that anyone sees, by its extension; with the transcoder's and three's numbers. */
const PACKED = [
  { extension: 'WEBGL_compressed_texture_astc', number: 10, format: RGBA_ASTC_4x4_Format },
  { extension: 'EXT_texture_compression_bptc', number: 6, format: RGBA_BPTC_Format },
];
const UNPACKED = { number: 13, format: RGBAFormat };
const KTX2 = [0xab, 0x4b, 0x54, 0x58, 0x20, 0x32, 0x30, 0xbb, 0x0d, 0x0a, 0x1a, 0x0a];
const transcoder = new Jobs(new URL('ktx-worker.js', import.meta.url));
/** Whatever glTF's textures are called; this name takes the place of three's own handler, which fails on KTX2. */
const NAME = 'KHR_texture_basisu';

/**
 * A plugin of GLTFLoader's. @param longest: larger pictures are made smaller, pixels a side; @param extensions: of the
 * graphics card, as three tells them
 */
export const pictures = (longest, extensions) => (parser) => new Pictures(parser, longest, extensions);

/** The same where nothing is drawn. */
export const noPictures = () => ({ name: NAME, loadTexture: () => Promise.resolve(null) });

class Pictures {
  constructor(parser, longest, extensions) {
    this.name = NAME;
    this.parser = parser;
    this.longest = longest;
    this.target = PACKED.find(({ extension }) => extensions.has(extension)) ?? UNPACKED;
  }

  /** Resolves to null where there is no picture to show: then the material has none. */
  async loadTexture(index) {
    try {
      const bytes = await this.#bytes(index);
      if (isKtx2(bytes)) return await packed(bytes, this.longest, this.target);
      return texture(await bitmap(bytes, this.longest));
    } catch (e) {
      console.warn(`a tile is shown without its picture: ${e?.message ?? e}`);
      return null;
    }
  }

  async #bytes(index) {
    const { json } = this.parser;
    const { source, extensions } = json.textures[index];
    const image = json.images?.[source ?? extensions?.[NAME]?.source];
    if (image?.bufferView === undefined) throw new Error('it does not stand in the tile');
    return new Uint8Array(await this.parser.getDependency('bufferView', image.bufferView));
  }
}

/** Decodes a JPEG or PNG file as its pixels stand, no larger than `longest` a side. */
export async function bitmap(bytes, longest) {
  const [width, height] = size(bytes);
  const side = Math.max(width, height);
  if (!(width > 0 && height > 0) || side > LONGEST || width * height > Math.min(MOST, DENSEST * bytes.length)) {
    throw new Error(`${width} x ${height} pixels in ${bytes.length} bytes`);
  }
  const options = { colorSpaceConversion: 'none', premultiplyAlpha: 'none', imageOrientation: 'none' };
  if (side > longest) {
    options.resizeWidth = Math.max(1, Math.round((width * longest) / side));
    options.resizeHeight = Math.max(1, Math.round((height * longest) / side));
    options.resizeQuality = 'high';
  }
  return createImageBitmap(new Blob([bytes]), options);
}

/** Width and height that a JPEG or PNG file announces. */
export function size(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length > 24 && view.getUint32(0) === 0x89504e47) return [view.getUint32(16), view.getUint32(20)];
  if (bytes.length < 4 || view.getUint16(0) !== 0xffd8) throw new Error('neither JPEG nor PNG');
  for (let at = 2; at + 9 < bytes.length; ) {
    const marker = bytes[at + 1];
    if (bytes[at] !== 0xff) break;
    if (marker === 0xff) at++;
    else if (marker === 1 || (marker >= 0xd0 && marker <= 0xd8)) at += 2;
    else if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)) {
      return [view.getUint16(at + 7), view.getUint16(at + 5)];
    } else at += 2 + view.getUint16(at + 2);
  }
  throw new Error('a JPEG that tells no size');
}

const isKtx2 = (bytes) => KTX2.every((b, i) => bytes[i] === b);

/** Width, height and levels that a KTX2 file announces. */
function sizeOfKtx2(bytes) {
  if (bytes.length < 104) throw new Error('a KTX2 picture that is cut off');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const [width, height, levels] = [20, 24, 40].map((at) => view.getUint32(at, true));
  const most = 1 + Math.floor(Math.log2(Math.max(1, width, height)));
  const dense = width * height > Math.min(MOST, DENSEST_ZSTANDARD * bytes.length);
  if (!width || !height || Math.max(width, height) > LONGEST || dense || !levels || levels > most) {
    throw new Error(`a KTX2 picture of ${width} x ${height} pixels, ${levels} levels in ${bytes.length} bytes`);
  }
  return [width, height, levels];
}

/** A KTX2 picture, its largest levels left out where they are longer than `longest` a side. */
async function packed(bytes, longest, target) {
  const [width, height, count] = sizeOfKtx2(bytes);
  let first = 0;
  while (first + 1 < count && Math.max(width, height) >> first > longest) first++;
  const side = Math.max(width, height) >> first;
  if (side > longest) throw new Error(`a KTX2 picture of ${side} pixels a side without smaller levels`);
  const { number, format } = (width >> first) % 4 || (height >> first) % 4 ? UNPACKED : target;
  const { levels } = await transcoder.run({ bytes: bytes.slice(), format: number, first });
  const [{ data, width: w, height: h }] = levels;
  const t = format === RGBAFormat ? new DataTexture(data, w, h, format) : new CompressedTexture(levels, w, h, format);
  if (format === RGBAFormat) {
    // a pyramid that is not whole is made by the graphics card
    t.generateMipmaps = 1 << (levels.length - 1) <= Math.max(w, h) >> 1;
    t.mipmaps = t.generateMipmaps ? [] : levels;
  }
  return sampled(t, levels.length > 1 || t.generateMipmaps);
}

export function texture(image) {
  return sampled(new Texture(image), true);
}

function sampled(t, halved) {
  t.flipY = false; // rows from the top, as glTF's places are
  t.wrapS = t.wrapT = ClampToEdgeWrapping;
  t.magFilter = LinearFilter;
  t.minFilter = halved ? LinearMipmapLinearFilter : LinearFilter;
  t.anisotropy = ANISOTROPY;
  t.needsUpdate = true;
  return t;
}
