package org.grotto.kiosk.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.grotto.geometry.Box;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Rays against loose triangles, several blocks a tile and several tiles, and against every triangle one by one. */
class RaysBruteForceTest {
    private static final int TRIANGLES = 150;

    private final SlabPool pool = new SlabPool(0);
    private final List<Node> tiles = new ArrayList<>();

    @AfterEach
    void free() {
        tiles.forEach(n -> pool.giveBack(n.packed.slab()));
        pool.close();
    }

    private float[] soup(Random r, double cx, double cy, double cz) {
        float[] xyz = new float[9 * TRIANGLES];
        for (int t = 0; t < TRIANGLES; t++) {
            double[] m = {cx + r.nextGaussian(), cy + r.nextGaussian(), cz + r.nextGaussian()};
            for (int i = 0; i < 9; i++) {
                xyz[9 * t + i] = (float) (m[i % 3] + 0.35 * r.nextGaussian());
            }
        }
        return xyz;
    }

    private Node tile(float[] xyz) {
        int[] t = new int[xyz.length / 3];
        for (int i = 0; i < t.length; i++) {
            t[i] = i;
        }
        double[] b = {1e9, 1e9, 1e9, -1e9, -1e9, -1e9};
        for (int i = 0; i < xyz.length; i++) {
            b[i % 3] = Math.min(b[i % 3], xyz[i]);
            b[3 + i % 3] = Math.max(b[3 + i % 3], xyz[i]);
        }
        Node n = new Node(tiles.size(), null, new Box(b[0], b[1], b[2], b[3], b[4], b[5]), 0, "soup", 0);
        n.packed = MeshPacker.pack(pool, xyz, 0, 0, 0, null, null, List.of(), t, 0);
        n.state = Node.State.RESIDENT;
        tiles.add(n);
        return n;
    }

    /** Where the ray meets the triangle's plane, if inside all three edges; else infinity. */
    private static double meets(float[] xyz, int t, double[] o, double[] d, boolean frontOnly, double[] normal) {
        double[] a = corner(xyz, t, 0);
        double[] b = corner(xyz, t, 1);
        double[] c = corner(xyz, t, 2);
        double[] n = cross(minus(b, a), minus(c, a));
        double l = Math.sqrt(dot(n, n));
        for (int i = 0; i < 3; i++) {
            normal[i] = n[i] / l;
        }
        double towards = dot(normal, d);
        if (towards == 0 || frontOnly && towards > 0) {
            return Double.POSITIVE_INFINITY;
        }
        double s = dot(normal, minus(a, o)) / towards;
        double[] p = {o[0] + s * d[0], o[1] + s * d[1], o[2] + s * d[2]};
        boolean inside = s > 0
                && dot(cross(minus(b, a), minus(p, a)), n) >= 0
                && dot(cross(minus(c, b), minus(p, b)), n) >= 0
                && dot(cross(minus(a, c), minus(p, c)), n) >= 0;
        return inside ? s : Double.POSITIVE_INFINITY;
    }

    private static double[] corner(float[] xyz, int t, int k) {
        return new double[] {xyz[9 * t + 3 * k], xyz[9 * t + 3 * k + 1], xyz[9 * t + 3 * k + 2]};
    }

    private static double[] minus(double[] a, double[] b) {
        return new double[] {a[0] - b[0], a[1] - b[1], a[2] - b[2]};
    }

    private static double[] cross(double[] a, double[] b) {
        return new double[] {a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]};
    }

    private static double dot(double[] a, double[] b) {
        return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
    }

    @Test
    void theNearestOfAllTrianglesIsFound() {
        Random r = new Random(8);
        List<float[]> soups = List.of(soup(r, 0, 0, 0), soup(r, 4, 1, -1), soup(r, -3, 3, 1));
        soups.forEach(this::tile);
        int hits = 0;
        int behind = 0;
        for (int i = 0; i < 3000; i++) {
            double[] o = {6 * r.nextDouble() - 3, 6 * r.nextDouble() - 3, 6 * r.nextDouble() - 3};
            double[] d = {r.nextGaussian(), r.nextGaussian(), r.nextGaussian()};
            double l = Math.sqrt(dot(d, d));
            for (int a = 0; a < 3; a++) {
                d[a] /= l;
            }
            double longest = 0.3 + 4 * r.nextDouble();
            boolean frontOnly = i % 2 == 0;
            double best = longest;
            int tile = -1;
            int triangle = -1;
            double[] normal = new double[3];
            for (int k = 0; k < soups.size(); k++) {
                for (int t = 0; t < TRIANGLES; t++) {
                    double[] n = new double[3];
                    double s = meets(soups.get(k), t, o, d, frontOnly, n);
                    if (s < best) {
                        best = s;
                        tile = k;
                        triangle = t;
                        normal = n;
                    }
                }
            }
            Rays.Hit h = Rays.cast(tiles, o, d, longest, frontOnly);
            if (tile < 0) {
                assertThat(h).isEqualTo(Rays.NONE);
                continue;
            }
            hits++;
            behind += dot(normal, d) > 0 ? 1 : 0;
            assertThat(h.distance()).isCloseTo(best, within(1e-9));
            assertThat(h.mesh()).isSameAs(tiles.get(tile).packed);
            assertThat(h.nx()).isCloseTo(normal[0], within(1e-9));
            assertThat(h.ny()).isCloseTo(normal[1], within(1e-9));
            assertThat(h.nz()).isCloseTo(normal[2], within(1e-9));
            assertThat(h.vertex() / 3).isEqualTo(triangle);
        }
        assertThat(hits).isBetween(300, 2900);
        assertThat(behind).isGreaterThan(80);
    }

    /** Each block's box is the one around its own triangles; the last block is shorter. */
    @Test
    void blocksBoundTheirTriangles() {
        Random r = new Random(2);
        float[] xyz = soup(r, 1, 2, 3);
        int[] t = r.ints(3 * TRIANGLES, 0, 3 * TRIANGLES).toArray();
        float[] blocks = Rays.blocks(xyz, t);
        assertThat(blocks).hasSize(18);
        for (int b = 0; b < 3; b++) {
            for (int a = 0; a < 3; a++) {
                float low = 1e9f;
                float high = -1e9f;
                for (int i = 0; i < t.length; i++) {
                    if (i / 192 == b) {
                        low = Math.min(low, xyz[3 * t[i] + a]);
                        high = Math.max(high, xyz[3 * t[i] + a]);
                    }
                }
                assertThat(blocks[6 * b + a]).isEqualTo(low);
                assertThat(blocks[6 * b + 3 + a]).isEqualTo(high);
            }
        }
        assertThat(Rays.blocks(xyz, new int[3 * 64])).hasSize(6);
        assertThat(Rays.blocks(xyz, new int[3 * 65])).hasSize(12);
        assertThat(Rays.blocks(xyz, new int[0])).isEmpty();
    }

    /** In an upright triangle the corner whose third the ray meets is the nearest one. */
    @Test
    void theCornerNearestToTheHitIsTold() {
        double h = Math.sqrt(3) / 2;
        float[] xyz = {0, 5, 0, 1, 5, 0, 0.5f, 5, (float) h};
        tile(xyz);
        double[][] corners = {{0, 0}, {1, 0}, {0.5, h}};
        Random r = new Random(4);
        int[] found = new int[3];
        for (int i = 0; i < 500; i++) {
            double x = r.nextDouble();
            double z = h * r.nextDouble();
            Rays.Hit hit = Rays.cast(tiles, new double[] {x, 0, z}, new double[] {0, 1, 0}, 10, true);
            boolean inside = z < 2 * h * x && z < 2 * h * (1 - x);
            assertThat(hit != Rays.NONE).isEqualTo(inside);
            if (!inside) {
                assertThat(hit.vertex()).isEqualTo(-1);
                continue;
            }
            int nearest = 0;
            for (int k = 1; k < 3; k++) {
                if (Math.hypot(x - corners[k][0], z - corners[k][1])
                        < Math.hypot(x - corners[nearest][0], z - corners[nearest][1])) {
                    nearest = k;
                }
            }
            assertThat(hit.vertex()).isEqualTo(nearest);
            assertThat(hit.distance()).isCloseTo(5, within(1e-12));
            assertThat(hit.ny()).isEqualTo(-1);
            found[nearest]++;
        }
        assertThat(found[0]).isGreaterThan(20);
        assertThat(found[1]).isGreaterThan(20);
        assertThat(found[2]).isGreaterThan(20);
    }

    /** A wall in the plane of its own flat box, rays along the axes, an eye in its plane and one behind it. */
    @Test
    void raysAlongTheAxesMeetFlatWalls() {
        for (int axis = 0; axis < 3; axis++) {
            float[] xyz = new float[9];
            int u = (axis + 1) % 3;
            int w = (axis + 2) % 3;
            for (int k = 0; k < 3; k++) {
                xyz[3 * k + axis] = 2;
            }
            xyz[3 + u] = 4;
            xyz[6 + w] = 4;
            tiles.forEach(n -> pool.giveBack(n.packed.slab()));
            tiles.clear();
            tile(xyz);
            double[] o = new double[3];
            double[] d = new double[3];
            o[u] = 1;
            o[w] = 1;
            d[axis] = 1;
            assertThat(Rays.cast(tiles, o, d, 10, false).distance()).isEqualTo(2);
            assertThat(Rays.cast(tiles, o, d, 2, false))
                    .as("not nearer than asked")
                    .isEqualTo(Rays.NONE);
            assertThat(Rays.cast(tiles, o, d, 10, true)).as("from behind").isEqualTo(Rays.NONE);
            o[axis] = 5;
            assertThat(Rays.cast(tiles, o, d, 10, false)).as("behind the eye").isEqualTo(Rays.NONE);
            d[axis] = -1;
            assertThat(Rays.cast(tiles, o, d, 10, true).distance()).isEqualTo(3);
            o[axis] = 2;
            assertThat(Rays.cast(tiles, o, d, 10, false))
                    .as("the eye in the wall")
                    .isEqualTo(Rays.NONE);
            o[axis] = 5;
            o[u] = 0;
            assertThat(Rays.cast(tiles, o, d, 10, true).distance())
                    .as("on the wall's edge, in its box's face")
                    .isEqualTo(3);
            o[u] = -0.01;
            assertThat(Rays.cast(tiles, o, d, 10, true)).isEqualTo(Rays.NONE);
        }
    }

    @Test
    void ofTwoTilesInOnePlaceTheFirstIsMet() {
        float[] wall = {0, 0, 1, 4, 0, 1, 0, 4, 1};
        Node first = tile(wall);
        tile(wall);
        Rays.Hit h = Rays.cast(tiles, new double[] {1, 1, 0}, new double[] {0, 0, 1}, 9, false);
        assertThat(h.mesh()).isSameAs(first.packed);
    }

    @Test
    void aTileThatIsNotInMemoryStopsNoRay() {
        Node near = tile(new float[] {0, 0, 1, 4, 0, 1, 0, 4, 1});
        tile(new float[] {0, 0, 2, 4, 0, 2, 0, 4, 2});
        double[] o = {1, 1, 0};
        double[] d = {0, 0, 1};
        assertThat(Rays.cast(tiles, o, d, 9, false).distance()).isEqualTo(1);
        PackedMesh kept = near.packed;
        near.packed = null;
        assertThat(Rays.cast(tiles, o, d, 9, false).distance()).isEqualTo(2);
        near.packed = kept;
    }
}
