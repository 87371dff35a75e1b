package org.grotto.surface;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.grotto.base.Work;
import org.grotto.geometry.Morton;

/** One level of an octree by the coordinates of its corners and cells, slow and plain. For tests. */
final class Grid {
    final Level level;
    /** Cells along the root cube. */
    final int cells;

    private final Map<Long, Integer> blocks = new HashMap<>();

    Grid(Level level) {
        this.level = level;
        this.cells = 1 << level.depth;
        for (int b = 0; b < level.n; b++) {
            blocks.put(level.key[b], b);
        }
    }

    /** The levels over some hundred samples, crowded in one corner; tables of neighbours are made for all. */
    static List<Grid> octree(Samples s, PoissonOptions o, Work work) {
        Density.estimate(s, o.maxDepth(), Noise.UNKNOWN, o, work);
        List<Level> levels = Octree.build(s, o.fullDepth(), work);
        List<Grid> grids = new ArrayList<>();
        for (int i = 0; i < levels.size(); i++) {
            if (i > 0) {
                levels.get(i).neighboursFrom(levels.get(i - 1), work);
            }
            grids.add(new Grid(levels.get(i)));
        }
        return grids;
    }

    /** Samples of a chamber, of which one part is four times as dense. */
    static Samples samples(PoissonOptions o, Work work) {
        var cloud = AnalyticCave.chamber(1).scan(1500, 0, 3);
        int[] kept = new int[cloud.size];
        int n = 0;
        for (int i = 0; i < cloud.size; i++) {
            if (cloud.px(i) > 0.9 || i % 4 == 0) {
                kept[n++] = i;
            }
        }
        return Samples.of(cloud.pick(java.util.Arrays.copyOf(kept, n)), o, work);
    }

    static final PoissonOptions SMALL = new PoissonOptions(6, Double.NaN, 8, 2.5, 0, 1.1, 2, 4, 12);

    static int x(Level l, int b, int slot) {
        return 2 * Morton.decode(l.key[b], 0) + (slot & 1);
    }

    static int y(Level l, int b, int slot) {
        return 2 * Morton.decode(l.key[b], 1) + (slot >> 1 & 1);
    }

    static int z(Level l, int b, int slot) {
        return 2 * Morton.decode(l.key[b], 2) + (slot >> 2);
    }

    boolean inside(int x, int y, int z) {
        return x >= 0 && y >= 0 && z >= 0 && x < cells && y < cells && z < cells;
    }

    /** Where the values of a corner or cell stand, 8 block + slot; -1 where there is no block. */
    int at(int x, int y, int z) {
        if (x < 0 || y < 0 || z < 0) {
            return -1;
        }
        Integer b = blocks.get(Morton.encode(x >> 1, y >> 1, z >> 1));
        return b == null ? -1 : 8 * b + (x & 1 | (y & 1) << 1 | (z & 1) << 2);
    }

    /** Whether this cell exists at this level. */
    boolean cell(int x, int y, int z) {
        int at = inside(x, y, z) ? at(x, y, z) : -1;
        return at >= 0 && level.real[at / 8];
    }

    boolean refined(int x, int y, int z) {
        int at = at(x, y, z);
        return at >= 0 && (level.refined[at / 8] >> (at & 7) & 1) != 0;
    }

    /** Whether all cells around a corner that are inside the root cube exist. */
    boolean active(int x, int y, int z) {
        if (x > cells || y > cells || z > cells) {
            return false;
        }
        for (int d = 0; d < 8; d++) {
            int cx = x - (d & 1);
            int cy = y - (d >> 1 & 1);
            int cz = z - (d >> 2);
            if (inside(cx, cy, cz) && !cell(cx, cy, cz)) {
                return false;
            }
        }
        return true;
    }

    /** Whether some cell of this level has this corner. */
    boolean corner(int x, int y, int z) {
        for (int d = 0; d < 8; d++) {
            if (cell(x - (d & 1), y - (d >> 1 & 1), z - (d >> 2))) {
                return true;
            }
        }
        return false;
    }

    /** Random values at the corners of cells, 0 at all else. */
    float[] noise(long seed) {
        Random random = new Random(seed);
        float[] v = new float[8 * level.n];
        for (int i = 0; i < v.length; i++) {
            float r = random.nextFloat(-1, 1);
            v[i] = corner(x(level, i / 8, i & 7), y(level, i / 8, i & 7), z(level, i / 8, i & 7)) ? r : 0;
        }
        return v;
    }

    /** The integrals over a cell of the hats of corners a and b: of grad a . grad b, or of (d a / d axis) b. */
    static double element(int a, int b, int axis) {
        double[] mass = new double[3];
        double[] stiff = new double[3];
        double[] slope = new double[3];
        for (int i = 0; i < 3; i++) {
            boolean same = (a >> i & 1) == (b >> i & 1);
            mass[i] = same ? 1 / 3.0 : 1 / 6.0;
            stiff[i] = same ? 1 : -1;
            slope[i] = (a >> i & 1) == 0 ? -0.5 : 0.5;
        }
        return switch (axis) {
            case 0 -> slope[0] * mass[1] * mass[2];
            case 1 -> mass[0] * slope[1] * mass[2];
            case 2 -> mass[0] * mass[1] * slope[2];
            default -> stiff[0] * mass[1] * mass[2] + mass[0] * stiff[1] * mass[2] + mass[0] * mass[1] * stiff[2];
        };
    }

    /** The depth's cell that a sample lies in, and where in it. */
    static int[] cellOf(Samples s, int i, int depth) {
        int shift = RootCube.BITS - depth;
        return new int[] {s.x[i] >> shift, s.y[i] >> shift, s.z[i] >> shift};
    }

    static double[] placeIn(Samples s, int i, int depth) {
        double side = Math.scalb(1.0, RootCube.BITS - depth);
        return new double[] {s.x[i] / side % 1, s.y[i] / side % 1, s.z[i] / side % 1};
    }

    static double weight(int corner, double[] p) {
        double w = 1;
        for (int a = 0; a < 3; a++) {
            w *= (corner >> a & 1) == 0 ? 1 - p[a] : p[a];
        }
        return w;
    }
}
