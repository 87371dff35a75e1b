package org.grotto.surface;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.grotto.base.Work;
import org.grotto.geometry.Cloud;
import org.grotto.geometry.Columns;
import org.grotto.geometry.KdTree;
import org.grotto.geometry.Lattice;
import org.grotto.geometry.Mesh;
import org.grotto.store.Engine;
import org.grotto.store.MeshCraft;
import org.grotto.store.MeshStore;
import org.grotto.store.Threads;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What each of the points around a vertex weighs: one of them is a hair brighter, too little to be an outlier, and by how
 * much the vertex follows is its weight.
 */
class ColourWeightsTest {
    private static final Lattice LATTICE = new Lattice(-5, -5, -5, 1e-7);
    private static final float HAIR = 1e-4f;
    private static final double S = 0.01;

    private final List<double[]> points = new ArrayList<>();
    private final List<double[]> normals = new ArrayList<>();
    private final List<Integer> station = new ArrayList<>();
    private final List<double @Nullable []> eyes = new ArrayList<>();
    private float gain = 1;

    private void add(int s, double tilt, double x, double y, double z) {
        points.add(new double[] {x, y, z});
        normals.add(new double[] {Math.sin(tilt), 0, Math.cos(tilt)});
        station.add(s);
    }

    /** A grid of 7 x 7 points about the vertex at (0, 0, 0), which is one of them, all of a station not known. */
    private ColourWeightsTest grid() {
        for (int i = 0; i < 49; i++) {
            add(9, 0, S * (i % 7 - 3), S * (i / 7 - 3), 0);
        }
        return this;
    }

    private static final int MIDDLE = 24;

    /** Linear light of the vertex where points have these intensities; NaN where it has none. */
    private double light(float... intensity) {
        int n = points.size();
        int[][] c = new int[3][n];
        float[] nn = new float[3 * n];
        char[] of = new char[n];
        for (int i = 0; i < n; i++) {
            c[0][i] = LATTICE.ix(points.get(i)[0]);
            c[1][i] = LATTICE.iy(points.get(i)[1]);
            c[2][i] = LATTICE.iz(points.get(i)[2]);
            for (int a = 0; a < 3; a++) {
                nn[3 * i + a] = (float) normals.get(i)[a];
            }
            of[i] = (char) (int) station.get(i);
        }
        Cloud cloud = new Cloud(LATTICE, c[0], c[1], c[2], nn, null, intensity, of);
        Mesh mesh = new Mesh(0, 0, 0, new float[3], new float[] {0, 0, 1}, null, null, new int[0]);
        try (Work work = Work.silent()) {
            Engine engine = new Threads(work);
            MeshStore store = engine.mesh(mesh, engine.store(cloud, 1000), 1000);
            Set<String> needs = Set.of(Columns.NORMAL.name());
            Set<String> sees = Set.of(Columns.NORMAL.name(), Columns.STATION.name(), Columns.INTENSITY.name());
            Columns got = engine.map(
                            store,
                            MeshCraft.onPoints(
                                    needs,
                                    sees,
                                    1,
                                    (region, w) -> new Colour(eyes, gain)
                                            .gather(
                                                    region,
                                                    KdTree.of(region.cloud()),
                                                    new VertexSamples.Rows(region),
                                                    w)))
                    .get(0);
            boolean known = Objects.requireNonNull(got.bytes(ColourFill.KNOWN.name()))[0] != 0;
            return known ? Objects.requireNonNull(got.floats(ColourFill.LINEAR.name()))[0] : Double.NaN;
        }
    }

    /** The weight of point i among all, 0 to 1. */
    private double weight(int i) {
        float[] v = new float[points.size()];
        Arrays.fill(v, 0.001f);
        double before = light(v);
        v[i] += HAIR;
        return (light(v) - before) / HAIR;
    }

    /**
     * The kernel is two spacings wide, the spacing that of the sixteen nearest; and falls with the fourth power of one minus
     * the squared distance.
     */
    @Test
    void nearPointsWeighMore() {
        grid();
        double middle = weight(MIDDLE);
        // the 16 nearest of a grid: 1 + 4 + 4 + 4 within 2, and three of the eight at sqrt(5)
        double mean = (4 * 1 + 4 * 2 + 4 * 4 + 3 * 5) / 16.0;
        double spacing = Math.sqrt(2 * (mean - 0.06)) * Math.sqrt(Math.PI / 16);
        double kernel = 4 * spacing * spacing;
        for (int[] k : new int[][] {{1, 0, 1}, {1, 1, 2}}) {
            double want = Math.pow(1 - k[2] / kernel, 4);
            int i = MIDDLE + k[0] + 7 * k[1];
            assertThat(weight(i) / middle).isCloseTo(want, within(0.06 * want + 0.002));
        }
        assertThat(weight(0)).isZero();
        double sum = 0;
        for (int i = 0; i < 49; i++) {
            sum += weight(i);
        }
        assertThat(sum).isCloseTo(1, within(0.03));
    }

    /** A point that looks elsewhere weighs by the cosine, and nothing beyond 72 degrees. */
    @ParameterizedTest
    @CsvSource({"45, true", "70, true", "75, false", "110, false", "180, false"})
    void pointsWeighByHowTheyLook(double degrees, boolean counts) {
        grid();
        double straight = weight(MIDDLE);
        double c = Math.cos(Math.toRadians(degrees));
        normals.set(MIDDLE, new double[] {Math.sin(Math.toRadians(degrees)), 0, c});
        double others = 1 - straight;
        double want = counts ? straight * c / (others + straight * c) : 0;
        assertThat(weight(MIDDLE)).isCloseTo(want, within(0.01));
    }

    /** By cosine of incidence, a tenth for none, over range, at least 0.3 m; a fifth where no eye is known. */
    @ParameterizedTest
    @CsvSource({"2, 0", "2, 60", "1, 0", "0.3, 0", "0.15, 0", "4, 80"})
    void pointsSeenSquarelyAndFromNearWeighMore(double range, double degrees) {
        grid();
        double unknown = weight(MIDDLE) / (1 - weight(MIDDLE));
        double t = Math.toRadians(degrees);
        eyes.add(new double[] {range * Math.sin(t), 0, range * Math.cos(t)});
        station.set(MIDDLE, 0);
        double seen = weight(MIDDLE) / (1 - weight(MIDDLE));
        double want = (0.1 + Math.cos(t)) / Math.max(0.3, range) / 0.2;
        assertThat(seen / unknown).isCloseTo(want, within(0.05 * want));
        // seen from behind: no cosine, but a tenth
        eyes.set(0, new double[] {range * Math.sin(t), 0, -range * Math.cos(t)});
        double behind = weight(MIDDLE) / (1 - weight(MIDDLE));
        assertThat(behind / unknown).isCloseTo(0.1 / Math.max(0.3, range) / 0.2, within(0.05 * want + 0.01));
    }

    /**
     * What differs from the others counts less: with all others alike but for a hair, a glaring point's weight falls to
     * almost nothing.
     */
    @Test
    void aGlaringPointHardlyCounts() {
        grid();
        float[] v = new float[49];
        Arrays.fill(v, 0.2f);
        double plain = weight(MIDDLE);
        v[MIDDLE] = 1;
        assertThat(light(v) - 0.2).isBetween(0.0, 1e-6);
    }

    /**
     * Points that differ among each other: the mean over all by their weights, as they are found one by one, less by how far
     * they are from the one at the weighted median, beside four times the median of these differences.
     */
    @Test
    void scatterIsMeasuredByItsMedian() {
        grid();
        double[] w = new double[49];
        for (int i = 0; i < 49; i++) {
            w[i] = weight(i);
        }
        java.util.Random random = new java.util.Random(1);
        float[] v = new float[49];
        for (int round = 0; round < 20; round++) {
            for (int i = 0; i < 49; i++) {
                v[i] = (float) (0.3 + 0.04 * random.nextGaussian());
            }
            double middle = median(v, w);
            float[] off = new float[49];
            for (int i = 0; i < 49; i++) {
                off[i] = (float) (3 * (v[i] - middle) * (v[i] - middle));
            }
            double scatter = 4 * median(off, w) + 1e-5;
            double sum = 0;
            double all = 0;
            for (int i = 0; i < 49; i++) {
                double f = scatter / (scatter + off[i]);
                sum += w[i] * f * f * v[i];
                all += w[i] * f * f;
            }
            assertThat(light(v)).isCloseTo(sum / all, within(0.0008));
        }
    }

    private static double median(float[] v, double[] w) {
        Integer[] order = new Integer[v.length];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, java.util.Comparator.comparingDouble(i -> v[i]));
        double half = 0;
        for (int i : order) {
            half += w[i];
            if (half >= 0.5) {
                return v[i];
            }
        }
        return Double.NaN;
    }

    /** Intensities are multiplied by the gain, and end at white. */
    @Test
    void gainMultipliesIntensity() {
        grid();
        gain = 3;
        float[] v = new float[49];
        Arrays.fill(v, 0.2f);
        assertThat(light(v)).isCloseTo(0.6, within(1e-6));
        Arrays.fill(v, 0.5f);
        assertThat(light(v)).isCloseTo(1, within(1e-6));
        Arrays.fill(v, -0.5f);
        assertThat(light(v)).isZero();
    }

    @Test
    void farOffNothingIsKnown() {
        grid();
        float[] v = new float[49];
        for (int i = 0; i < 49; i++) {
            double[] p = points.get(i);
            points.set(i, new double[] {p[0], p[1], 0.021});
        }
        assertThat(light(v)).isNaN();
        for (int i = 0; i < 49; i++) {
            double[] p = points.get(i);
            points.set(i, new double[] {p[0], p[1], 0.017});
        }
        assertThat(light(v)).isZero();
    }
}
