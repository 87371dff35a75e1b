package org.grotto.surface;

import org.grotto.base.Work;
import org.grotto.geometry.Morton;

/**
 * The vertices of the surface: the places where it crosses octree edges. Where cells of different depth meet, the finer
 * edges carry the crossing, and coarser cells look it up ({@link #resolve}): Kazhdan, Klein, Dalal and Hoppe (2007).
 * Because the function is continuous, a coarse edge has at most one crossing, and exactly one of its halves has it.
 */
final class Crossings {
    private final Level[] levels;
    private final float iso;
    /** Per level and block, bit 3 slot + axis: the edge from that corner along that axis has a vertex; and its number. */
    private final int[][] mask;

    private final int[][] start;
    private final int count;

    private Crossings(Level[] levels, float iso, int[][] mask, int[][] start, int count) {
        this.levels = levels;
        this.iso = iso;
        this.mask = mask;
        this.start = start;
        this.count = count;
    }

    int count() {
        return count;
    }

    /** Finds the vertices of all levels; entry i of {@code levels} has depth i + 1. */
    static Crossings find(Level[] levels, float iso, Work work) {
        int[][] mask = new int[levels.length][];
        int[][] start = new int[levels.length][];
        int count = 0;
        for (int i = 0; i < levels.length; i++) {
            Level l = levels[i];
            int level = i;
            int[] m = new int[l.n];
            work.blocks(l.n, Level.TASK, (from, to) -> {
                boolean[] inside = new boolean[27];
                Around around = new Around(levels);
                for (int b = from; b < to; b++) {
                    m[b] = edges(l, around.of(level, b), iso, inside);
                }
            });
            int[] s = new int[l.n];
            for (int b = 0; b < l.n; b++) {
                s[b] = count;
                count += Integer.bitCount(m[b]);
            }
            mask[i] = m;
            start[i] = s;
        }
        return new Crossings(levels, iso, mask, start, count);
    }

    private static int edges(Level l, int[] neighbour, float iso, boolean[] inside) {
        boolean any = false;
        boolean all = true;
        for (int i = 0; i < 27; i++) {
            int nb = neighbour[Transfer.UPPER[i]];
            boolean in = nb >= 0 && l.u[8 * nb + Transfer.UPPER_SLOT[i]] >= iso;
            inside[i] = in;
            any |= in;
            all &= in;
        }
        if (!any || all) {
            return 0;
        }
        int m = 0;
        for (int c = 0; c < 8; c++) {
            int i = (c & 1) + 3 * (c >> 1 & 1) + 9 * (c >> 2);
            m |= inside[i] != inside[i + 1] && terminal(l, neighbour, c, 0) ? 1 << 3 * c : 0;
            m |= inside[i] != inside[i + 3] && terminal(l, neighbour, c, 1) ? 2 << 3 * c : 0;
            m |= inside[i] != inside[i + 9] && terminal(l, neighbour, c, 2) ? 4 << 3 * c : 0;
        }
        return m;
    }

    /** Whether the edge belongs to a cell of this level, and no cell around it has children. */
    private static boolean terminal(Level l, int[] neighbour, int slot, int axis) {
        int p = 1 << (axis + 1) % 3;
        int q = 1 << (axis + 2) % 3;
        boolean exists = false;
        for (int k = 0; k < 4; k++) {
            int down = ((k & 1) != 0 ? p : 0) | ((k & 2) != 0 ? q : 0);
            // one less on the axes of "down": the same block where the slot's bit is set there
            int nb = neighbour[Stencil.LOWER[down & ~slot]];
            if (nb >= 0 && l.real[nb]) {
                exists = true;
                if ((l.refined[nb] >> (slot ^ down) & 1) != 0) {
                    return false;
                }
            }
        }
        return exists;
    }

    /** The number of the vertex on an edge that the surface crosses, wherever among its halves it lies. */
    int resolve(int level, int block, int slot, int axis) {
        int i = level;
        int b = block;
        int s = slot;
        while ((mask[i][b] >> (3 * s + axis) & 1) == 0) {
            b = levels[i].child(b, s);
            i++;
            float[] u = levels[i].u;
            s = u[8 * b] >= iso != u[8 * b + (1 << axis)] >= iso ? 0 : 1 << axis;
        }
        return start[i][b] + Integer.bitCount(mask[i][b] & (1 << 3 * s + axis) - 1);
    }

    /** Takes each vertex's place: coordinates in cells of the level (entry {@code level}, depth one more). */
    interface Sink {
        void vertex(int number, int level, double x, double y, double z);
    }

    /** Gives every vertex once, in any order, from any thread. */
    void place(Sink sink, Work work) {
        for (int i = 0; i < levels.length; i++) {
            Level l = levels[i];
            int level = i;
            work.blocks(l.n, Level.TASK, (from, to) -> {
                Around around = new Around(levels);
                for (int b = from; b < to; b++) {
                    int m = mask[level][b];
                    int number = start[level][b];
                    while (m != 0) {
                        int e = Integer.numberOfTrailingZeros(m);
                        m &= m - 1;
                        int slot = e / 3;
                        int axis = e % 3;
                        double t = Edge.root(l, around.of(level, b), slot, axis, iso);
                        double x = 2.0 * Morton.decode(l.key[b], 0) + (slot & 1);
                        double y = 2.0 * Morton.decode(l.key[b], 1) + (slot >> 1 & 1);
                        double z = 2.0 * Morton.decode(l.key[b], 2) + (slot >> 2);
                        sink.vertex(
                                number++, level, axis == 0 ? x + t : x, axis == 1 ? y + t : y, axis == 2 ? z + t : z);
                    }
                }
            });
        }
    }
}
