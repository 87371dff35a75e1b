package org.grotto.surface;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.grotto.base.Work;
import org.junit.jupiter.api.Test;

/** Operator, field and transfer against sums over single cells, in double precision. */
class OperatorTest {
    /** A v at every active corner, cell by cell: stiffness, and samples drawing the surface. Also the diagonal of A. */
    private static double[][] product(Grid g, Samples s, double alpha, float[] v) {
        Level l = g.level;
        double[] out = new double[8 * l.n];
        double[] diagonal = new double[8 * l.n];
        Level.Points p = l.points;
        for (int i = 0; i < 8 * l.n; i++) {
            int x = Grid.x(l, i / 8, i & 7);
            int y = Grid.y(l, i / 8, i & 7);
            int z = Grid.z(l, i / 8, i & 7);
            if (!g.cell(x, y, z)) {
                continue;
            }
            boolean sampled = alpha > 0 && (p.mask()[i / 8] >> (i & 7) & 1) != 0;
            int at = sampled ? p.start()[i / 8] + Integer.bitCount(p.mask()[i / 8] & (1 << (i & 7)) - 1) : -1;
            double[] place = sampled ? new double[] {p.x()[at], p.y()[at], p.z()[at]} : new double[3];
            for (int a = 0; a < 8; a++) {
                int row = g.at(x + (a & 1), y + (a >> 1 & 1), z + (a >> 2));
                for (int b = 0; b < 8; b++) {
                    int column = g.at(x + (b & 1), y + (b >> 1 & 1), z + (b >> 2));
                    double e = Grid.element(a, b, -1);
                    if (sampled) {
                        e += p.weight()[at] * Grid.weight(a, place) * Grid.weight(b, place);
                    }
                    out[row] += e * v[column];
                    diagonal[row] += a == b ? e : 0;
                }
            }
        }
        for (int i = 0; i < out.length; i++) {
            if ((l.active[i / 8] >> (i & 7) & 1) == 0) {
                out[i] = 0;
                diagonal[i] = Double.POSITIVE_INFINITY;
            }
        }
        return new double[][] {out, diagonal};
    }

    @Test
    void theOperatorIsTheSumOverItsCells() {
        try (Work work = Work.silent()) {
            Samples s = Grid.samples(Grid.SMALL, work);
            List<Grid> levels = Grid.octree(s, Grid.SMALL, work);
            for (Grid g : levels.subList(1, levels.size())) {
                for (double alpha : new double[] {0, 8}) {
                    Level l = g.level;
                    l.points = alpha > 0 ? Octree.merge(l, s, alpha, work) : none(l);
                    float[] v = g.noise(l.depth);
                    double[][] want = product(g, s, alpha, v);
                    Operator a = new Operator(l);
                    float[] got = new float[v.length];
                    java.util.Arrays.fill(got, 99);
                    double dot = a.apply(v, got, work);
                    double sum = 0;
                    for (int i = 0; i < v.length; i++) {
                        assertThat((double) got[i]).isCloseTo(want[0][i], within(1e-4 * (1 + Math.abs(want[0][i]))));
                        sum += got[i] * (double) v[i];
                    }
                    assertThat(dot).isCloseTo(sum, within(1e-6 * Math.abs(sum)));
                    float[] right = g.noise(77);
                    float[] r = right.clone();
                    a.residual(v, r, r, work);
                    float[] inverse = new float[v.length];
                    a.inverseDiagonal(inverse, work);
                    for (int i = 0; i < v.length; i++) {
                        boolean active = (l.active[i / 8] >> (i & 7) & 1) != 0;
                        double rest = active ? right[i] - want[0][i] : 0;
                        assertThat((double) r[i]).isCloseTo(rest, within(1e-4 * (1 + Math.abs(want[0][i]))));
                        assertThat((double) inverse[i]).isCloseTo(1 / want[1][i], within(1e-5));
                    }
                }
            }
        }
    }

    private static Level.Points none(Level l) {
        return new Level.Points(new byte[l.n], new int[l.n], new float[0], new float[0], new float[0], new float[0]);
    }

    /** The field of the normals spread at a level, by corner: what each sample puts there. */
    private static double[][] spread(Grid g, Samples s) {
        Level l = g.level;
        double[][] field = new double[3][8 * l.n];
        for (int i = 0; i < s.n; i++) {
            double share = 1 - Math.abs(s.splat[i] - l.depth);
            int[] c = Grid.cellOf(s, i, l.depth);
            if (share <= 0 || !g.cell(c[0], c[1], c[2])) {
                continue;
            }
            double[] place = Grid.placeIn(s, i, l.depth);
            for (int k = 0; k < 8; k++) {
                int at = g.at(c[0] + (k & 1), c[1] + (k >> 1 & 1), c[2] + (k >> 2));
                for (int a = 0; a < 3; a++) {
                    field[a][at] += share * s.area[i] * g.cells * g.cells * s.normal[3 * i + a] * Grid.weight(k, place);
                }
            }
        }
        return field;
    }

    private static double[] divergence(Grid g, double[][] field) {
        Level l = g.level;
        double[] out = new double[8 * l.n];
        for (int i = 0; i < 8 * l.n; i++) {
            int x = Grid.x(l, i / 8, i & 7);
            int y = Grid.y(l, i / 8, i & 7);
            int z = Grid.z(l, i / 8, i & 7);
            for (int a = 0; g.cell(x, y, z) && a < 8; a++) {
                int row = g.at(x + (a & 1), y + (a >> 1 & 1), z + (a >> 2));
                for (int b = 0; b < 8; b++) {
                    int column = g.at(x + (b & 1), y + (b >> 1 & 1), z + (b >> 2));
                    for (int axis = 0; axis < 3; axis++) {
                        out[row] += Grid.element(a, b, axis) * field[axis][column];
                    }
                }
            }
        }
        return out;
    }

    private static void assertActive(Level l, float[] got, double[] want) {
        double most = java.util.Arrays.stream(want).map(Math::abs).max().orElse(0);
        assertThat(most).isPositive();
        for (int i = 0; i < got.length; i++) {
            if ((l.active[i / 8] >> (i & 7) & 1) != 0) {
                assertThat((double) got[i]).isCloseTo(want[i], within(1e-5 * most));
            }
        }
    }

    /** Half of what coarse levels spread comes down, carried exactly by interpolation. */
    @Test
    void theFieldIsTheSumOverItsSamplesAndItsDivergenceOverItsCells() {
        try (Work work = Work.silent()) {
            Samples s = Grid.samples(Grid.SMALL, work);
            List<Grid> levels = Grid.octree(s, Grid.SMALL, work);
            for (int d = 1; d < levels.size(); d++) {
                Grid g = levels.get(d);
                Level l = g.level;
                double[][] field = spread(g, s);
                int n = 0;
                for (float splat : s.splat) {
                    n += Math.abs(splat - l.depth) < 1 ? 1 : 0;
                }
                int[] at = Field.spreadAt(l, s, work);
                assertThat(at).hasSize(n);
                if (n == 0) {
                    continue;
                }
                Field own = Field.zero(l);
                own.spread(l, s, work);
                float[] got = new float[8 * l.n];
                own.addDivergence(l, got, work);
                assertActive(l, got, divergence(g, field));
                own.addDivergence(l, got, work);
                double[] twice = divergence(g, field);
                java.util.Arrays.setAll(twice, i -> 2 * twice[i]);
                assertActive(l, got, twice);
                if (d + 1 < levels.size()) {
                    Grid fine = levels.get(d + 1);
                    double[][] down = new double[3][];
                    for (int a = 0; a < 3; a++) {
                        down[a] = interpolated(g, field[a], fine, 0.5);
                    }
                    float[] carried = new float[8 * fine.level.n];
                    own.carry(l, fine.level, work).addDivergence(fine.level, carried, work);
                    assertActive(fine.level, carried, divergence(fine, down));
                }
            }
        }
    }

    /** Values of the finer level's corners, trilinear in the coarser cells. */
    private static double[] interpolated(Grid coarse, double[] v, Grid fine, double factor) {
        double[] out = new double[8 * fine.level.n];
        for (int i = 0; i < out.length; i++) {
            int x = Grid.x(fine.level, i / 8, i & 7);
            int y = Grid.y(fine.level, i / 8, i & 7);
            int z = Grid.z(fine.level, i / 8, i & 7);
            if (!fine.corner(x, y, z)) {
                continue;
            }
            for (int k = 0; k < 27; k++) {
                int cx = x / 2 + k % 3 - 1;
                int cy = y / 2 + k / 3 % 3 - 1;
                int cz = z / 2 + k / 9 - 1;
                double w = hat(x - 2 * cx) * hat(y - 2 * cy) * hat(z - 2 * cz);
                if (w > 0) {
                    out[i] += factor * w * v[coarse.at(cx, cy, cz)];
                }
            }
        }
        return out;
    }

    private static double hat(int halves) {
        return Math.max(0, 1 - Math.abs(halves) / 2.0);
    }

    @Test
    void valuesComeDownByInterpolation() {
        try (Work work = Work.silent()) {
            Samples s = Grid.samples(Grid.SMALL, work);
            List<Grid> levels = Grid.octree(s, Grid.SMALL, work);
            for (int d = 1; d < levels.size(); d++) {
                Grid coarse = levels.get(d - 1);
                Grid fine = levels.get(d);
                float[] v = coarse.noise(d);
                double[] wide = new double[v.length];
                java.util.Arrays.setAll(wide, i -> v[i]);
                double[] want = interpolated(coarse, wide, fine, 3);
                float[] all = new float[want.length];
                Transfer.prolong(coarse.level, v, fine.level, all, 3, Transfer.Target.ALL, work);
                float[] rim = new float[want.length];
                java.util.Arrays.fill(rim, 7);
                Transfer.prolong(coarse.level, v, fine.level, rim, 3, Transfer.Target.INACTIVE, work);
                for (int i = 0; i < want.length; i++) {
                    int x = Grid.x(fine.level, i / 8, i & 7);
                    int y = Grid.y(fine.level, i / 8, i & 7);
                    int z = Grid.z(fine.level, i / 8, i & 7);
                    if (fine.corner(x, y, z)) {
                        boolean active = fine.active(x, y, z);
                        assertThat((double) all[i]).isCloseTo(want[i], within(1e-5));
                        assertThat((double) rim[i]).isCloseTo(active ? 7 : want[i], within(1e-5));
                    }
                }
            }
        }
    }

    /** Right-hand sides go up by half of the transpose. */
    @Test
    void rightHandSidesGoUpByTheTranspose() {
        try (Work work = Work.silent()) {
            Samples s = Grid.samples(Grid.SMALL, work);
            List<Grid> levels = Grid.octree(s, Grid.SMALL, work);
            Level[] all = levels.stream().map(g -> g.level).toArray(Level[]::new);
            for (int d = 1; d < levels.size(); d++) {
                Grid coarse = levels.get(d - 1);
                Grid fine = levels.get(d);
                float[] f = fine.noise(d);
                float[] got = coarse.noise(99);
                double[] want = new double[got.length];
                for (int i = 0; i < want.length; i++) {
                    want[i] = got[i];
                    int x = Grid.x(coarse.level, i / 8, i & 7);
                    int y = Grid.y(coarse.level, i / 8, i & 7);
                    int z = Grid.z(coarse.level, i / 8, i & 7);
                    for (int k = 0; coarse.level.child(i / 8, i & 7) >= 0 && k < 27; k++) {
                        int at = fine.at(2 * x + k % 3 - 1, 2 * y + k / 3 % 3 - 1, 2 * z + k / 9 - 1);
                        want[i] += at < 0 ? 0 : 0.5 * hat(k % 3 - 1) * hat(k / 3 % 3 - 1) * hat(k / 9 - 1) * f[at];
                    }
                }
                Transfer.restrict(all, d, f, got, work);
                for (int i = 0; i < want.length; i++) {
                    assertThat((double) got[i]).isCloseTo(want[i], within(1e-5));
                }
            }
        }
    }

    /** A function that is one everywhere has no gradient: only samples resist it. */
    @Test
    void constantsHaveNoStiffness() {
        try (Work work = Work.silent()) {
            Samples s = Grid.samples(Grid.SMALL, work);
            List<Grid> levels = Grid.octree(s, Grid.SMALL, work);
            for (Grid g : levels.subList(1, levels.size())) {
                Level l = g.level;
                l.points = none(l);
                float[] one = new float[8 * l.n];
                java.util.Arrays.fill(one, 1);
                float[] out = new float[one.length];
                new Operator(l).apply(one, out, work);
                for (float v : out) {
                    assertThat(v).isCloseTo(0, within(1e-5f));
                }
            }
        }
    }
}
