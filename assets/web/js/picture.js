// Pictures that lie on tiles: decoded off the main thread, measured before that, and gone with their tile. A picture that
// cannot be shown leaves its tile as plain stone; the console says why.
import { ClampToEdgeWrapping, LinearFilter, LinearMipmapLinearFilter, Texture } from 'three';

const LONGEST = 16384; // no side of a picture is longer, pixels
const MOST = 2 ** 27; // pixels of one picture, decoded
const DENSEST = 8 * 1032; // no file holds more pixels a byte: deflate's limit, eight pixels a byte
const ANISOTROPY = 8;
/** Whatever glTF's textures are called; this name takes the place of three's own handler, which fails on KTX2. */
const NAME = 'KHR_texture_basisu';

/** A plugin of GLTFLoader's. @param longest: larger pictures are made smaller, pixels a side */
export const pictures = (longest) => (parser) => new Pictures(parser, longest);

/** The same where nothing is drawn. */
export const noPictures = () => ({ name: NAME, loadTexture: () => Promise.resolve(null) });

class Pictures {
  constructor(parser, longest) {
    this.name = NAME;
    this.parser = parser;
    this.longest = longest;
  }

  /** Resolves to null where there is no picture to show: then the material has none. */
  async loadTexture(index) {
    try {
      return texture(await bitmap(await this.#bytes(index), this.longest));
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

export function texture(image) {
  const t = new Texture(image);
  t.flipY = false; // rows from the top, as glTF's places are
  t.wrapS = t.wrapT = ClampToEdgeWrapping;
  t.magFilter = LinearFilter;
  t.minFilter = LinearMipmapLinearFilter;
  t.anisotropy = ANISOTROPY;
  t.needsUpdate = true;
  return t;
}
