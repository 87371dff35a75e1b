package org.grotto.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.grotto.base.Progress;
import org.grotto.base.Work;
import org.grotto.geometry.Mesh;
import org.junit.jupiter.api.Test;

class RasterTest {
    private static final Light FULL = new Light(0, 1, 1, 0);
    private static final int MAGENTA = 0xFF00FF;

    private static Mesh mesh(float[] xyz, int... triangles) {
        return new Mesh(0, 0, 0, xyz, null, null, null, triangles);
    }

    /** A unit sphere of quads cut in two; {@code inward} turns its fronts to the inside. */
    private static Mesh sphere(int n, boolean inward) {
        int across = 2 * n;
        float[] xyz = new float[3 * across * (n + 1)];
        for (int i = 0; i <= n; i++) {
            for (int j = 0; j < across; j++) {
                double t = Math.PI * i / n;
                double p = Math.PI * j / n;
                int v = 3 * (i * across + j);
                xyz[v] = (float) (Math.sin(t) * Math.cos(p));
                xyz[v + 1] = (float) (Math.sin(t) * Math.sin(p));
                xyz[v + 2] = (float) Math.cos(t);
            }
        }
        int[] tri = new int[6 * n * across];
        int k = 0;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < across; j++) {
                int a = i * across + j;
                int b = i * across + (j + 1) % across;
                int c = a + across;
                int d = b + across;
                int[] quad = inward ? new int[] {a, b, c, b, d, c} : new int[] {a, c, b, b, c, d};
                for (int q : quad) {
                    tri[k++] = q;
                }
            }
        }
        return mesh(xyz, tri);
    }

    private static Picture draw(Mesh m, Camera c, int w, int h, int colour, int threads) {
        int[] colours = new int[m.vertexCount()];
        Arrays.fill(colours, colour);
        try (Work work = new Work(threads, 1 << 28, Progress.NONE)) {
            return Raster.draw(m, c, w, h, colours, FULL, MAGENTA, false, work);
        }
    }

    @Test
    void squareOfKnownSizeCoversItsSamplesExactlyOnce() {
        // 1 m in a picture 4 m high and 40 pixels high: 10 x 10 pixels, the diagonal shared by both triangles
        Mesh square = mesh(new float[] {0, 0, 0, 1, 0, 0, 1, 0, 1, 0, 0, 1}, 0, 1, 2, 0, 2, 3);
        Camera c = Camera.orthographic(new double[] {0, -5, 0}, new double[] {0, 0, 0}, 4, 0.1);
        Picture p = draw(square, c, 40, 40, 0x204060, 1);
        assertThat(p.covered()).isEqualTo(400);
        for (int y = 0; y < 40; y++) {
            for (int x = 0; x < 40; x++) {
                boolean in = x >= 20 && x < 30 && y >= 10 && y < 20;
                assertThat(p.rgb()[40 * y + x]).as("pixel %d %d", x, y).isEqualTo(in ? 0x204060 : MAGENTA);
            }
        }
    }

    @Test
    void backsAreNotDrawn() {
        Mesh square = mesh(new float[] {0, 0, 0, 1, 0, 0, 1, 0, 1, 0, 0, 1}, 0, 2, 1, 0, 3, 2);
        Camera c = Camera.orthographic(new double[] {0, -5, 0}, new double[] {0, 0, 0}, 4, 0.1);
        assertThat(draw(square, c, 40, 40, 0x204060, 1).covered()).isZero();
    }

    @Test
    void silhouetteOfSphereHasItsArea() {
        // seen from d, a unit sphere's outline is a circle of tan = 1 / sqrt(d^2 - 1)
        Camera c = Camera.perspective(new double[] {0, -4, 0}, new double[3], 60, 0.1);
        Picture p = draw(sphere(200, false), c, 400, 400, 0xFFFFFF, 2);
        double radius = 400 / Math.tan(Math.toRadians(30)) / Math.sqrt(15);
        assertThat((double) p.covered()).isCloseTo(Math.PI * radius * radius, within(0.002 * p.covered()));
    }

    @Test
    void closedMeshFromInsideShowsNoCrackAtAnyAngle() {
        Mesh cave = sphere(150, true);
        for (int i = 0; i < 12; i++) {
            double[] eye = {0.3 * Math.cos(i), 0.3 * Math.sin(i), 0.1 * (i % 3)};
            double[] target = {Math.cos(1.7 * i), Math.sin(1.7 * i), Math.sin(2.3 * i)};
            Camera c = Camera.perspective(eye, target, 80, 0.02);
            assertThat(draw(cave, c, 320, 240, 0x808080, 2).covered())
                    .as("view %d", i)
                    .isEqualTo(4L * 320 * 240);
        }
    }

    @Test
    void trianglesThatReachBehindTheEyeAreCutNotLost() {
        // a floor of two huge triangles below the eye fills the lower half
        Mesh floor =
                mesh(new float[] {-1e4f, -1e4f, 0, 1e4f, -1e4f, 0, 1e4f, 1e4f, 0, -1e4f, 1e4f, 0}, 0, 1, 2, 0, 2, 3);
        Camera c = Camera.perspective(new double[] {0, 0, 1}, new double[] {0, 1, 1}, 60, 0.01);
        Picture p = draw(floor, c, 100, 100, 0x00FF00, 1);
        assertThat((double) p.covered()).isCloseTo(4 * 100 * 50, within(202.0)); // the far edge stands 1e-4 below
    }

    @Test
    void nearerWinsWhateverTheOrder() {
        float[] xyz = {-1, 2, -1, 1, 2, -1, 0, 2, 1, -1, 1, -1, 1, 1, -1, 0, 1, 1};
        Camera c = Camera.perspective(new double[3], new double[] {0, 1, 0}, 60, 0.1);
        int[] colours = {0xFF0000, 0xFF0000, 0xFF0000, 0x0000FF, 0x0000FF, 0x0000FF};
        for (int[] order : new int[][] {{0, 1, 2, 3, 4, 5}, {3, 4, 5, 0, 1, 2}}) {
            try (Work work = Work.silent()) {
                Picture p = Raster.draw(mesh(xyz, order), c, 50, 50, colours, FULL, MAGENTA, false, work);
                assertThat(p.rgb()[25 * 50 + 25]).isEqualTo(0x0000FF);
            }
        }
    }

    @Test
    void sameBytesForAnyNumberOfThreads() {
        Camera c = Camera.perspective(new double[] {1, -3, 1}, new double[3], 50, 0.1);
        Mesh m = sphere(180, false);
        int[] one = draw(m, c, 200, 150, 0xC08040, 1).rgb();
        assertThat(draw(m, c, 200, 150, 0xC08040, 2).rgb()).isEqualTo(one);
        assertThat(draw(m, c, 200, 150, 0xC08040, 5).rgb()).isEqualTo(one);
    }

    @Test
    void stepsOfTheColourMapLookEqualAndDarken() {
        double least = 1;
        double most = 0;
        double before = 2;
        for (int i = 0; i < 255; i += 5) {
            double[] a = Oklab.of(ColourMap.STRAW_TO_INDIGO.of(i / 255.0));
            double[] b = Oklab.of(ColourMap.STRAW_TO_INDIGO.of((i + 5) / 255.0));
            double d = Math.sqrt(Math.pow(a[0] - b[0], 2) + Math.pow(a[1] - b[1], 2) + Math.pow(a[2] - b[2], 2));
            least = Math.min(least, d);
            most = Math.max(most, d);
            assertThat(a[0]).isLessThan(before);
            before = a[0];
        }
        assertThat(most / least).isLessThan(1.5);
    }
}
