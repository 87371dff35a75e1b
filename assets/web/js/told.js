// A failure that the reader can understand.

/** Carries the key of a text; the message, if any, is for the console: readers meet no addresses and file names. */
export class Told extends Error {
  constructor(key, message = '') {
    super(message);
    this.key = key;
  }
}
