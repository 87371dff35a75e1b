package org.grotto.surface;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class StencilTest {
    private static double hat(int corner, int skip, double[] p) {
        double v = 1;
        for (int a = 0; a < 3; a++) {
            if (a != skip) {
                v *= (corner >> a & 1) == 0 ? 1 - p[a] : p[a];
            }
        }
        return v;
    }

    private static double slope(int corner, int axis, double[] p) {
        return ((corner >> axis & 1) == 0 ? -1 : 1) * hat(corner, axis, p);
    }

    /** Against Gauss quadrature with two points an axis, which is exact for these products. */
    @Test
    void elementIntegralsAreExact() {
        double g = 0.5 / Math.sqrt(3);
        for (int a = 0; a < 8; a++) {
            for (int b = 0; b < 8; b++) {
                double stiffness = 0;
                double[] derivative = new double[3];
                for (int q = 0; q < 8; q++) {
                    double[] p = {
                        0.5 + ((q & 1) == 0 ? -g : g), 0.5 + ((q & 2) == 0 ? -g : g), 0.5 + ((q & 4) == 0 ? -g : g)
                    };
                    for (int x = 0; x < 3; x++) {
                        stiffness += slope(a, x, p) * slope(b, x, p) / 8;
                        derivative[x] += slope(a, x, p) * hat(b, -1, p) / 8;
                    }
                }
                assertThat((double) Stencil.STIFFNESS[8 * a + b]).isCloseTo(stiffness, within(1e-7));
                for (int x = 0; x < 3; x++) {
                    assertThat((double) Stencil.DERIVATIVE[64 * x + 8 * a + b]).isCloseTo(derivative[x], within(1e-7));
                }
            }
        }
    }

    @Test
    void cubicRootsAreRoots() {
        assertThat(Edge.cubicRoot(-0.3, 0.7, 1, 1)).isCloseTo(0.3, within(1e-12));
        // 2 t^3 - 0.25 on [0, 1]: slopes 0 and 6
        assertThat(Edge.cubicRoot(-0.25, 1.75, 0, 6)).isCloseTo(0.5, within(1e-6));
        assertThat(Edge.cubicRoot(0.25, -1.75, 0, -6)).isCloseTo(0.5, within(1e-6));
    }

    /** Where Newton's steps leave the bracket, too. */
    @Test
    void cubicsOfAnyShapeHaveTheirRootInBetween() {
        Random random = new Random(9);
        for (int k = 0; k < 2000; k++) {
            double f0 = -Math.pow(10, -3 * random.nextDouble());
            double f1 = Math.pow(10, -3 * random.nextDouble());
            double s0 = 6 * random.nextDouble() - 3;
            double s1 = 6 * random.nextDouble() - 3;
            double t = Edge.cubicRoot(f0, f1, s0, s1);
            assertThat(t).isBetween(0.0, 1.0);
            double f = f0 + t * (s0 + t * (3 * (f1 - f0) - 2 * s0 - s1 + t * (2 * (f0 - f1) + s0 + s1)));
            assertThat(f).isCloseTo(0, within(1e-5));
        }
    }

    @Test
    void eachCornerAroundABlockHasAPlaceOfItsOwn() {
        boolean[] taken = new boolean[64];
        for (int z = -1; z < 3; z++) {
            for (int y = -1; y < 3; y++) {
                for (int x = -1; x < 3; x++) {
                    taken[Stencil.local(x, y, z)] = true;
                }
            }
        }
        assertThat(taken).doesNotContain(false);
    }
}
