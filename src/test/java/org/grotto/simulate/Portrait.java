package org.grotto.simulate;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.grotto.base.Work;
import org.grotto.geometry.Box;

/** Draws a cave by tracing rays at its exact surface: {@code Portrait FILE CAVE VIEW|ex,ey,ez,tx,ty,tz,fov [WIDTH HEIGHT]}. */
final class Portrait {
    private Portrait() {}

    public static void main(String[] args) throws IOException {
        long t0 = System.nanoTime();
        Cave cave = Cave.of(args[1], 1);
        System.err.println("built in " + (System.nanoTime() - t0) / 1e9 + " s");
        double[] eye;
        double[] target;
        double fov;
        if (args[2].contains(",")) {
            String[] n = args[2].split(",");
            eye = new double[] {Double.parseDouble(n[0]), Double.parseDouble(n[1]), Double.parseDouble(n[2])};
            target = new double[] {Double.parseDouble(n[3]), Double.parseDouble(n[4]), Double.parseDouble(n[5])};
            fov = Double.parseDouble(n[6]);
        } else {
            var v = cave.views().stream()
                    .filter(w -> w.name().equals(args[2]))
                    .findFirst()
                    .orElseThrow();
            eye = v.eye();
            target = v.target();
            fov = v.fovDegrees();
        }
        int w = args.length > 3 ? Integer.parseInt(args[3]) : 800;
        int h = args.length > 4 ? Integer.parseInt(args[4]) : 600;
        t0 = System.nanoTime();
        ImageIO.write(
                draw(cave, eye, target, fov, w, h), "png", Path.of(args[0]).toFile());
        double s = (System.nanoTime() - t0) / 1e9;
        System.err.println("drawn in " + s + " s");
    }

    static BufferedImage draw(Cave cave, double[] eye, double[] target, double fov, int w, int h) {
        double[] f = unit(target[0] - eye[0], target[1] - eye[1], target[2] - eye[2]);
        double[] r = unit(f[1], -f[0], 0);
        double[] u = {r[1] * f[2] - r[2] * f[1], r[2] * f[0] - r[0] * f[2], r[0] * f[1] - r[1] * f[0]};
        double k = Math.tan(Math.toRadians(fov / 2));
        BufferedImage out = new BufferedImage(w, h, BufferedImage.TYPE_INT_RGB);
        Box b = cave.bounds();
        // one lamp to the upper left before the eye, one weak at the eye
        double[] lamp = {eye[0] - 0.75 * r[0] + 0.3 * f[0], eye[1] - 0.75 * r[1] + 0.3 * f[1], eye[2] + 0.75};
        for (int i = 0; i < 20 && cave.f(lamp[0], lamp[1], lamp[2]) < 0.1; i++) {
            for (int a = 0; a < 3; a++) {
                lamp[a] += (eye[a] - lamp[a]) * 0.1;
            }
        }
        try (Work work = Work.silent()) {
            work.each(h, j -> {
                double[] n = new double[3];
                double[] c = new double[4];
                for (int i = 0; i < w; i++) {
                    double px = (2 * (i + 0.5) / w - 1) * k * w / h;
                    double py = (1 - 2 * (j + 0.5) / h) * k;
                    double[] d = unit(
                            f[0] + px * r[0] + py * u[0], f[1] + px * r[1] + py * u[1], f[2] + px * r[2] + py * u[2]);
                    double t = cave.trace(eye[0], eye[1], eye[2], d[0], d[1], d[2], 0, b.diagonal());
                    if (!(t > 0)) {
                        out.setRGB(i, j, 0xFF00FF);
                        continue;
                    }
                    double x = eye[0] + t * d[0];
                    double y = eye[1] + t * d[1];
                    double z = eye[2] + t * d[2];
                    cave.normal(x, y, z, 2e-4, n);
                    cave.paint(x, y, z, n, c);
                    double[] l = {lamp[0] - x, lamp[1] - y, lamp[2] - z};
                    double dist = Math.sqrt(l[0] * l[0] + l[1] * l[1] + l[2] * l[2]);
                    double lit = Math.max(0, (n[0] * l[0] + n[1] * l[1] + n[2] * l[2]) / dist);
                    if (lit > 0) {
                        double ox = x + n[0] * 0.004;
                        double oy = y + n[1] * 0.004;
                        double oz = z + n[2] * 0.004;
                        double s = cave.trace(ox, oy, oz, l[0] / dist, l[1] / dist, l[2] / dist, 0, dist);
                        if (s < dist - 0.01) {
                            lit = 0;
                        }
                    }
                    double occ = 1;
                    for (int q = 1; q <= 4; q++) {
                        double e = 0.03 * q * q * 0.6;
                        occ -= Math.max(0, e - 1.3 * cave.f(x + n[0] * e, y + n[1] * e, z + n[2] * e)) / e * 0.16;
                    }
                    occ = Math.max(0.15, occ);
                    double head = Math.max(0, -(n[0] * d[0] + n[1] * d[1] + n[2] * d[2]));
                    double sky = 0.5 + 0.5 * n[2];
                    double light = 1.15 * lit / (0.75 + 0.12 * dist * dist) + occ * (0.14 * head + 0.10 + 0.10 * sky);
                    int rgb = 0;
                    for (int a = 0; a < 3; a++) {
                        double v = Math.pow(c[a], 2.2) * light * 1.35;
                        v = v / (1 + 0.25 * v);
                        rgb = rgb << 8 | (int) Math.min(255, 255 * Math.pow(v, 1 / 2.2));
                    }
                    out.setRGB(i, j, rgb);
                }
            });
        }
        return out;
    }

    private static double[] unit(double x, double y, double z) {
        double l = Math.sqrt(x * x + y * y + z * z);
        return new double[] {x / l, y / l, z / l};
    }
}
