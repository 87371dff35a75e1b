// A reader for COPC 1.0 (https://copc.io, 2021) over byte ranges: LAS 1.4 header, the COPC info record, hierarchy pages.
// Point data stay compressed here; laz-worker.js unpacks them.
import { Told } from './told.js';

const HEADER = 375;
const INFO_AT = 429; // 375 header + 54 record header: COPC fixes the place
const DEEPEST = 30;
const LARGEST_PAGE = 64 * 2 ** 20;
const FIRST = 4096; // bytes that are asked for first: header and records of most files
const LARGEST_RECORDS = 2 ** 20;

/** Bytes of a point without extra bytes, by LAS point format. */
const BARE = { 6: 30, 7: 36, 8: 38 };

/** Bytes of an extra-bytes field, by its data type (LAS 1.4 R15, table 24). */
const FIELD = [0, 1, 1, 2, 2, 4, 4, 8, 8, 4, 8];
const FLOAT = 9;
const DOUBLE = 10;

export class Copc {
  /** @param file a RangeFile */
  constructor(file) {
    this.file = file;
    this.nodes = new Map(); // "d-x-y-z" -> node
    this.pages = new Map(); // "d-x-y-z" -> {offset, bytes}: a part of the hierarchy not read yet
  }

  /** Reads header and first hierarchy page; throws a sentence where the file is no COPC. */
  static async open(file) {
    const copc = new Copc(file);
    const head = await file.read(0, FIRST);
    if (head.length < INFO_AT + 160 || ascii(head, 0, 4) !== 'LASF') {
      throw broken(file.url, 'is not a LAS file.');
    }
    if (ascii(head, HEADER + 2, 4) !== 'copc') {
      throw broken(file.url, 'is a LAS file, but not a COPC one.');
    }
    const v = new DataView(head.buffer, head.byteOffset, head.byteLength);
    const format = v.getUint8(104) & 0x3f;
    const recordLength = v.getUint16(105, true);
    if (!(format in BARE) || recordLength < BARE[format]) {
      throw broken(file.url, `has point format ${format} with ${recordLength} bytes; COPC allows 6, 7 and 8.`);
    }
    const f = (at) => v.getFloat64(at, true);
    copc.header = {
      format,
      recordLength,
      count: u64(v, 247),
      scale: [f(131), f(139), f(147)],
      offset: [f(155), f(163), f(171)],
      min: [f(187), f(203), f(219)],
      max: [f(179), f(195), f(211)],
    };
    copc.header.normals = normals(await records(file, head, v.getUint32(96, true)), BARE[format], recordLength);
    copc.info = {
      center: [f(INFO_AT), f(INFO_AT + 8), f(INFO_AT + 16)],
      halfsize: f(INFO_AT + 24),
      spacing: f(INFO_AT + 32),
    };
    if (!(copc.info.halfsize > 0) || !(copc.info.spacing > 0) || ![...copc.info.center, copc.info.halfsize].every(Number.isFinite)) {
      throw broken(file.url, `its COPC record has no cube or no spacing.`);
    }
    await copc.loadPage({ offset: u64(v, INFO_AT + 40), bytes: u64(v, INFO_AT + 48) });
    if (!copc.nodes.has('0-0-0-0') && !copc.pages.has('0-0-0-0')) throw broken(file.url, 'its octree has no root.');
    return copc;
  }

  /** Reads one page of the hierarchy; its entries join `nodes` and `pages`. */
  async loadPage(page) {
    if (page.bytes % 32 !== 0 || page.bytes > LARGEST_PAGE) {
      throw broken(this.file.url, `a hierarchy page of ${page.bytes} bytes cannot be.`);
    }
    const bytes = await this.file.read(page.offset, page.bytes);
    if (bytes.length !== page.bytes) {
      throw broken(this.file.url, 'ends inside its hierarchy');
    }
    const v = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    for (let at = 0; at < bytes.length; at += 32) {
      const key = [0, 4, 8, 12].map((o) => v.getInt32(at + o, true));
      const name = key.join('-');
      const entry = { offset: u64(v, at + 16), bytes: v.getInt32(at + 24, true) };
      const count = v.getInt32(at + 28, true);
      const side = 2 ** key[0];
      if (key[0] < 0 || key[0] > DEEPEST || key.slice(1).some((k) => k < 0 || k >= side) || count < -1) {
        throw broken(this.file.url, `its octree names a node ${name} of ${count} points, which cannot be.`);
      }
      if (count === -1) this.pages.set(name, entry);
      else this.nodes.set(name, this.#node(key, name, { ...entry, count }));
    }
  }

  #node(key, name, entry) {
    const [d, x, y, z] = key;
    const size = (2 * this.info.halfsize) / 2 ** d;
    const c = this.info.center;
    const min = [x, y, z].map((k, i) => c[i] - this.info.halfsize + k * size);
    return {
      key,
      name,
      depth: d,
      spacing: this.info.spacing / 2 ** d,
      min,
      max: min.map((m) => m + size),
      ...entry,
    };
  }

  /** The names of the eight children of a node, whether they exist or not. */
  static childNames([d, x, y, z]) {
    const names = [];
    for (let i = 0; i < 8; i++) {
      names.push(`${d + 1}-${2 * x + (i & 1)}-${2 * y + ((i >> 1) & 1)}-${2 * z + (i >> 2)}`);
    }
    return names;
  }

  /** The compressed points of a node. */
  async chunk(node, signal) {
    const bytes = await this.file.read(node.offset, node.bytes, signal);
    if (bytes.length !== node.bytes) {
      throw broken(this.file.url, `ends inside the points of node ${node.name}`);
    }
    return bytes;
  }
}

/** The bytes before the points: header and variable length records; only what was read first where they are too many. */
async function records(file, head, end) {
  if (end <= head.length || end > LARGEST_RECORDS) return head.subarray(0, Math.min(end, head.length));
  return file.read(0, end);
}

/** Where in a point record its normal stands: {at: [x, y, z], wide: whether doubles}; null where points have none. */
function normals(head, bare, recordLength) {
  const v = new DataView(head.buffer, head.byteOffset, head.byteLength);
  const found = {};
  for (let at = v.getUint16(94, true), n = v.getUint32(100, true); n > 0 && at + 54 <= head.length; n--) {
    const length = v.getUint16(at + 20, true);
    if (ascii(head, at + 2, 9) === 'LASF_Spec' && v.getUint16(at + 18, true) === 4) {
      let place = bare;
      for (let f = at + 54; f + 192 <= Math.min(at + 54 + length, head.length); f += 192) {
        const type = v.getUint8(f + 2);
        const name = ascii(head, f + 4, 32).replace(/\0.*$/s, '');
        found[name] = { type, place };
        place += type === 0 ? v.getUint8(f + 3) : (FIELD[type] ?? NaN);
      }
    }
    at += 54 + length;
  }
  const three = ['NormalX', 'NormalY', 'NormalZ'].map((name) => found[name]);
  const type = three[0]?.type;
  if (type !== FLOAT && type !== DOUBLE) return null;
  if (!three.every((f) => f?.type === type && f.place + FIELD[type] <= recordLength)) return null;
  return { at: three.map((f) => f.place), wide: type === DOUBLE };
}

function ascii(bytes, at, n) {
  return String.fromCharCode(...bytes.subarray(at, at + n));
}

function u64(v, at) {
  return v.getUint32(at, true) + v.getUint32(at + 4, true) * 2 ** 32;
}

function broken(url, what) {
  return new Told('failures.bad-data', `${url}: ${what}`);
}
