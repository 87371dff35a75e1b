package org.grotto.align;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where a scanner stood that no file tells of, from how densely its points lie: one that turns about an eye puts on a
 * surface points in proportion to the cosine of incidence over the square of range, and, where it turns in even steps of
 * two angles, over the sine of the angle from the vertical. Sought is the eye under which that proportion is the same all
 * over, for either kind. What was thinned to one density, put together from several places or aimed by hand tells none:
 * then the proportion is not the same, or halves of the surface ask for different eyes.
 *
 * <p>Of virtual rooms, caves and courts of 20,000 to 300,000 points the eye lies up to 9 cm off, mostly 1 to 4. Cost: half a
 * second.
 */
final class Stood {
    /** Patches next to each other whose densities are averaged: single ones scatter by a fifth. */
    private static final int GROUP = 48;
    /** Groups looked at first, and in the end. */
    private static final int SOME = 50;

    private static final int MANY = 120;
    /** Places tried, and the best of them that are made better. */
    private static final int TRIED = 800;

    private static final int STARTS = 5;
    /** Beams more grazing than this say little; a group of which fewer face the eye is none that it saw. */
    private static final double GRAZED = 0.1;
    /** A group is off by as much where the logarithm of its proportion is, and no worse. */
    private static final double OFF = 0.3;
    /** Mean square of that, at the most: chance leaves 0.21 and less, a wrong kind of scanner 0.25 and more. */
    private static final double FITS = 0.22;
    /** Halves agree within this share of the extent. */
    private static final double AGREE = 0.1;
    /** Steps end at this share of the extent. */
    private static final double FINE = 1e-3;

    private final double[] place;
    private final double[] normal;
    private final double[] density;
    private final int groups;
    private final boolean raster;
    private final double[] level;

    /** @param half 0 for all groups, 1 and 2 for every other one */
    private Stood(Patches p, int most, boolean raster, int half) {
        int all = Math.min(most, p.size / GROUP);
        this.raster = raster;
        this.groups = half == 0 ? all : (all + 2 - half) / 2;
        int n = groups * GROUP;
        this.place = new double[3 * n];
        this.normal = new double[3 * n];
        this.density = new double[n];
        this.level = new double[groups];
        for (int g = 0; g < groups; g++) {
            int of = half == 0 ? g : 2 * g + half - 1;
            int at = (int) ((long) of * (p.size - GROUP) / Math.max(1, all - 1));
            for (int k = 0; k < GROUP; k++) {
                int to = g * GROUP + k;
                int row = Patches.ROW * (at + k);
                for (int a = 0; a < 3; a++) {
                    place[3 * to + a] = p.place[3 * (at + k) + a];
                    normal[3 * to + a] = p.data[row + a];
                }
                double r = p.data[row + 7];
                density[to] = Math.log(p.data[row + 8] / (r * r));
            }
        }
    }

    /** The eye that the patches' densities ask for, told from their origin; null where they ask for none. */
    static double @Nullable [] of(Patches p) {
        if (p.size < SOME * GROUP) {
            return null;
        }
        double[] best = null;
        for (boolean raster : new boolean[] {false, true}) {
            double[] e = sought(p, raster);
            if (best == null || e[3] < best[3]) {
                best = Arrays.copyOf(e, 5);
                best[4] = raster ? 1 : 0;
            }
        }
        if (best == null || best[3] > FITS) {
            return null;
        }
        double[][] halves = new double[2][];
        for (int h = 0; h < 2; h++) {
            halves[h] = new Stood(p, MANY, best[4] > 0, h + 1).better(Arrays.copyOf(best, 4), 0.1 * p.extent, p.extent);
        }
        double apart = 0;
        for (int a = 0; a < 3; a++) {
            apart += (halves[0][a] - halves[1][a]) * (halves[0][a] - halves[1][a]);
        }
        return Math.sqrt(apart) > AGREE * p.extent ? null : Arrays.copyOf(best, 3);
    }

    /** The best eye for a kind of scanner, and what it leaves. */
    private static double[] sought(Patches p, boolean raster) {
        Stood some = new Stood(p, SOME, raster, 0);
        List<double[]> tried = new ArrayList<>();
        for (int k = 0; k < TRIED; k++) {
            // over a patch, at any height, and aside: by the golden ratio's like in five dimensions
            double[] u = new double[5];
            for (int a = 0; a < 5; a++) {
                u[a] = (k + 1) * RATIO[a] % 1;
            }
            int i = (int) (u[0] * some.density.length);
            double h = p.extent * (0.05 + 2 * u[1]);
            double[] e = new double[4];
            for (int a = 0; a < 3; a++) {
                e[a] = some.place[3 * i + a] + h * (some.normal[3 * i + a] + 1.6 * (u[2 + a] - 0.5));
            }
            e[3] = some.left(e);
            tried.add(e);
        }
        tried.sort(Comparator.comparingDouble(e -> e[3]));
        Stood many = new Stood(p, MANY, raster, 0);
        double[] best = null;
        for (double[] e : tried.subList(0, STARTS)) {
            double[] f = many.better(e, 0.2 * p.extent, p.extent);
            best = best == null || f[3] < best[3] ? f : best;
        }
        return Objects.requireNonNull(best);
    }

    /** Powers of the inverse of the root of x^6 = x + 1. */
    private static final double[] RATIO = {
        0.8812714616335696, 0.7766393890897682, 0.6844301295853426, 0.6031687406857282, 0.5315553977157913
    };

    /** The eye that steps along the axes lead to from one. */
    private double[] better(double[] from, double first, double extent) {
        double[] e = from;
        e[3] = left(e);
        for (double h = first; h > FINE * extent; ) {
            boolean moved = false;
            for (int k = 0; k < 6; k++) {
                double[] f = e.clone();
                f[k / 2] += k % 2 == 0 ? h : -h;
                f[3] = left(f);
                if (f[3] < e[3]) {
                    e = f;
                    moved = true;
                }
            }
            h = moved ? h : h / 2;
        }
        return e;
    }

    /** How unlike the proportion is under an eye: 0 where it is the same all over, 1 where nothing is seen. */
    private double left(double[] e) {
        int n = 0;
        for (int g = 0; g < groups; g++) {
            double sum = 0;
            int seen = 0;
            for (int i = g * GROUP; i < g * GROUP + GROUP; i++) {
                double dx = e[0] - place[3 * i];
                double dy = e[1] - place[3 * i + 1];
                double dz = e[2] - place[3 * i + 2];
                double d2 = dx * dx + dy * dy + dz * dz;
                double c = normal[3 * i] * dx + normal[3 * i + 1] * dy + normal[3 * i + 2] * dz;
                double d = Math.sqrt(d2);
                if (c < GRAZED * d || d2 == 0) {
                    continue;
                }
                double flat = raster ? Math.max(0.05, Math.sqrt(dx * dx + dy * dy) / d) : 1;
                sum += density[i] + Math.log(d2 * d * flat / c);
                seen++;
            }
            if (2 * seen >= GROUP) {
                level[n++] = sum / seen;
            }
        }
        if (3 * n < groups) {
            return 1;
        }
        Arrays.sort(level, 0, n);
        double middle = level[n / 2];
        double sum = groups - n;
        for (int i = 0; i < n; i++) {
            double off = (level[i] - middle) / OFF;
            sum += Math.min(1, off * off);
        }
        return sum / groups;
    }
}
