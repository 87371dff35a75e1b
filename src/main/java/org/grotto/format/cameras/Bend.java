package org.grotto.format.cameras;

/**
 * What lenses do to a ray before focal length and principal point make it a pixel: from a direction in computer vision's
 * camera (x right, y down, z ahead) to normalised coordinates of the picture. The names are those of the programs' own
 * documents: COLMAP's camera models, OpenCV's calib3d and fisheye, Metashape's manual, appendix D.
 */
@FunctionalInterface
interface Bend {
    /**
     * @param d a direction of any length
     * @param out gets x and y
     */
    void apply(double[] d, double[] out);

    Bend NONE = (d, o) -> {
        o[0] = d[0] / d[2];
        o[1] = d[1] / d[2];
    };

    /**
     * OpenCV: x (1 + k1 r2 + k2 r4 + k3 r6) / (1 + k4 r2 + k5 r4 + k6 r6) + 2 p1 x y + p2 (r2 + 2 x2), y with p1 and p2
     * changed over.
     *
     * @param k k1 to k6
     */
    static Bend brown(double[] k, double p1, double p2) {
        return (d, o) -> {
            double x = d[0] / d[2];
            double y = d[1] / d[2];
            double r = x * x + y * y;
            double s = (1 + r * (k[0] + r * (k[1] + r * k[2]))) / (1 + r * (k[3] + r * (k[4] + r * k[5])));
            o[0] = x * s + 2 * p1 * x * y + p2 * (r + 2 * x * x);
            o[1] = y * s + 2 * p2 * x * y + p1 * (r + 2 * y * y);
        };
    }

    /** Metashape's frame camera: k1 to k4 as a polynomial of r2; its p1 and p2 are OpenCV's p2 and p1. */
    static Bend metashape(double k1, double k2, double k3, double k4, double p1, double p2, boolean fisheye) {
        return (d, o) -> {
            if (fisheye) {
                angle(d, o);
            } else {
                NONE.apply(d, o);
            }
            double x = o[0];
            double y = o[1];
            double r = x * x + y * y;
            double s = 1 + r * (k1 + r * (k2 + r * (k3 + r * k4)));
            o[0] = x * s + p1 * (r + 2 * x * x) + 2 * p2 * x * y;
            o[1] = y * s + p2 * (r + 2 * y * y) + 2 * p1 * x * y;
        };
    }

    /** The angle from the axis as a length: equidistant fisheye. */
    static void angle(double[] d, double[] o) {
        double r = Math.hypot(d[0], d[1]);
        double s = r > 0 ? Math.atan2(r, d[2]) / r : 1 / d[2];
        o[0] = d[0] * s;
        o[1] = d[1] * s;
    }

    /** A polynomial of the angle's square, {@code 1 + k1 t2 + k2 t4 + ...}: OpenCV's fisheye, COLMAP's *_FISHEYE. */
    static Bend fisheye(double... k) {
        return (d, o) -> {
            angle(d, o);
            double t = o[0] * o[0] + o[1] * o[1];
            double s = 0;
            for (int i = k.length - 1; i >= 0; i--) {
                s = t * (k[i] + s);
            }
            o[0] *= 1 + s;
            o[1] *= 1 + s;
        };
    }

    /** OpenSfM's fisheye62: {@link #brown} of the angle as a length, with k1 to k6 as a polynomial of its square. */
    static Bend fisheyeBrown(double[] k, double p1, double p2) {
        return (d, o) -> {
            angle(d, o);
            double x = o[0];
            double y = o[1];
            double r = x * x + y * y;
            double s = 0;
            for (int i = 5; i >= 0; i--) {
                s = r * (k[i] + s);
            }
            o[0] = x * (1 + s) + 2 * p1 * x * y + p2 * (r + 2 * x * x);
            o[1] = y * (1 + s) + 2 * p2 * x * y + p1 * (r + 2 * y * y);
        };
    }

    /** OpenSfM's dual: so much of a pinhole, and the rest of an equidistant fisheye; k1 and k2 of what comes of it. */
    static Bend dual(double k1, double k2, double pinhole) {
        return (d, o) -> {
            angle(d, o);
            double x = pinhole * d[0] / d[2] + (1 - pinhole) * o[0];
            double y = pinhole * d[1] / d[2] + (1 - pinhole) * o[1];
            double r = x * x + y * y;
            double s = 1 + r * (k1 + r * k2);
            o[0] = x * s;
            o[1] = y * s;
        };
    }

    /** COLMAP's THIN_PRISM_FISHEYE: k1, k2, p1, p2, k3, k4, sx1, sy1. */
    static Bend thinPrism(double[] p) {
        return (d, o) -> {
            angle(d, o);
            double x = o[0];
            double y = o[1];
            double r = x * x + y * y;
            double s = 1 + r * (p[0] + r * (p[1] + r * (p[4] + r * p[5])));
            o[0] = x * s + 2 * p[2] * x * y + p[3] * (r + 2 * x * x) + p[6] * r;
            o[1] = y * s + 2 * p[3] * x * y + p[2] * (r + 2 * y * y) + p[7] * r;
        };
    }

    /** COLMAP's RAD_TAN_THIN_PRISM_FISHEYE: k0 to k5, p0, p1, s0 to s3. */
    static Bend radTanThinPrism(double[] p) {
        return (d, o) -> {
            angle(d, o);
            double t = o[0] * o[0] + o[1] * o[1];
            double s = 0;
            for (int i = 5; i >= 0; i--) {
                s = t * (p[i] + s);
            }
            double x = o[0] * (1 + s);
            double y = o[1] * (1 + s);
            double r = x * x + y * y;
            o[0] = x + 2 * p[7] * x * y + p[6] * (r + 2 * x * x) + r * (p[8] + r * p[9]);
            o[1] = y + 2 * p[6] * x * y + p[7] * (r + 2 * y * y) + r * (p[10] + r * p[11]);
        };
    }

    /** COLMAP's FOV: the radius is atan(2 r tan(omega / 2)) / omega. */
    static Bend fov(double omega) {
        return (d, o) -> {
            NONE.apply(d, o);
            double r = Math.hypot(o[0], o[1]);
            double s = omega * omega < 1e-12 || r < 1e-9
                    ? omega * omega < 1e-12 ? 1 : 2 * Math.tan(omega / 2) / omega
                    : Math.atan(2 * r * Math.tan(omega / 2)) / (r * omega);
            o[0] *= s;
            o[1] *= s;
        };
    }

    /** COLMAP's DIVISION: an undistorted radius is the distorted one over 1 + k r2. */
    static Bend division(double k) {
        return (d, o) -> {
            double s = 2 / (d[2] + Math.sqrt(d[2] * d[2] - 4 * k * (d[0] * d[0] + d[1] * d[1])));
            o[0] = d[0] * s;
            o[1] = d[1] * s;
        };
    }

    /**
     * VisualSFM's: an undistorted radius is the distorted one, d, times 1 + r d2. Where that rises no further, it has no
     * answer.
     */
    static Bend straightened(double r) {
        return (d, o) -> {
            NONE.apply(d, o);
            double n = Math.hypot(o[0], o[1]);
            double x = n;
            // the least root: outwards from the axis where the sum bends down, inwards where it bends up
            if (r < 0) {
                x = n > 2 * Math.sqrt(-1 / (3 * r)) / 3 ? Double.NaN : 0;
            }
            for (int i = 0; i < 60; i++) {
                double step = (n - x * (1 + r * x * x)) / (1 + 3 * r * x * x);
                x += step;
                if (Math.abs(step) < 1e-15 * n) {
                    break;
                }
            }
            double s = n > 0 ? x / n : 1;
            o[0] *= s;
            o[1] *= s;
        };
    }

    /** COLMAP's EUCM. */
    static Bend eucm(double alpha, double beta) {
        return (d, o) -> {
            double rho = Math.sqrt(beta * (d[0] * d[0] + d[1] * d[1]) + d[2] * d[2]);
            double s = 1 / (alpha * rho + (1 - alpha) * d[2]);
            o[0] = d[0] * s;
            o[1] = d[1] * s;
        };
    }
}
