package org.grotto.lod;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import javax.imageio.ImageIO;
import org.grotto.base.Work;
import org.grotto.image.Srgb;
import org.grotto.lod.atlas.TileAtlas;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A tile's picture shows at each place what the source shows there: its own pixels in finest tiles, their means in coarser
 * ones; nothing from beside the charts; and the same on both sides where tiles or charts meet.
 */
class AtlasTest {
    @TempDir
    static Path dir;

    private static PicturedBall ball;
    private static Work work;
    private static TilePictures pictures;
    private static TileTree tree;
    private static final Map<TileNode, TileAtlas> ATLAS = new HashMap<>();
    private static final Map<TileNode, BufferedImage> IMAGE = new HashMap<>();

    @BeforeAll
    static void build() throws Exception {
        ball = new PicturedBall(48, 512, dir);
        work = Work.silent();
        pictures = Objects.requireNonNull(TilePictures.of(ball.mesh, work));
        tree = TileTree.of(TileVertices.of(ball.mesh, work), 2500, pictures, work);
        TileLevels.fill(tree, 2500, work);
        pictures.measure(tree, work);
        for (TileNode n : tree.nodes) {
            TileAtlas a = Objects.requireNonNull(pictures.of(tree.mesh, n, new TileAtlas.Files(false, work)));
            ATLAS.put(n, a);
            IMAGE.put(n, ImageIO.read(new ByteArrayInputStream(a.image())));
        }
    }

    @AfterAll
    static void close() {
        pictures.close();
        work.close();
    }

    @Test
    void finestTilesShowTheSource() {
        double sum = 0;
        int count = 0;
        for (TileNode n : tree.nodes) {
            if (!n.leaf()) {
                continue;
            }
            assertThat(ATLAS.get(n).scale()).isEqualTo(1);
            for (Place p : places(n, 500)) {
                int truth = ball.paint(p.direction());
                double[] got = p.colour();
                for (int c = 0; c < 3; c++) {
                    double e = got[c] - (truth >> 16 - 8 * c & 255);
                    sum += e * e;
                    count++;
                }
            }
        }
        assertThat(10 * Math.log10(255 * 255 / (sum / count))).isGreaterThan(44); // the grain between pixels included
    }

    @Test
    void coarserTilesShowMeans() {
        for (TileNode n : tree.nodes) {
            if (n.leaf()) {
                continue;
            }
            double sum = 0;
            int count = 0;
            for (Place p : places(n, 300)) {
                double[] truth = mean(p.direction(), n.pitch / PicturedBall.RADIUS);
                double[] got = p.colour();
                for (int c = 0; c < 3; c++) {
                    sum += (got[c] - truth[c]) * (got[c] - truth[c]);
                    count++;
                }
            }
            assertThat(Math.sqrt(sum / count))
                    .as("%s, depth %d", n.name(), n.depth)
                    .isLessThan(9);
        }
    }

    /** The picture's mean around a direction, as wide as a pixel, in linear light. */
    private static double[] mean(double[] d, double wide) {
        double[] u = Math.abs(d[2]) < 0.9 ? new double[] {-d[1], d[0], 0} : new double[] {0, -d[2], d[1]};
        double l = Math.sqrt(u[0] * u[0] + u[1] * u[1] + u[2] * u[2]);
        double[] sum = new double[3];
        int n = 8;
        for (int j = 0; j < n; j++) {
            for (int i = 0; i < n; i++) {
                double a = ((i + 0.5) / n - 0.5) * wide / l;
                double b = ((j + 0.5) / n - 0.5) * wide / l;
                double[] q = new double[3];
                for (int k = 0; k < 3; k++) {
                    double w = d[(k + 1) % 3] * u[(k + 2) % 3] - d[(k + 2) % 3] * u[(k + 1) % 3];
                    q[k] = d[k] + a * u[k] + b * w;
                }
                double r = Math.sqrt(q[0] * q[0] + q[1] * q[1] + q[2] * q[2]);
                int p = ball.paint(new double[] {q[0] / r, q[1] / r, q[2] / r});
                for (int c = 0; c < 3; c++) {
                    sum[c] += Srgb.linear(p >> 16 - 8 * c & 255) / (n * n);
                }
            }
        }
        for (int c = 0; c < 3; c++) {
            sum[c] = 255 * Srgb.encode(sum[c]);
        }
        return sum;
    }

    @Test
    void nothingFromBesideTheChartsShows() {
        for (TileNode n : tree.nodes) {
            for (Place p : places(n, 2000)) {
                double[] c = p.colour();
                // magenta has far more red and blue than green; the stone nowhere does
                assertThat(Math.min(c[0], c[2]) - c[1]).as(n.name()).isLessThan(30);
            }
        }
    }

    @Test
    void tilesAgreeWhereTheyMeet() {
        for (int depth = 0; depth < 4; depth++) {
            List<double[]> all = new ArrayList<>();
            Map<Integer, List<double[]>> at = new HashMap<>();
            for (TileNode n : tree.nodes) {
                if (n.depth != depth) {
                    continue;
                }
                for (int i = 0; i < n.triangles.length; i++) {
                    float[] uv = ATLAS.get(n).uv();
                    TileAtlas a = ATLAS.get(n);
                    double[] c = bilinear(IMAGE.get(n), uv[2 * i] * a.width() - 0.5, uv[2 * i + 1] * a.height() - 0.5);
                    at.computeIfAbsent(n.triangles[i], k -> new ArrayList<>()).add(c);
                }
            }
            double[] far = at.values().stream()
                    .filter(l -> l.size() > 1)
                    .mapToDouble(AtlasTest::apart)
                    .sorted()
                    .toArray();
            // JPEG alone moves colours by up to two
            assertThat(far[far.length * 95 / 100]).as("depth %d", depth).isLessThan(depth == 0 ? 4 : 2);
            assertThat(far[far.length - 1]).as("depth %d", depth).isLessThan(6);
        }
    }

    /** The greatest difference of colours from their mean, CIE 1976, times two. */
    private static double apart(List<double[]> colours) {
        double most = 0;
        for (double[] a : colours) {
            for (double[] b : colours) {
                double[] p = lab(a);
                double[] q = lab(b);
                most = Math.max(
                        most,
                        Math.sqrt(Math.pow(p[0] - q[0], 2) + Math.pow(p[1] - q[1], 2) + Math.pow(p[2] - q[2], 2)));
            }
        }
        return most;
    }

    private static double[] lab(double[] rgb) {
        double r = Srgb.decode(rgb[0] / 255);
        double g = Srgb.decode(rgb[1] / 255);
        double b = Srgb.decode(rgb[2] / 255);
        double x = f((0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.9505);
        double y = f(0.2126 * r + 0.7152 * g + 0.0722 * b);
        double z = f((0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.089);
        return new double[] {116 * y - 16, 500 * (x - y), 200 * (y - z)};
    }

    private static double f(double t) {
        return t > 0.008856 ? Math.cbrt(t) : 7.787 * t + 16 / 116.0;
    }

    private record Place(double[] direction, double[] colour) {}

    private static List<Place> places(TileNode n, int count) {
        Random random = new Random(n.index);
        List<Place> out = new ArrayList<>();
        TileAtlas atlas = ATLAS.get(n);
        for (int i = 0; i < count; i++) {
            int t = random.nextInt(n.triangles.length / 3);
            double a = random.nextDouble();
            double b = random.nextDouble() * (1 - a);
            double[] w = {1 - a - b, a, b};
            double[] p = new double[3];
            double x = 0;
            double y = 0;
            for (int k = 0; k < 3; k++) {
                for (int axis = 0; axis < 3; axis++) {
                    p[axis] += w[k] * tree.mesh.at(n.triangles[3 * t + k], axis);
                }
                x += w[k] * atlas.uv()[6 * t + 2 * k] * atlas.width();
                y += w[k] * atlas.uv()[6 * t + 2 * k + 1] * atlas.height();
            }
            double l = Math.sqrt(p[0] * p[0] + p[1] * p[1] + p[2] * p[2]);
            out.add(new Place(new double[] {p[0] / l, p[1] / l, p[2] / l}, bilinear(IMAGE.get(n), x - 0.5, y - 0.5)));
        }
        return out;
    }

    private static double[] bilinear(BufferedImage image, double x, double y) {
        int i = (int) Math.floor(x);
        int j = (int) Math.floor(y);
        double[] out = new double[3];
        for (int k = 0; k < 4; k++) {
            int p = image.getRGB(i + (k & 1), j + (k >> 1));
            double w = ((k & 1) == 0 ? 1 - (x - i) : x - i) * ((k >> 1) == 0 ? 1 - (y - j) : y - j);
            for (int c = 0; c < 3; c++) {
                out[c] += w * (p >> 16 - 8 * c & 255);
            }
        }
        return out;
    }
}
