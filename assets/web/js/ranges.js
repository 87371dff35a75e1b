// Byte ranges of a file behind a URL. A server that ignores Range answers 200 with the whole file: that answer is kept
// and sliced, so the file travels once, and the reader is told once.
import { Told } from './told.js';

/** The largest whole file that is taken into memory when a server cannot send parts of it. */
export const LARGEST_WHOLE = 1.5 * 2 ** 30;

export class RangeFile {
  /**
   * @param url where the file is
   * @param told called with {bytes} at most once, when the server ignores ranges
   */
  constructor(url, told = () => {}) {
    this.url = url;
    this.told = told;
    this.size = 0;
    this.whole = null; // promise of the whole file, once the server is known to ignore ranges
    this.first = null; // the first request; the others wait for what it learns
  }

  /** Bytes [begin, begin + length) as Uint8Array; fewer only where the file ends. */
  async read(begin, length, signal) {
    if (this.whole) return slice(await this.whole, begin, length);
    if (!this.first) {
      const first = this.#ask(begin, length, signal);
      this.first = first.then(
        () => true,
        () => {
          this.first = null; // an aborted first request teaches nothing
        },
      );
      return first;
    }
    await this.first;
    if (this.whole) return slice(await this.whole, begin, length);
    return this.#ask(begin, length, signal);
  }

  #unreadable(what) {
    return new Told('failures.unreadable', `${this.url}: ${what}`);
  }

  async #ask(begin, length, signal) {
    // a whole file must not be lost because the node that asked first is no longer wanted
    const mine = this.first ? signal : undefined;
    const answer = await fetch(this.url, {
      headers: { Range: `bytes=${begin}-${begin + length - 1}` },
      signal: mine,
    }).catch((e) => {
      throw e.name === 'AbortError' ? e : this.#unreadable(e.message);
    });
    if (answer.status === 206) {
      const m = /^bytes (\d+)-(\d+)\/(\d+|\*)$/.exec(answer.headers.get('Content-Range') ?? '');
      const bytes = new Uint8Array(await answer.arrayBuffer());
      if (m && m[3] !== '*') this.size = Number(m[3]);
      if (m && Number(m[1]) !== begin) {
        throw this.#unreadable(`asked for byte ${begin}, the server sent byte ${m[1]}`);
      }
      return bytes.subarray(0, length);
    }
    if (answer.status === 200) {
      const said = Number(answer.headers.get('Content-Length') ?? 0);
      if (said > LARGEST_WHOLE) {
        await answer.body?.cancel();
        throw this.#unreadable(`the server sends no parts of files, and ${said} bytes are too many to load at once`);
      }
      if (!this.whole) {
        this.whole = answer.arrayBuffer().then((b) => {
          const bytes = new Uint8Array(b);
          this.size = bytes.length;
          this.told({ bytes: bytes.length });
          return bytes;
        });
      } else {
        await answer.body?.cancel();
      }
      return slice(await this.whole, begin, length);
    }
    throw this.#unreadable(`the server answered ${answer.status}`);
  }
}

function slice(bytes, begin, length) {
  return bytes.subarray(begin, Math.min(bytes.length, begin + length));
}
