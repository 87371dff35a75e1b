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

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/** Thirty surveys of known noise. */
class NoiseTruthTest {
    private static final double MM = 1e-3;
    private static final double[] DOWN = {0, 0, -1};
    private static final double[] O = {0, 0, 0};

    /** How a survey must come out. */
    enum Must {
        /** Within 10 %, and not called a bound. */
        VALUE,
        /** Within 10 % or a true bound. */
        EITHER
    }

    record Case(Must must, Supplier<VirtualSurvey> make) {}

    /** A fan of rays on a plane through the place at {@code range} in front, seen at an incidence. */
    static VirtualSurvey panel(
            long seed, double range, double degrees, double spacing, int side, double sigma, double jitter) {
        double a = Math.toRadians(degrees);
        double half = spacing / range * (side - 1) / 2;
        return new VirtualSurvey(seed, 0)
                .scan(
                        new double[] {0.3, -0.2, 0.1},
                        true,
                        plane(new double[] {0.3 + range, -0.2, 0.1}, unit(Math.cos(a), Math.sin(a), 0.1)),
                        fan(new double[] {1, 0, 0}, half, half, side, side, jitter),
                        sigma,
                        0);
    }

    static Map<String, Case> cases() {
        Map<String, Case> c = new LinkedHashMap<>();
        value(c, "plane 0 deg, 2 m, 5 mm, 0.2 mm", () -> panel(1, 2, 0, 5 * MM, 120, 0.2 * MM, 0));
        value(c, "plane 45 deg, 2 m, 5 mm, 1 mm", () -> panel(2, 2, 45, 5 * MM, 120, 1 * MM, 0.5));
        value(c, "plane 75 deg, 3 m, 4 mm, 1 mm", () -> panel(3, 3, 75, 4 * MM, 120, 1 * MM, 0));
        value(c, "plane 75 deg, 3 m, 4 mm, 5 mm", () -> panel(4, 3, 75, 4 * MM, 120, 5 * MM, 1));
        value(c, "plane 30 deg, 1 m, 1 mm, 5 mm", () -> panel(5, 1, 30, 1 * MM, 200, 5 * MM, 1));
        value(c, "plane 0 deg, 0.5 m, 0.5 mm, 2.5 mm", () -> panel(6, 0.5, 0, 0.5 * MM, 200, 2.5 * MM, 0));
        value(c, "plane 20 deg, 50 m, 50 mm, 1 mm", () -> panel(7, 50, 20, 50 * MM, 100, 1 * MM, 0));
        value(c, "plane 0 deg, 50 m, 50 mm, 5 mm", () -> panel(8, 50, 0, 50 * MM, 60, 5 * MM, 0));
        value(c, "1600 points, 1 mm", () -> panel(9, 2, 10, 10 * MM, 40, 1 * MM, 0.3));
        value(c, "600 points, 1 mm", () -> panel(10, 2, 10, 10 * MM, 25, 1 * MM, 0.3));
        value(
                c,
                "room, grid 8 x 8 mrad, 1 mm",
                () -> new VirtualSurvey(11, 0)
                        .scan(new double[] {1.5, 2, 1.6}, true, box(4, 5, 3), grid(0.008, 0.008, -1.2, 1.5), MM, 0));
        value(
                c,
                "room, grid 3 x 12 mrad, 2 mm",
                () -> new VirtualSurvey(12, 0)
                        .scan(
                                new double[] {1.5, 2, 1.6},
                                true,
                                box(4, 5, 3),
                                grid(0.003, 0.012, -1.2, 1.5),
                                2 * MM,
                                0));
        value(
                c,
                "room, grid 12 mrad, spikes of 1 %",
                () -> new VirtualSurvey(13, 0)
                        .scan(new double[] {1.5, 2, 1.6}, true, box(4, 5, 3), grid(0.012, 0.012, -1.2, 1.5), MM, 0.01));
        value(
                c,
                "two rooms' stations, 0.3 and 4 mm",
                () -> new VirtualSurvey(14, 0)
                        .scan(new double[] {1.5, 2, 1.6}, true, box(4, 5, 3), grid(0.01, 0.01, -1.2, 1.5), 0.3 * MM, 0)
                        .scan(
                                new double[] {2.5, 3, 1.5},
                                true,
                                box(4, 5, 3),
                                grid(0.014, 0.014, -1.2, 1.5),
                                4 * MM,
                                0));
        value(
                c,
                "close-up 0.5 mm among 10 mm",
                () -> new VirtualSurvey(15, 0)
                        .scan(new double[] {2, 2, 1.6}, true, box(4, 5, 3), grid(0.005, 0.005, -1.0, 1.3), MM, 0)
                        .scan(
                                new double[] {3.4, 2.1, 1.4},
                                true,
                                box(4, 5, 3),
                                fan(new double[] {1, 0, 0}, 0.1, 0.1, 240, 240, 0.3),
                                0.2 * MM,
                                0));
        value(
                c,
                "cylinder 2 m, 1 mm",
                () -> new VirtualSurvey(16, 0)
                        .scan(new double[] {0.5, 0, 0}, true, cylinder(2), grid(0.006, 0.006, -0.6, 0.6), MM, 0));
        value(
                c,
                "ball 0.5 m, 0.5 mm",
                () -> new VirtualSurvey(17, 0)
                        .scan(
                                O,
                                true,
                                ball(new double[] {2, 0, 0}, 0.5),
                                fan(new double[] {1, 0, 0}, 0.26, 0.26, 200, 200, 0),
                                0.5 * MM,
                                0));
        value(
                c,
                "random, hole, spikes, 3 mm",
                () -> new VirtualSurvey(18, 0)
                        .scan(
                                O,
                                true,
                                plane(new double[] {0, 0, -2}, unit(0.3, 0.2, 1)),
                                random(DOWN, 0.4, 20_000, 0.1),
                                3 * MM,
                                0.01));
        value(
                c,
                "no eye, across, 1 mm at 5 mm",
                () -> new VirtualSurvey(19, 0)
                        .scan(
                                new double[] {0, 0, 2},
                                false,
                                plane(O, new double[] {0, 0, 1}),
                                random(DOWN, 0.3, 20_000, 0),
                                MM,
                                0,
                                false));
        value(
                c,
                "no eye, across, 5 mm at 3 mm, spikes",
                () -> new VirtualSurvey(20, 0)
                        .scan(
                                new double[] {0, 0, 2},
                                false,
                                plane(O, new double[] {0, 0, 1}),
                                random(DOWN, 0.3, 50_000, 0),
                                5 * MM,
                                0.01,
                                false));
        value(
                c,
                "no eye, across, 5 mm at 1 mm",
                () -> new VirtualSurvey(21, 0)
                        .scan(
                                new double[] {0, 0, 2},
                                false,
                                plane(O, new double[] {0, 0, 1}),
                                random(DOWN, 0.1, 50_000, 0),
                                5 * MM,
                                0,
                                false));
        value(c, "rounded to 0.1 mm, 0.2 mm, 45 deg", () -> {
            VirtualSurvey v = new VirtualSurvey(22, 0.1 * MM);
            return v.scan(
                    O,
                    true,
                    plane(new double[] {0, 0, -2}, unit(1, 0, 1)),
                    fan(DOWN, 0.3, 0.3, 150, 150, 0),
                    0.2 * MM,
                    0);
        });
        value(
                c,
                "rounded to 1 mm, 2 mm",
                () -> new VirtualSurvey(23, MM)
                        .scan(
                                O,
                                true,
                                plane(new double[] {0, 0, -2}, unit(0.3, 0, 1)),
                                fan(DOWN, 0.3, 0.3, 150, 150, 0),
                                2 * MM,
                                0));
        value(c, "long waves 0.5 m of 20 mm, 1 mm", () -> relief(24, waves(0.5, 20 * MM), 5 * MM, MM));
        either(c, "waves 100 mm of 2 mm, 1 mm at 5 mm", () -> relief(25, waves(0.1, 2 * MM), 5 * MM, MM));
        either(c, "waves 40 mm of 1 mm, 1 mm at 5 mm", () -> relief(26, waves(0.04, MM), 5 * MM, MM));
        either(c, "waves 20 mm of 1 mm, 0.5 mm at 5 mm", () -> relief(27, waves(0.02, MM), 5 * MM, 0.5 * MM));
        either(
                c,
                "rough 0.5 m to 8 mm, H 0.8, 10 mm, 1 mm",
                () -> relief(28, rough(0.5, 0.008, 10 * MM, 0.8), 5 * MM, MM));
        either(
                c,
                "rough 0.5 m to 8 mm, H 0.6, 20 mm, 0.3 mm",
                () -> relief(29, rough(0.5, 0.008, 20 * MM, 0.6), 5 * MM, 0.3 * MM));
        either(
                c,
                "rough 0.3 m to 4 mm, H 0.9, 3 mm, 3 mm",
                () -> relief(30, rough(0.3, 0.004, 3 * MM, 0.9), 4 * MM, 3 * MM));
        return c;
    }

    private static VirtualSurvey relief(
            long seed, java.util.function.DoubleBinaryOperator h, double spacing, double s) {
        double half = spacing * 75 / 2;
        return new VirtualSurvey(seed, 0)
                .scan(new double[] {0, 0, 2}, true, field(h, 0.15), fan(DOWN, half, half, 150, 150, 0.4), s, 0);
    }

    private static void value(Map<String, Case> c, String name, Supplier<VirtualSurvey> make) {
        c.put(name, new Case(Must.VALUE, make));
    }

    private static void either(Map<String, Case> c, String name, Supplier<VirtualSurvey> make) {
        c.put(name, new Case(Must.EITHER, make));
    }

    public static void main(String[] args) {
        for (Map.Entry<String, Case> e : cases().entrySet()) {
            VirtualSurvey v = e.getValue().make.get();
            long t = System.nanoTime();
            var stats = v.stats(20_000);
            double ms = (System.nanoTime() - t) / 1e6;
            for (StationStats s : stats) {
                double truth = v.noise.get(s.station());
                double[] gap = v.spacing(s.station());
                boolean good = s.bound()
                        ? s.noise() >= truth && e.getValue().must == Must.EITHER
                        : Math.abs(s.noise() / truth - 1) < 0.1;
                boolean gaps = Math.abs(s.spacing().median() / gap[0] - 1) < 0.1
                        && Math.abs(s.spacing().p95() / gap[1] - 1) < 0.1;
                System.out.printf(
                        Locale.ROOT,
                        "%-45s %7d  noise %.3f %s %.3f (%+.1f %%) n %d  spacing %.2f %.2f  p95 %.2f %.2f %s%s %.0f ms%n",
                        e.getKey(),
                        s.points(),
                        1e3 * truth,
                        s.bound() ? "<=" : "= ",
                        1e3 * s.noise(),
                        100 * (s.noise() / truth - 1),
                        s.samples(),
                        1e3 * gap[0],
                        1e3 * s.spacing().median(),
                        1e3 * gap[1],
                        1e3 * s.spacing().p95(),
                        good ? "" : " BAD NOISE",
                        gaps ? "" : " BAD SPACING",
                        ms);
            }
        }
    }
}
