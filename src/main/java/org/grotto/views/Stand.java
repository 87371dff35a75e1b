package org.grotto.views;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a visitor stands in a room that no known station stood in: on a floor with a ceiling over it, as far from all
 * walls as the room allows, eyes 1.6 m over the floor (lower where the ceiling is low), looking where it is longest.
 *
 * <p>The ground plan is cut into cells of three sample distances or more; a cell is open where its samples leave a gap
 * over one that faces up and under one that faces down. Rooms whose ceiling nobody scanned are open above their highest
 * floor. Cost: a sort of the samples by cell and height.
 *
 * @param eye where the eyes are, metres
 * @param target what they look at, metres, at the height of the eyes
 * @param floor height of the floor there, metres
 * @param ceiling height of the ceiling there, or of the highest sample where there is none
 */
record Stand(double[] eye, double[] target, double floor, double ceiling) {
    static final double EYES = 1.6;
    /** Of the height between floor and ceiling, at most. */
    static final double UP = 0.55;
    /** No room is higher, metres: it was given in another unit, and nobody would see anything of it from the height of a person. */
    private static final double HIGHEST = 120;
    /** There the eyes stand so high, of that height. */
    private static final double MODEL = 0.45;
    /** Lower gaps are niches, metres; in low rooms a part of the height. */
    private static final double LOWEST = 1.2;

    private static final double LOWEST_PART = 0.4;
    /** A floor's normal rises at least so steeply, a ceiling's falls. */
    private static final double LEVEL = 0.3;
    /** More room than this around a visitor gains nothing, metres. */
    private static final double AMPLE = 2.5;

    private static final int CELLS = 96;
    private static final int LONGEST = 4096;
    private static final int LOOKS = 32;
    /** Half of what one looks at, in directions of {@link #LOOKS}. */
    private static final int SECTOR = 3;
    /** What a metre straight ahead counts, beside one of the sector's nearest stone. */
    private static final double LONG = 0.05;

    /** How high eyes are over a floor with so much room over it, metres. */
    static double eyes(double gap) {
        return gap > HIGHEST ? MODEL * gap : Math.min(EYES, UP * gap);
    }

    /** The plan of one room. */
    private static final class Plan {
        private final float[] at;
        private final float @Nullable [] normal;
        private final float[] min = new float[3];
        private final float[] max = new float[3];
        private final double cell;
        private final int nx;
        private final int ny;
        private final float[] low;
        private final float[] high;

        Plan(float[] at, float @Nullable [] normal) {
            this.at = at;
            this.normal = normal;
            int n = at.length / 3;
            Arrays.fill(min, Float.POSITIVE_INFINITY);
            Arrays.fill(max, Float.NEGATIVE_INFINITY);
            for (int k = 0; k < 3 * n; k++) {
                min[k % 3] = Math.min(min[k % 3], at[k]);
                max[k % 3] = Math.max(max[k % 3], at[k]);
            }
            double x = max[0] - min[0];
            double y = max[1] - min[1];
            double z = max[2] - min[2];
            double apart = Math.sqrt(2 * (x * y + y * z + z * x) / n);
            // as many cells as a square of so many a side has: a tunnel is cut as finely as a hall
            cell = Math.max(Math.max(Math.sqrt(x * y) / CELLS, Math.max(x, y) / LONGEST), Math.max(3 * apart, 1e-6));
            nx = 1 + (int) (x / cell);
            ny = 1 + (int) (y / cell);
            low = new float[nx * ny];
            high = new float[nx * ny];
        }

        /** Finds every cell's widest gap; {@code roofed} asks for a ceiling. Gives how many cells have one. */
        int gaps(boolean roofed) {
            int n = at.length / 3;
            long[] order = new long[n];
            for (int i = 0; i < n; i++) {
                int c = (int) ((at[3 * i] - min[0]) / cell) + nx * (int) ((at[3 * i + 1] - min[1]) / cell);
                long z = (long) ((at[3 * i + 2] - min[2]) / (max[2] - min[2] + 1e-9f) * 0xFFFF);
                order[i] = (long) c << 48 | z << 32 | i;
            }
            Arrays.sort(order);
            Arrays.fill(low, Float.NaN);
            double least = Math.min(LOWEST, LOWEST_PART * (max[2] - min[2]));
            int found = 0;
            for (int i = 0; i < n; i++) {
                int c = (int) (order[i] >>> 48);
                int a = (int) order[i];
                boolean last = i + 1 == n || (int) (order[i + 1] >>> 48) != c;
                if (!faces(a, 1) || last && roofed) {
                    continue;
                }
                float from = at[3 * a + 2];
                float to = last ? max[2] : at[3 * (int) order[i + 1] + 2];
                boolean open = last ? !roofed : faces((int) order[i + 1], -1) || !roofed;
                double gap = last ? Math.max(to - from, EYES / UP) : to - from;
                boolean none = Float.isNaN(low[c]);
                if (open && gap >= least && (none || gap > high[c] - low[c])) {
                    found += none ? 1 : 0;
                    low[c] = from;
                    high[c] = (float) (from + gap);
                }
            }
            return found;
        }

        private boolean faces(int i, int up) {
            return normal == null || up * normal[3 * i + 2] >= LEVEL;
        }

        /** Distance from each open cell's middle to the nearest cell that is not open, in cells, by chamfers of 3 and 4. */
        double[] room() {
            int w = nx + 2;
            int[] d = new int[w * (ny + 2)];
            for (int y = 0; y < ny; y++) {
                for (int x = 0; x < nx; x++) {
                    d[x + 1 + w * (y + 1)] = Float.isNaN(low[x + nx * y]) ? 0 : Integer.MAX_VALUE / 2;
                }
            }
            int[][] back = {{-1, 3}, {-w, 3}, {-w - 1, 4}, {-w + 1, 4}};
            for (int pass = 0; pass < 2; pass++) {
                int sign = pass == 0 ? 1 : -1;
                for (int k = 0; k < nx * ny; k++) {
                    int c = pass == 0 ? k : nx * ny - 1 - k;
                    int i = c % nx + 1 + w * (c / nx + 1);
                    for (int[] b : back) {
                        d[i] = Math.min(d[i], d[i + sign * b[0]] + b[1]);
                    }
                }
            }
            double[] out = new double[nx * ny];
            for (int c = 0; c < out.length; c++) {
                out[c] = d[c % nx + 1 + w * (c / nx + 1)] / 3.0;
            }
            return out;
        }

        /** The open cell with most room around it, among equals the one nearest to the middle of all. */
        int best(double[] room) {
            double sx = 0;
            double sy = 0;
            int n = 0;
            for (int c = 0; c < room.length; c++) {
                if (room[c] > 0) {
                    sx += c % nx;
                    sy += c / nx;
                    n++;
                }
            }
            int best = -1;
            double most = Double.NEGATIVE_INFINITY;
            for (int c = 0; c < room.length; c++) {
                if (room[c] > 0) {
                    double away = Math.hypot(c % nx - sx / n, c / nx - sy / n);
                    double value = Math.min(room[c] * cell, AMPLE) - 0.02 * cell * away;
                    if (value > most) {
                        most = value;
                        best = c;
                    }
                }
            }
            return best;
        }

        /** How far one looks from a cell in a direction before the floor ends, metres. */
        double look(int from, double dx, double dy) {
            double t = 0;
            while (true) {
                int x = (int) Math.floor(from % nx + 0.5 + t * dx);
                int y = (int) Math.floor(from / nx + 0.5 + t * dy);
                if (x < 0 || y < 0 || x >= nx || y >= ny || Float.isNaN(low[x + nx * y])) {
                    return t * cell;
                }
                t += 0.5;
            }
        }
    }

    /**
     * Finds a place.
     *
     * @param at samples of the room's surface relative to {@code zero}, interleaved, metres; spread by area
     * @param normal into the open, interleaved; null where unknown
     * @return null where nothing is open
     */
    static @Nullable Stand of(float[] at, float @Nullable [] normal, double[] zero) {
        List<Stand> all = all(at, normal, zero, 1);
        return all.isEmpty() ? null : all.getFirst();
    }

    /**
     * Finds places: the one with most room first, then each time the one farthest from those before it, as long as there
     * is half as much room around it as around the first.
     */
    static List<Stand> all(float[] at, float @Nullable [] normal, double[] zero, int most) {
        if (at.length < 12) {
            return List.of();
        }
        Plan p = new Plan(at, normal);
        int cells = p.nx * p.ny;
        if (p.gaps(true) < Math.max(4, cells / 50) && p.gaps(false) == 0) {
            return List.of();
        }
        double[] room = p.room();
        int first = p.best(room);
        double least = 0.5 * Math.min(room[first] * p.cell, AMPLE) / p.cell;
        double[] away = new double[cells];
        Arrays.fill(away, Double.POSITIVE_INFINITY);
        List<Stand> out = new ArrayList<>();
        for (int c = first; c >= 0 && out.size() < most; ) {
            out.add(at(p, c, zero));
            int next = -1;
            for (int k = 0; k < cells; k++) {
                away[k] = Math.min(away[k], StrictMath.hypot(k % p.nx - c % p.nx, k / p.nx - c / p.nx));
                if (room[k] >= least && away[k] > 1 && (next < 0 || away[k] > away[next])) {
                    next = k;
                }
            }
            c = next;
        }
        return out;
    }

    private static Stand at(Plan p, int c, double[] zero) {
        double floor = p.low[c];
        double gap = p.high[c] - floor;
        double x = p.min[0] + (c % p.nx + 0.5) * p.cell;
        double y = p.min[1] + (c / p.nx + 0.5) * p.cell;
        double z = floor + eyes(gap);
        double[] look = new double[LOOKS];
        for (int k = 0; k < LOOKS; k++) {
            double a = Math.PI / 2 + 2 * Math.PI * k / LOOKS;
            look[k] = p.look(c, StrictMath.cos(a), StrictMath.sin(a));
        }
        int towards = longest(look);
        double far = Math.max(look[towards], p.cell);
        double dx = StrictMath.cos(Math.PI / 2 + 2 * Math.PI * towards / LOOKS);
        double dy = StrictMath.sin(Math.PI / 2 + 2 * Math.PI * towards / LOOKS);
        return new Stand(
                new double[] {zero[0] + x, zero[1] + y, zero[2] + z},
                new double[] {zero[0] + x + far * dx, zero[1] + y + far * dy, zero[2] + z},
                zero[2] + floor,
                zero[2] + p.high[c]);
    }

    /** Where the nearest stone of a sector is farthest: at a wall, not into a corner; among equals the longest view. */
    private static int longest(double[] look) {
        int best = 0;
        double most = 0;
        for (int k = 0; k < LOOKS; k++) {
            double nearest = Double.POSITIVE_INFINITY;
            for (int j = -SECTOR; j <= SECTOR; j++) {
                nearest = Math.min(nearest, look[Math.floorMod(k + j, LOOKS)]);
            }
            double value = nearest + LONG * look[k];
            if (value > most) {
                most = value;
                best = k;
            }
        }
        return best;
    }
}
