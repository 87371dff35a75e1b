package org.grotto.clean;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
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
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.DoubleBinaryOperator;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Noise and spacing of thirty virtual surveys are what was put in, or a true bound where relief hides the noise. */
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

    private static VirtualSurvey relief(long seed, DoubleBinaryOperator h, double spacing, double s) {
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

    static List<String> names() {
        return List.copyOf(cases().keySet());
    }

    @ParameterizedTest
    @MethodSource("names")
    void noiseAndSpacingAreWhatWasPutIn(String name) {
        Case c = Objects.requireNonNull(cases().get(name));
        VirtualSurvey survey = c.make.get();
        for (StationStats s : survey.stats(20_000)) {
            double truth = survey.noise.get(s.station());
            if (c.must == Must.EITHER && s.bound()) {
                assertThat(s.noise()).isGreaterThanOrEqualTo(truth);
            } else {
                assertThat(s.bound()).isFalse();
                assertThat(s.noise()).isCloseTo(truth, within(0.1 * truth));
            }
            double[] gap = survey.spacing(s.station());
            assertThat(s.spacing().median()).isCloseTo(gap[0], within(0.1 * gap[0]));
            assertThat(s.spacing().p95()).isCloseTo(gap[1], within(0.1 * gap[1]));
        }
    }

    /** How regions are cut changes no bit. */
    @Test
    void regionsChangeNothing() {
        VirtualSurvey v = Objects.requireNonNull(cases().get("two rooms' stations, 0.3 and 4 mm"))
                .make
                .get();
        assertThat(v.stats(3000)).isEqualTo(v.stats(Integer.MAX_VALUE));
    }

    /** Without stations all points are one cloud, and its noise is across the surface. */
    @Test
    void aCloudWithoutStationsHasNoiseToo() {
        StationStats s = Objects.requireNonNull(cases().get("no eye, across, 1 mm at 5 mm"))
                .make
                .get()
                .whole();
        assertThat(s.bound()).isFalse();
        assertThat(s.alongBeam()).isFalse();
        assertThat(s.noise()).isCloseTo(MM, within(0.1 * MM));
    }

    /** Leaves: points evenly through a layer are no scanner's noise, however white. */
    @Test
    void scatterOfNoNormalLawIsABound() {
        VirtualSurvey v = new VirtualSurvey(40, 0);
        Random r = new Random(3);
        v.scan(
                new double[] {0, 0, 2},
                true,
                (eye, ray) -> (-2 + 0.1 * r.nextDouble()) / ray[2],
                random(DOWN, 0.4, 20_000, 0),
                MM,
                0);
        StationStats s = v.stats(20_000).get(0);
        assertThat(s.bound()).isTrue();
        assertThat(s.noise()).isGreaterThan(MM);
    }

    /** Two sheets 60 mm apart, seen by nobody known: the noise is each sheet's own. */
    @Test
    void twoLayersAreNotTakenForNoise() {
        VirtualSurvey v = new VirtualSurvey(41, 0);
        Random r = new Random(3);
        v.scan(
                new double[] {0, 0, 20},
                false,
                (eye, ray) -> (r.nextBoolean() ? -20 : -20.06) / ray[2],
                random(DOWN, 0.04, 30_000, 0),
                MM,
                0);
        StationStats s = v.stats(20_000).get(0);
        assertThat(s.noise()).isCloseTo(MM, within(0.1 * MM));
    }

    /** Of 40 points nothing is known, and of 20 times as many something. */
    @Test
    void fewPointsTellNothing() {
        assertThat(panel(42, 2, 10, 0.01, 6, MM, 0.3).stats(1000).get(0).noise())
                .isNaN();
        assertThat(panel(43, 2, 10, 0.01, 28, MM, 0.3).stats(1000).get(0).noise())
                .isCloseTo(MM, within(0.1 * MM));
    }
}
