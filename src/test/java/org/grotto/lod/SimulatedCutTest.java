package org.grotto.lod;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.grotto.base.Progress;
import org.grotto.base.Work;
import org.grotto.format.gltf.Tile;
import org.grotto.format.gltf.TileMesh;
import org.grotto.format.gltf.Tileset;
import org.grotto.geometry.Box;
import org.grotto.pipeline.Build;
import org.grotto.pipeline.Recipe;
import org.grotto.pipeline.Simulate;
import org.grotto.pipeline.SurfaceStage;
import org.grotto.simulate.Cave;
import org.grotto.simulate.SimulateOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The small cave, scanned, reconstructed watertight and cut into tiles as {@code build} does it, shows no background
 * through any mixed cut of its tiles, from wherever in the cave one looks.
 */
class SimulatedCutTest {
    private static final int CUTS = 500;
    private static final int SIZE = 320;
    /** Cameras keep this far from the true rock, metres: the surface is off by a few mm at most where it was seen. */
    private static final double CLEAR = 0.2;

    @TempDir
    Path dir;

    private final Map<String, TileMesh> meshes = new ConcurrentHashMap<>();
    private final double[] shift = new double[3];

    /** A camera, the cut it looks at, and how many of its pixels show background. */
    private record Look(double[] eye, double[] to, int tiles, int mixed, int background) {}

    @Test
    void noBackgroundThroughRandomCutsOfTheSimulatedCave() throws IOException {
        SimulateOptions o = new SimulateOptions("small", 6, 0, 0.010, 1, 0.001, 0, 0, true, 0.003, false);
        Recipe d = Recipe.DEFAULTS;
        Recipe watertight = d.with(SurfaceStage.TRIM, d.trim().withWatertight(true));
        List<Look> looks;
        try (Work work = new Work(2, 2L << 30, Progress.NONE)) {
            List<Path> scans =
                    Simulate.run(o, "e57", dir.resolve("scans"), work).files();
            Path out = dir.resolve("cave");
            Build.Summary s = Build.run(scans, watertight, out, "test", p -> {}, work);
            org.grotto.pipeline.Contract.assertKept(out);
            assertThat(s.triangles()).isBetween(1_000_000, 4_000_000);
            Tileset set = Tileset.read(out.resolve("mesh/tileset.json"));
            for (int a = 0; a < 3; a++) {
                shift[a] = set.root().shift(a);
            }
            load(set.root(), out.resolve("mesh"));
            assertThat(meshes).hasSize(s.tiles());
            Cave cave = Cave.of("small", 1);
            looks = work.map(CUTS, i -> look(i, cave, set.root()));
            System.out.printf(
                    "%,d triangles, %d tiles; cuts of %s tiles%n",
                    s.triangles(),
                    s.tiles(),
                    looks.stream().mapToInt(Look::tiles).summaryStatistics());
        }
        assertThat(looks.stream().mapToInt(Look::mixed).filter(m -> m > 1).count())
                .as("cuts through several levels")
                .isGreaterThan(300);
        assertThat(looks.stream()
                        .filter(l -> l.background() > 0)
                        .map(l -> l.background() + " pixels from " + Arrays.toString(l.eye()) + " towards "
                                + Arrays.toString(l.to())))
                .isEmpty();
    }

    private void load(Tile tile, Path folder) throws IOException {
        ByteBuffer glb = ByteBuffer.wrap(Files.readAllBytes(folder.resolve(tile.content())));
        TileMesh m = TileMesh.read(glb, tile.content());
        for (int a = 0; a < 3; a++) {
            assertThat(tile.shift(a)).isEqualTo(shift[a]); // one for all tiles: the camera can be moved instead
        }
        meshes.put(tile.content(), m);
        for (Tile c : tile.children()) {
            load(c, folder);
        }
    }

    private Look look(int i, Cave cave, Tile root) {
        SplittableRandom r = new SplittableRandom(1000 + i);
        List<Tile> cut = new ArrayList<>();
        int depths = random(root, 0, r.nextDouble(0.3, 1), r, cut);
        Box b = cave.bounds();
        double[] eye;
        do {
            eye = new double[] {
                r.nextDouble(b.minX(), b.maxX()), r.nextDouble(b.minY(), b.maxY()), r.nextDouble(b.minZ(), b.maxZ())
            };
        } while (cave.f(eye[0], eye[1], eye[2]) < CLEAR);
        double[] here = {eye[0] - shift[0], eye[1] - shift[1], eye[2] - shift[2]};
        double z = r.nextDouble(-1, 1);
        double a = r.nextDouble(0, 2 * Math.PI);
        double h = Math.sqrt(1 - z * z);
        double[] to = {h * Math.cos(a), h * Math.sin(a), z};
        CutPicture picture = CutPicture.looking(SIZE, here, to[0], to[1], to[2], 75);
        Stream<TileMesh> tiles = cut.stream().map(t -> meshes.get(t.content()));
        return new Look(eye, to, cut.size(), Integer.bitCount(depths), picture.uncovered(tiles.toList()));
    }

    /** Goes down from each tile by chance; gives the depths at which it stopped, a bit each. */
    private static int random(Tile tile, int depth, double p, SplittableRandom r, List<Tile> cut) {
        if (tile.children().isEmpty() || r.nextDouble() > p) {
            cut.add(tile);
            return 1 << depth;
        }
        int depths = 0;
        for (Tile c : tile.children()) {
            depths |= random(c, depth + 1, p, r, cut);
        }
        return depths;
    }
}
