package org.grotto.lod;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.grotto.base.Work;
import org.grotto.format.gltf.Tile;
import org.grotto.format.gltf.TileMesh;
import org.grotto.format.gltf.Tileset;
import org.grotto.geometry.Box;
import org.grotto.geometry.Mesh;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A closed room shows no background through any mixed cut of its tiles. */
class TileCutTest {
    private static final int SIZE = 256;

    @TempDir
    Path folder;

    private final Map<String, TileMesh> meshes = new HashMap<>();

    private Tileset tiles(Mesh mesh, int tileTriangles) throws IOException {
        try (Work work = Work.silent()) {
            MeshTiles.write(mesh, folder, new TileOptions(tileTriangles, 200_000, false), work);
        }
        Tileset set = Tileset.read(folder.resolve("tileset.json"));
        load(set.root());
        return set;
    }

    private void load(Tile tile) throws IOException {
        ByteBuffer glb = ByteBuffer.wrap(Files.readAllBytes(folder.resolve(tile.content())));
        meshes.put(tile.content(), TileMesh.read(glb, tile.content()));
        for (Tile c : tile.children()) {
            load(c);
        }
    }

    private int magenta(List<Tile> cut, CutPicture picture) {
        return picture.uncovered(cut.stream().map(t -> meshes.get(t.content())).toList());
    }

    private static void random(Tile tile, double p, SplittableRandom r, List<Tile> cut) {
        if (tile.children().isEmpty() || r.nextDouble() > p) {
            cut.add(tile);
        } else {
            tile.children().forEach(c -> random(c, p, r, cut));
        }
    }

    private static void byError(Tile tile, CutPicture picture, double pixels, List<Tile> cut) {
        Box b = tile.bounds();
        double dx = Math.max(0, Math.max(b.minX() - picture.eye[0], picture.eye[0] - b.maxX()));
        double dy = Math.max(0, Math.max(b.minY() - picture.eye[1], picture.eye[1] - b.maxY()));
        double dz = Math.max(0, Math.max(b.minZ() - picture.eye[2], picture.eye[2] - b.maxZ()));
        double distance = Math.sqrt(dx * dx + dy * dy + dz * dz);
        if (tile.children().isEmpty() || tile.geometricError() * picture.focal <= pixels * distance) {
            cut.add(tile);
        } else {
            tile.children().forEach(c -> byError(c, picture, pixels, cut));
        }
    }

    private static CutPicture camera(SplittableRandom r, double reach) {
        double[] eye = {r.nextDouble(-reach, reach), r.nextDouble(-reach, reach), r.nextDouble(-reach, reach) * 0.6};
        double dx = 0;
        double dy = 0;
        double dz = 0;
        double l = 0;
        while (l < 0.1 || l > 1) {
            dx = r.nextDouble(-1, 1);
            dy = r.nextDouble(-1, 1);
            dz = r.nextDouble(-1, 1);
            l = dx * dx + dy * dy + dz * dz;
        }
        return CutPicture.looking(SIZE, eye, dx, dy, dz, 75);
    }

    @Test
    void noBackgroundThroughRandomCuts() throws IOException {
        Tileset set = tiles(TestCaves.ball(80, 5, 0.25, 0, 0, 0), 1500);
        SplittableRandom r = new SplittableRandom(7);
        int mixed = 0;
        for (int i = 0; i < 500; i++) {
            List<Tile> cut = new ArrayList<>();
            random(set.root(), r.nextDouble(0.3, 1), r, cut);
            mixed += cut.size() > 1 ? 1 : 0;
            CutPicture picture = camera(r, 2.5);
            assertThat(magenta(cut, picture))
                    .as("cut %d of %d tiles", i, cut.size())
                    .isZero();
        }
        assertThat(mixed).isGreaterThan(200);
    }

    @Test
    void noBackgroundThroughCutsByScreenError() throws IOException {
        Tileset set = tiles(TestCaves.ball(80, 5, 0.1, 0, 0, 0), 1500);
        SplittableRandom r = new SplittableRandom(8);
        for (int i = 0; i < 100; i++) {
            CutPicture picture = camera(r, 3);
            List<Tile> cut = new ArrayList<>();
            byError(set.root(), picture, r.nextDouble(0.5, 8), cut);
            assertThat(magenta(cut, picture))
                    .as("cut %d of %d tiles", i, cut.size())
                    .isZero();
        }
    }

    @Test
    void aMissingTileIsSeen() throws IOException {
        Tileset set = tiles(TestCaves.ball(60, 5, 0.1, 0, 0, 0), 1500);
        List<Tile> cut = new ArrayList<>();
        random(set.root(), 1, new SplittableRandom(1), cut);
        CutPicture picture = CutPicture.looking(SIZE, new double[] {0, 0, 0}, 1, 0.2, 0.1, 75);
        assertThat(magenta(cut, picture)).isZero();
        int seen = 0;
        for (int i = 0; i < cut.size(); i++) {
            List<Tile> less = new ArrayList<>(cut);
            less.remove(i);
            seen += magenta(less, picture) > 0 ? 1 : 0;
        }
        assertThat(seen).isPositive();
    }
}
