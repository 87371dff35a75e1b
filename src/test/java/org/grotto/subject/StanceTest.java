package org.grotto.subject;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.grotto.geometry.Mesh;
import org.junit.jupiter.api.Test;

/** What an object stands on is found where it is clear, and nothing is said of what lies as it likes. */
class StanceTest {
    private final List<float[]> vertices = new ArrayList<>();
    private final List<int[]> triangles = new ArrayList<>();

    private interface Patch {
        double[] at(double u, double v);
    }

    private void patch(int n, Patch p) {
        int first = vertices.size();
        for (int i = 0; i <= n; i++) {
            for (int j = 0; j <= n; j++) {
                double[] q = p.at((double) i / n, (double) j / n);
                vertices.add(new float[] {(float) q[0], (float) q[1], (float) q[2]});
            }
        }
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                int a = first + i * (n + 1) + j;
                triangles.add(new int[] {a, a + n + 1, a + n + 2});
                triangles.add(new int[] {a, a + n + 2, a + 1});
            }
        }
    }

    /** A bust without its underside: broad below, round above, its rim at z = 0. */
    private void bust() {
        patch(48, (u, v) -> {
            double a = 2 * Math.PI * u;
            double r = v < 0.95 ? 0.35 - 0.2 * v + 0.08 * Math.sin(9 * v) : 0.16 * Math.sqrt((1 - v) / 0.05);
            return new double[] {1.4 * r * Math.cos(a), r * Math.sin(a), v};
        });
    }

    private void disc(double radius, double z, double lean) {
        patch(32, (u, v) -> {
            double a = 2 * Math.PI * u;
            double x = v * radius * Math.cos(a);
            return new double[] {-x, v * radius * Math.sin(a), z - lean * x};
        });
    }

    private void box(double w, double d, double h) {
        double[][] at = {
            {0, 0, 0, 0, d, 0, w, 0, 0},
            {0, 0, h, w, 0, 0, 0, d, 0},
            {0, 0, 0, w, 0, 0, 0, 0, h},
            {0, d, 0, 0, 0, h, w, 0, 0},
            {0, 0, 0, 0, 0, h, 0, d, 0},
            {w, 0, 0, 0, d, 0, 0, 0, h}
        };
        for (double[] s : at) {
            patch(8, (u, v) ->
                    new double[] {s[0] + u * s[3] + v * s[6], s[1] + u * s[4] + v * s[7], s[2] + u * s[5] + v * s[8]});
        }
    }

    /** The mesh turned so that what was up points along an axis. */
    private Mesh mesh(String up) {
        double[] r = rotation(up);
        float[] xyz = new float[3 * vertices.size()];
        for (int i = 0; i < vertices.size(); i++) {
            float[] p = vertices.get(i);
            for (int k = 0; k < 3; k++) {
                xyz[3 * i + k] = (float) (r[k] * p[0] + r[3 + k] * p[1] + r[6 + k] * p[2]);
            }
        }
        int[] t = triangles.stream().flatMapToInt(java.util.Arrays::stream).toArray();
        return new Mesh(3, -2, 1, xyz, null, null, null, t);
    }

    /** Row by row, a turn that takes a direction, an axis or three numbers, to z. */
    private static double[] rotation(String to) {
        double[] d = new double[3];
        if (to.contains(",")) {
            for (int k = 0; k < 3; k++) {
                d[k] = Double.parseDouble(to.split(",")[k]);
            }
        } else {
            d["xyz".indexOf(to.charAt(to.length() - 1))] = to.startsWith("-") ? -1 : 1;
        }
        double l = Math.sqrt(d[0] * d[0] + d[1] * d[1] + d[2] * d[2]);
        double[] z = {d[0] / l, d[1] / l, d[2] / l};
        double[] a = Math.abs(z[2]) > 0.9 ? new double[] {0, 1, 0} : new double[] {0, 0, 1};
        double[] x = {a[1] * z[2] - a[2] * z[1], a[2] * z[0] - a[0] * z[2], a[0] * z[1] - a[1] * z[0]};
        double n = Math.sqrt(x[0] * x[0] + x[1] * x[1] + x[2] * x[2]);
        for (int k = 0; k < 3; k++) {
            x[k] /= n;
        }
        return new double[] {
            x[0],
            x[1],
            x[2],
            z[1] * x[2] - z[2] * x[1],
            z[2] * x[0] - z[0] * x[2],
            z[0] * x[1] - z[1] * x[0],
            z[0],
            z[1],
            z[2]
        };
    }

    private String up(String was) {
        return Stance.axis(Stance.up(mesh(was)));
    }

    @Test
    void theRimOfAnOpeningIsABase() {
        bust();
        for (String axis : List.of("x", "-x", "y", "-y", "-z")) {
            assertThat(up(axis)).isEqualTo(axis);
        }
        assertThat(up("z")).as("it stands").isEmpty();
    }

    @Test
    void aBaseAskewToTheAxesIsNoAxis() {
        bust();
        Mesh m = mesh("0.6,-0.3,0.74");
        double[] up = Stance.up(m);
        assertThat(Stance.axis(up)).isEmpty();
        double l = Math.sqrt(0.6 * 0.6 + 0.3 * 0.3 + 0.74 * 0.74);
        assertThat((0.6 * up[0] - 0.3 * up[1] + 0.74 * up[2]) / l).isGreaterThan(0.998);
    }

    @Test
    void aBlockAndASlabLieAsTheyLike() {
        box(1, 0.8, 1.5);
        assertThat(Stance.up(mesh("y"))).isEmpty();
        vertices.clear();
        triangles.clear();
        box(2, 0.2, 1.5);
        assertThat(Stance.up(mesh("x"))).isEmpty();
    }

    @Test
    void aMaskDoesNotStandOnItsRim() {
        // half an egg, scanned from before it: open behind
        patch(48, (u, v) -> {
            double a = Math.PI * u;
            double e = Math.PI * (v - 0.5);
            return new double[] {-0.4 * Math.cos(e) * Math.cos(a), -0.4 * Math.cos(e) * Math.sin(a), 0.6 * Math.sin(e)};
        });
        assertThat(Stance.up(mesh("z"))).isEmpty();
    }

    @Test
    void whatStandsIsNotTurnedOntoItsCrown() {
        // a bust on a small foot, with a broader, leaning crown
        patch(48, (u, v) -> {
            double a = 2 * Math.PI * u;
            double r = 0.22 - 0.4 * v * (1 - v) + 0.16 * v;
            return new double[] {-r * Math.cos(a), r * Math.sin(a), v + v * v * v * 0.35 * r * Math.cos(a)};
        });
        disc(0.22, 0, 0);
        int foot = triangles.size();
        disc(0.38, 1, 0.35);
        for (int i = foot - 2 * 32 * 32; i < foot; i++) {
            int[] t = triangles.get(i);
            triangles.set(i, new int[] {t[0], t[2], t[1]});
        }
        assertThat(Stance.up(mesh("z"))).isEmpty();
    }

    /** A ball with legs of one length, each at a place about the middle, that go from within it to the ground. */
    private void legs(double[][] at) {
        double pi = Math.PI;
        patch(32, (u, v) -> {
            double e = pi * (v - 0.5);
            double r = 0.5 * Math.cos(e);
            return new double[] {-1.4 * r * Math.cos(2 * pi * u), r * Math.sin(2 * pi * u), 1.2 + 0.5 * Math.sin(e)};
        });
        for (double[] leg : at) {
            patch(12, (u, v) -> {
                double r = v < 0.1 ? v : 0.1;
                return new double[] {leg[0] - r * Math.cos(2 * pi * u), leg[1] + r * Math.sin(2 * pi * u), v};
            });
        }
    }

    @Test
    void whatStandsOnItsLegsWithYUpIsSetSoAndWithZUpItStays() {
        legs(new double[][] {{0.5, 0.3}, {0.5, -0.3}, {-0.5, 0.3}, {-0.5, -0.3}});
        assertThat(up("y")).isEqualTo("y");
        assertThat(up("z")).isEmpty();
        assertThat(up("-y")).as("no program writes it so").isEmpty();
        assertThat(up("x")).as("nor so").isEmpty();
    }

    @Test
    void whatFallsOverEitherWayTellsNothing() {
        legs(new double[][] {{0.5, 0}});
        assertThat(up("y")).isEmpty();
        assertThat(up("z")).isEmpty();
    }

    @Test
    void whatHasLegsOnOneSideAloneFallsOver() {
        legs(new double[][] {{0.5, 0.3}, {0.5, -0.3}, {0.2, 0.3}, {0.2, -0.3}});
        assertThat(up("y")).isEmpty();
    }

    @Test
    void nothingHasNoBase() {
        assertThat(Stance.up(mesh("z"))).isEmpty();
    }
}
