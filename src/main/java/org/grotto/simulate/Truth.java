package org.grotto.simulate;

/**
 * The exact surface of a cave, asked point by point. Distances are to the nearest surface point found; it is stationary
 * to a tenth of a micrometre and no sign change of the cave's function was found nearer among 26 directions at two radii,
 * so the distance is right within 1 micrometre wherever the surface has no other sheet hidden between those probes
 * (tests compare with brute force). Pure, safe from any thread; a query costs about a hundred evaluations.
 */
public final class Truth {
    /** Over this length normals are differenced for curvature: relief finer than it counts as rough, metres. */
    public static final double CURVATURE_SPAN = 0.005;

    private static final double H = 5e-6;
    private static final double ON = 1e-10;
    private static final double[] DIRECTIONS = directions();

    private final Cave cave;

    public Truth(Cave cave) {
        this.cave = cave;
    }

    private static double[] directions() {
        double[] d = new double[26 * 3];
        int n = 0;
        for (int i = 0; i < 27; i++) {
            double x = i % 3 - 1;
            double y = i / 3 % 3 - 1;
            double z = i / 9 - 1;
            double l = Math.sqrt(x * x + y * y + z * z);
            if (l > 0) {
                d[n++] = x / l;
                d[n++] = y / l;
                d[n++] = z / l;
            }
        }
        return d;
    }

    /** Scratch space of one caller: queries allocate nothing. */
    public static final class Scratch {
        private final double[] g = new double[3];
        private final double[] q = new double[3];
        private final double[] r = new double[3];
        private final double[] n = new double[3];
        private final double[] m = new double[3];
    }

    /**
     * The nearest surface point of (x, y, z) into {@code out}; returns the distance, positive in the open, negative in
     * rock, metres.
     */
    public double nearest(double x, double y, double z, double[] out, Scratch s) {
        double f = cave.f(x, y, z);
        double best = Double.POSITIVE_INFINITY;
        s.q[0] = x;
        s.q[1] = y;
        s.q[2] = z;
        if (project(s.q, s) && (best = descend(x, y, z, s)) >= 0) {
            copy(s.q, out);
        }
        for (double r = 0.1; best == Double.POSITIVE_INFINITY && r < 100; r *= 2) {
            best = probe(x, y, z, f, r, out, s);
        }
        for (int round = 0; round < 12; round++) {
            double nearer = probe(x, y, z, f, best, out, s);
            if (!(nearer < best - 1e-9)) {
                break;
            }
            best = nearer;
        }
        return f < 0 ? -best : best;
    }

    /** Looks for the other side of the surface within {@code radius}; refines what it finds, into {@code out}. */
    private double probe(double x, double y, double z, double f, double radius, double[] out, Scratch s) {
        if (radius < 2e-9) {
            return Double.POSITIVE_INFINITY;
        }
        for (int shell = 0; shell < 2; shell++) {
            double r = radius * (shell == 0 ? 0.55 : 0.98);
            for (int i = 0; i < DIRECTIONS.length; i += 3) {
                double dx = r * DIRECTIONS[i];
                double dy = r * DIRECTIONS[i + 1];
                double dz = r * DIRECTIONS[i + 2];
                if (cave.f(x + dx, y + dy, z + dz) < 0 == f < 0) {
                    continue;
                }
                double a = 0;
                double b = 1;
                for (int k = 0; k < 12; k++) {
                    double t = (a + b) / 2;
                    if (cave.f(x + t * dx, y + t * dy, z + t * dz) < 0 == f < 0) {
                        a = t;
                    } else {
                        b = t;
                    }
                }
                s.q[0] = x + b * dx;
                s.q[1] = y + b * dy;
                s.q[2] = z + b * dz;
                if (project(s.q, s)) {
                    double d = descend(x, y, z, s);
                    if (d < radius - 1e-9) {
                        copy(s.q, out);
                        return d;
                    }
                }
            }
        }
        return Double.POSITIVE_INFINITY;
    }

    private void gradient(double[] q, double h, double[] g) {
        double x = q[0];
        double y = q[1];
        double z = q[2];
        double a = cave.f(x + h, y - h, z - h);
        double b = cave.f(x - h, y - h, z + h);
        double c = cave.f(x - h, y + h, z - h);
        double d = cave.f(x + h, y + h, z + h);
        g[0] = (a - b - c + d) / (4 * h);
        g[1] = (-a - b + c + d) / (4 * h);
        g[2] = (-a + b - c + d) / (4 * h);
    }

    /** Newton steps along the gradient onto f = 0; false where they do not arrive. */
    private boolean project(double[] q, Scratch s) {
        double f = cave.f(q[0], q[1], q[2]);
        for (int i = 0; i < 40; i++) {
            if (Math.abs(f) < ON) {
                return true;
            }
            gradient(q, H, s.g);
            double gg = s.g[0] * s.g[0] + s.g[1] * s.g[1] + s.g[2] * s.g[2];
            if (gg < 1e-4) {
                return false;
            }
            double step = f / gg;
            double nf = Double.NaN;
            for (int k = 0; k < 12; k++) {
                double nx = q[0] - step * s.g[0];
                double ny = q[1] - step * s.g[1];
                double nz = q[2] - step * s.g[2];
                nf = cave.f(nx, ny, nz);
                if (Math.abs(nf) < Math.abs(f) || Math.abs(nf) < ON) {
                    q[0] = nx;
                    q[1] = ny;
                    q[2] = nz;
                    break;
                }
                step *= 0.5;
            }
            if (!(Math.abs(nf) < Math.abs(f))) {
                return Math.abs(f) < 1e-8;
            }
            f = nf;
        }
        return Math.abs(f) < 1e-8;
    }

    /** Slides s.q along the surface towards the point until nothing nearer is near; returns the distance. */
    private double descend(double x, double y, double z, Scratch s) {
        double best = distance(x, y, z, s.q);
        double damp = 1;
        for (int i = 0; i < 40 && damp > 0.01; i++) {
            gradient(s.q, H, s.n);
            double gg = s.n[0] * s.n[0] + s.n[1] * s.n[1] + s.n[2] * s.n[2];
            double dx = x - s.q[0];
            double dy = y - s.q[1];
            double dz = z - s.q[2];
            double dn = (dx * s.n[0] + dy * s.n[1] + dz * s.n[2]) / gg;
            double tx = dx - dn * s.n[0];
            double ty = dy - dn * s.n[1];
            double tz = dz - dn * s.n[2];
            if (tx * tx + ty * ty + tz * tz < 1e-14) {
                return best;
            }
            s.r[0] = s.q[0] + damp * tx;
            s.r[1] = s.q[1] + damp * ty;
            s.r[2] = s.q[2] + damp * tz;
            if (project(s.r, s) && distance(x, y, z, s.r) < best - 1e-13) {
                best = distance(x, y, z, s.r);
                copy(s.r, s.q);
                damp = Math.min(1, damp * 1.5);
            } else {
                damp *= 0.4;
            }
        }
        return pattern(x, y, z, best, s);
    }

    /** For creases, where the normal jumps: tries directions around at shrinking steps. */
    private double pattern(double x, double y, double z, double best, Scratch s) {
        for (double step = Math.max(2e-6, 0.3 * best); step > 5e-8; ) {
            boolean moved = false;
            for (int i = 0; i < DIRECTIONS.length; i += 3) {
                s.r[0] = s.q[0] + step * DIRECTIONS[i];
                s.r[1] = s.q[1] + step * DIRECTIONS[i + 1];
                s.r[2] = s.q[2] + step * DIRECTIONS[i + 2];
                if (distance(x, y, z, s.r) < best + step && project(s.r, s)) {
                    double d = distance(x, y, z, s.r);
                    if (d < best - 1e-3 * step) {
                        best = d;
                        copy(s.r, s.q);
                        moved = true;
                    }
                }
            }
            if (!moved) {
                step *= 0.35;
            }
        }
        return best;
    }

    private static double distance(double x, double y, double z, double[] q) {
        double dx = x - q[0];
        double dy = y - q[1];
        double dz = z - q[2];
        return Math.sqrt(dx * dx + dy * dy + dz * dz);
    }

    private static void copy(double[] from, double[] to) {
        to[0] = from[0];
        to[1] = from[1];
        to[2] = from[2];
    }

    /** The unit normal at a surface point, into the open. */
    public void normal(double x, double y, double z, double[] out) {
        cave.normal(x, y, z, H, out);
    }

    /**
     * The smallest radius of curvature around a surface point, metres: the span over the largest turn of the normal
     * within {@link #CURVATURE_SPAN} in eight directions. A crease within that span gives a small radius.
     */
    public double curvatureRadius(double x, double y, double z, Scratch s) {
        cave.normal(x, y, z, 2e-4, s.n);
        double[] n = s.n;
        double ux = Math.abs(n[2]) < 0.7 ? -n[1] : 0;
        double uy = Math.abs(n[2]) < 0.7 ? n[0] : -n[2];
        double uz = Math.abs(n[2]) < 0.7 ? 0 : n[1];
        double l = Math.sqrt(ux * ux + uy * uy + uz * uz);
        ux /= l;
        uy /= l;
        uz /= l;
        double vx = n[1] * uz - n[2] * uy;
        double vy = n[2] * ux - n[0] * uz;
        double vz = n[0] * uy - n[1] * ux;
        double most = 0;
        for (int i = 0; i < 8; i++) {
            double a = CURVATURE_SPAN * COS8[i];
            double b = CURVATURE_SPAN * COS8[(i + 6) & 7];
            cave.normal(x + a * ux + b * vx, y + a * uy + b * vy, z + a * uz + b * vz, 2e-4, s.m);
            double dx = s.m[0] - n[0];
            double dy = s.m[1] - n[1];
            double dz = s.m[2] - n[2];
            most = Math.max(most, dx * dx + dy * dy + dz * dz);
        }
        return CURVATURE_SPAN / Math.sqrt(most);
    }

    private static final double[] COS8 = {
        1, 0.7071067811865476, 0, -0.7071067811865476, -1, -0.7071067811865476, 0, 0.7071067811865476
    };
}
