package org.grotto.views;

import java.util.Arrays;
import org.grotto.image.Camera;
import org.grotto.image.Glimpse;

/**
 * All that is seen from a place: six square pictures, the sides of a cube around the eye. Any view from there is looked up in
 * it, so that a hundred directions cost what six pictures cost.
 */
final class Panorama {
    private static final double[][] SIDES = {{1, 0, 0}, {-1, 0, 0}, {0, 1, 0}, {0, -1, 0}, {0, 0, 1}, {0, 0, -1}};
    /** Who stands somewhere takes so much room to each side, metres. */
    private static final double FEET = 0.35;
    /** Pixels along a side of the cube. */
    private static final int SIZE = 48;

    /** Rays of a level view around. */
    private static final int ROUND = 180;
    /** Half of what is no slit, in rays. */
    private static final int SLIT = 2;

    final double[] eye;
    private final Camera[] camera = new Camera[6];
    private final Glimpse[] side = new Glimpse[6];

    Panorama(Stone stone, double[] eye) {
        this.eye = eye;
        for (int s = 0; s < 6; s++) {
            camera[s] = toward(eye, SIDES[s]);
            side[s] = stone.look(camera[s], SIZE, SIZE, true);
        }
    }

    private static Camera toward(double[] eye, double[] d) {
        return Camera.perspective(eye, new double[] {eye[0] + d[0], eye[1] + d[1], eye[2] + d[2]}, 90, 0.02);
    }

    /** Height of an eye over what it would fall on, metres; NaN where there is nothing, or it is seen from behind. */
    static double above(Stone stone, double[] eye) {
        Glimpse g = stone.look(toward(eye, SIDES[5]), 5, 5, true);
        int middle = g.height() / 2 * g.width() + g.width() / 2;
        return g.front(middle) ? g.depth()[middle] : Double.NaN;
    }

    /**
     * What somebody would stand on whose eyes are here: median height of the eyes over it, metres, and how far four fifths of
     * it are spread; NaN where half of it or more is not there.
     */
    static double[] footing(Stone stone, double[] eye, double high) {
        double fov = 2 * StrictMath.toDegrees(StrictMath.atan2(FEET, high));
        Camera c = Camera.perspective(eye, new double[] {eye[0], eye[1], eye[2] - 1}, fov, 0.02);
        Glimpse g = stone.look(c, 9, 9, true);
        float[] depth = new float[g.shown().length];
        int n = 0;
        for (int i = 0; i < depth.length; i++) {
            if (g.front(i)) {
                depth[n++] = g.depth()[i];
            }
        }
        if (2 * n <= depth.length) {
            return new double[] {Double.NaN, Double.NaN};
        }
        Arrays.sort(depth, 0, n);
        return new double[] {depth[n / 2], depth[n - 1 - n / 10] - depth[n / 10]};
    }

    /** Distance of the nearest stone, metres; share of all samples that show stone; and that show it from behind. */
    double[] around() {
        double nearest = Double.POSITIVE_INFINITY;
        int front = 0;
        int behind = 0;
        int all = 0;
        for (Glimpse g : side) {
            int n = g.shown().length;
            all += n;
            for (int i = 0; i < n; i++) {
                double z = g.depth()[i];
                if (!Double.isNaN(z)) {
                    double x = (i % g.width() + 0.5) * 2 / g.width() - 1;
                    double y = (i / g.width() + 0.5) * 2 / g.height() - 1;
                    nearest = Math.min(nearest, z * Math.sqrt(1 + x * x + y * y));
                    front += g.front(i) ? 1 : 0;
                    behind += g.behind(i) ? 1 : 0;
                }
            }
        }
        return new double[] {nearest, (double) front / all, (double) behind / all};
    }

    /** The azimuth of the longest level view, radians: where the nearest of a few neighbouring rays goes farthest. */
    double longest() {
        double[] far = new double[ROUND];
        for (int k = 0; k < ROUND; k++) {
            double[] d = Standing.direction(2 * Math.PI * k / ROUND, 0);
            int s = Math.abs(d[0]) >= Math.abs(d[1]) ? d[0] > 0 ? 0 : 1 : d[1] > 0 ? 2 : 3;
            double most = Math.max(Math.abs(d[0]), Math.abs(d[1]));
            Glimpse g = side[s];
            int x = Math.min(g.width() - 1, (int) ((dot(d, camera[s].right()) / most + 1) / 2 * g.width()));
            int i = g.height() / 2 * g.width() + x;
            far[k] = g.front(i) ? g.depth()[i] / most : 0;
        }
        int best = 0;
        double most = -1;
        for (int k = 0; k < ROUND; k++) {
            double least = Double.POSITIVE_INFINITY;
            double sum = 0;
            for (int j = -SLIT; j <= SLIT; j++) {
                double one = far[Math.floorMod(k + j, ROUND)];
                least = Math.min(least, one);
                sum += one;
            }
            double value = least + 1e-3 * sum;
            if (value > most) {
                most = value;
                best = k;
            }
        }
        return 2 * Math.PI * best / ROUND;
    }

    /** What a camera that stands here shows, {@code width} x {@code height} samples. */
    Glimpse look(Camera c, int width, int height) {
        int[] shown = new int[width * height];
        float[] depth = new float[width * height];
        double[] d = new double[3];
        for (int i = 0; i < shown.length; i++) {
            double x = ((i % width + 0.5) * 2 / width - 1) * c.half() * width / height;
            double y = (1 - (i / width + 0.5) * 2 / height) * c.half();
            int s = 0;
            double most = 0;
            for (int k = 0; k < 3; k++) {
                d[k] = c.forward()[k] + x * c.right()[k] + y * c.up()[k];
                if (Math.abs(d[k]) > most) {
                    most = Math.abs(d[k]);
                    s = 2 * k + (d[k] > 0 ? 0 : 1);
                }
            }
            Camera f = camera[s];
            double u = dot(d, f.right()) / most;
            double v = dot(d, f.up()) / most;
            Glimpse g = side[s];
            int px = Math.max(0, Math.min(g.width() - 1, (int) ((u + 1) / 2 * g.width())));
            int py = Math.max(0, Math.min(g.height() - 1, (int) ((1 - v) / 2 * g.height())));
            int at = py * g.width() + px;
            shown[i] = g.shown()[at];
            depth[i] =
                    (float) (g.depth()[at] / most); // the ray is one long along the camera, and `most` along the side
        }
        return new Glimpse(width, height, shown, depth);
    }

    private static double dot(double[] a, double[] b) {
        return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
    }
}
