package org.grotto.align;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.grotto.geometry.CubeCells;

/**
 * Moves of one station onto another that are worth a fit, found without any guess: for each of many rotations, pairs of
 * places whose normals agree vote for the translation that brings one onto the other, on a coarse grid. Cost: rotations
 * times the square of some 300 places.
 */
final class Starts {
    private static final int PLACES = 300;
    private static final double AGREE = 0.85;
    /** Cells of translation on either side of none. */
    private static final int SIDE = 20;

    private static final int WIDE = 2 * SIDE + 1;
    /** Steps of the turn about the vertical: 15 degrees. */
    private static final int YAWS = 24;

    private static final int OTHERS = 600;
    /** Rotations by less than this from one that was tried lead where it did: a step and a half of the turn, radians. */
    private static final double NEIGHBOUR = 0.4;
    /** What is tried of turns about the vertical, with any axis laid up, and of all rotations. */
    private static final int UPRIGHT = 44;

    private static final int ALL = 48;
    /** Translations of a rotation that are worth a try, and of quarter turns where turns about the vertical alone are. */
    private static final int FEW = 2;

    private static final int MORE = 6;
    /** Of what either station says, a move that means anything holds more than this share. */
    static final double LEAST = 0.15;
    /** Between the rotations of small moves, radians: half of what a fit finds its way from. */
    private static final double FINE = 0.2;

    /** Cells along each edge of a cube's faces, by which directions are sorted. */
    private static final int FACE = 5;

    private final Couple couple;
    private final double cell;
    private final double[] pa;
    private final double[] na;
    private final double[] pb;
    private final double[] nb;
    /** For each of {@link CubeCells}, the places of b whose normals may agree with a normal in it. */
    private final int[][] like;

    private final short[] votes = new short[WIDE * WIDE * WIDE];
    /** Cells that have votes. */
    private int[] voted = new int[1024];

    /** A move and how many votes it had. */
    private record Voted(Move move, int votes) {}

    Starts(Couple couple) {
        this.couple = couple;
        this.cell = 0.25 * Math.max(couple.a.extent, couple.b.extent);
        int[] inA = even(couple.a);
        int[] inB = even(couple.b);
        this.pa = places(couple.a, inA);
        this.na = normals(couple.a, inA);
        this.pb = places(couple.b, inB);
        this.nb = normals(couple.b, inB);
        this.like = like(nb);
    }

    private static int[][] like(double[] normals) {
        // no direction of a cell is farther than half its diagonal, at a face's middle, from the cell's own middle
        double reach = StrictMath.acos(AGREE) + StrictMath.atan(Math.sqrt(2) / FACE) + 1e-3;
        double least = StrictMath.cos(reach);
        int[][] out = new int[CubeCells.count(FACE)][];
        int[] some = new int[normals.length / 3];
        for (int c = 0; c < out.length; c++) {
            double[] d = CubeCells.middle(c, FACE);
            double l = least * Math.sqrt(d[0] * d[0] + d[1] * d[1] + d[2] * d[2]);
            int n = 0;
            for (int j = 0; j < some.length; j++) {
                if (d[0] * normals[3 * j] + d[1] * normals[3 * j + 1] + d[2] * normals[3 * j + 2] > l) {
                    some[n++] = j;
                }
            }
            out[c] = Arrays.copyOf(some, n);
        }
        return out;
    }

    /**
     * Patches spread evenly over the surface, each taken for the area that it stands for: where all points have patches, those
     * beside the scanner are many, and would vote for laying what is near one scanner on what is near the other.
     */
    private static int[] even(Patches p) {
        double all = 0;
        for (int i = 0; i < p.size; i++) {
            all += area(p, i);
        }
        int n = Math.min(PLACES, p.size);
        int[] out = new int[n];
        int k = 0;
        double sum = 0;
        for (int i = 0; i < p.size && k < n; i++) {
            sum += area(p, i);
            if (sum * n > (k + 0.5) * all) {
                out[k++] = i;
            }
        }
        return Arrays.copyOf(out, k);
    }

    private static double area(Patches p, int i) {
        double r = p.data[Patches.ROW * i + 7];
        return r * r;
    }

    private static double[] places(Patches p, int[] chosen) {
        double[] out = new double[3 * chosen.length];
        for (int k = 0; k < out.length; k++) {
            out[k] = p.place[3 * chosen[k / 3] + k % 3] - p.middle[k % 3];
        }
        return out;
    }

    private static double[] normals(Patches p, int[] chosen) {
        double[] out = new double[3 * chosen.length];
        for (int k = 0; k < out.length; k++) {
            out[k] = p.data[Patches.ROW * chosen[k / 3] + k % 3];
        }
        return out;
    }

    /** Turns about the vertical after any axis was laid up: what mistaken axes and mistaken bearings give. */
    private static List<double[]> upright() {
        double q = Math.PI / 2;
        double[][] up = {{0, 0, 0}, {q, 0, 0}, {-q, 0, 0}, {2 * q, 0, 0}, {0, q, 0}, {0, -q, 0}};
        List<double[]> out = new ArrayList<>();
        for (double[] u : up) {
            Move first = new Move(Move.rotation(u[0], u[1], u[2]), new double[3]);
            for (int k = 0; k < YAWS; k++) {
                Move yaw = new Move(Move.rotation(0, 0, 2 * Math.PI * k / YAWS), new double[3]);
                out.add(yaw.after(first).r());
            }
        }
        return out;
    }

    /** Rotations spread evenly over all (super-Fibonacci spirals, Alexa 2022). */
    private static List<double[]> any() {
        double phi = Math.sqrt(2);
        double psi = 1.533751168755204288118041;
        List<double[]> out = new ArrayList<>();
        for (int i = 0; i < OTHERS; i++) {
            double s = i + 0.5;
            double t = s / OTHERS;
            double r = Math.sqrt(t);
            double big = Math.sqrt(1 - t);
            double al = 2 * Math.PI * s / phi;
            double be = 2 * Math.PI * s / psi;
            out.add(new org.grotto.geometry.Pose(
                            r * StrictMath.sin(al),
                            r * StrictMath.cos(al),
                            big * StrictMath.sin(be),
                            big * StrictMath.cos(be),
                            0,
                            0,
                            0)
                    .matrix());
        }
        return out;
    }

    /** Rotations by at most an angle, evenly. */
    private static List<double[]> small(double angle) {
        int most = (int) (angle / FINE);
        List<double[]> out = new ArrayList<>();
        for (int x = -most; x <= most; x++) {
            for (int y = -most; y <= most; y++) {
                for (int z = -most; z <= most; z++) {
                    if (FINE * Math.sqrt(x * x + y * y + z * z) <= angle) {
                        out.add(Move.rotation(FINE * x, FINE * y, FINE * z));
                    }
                }
            }
        }
        return out;
    }

    /** A move and what speaks for it. */
    record Found(Move move, Couple.Counts counts) {}

    /**
     * The best moves, best first, each clearly another than those before it.
     *
     * @param all whether to look at every rotation
     * @param least the share of places that must lie within the capture radius of a fit: a move that holds less, or half of it
     *     on the way, is given up
     * @param blame how many places that fit one that contradicts outweighs, among moves of which only the best are looked at
     */
    List<Found> find(boolean all, int most, double least, int blame) {
        List<Voted> voted = new ArrayList<>();
        for (double[] r : upright()) {
            vote(r, !all && quarter(r) ? MORE : FEW, voted);
        }
        if (all) {
            any().forEach(r -> vote(r, FEW, voted));
        }
        return find(voted, all ? ALL : UPRIGHT, most, least, blame);
    }

    /**
     * The best moves that turn by at most an angle, and the best of all, best first: where a part of a thing fits many of its
     * sides, a small move is crowded out by them before it is tried.
     */
    List<Found> beside(double angle, int most) {
        List<Found> out = find(true, most, LEAST, 1);
        List<Voted> voted = new ArrayList<>();
        small(angle).forEach(r -> vote(r, FEW, voted));
        for (Found f : find(voted, ALL, most, LEAST, 1)) {
            add(out, f, 0.05 * couple.extent());
        }
        out.sort(Comparator.comparingInt(f -> -f.counts.net()));
        return out;
    }

    private List<Found> find(List<Voted> voted, int tries, int most, double least, int blame) {
        // rooms are alike when turned by quarters about the vertical, so these are not left to votes
        voted.sort(Comparator.comparing((Voted v) -> !quarter(v.move.r())).thenComparingInt(v -> -v.votes));
        double extent = couple.extent();
        double sigma = couple.sigma();
        List<Found> rough = new ArrayList<>();
        List<Voted> tried = new ArrayList<>();
        int few = (int) (least / 2 * couple.asked(200)); // a rough fit is still off
        for (Voted v : voted) {
            if (tried.size() == tries) {
                break;
            }
            if (tried.stream().anyMatch(t -> same(t.move, v.move))) {
                continue;
            }
            tried.add(v);
            Move m = couple.fit(v.move, 0.35 * extent, Math.max(0.06 * extent, 6 * sigma), 200, 3, few);
            if (m != null) {
                add(rough, new Found(m, couple.count(m, 250)), 0.15 * extent);
            }
        }
        rough.sort(Comparator.comparingInt(f -> blame * (f.counts.off() + f.counts.through()) - f.counts.fit()));
        List<Found> fine = new ArrayList<>();
        few = (int) (least * couple.asked(800));
        for (Found f : rough.subList(0, Math.min(rough.size(), most))) {
            Move m = couple.fit(f.move, Math.max(0.12 * extent, 6 * sigma), 6 * sigma, 800, 4, few);
            if (m != null) {
                add(fine, new Found(m, couple.count(m, 1500)), 0.05 * extent);
            }
        }
        fine.sort(Comparator.comparingInt(f -> -f.counts.net()));
        return fine;
    }

    /** Whether a rotation turns about the vertical by quarters, or not at all. */
    private static boolean quarter(double[] r) {
        double quarters = StrictMath.atan2(r[3], r[0]) / (Math.PI / 2);
        return r[8] > 1 - 1e-9 && Math.abs(quarters - Math.rint(quarters)) < 1e-9;
    }

    /** Whether a fit finds the same from both: a room of four like walls has two dozen ways to lie, each with neighbours. */
    private boolean same(Move one, Move other) {
        Move d = one.inverse().after(other);
        double[] s = d.shift(couple.a.middle);
        return d.angle() < NEIGHBOUR && Math.sqrt(s[0] * s[0] + s[1] * s[1] + s[2] * s[2]) < 1.5 * cell;
    }

    /** Keeps the better one of two that are the same move, nearly. */
    private void add(List<Found> list, Found f, double near) {
        for (int k = 0; k < list.size(); k++) {
            if (apart(list.get(k).move, f.move) < near) {
                if (f.counts.net() > list.get(k).counts.net()) {
                    list.set(k, f);
                }
                return;
            }
        }
        list.add(f);
    }

    /** How far two moves bring the first station apart, about, metres. */
    double apart(Move one, Move other) {
        Move d = one.inverse().after(other);
        double[] s = d.shift(couple.a.middle);
        return Math.sqrt(s[0] * s[0] + s[1] * s[1] + s[2] * s[2]) + d.angle() * couple.a.extent;
    }

    /** Adds the translations with most votes under a rotation, no two beside each other. */
    private void vote(double[] r, int most, List<Voted> to) {
        int cells = 0;
        for (int i = 0; i < pa.length; i += 3) {
            double x = r[0] * pa[i] + r[1] * pa[i + 1] + r[2] * pa[i + 2];
            double y = r[3] * pa[i] + r[4] * pa[i + 1] + r[5] * pa[i + 2];
            double z = r[6] * pa[i] + r[7] * pa[i + 1] + r[8] * pa[i + 2];
            double nx = r[0] * na[i] + r[1] * na[i + 1] + r[2] * na[i + 2];
            double ny = r[3] * na[i] + r[4] * na[i + 1] + r[5] * na[i + 2];
            double nz = r[6] * na[i] + r[7] * na[i + 1] + r[8] * na[i + 2];
            for (int k : like[CubeCells.of(nx, ny, nz, FACE)]) {
                int j = 3 * k;
                if (nx * nb[j] + ny * nb[j + 1] + nz * nb[j + 2] > AGREE) {
                    int cx = (int) Math.rint((pb[j] - x) / cell) + SIDE;
                    int cy = (int) Math.rint((pb[j + 1] - y) / cell) + SIDE;
                    int cz = (int) Math.rint((pb[j + 2] - z) / cell) + SIDE;
                    if (cx >= 0 && cx < WIDE && cy >= 0 && cy < WIDE && cz >= 0 && cz < WIDE) {
                        int c = (cx * WIDE + cy) * WIDE + cz;
                        if (votes[c]++ == 0) {
                            voted = cells == voted.length ? Arrays.copyOf(voted, 2 * cells) : voted;
                            voted[cells++] = c;
                        }
                    }
                }
            }
        }
        int[] chosen = new int[most];
        int n = 0;
        while (n < most) {
            int best = -1;
            for (int k = 0; k < cells; k++) {
                int c = voted[k];
                if (best < 0 || votes[c] > votes[best] || votes[c] == votes[best] && c < best) {
                    best = beside(c, chosen, n) ? best : c;
                }
            }
            if (best < 0) {
                break;
            }
            chosen[n++] = best;
            to.add(voted(r, best));
        }
        for (int k = 0; k < cells; k++) {
            votes[voted[k]] = 0;
        }
    }

    private static boolean beside(int c, int[] chosen, int n) {
        for (int k = 0; k < n; k++) {
            if (beside(c, chosen[k])) {
                return true;
            }
        }
        return false;
    }

    private static boolean beside(int c, int d) {
        return Math.abs(c / (WIDE * WIDE) - d / (WIDE * WIDE)) <= 1
                && Math.abs(c / WIDE % WIDE - d / WIDE % WIDE) <= 1
                && Math.abs(c % WIDE - d % WIDE) <= 1;
    }

    private Voted voted(double[] r, int c) {
        double[] t = {(c / (WIDE * WIDE) - SIDE) * cell, (c / WIDE % WIDE - SIDE) * cell, (c % WIDE - SIDE) * cell};
        double[] from = couple.a.middle;
        for (int i = 0; i < 3; i++) {
            t[i] += couple.b.middle[i] - (r[3 * i] * from[0] + r[3 * i + 1] * from[1] + r[3 * i + 2] * from[2]);
        }
        return new Voted(new Move(r, t), votes[c]);
    }
}
