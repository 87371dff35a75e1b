package org.grotto.clean;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.grotto.base.Work;
import org.grotto.geometry.Cloud;
import org.grotto.geometry.Lattice;
import org.grotto.store.Engine;
import org.grotto.store.Threads;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Signs of normals in small clouds: against Kruskal's and Borůvka's methods word for word, and however they are cut. */
class OrientationCutsTest {
    private static final Lattice LATTICE = new Lattice(-9, -9, -9, 1e-6);
    private static final CleanOptions.Side OUT = CleanOptions.Side.OUTSIDE;

    private final Random random = new Random(12);
    private final List<double[]> rows = new ArrayList<>();

    /** A point with its normal turned at random, and whether that is known to be right (then it is not turned). */
    private void add(double[] p, double[] n, boolean known) {
        double l = Math.sqrt(n[0] * n[0] + n[1] * n[1] + n[2] * n[2]);
        double s = known || random.nextBoolean() ? 1 : -1;
        rows.add(new double[] {p[0], p[1], p[2], s * n[0] / l, s * n[1] / l, s * n[2] / l, known ? 1 : 0});
    }

    /** In the order that every store of them has. */
    private Cloud cloud(Work work) {
        int n = rows.size();
        int[][] c = new int[3][n];
        float[] normals = new float[3 * n];
        byte[] known = new byte[n];
        for (int i = 0; i < n; i++) {
            double[] r = rows.get(i);
            c[0][i] = LATTICE.ix(r[0]);
            c[1][i] = LATTICE.iy(r[1]);
            c[2][i] = LATTICE.iz(r[2]);
            for (int a = 0; a < 3; a++) {
                normals[3 * i + a] = (float) r[3 + a];
            }
            known[i] = (byte) r[6];
        }
        Cloud all = new Cloud(LATTICE, c[0], c[1], c[2], null, null, null, null)
                .withNormals(normals)
                .with(Orientation.KNOWN, known);
        return new Threads(work).store(all, n).whole();
    }

    private static float[] turned(Cloud cloud, int cut, double reach, CleanOptions.Side side, Work work) {
        Engine engine = new Threads(work);
        return Objects.requireNonNull(Orientation.run(engine.store(cloud, cut), side, reach, engine)
                .store()
                .whole()
                .normals());
    }

    private void ball(int n, double x, double radius) {
        for (int i = 0; i < n; i++) {
            double h = 1 - 2 * (i + 0.5) / n;
            double r = Math.sqrt(1 - h * h);
            double a = i * 2.399963229728653;
            double[] d = {r * Math.cos(a), r * Math.sin(a), h};
            add(new double[] {x + radius * d[0], radius * d[1], radius * d[2]}, d, false);
        }
    }

    /** The sign of one point is that of all that hang together with it, inward or outward. */
    @ParameterizedTest
    @CsvSource({"30, 1", "100, -1", "1000, 1"})
    void onePointTellsAllOthers(int cut, int sign) {
        ball(900, 0, 1);
        double[] first = rows.getFirst();
        for (int a = 0; a < 3; a++) {
            first[3 + a] = sign * first[a];
        }
        first[6] = 1;
        try (Work work = Work.silent()) {
            Cloud c = cloud(work);
            float[] n = turned(c, cut, 0.5, CleanOptions.Side.AUTO, work);
            for (int i = 0; i < c.size; i++) {
                double out = n[3 * i] * (c.px(i)) + n[3 * i + 1] * c.py(i) + n[3 * i + 2] * c.pz(i);
                double[] p = {c.px(i) + 9, c.py(i) + 9, c.pz(i) + 9};
                assertThat(out).as(Arrays.toString(p)).isCloseTo(sign, within(0.01));
            }
        }
    }

    /** A sheet as rough as given, of which some points have no normal and a few a known one. */
    private void sheet(int n, double rough) {
        for (int i = 0; i < n; i++) {
            double[] p = {random.nextDouble(), random.nextDouble(), 0.05 * rough * random.nextGaussian()};
            double[] tilt = {rough * random.nextGaussian(), rough * random.nextGaussian(), 1};
            add(p, tilt, i % 97 == 0);
            if (i % 41 == 1) {
                Arrays.fill(rows.getLast(), 3, 6, 0);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"0.05, 40", "0.2, 40", "0.2, 150", "0.5, 40", "0.5, 9999", "3, 60"})
    void signsAreThoseOfTheSpanningForest(double rough, int cut) {
        sheet(500, rough);
        try (Work work = Work.silent()) {
            Cloud c = cloud(work);
            float[] want = new Naive(c, 0.3).turned();
            assertThat(turned(c, cut, 0.3, CleanOptions.Side.AUTO, work)).isEqualTo(want);
        }
    }

    /** Where nobody knows any sign, and the open side is asked. */
    @ParameterizedTest
    @ValueSource(doubles = {0.1, 0.4, 3})
    void cutsChangeNothing(double rough) {
        sheet(500, rough);
        rows.forEach(r -> r[6] = 0);
        for (int i = 0; i < 60; i++) {
            add(
                    new double[] {2 + random.nextDouble(), random.nextDouble(), random.nextDouble()},
                    new double[] {random.nextGaussian(), random.nextGaussian(), random.nextGaussian()},
                    false);
        }
        try (Work work = Work.silent()) {
            Cloud c = cloud(work);
            float[] whole = turned(c, 9999, 0.2, OUT, work);
            for (int cut : new int[] {25, 60, 170}) {
                assertThat(turned(c, cut, 0.2, OUT, work)).as("cut at %s", cut).isEqualTo(whole);
            }
        }
    }

    /** Of a hundred thousand points every second is asked for the open side: lonely points are asked nevertheless. */
    @Test
    void nobodyIsForgottenAmongMany() {
        ball(100_000, 0, 3);
        int many = rows.size();
        for (int k = 0; k < 60; k++) {
            add(new double[] {4.5, k % 8 - 3.5, k / 8.0 - 3.5}, new double[] {0, 0, 1}, false);
        }
        try (Work work = Work.silent()) {
            Cloud c = cloud(work);
            float[] n = turned(c, 20_000, 0.1, OUT, work);
            int lonely = 0;
            for (int i = 0; i < c.size; i++) {
                if (c.px(i) > 4) {
                    assertThat(n[3 * i + 2]).as("upwards counts more").isEqualTo(1);
                    lonely++;
                } else {
                    assertThat(n[3 * i] * c.px(i) + n[3 * i + 1] * c.py(i) + n[3 * i + 2] * c.pz(i))
                            .isCloseTo(3, within(0.01));
                }
            }
            assertThat(lonely).isEqualTo(rows.size() - many);
        }
    }

    /** What {@link Orientation} says that it does, with every edge of the cloud in one list. */
    private static final class Naive {
        private final Cloud c;
        private final Mirror mirror;
        private final int open;
        private final int[] part;
        private final boolean[] odd;

        private record Edge(int doubt, int i, int rank, int j) {}

        private final List<Edge> edges = new ArrayList<>();

        Naive(Cloud c, double reach) {
            this.c = c;
            this.mirror = new Mirror(c, Objects.requireNonNull(c.normals()));
            this.open = c.size;
            this.part = new int[c.size + 1];
            this.odd = new boolean[c.size + 1];
            Arrays.setAll(part, k -> k);
            for (int i = 0; i < c.size; i++) {
                int at = i;
                List<Integer> near = new ArrayList<>();
                for (int j = 0; j < c.size; j++) {
                    if (j != i && distance(i, j) <= reach) {
                        near.add(j);
                    }
                }
                near.sort(Comparator.comparingDouble(j -> distance(at, j)));
                int rank = 0;
                for (int j : near.subList(0, Math.min(12, near.size()))) {
                    if (!mirror.none(i) && !mirror.none(j)) {
                        edges.add(new Edge(mirror.doubt(i, j), i, rank++, j));
                    }
                }
            }
        }

        private double distance(int i, int j) {
            return Math.hypot(Math.hypot(c.px(i) - c.px(j), c.py(i) - c.py(j)), c.pz(i) - c.pz(j));
        }

        private void join(int i, int j, boolean opposite) {
            if (part[i] == part[j]) {
                return;
            }
            int from = part[j];
            boolean turn = odd[i] ^ odd[j] ^ opposite;
            for (int k = 0; k < part.length; k++) {
                if (part[k] == from) {
                    part[k] = part[i];
                    odd[k] ^= turn;
                }
            }
        }

        float[] turned() {
            byte[] known = Objects.requireNonNull(c.columns.bytes("known"));
            for (int i = 0; i < c.size; i++) {
                if (known[i] != 0 || mirror.none(i)) {
                    join(i, open, false);
                }
            }
            edges.sort(Comparator.comparingInt(Edge::doubt)
                    .thenComparingInt(Edge::i)
                    .thenComparingInt(Edge::rank));
            for (Edge e : edges) {
                if (e.doubt < 30) {
                    join(e.i, e.j, mirror.cosine(e.i, e.j) < 0);
                }
            }
            while (round()) {}
            float[] n = Objects.requireNonNull(c.normals()).clone();
            for (int i = 0; i < c.size; i++) {
                assertThat(part[i]).as("hangs together").isEqualTo(part[open]);
                for (int a = 0; a < 3 && known[i] == 0 && odd[i] != odd[open]; a++) {
                    n[3 * i + a] = -n[3 * i + a];
                }
            }
            return n;
        }

        /** Each part but the open side's joins the one with which it has the surest border. */
        private boolean round() {
            Map<Long, Double> sums = new HashMap<>();
            Map<Long, Edge> one = new HashMap<>();
            for (Edge e : edges) {
                if (part[e.i] != part[e.j]) {
                    long key = (long) Math.min(part[e.i], part[e.j]) << 32 | Math.max(part[e.i], part[e.j]);
                    sums.merge(key, odd[e.i] ^ odd[e.j] ? -mirror.vote(e.i, e.j) : mirror.vote(e.i, e.j), Double::sum);
                    one.put(key, e);
                }
            }
            Map<Integer, Long> best = new HashMap<>();
            for (Map.Entry<Long, Double> s : sums.entrySet()) {
                for (int p : new int[] {(int) (s.getKey() >>> 32), s.getKey().intValue()}) {
                    Long b = best.get(p);
                    if (p != part[open] && (b == null || Math.abs(s.getValue()) > Math.abs(sums.get(b)))) {
                        best.put(p, s.getKey());
                    }
                }
            }
            // signs stand against the parts as they were: joined by the edges themselves
            boolean[] was = odd.clone();
            for (long key : best.values()) {
                Edge e = one.get(key);
                join(e.i, e.j, was[e.i] ^ was[e.j] ^ sums.get(key) < 0);
            }
            return !best.isEmpty();
        }
    }
}
