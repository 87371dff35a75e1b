// A tile's curtain, the last triangles of its primitive, closes the step to neighbours of another level, in strips that hang
// from level to level. The finest tiles meet each other exactly; and where a wall is thinner than a curtain is deep, as in a
// house, the curtain stands in the next room. So it is drawn only of a tile that is not of the finest, and of those that
// touch such a one, and no further down than to the coarsest level of them.
import { Box3 } from 'three';

/** Boxes no further apart than this share of a tile's diagonal touch: their numbers are rounded. */
const SLACK = 1e-3;

/** @param tiles those on show, as the renderer holds them */
export function drawCurtains(tiles) {
  const shown = [];
  for (const tile of tiles) {
    const scene = tile.engineData?.scene;
    if (!scene) continue;
    scene.userData.box ??= around(scene);
    scene.userData.level ??= level(scene);
    shown.push({ scene, box: scene.userData.box, level: scene.userData.level, coarse: tile.children?.length > 0 });
  }
  const coarse = shown.filter((t) => t.coarse);
  for (const t of shown) {
    let reach = t.coarse ? t.level : Infinity;
    for (const c of coarse) {
      // a finest tile meets what is no coarser exactly
      const coarser = t.level < 0 || c.level < Math.min(reach, t.level);
      if (coarser && c.box.intersectsBox(t.box)) reach = c.level;
    }
    t.scene.traverse((o) => o.isMesh && draw(o.geometry, reach));
  }
}

function around(scene) {
  const box = new Box3().setFromObject(scene);
  return box.expandByScalar(SLACK * box.min.distanceTo(box.max));
}

function level(scene) {
  let found = -1; // nobody says so
  scene.traverse((o) => o.isMesh && (found = Math.max(found, o.geometry.userData.level ?? -1)));
  return found;
}

/** Draws a tile's triangles with its curtain down to a level; Infinity for without. */
export function draw(geometry, reach) {
  const all = geometry.index?.count ?? 0;
  const { curtain = 0, strips } = geometry.userData;
  const last = 3 * curtain;
  if (!(last > 0 && last < all)) return;
  let drawn = reach === Infinity ? 0 : last;
  if (strips && reach !== Infinity) {
    drawn = 0;
    for (let i = 0; i + 1 < strips.length; i += 2) drawn += strips[i] >= reach ? 3 * strips[i + 1] : 0;
  }
  geometry.setDrawRange(0, all - last + drawn);
}
