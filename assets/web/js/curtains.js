// A tile's curtain, the last triangles of its primitive, closes the step to neighbours of another level. The finest tiles
// meet each other exactly; and where a wall is thinner than a curtain is deep, as in a house, the curtain stands in the next
// room. So it is drawn only of a tile that is not of the finest, and of those that touch such a one.
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
    shown.push({ scene, box: scene.userData.box, coarse: tile.children?.length > 0 });
  }
  const coarse = shown.filter((t) => t.coarse);
  for (const t of shown) {
    const needed = t.coarse || coarse.some((c) => c.box.intersectsBox(t.box));
    t.scene.traverse((o) => o.isMesh && draw(o.geometry, needed));
  }
}

function around(scene) {
  const box = new Box3().setFromObject(scene);
  return box.expandByScalar(SLACK * box.min.distanceTo(box.max));
}

/** Draws a tile's triangles with its curtain, or without. */
export function draw(geometry, curtain) {
  const all = geometry.index?.count ?? 0;
  const last = 3 * (geometry.userData.curtain ?? 0);
  geometry.setDrawRange(0, !curtain && last > 0 && last < all ? all - last : Infinity);
}
