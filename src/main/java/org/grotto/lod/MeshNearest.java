package org.grotto.lod;

import org.grotto.base.Work;

/**
 * Finds the triangle nearest to a point. A tree of boxes over the triangles in the order given, which should be coherent
 * in space (Morton order); built in linear time, 8 bytes a triangle. A query that begins with a near triangle costs well
 * under a microsecond, one that takes any triangle close enough far less. Read by any number of threads, each with its own {@link Query}.
 */
final class MeshNearest {
    private static final int FAN = 4;
    private static final int BLOCK = 1 << 14;

    private final float[] xyz;
    private final int[] triangles;
    /** Per level, from groups of {@link #FAN} triangles up to the root: six bounds a box. */
    private final float[][] boxes;

    /** @param xyz positions by vertex, interleaved */
    MeshNearest(float[] xyz, int[] triangles, Work work) {
        this.xyz = xyz;
        this.triangles = triangles;
        int n = triangles.length / 3;
        int levels = 1;
        for (long size = FAN; size < n; size *= FAN) {
            levels++;
        }
        boxes = new float[levels][];
        int count = (n + FAN - 1) / FAN;
        boxes[0] = new float[6 * count];
        work.blocks(count, BLOCK, this::lowest);
        for (int level = 1; level < levels; level++) {
            int l = level;
            count = (count + FAN - 1) / FAN;
            boxes[level] = new float[6 * count];
            work.blocks(count, BLOCK, (from, to) -> above(boxes[l - 1], boxes[l], from, to));
        }
    }

    private void lowest(int from, int to) {
        float[] b = boxes[0];
        for (int g = from; g < to; g++) {
            empty(b, g);
            int end = Math.min(triangles.length, 3 * FAN * (g + 1));
            for (int i = 3 * FAN * g; i < end; i++) {
                int p = 3 * triangles[i];
                for (int axis = 0; axis < 3; axis++) {
                    b[6 * g + axis] = Math.min(b[6 * g + axis], xyz[p + axis]);
                    b[6 * g + 3 + axis] = Math.max(b[6 * g + 3 + axis], xyz[p + axis]);
                }
            }
        }
    }

    private static void above(float[] below, float[] b, int from, int to) {
        for (int g = from; g < to; g++) {
            empty(b, g);
            int end = Math.min(below.length, 6 * FAN * (g + 1));
            for (int c = 6 * FAN * g; c < end; c += 6) {
                for (int axis = 0; axis < 3; axis++) {
                    b[6 * g + axis] = Math.min(b[6 * g + axis], below[c + axis]);
                    b[6 * g + 3 + axis] = Math.max(b[6 * g + 3 + axis], below[c + 3 + axis]);
                }
            }
        }
    }

    private static void empty(float[] boxes, int g) {
        for (int axis = 0; axis < 3; axis++) {
            boxes[6 * g + axis] = Float.POSITIVE_INFINITY;
            boxes[6 * g + 3 + axis] = Float.NEGATIVE_INFINITY;
        }
    }

    int size() {
        return triangles.length / 3;
    }

    /** Nine times the squared distance from a point to triangle {@code t}'s centroid. */
    float fromMiddle(int t, float px, float py, float pz) {
        int a = 3 * triangles[3 * t];
        int b = 3 * triangles[3 * t + 1];
        int c = 3 * triangles[3 * t + 2];
        float dx = xyz[a] + xyz[b] + xyz[c] - 3 * px;
        float dy = xyz[a + 1] + xyz[b + 1] + xyz[c + 1] - 3 * py;
        float dz = xyz[a + 2] + xyz[b + 2] + xyz[c + 2] - 3 * pz;
        return dx * dx + dy * dy + dz * dz;
    }

    /** The squared distance from a point to triangle {@code t}. */
    double squared(int t, double px, double py, double pz) {
        int a = 3 * triangles[3 * t];
        int b = 3 * triangles[3 * t + 1];
        int c = 3 * triangles[3 * t + 2];
        double ax = xyz[a];
        double ay = xyz[a + 1];
        double az = xyz[a + 2];
        double abx = xyz[b] - ax;
        double aby = xyz[b + 1] - ay;
        double abz = xyz[b + 2] - az;
        double acx = xyz[c] - ax;
        double acy = xyz[c + 1] - ay;
        double acz = xyz[c + 2] - az;
        double apx = px - ax;
        double apy = py - ay;
        double apz = pz - az;
        // Ericson, Real-Time Collision Detection, 5.1.5: by the region of the plane that the point falls into
        double d1 = abx * apx + aby * apy + abz * apz;
        double d2 = acx * apx + acy * apy + acz * apz;
        if (d1 <= 0 && d2 <= 0) {
            return apx * apx + apy * apy + apz * apz;
        }
        double bb = abx * abx + aby * aby + abz * abz;
        double bc = abx * acx + aby * acy + abz * acz;
        double cc = acx * acx + acy * acy + acz * acz;
        double d3 = d1 - bb;
        double d4 = d2 - bc;
        if (d3 >= 0 && d4 <= d3) {
            return square(apx - abx, apy - aby, apz - abz);
        }
        double vc = d1 * d4 - d3 * d2;
        if (vc <= 0 && d1 >= 0 && d3 <= 0) {
            double s = d1 / bb;
            return square(apx - s * abx, apy - s * aby, apz - s * abz);
        }
        double d5 = d1 - bc;
        double d6 = d2 - cc;
        if (d6 >= 0 && d5 <= d6) {
            return square(apx - acx, apy - acy, apz - acz);
        }
        double vb = d5 * d2 - d1 * d6;
        if (vb <= 0 && d2 >= 0 && d6 <= 0) {
            double s = d2 / cc;
            return square(apx - s * acx, apy - s * acy, apz - s * acz);
        }
        double va = d3 * d6 - d5 * d4;
        if (va <= 0 && d4 - d3 >= 0 && d5 - d6 >= 0) {
            double s = (d4 - d3) / (d4 - d3 + d5 - d6);
            return square(apx - abx - s * (acx - abx), apy - aby - s * (acy - aby), apz - abz - s * (acz - abz));
        }
        double sum = va + vb + vc;
        if (!(sum > 0)) {
            return Math.min(apx * apx + apy * apy + apz * apz, square(apx - abx, apy - aby, apz - abz));
        }
        double s = vb / sum;
        double w = vc / sum;
        return square(apx - s * abx - w * acx, apy - s * aby - w * acy, apz - s * abz - w * acz);
    }

    private static double square(double x, double y, double z) {
        return x * x + y * y + z * z;
    }

    /** One thread's search; remembers the triangle it found last and begins with it. */
    final class Query {
        /** The triangle found last. */
        int triangle;
        /** Its squared distance, square metres. */
        double squared;

        private final int[] stack = new int[2 * FAN * (boxes.length + 1)];
        private final double[] away = new double[FAN * (boxes.length + 1)];

        /**
         * Finds a triangle no farther from the point than the root of {@code enough}; where there is none, the nearest.
         * Begins with {@link #triangle} and climbs from its group to ever larger ones, so a near start costs little.
         *
         * @param enough square metres; negative always finds the nearest
         */
        void find(double px, double py, double pz, double enough) {
            squared = squared(triangle, px, py, pz);
            if (squared <= enough) {
                return;
            }
            int g = triangle / FAN;
            group(g, px, py, pz);
            for (int level = 0; level < boxes.length - 1 && squared > enough; level++) {
                int n = push(0, level, g / FAN, g, px, py, pz);
                descend(n, px, py, pz, enough);
                g /= FAN;
            }
        }

        private void descend(int pushed, double px, double py, double pz, double enough) {
            int n = pushed;
            while (n > 0 && squared > enough) {
                n--;
                if (away[n] >= squared) {
                    continue;
                }
                int level = stack[2 * n];
                int g = stack[2 * n + 1];
                if (level == 0) {
                    group(g, px, py, pz);
                } else {
                    n = push(n, level - 1, g, -1, px, py, pz);
                }
            }
        }

        private void group(int g, double px, double py, double pz) {
            int end = Math.min(size(), FAN * (g + 1));
            for (int t = FAN * g; t < end; t++) {
                double d = squared(t, px, py, pz);
                if (d < squared) {
                    squared = d;
                    triangle = t;
                }
            }
        }

        /** Puts the boxes of {@code level} under {@code parent} that may hold something nearer on the stack. */
        private int push(int bottom, int level, int parent, int but, double px, double py, double pz) {
            float[] below = boxes[level];
            int end = Math.min(below.length / 6, FAN * (parent + 1));
            int n = bottom;
            for (int c = FAN * parent; c < end; c++) {
                if (c == but) {
                    continue;
                }
                double d = away(below, c, px, py, pz);
                if (d < squared) {
                    // nearest on top: it is looked into first and spares the others
                    int k = n++;
                    while (k > bottom && away[k - 1] < d) {
                        away[k] = away[k - 1];
                        stack[2 * k] = stack[2 * k - 2];
                        stack[2 * k + 1] = stack[2 * k - 1];
                        k--;
                    }
                    away[k] = d;
                    stack[2 * k] = level;
                    stack[2 * k + 1] = c;
                }
            }
            return n;
        }

        private static double away(float[] b, int g, double px, double py, double pz) {
            double dx = Math.max(Math.max(b[6 * g] - px, px - b[6 * g + 3]), 0);
            double dy = Math.max(Math.max(b[6 * g + 1] - py, py - b[6 * g + 4]), 0);
            double dz = Math.max(Math.max(b[6 * g + 2] - pz, pz - b[6 * g + 5]), 0);
            return dx * dx + dy * dy + dz * dz;
        }
    }
}
