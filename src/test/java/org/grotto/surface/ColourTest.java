package org.grotto.surface;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.grotto.base.Progress;
import org.grotto.base.Work;
import org.grotto.geometry.Cloud;
import org.grotto.geometry.Mesh;
import org.grotto.store.Threads;
import org.junit.jupiter.api.Test;

class ColourTest {
    private static final List<double[]> EYE = List.of(new double[] {10, 20, 30});

    /** 8-bit colour of a direction: smooth. */
    private static int[] paint(double x, double y, double z) {
        return new int[] {(int) (128 + 100 * x), (int) (128 + 100 * y), (int) (128 + 100 * Math.sin(4 * z))};
    }

    private static Cloud painted(int n) {
        return painted(Ball.points(n, 1, (z, a) -> 1));
    }

    private static Cloud painted(Cloud c) {
        char[] rgb = new char[3 * c.size];
        for (int i = 0; i < c.size; i++) {
            int[] p = paint(c.px(i) - 10, c.py(i) - 20, c.pz(i) - 30);
            for (int a = 0; a < 3; a++) {
                rgb[3 * i + a] = (char) (257 * p[a]);
            }
        }
        return new Cloud(c.lattice, c.x, c.y, c.z, c.normals(), rgb, null, c.station());
    }

    private static Mesh colour(Mesh mesh, Cloud cloud) {
        try (Work work = Work.silent()) {
            Threads engine = new Threads(work);
            return Dressing.apply(mesh, engine.store(cloud, 5000), new java.util.ArrayList<>(EYE), 1, engine);
        }
    }

    private static int[] errors(Mesh m) {
        int[] e = new int[m.vertexCount()];
        for (int v = 0; v < e.length; v++) {
            int[] want = paint(m.xyz[3 * v], m.xyz[3 * v + 1], m.xyz[3 * v + 2]);
            for (int a = 0; a < 3; a++) {
                e[v] = Math.max(e[v], Math.abs((m.rgb()[3 * v + a] & 255) - want[a]));
            }
        }
        Arrays.sort(e);
        return e;
    }

    @Test
    void smoothPaintComesOverWithinTwoSteps() {
        int[] e = errors(colour(new Ball().add(0, 0, 0, 1, 5).mesh(), painted(40_000)));
        assertThat(e[e.length - 1]).isLessThanOrEqualTo(3);
        assertThat(e[e.length / 2]).isLessThanOrEqualTo(1);
    }

    /** Half of the points have no colour, 0 0 0: the others alone give it. A cap that is black all over stays black. */
    @Test
    void uncolouredPointsTakeNoPartAndBlackStoneStaysBlack() {
        Cloud c = painted(40_000);
        java.util.Random random = new java.util.Random(4);
        for (int i = 0; i < c.size; i++) {
            if (random.nextInt(2) == 0 || c.pz(i) > 30.6) {
                Arrays.fill(c.rgb(), 3 * i, 3 * i + 3, (char) 0);
            }
        }
        Mesh m = colour(new Ball().add(0, 0, 0, 1, 5).mesh(), c);
        int black = 0;
        int cap = 0;
        int wrong = 0;
        for (int v = 0; v < m.vertexCount(); v++) {
            boolean dark = (m.rgb()[3 * v] & 255) < 8 && (m.rgb()[3 * v + 1] & 255) < 8;
            double z = m.xyz[3 * v + 2];
            cap += z > 0.63 ? 1 : 0;
            black += z > 0.63 && dark ? 1 : 0;
            wrong += z < 0.57 && dark ? 1 : 0;
        }
        assertThat(black).isEqualTo(cap);
        assertThat(cap).isGreaterThan(1000);
        assertThat(wrong).isLessThan(m.vertexCount() / 50); // by chance, of 16 points 13 and more have none
    }

    @Test
    void singleWildSamplesHardlyShow() {
        Cloud c = painted(40_000);
        for (int i = 0; i < c.size; i += 40) {
            Arrays.fill(c.rgb(), 3 * i, 3 * i + 3, (char) 0xFFFF);
        }
        int[] e = errors(colour(new Ball().add(0, 0, 0, 1, 5).mesh(), c));
        assertThat(e[e.length * 99 / 100]).isLessThanOrEqualTo(12);
        assertThat(e[e.length * 9 / 10]).isLessThanOrEqualTo(3);
    }

    @Test
    void anEdgeOfColourIsNoWiderThanTwoSpacings() {
        Cloud c = Ball.points(40_000, 1, (z, a) -> 1);
        char[] rgb = new char[3 * c.size];
        for (int i = 0; i < c.size; i++) {
            Arrays.fill(rgb, 3 * i, 3 * i + 3, c.px(i) > 10 ? (char) 0xFFFF : 0);
        }
        Mesh m = colour(
                new Ball().add(0, 0, 0, 1, 6).mesh(),
                new Cloud(c.lattice, c.x, c.y, c.z, c.normals(), rgb, null, c.station()));
        double spacing = Math.sqrt(4 * Math.PI / 40_000);
        for (int v = 0; v < m.vertexCount(); v++) {
            if (Math.abs(m.xyz[3 * v]) > 1.5 * spacing) {
                assertThat(m.rgb()[3 * v] & 255).isEqualTo(m.xyz[3 * v] > 0 ? 255 : 0);
            }
        }
    }

    @Test
    void theOtherSideOfAThinWallDoesNotShowThrough() {
        Cloud inner = painted(20_000);
        Cloud outer = Ball.points(20_000, 1.004, (z, a) -> 1);
        int n = inner.size;
        int[][] xyz = new int[3][2 * n];
        float[] normals = Arrays.copyOf(inner.normals(), 6 * n);
        char[] rgb = Arrays.copyOf(inner.rgb(), 6 * n); // the outer side is black
        for (int i = 0; i < n; i++) {
            int[] from = {inner.x[i], inner.y[i], inner.z[i], outer.x[i], outer.y[i], outer.z[i]};
            for (int a = 0; a < 3; a++) {
                xyz[a][i] = from[a];
                xyz[a][n + i] = from[3 + a];
                normals[3 * (n + i) + a] = -outer.normals()[3 * i + a];
            }
        }
        int[] e = errors(colour(
                new Ball().add(0, 0, 0, 1, 5).mesh(),
                new Cloud(Ball.LATTICE, xyz[0], xyz[1], xyz[2], normals, rgb, null, null)));
        assertThat(e[e.length - 1]).isLessThanOrEqualTo(5);
    }

    @Test
    void whatNobodySawIsFilledFromItsRim() {
        Cloud c = Ball.points(20_000, 1, (z, a) -> 0.3 - z);
        char[] rgb = new char[3 * c.size];
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = (char) (257 * (100 + 20 * (i % 3)));
        }
        Mesh m = colour(
                new Ball().add(0, 0, 0, 1, 5).mesh(),
                new Cloud(c.lattice, c.x, c.y, c.z, c.normals(), rgb, null, c.station()));
        for (int v = 0; v < m.vertexCount(); v++) {
            assertThat(m.rgb()[3 * v] & 255).isBetween(99, 101);
            assertThat(m.rgb()[3 * v + 2] & 255).isBetween(139, 141);
        }
    }

    @Test
    void intensityGivesGreyAndNothingGivesStone() {
        Cloud c = Ball.points(5000, 1, (z, a) -> 1);
        float[] half = new float[c.size];
        Arrays.fill(half, 0.5f);
        Mesh grey = colour(
                new Ball().add(0, 0, 0, 1, 3).mesh(),
                new Cloud(c.lattice, c.x, c.y, c.z, c.normals(), null, half, c.station()));
        assertThat(grey.rgb()).containsOnly((byte) 188); // linear one half
        Mesh stone = colour(new Ball().add(0, 0, 0, 1, 3).mesh(), c);
        assertThat(stone.rgb()).containsOnly((byte) 150);
        Mesh empty = colour(new Ball().add(0, 0, 0, 1, 3).mesh(), painted(0));
        assertThat(empty.rgb()).containsOnly((byte) 150);
    }

    @Test
    void sameBitsForAnyThreads() {
        Cloud c = painted(Ball.points(9000, 1, (z, a) -> Math.sin(5 * a) + 0.8 - 2 * z));
        byte[] first = null;
        for (int threads : new int[] {1, 2, 5}) {
            try (Work work = new Work(threads, 1 << 30, Progress.NONE)) {
                Threads engine = new Threads(work);
                byte[] rgb = Dressing.apply(
                                new Ball().add(0, 0, 0, 1, 5).mesh(),
                                engine.store(c, 5000),
                                new java.util.ArrayList<>(EYE),
                                1,
                                engine)
                        .rgb();
                first = first == null ? rgb : first;
                assertThat(Arrays.equals(rgb, first)).isTrue();
            }
        }
    }

    @Test
    void vertexNormalsAreExactOnABall() {
        Mesh m = new Ball().add(0, 0, 0, 1, 4).mesh();
        try (Work work = Work.silent()) {
            float[] n = org.grotto.geometry.VertexNormals.of(m, work);
            for (int i = 0; i < n.length; i++) {
                assertThat(n[i]).isCloseTo(-m.xyz[i], org.assertj.core.data.Offset.offset(1e-5f));
            }
        }
    }
}
