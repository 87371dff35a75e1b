package org.grotto.format.gltf;

import java.util.List;
import org.grotto.geometry.Box;
import org.jspecify.annotations.Nullable;

/**
 * One tile of a {@link Tileset}; its children, together, replace it (refinement REPLACE).
 *
 * @param box oriented bounding box in the cave frame, Z up, metres, all transforms applied: centre, then the half axes x,
 *     y, z; 12 numbers
 * @param geometricError how far, in metres, the tile's surface may lie from the finest one; 0 for the finest
 * @param content where its mesh is, relative to tileset.json; null for a tile that only has children
 * @param children empty for a leaf
 * @param transform takes the content's Z-up coordinates (a {@link TileMesh}) to the cave frame: 4 x 4, column by column,
 *     all ancestors' transforms included; null for none
 */
public record Tile(
        double[] box,
        double geometricError,
        @Nullable String content,
        List<Tile> children,
        double @Nullable [] transform) {
    public Tile {
        children = List.copyOf(children);
    }

    /** The axis-aligned box around {@link #box}. */
    public Box bounds() {
        double hx = Math.abs(box[3]) + Math.abs(box[6]) + Math.abs(box[9]);
        double hy = Math.abs(box[4]) + Math.abs(box[7]) + Math.abs(box[10]);
        double hz = Math.abs(box[5]) + Math.abs(box[8]) + Math.abs(box[11]);
        return new Box(box[0] - hx, box[1] - hy, box[2] - hz, box[0] + hx, box[1] + hy, box[2] + hz);
    }

    /** What to add to the content's coordinate on {@code axis} (0 x, 1 y, 2 z), where the transform only moves. */
    public double shift(int axis) {
        return transform == null ? 0 : transform[12 + axis];
    }

    /** An axis-aligned {@link #box} of the given bounds. */
    public static double[] box(Box b) {
        return new double[] {
            (b.minX() + b.maxX()) / 2,
            (b.minY() + b.maxY()) / 2,
            (b.minZ() + b.maxZ()) / 2,
            b.sizeX() / 2,
            0,
            0,
            0,
            b.sizeY() / 2,
            0,
            0,
            0,
            b.sizeZ() / 2
        };
    }
}
