package org.grotto.lod;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.grotto.geometry.Charts;
import org.grotto.geometry.Columns;
import org.grotto.geometry.Material;
import org.grotto.geometry.Mesh;
import org.grotto.geometry.Texture;

/**
 * A bumpy ball whose six faces lie in one picture, painted by a function of direction that is known everywhere; beside the
 * faces and a rim of two pixels the picture is magenta, which must show nowhere.
 */
final class PicturedBall {
    static final double RADIUS = 2;
    private static final int RIM = 2;

    /** Triangles of a side of a face, and pixels. */
    final int quads;

    final int pixels;
    final Mesh mesh;

    /** @param folder where picture.png goes */
    PicturedBall(int quads, int pixels, Path folder) throws IOException {
        this.quads = quads;
        this.pixels = pixels;
        Path file = folder.resolve("picture.png");
        ImageIO.write(picture(), "png", file.toFile());
        mesh = mesh(file);
    }

    private int cell() {
        return pixels + 2 * RIM + 3;
    }

    private BufferedImage picture() {
        BufferedImage image = new BufferedImage(3 * cell(), 2 * cell(), BufferedImage.TYPE_3BYTE_BGR);
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                image.setRGB(x, y, 0xFF00FF);
            }
        }
        for (int f = 0; f < 6; f++) {
            for (int y = -RIM; y < pixels + RIM; y++) {
                for (int x = -RIM; x < pixels + RIM; x++) {
                    double[] d = direction(f, (x + 0.5) / pixels, (y + 0.5) / pixels);
                    image.setRGB(f % 3 * cell() + RIM + x, f / 3 * cell() + RIM + y, paint(d));
                }
            }
        }
        return image;
    }

    /** Stone of many grains, the finest about four pixels wide. */
    int paint(double[] d) {
        double v = 0;
        double[] scale = {3, 11, 29, pixels / 8.0};
        for (double s : scale) {
            v += Math.sin(s * d[0] + 1) * Math.sin(s * d[1] + 2) * Math.sin(s * d[2] + 3);
        }
        int r = (int) Math.round(140 + 35 * v);
        int g = (int) Math.round(120 + 30 * v + 20 * d[2]);
        int b = (int) Math.round(100 + 25 * v - 20 * d[0]);
        return clamp(r) << 16 | clamp(g) << 8 | clamp(b);
    }

    private static int clamp(int v) {
        return Math.max(0, Math.min(255, v));
    }

    static double[] direction(int face, double u, double v) {
        double a = Math.tan((u - 0.5) * Math.PI / 2);
        double b = Math.tan((v - 0.5) * Math.PI / 2);
        double[] d = switch (face) {
            case 0 -> new double[] {1, a, b};
            case 1 -> new double[] {-1, -a, b};
            case 2 -> new double[] {-a, 1, b};
            case 3 -> new double[] {a, -1, b};
            case 4 -> new double[] {a, b, 1};
            default -> new double[] {-a, b, -1};
        };
        double l = Math.sqrt(d[0] * d[0] + d[1] * d[1] + d[2] * d[2]);
        return new double[] {d[0] / l, d[1] / l, d[2] / l};
    }

    private static double radius(double[] d) {
        return RADIUS * (1 + 0.03 * Math.sin(9 * d[0]) * Math.sin(7 * d[1] + 1) * Math.cos(8 * d[2]));
    }

    private Mesh mesh(Path file) {
        int n = quads;
        float[] xyz = new float[6 * (n + 1) * (n + 1) * 3];
        int[] t = new int[6 * n * n * 6];
        float[] uv = new float[2 * t.length];
        int k = 0;
        for (int f = 0; f < 6; f++) {
            int base = f * (n + 1) * (n + 1);
            for (int j = 0; j <= n; j++) {
                for (int i = 0; i <= n; i++) {
                    double[] d = direction(f, i / (double) n, j / (double) n);
                    for (int a = 0; a < 3; a++) {
                        xyz[3 * (base + j * (n + 1) + i) + a] = (float) (d[a] * radius(d));
                    }
                }
            }
            for (int j = 0; j < n; j++) {
                for (int i = 0; i < n; i++) {
                    int[][] q = {{i, j}, {i + 1, j}, {i + 1, j + 1}, {i, j}, {i + 1, j + 1}, {i, j + 1}};
                    for (int[] c : q) {
                        uv[2 * k] = (float) ((f % 3 * cell() + RIM + c[0] * pixels / (double) n) / (3 * cell()));
                        uv[2 * k + 1] = (float) ((f / 3 * cell() + RIM + c[1] * pixels / (double) n) / (2 * cell()));
                        t[k++] = base + c[1] * (n + 1) + c[0];
                    }
                }
            }
        }
        Material m =
                new Material("stone", 1, 1, 1, Texture.of(file, Texture.Wrap.CLAMP, Texture.Wrap.CLAMP), null, null, 0);
        Charts charts = new Charts(uv, new char[t.length / 3], java.util.List.of(m));
        return new Mesh(0, 0, 0, xyz, Columns.NONE, t, charts);
    }
}
