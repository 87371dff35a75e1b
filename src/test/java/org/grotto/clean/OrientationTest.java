package org.grotto.clean;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.grotto.base.Progress;
import org.grotto.base.Work;
import org.grotto.format.PointBatch;
import org.grotto.format.PointReader;
import org.grotto.geometry.Cloud;
import org.grotto.geometry.Lattice;
import org.grotto.geometry.Pose;
import org.grotto.simulate.SimulateOptions;
import org.grotto.simulate.SimulatedScans;
import org.grotto.simulate.Simulation;
import org.grotto.store.Engine;
import org.grotto.store.Threads;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Normals of points whose stations nobody knows, against closed forms and against the virtual caves' truth. */
class OrientationTest {
    private static final Lattice LATTICE = new Lattice(0, 0, 0, 1e-6);

    /** Points with their true normals, which travel through cleaning as colours. */
    private static final class Truth {
        private final List<double[]> rows = new ArrayList<>();

        void add(double x, double y, double z, double nx, double ny, double nz) {
            rows.add(new double[] {x, y, z, nx, ny, nz});
        }

        Cloud cloud() {
            int n = rows.size();
            int[][] xyz = new int[3][n];
            char[] rgb = new char[3 * n];
            for (int i = 0; i < n; i++) {
                double[] r = rows.get(i);
                xyz[0][i] = LATTICE.ix(r[0]);
                xyz[1][i] = LATTICE.iy(r[1]);
                xyz[2][i] = LATTICE.iz(r[2]);
                for (int a = 0; a < 3; a++) {
                    rgb[3 * i + a] = (char) Math.round(32767 * (1 + r[3 + a]));
                }
            }
            return new Cloud(LATTICE, xyz[0], xyz[1], xyz[2], null, rgb, null, null);
        }
    }

    /**
     * The share of the points whose normal points more than 120 degrees away from the true one: where a patch was turned
     * wrongly, not where an edge was rounded.
     */
    private static double turnedAway(Cloud truth, CleanOptions options, Work work) {
        Cloud k = Clean.run(truth, List.of(), options, work).cloud();
        assertThat(k.size).isGreaterThan((int) (0.98 * truth.size));
        int wrong = 0;
        for (int i = 0; i < k.size; i++) {
            double d = 0;
            for (int a = 0; a < 3; a++) {
                d += k.normals()[3 * i + a] * (k.rgb()[3 * i + a] / 32767.0 - 1);
            }
            wrong += d < -0.5 ? 1 : 0;
        }
        return (double) wrong / k.size;
    }

    private static Cloud torus(double ring, double tube, double spacing, double noise) {
        Random random = new Random(5);
        Truth t = new Truth();
        int rows = (int) Math.round(2 * Math.PI * tube / spacing);
        for (int j = 0; j < rows; j++) {
            double v = 2 * Math.PI * (j + 0.5) / rows;
            int cols = (int) Math.round(2 * Math.PI * (ring + tube * Math.cos(v)) / spacing);
            for (int i = 0; i < cols; i++) {
                double u = 2 * Math.PI * (i + 0.3 * random.nextDouble()) / cols;
                double h = tube + noise * random.nextGaussian();
                double out = ring + h * Math.cos(v);
                t.add(
                        out * Math.cos(u),
                        out * Math.sin(u),
                        h * Math.sin(v),
                        Math.cos(v) * Math.cos(u),
                        Math.cos(v) * Math.sin(u),
                        Math.sin(v));
            }
        }
        return t.cloud();
    }

    /** All six faces of a plate, points on a shaken grid. */
    private static Cloud plate(double side, double thick, double spacing, double noise) {
        Random random = new Random(6);
        Truth t = new Truth();
        double[] size = {side, side, thick};
        for (int face = 0; face < 6; face++) {
            int a = face / 2;
            int b = (a + 1) % 3;
            int c = (a + 2) % 3;
            for (int i = 0; i < Math.round(size[b] / spacing); i++) {
                for (int j = 0; j < Math.round(size[c] / spacing); j++) {
                    double[] p = new double[6];
                    p[b] = (i + 0.35 + 0.3 * random.nextDouble()) * spacing;
                    p[c] = (j + 0.35 + 0.3 * random.nextDouble()) * spacing;
                    p[a] = face % 2 * size[a] + noise * random.nextGaussian();
                    p[3 + a] = face % 2 == 0 ? -1 : 1;
                    t.add(p[0], p[1], p[2], p[3], p[4], p[5]);
                }
            }
        }
        return t.cloud();
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "0.3, 0", "0.8, 0.0005"})
    void aTorusFacesOut(double noiseInSpacings, double most) {
        try (Work work = Work.silent()) {
            Cloud torus = torus(0.8, 0.3, 0.012, 0.012 * noiseInSpacings);
            assertThat(turnedAway(torus, CleanOptions.DEFAULTS, work)).isLessThanOrEqualTo(most);
        }
    }

    /** The two faces of a plate lie 5, 3 and 2 spacings apart and see only rims of the same side. */
    @ParameterizedTest
    @CsvSource({"1, 0.05, 0", "1, 0.03, 0", "1, 0.02, 0", "1, 0.05, 0.003", "4, 0.2, 0.004"})
    void aThinPlateFacesOutOnBothSides(double side, double thick, double noise) {
        CleanOptions outside = CleanOptions.DEFAULTS.withSide(CleanOptions.Side.OUTSIDE);
        try (Work work = Work.silent()) {
            assertThat(turnedAway(plate(side, thick, side / 100, noise), outside, work))
                    .isZero();
        }
    }

    /**
     * Open ground of 20 x 20 m with a block on it, whose edges are sharp, under a cloud of drops that hides a third of the
     * ground: the drops decide nothing, ground and block look up.
     */
    @Test
    void groundWithABlockUnderSprayLooksUp() {
        Random random = new Random(3);
        Truth t = new Truth();
        for (double x = 0; x < 20; x += 0.08) {
            for (double y = 0; y < 20; y += 0.08) {
                boolean block = x > 3 && x < 6 && y > 3 && y < 6;
                t.add(x, y, (block ? 0.4 : 0) + 0.004 * random.nextGaussian(), 0, 0, 1);
            }
        }
        for (double u = 3; u < 6; u += 0.08) {
            for (double z = 0.04; z < 0.4; z += 0.08) {
                t.add(3, u, z, -1, 0, 0);
                t.add(6, u, z, 1, 0, 0);
                t.add(u, 3, z, 0, -1, 0);
                t.add(u, 6, z, 0, 1, 0);
            }
        }
        int drops = t.rows.size();
        for (int i = 0; i < drops; i++) {
            double x = 12 + 5 * random.nextDouble();
            double y = 20 * random.nextDouble();
            t.add(x, y, 0.5 + 9 * random.nextDouble(), 0, 0, 0);
        }
        try (Work work = Work.silent()) {
            Cleaned c = Clean.run(t.cloud(), List.of(), CleanOptions.DEFAULTS, work);
            assertThat(c.report().orientation()).startsWith("away from the object");
            Cloud k = c.cloud();
            int ground = 0;
            int down = 0;
            for (int i = 0; i < k.size; i++) {
                double up = (k.rgb()[3 * i + 2] & 0xFFFF) / 32767.0 - 1;
                if (up > 0.9) {
                    ground++;
                    down += k.normals()[3 * i + 2] < 0 ? 1 : 0;
                }
            }
            assertThat(ground).isGreaterThan(60_000);
            assertThat(down / (double) ground).isLessThan(0.001);
        }
    }

    /** Points too lonely for a normal lie between others; that they need no sign must not decide those of the others. */
    @Test
    void pointsWithoutNormalTellNothing() {
        try (Work work = Work.silent()) {
            Engine engine = new Threads(work);
            Cloud k = engine.store(torus(0.8, 0.3, 0.02, 0), 10_000).whole();
            float[] given = new float[3 * k.size];
            byte[] known = new byte[k.size];
            Random random = new Random(4);
            for (int i = 0; i < k.size; i++) {
                float sign = random.nextBoolean() ? 1 : -1;
                known[i] = (byte) (i % 50 == 0 ? 1 : 0);
                for (int a = 0; a < 3; a++) {
                    given[3 * i + a] = known[i] != 0 ? 0 : sign * (k.rgb()[3 * i + a] / 32767f - 1);
                }
            }
            Cloud cloud = k.withNormals(given).with(Orientation.KNOWN, known);
            Orientation.Turned turned =
                    Orientation.run(engine.store(cloud, 10_000), CleanOptions.Side.AUTO, 0.2, engine);
            float[] normals = turned.store().whole().normals();
            String words = turned.words();
            assertThat(words).startsWith("away from the object");
            for (int i = 0; i < k.size; i++) {
                double d = 0;
                for (int a = 0; a < 3; a++) {
                    d += normals[3 * i + a] * (k.rgb()[3 * i + a] / 32767.0 - 1);
                }
                assertThat(d).isCloseTo(known[i] != 0 ? 0 : 1, within(1e-3));
            }
        }
    }

    @Test
    void sameBitsForAnyThreads() {
        Cloud torus = torus(0.8, 0.3, 0.02, 0.01);
        float[] first = null;
        for (int threads : new int[] {1, 2, 5}) {
            try (Work work = new Work(threads, 1 << 30, Progress.NONE)) {
                float[] n = Clean.run(torus, List.of(), CleanOptions.DEFAULTS.withChunk(10_000 * threads), work)
                        .cloud()
                        .normals();
                first = first == null ? n : first;
                assertThat(Arrays.equals(n, first)).isTrue();
            }
        }
    }

    /** A virtual cave's points with the true normals; of which station they are is forgotten. */
    private static Cloud cave(SimulateOptions options, Work work) {
        Truth t = new Truth();
        try (SimulatedScans scans = new SimulatedScans(Simulation.plan(options), work)) {
            for (int s = 0; s < scans.scans().size(); s++) {
                Pose pose = scans.scans().get(s).pose();
                assertThat(pose).isNotNull();
                double[] m = pose.matrix();
                PointBatch b = new PointBatch(scans.scans().get(s).columns(), 1 << 15);
                double[] p = new double[6];
                try (PointReader.PointCursor cursor = scans.points(s)) {
                    while (cursor.next(b)) {
                        for (int i = 0; i < b.size; i++) {
                            double[] n = {b.columns[6][i], b.columns[7][i], b.columns[8][i]};
                            for (int a = 0; a < 3; a++) {
                                p[a] = m[3 * a] * b.x[i] + m[3 * a + 1] * b.y[i] + m[3 * a + 2] * b.z[i];
                                p[3 + a] = m[3 * a] * n[0] + m[3 * a + 1] * n[1] + m[3 * a + 2] * n[2];
                            }
                            t.add(p[0] + pose.tx(), p[1] + pose.ty(), p[2] + pose.tz(), p[3], p[4], p[5]);
                        }
                    }
                }
            }
        }
        return t.cloud();
    }

    /**
     * Without stations few normals of a cave are turned wrongly: of steps and bosses of a ceiling that are a few points
     * wide, whose sides no station saw. With a spanning tree alone a pillar stood inside out: 6 % of the great cave.
     */
    @ParameterizedTest
    @ValueSource(strings = {"small", "great"})
    void aCaveWithoutStationsFacesIn(String name) {
        boolean small = name.equals("small");
        SimulateOptions o = new SimulateOptions(
                name, 6, small ? 0 : 1_000_000, small ? 0.01 : Double.NaN, 1, 0.001, 0, 0, small, 0.002, true);
        try (Work work = new Work(2, 2L << 30, Progress.NONE)) {
            double wrong = turnedAway(cave(o, work), CleanOptions.DEFAULTS, work);
            System.out.printf("%s: %.3f %% of the normals turned away%n", name, 100 * wrong);
            assertThat(wrong).isLessThan(small ? 0.003 : 0.004);
        }
    }
}
