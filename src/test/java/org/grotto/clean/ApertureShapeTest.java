package org.grotto.clean;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Objects;
import org.grotto.sight.RangeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which places a mirror of known outline reflects: what lies behind it, what beside it, and in its gaps. */
class ApertureShapeTest {
    private static final MirrorPlane PLANE = MirrorPlane.of(0.8, -0.6, 0, 0.3);
    private static final List<RangeMap> NOBODY = List.of();

    private final double[] uv = new double[2];

    /** Three walls, the first so wide that images lie behind the frame, too. */
    private static MirrorBench room(MirrorBench.Shape shape) {
        return walls(new MirrorBench(PLANE, 0.2, 0.1, 1.6).shape(shape)).rim((i, j, u, v) -> 0);
    }

    private static MirrorBench walls(MirrorBench b) {
        return b.wall(new double[] {-2.7, -2.7, 3}, new double[] {5.4, 0, 0}, new double[] {0, 5.4, 0}, 0.08)
                .wall(new double[] {-1.9, -1.5, 1}, new double[] {0.7, 0, 1.8}, new double[] {0, 3, 0}, 0.08)
                .wall(new double[] {1.7, -1.4, 0.8}, new double[] {-0.4, 0.3, 1.7}, new double[] {0.2, 2.6, 0}, 0.08);
    }

    /** Two walls that meet above the mirror. */
    private static MirrorBench wedge(double eye, MirrorBench.Shape shape) {
        double[] along = {0, 5.4, 0};
        return new MirrorBench(PLANE, eye, 0, 1.6)
                .shape(shape)
                .wall(new double[] {-2.7, -2.7, 1.9}, new double[] {2.7, 0, 1.2}, along, 0.07)
                .wall(new double[] {0, -2.7, 3.1}, new double[] {2.7, 0, -0.8}, along, 0.07);
    }

    private static boolean square(double u, double v) {
        return Math.max(Math.abs(u), Math.abs(v)) < MirrorBench.HALF;
    }

    private static Aperture found(MirrorBench b) {
        return Objects.requireNonNull(b.aperture(b.plane));
    }

    /** Whether the place at a height that is seen through a place of the plane is a reflection. */
    private boolean reflects(
            MirrorBench b, Aperture a, Glance.Match m, List<RangeMap> maps, double u, double v, double w) {
        double[] p = b.through(u, v, w);
        return a.reflected(0, p[0], p[1], p[2], m, maps, uv);
    }

    /** Whatever it is, and by 3 mm at the least; nothing that is seen past the mirror but for images at its rim. */
    @Test
    void allBehindItIsReflectedAndNothingPastIt() {
        MirrorBench b = room(ApertureShapeTest::square);
        Aperture a = found(b);
        Glance.Match m = b.glance().new Match();
        for (double u = -1.1; u < 1.2; u += 0.1) {
            for (double v = -1.1; v < 1.2; v += 0.1) {
                double out = Math.max(Math.abs(u), Math.abs(v));
                for (double w : new double[] {-4, -0.5, -0.0031, -0.0029, 0, 0.3}) {
                    boolean is = reflects(b, a, m, NOBODY, u, v, w);
                    if (out < 0.45) {
                        assertThat(is).as("%s, %s, %s", u, v, w).isEqualTo(w < -0.003);
                    }
                    if (out > 0.95 || w > -0.003) {
                        assertThat(is).as("%s, %s, %s", u, v, w).isFalse();
                    }
                }
            }
        }
        // beside it by less than three cells of some 0.07 m: what has an image, and that alone
        for (double[] at : new double[][] {{0.72, 0.3}, {-0.72, 0.2}, {0.1, 0.72}, {-0.2, -0.72}}) {
            assertThat(reflects(b, a, m, NOBODY, at[0], at[1], -3)).isTrue();
            assertThat(reflects(b, a, m, NOBODY, at[0], at[1], -2.8)).isFalse();
            assertThat(reflects(b, a, m, NOBODY, 1.5 * at[0], 1.5 * at[1], -3)).isFalse();
        }
    }

    /** With noise what lies behind it by less than five times that may lie in it. */
    @Test
    void noiseHidesWhatIsRightBehind() {
        MirrorBench b = room(ApertureShapeTest::square).noise(0.002);
        Aperture a = found(b);
        Glance.Match m = b.glance().new Match();
        assertThat(reflects(b, a, m, NOBODY, 0.1, -0.2, -0.0105)).isTrue();
        assertThat(reflects(b, a, m, NOBODY, 0.1, -0.2, -0.0095)).isFalse();
    }

    /** A ring: in its middle what nobody looked through is reflected, as the backs of things are. */
    @Test
    void aGapReflectsWhatNobodyLookedThrough() {
        MirrorBench b = room((u, v) -> square(u, v) && Math.max(Math.abs(u), Math.abs(v)) > 0.34);
        Aperture a = found(b);
        Glance.Match m = b.glance().new Match();
        List<RangeMap> maps = b.maps();
        for (double u = -0.1; u < 0.11; u += 0.05) {
            for (double v = -0.1; v < 0.11; v += 0.05) {
                assertThat(reflects(b, a, m, NOBODY, u, v, -2)).isTrue();
                assertThat(reflects(b, a, m, maps, u, v, -2))
                        .as("before the wall")
                        .isFalse();
                assertThat(reflects(b, a, m, maps, u, v, -2.95))
                        .as("all but at")
                        .isTrue();
                assertThat(reflects(b, a, m, maps, u, v, -3)).as("at the wall").isTrue();
                assertThat(reflects(b, a, m, maps, u, v, -3.4))
                        .as("behind the wall")
                        .isTrue();
            }
        }
    }

    /** Within the outline's hull gaps belong to it, outside they do not: half a disc, and what it lacks of a square. */
    @ParameterizedTest
    @CsvSource({"1, 0", "-1, 0", "0, 1", "0, -1", "0.6, 0.8", "-0.8, 0.6"})
    void theHullOfAHalfDiscIsTheHalfDisc(double x, double y) {
        MirrorBench.Shape half = (u, v) -> Math.hypot(u, v) < 0.6 && u * x + v * y > -0.05;
        MirrorBench b = wedge(0.1, half);
        for (double u = -1; u < 1.01; u += 0.025) {
            for (double v = -1; v < 1.01; v += 0.025) {
                if (!half.shows(u, v)) {
                    b.point(u, v, 0);
                }
            }
        }
        Aperture a = found(b);
        Glance.Match m = b.glance().new Match();
        for (double u = -0.55; u < 0.6; u += 0.1) {
            for (double v = -0.55; v < 0.6; v += 0.1) {
                double inside = Math.min(0.6 - Math.hypot(u, v), u * x + v * y + 0.05);
                if (inside > 0.15 || inside < -0.3) {
                    assertThat(reflects(b, a, m, NOBODY, u, v, -2.2))
                            .as("%s, %s", u, v)
                            .isEqualTo(inside > 0);
                }
            }
        }
    }

    /** Five metres along its plane from where the axes begin, started with half a millimetre and a twentieth degree off. */
    @Test
    void aMirrorIsFoundFarAlongItsPlane() {
        double[] m = {5, -3};
        MirrorBench b = new MirrorBench(PLANE, m[0] + 0.2, m[1], 1.6).shape((u, v) -> square(u - m[0], v - m[1]));
        b.wall(new double[] {m[0] - 2.7, m[1] - 2.7, 1.9}, new double[] {2.7, 0, 1.2}, new double[] {0, 5.4, 0}, 0.07)
                .wall(
                        new double[] {m[0], m[1] - 2.7, 3.1},
                        new double[] {2.7, 0, -0.8},
                        new double[] {0, 5.4, 0},
                        0.07);
        for (double u = -1; u < 1.01; u += 0.025) {
            for (double v = -1; v < 1.01; v += 0.025) {
                if (!square(u, v)) {
                    b.point(m[0] + u, m[1] + v, 0);
                }
            }
        }
        double[] n = new double[3];
        for (int k = 0; k < 3; k++) {
            n[k] = PLANE.n()[k] + 0.0009 * PLANE.t()[k];
        }
        double[] at = PLANE.at(m[0], m[1]);
        double d = n[0] * at[0] + n[1] * at[1] + n[2] * at[2] + 0.0005;
        Aperture a = Objects.requireNonNull(b.aperture(MirrorPlane.of(n[0], n[1], n[2], d)));
        assertThat(a.plane().n()).containsExactly(PLANE.n(), within(1e-4));
        assertThat(a.reflection().centre()).containsExactly(MirrorBench.told(at), within(0.04));
    }

    /** A third shows a thing at a height of which only the back is seen, in the mirror: how wide and how high it is. */
    private static double[] size(double height, int axis, int side) {
        MirrorBench.Shape third = (u, v) -> side * (axis == 0 ? u : v) > 0.2;
        MirrorBench b = wedge(0, (u, v) -> square(u, v) && !third.shows(u, v)).rim((i, j, u, v) -> 0);
        for (double u = -0.59; u < 0.6; u += 0.02) {
            for (double v = -0.59; v < 0.6; v += 0.02) {
                double f = (1.6 - height) / 1.6;
                if (third.shows(u, v)) {
                    b.point(f * u, f * v, height);
                }
            }
        }
        Reflection r = found(b).reflection();
        return new double[] {r.width(), r.height()};
    }

    /** The walls stand 2.3 m before it and more: nobody looked through what is further, and what is nearer would be seen. */
    @ParameterizedTest
    @CsvSource({"0, 1", "0, -1", "1, 1", "1, -1"})
    void whatOnlyTheMirrorShowsBelongsToIt(int axis, int side) {
        double[] all = size(-3.5, axis, side);
        assertThat(all[axis]).isBetween(1.15, 1.45);
        assertThat(all[1 - axis]).isBetween(1.15, 1.45);
        assertThat(size(-2.2, axis, side)[axis]).as("looked through").isBetween(0.75, 1.0);
        assertThat(size(-0.15, axis, side)[axis]).as("right behind").isBetween(0.75, 1.0);
    }
}
