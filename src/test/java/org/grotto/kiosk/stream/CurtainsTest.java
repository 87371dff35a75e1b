package org.grotto.kiosk.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.grotto.base.Work;
import org.grotto.format.gltf.Tile;
import org.grotto.format.gltf.TileMesh;
import org.grotto.geometry.Mesh;
import org.grotto.lod.MeshTiles;
import org.grotto.lod.TileOptions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Between tiles of any levels nothing is open, and no curtain hangs deeper than the steps there are. */
class CurtainsTest {
    private static final int RINGS = 70;

    @TempDir
    Path folder;

    private int ids;

    /** A bumpy hollow, seen from inside. */
    private static Mesh hollow() {
        int round = 2 * RINGS;
        float[] xyz = new float[3 * round * (RINGS + 1)];
        int[] t = new int[6 * round * RINGS];
        int n = 0;
        for (int j = 0; j <= RINGS; j++) {
            double lat = Math.PI * ((double) j / RINGS - 0.5);
            for (int i = 0; i < round; i++) {
                double lon = 2 * Math.PI * i / round;
                double r = radius(lon, lat);
                int p = 3 * (j * round + i);
                xyz[p] = (float) (r * Math.cos(lat) * Math.cos(lon));
                xyz[p + 1] = (float) (r * Math.cos(lat) * Math.sin(lon));
                xyz[p + 2] = (float) (r * Math.sin(lat));
                if (j < RINGS) {
                    int a = j * round + i;
                    int b = j * round + (i + 1) % round;
                    for (int q : new int[] {a, b + round, b, a, a + round, b + round}) {
                        t[n++] = q;
                    }
                }
            }
        }
        return new Mesh(0, 0, 0, xyz, null, null, null, t);
    }

    private static double radius(double lon, double lat) {
        return 5
                + 0.25 * Math.cos(lat) * Math.sin(9 * lon) * Math.cos(11 * lat)
                + 0.08 * Math.cos(lat) * Math.sin(31 * lon);
    }

    private Node node(Tile tile, @Nullable Node parent, SlabPool pool) throws IOException {
        Node n = new Node(ids++, parent, tile.bounds(), tile.geometricError(), tile, 0);
        TileMesh m = TileMesh.read(ByteBuffer.wrap(Files.readAllBytes(folder.resolve(tile.content()))), "tile");
        n.packed = MeshPacker.pack(
                        pool,
                        m.positions,
                        tile.shift(0) + m.originX,
                        tile.shift(1) + m.originY,
                        tile.shift(2) + m.originZ,
                        m.normals,
                        null,
                        List.of(),
                        m.indices,
                        m.curtain.triangles())
                .hang(m.curtain);
        n.inView = true;
        List<Node> children = new ArrayList<>();
        for (Tile c : tile.children()) {
            children.add(node(c, n, pool));
        }
        n.children(children);
        return n;
    }

    private static void cut(Node n, double p, SplittableRandom r, List<Node> shown) {
        if (n.children().isEmpty() || r.nextDouble() > p) {
            shown.add(n);
        } else {
            n.children().forEach(c -> cut(c, p, r, shown));
        }
    }

    @Test
    void noRayLeavesTheRoomInAnyCutAndNoneMeetsACurtainFarFromTheStone() throws IOException {
        Tile tile;
        try (Work work = Work.silent()) {
            tile = MeshTiles.write(hollow(), folder, new TileOptions(400, 1000, false), work)
                    .tileset()
                    .root();
        }
        Node root = node(tile, null, new SlabPool(0));
        SplittableRandom r = new SplittableRandom(5);
        Curtains curtains = new Curtains();
        int part = 0;
        for (int i = 0; i < 30; i++) {
            List<Node> shown = new ArrayList<>();
            cut(root, r.nextDouble(0.5, 0.95), r, shown);
            if (shown.size() < 2) {
                continue;
            }
            curtains.of(shown);
            double error = 0;
            for (Node n : shown) {
                error = Math.max(error, n.geometricError);
                PackedMesh p = n.packed;
                part += p != null && p.curtain().downTo(n.reach) < p.curtain().triangles() ? 1 : 0;
            }
            double[] eye = {r.nextDouble(-1, 1), r.nextDouble(-1, 1), r.nextDouble(-1, 1)};
            for (int k = 0; k < 400; k++) {
                double[] d = {r.nextDouble(-1, 1), r.nextDouble(-1, 1), r.nextDouble(-1, 1)};
                double l = Math.sqrt(d[0] * d[0] + d[1] * d[1] + d[2] * d[2]);
                for (int axis = 0; axis < 3; axis++) {
                    d[axis] /= l;
                }
                double far = Rays.cast(shown, eye, d, 100, true).distance();
                assertThat(far).as("a ray in cut %d leaves the room", i).isLessThan(100);
            }
            double deepest = 0;
            for (Node n : shown) {
                deepest = Math.max(deepest, deepest(n));
            }
            assertThat(deepest).as("cut %d", i).isLessThan(3 * error + 0.01);
        }
        assertThat(part).as("curtains of which only a part is drawn").isGreaterThan(100);
    }

    /** How far outside the stone a tile's drawn curtain hangs at most, metres. */
    private static double deepest(Node n) {
        PackedMesh p = Objects.requireNonNull(n.packed);
        double most = 0;
        int from = 3 * p.stoneCount();
        int to = from + 3 * p.curtain().downTo(n.reach);
        for (int i = from; i < to; i++) {
            int v = 3 * p.indices().get(i);
            double x = p.positions().get(v);
            double y = p.positions().get(v + 1);
            double z = p.positions().get(v + 2);
            double flat = Math.hypot(x, y);
            most = Math.max(most, Math.hypot(flat, z) - radius(Math.atan2(y, x), Math.atan2(z, flat)));
        }
        return most;
    }
}
