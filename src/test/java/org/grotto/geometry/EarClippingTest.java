package org.grotto.geometry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EarClippingTest {
    /** Corners of the triangles; fails unless their areas, all turning as the polygon does, add up to its own. */
    private static int[] cut(double... xyz) {
        int n = xyz.length / 3;
        int[] out = new int[3 * (n - 2)];
        assertThat(new EarClipping().cut(xyz, all(n), n, out)).isTrue();
        double[] whole = new double[3];
        for (int i = 0; i < n; i++) {
            add(whole, cross(xyz, 0, i, (i + 1) % n));
        }
        double sum = 0;
        for (int t = 0; t < out.length; t += 3) {
            double[] c = cross(xyz, out[t], out[t + 1], out[t + 2]);
            assertThat(c[0] * whole[0] + c[1] * whole[1] + c[2] * whole[2]).isNotNegative();
            sum += length(c);
        }
        assertThat(sum).isCloseTo(length(whole), within(1e-9 * length(whole)));
        return out;
    }

    private static int[] all(int n) {
        int[] p = new int[n];
        Arrays.setAll(p, i -> i);
        return p;
    }

    private static void add(double[] to, double[] v) {
        for (int a = 0; a < 3; a++) {
            to[a] += v[a];
        }
    }

    private static double length(double[] v) {
        return Math.sqrt(v[0] * v[0] + v[1] * v[1] + v[2] * v[2]);
    }

    private static double[] cross(double[] p, int a, int b, int c) {
        double[] u = new double[3];
        double[] v = new double[3];
        for (int k = 0; k < 3; k++) {
            u[k] = p[3 * b + k] - p[3 * a + k];
            v[k] = p[3 * c + k] - p[3 * a + k];
        }
        return new double[] {u[1] * v[2] - u[2] * v[1], u[2] * v[0] - u[0] * v[2], u[0] * v[1] - u[1] * v[0]};
    }

    @Test
    void convexOnesAreFans() {
        assertThat(cut(0, 0, 0, 1, 0, 0, 1, 1, 0, 0, 1, 0)).containsExactly(0, 1, 2, 0, 2, 3);
    }

    @Test
    void aDartIsCutAtItsDentWhicheverCornerIsFirst() {
        double[] p = {0, 0, 5, 2, -1, 5, 0.5, 0, 5, 2, 1, 5};
        for (int turn = 0; turn < 4; turn++) {
            double[] q = new double[12];
            for (int i = 0; i < 12; i++) {
                q[i] = p[(i + 3 * turn) % 12];
            }
            cut(q);
        }
    }

    @Test
    void combsInAnyPlaneAndEitherTurnKeepTheirArea() {
        for (int axis = 0; axis < 6; axis++) {
            double[] p = new double[3 * 82];
            for (int i = 0; i < 40; i++) {
                corner(p, i, axis, i, i % 2 == 0 ? 10 : 1);
            }
            corner(p, 40, axis, 39, -1);
            for (int i = 41; i < 82; i++) {
                corner(p, i, axis, 39 - (i - 41) * 39 / 40.0, i % 2 == 0 ? -1 : -2.5);
            }
            cut(p);
        }
    }

    private static void corner(double[] p, int i, int axis, double u, double v) {
        int a = axis % 3;
        p[3 * i + (axis < 3 ? a : (a + 1) % 3)] = u;
        p[3 * i + (axis < 3 ? (a + 1) % 3 : a)] = v;
        p[3 * i + (a + 2) % 3] = 500_000;
    }

    @Test
    void aBridgeToAHoleIsNoCrossing() {
        // a square of side 4 with a square hole of side 2, by way of a bridge that is gone along twice
        int[] out = cut(0, 0, 0, 4, 0, 0, 4, 4, 0, 0, 4, 0, 0, 0, 0, 1, 1, 0, 1, 3, 0, 3, 3, 0, 3, 1, 0, 1, 1, 0);
        assertThat(out).hasSize(24);
    }

    @Test
    void cornersOnALineAreKeptAndCoverNothingTwice() {
        int[] out = cut(0, 0, 0, 1, 0, 0, 2, 0, 0, 2, 2, 0, 1, 2, 0, 0, 2, 0, 0, 1, 0);
        assertThat(Arrays.stream(out).distinct().count()).isEqualTo(7);
    }

    @Test
    void manyCornersAreCutInTime() {
        Random r = new Random(7);
        int n = 20_000;
        double[] p = new double[3 * n];
        for (int i = 0; i < n; i++) {
            double a = 2 * Math.PI * i / n;
            double d = 1 + r.nextDouble();
            p[3 * i] = d * Math.cos(a);
            p[3 * i + 1] = d * Math.sin(a);
            p[3 * i + 2] = 0.5 * p[3 * i];
        }
        cut(p);
    }

    @Test
    void whatCrossesItselfIsAFanAndSaysSo() {
        int[] out = new int[6];
        double[] bow = {0, 0, 0, 1, 1, 0, 1, 0, 0, 0, 1.5, 0};
        assertThat(new EarClipping().cut(bow, all(4), 4, out)).isFalse();
        double[] star = new double[15];
        for (int i = 0; i < 5; i++) {
            star[3 * i] = Math.cos(i * 0.8 * Math.PI);
            star[3 * i + 1] = Math.sin(i * 0.8 * Math.PI);
        }
        assertThat(new EarClipping().cut(star, all(5), 5, new int[9])).isFalse();
        double[] line = {0, 0, 0, 1, 0, 0, 2, 0, 0, 3, 0, 0};
        assertThat(new EarClipping().cut(line, all(4), 4, out)).isTrue();
        assertThat(out).containsExactly(0, 1, 2, 0, 2, 3);
    }
}
