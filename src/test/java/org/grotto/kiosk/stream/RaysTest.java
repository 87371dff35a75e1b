package org.grotto.kiosk.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.grotto.geometry.Box;
import org.junit.jupiter.api.Test;

class RaysTest {
    /** A sphere about the origin, seen from inside; radius 2 m. */
    private static Node sphere(SlabPool pool, int n) {
        float[] xyz = new float[3 * (n + 1) * (2 * n + 1)];
        int k = 0;
        for (int j = 0; j <= n; j++) {
            for (int i = 0; i <= 2 * n; i++) {
                double lat = Math.PI * ((double) j / n - 0.5);
                double lon = Math.PI * i / n;
                xyz[k++] = (float) (2 * Math.cos(lat) * Math.cos(lon));
                xyz[k++] = (float) (2 * Math.cos(lat) * Math.sin(lon));
                xyz[k++] = (float) (2 * Math.sin(lat));
            }
        }
        List<Integer> t = new ArrayList<>();
        for (int j = 0; j < n; j++) {
            for (int i = 0; i < 2 * n; i++) {
                int a = j * (2 * n + 1) + i;
                int b = a + 2 * n + 1;
                t.addAll(List.of(a, b, a + 1, a + 1, b, b + 1));
            }
        }
        Node node = new Node(0, null, new Box(-2, -2, -2, 2, 2, 2), 0, "sphere", 0);
        node.packed = MeshPacker.pack(
                pool,
                xyz,
                0,
                0,
                0,
                null,
                null,
                List.of(),
                t.stream().mapToInt(Integer::intValue).toArray(),
                0);
        node.state = Node.State.RESIDENT;
        return node;
    }

    @Test
    void distancesInsideASphereAreThoseOfTheFormula() {
        try (SlabPool pool = new SlabPool(0)) {
            Node s = sphere(pool, 128);
            Random random = new Random(1);
            double sagitta = 2 * (1 - Math.cos(Math.PI / 256 * Math.sqrt(2)));
            for (int i = 0; i < 500; i++) {
                double[] o = {random.nextDouble() - 0.5, random.nextDouble() - 0.5, random.nextDouble() - 0.5};
                double[] d = {random.nextGaussian(), random.nextGaussian(), random.nextGaussian()};
                double n = Math.sqrt(d[0] * d[0] + d[1] * d[1] + d[2] * d[2]);
                for (int a = 0; a < 3; a++) {
                    d[a] /= n;
                }
                double b = o[0] * d[0] + o[1] * d[1] + o[2] * d[2];
                double c = o[0] * o[0] + o[1] * o[1] + o[2] * o[2] - 4;
                double exact = -b + Math.sqrt(b * b - c);
                Rays.Hit h = Rays.cast(List.of(s), o, d, 10, true);
                assertThat(h.distance()).isCloseTo(exact, within(2 * sagitta));
                double facing = h.nx() * d[0] + h.ny() * d[1] + h.nz() * d[2];
                assertThat(facing).as("its normal looks back at the eye").isNegative();
            }
            pool.giveBack(s.packed.slab());
        }
    }

    @Test
    void fromOutsideTheNearWallLetsTheRayThrough() {
        try (SlabPool pool = new SlabPool(0)) {
            Node s = sphere(pool, 64);
            double[] o = {-5, 0.01, 0.013};
            double[] d = {1, 0, 0};
            assertThat(Rays.cast(List.of(s), o, d, 20, true).distance()).isCloseTo(7, within(0.01));
            assertThat(Rays.cast(List.of(s), o, d, 20, false).distance()).isCloseTo(3, within(0.01));
            assertThat(Rays.cast(List.of(s), o, d, 2.9, false)).isEqualTo(Rays.NONE);
            pool.giveBack(s.packed.slab());
        }
    }

    @Test
    void hollowsArePositiveRidgesNegativeAndAPlaneIsZero() {
        try (SlabPool pool = new SlabPool(0)) {
            Node s = sphere(pool, 24);
            var normals = s.packed.normals();
            for (int v = 25 * 49 / 3; v < 25 * 49 / 2; v++) {
                assertThat(normals.get(4 * v + 3))
                        .as("seen from inside a sphere is hollow")
                        .isPositive();
            }
            float[] flat = {0, 0, 0, 1, 0, 0, 0, 1, 0, 1, 1, 0};
            int[] two = {0, 1, 2, 1, 3, 2};
            for (float c : MeshPacker.cavity(flat, MeshPacker.normals(flat, two), two)) {
                assertThat(c).isZero();
            }
            pool.giveBack(s.packed.slab());
        }
    }

    @Test
    void slabsAreReusedAndGivenBack() {
        SlabPool pool = new SlabPool(1 << 20);
        Slab a = pool.lend(150_000);
        assertThat(a.bytes()).isEqualTo(196_608);
        pool.giveBack(a);
        assertThat(pool.lend(190_000)).isSameAs(a);
        assertThat(pool.lentBytes()).isEqualTo(196_608);
        pool.giveBack(a);
        Slab large = pool.lend(3 << 20);
        pool.giveBack(large);
        assertThat(pool.freeBytes()).as("too large to keep").isEqualTo(196_608);
        pool.close();
        assertThat(pool.freeBytes()).isZero();
    }
}
