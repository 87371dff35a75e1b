package org.grotto.subject;

import org.grotto.geometry.CubeCells;

/**
 * What is around a place: the directions that end on stone, as solid angle. Directions are the cells of a cube's faces,
 * each weighted by its solid angle; discs near by cover all the cells that they span.
 */
final class Surroundings {
    private static final int SIDE = 8;
    private static final int CELLS = CubeCells.count(SIDE);
    /** Elevation of a ceiling at least, as sine: 50 degrees. */
    private static final double STEEP = 0.766;
    /** A near disc is drawn as a grid of at most so many places from its middle. */
    private static final int FINEST = 5;

    private static final double[] SOLID = new double[CELLS];
    private static final boolean[] UP = new boolean[CELLS];
    private static final double ABOVE;

    static {
        double all = 0;
        double above = 0;
        for (int c = 0; c < CELLS; c++) {
            double[] d = CubeCells.middle(c, SIDE);
            double l = Math.sqrt(d[0] * d[0] + d[1] * d[1] + d[2] * d[2]);
            SOLID[c] = 1 / (l * l * l);
            double z = d[2] / l;
            UP[c] = z > STEEP;
            all += SOLID[c];
            above += UP[c] ? SOLID[c] : 0;
        }
        for (int c = 0; c < CELLS; c++) {
            SOLID[c] /= all;
        }
        ABOVE = above / all;
    }

    /** The share of all directions that end on stone. */
    double enclosed;
    /** The share of the steeply rising ones. */
    double roofed;

    private final boolean[] hit = new boolean[CELLS];

    /** Looks around from a place, relative to the surfels' zero. */
    Surroundings look(Surfels s, double x, double y, double z) {
        java.util.Arrays.fill(hit, false);
        double cell = 2.0 / SIDE;
        for (int i = 0; i < s.n; i++) {
            double dx = s.p[3 * i] - x;
            double dy = s.p[3 * i + 1] - y;
            double dz = s.p[3 * i + 2] - z;
            mark(dx, dy, dz);
            double far = Math.sqrt(dx * dx + dy * dy + dz * dz);
            double r = s.radius(i);
            if (r > 0.3 * cell * far && far > 0) {
                disc(s, i, r, Math.min(FINEST, (int) Math.ceil(r / (0.4 * cell * far))), dx, dy, dz);
            }
        }
        enclosed = 0;
        roofed = 0;
        for (int c = 0; c < CELLS; c++) {
            if (hit[c]) {
                enclosed += SOLID[c];
                roofed += UP[c] ? SOLID[c] : 0;
            }
        }
        roofed /= ABOVE;
        return this;
    }

    private void disc(Surfels s, int i, double r, int k, double dx, double dy, double dz) {
        double nx = s.axis[3 * i];
        double ny = s.axis[3 * i + 1];
        double nz = s.axis[3 * i + 2];
        boolean steep = Math.abs(nz) > 0.7;
        double ux = steep ? 0 : -ny;
        double uy = steep ? -nz : nx;
        double uz = steep ? ny : 0;
        double l = Math.sqrt(ux * ux + uy * uy + uz * uz);
        ux *= r / (l * k);
        uy *= r / (l * k);
        uz *= r / (l * k);
        double vx = ny * uz - nz * uy;
        double vy = nz * ux - nx * uz;
        double vz = nx * uy - ny * ux;
        for (int a = -k; a <= k; a++) {
            for (int b = -k; b <= k; b++) {
                if (a * a + b * b <= k * k) {
                    mark(dx + a * ux + b * vx, dy + a * uy + b * vy, dz + a * uz + b * vz);
                }
            }
        }
    }

    private void mark(double x, double y, double z) {
        if (x != 0 || y != 0 || z != 0) {
            hit[CubeCells.of(x, y, z, SIDE)] = true;
        }
    }
}
