package org.grotto.simulate;

/**
 * One rounded primitive of a figure, in the figure's own frame (x to its left, y to the front, z up).
 *
 * @param kind what the parameters mean
 * @param part which material it belongs to: {@link Figure#ROBE} and so on
 * @param carve true to take it away from its part, false to add it
 * @param mirrored true where it stands on both sides of x = 0
 * @param k width of the rounding where it meets its part, figure units
 * @param p parameters
 */
record Leaf(Kind kind, int part, boolean carve, boolean mirrored, double k, double[] p) {
    enum Kind {
        /** Centre x y z, radii x y z. */
        ELLIPSOID,
        /** From x y z, radius, to x y z, radius. */
        CONE,
        /** Centre x y z, half sizes x y z, rounding. */
        BOX,
        /** Ring about a vertical axis: centre x y z, big radius, small radius. */
        RING,
        /** Ellipsoid (centre, radii) cut by the plane z > p[6] + p[7] * y. */
        CAP,
        /** Sixteen petals about a vertical axis: centre x y z, radius, petal's radii (outwards, sideways, up), y shrink. */
        PETALS
    }

    static Leaf ellipsoid(int part, double k, double... p) {
        return new Leaf(Kind.ELLIPSOID, part, false, false, k, p);
    }

    static Leaf cone(int part, double k, double... p) {
        return new Leaf(Kind.CONE, part, false, false, k, p);
    }

    static Leaf of(Kind kind, int part, double k, double... p) {
        return new Leaf(kind, part, false, false, k, p);
    }

    Leaf both() {
        return new Leaf(kind, part, carve, true, k, p);
    }

    Leaf cut() {
        return new Leaf(kind, part, true, mirrored, k, p);
    }

    /** Slope at most 1. */
    double at(double x, double y, double z) {
        double[] q = p;
        double px = (mirrored ? Math.abs(x) : x) - q[0];
        double py = y - q[1];
        double pz = z - q[2];
        switch (kind) {
            case ELLIPSOID:
                return Sdf.ellipsoid(px, py, pz, q[3], q[4], q[5]);
            case CONE: {
                double dx = q[4] - q[0];
                double dy = q[5] - q[1];
                double dz = q[6] - q[2];
                double dd = dx * dx + dy * dy + dz * dz;
                double t = Sdf.clamp((px * dx + py * dy + pz * dz) / dd, 0, 1);
                double ex = px - t * dx;
                double ey = py - t * dy;
                double ez = pz - t * dz;
                double dr = q[7] - q[3];
                return (Math.sqrt(ex * ex + ey * ey + ez * ez) - q[3] - t * dr) / Math.sqrt(1 + dr * dr / dd);
            }
            case BOX:
                return Sdf.box(px, py, pz, q[3], q[4], q[5], q[6]);
            case RING: {
                double a = Math.sqrt(px * px + py * py) - q[3];
                return Math.sqrt(a * a + pz * pz) - q[4];
            }
            case CAP:
                return Math.max(
                        Sdf.ellipsoid(px, py, pz, q[3], q[4], q[5]),
                        (q[6] + q[7] * y - z) / Math.sqrt(1 + q[7] * q[7]));
            case PETALS: {
                double a = Math.abs(px);
                double b = Math.abs(py * q[7]);
                double s = Math.max(a, b);
                b = Math.min(a, b);
                // two reflections more fold the eighth of a turn into the thirty-second that one half petal fills
                double r = 2 * Math.max(0, b * 0.9238795325112867 - s * 0.3826834323650898);
                a = s + r * 0.3826834323650898;
                b = b - r * 0.9238795325112867;
                r = 2 * Math.max(0, b * 0.9807852804032304 - a * 0.19509032201612825);
                a += r * 0.19509032201612825;
                b -= r * 0.9807852804032304;
                return Sdf.ellipsoid(a - q[3], b, pz, q[4], q[5], q[6]) / Math.max(1, q[7]);
            }
            default:
                throw new IllegalStateException();
        }
    }
}
