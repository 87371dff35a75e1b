package org.grotto.lod;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.grotto.base.GrottoException;
import org.grotto.base.Progress;
import org.grotto.base.Work;
import org.grotto.format.gltf.Tile;
import org.grotto.format.gltf.TileMesh;
import org.grotto.format.gltf.Tileset;
import org.grotto.format.gltf.TilesetCheck;
import org.grotto.geometry.Mesh;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MeshTilesTest {
    @TempDir
    Path temporary;

    private MeshTiles.Result write(Mesh mesh, Path folder, int tileTriangles) {
        try (Work work = Work.silent()) {
            return MeshTiles.write(mesh, folder, new TileOptions(tileTriangles, 1000, false), work);
        }
    }

    private TilesetCheck.Report check(Path folder) {
        try (Work work = Work.silent()) {
            return TilesetCheck.of(folder.resolve("tileset.json"), work);
        }
    }

    private static void leaves(Tile t, List<Tile> out) {
        if (t.children().isEmpty()) {
            out.add(t);
        }
        t.children().forEach(c -> leaves(c, out));
    }

    private static TileMesh read(Path folder, Tile t) throws IOException {
        return TileMesh.read(ByteBuffer.wrap(Files.readAllBytes(folder.resolve(t.content()))), t.content());
    }

    /** Gives equal places of decoded tiles equal numbers, bit for bit. */
    private static final class Places {
        private final Map<List<Double>, Integer> ids = new HashMap<>();

        int[] triangles(TileMesh m) {
            int[] out = new int[m.indices.length];
            for (int i = 0; i < out.length; i++) {
                int v = 3 * m.indices[i];
                List<Double> place = List.of(
                        m.originX + m.positions[v], m.originY + m.positions[v + 1], m.originZ + m.positions[v + 2]);
                out[i] = ids.computeIfAbsent(place, p -> ids.size() + 1);
            }
            return out;
        }
    }

    private static int[] joined(List<int[]> parts) {
        int[] all = new int[parts.stream().mapToInt(p -> p.length).sum()];
        int at = 0;
        for (int[] p : parts) {
            System.arraycopy(p, 0, all, at, p.length);
            at += p.length;
        }
        return all;
    }

    private static void random(Tile t, double p, SplittableRandom r, List<Tile> cut) {
        if (t.children().isEmpty() || r.nextDouble() > p) {
            cut.add(t);
        } else {
            t.children().forEach(c -> random(c, p, r, cut));
        }
    }

    @Test
    void everyCutOfAClosedMeshIsClosedBitForBit() throws IOException {
        Mesh mesh = TestCaves.ball(50, 5, 0.2, 0, 0, 0);
        Path folder = temporary.resolve("closed");
        Tileset set = write(mesh, folder, 800).tileset();
        Places places = new Places();
        Map<String, int[]> triangles = new HashMap<>();
        List<Tile> stack = new ArrayList<>(List.of(set.root()));
        while (!stack.isEmpty()) {
            Tile t = stack.removeLast();
            triangles.put(t.content(), places.triangles(read(folder, t)));
            stack.addAll(t.children());
        }
        SplittableRandom r = new SplittableRandom(3);
        for (int i = 0; i < 100; i++) {
            List<Tile> cut = new ArrayList<>();
            random(set.root(), r.nextDouble(0.3, 1.1), r, cut);
            int[] all = joined(cut.stream().map(t -> triangles.get(t.content())).toList());
            assertThat(BorderEdges.of(all, 0, all.length / 3, new LocalIds(0, 0)))
                    .as("border of cut %d", i)
                    .isEmpty();
            if (cut.size() > 1) {
                int[] less = joined(cut.stream()
                        .skip(1)
                        .map(t -> triangles.get(t.content()))
                        .toList());
                assertThat(BorderEdges.of(less, 0, less.length / 3, new LocalIds(0, 0)))
                        .as("a tile less")
                        .isNotEmpty();
            }
        }
    }

    @Test
    void theFinestTilesAreTheMesh() throws IOException {
        Mesh mesh = TestCaves.ball(40, 5, 0.1, 0, 0, 0);
        Path folder = temporary.resolve("finest");
        MeshTiles.Result result = write(mesh, folder, 700);
        assertThat(result.triangles()).isEqualTo(mesh.triangleCount());
        Map<List<Long>, Integer> wanted = new HashMap<>();
        double s = result.step();
        for (int t = 0; t < mesh.triangles.length; t += 3) {
            wanted.merge(key(mesh, t, s), 1, Integer::sum);
        }
        List<Tile> leaves = new ArrayList<>();
        leaves(result.tileset().root(), leaves);
        assertThat(leaves).hasSizeGreaterThan(10);
        int colours = 0;
        for (Tile t : leaves) {
            assertThat(t.geometricError()).isZero();
            TileMesh m = read(folder, t);
            for (int i = 0; i < m.indices.length; i += 3) {
                long[] p = new long[9];
                for (int k = 0; k < 3; k++) {
                    int v = 3 * m.indices[i + k];
                    p[3 * k] = Math.round((t.shift(0) + m.originX + m.positions[v]) / s);
                    p[3 * k + 1] = Math.round((t.shift(1) + m.originY + m.positions[v + 1]) / s);
                    p[3 * k + 2] = Math.round((t.shift(2) + m.originZ + m.positions[v + 2]) / s);
                }
                wanted.computeIfPresent(canonical(p), (k, n) -> n == 1 ? null : n - 1);
            }
            colours += m.rgba == null ? 0 : 1;
        }
        assertThat(wanted).as("triangles of the mesh that no finest tile has").isEmpty();
        assertThat(colours).isEqualTo(leaves.size());
        assertThat(s).isLessThan(0.002);
    }

    private static List<Long> key(Mesh mesh, int t, double s) {
        long[] p = new long[9];
        for (int k = 0; k < 3; k++) {
            int v = 3 * mesh.triangles[t + k];
            p[3 * k] = (long) Math.rint((mesh.originX + mesh.xyz[v]) / s);
            p[3 * k + 1] = (long) Math.rint((mesh.originY + mesh.xyz[v + 1]) / s);
            p[3 * k + 2] = (long) Math.rint((mesh.originZ + mesh.xyz[v + 2]) / s);
        }
        return canonical(p);
    }

    private static List<Long> canonical(long[] p) {
        List<Long> best = null;
        for (int first = 0; first < 9; first += 3) {
            List<Long> turned = new ArrayList<>();
            for (int i = 0; i < 9; i++) {
                turned.add(p[(first + i) % 9]);
            }
            if (best == null || Arrays.compare(longs(turned), longs(best)) < 0) {
                best = turned;
            }
        }
        return best;
    }

    private static long[] longs(List<Long> l) {
        return l.stream().mapToLong(Long::longValue).toArray();
    }

    @Test
    void threadsDoNotChangeAByte() throws IOException {
        Mesh mesh = TestCaves.ball(60, 5, 0.15, 0, 0, 0);
        List<Path> folders = new ArrayList<>();
        for (int threads : new int[] {1, 2, 5}) {
            Path folder = temporary.resolve("threads" + threads);
            try (Work work = new Work(threads, 1L << 30, Progress.NONE)) {
                MeshTiles.write(mesh, folder, new TileOptions(1000, 1000, false), work);
            }
            folders.add(folder);
        }
        try (var walk = Files.walk(folders.get(0))) {
            for (Path f : walk.filter(Files::isRegularFile).toList()) {
                for (Path other : folders) {
                    Path same = other.resolve(folders.get(0).relativize(f));
                    assertThat(Files.mismatch(f, same)).as(same.toString()).isEqualTo(-1);
                }
            }
        }
    }

    @Test
    void theErrorIsWhatBruteForceFinds() throws IOException {
        Mesh mesh = TestCaves.ball(24, 5, 0.2, 0, 0, 0);
        Path folder = temporary.resolve("error");
        MeshTiles.Result result = write(mesh, folder, 4000);
        Tile root = result.tileset().root();
        TileMesh coarse = read(folder, root);
        List<Tile> leaves = new ArrayList<>();
        leaves(root, leaves);
        double most = 0;
        MeshNearest all;
        try (Work work = Work.silent()) {
            all = new MeshNearest(coarse.positions, coarse.indices, work);
        }
        for (Tile leaf : leaves) {
            TileMesh fine = read(folder, leaf);
            for (int t = 0; t < fine.indices.length; t += 3) {
                if (curtain(mesh, fine, t)) {
                    continue;
                }
                // corners, middles of edges, centroid
                for (double[] w :
                        new double[][] {{1, 0, 0}, {0.5, 0.5, 0}, {0, 0.5, 0.5}, {1 / 3.0, 1 / 3.0, 1 / 3.0}}) {
                    double[] p = new double[3];
                    for (int k = 0; k < 3; k++) {
                        int v = 3 * fine.indices[t + k];
                        p[0] += w[k] * (fine.originX + fine.positions[v] - coarse.originX);
                        p[1] += w[k] * (fine.originY + fine.positions[v + 1] - coarse.originY);
                        p[2] += w[k] * (fine.originZ + fine.positions[v + 2] - coarse.originZ);
                    }
                    double least = Double.POSITIVE_INFINITY;
                    for (int c = 0; c < coarse.indices.length / 3; c++) {
                        least = Math.min(least, all.squared(c, p[0], p[1], p[2]));
                    }
                    most = Math.max(most, Math.sqrt(least));
                }
            }
        }
        assertThat(root.geometricError()).isGreaterThanOrEqualTo(most).isLessThan(1.4 * most + 0.001);
    }

    /** A triangle of a leaf that the mesh does not have; told by a corner that is no vertex of the mesh. */
    private static boolean curtain(Mesh mesh, TileMesh m, int t) {
        for (int k = 0; k < 3; k++) {
            int v = 3 * m.indices[t + k];
            boolean known = false;
            for (int i = 0; i < mesh.xyz.length && !known; i += 3) {
                known = Math.abs(m.originX + m.positions[v] - mesh.xyz[i]) < 0.001
                        && Math.abs(m.originY + m.positions[v + 1] - mesh.xyz[i + 1]) < 0.001
                        && Math.abs(m.originZ + m.positions[v + 2] - mesh.xyz[i + 2]) < 0.001;
            }
            if (!known) {
                return true;
            }
        }
        return false;
    }

    @Test
    void tilesetsOfAllSizesAreSound() {
        double[][] cases = {{0.05, 0, 0, 0}, {5, 0, 0, 0}, {1500, 0, 0, 0}, {5, 425_123.4, 4_650_987.6, 1400}};
        for (double[] c : cases) {
            Path folder = temporary.resolve("size" + c[0] + "at" + c[1]);
            Mesh mesh = TestCaves.ball(40, c[0], 0.1, c[1], c[2], c[3]);
            MeshTiles.Result result = write(mesh, folder, 1000);
            TilesetCheck.Report report = check(folder);
            assertThat(report.problems()).isEmpty();
            assertThat(report.tiles()).isEqualTo(result.tiles()).isGreaterThan(20);
            assertThat(report.triangles()).isGreaterThanOrEqualTo(mesh.triangleCount());
            assertThat(result.tileset().root().bounds().contains(mesh.bounds())).isTrue();
            assertThat(result.tileset().root().bounds().longest())
                    .isLessThan(1.5 * mesh.bounds().longest());
            assertThat(result.step()).isLessThan(c[0] / 1000);
            assertThat(result.preview().triangleCount()).isBetween(500, 1000);
        }
    }

    @Test
    void theCheckFindsWhatIsBroken() throws IOException {
        Path folder = temporary.resolve("broken");
        Tileset set = write(TestCaves.ball(40, 5, 0.1, 0, 0, 0), folder, 1500).tileset();
        Path json = folder.resolve("tileset.json");
        Tile root = set.root();
        assertThat(check(folder).problems()).isEmpty();
        Tile less = new Tile(
                root.box(),
                root.geometricError(),
                root.content(),
                root.children().subList(1, root.children().size()),
                root.transform());
        new Tileset("1.1", set.geometricError(), less).write(json);
        assertThat(check(folder).problems()).anyMatch(p -> p.contains("leaves a hole"));
        Tile wrong = new Tile(root.box(), 0, root.content(), root.children(), root.transform());
        new Tileset("1.1", set.geometricError(), wrong).write(json);
        assertThat(check(folder).problems()).anyMatch(p -> p.contains("above its parent's"));
        double[] box = root.box().clone();
        box[3] /= 2;
        Tile narrow = new Tile(box, root.geometricError(), root.content(), root.children(), root.transform());
        new Tileset("1.1", set.geometricError(), narrow).write(json);
        assertThat(check(folder).problems()).anyMatch(p -> p.contains("outside the tile's box"));
        assertThat(check(folder).problems()).anyMatch(p -> p.contains("reaches out"));
        set.write(json);
        Path tile = folder.resolve(root.content());
        byte[] bytes = Files.readAllBytes(tile);
        Files.write(tile, Arrays.copyOf(bytes, bytes.length / 2));
        assertThat(check(folder).problems()).anyMatch(p -> p.contains("bytes long but holds"));
    }

    private static Mesh mesh(float[] xyz, int... triangles) {
        return new Mesh(0, 0, 0, xyz, null, null, null, triangles);
    }

    @Test
    void nothingOrNothingWithAnAreaIsRefused() {
        for (Mesh m : List.of(
                mesh(new float[0]),
                mesh(new float[9], 0, 1, 2),
                mesh(new float[] {0, 0, 0, 1, 0, 0, Float.NaN, 0, 0}, 0, 1, 2))) {
            assertThatThrownBy(() -> write(m, temporary.resolve("nothing"), 1000))
                    .isInstanceOf(GrottoException.class)
                    .hasMessageContaining("no triangle");
        }
    }

    @Test
    void oddMeshesAreTiled() {
        List<Mesh> odd = new ArrayList<>();
        odd.add(mesh(new float[] {0, 0, 0, 1, 0, 0, 0, 1, 0}, 0, 1, 2));
        // the same triangle 500 times, and its mirror: nothing a grid can split
        int[] many = new int[1500];
        Arrays.setAll(many, i -> i % 3);
        odd.add(mesh(new float[] {0, 0, 0, 1, 0, 0, 0, 1, 0}, many));
        // in a line: no area, but corners of their own
        odd.add(mesh(new float[] {0, 0, 0, 1, 0, 0, 2, 0, 0, 0, 3, 0}, 0, 1, 2, 0, 1, 3));
        // a crumb kilometres away from a sliver
        odd.add(mesh(
                new float[] {0, 0, 0, 3000, 0, 0, 0, 0.001f, 0, 2999, 2999, 2999, 3000, 2999, 2999, 2999, 3000, 2999},
                0,
                1,
                2,
                3,
                4,
                5));
        odd.add(crumbs(4000));
        for (int i = 0; i < odd.size(); i++) {
            Path folder = temporary.resolve("odd" + i);
            MeshTiles.Result result = write(odd.get(i), folder, 200);
            TilesetCheck.Report report = check(folder);
            assertThat(report.problems()).as("mesh %d", i).isEmpty();
            assertThat(report.triangles()).isGreaterThanOrEqualTo(result.triangles());
            assertThat(result.triangles()).isEqualTo(odd.get(i).triangleCount());
        }
    }

    private static Mesh crumbs(int n) {
        float[] xyz = new float[9 * n];
        int[] triangles = new int[3 * n];
        SplittableRandom r = new SplittableRandom(1);
        for (int i = 0; i < n; i++) {
            float x = (float) r.nextDouble(10);
            float y = (float) r.nextDouble(10);
            float z = (float) r.nextDouble(10);
            for (int k = 0; k < 3; k++) {
                xyz[9 * i + 3 * k] = x + (float) r.nextDouble(0.1);
                xyz[9 * i + 3 * k + 1] = y + (float) r.nextDouble(0.1);
                xyz[9 * i + 3 * k + 2] = z + (float) r.nextDouble(0.1);
                triangles[3 * i + k] = 3 * i + k;
            }
        }
        return mesh(xyz, triangles);
    }

    @Test
    void unweldedCornersAreWelded() {
        Mesh m = TestCaves.ball(12, 5, 0.1, 0, 0, 0);
        float[] xyz = new float[3 * m.triangles.length];
        int[] triangles = new int[m.triangles.length];
        for (int i = 0; i < triangles.length; i++) {
            System.arraycopy(m.xyz, 3 * m.triangles[i], xyz, 3 * i, 3);
            triangles[i] = i;
        }
        try (Work work = Work.silent()) {
            TileVertices v = TileVertices.of(mesh(xyz, triangles), work);
            assertThat(v.size()).isEqualTo(m.vertexCount());
            assertThat(BorderEdges.of(v.triangles, 0, v.triangles.length / 3, new LocalIds(0, 0)))
                    .isEmpty();
        }
    }
}
