package org.grotto.format.tiles3d;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.grotto.base.GrottoException;
import org.grotto.format.Remarks;
import tools.jackson.databind.JsonNode;

/**
 * How a tile is cut into implicit ones (3D Tiles 1.1, "Implicit tiling"; also the extension of 1.0).
 *
 * @param octree cut into eight; else into four, along x and y
 * @param subtreeLevels levels in one subtree file
 * @param levels of the whole tree
 * @param subtrees where subtree files are, with {level} {x} {y} {z}
 * @param contents where contents are, likewise
 */
record Implicit(boolean octree, int subtreeLevels, long levels, String subtrees, List<String> contents) {
    /** Levels in one subtree: beyond, a place among its tiles is no long. */
    private static final int MOST_LEVELS = 20;

    /** One tile: its level below the implicit root, and its place there. */
    record Place(int level, long x, long y, long z) {
        Place child(int k) {
            return new Place(level + 1, 2 * x + (k & 1), 2 * y + (k >> 1 & 1), 2 * z + (k >> 2));
        }
    }

    /** Whether a tile is cut so. */
    static boolean is(JsonNode tile) {
        return !told(tile).isMissingNode();
    }

    private static JsonNode told(JsonNode tile) {
        JsonNode own = tile.path("implicitTiling");
        return own.isMissingNode() ? tile.path("extensions").path("3DTILES_implicit_tiling") : own;
    }

    /** What the tile's JSON says. */
    static Implicit of(Path in, JsonNode tile, List<String> contents) {
        JsonNode t = told(tile);
        String scheme = t.path("subdivisionScheme").asString("");
        int each = t.path("subtreeLevels").asInt(0);
        long levels = t.path("availableLevels")
                .asLong(t.has("maximumLevel") ? t.path("maximumLevel").asLong(-1) + 1 : 0);
        String subtrees = t.path("subtrees").path("uri").asString("");
        if (!List.of("QUADTREE", "OCTREE").contains(scheme) || each < 1 || levels < 1 || subtrees.isEmpty()) {
            throw GrottoException.badInput(
                    in,
                    "has implicit tiles whose scheme, levels or subtrees are missing: " + Remarks.shown(t.toString())
                            + "; copy the folder again, whole.");
        }
        if (each > MOST_LEVELS) {
            throw GrottoException.unsupported(in, "has subtrees of more than " + MOST_LEVELS + " levels.");
        }
        return new Implicit(scheme.equals("OCTREE"), each, levels, subtrees, contents);
    }

    /** How many tiles one is cut into. */
    int children() {
        return octree ? 8 : 4;
    }

    /** Place of a tile among those of its level in its subtree, whose root is {@code root}: along the Morton curve. */
    long morton(Place root, Place p) {
        int local = p.level - root.level;
        int axes = octree ? 3 : 2;
        long m = 0;
        for (int k = 0; k < local; k++) {
            m |= (p.x >>> k & 1) << axes * k | (p.y >>> k & 1) << axes * k + 1;
            m |= octree ? (p.z >>> k & 1) << axes * k + 2 : 0;
        }
        return m;
    }

    /** Place of a tile among all of its subtree. */
    long index(Place root, Place p) {
        long before = 0;
        long width = 1;
        for (int level = root.level; level < p.level; level++) {
            before += width;
            width *= children();
        }
        return before + morton(root, p);
    }

    /** An address of a tile. */
    static String address(String template, Place p) {
        return template.replace("{level}", String.format(Locale.ROOT, "%d", p.level))
                .replace("{x}", Long.toString(p.x))
                .replace("{y}", Long.toString(p.y))
                .replace("{z}", Long.toString(p.z));
    }
}
