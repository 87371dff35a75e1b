package org.grotto.kiosk.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.grotto.geometry.Box;
import org.junit.jupiter.api.Test;

class ViewTest {
    private static View along(double[] dir, double[] up) {
        return View.perspective(new double[] {1, 2, 3}, dir, up, Math.PI / 2, 2000, 1000, 0.1, 100);
    }

    @Test
    void oneMetreTenMetresAwayTakesFiftyPixelsOfAThousandAtNinetyDegrees() {
        View v = along(new double[] {0, 1, 0}, new double[] {0, 0, 1});
        Box tenAhead = new Box(0, 12, 2, 2, 13, 4);
        assertThat(v.pixels(1, tenAhead)).isCloseTo(50, within(1e-9));
        assertThat(v.cosine(tenAhead)).isCloseTo(1, within(1e-12));
        assertThat(v.distance(new Box(0, 0, 0, 5, 5, 5))).isZero();
    }

    @Test
    void theFrustumIsTheOneOfTheProjection() {
        double[][] dirs = {{0, 1, 0}, {1, 0, 0}, {-1, 0.3, 0.2}, {0.2, -0.5, -0.8}};
        Random random = new Random(5);
        for (double[] d : dirs) {
            View v = along(d, new double[] {0, 0, 1});
            double n = Math.sqrt(d[0] * d[0] + d[1] * d[1] + d[2] * d[2]);
            double[] f = {d[0] / n, d[1] / n, d[2] / n};
            double rn = Math.hypot(f[0], f[1]);
            double[] r = {f[1] / rn, -f[0] / rn, 0};
            double[] u = {r[1] * f[2] - r[2] * f[1], r[2] * f[0] - r[0] * f[2], r[0] * f[1] - r[1] * f[0]};
            int inside = 0;
            for (int i = 0; i < 2000; i++) {
                double x = 1 + 20 * random.nextGaussian();
                double y = 2 + 20 * random.nextGaussian();
                double z = 3 + 20 * random.nextGaussian();
                double[] q = {x - 1, y - 2, z - 3};
                double depth = q[0] * f[0] + q[1] * f[1] + q[2] * f[2];
                double right = q[0] * r[0] + q[1] * r[1] + q[2] * r[2];
                double above = q[0] * u[0] + q[1] * u[1] + q[2] * u[2];
                boolean projected =
                        depth > 0.1 && depth < 100 && Math.abs(right) < 2 * depth && Math.abs(above) < depth;
                inside += projected ? 1 : 0;
                assertThat(v.sees(new Box(x, y, z, x, y, z))).isEqualTo(projected);
            }
            assertThat(inside).isGreaterThan(50);
        }
    }

    @Test
    void aBoxThatTouchesTheViewIsSeen() {
        View v = along(new double[] {0, 1, 0}, new double[] {0, 0, 1});
        assertThat(v.sees(new Box(-50, -50, -50, 50, 50, 50))).isTrue();
        assertThat(v.sees(new Box(-50, -50, -50, 50, 1.5, 50))).isFalse();
        assertThat(v.sees(new Box(40, 2, 2, 60, 12, 4))).isFalse();
    }
}
