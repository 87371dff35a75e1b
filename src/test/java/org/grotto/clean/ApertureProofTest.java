package org.grotto.clean;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How much it takes to prove a mirror, and how little undoes the proof: scenes on either side of each border. */
class ApertureProofTest {
    /** Far from the lattice's origin, as surveys are. */
    private static final MirrorPlane PLANE = MirrorPlane.of(0.8, -0.6, 0, -35);

    private static final MirrorPlane WATER = MirrorPlane.of(0.012, -0.009, 1, -60);

    private static MirrorBench room() {
        return MirrorBench.room(PLANE, 0.06);
    }

    private static MirrorBench framed() {
        return room().rim((i, j, u, v) -> 0);
    }

    private static boolean found(MirrorBench b) {
        return b.aperture(b.plane) != null;
    }

    // --- what is seen

    @Test
    void whereNothingIsSeenThereIsNoMirror() {
        MirrorBench b = new MirrorBench(PLANE, 0.2, 0.1, 1.6);
        b.wall(new double[] {3, 3, 2}, new double[] {3, 0, 0}, new double[] {0, 3, 1}, 0.1);
        assertThat(found(b)).as("nothing behind it").isFalse();
        for (int k = 0; k < 9; k++) {
            b.point(0.1 * (k % 3), 0.1 * (k / 3), -2);
        }
        assertThat(found(b)).as("nine points behind it").isFalse();
    }

    /** A mirror of less than 0.2 square metres is none. */
    @ParameterizedTest
    @CsvSource({"0.16, false", "0.28, true"})
    void aMirrorHasASize(double half, boolean is) {
        MirrorBench b = new MirrorBench(PLANE, 0.1, 0, 1.6).shape((u, v) -> Math.max(Math.abs(u), Math.abs(v)) < half);
        b.wall(new double[] {-1.2, -1.2, 1.9}, new double[] {1.2, 0, 1.2}, new double[] {0, 2.4, 0}, 0.025)
                .wall(new double[] {0, -1.2, 3.1}, new double[] {1.2, 0, -0.8}, new double[] {0, 2.4, 0}, 0.025);
        for (double u = -half; u < half; u += 0.05) {
            for (double v = -half; v < half; v += 0.05) {
                b.point(u, v, 0);
            }
        }
        assertThat(found(b)).isEqualTo(is);
    }

    /** Another station sees what is behind through the mirror, too; or from behind, and then it is a room. */
    @ParameterizedTest
    @CsvSource({"-0.3, 0.2, 1.9, true", "0, 0, -1, false"})
    void whatIsSeenOnAnotherWayIsReal(double u, double v, double w, boolean is) {
        MirrorBench b = framed().from(u, v, w);
        for (double x = -1.5; x < 1.5; x += 0.07) {
            for (double y = -1.5; y < 1.5; y += 0.07) {
                double[] uv = new double[2];
                double[] p = b.world(x, y, -3);
                b.plane.cross(b.world(u, v, w), p[0], p[1], p[2], 0, uv);
                if (w < 0 || Math.max(Math.abs(uv[0]), Math.abs(uv[1])) < MirrorBench.HALF) {
                    b.point(x, y, -3);
                }
            }
        }
        assertThat(found(b)).isEqualTo(is);
    }

    /** What others see of a few of the images without the mirror may be an error of theirs; of a good part it is a hall. */
    @ParameterizedTest
    @CsvSource({"0.15, true", "0.6, false"})
    void aLittleMayBeSeenOnAnotherWay(double share, boolean is) {
        MirrorBench b = framed().from(0, 0, -1);
        for (double x = -1.5; x < 3 * share - 1.5; x += 0.07) {
            for (double y = -1.5; y < 1.5; y += 0.07) {
                b.point(x, y, -3);
            }
        }
        assertThat(found(b)).isEqualTo(is);
    }

    /** An eye a foot before the mirror sees it as well as one in the room. */
    @Test
    void anEyeMayStandCloseBeforeIt() {
        MirrorBench b = new MirrorBench(PLANE, 0.2, 0.1, 0.3)
                .wall(new double[] {-4, -4, 3}, new double[] {8, 0, 0}, new double[] {0, 8, 0}, 0.12)
                .wall(new double[] {-1.9, -1.5, 1}, new double[] {0.7, 0, 1.8}, new double[] {0, 3, 0}, 0.08)
                .wall(new double[] {1.7, -1.4, 0.8}, new double[] {-0.4, 0.3, 1.7}, new double[] {0.2, 2.6, 0}, 0.08)
                .rim((i, j, u, v) -> 0);
        assertThat(found(b)).isTrue();
    }

    /**
     * Points that are images of nothing: a twentieth where the eye looked through the image's place, a seventh where nobody
     * did, behind the walls; more is a hall with things in it.
     */
    @ParameterizedTest
    @CsvSource({"0.04, 0.7, true", "0.09, 0.7, false", "0.09, 4.2, true", "0.5, 4.2, false"})
    void nearlyAllIsAnImage(double share, double deep, boolean is) {
        MirrorBench b = framed();
        int n = (int) (share * 3500);
        for (int k = 0; k < n; k++) {
            double u = 1.1 * (k * 0.6180339887 % 1) - 0.55;
            double v = 1.1 * (k * 0.7548776662 % 1) - 0.55;
            double w = -deep - 0.3 * Math.sin(9 * u);
            double[] p = b.plane.along(b.through(u, v, w));
            b.point(p[0], p[1], w);
        }
        assertThat(found(b)).isEqualTo(is);
    }

    // --- what a glance tells: all points are gone through twice where there is a hint of a mirror, else not at all

    private static MirrorBench before(double w) {
        return room().rim((i, j, u, v) -> w);
    }

    /** Two echoes in the plane, and no more of what is beside it by up to thrice their tolerance of 8 mm. */
    @ParameterizedTest
    @CsvSource({
        "0, 0, 0, 0",
        "1, 0, 0, 0",
        "2, 0, 0, 2",
        "2, 1, 0.01, 2",
        "2, 2, 0.01, 0",
        "2, 2, -0.023, 0",
        "2, 2, 0.025, 2",
        "3, 2, 0.01, 2"
    })
    void twoEchoesAreAHint(int echoes, int others, double off, int passes) {
        MirrorBench b = before(0.1);
        for (int k = 0; k < echoes; k++) {
            b.point(0.1 * k - 0.15, 0.03, k == 1 ? -0.0075 : 0.0075);
        }
        for (int k = 0; k < others; k++) {
            b.point(0.03, 0.1 * k - 0.15, off);
        }
        assertThat(b.passes(b.plane)).isEqualTo(passes);
    }

    /** Surface around it that lies in the plane, within 8 mm before and 68 mm behind, or a fifth of it. */
    @ParameterizedTest
    @CsvSource({"0.0075, 2", "0.009, 0", "-0.066, 2", "-0.07, 0", "0.45, 0"})
    void aRimIsAHint(double w, int passes) {
        assertThat(before(w).passes(PLANE)).isEqualTo(passes);
    }

    @ParameterizedTest
    @CsvSource({"6, 0", "4, 2"})
    void aFifthOfARimIsAHint(int every, int passes) {
        MirrorBench b = room().rim((i, j, u, v) -> Math.floorMod(i + 3 * j, every) == 0 ? 0 : 0.1);
        assertThat(b.passes(PLANE)).isEqualTo(passes);
    }

    /** Further than half a metre before the plane nothing is its rim, and where nothing is around, nobody knows. */
    @Test
    void whatIsFarOffIsNoRim() {
        assertThat(before(0.6).passes(PLANE)).isEqualTo(2);
        assertThat(room().passes(PLANE)).isEqualTo(2);
    }

    /** Still water is looked at in any case: its rim stands above it. */
    @Test
    void levelPlanesAreLookedAt() {
        assertThat(pool(WATER, (i, j, u, v) -> 0.1).passes(WATER)).isEqualTo(2);
        MirrorPlane tilted = MirrorPlane.of(0.04, 0, 1, -60);
        assertThat(pool(tilted, (i, j, u, v) -> 0.1).passes(tilted)).isZero();
    }

    // --- echoes

    /** Twenty, all over it: in the plane, or up to 6 mm before, as a pane's front stands. */
    @ParameterizedTest
    @CsvSource({
        "4, 0, false",
        "5, 0, true",
        "5, 0.0055, true",
        "5, -0.0025, true",
        "5, 0.0065, false",
        "5, -0.0065, false"
    })
    void twentyEchoesProveAMirror(int rows, double w, boolean is) {
        MirrorBench b = room();
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < 4; j++) {
                b.point(-0.45 + 0.9 * i / (rows - 1), -0.42 + 0.28 * j, w);
            }
        }
        assertThat(found(b)).isEqualTo(is);
    }

    /** Nineteen of the same are one too few. */
    @ParameterizedTest
    @CsvSource({"19, false", "20, true"})
    void oneEchoDecides(int n, boolean is) {
        MirrorBench b = room();
        for (int k = 0; k < n; k++) {
            b.point(-0.45 + 0.225 * (k % 5), -0.42 + 0.28 * (k / 5), 0);
        }
        assertThat(found(b)).isEqualTo(is);
    }

    /** Half as many close beside the plane, at up to 18 mm, make it a rough thing; further ones do not. */
    @ParameterizedTest
    @CsvSource({"0.012, 55, false", "0.012, 45, true", "-0.012, 55, false", "0.017, 55, false", "0.02, 90, true"})
    void echoesStandInThePlaneAlone(double w, int others, boolean is) {
        MirrorBench b = room();
        for (int k = 0; k < 100; k++) {
            b.point(-0.45 + 0.1 * (k % 10), -0.45 + 0.1 * (k / 10), 0);
        }
        for (int k = 0; k < others; k++) {
            b.point(-0.4 + 0.08 * (k % 10), -0.4 + 0.08 * (k / 10), w);
        }
        assertThat(found(b)).isEqualTo(is);
    }

    /** On a third of the mirror they are a thing that hangs there; on most of it they are its surface. */
    @ParameterizedTest
    @CsvSource({"0.3, 0, false", "0.7, 0, true", "0.3, 1, false", "0.7, 1, true"})
    void echoesLieAllOverIt(double share, int axis, boolean is) {
        MirrorBench b = room();
        for (double s = -0.55; s < 1.1 * share - 0.57; s += 0.05) {
            for (double t = -0.55; t < 0.56; t += 0.05) {
                b.point(axis == 0 ? s : t, axis == 0 ? t : s, 0);
            }
        }
        assertThat(found(b)).isEqualTo(is);
    }

    /** Noise of 2 mm lets each stand 12 mm off, but not all of them more than 6 mm to one side. */
    @ParameterizedTest
    @CsvSource({"-0.009, 0.009, true", "0.007, 0.011, false", "0.0125, 0.017, false"})
    void echoesMayBeNoisy(double from, double to, boolean is) {
        MirrorBench b = room().noise(0.002);
        for (int k = 0; k < 100; k++) {
            b.point(-0.45 + 0.1 * (k % 10), -0.45 + 0.1 * (k / 10), from + (to - from) * (k * 0.6180339887 % 1));
        }
        assertThat(found(b)).isEqualTo(is);
    }

    // --- frames

    /** It may be uneven by 4 mm and twice the noise. */
    @ParameterizedTest
    @CsvSource({"0, 0.003, true", "0, 0.005, false", "0.002, 0.0075, true", "0.002, 0.0085, false"})
    void aFrameIsAsEvenAsItsNoise(double noise, double off, boolean is) {
        MirrorBench b = room().noise(noise).rim((i, j, u, v) -> -0.02 + ((i + j) % 2 == 0 ? off : -off));
        assertThat(found(b)).isEqualTo(is);
    }

    /** Rays 0.2 m apart make cells so wide that three of them are looked at around the mirror. */
    @Test
    void aCoarseScanSeesTheFrameToo() {
        MirrorBench b = new MirrorBench(PLANE, 0.1, 0, 1.6)
                .wall(new double[] {-2.7, -2.7, 1.9}, new double[] {2.7, 0, 1.2}, new double[] {0, 5.4, 0}, 0.25)
                .wall(new double[] {0, -2.7, 3.1}, new double[] {2.7, 0, -0.8}, new double[] {0, 5.4, 0}, 0.25);
        for (double u = -1.3; u < 1.4; u += 0.1) {
            for (double v = -1.3; v < 1.4; v += 0.1) {
                if (Math.max(Math.abs(u), Math.abs(v)) > 0.9) {
                    b.point(u, v, 0);
                }
            }
        }
        assertThat(found(b)).isTrue();
    }

    /** Sixteen directions: where seven have a frame it is one, with six it is not. */
    @ParameterizedTest
    @CsvSource({"7.6, true", "5.4, false"})
    void aFrameGoesRoundAGoodPart(double sixteenths, boolean is) {
        for (int turn = 0; turn < 4; turn++) {
            double from = turn * Math.PI / 2;
            MirrorBench b = room().rim((i, j, u, v) -> {
                double a = (Math.atan2(v, u) - from + 4 * Math.PI) % (2 * Math.PI);
                return a < sixteenths * Math.PI / 8 ? 0 : 0.1;
            });
            assertThat(found(b)).as("from %s", from).isEqualTo(is);
        }
    }

    /** A mirror hangs up to 6 cm before its wall, and its frame stands no more than 6 mm before it. */
    @ParameterizedTest
    @CsvSource({"-0.058, true", "-0.063, false", "0.005, true", "0.0065, false"})
    void aFrameLiesWithinItsDepths(double w, boolean is) {
        assertThat(found(room().rim((i, j, u, v) -> w))).isEqualTo(is);
    }

    /** A part that is a third frame and two thirds before it is no frame: it must hold in most cells of a direction. */
    @ParameterizedTest
    @CsvSource({"2, true", "5, false"})
    void aFrameMayHaveGaps(int every, boolean is) {
        assertThat(found(room().rim((i, j, u, v) ->
                        (int) Math.floor((u + 9) / 0.25) % every == 0 && (int) Math.floor((v + 9) / 0.25) % every == 0
                                        || every == 2 && (int) Math.floor((u + 9) / 0.25) % 2 == 0
                                ? 0
                                : 0.1)))
                .isEqualTo(is);
    }

    /** Stone that stands at many depths right behind the rim is a reveal; that at one depth is the wall. */
    @ParameterizedTest
    @CsvSource({"8, 1, true", "40, 1, false", "120, 0, true"})
    void aRevealIsNoFrame(int points, int deep, boolean is) {
        MirrorBench b = framed();
        for (int k = 0; k < points; k++) {
            double a = 2 * Math.PI * k / points;
            double r = 0.7 / Math.max(Math.abs(Math.cos(a)), Math.abs(Math.sin(a)));
            double w = deep == 0 ? -0.1 : -0.02 - 0.27 * (k * 0.6180339887 % 1);
            double[] p = b.plane.along(b.through(r * Math.cos(a), r * Math.sin(a), w));
            b.point(p[0], p[1], w);
        }
        assertThat(found(b)).isEqualTo(is);
    }

    /** Of two walls that meet above it, the smaller must be more than a seventh of what is seen. */
    @ParameterizedTest
    @CsvSource({"0.05, false", "0.25, true"})
    void imagesAreOfMoreThanOneWall(double share, boolean is) {
        double edge = 1.75 - 3.5 * share;
        MirrorBench b = new MirrorBench(PLANE, 0, 0, 1.6)
                .wall(new double[] {-2, -2, 3}, new double[] {edge + 2, 0, 0}, new double[] {0, 4, 0}, 0.07)
                .wall(
                        new double[] {edge, -2, 3},
                        new double[] {2 - edge, 0, -0.3 * (2 - edge)},
                        new double[] {0, 4, 0},
                        0.07)
                .rim((i, j, u, v) -> 0);
        assertThat(found(b)).isEqualTo(is);
    }

    // --- water

    /** A roof like a saw over a pool. */
    private static MirrorBench pool(MirrorPlane plane, MirrorBench.Rim rim) {
        MirrorBench b = new MirrorBench(plane, 0.1, -0.1, 1.2).rim(rim);
        double[] along = {0, 3, 0};
        for (double u : new double[] {-1.4, 0}) {
            b.wall(new double[] {u, -1.5, 2.1}, new double[] {1.4, 0, 0.6}, along, 0.12);
        }
        return b;
    }

    /** A rim of one height around half of it; as wide as 2 cm, and no more of them. */
    @ParameterizedTest
    @CsvSource({
        "16, 0.1, 0.1, 0.1, true",
        "9.2, 0.1, 0.1, 0.1, true",
        "5.5, 0.1, 0.1, 0.1, false",
        "16, 0.1, 0.105, 0.11, true",
        "16, 0.1, 0.14, 0.18, false",
        "16, 0.48, 0.48, 0.48, true",
        "16, 0.6, 0.6, 0.6, false"
    })
    void waterHasALevelRim(double sixteenths, double a, double b, double c, boolean is) {
        MirrorBench.Rim rim = (i, j, u, v) -> Math.atan2(v, u) + Math.PI < sixteenths * Math.PI / 8
                ? ((i + j) % 3 == 0 ? a : (i + j) % 3 == 1 || (i + j) % 3 == -2 ? b : c)
                : 0.9;
        assertThat(found(pool(WATER, rim))).isEqualTo(is);
    }

    /** Water is level within 1.8 degrees, and seen from above. */
    @ParameterizedTest
    @ValueSource(doubles = {0.025, 0.04})
    void waterIsLevel(double tilt) {
        assertThat(found(pool(MirrorPlane.of(tilt, 0, 1, -60), (i, j, u, v) -> 0.1)))
                .isEqualTo(tilt < 0.0316);
    }
}
