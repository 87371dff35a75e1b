package org.grotto.lod;

import java.util.ArrayList;
import java.util.List;

/** One cell of the nested grid and what becomes of it: its triangles, its border, its error. */
final class TileNode {
    /** Index in its tree, leaves and inner nodes alike. */
    final int index;
    /** How often the root cube was halved. */
    final int depth;
    /** The octants from the root down, three bits each; with the depth this names the cell. */
    final long path;

    final List<TileNode> children = new ArrayList<>();
    /** Vertices, three a triangle, of the tile's surface without skirts. */
    int[] triangles = {};
    /** The surface's border: directed edges, two vertices each, as its triangles turn. */
    int[] border = {};
    /** For each border edge whether another node lies beyond it (else the mesh itself ends there). */
    boolean[] shared = {};
    /** How far the surface may lie from the finest one, metres. */
    double error;
    /** How wide a pixel of its picture is on the stone, metres; 0 without one. */
    double pitch;
    /** The first and the last but one of the finest triangles below this node. */
    final int from;

    final int to;
    /** The first and the last but one of the vertices that these triangles, in the mesh's order, use first. */
    int low;

    int high;

    TileNode(int index, int depth, long path, int from, int to) {
        this.index = index;
        this.depth = depth;
        this.path = path;
        this.from = from;
        this.to = to;
    }

    boolean leaf() {
        return children.isEmpty();
    }

    /** "r" and one digit a level: the tile's file name. */
    String name() {
        StringBuilder s = new StringBuilder("r");
        for (int d = depth - 1; d >= 0; d--) {
            s.append((char) ('0' + (path >>> 3 * d & 7)));
        }
        return s.toString();
    }
}
