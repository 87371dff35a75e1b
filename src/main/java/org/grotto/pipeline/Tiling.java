package org.grotto.pipeline;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.grotto.geometry.Box;
import org.grotto.geometry.UnionFind;
import org.jspecify.annotations.Nullable;

/**
 * Tells files that are pieces of one cloud from scans of their own. Nodes of an octree (Potree's r, r0, r04 ...; EPT's
 * depth-x-y-z) are told by their names and by their boxes: those of which neither holds the other share no room. Tiles
 * that lie side by side are told by their boxes alone: at least four, no two of which share room, each against another.
 * Scans of one place overlap, so they are neither.
 */
final class Tiling {
    /** Boxes share room where they do so along each axis by more than this part of the smaller one. */
    private static final double SHARED = 1e-3;
    /** Tiles lie against each other where the gap is at most this part of the larger one. */
    private static final double GAP = 0.03;

    private static final int FEWEST_TILES = 4;
    private static final Pattern POTREE = Pattern.compile("r[0-7]*");
    private static final Pattern EPT = Pattern.compile("\\d+-\\d+-\\d+-\\d+");

    private Tiling() {}

    /**
     * A file that may be a piece: one scan, of which neither a pose nor a name of its own is known.
     *
     * @param name the file's name without folders and ending
     * @param box of its points
     */
    record Piece(String name, Box box) {}

    /** Whether {@code pieces}, files of one folder and format, are one cloud cut up. */
    static boolean of(List<Piece> pieces) {
        return octree(pieces) || sideBySide(pieces);
    }

    private static boolean octree(List<Piece> pieces) {
        boolean potree = pieces.stream().allMatch(p -> POTREE.matcher(p.name).matches());
        if (!potree && !pieces.stream().allMatch(p -> EPT.matcher(p.name).matches())) {
            return false;
        }
        boolean nested = false;
        boolean apart = false;
        for (int i = 0; i < pieces.size(); i++) {
            for (int j = i + 1; j < pieces.size(); j++) {
                Piece a = pieces.get(i);
                Piece b = pieces.get(j);
                if (a.box.isEmpty() || b.box.isEmpty()) {
                    continue;
                }
                if (potree
                        ? b.name.startsWith(a.name) || a.name.startsWith(b.name)
                        : above(a.name, b.name) || above(b.name, a.name)) {
                    nested = true;
                } else if (share(a, b)) {
                    return false;
                } else {
                    apart = true;
                }
            }
        }
        return nested && apart;
    }

    /** Whether node {@code a} of an EPT octree holds node {@code b}. */
    private static boolean above(String a, String b) {
        String[] p = a.split("-");
        String[] q = b.split("-");
        try {
            int down = Integer.parseInt(q[0]) - Integer.parseInt(p[0]);
            boolean in = down > 0 && down < Long.SIZE;
            for (int k = 1; in && k < 4; k++) {
                in = Long.parseLong(q[k]) >> down == Long.parseLong(p[k]);
            }
            return in;
        } catch (NumberFormatException e) {
            return false; // more digits than a node has
        }
    }

    private static boolean sideBySide(List<Piece> pieces) {
        int n = pieces.size();
        UnionFind joined = new UnionFind(n);
        for (int i = 0; i < n; i++) {
            for (int j = i + 1; j < n; j++) {
                Piece a = pieces.get(i);
                Piece b = pieces.get(j);
                if (a.box.isEmpty() || b.box.isEmpty()) {
                    continue;
                }
                if (share(a, b)) {
                    return false;
                }
                if (touch(a.box, b.box)) {
                    joined.join(i, j);
                }
            }
        }
        int some = 0;
        for (int i = 0; i < n; i++) {
            some += pieces.get(i).box.isEmpty() ? 0 : 1;
        }
        int most = 0;
        int[] size = new int[n];
        for (int i = 0; i < n; i++) {
            most = Math.max(most, ++size[joined.root(i)]);
        }
        return some >= FEWEST_TILES && most >= 0.9 * some;
    }

    private static boolean share(Piece a, Piece b) {
        double least = SHARED * Math.min(a.box.longest(), b.box.longest());
        double[] overlap = overlap(a.box, b.box);
        return overlap[0] > least && overlap[1] > least && overlap[2] > least;
    }

    /** Whether one lies against the other: side against side, or edge against edge. */
    private static boolean touch(Box a, Box b) {
        double gap = GAP * Math.max(a.longest(), b.longest());
        double[] overlap = overlap(a, b);
        int beside = 0;
        for (double o : overlap) {
            if (o < -gap) {
                return false;
            }
            beside += o > gap ? 1 : 0;
        }
        return beside > 0;
    }

    /** By how much they overlap along each axis, metres; less than 0 is a gap. */
    private static double[] overlap(Box a, Box b) {
        return new double[] {
            Math.min(a.maxX(), b.maxX()) - Math.max(a.minX(), b.minX()),
            Math.min(a.maxY(), b.maxY()) - Math.max(a.minY(), b.minY()),
            Math.min(a.maxZ(), b.maxZ()) - Math.max(a.minZ(), b.minZ())
        };
    }

    /** A name for what the files were cut from: of the folder, unless that says only what it holds. */
    static String name(@Nullable Path folder) {
        Path p = folder;
        List<String> empty = List.of("r", "data", "tiles", "las", "laz", "ept-data", "octree", "points", "pointclouds");
        while (p != null && p.getFileName() != null) {
            String name = p.getFileName().toString();
            if (!empty.contains(name.toLowerCase(Locale.ROOT))) {
                return name;
            }
            p = p.getParent();
        }
        Path last = folder == null ? null : folder.getFileName();
        return last == null ? "tiles" : last.toString();
    }
}
