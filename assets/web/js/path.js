// The rule for a path that a package names: relative, with forward slashes, inside the package, and the same file to every
// system and to every reader of addresses. scene.PackagePath holds the same rule; both are tested with one table.

/** Controls, halves of characters, and what is a separator, a drive, a scheme or forbidden somewhere. */
const FORBIDDEN = /[\x00-\x1f\x7f\p{Cs}\\:*?"<>|]/u;
/** Some reader would decode it, to a dot or a slash at worst. */
const ESCAPE = /%[0-9a-f]{2}/i;
/** What Windows takes for a device, whatever its ending. */
const DEVICE = /^(con|prn|aux|nul|com[1-9]|lpt[1-9])(\..*)?$/i;

/** Whether a package may name `path`. */
export function legal(path) {
  if (typeof path !== 'string' || FORBIDDEN.test(path) || ESCAPE.test(path)) return false;
  return path.split('/').every((part) => part !== '' && !/^\.|[. ]$/.test(part) && !DEVICE.test(part));
}

/** Whether what a tileset at the address `base` names lies in the tileset's own folder, whatever dots lead there. */
export function inside(base, uri) {
  return new URL(uri, base).href.startsWith(new URL('.', base).href);
}

/** The address of a file of the package; null where its path is not legal. */
export function addressOf(base, path) {
  return legal(path) ? new URL(path.split('/').map(encodeURIComponent).join('/'), base).href : null;
}
