package org.grotto.clean;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.grotto.base.Work;
import org.grotto.geometry.Cloud;
import org.grotto.geometry.Lattice;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The ground of a site faces up, and what stands on it goes with it, though every way from a yard's walls leads out. */
class GroundTest {
    private static final Lattice LATTICE = new Lattice(-100, -100, -100, 1e-5);
    private static final double STEP = 0.25;

    private final List<double[]> points = new ArrayList<>();
    /** The open side at each point. */
    private final List<double[]> open = new ArrayList<>();

    private void plate(double[] o, double[] u, double[] v, double[] side) {
        double lu = Math.sqrt(u[0] * u[0] + u[1] * u[1] + u[2] * u[2]);
        double lv = Math.sqrt(v[0] * v[0] + v[1] * v[1] + v[2] * v[2]);
        for (double a = STEP / 2; a < lu; a += STEP) {
            for (double b = STEP / 2; b < lv; b += STEP) {
                double[] p = new double[3];
                for (int k = 0; k < 3; k++) {
                    p[k] = o[k] + a / lu * u[k] + b / lv * v[k];
                }
                points.add(p);
                open.add(side);
            }
        }
    }

    private double right(CleanOptions.Side side) {
        int n = points.size();
        int[][] xyz = new int[3][n];
        for (int i = 0; i < n; i++) {
            xyz[0][i] = LATTICE.ix(points.get(i)[0]);
            xyz[1][i] = LATTICE.iy(points.get(i)[1]);
            xyz[2][i] = LATTICE.iz(points.get(i)[2]);
        }
        Cloud all = new Cloud(LATTICE, xyz[0], xyz[1], xyz[2], null, null, null, null);
        try (Work work = Work.silent()) {
            Cloud c = Clean.run(all, List.of(), CleanOptions.DEFAULTS.withSide(side), work)
                    .store()
                    .whole();
            float[] normals = Objects.requireNonNull(c.normals());
            int right = 0;
            for (int i = 0; i < c.size; i++) {
                double least = Double.MAX_VALUE;
                int at = 0;
                for (int k = 0; k < n; k++) {
                    double d = 0;
                    d += Math.abs(points.get(k)[0] - c.px(i));
                    d += Math.abs(points.get(k)[1] - c.py(i));
                    d += Math.abs(points.get(k)[2] - c.pz(i));
                    if (d < least) {
                        least = d;
                        at = k;
                    }
                }
                double dot = 0;
                for (int k = 0; k < 3; k++) {
                    dot += normals[3 * i + k] * open.get(at)[k];
                }
                right += dot > 0 ? 1 : 0;
            }
            return (double) right / c.size;
        }
    }

    /** A yard of 24 m by 20 m, its walls scanned from within. */
    @ParameterizedTest
    @CsvSource({"2.5", "6", "12"})
    void aYardIsOpenInside(double high) {
        double[] up = {0, 0, high};
        plate(new double[] {0, 0, 0}, new double[] {24, 0, 0}, new double[] {0, 20, 0}, new double[] {0, 0, 1});
        plate(new double[] {0, 0, 0}, new double[] {24, 0, 0}, up, new double[] {0, 1, 0});
        plate(new double[] {0, 20, 0}, new double[] {24, 0, 0}, up, new double[] {0, -1, 0});
        plate(new double[] {0, 0, 0}, new double[] {0, 20, 0}, up, new double[] {1, 0, 0});
        plate(new double[] {24, 0, 0}, new double[] {0, 20, 0}, up, new double[] {-1, 0, 0});
        assertThat(right(CleanOptions.Side.ABOVE)).isGreaterThan(0.97);
    }

    /** A block of 10 m stands on the ground: its faces look away from it. */
    @ParameterizedTest
    @CsvSource({"4", "9"})
    void aHouseIsOpenOutside(double high) {
        double[] up = {0, 0, high};
        for (int k = 0; k < 4; k++) {
            // the ground around it, in four strips
            double[] o = k == 0
                    ? new double[] {0, 0, 0}
                    : k == 1 ? new double[] {0, 20, 0} : k == 2 ? new double[] {0, 10, 0} : new double[] {20, 10, 0};
            double[] u = {k < 2 ? 30 : 10, 0, 0};
            plate(o, u, new double[] {0, 10, 0}, new double[] {0, 0, 1});
        }
        plate(new double[] {10, 10, high}, new double[] {10, 0, 0}, new double[] {0, 10, 0}, new double[] {0, 0, 1});
        plate(new double[] {10, 10, 0}, new double[] {10, 0, 0}, up, new double[] {0, -1, 0});
        plate(new double[] {10, 20, 0}, new double[] {10, 0, 0}, up, new double[] {0, 1, 0});
        plate(new double[] {10, 10, 0}, new double[] {0, 10, 0}, up, new double[] {-1, 0, 0});
        plate(new double[] {20, 10, 0}, new double[] {0, 10, 0}, up, new double[] {1, 0, 0});
        assertThat(right(CleanOptions.Side.ABOVE)).isGreaterThan(0.97);
    }
}
