package org.grotto.align;

import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.grotto.geometry.KdTree;
import org.grotto.geometry.Symmetric;
import org.jspecify.annotations.Nullable;

/**
 * Two stations side by side: the distances of one's patches from the other's surface under a move of the first, in both
 * directions, the fit that makes them small (point to plane, Chen and Medioni 1992), and what speaks against a move. One a
 * thread.
 */
final class Couple {
    /** Normals of one surface seen twice differ by less: cosine of 37 degrees. */
    private static final double AGREE = 0.8;
    /** So do those of a room's coarse patch and of what a close-up shows of its relief: 60 degrees. */
    private static final double ROUGHLY = 0.5;
    /** A patch fits within so many of the two patches' standard deviations. */
    private static final double FITS = 4.5;

    /** A step is made in directions that hold more than this share of the weight: normals spread by more than 4 degrees. */
    private static final double WEAK = 0.005;

    private static final int NEAR = 4;
    /** Side of the cells of {@link #solid}, in steps of the places; and how many must contradict in one. */
    private static final double CELL = 4;

    private static final int PLACES = 6;

    final Patches a;
    final Patches b;
    /** Questions to each thinning of the patches. */
    private final KdTree.Query[] inA;

    private final KdTree.Query[] inB;
    private final double agree;
    private final KdTree.@Nullable Query sightA;
    private final KdTree.@Nullable Query sightB;
    private final double[] x = new double[3];
    private final double[] m = new double[3];
    private final double[] two = new double[2];
    /** The answer of {@link #look}: distance, variance, normal of the surface met (its own frame). */
    private double off;

    private double variance;
    /** The variance of the surface's slope in either direction. */
    private double slope;
    /** Which patch of {@code to} that is. */
    private int patch;

    private double nx;
    private double ny;
    private double nz;

    Couple(Patches a, Patches b) {
        this.a = a;
        this.b = b;
        this.agree = a.single ? ROUGHLY : AGREE;
        this.inA = a.queries();
        this.inB = b.queries();
        this.sightA = a.sight == null ? null : a.sight.query();
        this.sightB = b.sight == null ? null : b.sight.query();
    }

    /** What distances between the two scatter by, metres: by their patches' sigmas, and never nothing, as of drawn scans. */
    double sigma() {
        return Math.max(Math.hypot(a.sigma, b.sigma), 1e-4 * Math.max(a.step, b.step));
    }

    /** Whether it is known from where both were seen. */
    boolean sighted() {
        return sightA != null && sightB != null;
    }

    /** The smaller of the two stations' extents, metres. */
    double extent() {
        return Math.min(a.extent, b.extent);
    }

    /**
     * Looks from patch {@code i} of one station, moved by {@code move}, for the surface of the other within {@code reach}.
     * The moved place stays in {@link #x}, its normal in {@link #m}.
     *
     * @param level of the patches of {@code to}, see {@link Patches#level}: far from a surface many patches are about as near
     * @return whether there is one that faces the same way and reaches to the place
     */
    private boolean look(Patches from, int i, Move move, Patches to, KdTree.Query[] in, int level, double reach) {
        KdTree.Query q = in[level];
        double[] p = from.place;
        float[] d = from.data;
        move.apply(p[3 * i], p[3 * i + 1], p[3 * i + 2], x);
        move.turn(d[Patches.ROW * i], d[Patches.ROW * i + 1], d[Patches.ROW * i + 2], m);
        int n = q.nearest(x[0], x[1], x[2], NEAR, reach);
        double least = Double.POSITIVE_INFINITY;
        for (int k = 0; k < n; k++) {
            int j = q.index[k] << 2 * level;
            int r = Patches.ROW * j;
            if (m[0] * to.data[r] + m[1] * to.data[r + 1] + m[2] * to.data[r + 2] < agree) {
                continue;
            }
            to.beside(j, x[0], x[1], x[2], two);
            if (two[1] < least && two[1] <= 1.2 * Math.max(to.data[r + 7], 0.75 * to.step * (1 << level))) {
                least = two[1];
                off = two[0];
                patch = j;
                nx = to.data[r];
                ny = to.data[r + 1];
                nz = to.data[r + 2];
                double sa = Math.max(from.sigma(i), 0.5 * from.noise);
                double sb = Math.max(to.data[r + 6], 0.5 * to.noise);
                variance = sa * sa + sb * sb;
                // of a slope fitted to points spread evenly over a disc
                slope = 4 * sb * sb / (to.data[r + 8] * to.data[r + 7] * to.data[r + 7]);
            }
        }
        return least < Double.POSITIVE_INFINITY;
    }

    /** Sums for a step: H (6 x 6), g, and how many places and how much weight went in. */
    private static final class Sums {
        final double[] h = new double[36];
        final double[] g = new double[6];
        double weight;
        int places;

        void add(double w, double e, double[] j) {
            for (int p = 0; p < 6; p++) {
                g[p] += w * e * j[p];
                for (int q = 0; q < 6; q++) {
                    h[6 * p + q] += w * j[p] * j[q];
                }
            }
            weight += w;
            places++;
        }
    }

    /**
     * What a place says: its row of the linear system, how far a's surface lies before b's, the variance of that as single
     * points scatter, that of the slope which stands in the row, and the place.
     */
    @FunctionalInterface
    interface Place {
        void add(double[] row, double e, double variance, double slope, double[] at);
    }

    /**
     * All places under a move, about {@code most} of each station, without what one of them only grazed: row of the linear system for a further move of a
     * (translation, rotation about {@code c} divided by {@code lever}).
     *
     * @param apart how far apart the patches of the surface looked for may lie, metres; 0 for all of them
     */
    void places(Move move, double reach, double apart, int most, double[] c, double lever, Place to) {
        int levelA = a.level(apart);
        int levelB = b.level(apart);
        double[] row = new double[6];
        int step = Math.max(1, a.size / most);
        for (int i = 0; i < a.size; i += step) {
            if (!a.grazed(i) && look(a, i, move, b, inB, levelB, reach) && !b.grazed(patch)) {
                row(row, x[0] - c[0], x[1] - c[1], x[2] - c[2], nx, ny, nz, lever);
                to.add(row, off, variance, slope, x);
            }
        }
        if (a.single) {
            return; // between single points there is no surface to look for
        }
        Move back = move.inverse();
        step = Math.max(1, b.size / most);
        double[] y = new double[3];
        for (int i = 0; i < b.size; i += step) {
            if (!b.grazed(i) && look(b, i, back, a, inA, levelA, reach) && !a.grazed(patch)) {
                System.arraycopy(b.place, 3 * i, y, 0, 3);
                move.turn(nx, ny, nz, m);
                row(row, y[0] - c[0], y[1] - c[1], y[2] - c[2], m[0], m[1], m[2], lever);
                to.add(row, -off, variance, slope, y);
            }
        }
    }

    private static void row(
            double[] row, double dx, double dy, double dz, double nx, double ny, double nz, double lever) {
        row[0] = nx;
        row[1] = ny;
        row[2] = nz;
        row[3] = (dy * nz - dz * ny) / lever;
        row[4] = (dz * nx - dx * nz) / lever;
        row[5] = (dx * ny - dy * nx) / lever;
    }

    /** How many places {@link #places} asks when it finds a surface for each. */
    int asked(int most) {
        return asked(a, most) + (a.single ? 0 : asked(b, most));
    }

    private static int asked(Patches p, int most) {
        int step = Math.max(1, p.size / most);
        int n = 0;
        for (int i = 0; i < p.size; i += step) {
            n += p.grazed(i) ? 0 : 1;
        }
        return n;
    }

    /** How many of {@link #asked} lie within {@code reach} of the other's surface under a move. */
    int within(Move move, double reach, int most) {
        int[] n = new int[1];
        double look = 1.5 * reach + Math.max(a.step, b.step);
        places(move, look, reach / 2, most, a.middle, extent(), (row, e, variance, slope, at) -> {
            n[0] += Math.abs(e) < reach ? 1 : 0;
        });
        return n[0];
    }

    /**
     * Fits a onto b from a start, letting go of what lies farther than a capture radius that shrinks from {@code first} to
     * {@code last}, metres: wide enough at first that moved walls are not thrown out.
     */
    Move fit(Move start, double first, double last, int most, int rounds) {
        return Objects.requireNonNull(fit(start, first, last, most, rounds, 0));
    }

    /**
     * The same, or null where fewer than {@code least} places lie within the last capture radius, or half of that on the way,
     * where thinned patches leave gaps.
     */
    @Nullable
    Move fit(Move start, double first, double last, int most, int rounds, int least) {
        Move move = start;
        double lever = extent();
        double[] c = new double[3];
        for (double h = first; ; h = Math.max(last, h / 2)) {
            int places = 0;
            for (int k = 0; k < rounds; k++) {
                Sums sums = new Sums();
                double wide = h;
                move.apply(a.middle[0], a.middle[1], a.middle[2], c);
                double reach = 1.5 * h + Math.max(a.step, b.step);
                places(move, reach, h / 2, most, c, lever, (row, e, variance, slope, at) -> {
                    double u = e / wide;
                    if (u * u < 1) {
                        double w = (1 - u * u) * (1 - u * u) / (variance + wide * wide / 16);
                        sums.add(w, e, row);
                    }
                });
                places = Math.max(places, sums.places);
                double[] d = step(sums, lever);
                if (d == null) {
                    return places < least ? null : move;
                }
                move = Move.about(c, d[0], d[1], d[2], d[3], d[4], d[5]).after(move);
                double l = d[0] * d[0] + d[1] * d[1] + d[2] * d[2];
                double w = (d[3] * d[3] + d[4] * d[4] + d[5] * d[5]) * lever * lever;
                if (l + w < 1e-4 * h * h) {
                    break;
                }
            }
            if (places < (h <= last ? least : least / 2)) {
                return null;
            }
            if (h <= last) {
                return move;
            }
        }
    }

    /** The step that the sums ask for, in the directions that they know; null where there is too little. */
    private static double @Nullable [] step(Sums sums, double lever) {
        if (sums.places < 30) {
            return null;
        }
        double[] h = sums.h.clone();
        double[] v = Symmetric.eigen(h, 6);
        double[] d = new double[6];
        for (int k = 0; k < 6; k++) {
            if (h[7 * k] > WEAK * sums.weight) {
                double s = 0;
                for (int p = 0; p < 6; p++) {
                    s += v[6 * p + k] * sums.g[p];
                }
                for (int p = 0; p < 6; p++) {
                    d[p] -= v[6 * p + k] * s / h[7 * k];
                }
            }
        }
        for (int p = 3; p < 6; p++) {
            d[p] /= lever;
        }
        return d;
    }

    // --- what speaks for a move and against it

    /**
     * Counts of places under a move.
     *
     * @param fit on the other's surface within what both scatter
     * @param off before or behind a surface of the other that reaches there and faces the same way
     * @param through where the other saw through to something farther
     * @param silent where the other says nothing
     * @param square mean of squared distances of those that fit, in variances
     */
    record Counts(int fit, int off, int through, int silent, double square) {
        int judged() {
            return fit + off + through;
        }

        /** The share of what both should have and do not. */
        double against() {
            return judged() == 0 ? 1 : (off + through) / (double) judged();
        }

        /** What speaks for it less what speaks against it. */
        int net() {
            return fit - off - through;
        }

        double share() {
            return fit / (double) Math.max(1, judged() + silent);
        }
    }

    /** What a place says for or against a move, and where it is, on b's side. */
    @FunctionalInterface
    private interface Vote {
        void add(int kind, double square, double[] at);
    }

    private static final int FIT = 0;
    private static final int OFF = 1;
    private static final int THROUGH = 2;
    private static final int SILENT = 3;

    /** Counts about {@code most} places of each station under {@code move}. */
    Counts count(Move move, int most) {
        return count(move, most, false);
    }

    /** @param deep whether what is seen from its back is asked, too: no surface, whichever way it faces, is seen through */
    Counts count(Move move, int most, boolean deep) {
        int[] n = new int[4];
        double[] sum = new double[1];
        votes(move, most, deep, (kind, square, at) -> {
            n[kind]++;
            sum[0] += kind == FIT ? square : 0;
        });
        return new Counts(n[FIT], n[OFF], n[THROUGH], n[SILENT], n[FIT] == 0 ? 0 : sum[0] / n[FIT]);
    }

    /**
     * The share of places that stand in cells where nearly all contradict {@code move}: whole things that one station has and the
     * other has not. Edges and noise contradict here and there.
     */
    double solid(Move move, int most) {
        double side = CELL
                * Math.max(
                        a.step * Math.sqrt(Math.max(1, a.size / (double) most)),
                        b.step * Math.sqrt(Math.max(1, b.size / (double) most)));
        Map<Cell, int[]> cells = new TreeMap<>();
        votes(move, most, false, (kind, square, at) -> {
            if (kind != SILENT) {
                int[] n = cells.computeIfAbsent(Cell.of(at[0], at[1], at[2], side), none -> new int[2]);
                n[kind == FIT ? 0 : 1]++;
            }
        });
        int all = 0;
        int against = 0;
        for (int[] n : cells.values()) {
            all += n[0] + n[1];
            against += n[1] >= PLACES && n[1] > 3 * n[0] ? n[1] : 0;
        }
        return against / (double) Math.max(1, all);
    }

    private void votes(Move move, int most, boolean deep, Vote to) {
        double near = 3 * (a.step + b.step) / 2;
        double[] at = new double[3];
        votes(a, move, b, inB, sightB, near, most, deep, to);
        if (a.single) {
            return;
        }
        votes(b, move.inverse(), a, inA, sightA, near, most, deep, (kind, square, moved) -> {
            move.apply(moved[0], moved[1], moved[2], at);
            to.add(kind, square, at);
        });
    }

    private void votes(
            Patches from,
            Move move,
            Patches to,
            KdTree.Query[] in,
            KdTree.@Nullable Query sight,
            double near,
            int most,
            boolean deep,
            Vote vote) {
        int step = Math.max(1, from.size / most);
        for (int i = 0; i < from.size; i += step) {
            boolean met = look(from, i, move, to, in, 0, near + to.step);
            if (met && off * off <= FITS * FITS * variance) {
                vote.add(FIT, off * off / variance, x);
            } else if (met && Math.abs(off) < near) {
                vote.add(OFF, 0, x);
            } else if (sight != null && through(from, i, to, sight, near, deep)) {
                vote.add(THROUGH, 0, x);
            } else {
                vote.add(SILENT, 0, x);
            }
        }
    }

    /**
     * Whether the scanner of {@code to} saw past the place in {@link #x}: its rays close by, on every side, met something
     * clearly farther on.
     */
    private boolean through(Patches from, int i, Patches to, KdTree.Query sight, double near, boolean deep) {
        double[] eye = to.eye;
        float[] range = to.range;
        if (eye == null || range == null) {
            return false;
        }
        double dx = x[0] - eye[0];
        double dy = x[1] - eye[1];
        double dz = x[2] - eye[2];
        double r = Math.sqrt(dx * dx + dy * dy + dz * dz);
        if (r < 1e-6) {
            return false;
        }
        dx /= r;
        dy /= r;
        dz /= r;
        // a surface seen from behind is none that this scanner could have seen from here, but it hides what lies beyond
        double facing = m[0] * dx + m[1] * dy + m[2] * dz;
        if (facing > -0.1 && !(deep && facing > 0.1)) {
            return false;
        }
        int n = sight.nearest(dx, dy, dz, NEAR);
        if (n < NEAR) {
            return false;
        }
        double sx = 0;
        double sy = 0;
        double sz = 0;
        double widest = 0;
        for (int k = 0; k < n; k++) {
            int j = sight.index[k];
            int row = Patches.ROW * j;
            double px = to.place[3 * j] - eye[0];
            double py = to.place[3 * j + 1] - eye[1];
            double pz = to.place[3 * j + 2] - eye[2];
            double cos = -(to.data[row] * px + to.data[row + 1] * py + to.data[row + 2] * pz) / range[j];
            double c = -(to.data[row] * dx + to.data[row + 1] * dy + to.data[row + 2] * dz);
            if (cos < 0.15 || c < 0.1) {
                return false;
            }
            double apart = Math.sqrt(sight.distance[k]);
            if (apart > 2 * to.step / (range[j] * cos)) {
                return false; // beside what it looked at
            }
            // where the ray meets the plane of what was seen there
            double met = range[j] * cos / c;
            double margin = FITS * Math.sqrt(from.sigma(i) * from.sigma(i) + to.sigma(j) * to.sigma(j)) / c;
            if (met < r + Math.max(margin, near / 2) || range[j] < r + Math.max(margin, near / 2)) {
                return false;
            }
            sx += px / range[j] - dx;
            sy += py / range[j] - dy;
            sz += pz / range[j] - dz;
            widest = Math.max(widest, apart);
        }
        // rays on one side only: the edge of what it saw
        return Math.sqrt(sx * sx + sy * sy + sz * sz) < 0.75 * NEAR * widest;
    }

    /** The middle scale of distances in standard deviations, from zero; NaN for none. */
    static double scale(double[] z, int n) {
        if (n == 0) {
            return Double.NaN;
        }
        double[] s = new double[n];
        for (int i = 0; i < n; i++) {
            s[i] = Math.abs(z[i]);
        }
        Arrays.sort(s);
        return 1.4826 * s[n / 2];
    }
}
