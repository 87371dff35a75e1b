package org.grotto.geometry;

/**
 * The plane through weighted points, by the covariance's smallest eigenvector; filled and solved again and again without
 * allocating. Feed it differences to a nearby point, not world coordinates. Only sums, products, quotients and square
 * roots, so the result is the same on every machine, given the same order of points.
 */
public final class PlaneFit {
    private double w;
    private double x;
    private double y;
    private double z;
    private double xx;
    private double xy;
    private double xz;
    private double yy;
    private double yz;
    private double zz;
    private int count;

    /** The weighted mean of the points; valid after {@link #solve}. */
    public double meanX;

    public double meanY;
    public double meanZ;
    /** The unit normal, its sign arbitrary. */
    public double normalX;

    public double normalY;
    public double normalZ;
    /** Variance along the normal, and along the plane's lesser and greater axis. */
    public double least;

    public double middle;
    public double most;

    public void clear() {
        w = 0;
        x = 0;
        y = 0;
        z = 0;
        xx = 0;
        xy = 0;
        xz = 0;
        yy = 0;
        yz = 0;
        zz = 0;
        count = 0;
    }

    public void add(double weight, double dx, double dy, double dz) {
        count++;
        w += weight;
        double ax = weight * dx;
        double ay = weight * dy;
        double az = weight * dz;
        x += ax;
        y += ay;
        z += az;
        xx += ax * dx;
        xy += ax * dy;
        xz += ax * dz;
        yy += ay * dy;
        yz += ay * dz;
        zz += az * dz;
    }

    /**
     * Finds the plane.
     *
     * @return false where there is none: fewer than three points, or all on one line or place
     */
    public boolean solve() {
        if (count < 3 || !(w > 0)) {
            return false;
        }
        meanX = x / w;
        meanY = y / w;
        meanZ = z / w;
        double a = xx / w - meanX * meanX;
        double b = xy / w - meanX * meanY;
        double c = xz / w - meanX * meanZ;
        double d = yy / w - meanY * meanY;
        double e = yz / w - meanY * meanZ;
        double f = zz / w - meanZ * meanZ;
        double trace = a + d + f;
        if (!(trace > 0)) {
            return false;
        }
        a /= trace;
        b /= trace;
        c /= trace;
        d /= trace;
        e /= trace;
        f /= trace;
        double minors = a * d - b * b + a * f - c * c + d * f - e * e;
        double det = a * (d * f - e * e) - b * (b * f - c * e) + c * (b * e - c * d);
        // Newton from 0 climbs to the smallest root of the characteristic cubic without passing it
        double l = 0;
        for (int i = 0; i < 50; i++) {
            double p = ((l - 1) * l + minors) * l - det;
            double slope = (3 * l - 2) * l + minors;
            if (!(slope > 1e-300)) {
                break;
            }
            double step = -p / slope;
            if (!(step > 1e-17)) {
                break;
            }
            l += step;
        }
        double sum = 1 - l;
        double product = minors - l * sum;
        double root = Math.sqrt(Math.max(0, sum * sum / 4 - product));
        least = l * trace;
        middle = Math.max(l, sum / 2 - root) * trace;
        most = (sum / 2 + root) * trace;
        return direction(a - l, b, c, d - l, e, f - l);
    }

    /** The vector that the matrix takes to zero: the longest cross product of two of its rows. */
    private boolean direction(double a, double b, double c, double d, double e, double f) {
        double px = b * e - c * d;
        double py = c * b - a * e;
        double pz = a * d - b * b;
        double qx = b * f - c * e;
        double qy = c * c - a * f;
        double qz = a * e - b * c;
        double rx = d * f - e * e;
        double ry = e * c - b * f;
        double rz = b * e - d * c;
        double p = px * px + py * py + pz * pz;
        double q = qx * qx + qy * qy + qz * qz;
        double r = rx * rx + ry * ry + rz * rz;
        if (q > p && q >= r) {
            px = qx;
            py = qy;
            pz = qz;
            p = q;
        } else if (r > p) {
            px = rx;
            py = ry;
            pz = rz;
            p = r;
        }
        if (!(p > 1e-20)) {
            return false;
        }
        double n = Math.sqrt(p);
        normalX = px / n;
        normalY = py / n;
        normalZ = pz / n;
        return true;
    }
}
