package org.grotto.surface;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.grotto.base.Progress;
import org.grotto.base.Work;
import org.grotto.geometry.Cloud;
import org.grotto.geometry.Columns;
import org.grotto.geometry.Lattice;
import org.grotto.geometry.Mesh;
import org.grotto.geometry.TriangleTree;
import org.grotto.store.Engine;
import org.grotto.store.PoisonStore;
import org.grotto.store.Threads;
import org.junit.jupiter.api.Test;

/** Triangles go where stone is flat; nothing moves or changes by more than is allowed; borders stay. */
class ThinningTest {
    private static final int SIDE = 100;
    private static final double SPACING = 0.005;
    private static final double NOISE = 0.001;
    private static final double LIMIT = NOISE / 4;

    @FunctionalInterface
    private interface Height {
        double at(double x, double y);
    }

    /** A wall of {@code SIDE} by {@code SIDE} places as {@link Dressing} leaves one. */
    private static Mesh wall(Height height, Height grey) {
        int n = SIDE;
        float[] xyz = new float[3 * n * n];
        float[] up = new float[3 * n * n];
        byte[] rgb = new byte[3 * n * n];
        byte[] evidence = new byte[n * n];
        char[] station = new char[n * n];
        char[] spacing = new char[n * n];
        Arrays.fill(evidence, (byte) 255);
        Arrays.fill(spacing, (char) 500);
        for (int v = 0; v < n * n; v++) {
            double x = SPACING * (v % n);
            double y = SPACING * (v / n);
            xyz[3 * v] = (float) x;
            xyz[3 * v + 1] = (float) y;
            xyz[3 * v + 2] = (float) height.at(x, y);
            up[3 * v + 2] = 1;
            Arrays.fill(rgb, 3 * v, 3 * v + 3, (byte) Math.round(grey.at(x, y)));
        }
        int[] t = new int[6 * (n - 1) * (n - 1)];
        int k = 0;
        for (int i = 0; i + 1 < n; i++) {
            for (int j = 0; j + 1 < n; j++) {
                int p = n * i + j;
                for (int q : new int[] {p, p + 1, p + n + 1, p, p + n + 1, p + n}) {
                    t[k++] = q;
                }
            }
        }
        return new Mesh(3, 4, 5, xyz, up, rgb, evidence, t)
                .with(VertexSamples.STATION, station)
                .with(VertexSamples.SPACING, spacing);
    }

    private static Mesh thinned(Mesh mesh, Engine engine) {
        Cloud some = new Cloud(
                new Lattice(0, 0, 0, 1e-6), new int[] {0, 9}, new int[] {0, 9}, new int[] {0, 9}, Columns.NONE);
        Noise noise = new Noise(new double[] {NOISE, NOISE}, new boolean[2]);
        return Thinning.apply(mesh, noise, engine.store(some, 10), ThinOptions.DEFAULTS, engine);
    }

    private static Mesh thinned(Mesh mesh) {
        try (Work work = Work.silent()) {
            return thinned(mesh, new Threads(work));
        }
    }

    private static List<Mesh> walls() {
        Random r = new Random(5);
        return List.of(
                wall((x, y) -> 0, (x, y) -> 120),
                wall((x, y) -> 4e-5 * r.nextGaussian(), (x, y) -> 120),
                wall((x, y) -> 0.3 * x + 0.002 * Math.sin(25 * x) * Math.cos(17 * y), (x, y) -> 120),
                wall((x, y) -> 0, (x, y) -> 120 + 80 * Math.sin(12 * x) * Math.cos(17 * y)),
                wall((x, y) -> Math.abs(x - 0.2) < 0.05 ? 0.02 : 0, (x, y) -> x < 0.3 ? 50 : 200));
    }

    @Test
    void aBareFlatWallIsFewTriangles() {
        Mesh wall = wall((x, y) -> 0, (x, y) -> 120);
        assertThat(thinned(wall).triangleCount()).isLessThan(wall.triangleCount() / 15);
    }

    @Test
    void noneGoWhereReliefIsDeeperThanTheNoise() {
        Mesh rough = wall((x, y) -> 0.004 * Math.sin(900 * x) * Math.cos(800 * y), (x, y) -> 120);
        assertThat(thinned(rough).triangleCount()).isGreaterThan(rough.triangleCount() * 9 / 10);
    }

    @Test
    void noPlaceMovesFurtherThanAQuarterOfTheNoiseEitherWay() {
        try (Work work = Work.silent()) {
            for (Mesh wall : walls()) {
                Mesh thin = thinned(wall);
                assertThat(thin.triangleCount()).isLessThan(wall.triangleCount() * 2 / 3);
                assertThat(far(wall, thin, work)).isLessThan(LIMIT + 1e-6);
                assertThat(far(thin, wall, work)).isLessThan(LIMIT + 1e-6);
            }
        }
    }

    /** The largest distance of places all over a mesh from another. */
    private static double far(Mesh from, Mesh to, Work work) {
        TriangleTree tree = new TriangleTree(to, work);
        double most = 0;
        double[] p = new double[3];
        for (int k = 0; k < from.triangles.length; k += 3) {
            for (double[] w :
                    new double[][] {{1, 1, 1}, {1, 1, 0}, {0, 1, 1}, {1, 0, 1}, {4, 1, 1}, {1, 4, 1}, {1, 1, 4}}) {
                double sum = w[0] + w[1] + w[2];
                for (int a = 0; a < 3; a++) {
                    p[a] = (w[0] * from.xyz[3 * from.triangles[k] + a]
                                    + w[1] * from.xyz[3 * from.triangles[k + 1] + a]
                                    + w[2] * from.xyz[3 * from.triangles[k + 2] + a])
                            / sum;
                }
                most = Math.max(
                        most, tree.distance(from.originX + p[0], from.originY + p[1], from.originZ + p[2], 0.01));
            }
        }
        return most;
    }

    @Test
    void paintSurvives() {
        Height paint = (x, y) -> 120 + 80 * Math.sin(12 * x) * Math.cos(17 * y);
        Mesh wall = wall((x, y) -> 0, paint);
        Mesh thin = thinned(wall);
        byte[] rgb = Objects.requireNonNull(thin.rgb());
        double most = 0;
        for (int k = 0; k < thin.triangles.length; k += 3) {
            double x = 0;
            double y = 0;
            double grey = 0;
            for (int c = 0; c < 3; c++) {
                int v = thin.triangles[k + c];
                x += thin.xyz[3 * v] / 3;
                y += thin.xyz[3 * v + 1] / 3;
                grey += (rgb[3 * v] & 255) / 3.0;
            }
            most = Math.max(most, Math.abs(grey - paint.at(x, y)));
        }
        assertThat(most).isLessThan(4 + 1.5); // and what the fine wall itself rounds, and bends between its places
        assertThat(thin.triangleCount())
                .isGreaterThan(thinned(wall((x, y) -> 0, (x, y) -> 120)).triangleCount());
    }

    @Test
    void bordersOfHolesAndOfEvidenceStay() {
        Mesh whole = wall((x, y) -> 0, (x, y) -> 120);
        byte[] evidence = Objects.requireNonNull(whole.evidence()).clone();
        int[] t = new int[whole.triangles.length];
        int n = 0;
        for (int k = 0; k < t.length; k += 3) {
            int v = whole.triangles[k];
            double x = whole.xyz[3 * v] - 0.2;
            double y = whole.xyz[3 * v + 1] - 0.2;
            if (x * x + y * y > 0.01) {
                System.arraycopy(whole.triangles, k, t, n, 3);
                n += 3;
            }
        }
        for (int v = 0; v < evidence.length; v++) {
            evidence[v] = (byte) (whole.xyz[3 * v] > 0.4 ? 0 : 255);
        }
        Mesh wall = new Mesh(3, 4, 5, whole.xyz, whole.columns, Arrays.copyOf(t, n)).with(Columns.EVIDENCE, evidence);
        Mesh thin = thinned(wall);
        assertThat(Holes.list(thin)).hasSize(2);
        assertThat(Holes.list(thin).stream()
                        .map(h -> List.of(h.edges(), h.perimeter(), h.bounds()))
                        .toList())
                .isEqualTo(Holes.list(wall).stream()
                        .map(h -> List.of(h.edges(), h.perimeter(), h.bounds()))
                        .toList());
        // the line between measured and inferred, a spacing wide
        byte[] left = Objects.requireNonNull(thin.evidence());
        double most = 0;
        for (int k = 0; k < thin.triangles.length; k += 3) {
            double x = 0;
            double e = 0;
            for (int c = 0; c < 3; c++) {
                int v = thin.triangles[k + c];
                x += thin.xyz[3 * v] / 3;
                e += (left[v] & 255) / 3.0;
            }
            double want = 255 * Math.clamp((0.4 - x) / SPACING, 0, 1);
            most = Math.max(most, Math.abs(e - want));
        }
        assertThat(most).isLessThan(8.5);
    }

    @Test
    void aClosedSurfaceStaysOne() {
        Mesh ball = new Ball().add(0, 0, 0, 1, 6).mesh();
        float[] up = ball.xyz.clone();
        Mesh thin = thinned(ball.with(Columns.NORMAL, up));
        assertThat(thin.triangleCount()).isLessThan(ball.triangleCount());
        assertThat(Holes.list(thin)).isEmpty();
        assertThat(thin.vertexCount() - thin.triangleCount() / 2).isEqualTo(2);
    }

    @Test
    void offLeavesEverything() {
        try (Work work = Work.silent()) {
            Mesh wall = wall((x, y) -> 0, (x, y) -> 120);
            Engine engine = new Threads(work);
            assertThat(Thinning.apply(
                            wall,
                            new Noise(new double[] {NOISE}, new boolean[1]),
                            engine.store(Ball.points(10, 1, (z, a) -> 1), 10),
                            new ThinOptions(0),
                            engine))
                    .isSameAs(wall);
        }
    }

    @Test
    void theSameFromAnyRegionsAndThreads() {
        List<Mesh> out = new ArrayList<>();
        Mesh wall = walls().get(2);
        for (int threads : new int[] {1, 3}) {
            try (Work work = new Work(threads, 1L << 30, Progress.NONE)) {
                out.add(thinned(wall, new Threads(work)));
                out.add(thinned(wall, new PoisonStore.Engine(97, work)));
                out.add(thinned(wall, new PoisonStore.Engine(4000, work)));
            }
        }
        for (Mesh m : out) {
            assertThat(m.triangles).isEqualTo(out.getFirst().triangles);
            assertThat(m.xyz).isEqualTo(out.getFirst().xyz);
            assertThat(m.rgb()).isEqualTo(out.getFirst().rgb());
        }
    }
}
