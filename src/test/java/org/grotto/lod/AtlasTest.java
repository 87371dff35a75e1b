package org.grotto.lod;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import javax.imageio.ImageIO;
import org.grotto.base.Work;
import org.grotto.lod.atlas.TileAtlas;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A tile's picture shows at each place what the source shows there: exactly in finest tiles, averaged in coarser ones. */
class AtlasTest {
    @TempDir
    Path dir;

    private static double linear(int c) {
        return org.grotto.image.Srgb.linear(c);
    }

    @Test
    void finestTilesShowTheSourceAndCoarserOnesItsMeans() throws Exception {
        PicturedBall ball = new PicturedBall(48, 512, dir);
        try (Work work = Work.silent();
                TilePictures pictures = Objects.requireNonNull(TilePictures.of(ball.mesh, work))) {
            TileVertices vertices = TileVertices.of(ball.mesh, work);
            TileTree tree = TileTree.of(vertices, 2500, pictures, work);
            TileLevels.fill(tree, 2500, work);
            pictures.measure(tree, work);
            TileVertices v = tree.mesh;
            double[] sum = new double[64];
            long[] count = new long[64];
            for (TileNode n : tree.nodes) {
                TileAtlas atlas = Objects.requireNonNull(pictures.of(v, n));
                BufferedImage image = ImageIO.read(new ByteArrayInputStream(atlas.jpeg()));
                System.out.println(n.name() + " " + n.triangles.length / 3 + " " + atlas.width() + "x" + atlas.height()
                        + " pitch " + n.pitch + " error " + n.error + " " + atlas.jpeg().length);
                if (n == tree.root) ImageIO.write(image, "png", new java.io.File("/work/tmp/root.png"));
                if (n.leaf()) ImageIO.write(image, "png", new java.io.File("/work/tmp/leaf.png"));
                compare(ball, v, n, atlas, image, sum, count);
            }
            for (int d = 0; d < 64; d++) {
                if (count[d] > 0) {
                    System.out.println("depth " + d + " psnr " + 10 * Math.log10(255 * 255 / (sum[d] / count[d])));
                }
            }
        }
    }

    private void compare(
            PicturedBall ball, TileVertices v, TileNode n, TileAtlas atlas, BufferedImage image, double[] sum, long[] count) {
        Random random = new Random(1);
        for (int i = 0; i < 2000; i++) {
            int t = random.nextInt(n.triangles.length / 3);
            double a = random.nextDouble();
            double b = random.nextDouble() * (1 - a);
            double[] w = {1 - a - b, a, b};
            double[] p = new double[3];
            double x = 0;
            double y = 0;
            for (int k = 0; k < 3; k++) {
                int q = n.triangles[3 * t + k];
                p[0] += w[k] * v.at(q, 0);
                p[1] += w[k] * v.at(q, 1);
                p[2] += w[k] * v.at(q, 2);
                x += w[k] * atlas.uv()[6 * t + 2 * k] * atlas.width();
                y += w[k] * atlas.uv()[6 * t + 2 * k + 1] * atlas.height();
            }
            double l = Math.sqrt(p[0] * p[0] + p[1] * p[1] + p[2] * p[2]);
            int truth = ball.paint(new double[] {p[0] / l, p[1] / l, p[2] / l});
            double[] got = bilinear(image, x - 0.5, y - 0.5);
            for (int c = 0; c < 3; c++) {
                double e = got[c] - (truth >> 16 - 8 * c & 255);
                sum[n.depth] += e * e;
                count[n.depth]++;
            }
        }
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
