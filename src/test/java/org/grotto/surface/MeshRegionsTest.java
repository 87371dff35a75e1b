package org.grotto.surface;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.grotto.base.Work;
import org.grotto.geometry.Cloud;
import org.grotto.geometry.ColumnType;
import org.grotto.geometry.Columns;
import org.grotto.geometry.Mesh;
import org.grotto.geometry.VertexNormals;
import org.grotto.sight.RangeMap;
import org.grotto.sight.RangeMaps;
import org.grotto.store.Engine;
import org.grotto.store.MeshStore;
import org.grotto.store.PoisonStore;
import org.grotto.store.Store;
import org.grotto.store.Threads;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Crafts on a mesh give the same bits from many small regions, lent and then poisoned, as from a single one. */
class MeshRegionsTest {
    /** Of 9000 points on a ball of 1 m. */
    private static final double SPACING = Math.sqrt(4 * Math.PI / 9000);

    private static final int[] REGIONS = {37, 400, 5000};
    private static final List<double @Nullable []> EYES = new ArrayList<>(List.of(new double[] {10, 20, 30}));

    /** A room with a large gap in its scan, a narrow one, a bubble far off and one in the air. */
    private static Mesh room() {
        return new Ball()
                .add(0, 0, 0, 1, 5)
                .add(0.3, 0.2, 0, 0.1, 3)
                .add(4, 0, 0, 0.2, 3)
                .mesh();
    }

    private static Cloud scan(Work work) {
        Cloud c = Ball.points(9000, 1, (z, a) -> z < -Math.cos(4.5 * SPACING) ? -1 : Math.sin(5 * a) + 0.8 - 2 * z);
        char[] rgb = new char[3 * c.size];
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = (char) (31 * i * i);
        }
        float[] intensity = new float[c.size];
        for (int i = 0; i < intensity.length; i++) {
            intensity[i] = i % 97 / 97f;
        }
        return Spaced.cloud(c, work).with(Columns.RGB16, rgb).with(Columns.INTENSITY, intensity);
    }

    private static void same(Mesh a, Mesh b) {
        assertThat(a.xyz).isEqualTo(b.xyz);
        assertThat(a.triangles).isEqualTo(b.triangles);
        assertThat(a.columns.types()).isEqualTo(b.columns.types());
        a.columns
                .types()
                .forEach(t -> assertThat(a.columns.array(t.name())).as(t.name()).isEqualTo(b.columns.array(t.name())));
    }

    private static List<RangeMap> maps(Store points, Engine engine) {
        return RangeMaps.of(points, EYES, engine);
    }

    @Test
    void trimming() {
        try (Work work = Work.silent()) {
            Cloud cloud = scan(work);
            TrimOptions options = new TrimOptions(2, 2.75, 6, 100, false);
            Threads one = new Threads(work);
            Trim.Result want =
                    Trim.apply(room(), one.store(cloud, 1 << 20), maps(one.store(cloud, 1 << 20), one), options, one);
            assertThat(want.filled()).isPositive();
            assertThat(want.crossed()).isPositive();
            for (int target : REGIONS) {
                Engine many = new PoisonStore.Engine(target, work);
                Trim.Result r =
                        Trim.apply(room(), many.store(cloud, 0), maps(many.store(cloud, 0), many), options, many);
                same(r.mesh(), want.mesh());
                assertThat(r.filled()).isEqualTo(want.filled());
                assertThat(r.islands()).isEqualTo(want.islands());
                assertThat(r.crossed()).isEqualTo(want.crossed());
                assertThat(r.areaGiven()).isCloseTo(want.areaGiven(), within(1e-9));
                assertThat(r.areaMeasured()).isCloseTo(want.areaMeasured(), within(1e-9));
            }
        }
    }

    @Test
    void evidenceOfVerticesFarFromAllPoints() {
        try (Work work = Work.silent()) {
            Cloud cloud = scan(work);
            Threads one = new Threads(work);
            MeshStore want = evidence(one.store(cloud, 1 << 20), one);
            for (int target : REGIONS) {
                Engine many = new PoisonStore.Engine(target, work);
                same(evidence(many.store(cloud, 0), many).whole(), want.whole());
            }
            float[] spacing = want.whole().columns.floats(Evidence.SPACING.name());
            assertThat(spacing).isNotNull();
            for (float s : spacing) {
                assertThat(s).isPositive(); // told for the bubble three metres off, too
            }
        }
    }

    private static MeshStore evidence(Store points, Engine engine) {
        MeshStore mesh =
                MeshNormals.of(engine.mesh(room(), points, 1 << 20), engine).store();
        return Evidence.add(mesh, maps(mesh.points(), engine), TrimOptions.DEFAULTS, engine);
    }

    @Test
    void coloursAndSamples() {
        try (Work work = Work.silent()) {
            Cloud cloud = scan(work);
            Threads one = new Threads(work);
            Mesh want = dressed(one.store(cloud, 1 << 20), one);
            for (int target : REGIONS) {
                Engine many = new PoisonStore.Engine(target, work);
                same(dressed(many.store(cloud, 0), many), want);
            }
            // without colours the samples are the same
            Cloud plain = cloud.with(Columns.RGB16, null).with(Columns.INTENSITY, null);
            Engine many = new PoisonStore.Engine(400, work);
            Mesh bare = dressed(many.store(plain, 0), many);
            for (ColumnType t : List.of(VertexSamples.STATION, VertexSamples.SPACING, VertexSamples.DISTANCE)) {
                assertThat(bare.columns.array(t.name())).isEqualTo(want.columns.array(t.name()));
            }
        }
    }

    private static Mesh dressed(Store points, Engine engine) {
        return Dressing.apply(room(), points, EYES, 1, engine);
    }

    @Test
    void normals() {
        try (Work work = Work.silent()) {
            Mesh room = room();
            float[] want = VertexNormals.of(room, work);
            for (int target : REGIONS) {
                Engine many = new PoisonStore.Engine(target, work);
                MeshStore store = many.mesh(room, many.store(Ball.points(10, 1, (z, a) -> 1), 0), 0);
                assertThat(MeshNormals.of(store, many).store().whole().normals())
                        .isEqualTo(want);
            }
        }
    }

    /** By flooding from vertex to vertex over the whole mesh. */
    @Test
    void piecesAreThoseOfTheWholeMesh() {
        try (Work work = Work.silent()) {
            Mesh m = room();
            Pieces.Rule rule = mesh -> {
                boolean[] picked = new boolean[mesh.vertexCount()];
                for (int v = 0; v < picked.length; v++) {
                    picked[v] = Math.sin(9 * mesh.xyz[3 * v] + 7 * mesh.xyz[3 * v + 2]) > -0.2;
                }
                return picked;
            };
            boolean[] picked = rule.picks(m);
            int[] want = new int[m.vertexCount()];
            for (int v = 0; v < want.length; v++) {
                want[v] = picked[v] ? v : -1;
            }
            for (boolean more = true; more; ) {
                more = false;
                for (int i = 0; i < m.triangles.length; i++) {
                    int a = m.triangles[i];
                    int b = m.triangles[i % 3 == 2 ? i - 2 : i + 1];
                    if (want[a] >= 0 && want[b] >= 0 && want[a] != want[b]) {
                        want[a] = Math.min(want[a], want[b]);
                        want[b] = want[a];
                        more = true;
                    }
                }
            }
            for (int target : REGIONS) {
                Engine many = new PoisonStore.Engine(target, work);
                MeshStore store = many.mesh(m, many.store(Ball.points(10, 1, (z, a) -> 1), 0), 0);
                assertThat(Pieces.of(Pieces.add(store, java.util.Set.of(), rule, many)
                                .whole()))
                        .isEqualTo(want);
            }
        }
    }
}
