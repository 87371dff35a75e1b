// A failure that the reader can understand.

/** Carries the key of a text and its values; the message, if any, is for the console. */
export class Told extends Error {
  constructor(key, values = {}, message = '') {
    super(message);
    this.key = key;
    this.values = values;
  }
}

/** The last part of an address: what a visitor may know of it. */
export function fileName(url) {
  const name = String(url).replace(/[?#].*$/, '').split('/').pop();
  try {
    return decodeURIComponent(name);
  } catch {
    return name; // a lone % is no escape
  }
}
