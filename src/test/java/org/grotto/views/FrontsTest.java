package org.grotto.views;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.grotto.base.Work;
import org.grotto.geometry.Mesh;
import org.grotto.scene.CaveInfo.View;
import org.grotto.scene.Subject;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is even about a plane is seen along it, unless it is long: a head from before it, a horse from its side. */
class FrontsTest {
    private static final int N = 96;

    private interface Round {
        /** Of a place on the unit sphere, x ahead and y aside. */
        double[] at(double x, double y, double z);
    }

    private static Mesh mesh(double turn, Round r) {
        float[] xyz = new float[3 * (N + 1) * (N + 1)];
        int[] t = new int[6 * N * N];
        for (int i = 0; i <= N; i++) {
            for (int j = 0; j <= N; j++) {
                double a = 2 * Math.PI * i / N;
                double e = Math.PI * ((double) j / N - 0.5);
                double[] p = r.at(Math.cos(e) * Math.cos(a), Math.cos(e) * Math.sin(a), Math.sin(e));
                int v = 3 * (i * (N + 1) + j);
                xyz[v] = (float) (p[0] * Math.cos(turn) - p[1] * Math.sin(turn));
                xyz[v + 1] = (float) (p[0] * Math.sin(turn) + p[1] * Math.cos(turn));
                xyz[v + 2] = (float) p[2];
            }
        }
        for (int i = 0; i < N; i++) {
            for (int j = 0; j < N; j++) {
                int a = i * (N + 1) + j;
                int[] two = {a, a + N + 1, a + N + 2, a, a + N + 2, a + 1};
                System.arraycopy(two, 0, t, 6 * (i * N + j), 6);
            }
        }
        return new Mesh(0, 0, 0, xyz, null, null, null, t);
    }

    /** Longer ahead than wide, with a nose, brows and eyes. */
    private static Mesh head(double turn) {
        return mesh(turn, (x, y, z) -> {
            double face = x > 0.5 ? x : 0;
            double carved =
                    face * (0.05 * Math.sin(25 * Math.abs(y)) * Math.sin(18 * z) + (Math.abs(y) < 0.12 ? 0.2 : 0));
            double s = 1 + carved;
            // the neck stands behind the chin
            return new double[] {1.2 * s * x - 0.5 * z * z, 1.05 * s * y, 1.5 * s * z};
        });
    }

    private static double ahead(Mesh m) {
        try (Work work = Work.silent()) {
            View v = Views.ofMesh(m, Subject.Kind.OBJECT, null, work).getFirst();
            return StrictMath.atan2(v.eye()[1] - v.target()[1], v.eye()[0] - v.target()[0]);
        }
    }

    private static double apart(double a, double b) {
        return Math.abs(Math.toDegrees(Math.IEEEremainder(a - b, 2 * Math.PI)));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.7, 2.2, -1.3})
    void aHeadIsSeenFromBeforeIt(double turn) {
        assertThat(apart(ahead(head(turn)), turn)).isLessThan(3);
    }

    /** Whoever models a thing sets it to face south; of a helmet the back, full of tubes, shows a little more than the visor. */
    @ParameterizedTest
    @CsvSource({"-1.5708, -1.5708", "-1.5, -1.5", "1.5708, -1.5708", "0.7, 3.8416", "3.6, 6.7416"})
    void whatIsSetAlongAnAxisFacesSouth(double turn, double seen) {
        Mesh helmet = mesh(turn, (x, y, z) -> {
            double tubes = Math.max(0, -x - 0.4) * 0.024 * Math.sin(14 * Math.abs(y)) * Math.sin(14 * z);
            double visor = Math.max(0, x - 0.4) * 0.02 * Math.sin(14 * Math.abs(y)) * Math.sin(14 * z);
            double s = 1 + tubes + visor;
            return new double[] {1.2 * s * x - 0.2 * z * z, 1.05 * s * y, 1.3 * s * z};
        });
        assertThat(apart(ahead(helmet), seen)).isLessThan(3);
    }

    /** Its carved side is uneven, left from right; its back is smooth and even. */
    @ParameterizedTest
    @ValueSource(doubles = {0.4, 1.1, 2.6})
    void aCarvedSideIsTheFrontThoughTheBackIsMoreEven(double turn) {
        Mesh child = mesh(turn, (x, y, z) -> {
            double face = Math.max(0, x - 0.3);
            double carved = face * 0.16 * Math.sin(21 * y + 0.7) * Math.sin(17 * z + 8 * y);
            return new double[] {x * (0.9 + carved), 1.2 * y * (1 + carved), 1.3 * z};
        });
        assertThat(apart(ahead(child), turn)).isLessThan(20);
    }

    /** What was scanned from one side alone is seen from there, also where that is below. */
    @ParameterizedTest
    @CsvSource({"1, 0", "0, -1", "0.6, -0.8"})
    void whatWasScannedFromOneSideIsSeenFromThere(double ahead, double up) {
        Mesh shell = mesh(0, (x, y, z) -> new double[] {x, y, z});
        int n = 0;
        int[] t = new int[shell.triangles.length];
        for (int i = 0; i < t.length; i += 3) {
            double[] c = shell.cross(i / 3);
            if (c[0] * ahead + c[2] * up > 0) {
                System.arraycopy(shell.triangles, i, t, n, 3);
                n += 3;
            }
        }
        Mesh half = new Mesh(0, 0, 0, shell.xyz, null, null, null, Arrays.copyOf(t, n));
        try (Work work = Work.silent()) {
            View v = Views.ofMesh(half, Subject.Kind.OBJECT, null, work).getFirst();
            double dx = v.eye()[0] - v.target()[0];
            double dz = v.eye()[2] - v.target()[2];
            assertThat((dx * ahead + dz * up) / Math.hypot(dx, Math.hypot(v.eye()[1] - v.target()[1], dz)))
                    .isGreaterThan(0.95);
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.2, 1.9})
    void whatIsLongIsSeenFromItsSide(double turn) {
        Mesh horse = mesh(turn, (x, y, z) -> {
            double neck = x > 0.7 ? 0.5 * (x - 0.7) / 0.3 : 0;
            return new double[] {1.6 * x, 0.4 * y, 0.7 * z + neck};
        });
        assertThat(Fronts.of(horse)).isNotEmpty();
        double side = apart(ahead(horse), turn);
        assertThat(side).isBetween(55.0, 125.0);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 1})
    void roundAndCrookedThingsHaveNoFront(double turn) {
        assertThat(Fronts.of(mesh(turn, (x, y, z) -> {
                    double r = 1 + 0.3 * Math.sin(4 * z);
                    return new double[] {r * x, r * y, 1.4 * z};
                })))
                .isEmpty();
        List<Double> crooked = Fronts.of(mesh(turn, (x, y, z) -> {
            return new double[] {0.5 * x + 0.9 * Math.sin(2.2 * z), 0.5 * y + 0.9 * Math.cos(2.2 * z), 2 * z};
        }));
        assertThat(crooked).isEmpty();
    }
}
