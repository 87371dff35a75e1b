package org.grotto.lod;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;

/**
 * Writes what photogrammetry delivers: a bumpy ball as OBJ with four pictures and forty materials. Arguments: a folder,
 * how many triangles, pixels a side of each picture.
 */
final class BigPicturedObj {
    private BigPicturedObj() {}

    public static void main(String[] a) throws IOException {
        Path folder = Files.createDirectories(Path.of(a[0]));
        int n = (int) Math.sqrt(Integer.parseInt(a[1]) / 48.0);
        int side = Integer.parseInt(a[2]);
        for (int p = 0; p < 4; p++) {
            picture(folder.resolve("picture" + p + ".jpg"), p, side);
        }
        try (BufferedWriter out = Files.newBufferedWriter(folder.resolve("ball.mtl"))) {
            for (int m = 0; m < 40; m++) {
                out.write("newmtl part " + m + "\nKd 1 1 1\nmap_Kd picture" + m / 10 + ".jpg\n\n");
            }
        }
        try (BufferedWriter out = Files.newBufferedWriter(folder.resolve("ball.obj"))) {
            out.write("mtllib ball.mtl\n");
            int base = 1;
            for (int patch = 0; patch < 24; patch++) {
                int face = patch / 4;
                double u0 = patch % 2 / 2.0;
                double v0 = patch / 2 % 2 / 2.0;
                int cell = patch % 6;
                double px = side / 3.0;
                double py = side / 2.0;
                double w = Math.min(px, py) - 8;
                for (int j = 0; j <= n; j++) {
                    for (int i = 0; i <= n; i++) {
                        double[] d = PicturedBall.direction(face, u0 + i / 2.0 / n, v0 + j / 2.0 / n);
                        double r = 2
                                + 0.05 * Math.sin(9 * d[0]) * Math.sin(7 * d[1] + 1)
                                + 0.004 * Math.sin(90 * d[0] + 80 * d[1]);
                        out.write(String.format(Locale.ROOT, "v %.6f %.6f %.6f\n", r * d[0], r * d[1], r * d[2]));
                        double x = (cell % 3 * px + 4 + w * i / n) / side;
                        double y = (cell / 3 * py + 4 + w * j / n) / side;
                        out.write(String.format(Locale.ROOT, "vt %.6f %.6f\n", x, 1 - y));
                    }
                }
                for (int j = 0; j < n; j++) {
                    if (j % Math.max(1, n / 3) == 0) {
                        out.write("usemtl part " + (patch / 6 * 10 + (patch * 3 + j / Math.max(1, n / 3)) % 10) + "\n");
                    }
                    for (int i = 0; i < n; i++) {
                        int q = base + j * (n + 1) + i;
                        int r = q + n + 1;
                        out.write("f " + q + "/" + q + " " + (q + 1) + "/" + (q + 1) + " " + (r + 1) + "/" + (r + 1)
                                + "\n");
                        out.write("f " + q + "/" + q + " " + (r + 1) + "/" + (r + 1) + " " + r + "/" + r + "\n");
                    }
                }
                base += (n + 1) * (n + 1);
            }
        }
    }

    /** Stone of many grains, joints between blocks. */
    private static void picture(Path file, int p, int side) throws IOException {
        BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
        int[] rgb = ((DataBufferInt) image.getRaster().getDataBuffer()).getData();
        IntStream.range(0, side).parallel().forEach(y -> {
            for (int x = 0; x < side; x++) {
                int h = (x >> 2) * 73856093 ^ (y >> 2) * 19349663 ^ p * 83492791;
                h ^= h >>> 13;
                h *= 0x5bd1e995;
                h ^= h >>> 15;
                double v = 12 * Math.sin(x * 0.013) * Math.sin(y * 0.017)
                        + 10 * Math.sin(x * 0.11 + y * 0.07)
                        + (h & 15)
                        - 8;
                boolean joint = x % 400 < 5 || y % 250 < 5;
                int k = (int) (joint ? 70 + v / 3 : 150 + v);
                rgb[y * side + x] = k + 12 << 16 | k << 8 | k - 18;
            }
        });
        ImageIO.write(image, "jpg", file.toFile());
    }
}
