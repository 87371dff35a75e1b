package org.grotto.lod;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.grotto.base.Work;
import org.junit.jupiter.api.Test;

/** The bound over a whole triangle against a fine grid of places in it. */
class TileBoundTest {
    private static final int GRID = 60;

    private static double sampled(MeshNearest tile, double[] p) {
        double most = 0;
        for (int i = 0; i <= GRID; i++) {
            for (int j = 0; i + j <= GRID; j++) {
                double s = (double) i / GRID;
                double t = (double) j / GRID;
                double[] q = new double[3];
                for (int a = 0; a < 3; a++) {
                    q[a] = (1 - s - t) * p[a] + s * p[3 + a] + t * p[6 + a];
                }
                double least = Double.POSITIVE_INFINITY;
                for (int k = 0; k < tile.size(); k++) {
                    least = Math.min(least, tile.squared(k, q[0], q[1], q[2]));
                }
                most = Math.max(most, least);
            }
        }
        return Math.sqrt(most);
    }

    private static double bound(MeshNearest tile, double[] p, double enough) {
        TileBound b = new TileBound(tile, enough * enough);
        int[] near = new int[3];
        for (int k = 0; k < 3; k++) {
            near[k] = b.point(p[3 * k], p[3 * k + 1], p[3 * k + 2]);
        }
        b.triangle(p, near);
        return Math.sqrt(b.squared());
    }

    private static MeshNearest of(float[] xyz, int... t) {
        try (Work work = Work.silent()) {
            return new MeshNearest(xyz, t, work);
        }
    }

    /** Above what is found anywhere in the triangle, and by a twentieth, or a thirty-second of its edges, at most. */
    @Test
    void noPlaceLiesBeyondTheBoundAndItIsTight() {
        Random r = new Random(4);
        double sum = 0;
        for (int round = 0; round < 400; round++) {
            // a fan of six around a point that is raised or sunk: roofs, pits, folds
            float[] xyz = new float[21];
            int[] t = new int[18];
            xyz[2] = (float) (0.5 * r.nextGaussian());
            for (int i = 0; i < 6; i++) {
                xyz[3 * i + 3] = (float) (2 * Math.cos(i * Math.PI / 3));
                xyz[3 * i + 4] = (float) (2 * Math.sin(i * Math.PI / 3));
                xyz[3 * i + 5] = (float) (0.3 * r.nextGaussian());
                t[3 * i + 1] = 1 + i;
                t[3 * i + 2] = 1 + (i + 1) % 6;
            }
            MeshNearest tile = of(xyz, t);
            double[] p = new double[9];
            double edge = 0;
            for (int i = 0; i < 9; i++) {
                p[i] = (i % 3 == 2 ? 0.2 : 0.9) * r.nextGaussian();
            }
            for (int k = 0; k < 3; k++) {
                double e = 0;
                for (int a = 0; a < 3; a++) {
                    e += Math.pow(p[3 * k + a] - p[3 * ((k + 1) % 3) + a], 2);
                }
                edge = Math.max(edge, Math.sqrt(e));
            }
            double found = sampled(tile, p);
            double bound = bound(tile, p, 0);
            assertThat(bound).as("round %d", round).isGreaterThanOrEqualTo(found - 1e-9);
            assertThat(bound)
                    .as("round %d", round)
                    .isLessThanOrEqualTo(Math.max(1.05 * found, found + edge / 32) + 1e-3);
            assertThat(bound(tile, p, 2 * bound)).as("no smaller one is wanted").isEqualTo(2 * bound);
            assertThat(bound(tile, p, found / 2)).isGreaterThanOrEqualTo(found - 1e-9);
            sum += bound / found;
        }
        assertThat(sum / 400).as("on average").isLessThan(1.1);
    }

    /** A triangle that spans a ridge of the tile: its corners lie on the slopes, its middle a known height under the ridge. */
    @Test
    void underARidgeItIsTheDepth() {
        float[] roof = {-1, -9, 0, -1, 9, 0, 0, -9, 1, 0, 9, 1, 1, -9, 0, 1, 9, 0};
        MeshNearest tile = of(roof, 0, 2, 1, 1, 2, 3, 2, 4, 3, 3, 4, 5);
        for (int k = 0; k < 3; k++) {
            // corners on both slopes at height 0.5; from under the ridge both slopes are 0.5 / sqrt 2 away
            double[][] c = {{-0.5, -1, 0.5}, {0.5, 0, 0.5}, {-0.5, 1, 0.5}};
            double[] p = new double[9];
            for (int i = 0; i < 3; i++) {
                System.arraycopy(c[(i + k) % 3], 0, p, 3 * i, 3);
            }
            double exact = 0.5 / Math.sqrt(2);
            assertThat(bound(tile, p, 0)).isBetween(exact - 1e-9, 1.05 * exact);
        }
    }
}
