package org.grotto.clean;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MirrorPlaneTest {
    private static double dot(double[] a, double[] b) {
        return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
    }

    @ParameterizedTest
    @CsvSource({"1, 0, 0", "0, -1, 0", "0, 0, 1", "0.1, 0.2, 1", "-0.2, 0.1, -1", "0.4, 0.3, 1", "0.3, -0.7, 0.2"})
    void axesAreSquareOnEachOtherAndTheNormal(double x, double y, double z) {
        MirrorPlane p = MirrorPlane.of(x, y, z, 2);
        double l = Math.sqrt(x * x + y * y + z * z);
        assertThat(p.n()).containsExactly(new double[] {x / l, y / l, z / l}, within(1e-12));
        assertThat(p.d()).isCloseTo(2 / l, within(1e-12));
        for (double[] a : new double[][] {p.n(), p.t(), p.b()}) {
            assertThat(dot(a, a)).isCloseTo(1, within(1e-12));
        }
        assertThat(dot(p.n(), p.t())).isCloseTo(0, within(1e-12));
        assertThat(dot(p.n(), p.b())).isCloseTo(0, within(1e-12));
        assertThat(dot(p.t(), p.b())).isCloseTo(0, within(1e-12));
        double[] at = p.at(3, -4);
        assertThat(p.over(at[0], at[1], at[2])).isCloseTo(0, within(1e-12));
        assertThat(p.along(at)).containsExactly(new double[] {3, -4}, within(1e-12));
    }

    /** From an eye 3 m over the plane to a place 1 m behind: three quarters of the way. */
    @ParameterizedTest
    @CsvSource({"0.48, -0.6, 0.64", "0.2, 0.1, 1", "-0.1, 0.25, -1"})
    void aLineMeetsThePlaneWhereItsHeightsSay(double x, double y, double z) {
        MirrorPlane p = MirrorPlane.of(x, y, z, 0.5);
        double[] eye = place(p, 1, 2, 3);
        double[] behind = place(p, 5, -2, -1);
        double[] uv = new double[2];
        assertThat(p.cross(eye, behind[0], behind[1], behind[2], 0.1, uv)).isCloseTo(-1, within(1e-12));
        assertThat(uv).containsExactly(new double[] {4, -1}, within(1e-12));
        assertThat(p.cross(eye, behind[0], behind[1], behind[2], 3.1, uv))
                .as("the eye is too near")
                .isNaN();
        double[] higher = place(p, 0, 0, 4);
        assertThat(p.cross(eye, higher[0], higher[1], higher[2], 0.1, uv))
                .as("it looks away")
                .isNaN();
        assertThat(p.cross(behind, eye[0], eye[1], eye[2], 0.1, uv))
                .as("from behind")
                .isNaN();
    }

    private static double[] place(MirrorPlane p, double u, double v, double w) {
        double[] at = p.at(u, v);
        for (int k = 0; k < 3; k++) {
            at[k] += w * p.n()[k];
        }
        return at;
    }

    @Test
    void likePlanesLieWithinTwoCentimetresAtThePlace() {
        MirrorPlane p = MirrorPlane.of(0, 0, 1, 1);
        assertThat(p.like(MirrorPlane.of(0, 0, 1, 1.019), new double[] {5, 5, 1}))
                .isTrue();
        assertThat(p.like(MirrorPlane.of(0, 0, 1, 1.021), new double[] {5, 5, 1}))
                .isFalse();
        assertThat(p.like(MirrorPlane.of(0, 0, -1, -1), new double[] {5, 5, 1})).isFalse();
        assertThat(p.like(MirrorPlane.of(0.01, 0, 1, 1), new double[] {1, 0, 1}))
                .isTrue();
        assertThat(p.like(MirrorPlane.of(0.01, 0, 1, 1), new double[] {9, 0, 1}))
                .isFalse();
    }

    /** The first axis is level; where the plane itself is nearly so, no tilt turns it away from x. */
    @Test
    void axesLieAsTheyAreSaid() {
        MirrorPlane floor = MirrorPlane.of(0, 0, 2, 6);
        assertThat(floor.d()).isEqualTo(3);
        assertThat(floor.t()).containsExactly(new double[] {1, 0, 0}, within(1e-12));
        assertThat(floor.b()).containsExactly(new double[] {0, 1, 0}, within(1e-12));
        MirrorPlane wall = MirrorPlane.of(0.8, -0.6, 0, 1);
        assertThat(wall.t()).containsExactly(new double[] {0.6, 0.8, 0}, within(1e-12));
        assertThat(wall.b()).containsExactly(new double[] {0, 0, 1}, within(1e-12));
        for (double a = 0.1; a < 6.2; a += 0.3) {
            for (double up : new double[] {-1, 1}) {
                MirrorPlane level =
                        MirrorPlane.of(0.29 * Math.cos(a), 0.29 * Math.sin(a), up * Math.sqrt(1 - 0.29 * 0.29), 0);
                assertThat(level.t()[0]).isGreaterThan(0.95);
                MirrorPlane steep =
                        MirrorPlane.of(0.31 * Math.cos(a), 0.31 * Math.sin(a), up * Math.sqrt(1 - 0.31 * 0.31), 0);
                assertThat(steep.t()[2]).isZero();
                assertThat(steep.b()[2]).as("up").isCloseTo(0.31, within(1e-12));
            }
        }
    }

    /** What turns about the place by 1.1 degrees is the same plane still, whichever way it turns; 1.2 is another. */
    @ParameterizedTest
    @CsvSource({"1, 0, 0", "0, -1, 0", "0, 0, 1", "0.48, -0.6, 0.64", "-0.8, 0.36, -0.48"})
    void likePlanesMayTurnByOneDegree(double x, double y, double z) {
        MirrorPlane p = MirrorPlane.of(x, y, z, 0.7);
        double[] at = p.at(2, -1);
        for (double a = 0; a < 6.2; a += 0.5) {
            for (double degrees : new double[] {1.1, 1.2}) {
                double s = Math.sin(Math.toRadians(degrees));
                double c = Math.cos(Math.toRadians(degrees));
                double[] n = new double[3];
                for (int k = 0; k < 3; k++) {
                    n[k] = c * p.n()[k] + s * (Math.cos(a) * p.t()[k] + Math.sin(a) * p.b()[k]);
                }
                for (double by : new double[] {-0.021, -0.019, 0, 0.019, 0.021}) {
                    MirrorPlane o = MirrorPlane.of(n[0], n[1], n[2], dot(n, at) + by);
                    assertThat(p.like(o, at))
                            .as("%s degrees, %s m", degrees, by)
                            .isEqualTo(degrees < 1.15 && Math.abs(by) < 0.02);
                }
            }
        }
    }

    /** A ray is prolonged to the plane; an eye just as near as may be, or a place just as high as it, tell nothing. */
    @Test
    void raysThatDoNotReachThePlaneAreProlonged() {
        MirrorPlane p = MirrorPlane.of(0, 0, 1, 0);
        double[] eye = {0, 0, 0.5};
        double[] uv = new double[2];
        assertThat(p.cross(eye, 1, 2, 0.25, 0.25, uv)).isEqualTo(0.25);
        assertThat(uv).containsExactly(2, 4);
        assertThat(p.cross(eye, 1, 2, 0, 0.25, uv)).isZero();
        assertThat(uv).containsExactly(1, 2);
        assertThat(p.cross(eye, 1, 2, -1, 0.5, uv)).isNaN();
        assertThat(p.cross(eye, 1, 2, 0.5, 0.25, uv)).isNaN();
    }
}
