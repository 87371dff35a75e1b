package org.grotto.clean;

import static org.grotto.clean.VirtualSurvey.ball;
import static org.grotto.clean.VirtualSurvey.box;
import static org.grotto.clean.VirtualSurvey.cylinder;
import static org.grotto.clean.VirtualSurvey.fan;
import static org.grotto.clean.VirtualSurvey.field;
import static org.grotto.clean.VirtualSurvey.grid;
import static org.grotto.clean.VirtualSurvey.plane;
import static org.grotto.clean.VirtualSurvey.random;
import static org.grotto.clean.VirtualSurvey.rough;
import static org.grotto.clean.VirtualSurvey.unit;
import static org.grotto.clean.VirtualSurvey.waves;

import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.Random;
import java.util.function.DoubleBinaryOperator;
import org.grotto.geometry.Cloud;
import org.grotto.geometry.KdTree;
import org.grotto.geometry.PlaneFit;

/**
 * Prints noise and spacing of virtual surveys that nothing was chosen by, against what was put in: a main class for more
 * seeds than tests have time for. {@code FROM TO}: ten seeds are two planes, two rooms, a cylinder, a ball, points
 * without an eye, two reliefs of waves and one of octaves; noise of 0.2 to 5 mm, spacing, size and incidence hang on the
 * seed. A station is right within 10 % of both, or with a true bound where relief adds 30 % of the noise or more.
 */
final class NoiseSweep {
    private static final double[] DOWN = {0, 0, -1};
    /** Neighbours of the planes that relief is told by, and the place itself. */
    private static final int AROUND = 9;
    /** Degrees of freedom that a plane leaves of these. */
    private static final int FREE = AROUND - 3;

    private NoiseSweep() {}

    public static void main(String[] args) {
        int stations = 0;
        int bounds = 0;
        int wrong = 0;
        for (long seed = Long.parseLong(args[0]); seed < Long.parseLong(args[1]); seed++) {
            VirtualSurvey v = survey(seed, 1);
            VirtualSurvey bare = survey(seed, 1e-9);
            for (StationStats s : v.stats(20_000)) {
                double truth = v.noise.get(s.station());
                double relief = relief(bare, s.station()) / truth;
                double gap = s.spacing().median() / v.spacing(s.station())[0];
                boolean right = Math.abs(gap - 1) <= 0.1
                        && (s.bound() ? relief >= 0.3 && s.noise() >= truth : Math.abs(s.noise() / truth - 1) <= 0.1);
                stations++;
                bounds += s.bound() ? 1 : 0;
                wrong += right ? 0 : 1;
                System.out.printf(
                        Locale.ROOT,
                        "%s%d station %d: noise %.3f mm, found %.3f of it%s, relief %.2f of it; spacing found %.3f of it%n",
                        right ? "" : "WRONG ",
                        seed,
                        s.station(),
                        1e3 * truth,
                        s.noise() / truth,
                        s.bound() ? " (bound)" : "",
                        relief,
                        gap);
            }
        }
        System.out.printf("stations %d, of them with a bound %d, wrong %d%n", stations, bounds, wrong);
    }

    /** The survey of a seed, its noise multiplied. */
    private static VirtualSurvey survey(long seed, double times) {
        Random r = new Random(seed * 7919 + 13);
        double noise = times * millimetres(r, 0.2, 5);
        VirtualSurvey v = new VirtualSurvey(seed, 0);
        switch ((int) (seed % 10)) {
            case 0, 1 -> panel(v, r, noise);
            case 2 -> room(v, r, noise);
            case 3 -> room(v, r, noise, times * millimetres(r, 0.2, 5));
            case 4 -> {
                double radius = 1 + 3 * r.nextDouble();
                double step = 0.004 + 0.006 * r.nextDouble();
                double[] eye = {0.4 * radius * r.nextDouble(), 0, 0};
                v.scan(eye, true, cylinder(radius), grid(step, step, -0.6, 0.6), noise, 0);
            }
            case 5 -> {
                double radius = 0.3 + 0.7 * r.nextDouble();
                int side = 150 + r.nextInt(100);
                double wide = 0.47 * radius;
                v.scan(
                        new double[3],
                        true,
                        ball(new double[] {2, 0, 0}, radius),
                        fan(new double[] {1, 0, 0}, wide, wide, side, side, r.nextDouble()),
                        noise,
                        0);
            }
            case 6 ->
                v.scan(
                        new double[] {0, 0, 2},
                        false,
                        plane(new double[3], new double[] {0, 0, 1}),
                        random(DOWN, 0.1 + 0.4 * r.nextDouble(), 10_000 + r.nextInt(30_000), 0),
                        noise,
                        0.01 * r.nextInt(2),
                        false);
            case 7 -> stone(v, r, waves(0.05 + 0.45 * r.nextDouble(), millimetres(r, 1, 20)), noise);
            case 8 -> stone(v, r, waves(0.015 + 0.05 * r.nextDouble(), millimetres(r, 0.2, 2)), noise);
            default -> stone(v, r, rough(0.5, 0.006, millimetres(r, 2, 30), 0.5 + 0.45 * r.nextDouble()), noise);
        }
        return v;
    }

    /** So many millimetres in metres, as likely to be in any octave between two values. */
    private static double millimetres(Random r, double least, double most) {
        return 1e-3 * least * Math.pow(most / least, r.nextDouble());
    }

    private static void panel(VirtualSurvey v, Random r, double noise) {
        double range = 0.5 * Math.pow(60, r.nextDouble());
        double tilt = Math.toRadians(75 * r.nextDouble());
        double spacing = millimetres(r, 0.5, 30) * (range > 5 ? 2 : 1);
        int side = 60 + r.nextInt(120);
        double half = Math.min(0.6, spacing / range * (side - 1) / 2);
        v.scan(
                new double[3],
                true,
                plane(new double[] {range, 0, 0}, unit(Math.cos(tilt), Math.sin(tilt), 0.1 * r.nextDouble())),
                fan(new double[] {1, 0, 0}, half, half, side, side, r.nextBoolean() ? 0 : r.nextDouble()),
                noise,
                r.nextInt(3) == 0 ? 0.01 : 0);
    }

    private static void room(VirtualSurvey v, Random r, double... noises) {
        double x = 2 + 6 * r.nextDouble();
        double y = 2 + 6 * r.nextDouble();
        double z = 2.2 + 3 * r.nextDouble();
        for (double noise : noises) {
            double az = 0.005 + 0.012 * r.nextDouble();
            double el = az * (0.5 + r.nextDouble());
            double[] eye = {
                x * (0.25 + 0.5 * r.nextDouble()), y * (0.25 + 0.5 * r.nextDouble()), 1.2 + 0.8 * r.nextDouble()
            };
            v.scan(eye, true, box(x, y, z), grid(az, el, -1.2, 1.5), noise, r.nextInt(3) == 0 ? 0.01 : 0);
        }
    }

    private static void stone(VirtualSurvey v, Random r, DoubleBinaryOperator h, double noise) {
        double half = (0.002 + 0.006 * r.nextDouble()) * 75 / 2;
        v.scan(new double[] {0, 0, 2}, true, field(h, 0.2), fan(DOWN, half, half, 150, 150, 0.4), noise, 0);
    }

    /** What relief alone adds at a station without noise: the median scatter about planes of the nearest, metres. */
    private static double relief(VirtualSurvey bare, int station) {
        Cloud c = bare.cloud(true);
        int[] own = Stations.members(Objects.requireNonNull(c.station()), bare.stations.size())[station];
        KdTree.Query q = KdTree.of(c, own).query();
        PlaneFit plane = new PlaneFit();
        double[] square = new double[own.length];
        int n = 0;
        for (int k = 0; k < own.length; k += 7) {
            int i = own[k];
            int found = q.nearestAt(c.x[i], c.y[i], c.z[i], AROUND, Double.POSITIVE_INFINITY);
            plane.clear();
            for (int j = 0; j < found; j++) {
                int p = q.index[j];
                plane.add(1, c.px(p) - c.px(i), c.py(p) - c.py(i), c.pz(p) - c.pz(i));
            }
            if (plane.solve()) {
                square[n++] = plane.least;
            }
        }
        Arrays.sort(square, 0, n);
        return Math.sqrt(square[n / 2] * AROUND / FREE);
    }
}
