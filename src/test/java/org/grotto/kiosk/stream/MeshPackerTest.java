package org.grotto.kiosk.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is packed is what was given, and what is made up for it has a closed form. */
class MeshPackerTest {
    private final SlabPool pool = new SlabPool(0);
    private PackedMesh packed;

    @AfterEach
    void free() {
        if (packed != null) {
            pool.giveBack(packed.slab());
        }
        assertThat(pool.lentBytes()).isZero();
        pool.close();
    }

    /** Bytes of every kind, so that no two places of a tile hold the same. */
    private static byte[] run(int from, int n) {
        byte[] out = new byte[n];
        for (int i = 0; i < n; i++) {
            out[i] = (byte) (from + i);
        }
        return out;
    }

    private static byte[] rest(ByteBuffer b) {
        byte[] out = new byte[b.remaining()];
        b.get(out);
        return out;
    }

    @Test
    void allThatATileSaysStandsInItsPlace() {
        float[] xyz = {0, 0, 0, 1, 0, 0, 0, 2, 0, 1, 2, 0.5f};
        byte[] normals = {1, 2, 3, 99, 4, 5, 6, 99, 7, 8, 9, 99, -10, -11, -12, 99};
        byte[] rgba = run(40, 16);
        List<byte[]> steps = List.of(run(100, 4), run(-60, 4));
        int[] triangles = {0, 1, 2, 1, 3, 2};
        packed = MeshPacker.pack(pool, xyz, 10, -20, 0.25, normals, rgba, steps, triangles, 0);
        assertThat(packed.triangleCount()).isEqualTo(2);
        assertThat(packed.cost()).isEqualTo(2);
        assertThat(packed.spacing()).isZero();
        assertThat(packed.layers()).isEqualTo(2);
        for (int i = 0; i < 4; i++) {
            assertThat(packed.positions().get(3 * i)).isEqualTo(xyz[3 * i] + 10);
            assertThat(packed.positions().get(3 * i + 1)).isEqualTo(xyz[3 * i + 1] - 20);
            assertThat(packed.positions().get(3 * i + 2)).isEqualTo(xyz[3 * i + 2] + 0.25f);
            for (int a = 0; a < 3; a++) {
                assertThat(packed.normals().get(4 * i + a)).isEqualTo(normals[4 * i + a]);
                assertThat(packed.colours().get(4 * i + a)).isEqualTo(rgba[4 * i + a]);
            }
            assertThat(packed.colours().get(4 * i + 3)).as("no layer on show").isEqualTo((byte) 255);
        }
        int[] found = new int[6];
        packed.indices().get(found);
        assertThat(found).isEqualTo(triangles);
        assertThat(packed.blocks()).containsExactly(10, -20, 0.25f, 11, -18, 0.75f);
        for (int layer = 0; layer < 2; layer++) {
            assertThat(rest(packed.steps(layer))).isEqualTo(steps.get(layer));
        }
        for (int layer : new int[] {1, 0}) {
            packed.show(layer);
            for (int i = 0; i < 4; i++) {
                assertThat(packed.colours().get(4 * i + 3)).isEqualTo(steps.get(layer)[i]);
                assertThat(packed.colours().get(4 * i + 2)).isEqualTo(rgba[4 * i + 2]);
            }
        }
        assertThat(packed.positions().get(0)).as("nothing else was overwritten").isEqualTo(10);
        assertThat(packed.indices().get(0)).isZero();
    }

    /** Every view ends where the next begins, and the last byte is in the slab. */
    @Test
    void aTileFillsItsSlabToTheLastByte() {
        int quads = 80;
        int side = quads + 1;
        float[] xyz = new float[3 * side * side];
        for (int i = 0; i < side * side; i++) {
            xyz[3 * i] = i % side;
            xyz[3 * i + 1] = i / side;
        }
        int[] t = new int[6 * quads * quads];
        for (int i = 0, k = 0; i < quads * quads; i++) {
            int a = i / quads * side + i % quads;
            for (int v : new int[] {a, a + 1, a + side, a + 1, a + side + 1, a + side}) {
                t[k++] = v;
            }
        }
        byte[] steps = run(7, side * side);
        packed = MeshPacker.pack(pool, xyz, 0, 0, 0, null, null, List.of(steps), t, 0);
        assertThat(packed.slab().bytes())
                .as("the smallest that holds it")
                .isEqualTo(393_216)
                .isGreaterThanOrEqualTo(21 * side * side + 12 * 2 * quads * quads);
        assertThat(packed.positions().limit()).isEqualTo(3 * side * side);
        assertThat(packed.normals().limit()).isEqualTo(4 * side * side);
        assertThat(packed.colours().limit()).isEqualTo(4 * side * side);
        assertThat(packed.indices().limit()).isEqualTo(6 * quads * quads);
        assertThat(rest(packed.steps(0))).isEqualTo(steps);
        assertThat(packed.indices().get(6 * quads * quads - 1)).isEqualTo(side * side - 2);
    }

    @Test
    void withoutColoursStoneIsSandstoneAndWithoutNormalsTheTrianglesTell() {
        packed = MeshPacker.pack(
                pool, new float[] {0, 0, 0, 1, 0, 0, 0, 1, 0}, 0, 0, 0, null, null, List.of(), new int[] {0, 1, 2}, 0);
        byte[] c = {(byte) 205, (byte) 184, (byte) 155, -1};
        for (int i = 0; i < 3; i++) {
            assertThat(Arrays.copyOfRange(rest(packed.colours()), 4 * i, 4 * i + 4))
                    .isEqualTo(c);
            assertThat(Arrays.copyOfRange(rest(packed.normals()), 4 * i, 4 * i + 4))
                    .isEqualTo(new byte[] {0, 0, 127, 0});
        }
    }

    @Test
    void nothingIsPackedAsNothing() {
        packed = MeshPacker.pack(pool, new float[0], 0, 0, 0, null, null, List.of(), new int[0], 0);
        assertThat(packed.triangleCount()).isZero();
        assertThat(packed.blocks()).isEmpty();
        assertThat(packed.cost()).isZero();
    }

    @Test
    void pointsKeepTheirNormalsColoursAndLevels() {
        float[] xyz = {1, 2, 3, -4, 5, -6};
        float[] normals = {1, 0, -1, 0.5f, -0.25f, 2};
        byte[] rgb = run(-3, 6);
        packed = MeshPacker.points(pool, xyz, normals, rgb, new byte[] {3, (byte) 200}, 0.004f);
        float[] at = new float[6];
        packed.positions().get(at);
        assertThat(at).isEqualTo(xyz);
        assertThat(rest(packed.normals())).containsExactly(127, 0, -127, 0, 64, -32, 127, 0);
        assertThat(rest(packed.colours())).containsExactly(-3, -2, -1, 3, 0, 1, 2, (byte) 200);
        assertThat(packed.spacing()).isEqualTo(0.004f);
        assertThat(packed.cost()).as("points are what is drawn").isEqualTo(2);
        assertThat(packed.triangleCount()).isZero();
        pool.giveBack(packed.slab());
        packed = MeshPacker.points(pool, xyz, null, rgb, new byte[2], 1);
        assertThat(rest(packed.normals())).as("0: there is none").containsOnly(0);
        assertThat(packed.slab().bytes()).isEqualTo(1 << 17);
        pool.giveBack(packed.slab());
        packed = MeshPacker.points(pool, new float[3 * 7000], null, new byte[3 * 7000], new byte[7000], 1);
        assertThat(packed.slab().bytes()).as("20 bytes a point").isEqualTo(196_608);
    }

    /** A vertex between a floor of 2 m2 and a wall of 1 m2 leans twice as far to the floor's normal. */
    @Test
    void normalsAreWeightedByArea() {
        float[] xyz = {0, 0, 0, 2, 0, 0, 0, 2, 0, 0, 0, 1, 9, 9, 9};
        int[] t = {0, 1, 2, 0, 2, 3};
        float[] n = MeshPacker.normals(xyz, t);
        double l = Math.sqrt(5);
        assertThat(n[0]).isCloseTo((float) (1 / l), within(1e-6f));
        assertThat(n[1]).isZero();
        assertThat(n[2]).isCloseTo((float) (2 / l), within(1e-6f));
        assertThat(Arrays.copyOfRange(n, 3, 6)).containsExactly(0, 0, 1);
        assertThat(Arrays.copyOfRange(n, 6, 9)).containsExactly(Arrays.copyOf(n, 3));
        assertThat(Arrays.copyOfRange(n, 9, 12)).containsExactly(1, 0, 0);
        assertThat(Arrays.copyOfRange(n, 12, 15)).as("of no triangle: up").containsExactly(0, 0, 1);
    }

    @Test
    void normalsTurnWithTheAxes() {
        float[] tilted = {1, 1, 1, 2, 1, 3, 1, 4, 2};
        float[] n = MeshPacker.normals(tilted, new int[] {0, 1, 2});
        // (1, 0, 2) x (0, 3, 1) = (-6, -1, 3)
        float l = (float) Math.sqrt(46);
        for (int i = 0; i < 9; i += 3) {
            assertThat(n[i]).isCloseTo(-6 / l, within(1e-6f));
            assertThat(n[i + 1]).isCloseTo(-1 / l, within(1e-6f));
            assertThat(n[i + 2]).isCloseTo(3 / l, within(1e-6f));
        }
    }

    private static final int[] ICOSAHEDRON = {
        0, 11, 5, 0, 5, 1, 0, 1, 7, 0, 7, 10, 0, 10, 11, 1, 5, 9, 5, 11, 4, 11, 10, 2, 10, 7, 6, 7, 1, 8, 3, 9, 4, 3, 4,
        2, 3, 2, 6, 3, 6, 8, 3, 8, 9, 4, 9, 5, 2, 4, 11, 6, 2, 10, 8, 6, 7, 9, 8, 1
    };

    private static float[] icosahedron(double radius) {
        double p = (1 + Math.sqrt(5)) / 2;
        double[] v = {
            -1, p, 0, 1, p, 0, -1, -p, 0, 1, -p, 0, 0, -1, p, 0, 1, p, 0, -1, -p, 0, 1, -p, p, 0, -1, p, 0, 1, -p, 0,
            -1, -p, 0, 1
        };
        float[] out = new float[v.length];
        double l = Math.sqrt(1 + p * p);
        for (int i = 0; i < v.length; i++) {
            out[i] = (float) (radius * v[i] / l);
        }
        return out;
    }

    /**
     * Of a regular icosahedron with edge L about a sphere of radius R every neighbour stands L^2 / 2R above the tangent
     * plane, seen from inside: L / 2R of its distance, or less where the edge is shorter than 12 mm.
     */
    @Test
    void aBallIsAsHollowAsItsEdgesAreLong() {
        for (double radius : new double[] {3, 0.05, 0.011, 0.005}) {
            float[] xyz = icosahedron(radius);
            float[] out = MeshPacker.normals(xyz, ICOSAHEDRON);
            double edge = radius / Math.sin(2 * Math.PI / 5);
            double hollow = edge * edge / (2 * radius) / Math.max(0.012, edge);
            for (int side : new int[] {1, -1}) {
                float[] n = out.clone();
                for (int i = 0; i < n.length; i++) {
                    n[i] *= side;
                }
                for (float c : MeshPacker.cavity(xyz, n, ICOSAHEDRON)) {
                    assertThat(c).as("radius " + radius).isCloseTo((float) (-side * hollow), within(1e-5f));
                }
            }
        }
    }

    /** A hexagon about a vertex that stands out by h: worked out by hand, two smoothings. */
    @Test
    void aPeakIsSmoothedOverItsNeighbours() {
        float h = 0.1f;
        double s = h / Math.sqrt(1 + h * h);
        float[] xyz = new float[21];
        float[] up = new float[21];
        int[] t = new int[18];
        xyz[2] = h;
        for (int i = 0; i < 7; i++) {
            up[3 * i + 2] = 1;
        }
        for (int i = 0; i < 6; i++) {
            xyz[3 * i + 3] = (float) Math.cos(i * Math.PI / 3);
            xyz[3 * i + 4] = (float) Math.sin(i * Math.PI / 3);
            t[3 * i + 1] = 1 + i;
            t[3 * i + 2] = 1 + (i + 1) % 6;
        }
        float[] c = MeshPacker.cavity(xyz, up, t);
        assertThat(c[0]).isCloseTo((float) (-s / 16), within(1e-6f));
        for (int i = 1; i < 7; i++) {
            assertThat(c[i]).isCloseTo((float) (s / 32), within(1e-6f));
        }
        // the same peak along x, then along y
        for (int axis = 0; axis < 2; axis++) {
            float[] turned = new float[21];
            float[] n = new float[21];
            for (int i = 0; i < 21; i++) {
                int to = i / 3 * 3 + (i + axis + 1) % 3;
                turned[to] = xyz[i];
                n[to] = up[i];
            }
            float[] same = MeshPacker.cavity(turned, n, t);
            for (int i = 0; i < 7; i++) {
                assertThat(same[i]).isCloseTo(c[i], within(1e-6f));
            }
        }
    }

    /** A triangle that stands on the surface steeper than its normals' 0.3 hems it; it makes nothing hollow. */
    @Test
    void curtainsAreLeftOut() {
        int[] flat = {0, 1, 2};
        int[] hemmed = {0, 1, 2, 1, 0, 3};
        for (int axis = 0; axis < 3; axis++) {
            int u = (axis + 1) % 3;
            int w = (axis + 2) % 3;
            float[] up = new float[12];
            for (int i = 0; i < 4; i++) {
                up[3 * i + axis] = 1;
            }
            // the cosine between the hem's normal and the surface's
            for (double cosine : new double[] {0, 0.29, -0.29, 0.31, -0.31}) {
                double sine = Math.sqrt(1 - cosine * cosine);
                float[] xyz = new float[12];
                xyz[3 + u] = 1;
                xyz[6 + u] = 0.5f;
                xyz[6 + w] = 1;
                xyz[9 + u] = 0.5f;
                xyz[9 + w] = (float) -cosine;
                xyz[9 + axis] = (float) -sine;
                assertThat(MeshPacker.cavity(xyz, up, flat)).containsOnly(0);
                float[] c = MeshPacker.cavity(xyz, up, hemmed);
                if (Math.abs(cosine) < 0.3) {
                    assertThat(c).as("a curtain, %s, %d", cosine, axis).containsOnly(0);
                } else {
                    assertThat(c[3]).as("a slope, %s, %d", cosine, axis).isPositive();
                    assertThat(c[0]).isNegative();
                }
            }
        }
    }
}
