package org.grotto.simulate;

import org.grotto.base.Work;

/**
 * Measures one set-up, some rows at a time. A ray's errors are drawn from a hash of (seed, station, row, column), so the
 * result is the same in whatever order and on however many threads rows are measured.
 */
final class Scanner {
    /** Positions are rounded to this grid in the scanner's frame, metres. */
    static final double QUANTUM = 1e-5;

    private static final int BUNDLE = 6;
    private static final double FAR = 200;

    private final Scene scene;
    private final Setup setup;
    private final NoiseModel model;
    private final long seed;
    private final boolean normals;
    private final double[] m;
    private final double[] sinPolar;
    private final double[] cosPolar;
    private final double[] sinAzimuth;
    private final double[] cosAzimuth;

    /** Rows measured: one entry a ray, in row order; range NaN where nothing came back. */
    static final class Rows {
        final int first;
        final int rows;
        final int cols;
        final double[] x;
        final double[] y;
        final double[] z;
        final int[] rgb;
        final float[] intensity;
        final float[] normals;

        Rows(int first, int rows, int cols, boolean withNormals) {
            int n = rows * cols;
            this.first = first;
            this.rows = rows;
            this.cols = cols;
            x = new double[n];
            y = new double[n];
            z = new double[n];
            rgb = new int[n];
            intensity = new float[n];
            normals = withNormals ? new float[3 * n] : new float[0];
        }

        boolean valid(int i) {
            return !Double.isNaN(x[i]);
        }
    }

    Scanner(Scene scene, Setup setup, NoiseModel model, long seed, int station, boolean normals) {
        this.scene = scene;
        this.setup = setup;
        this.model = model;
        this.seed = Hash.mix(seed ^ 0x5CA77E12L, station);
        this.normals = normals;
        this.m = setup.pose().matrix();
        sinPolar = new double[setup.rows() + 2];
        cosPolar = new double[setup.rows() + 2];
        for (int r = 0; r < sinPolar.length; r++) {
            double a = setup.polar() + (r - 1) * setup.step();
            sinPolar[r] = StrictMath.sin(a);
            cosPolar[r] = StrictMath.cos(a);
        }
        sinAzimuth = new double[setup.cols()];
        cosAzimuth = new double[setup.cols()];
        for (int c = 0; c < setup.cols(); c++) {
            double a = setup.azimuth() + c * setup.step();
            sinAzimuth[c] = StrictMath.sin(a);
            cosAzimuth[c] = StrictMath.cos(a);
        }
    }

    /** Measures rows [first, first + rows). */
    Rows measure(int first, int rows, Work work) {
        int cols = setup.cols();
        double[] range = new double[(rows + 2) * cols];
        work.each(rows + 2, k -> {
            double[] d = new double[3];
            for (int c = 0; c < cols; c++) {
                direction(first + k, c, d);
                range[k * cols + c] = along(d, 0);
            }
        });
        Rows out = new Rows(first, rows, cols, normals);
        work.each(rows, k -> {
            Row row = new Row();
            for (int c = 0; c < cols; c++) {
                row.measure(out, range, k, c);
            }
        });
        return out;
    }

    /** The ray's direction in the scanner's frame; {@code line} is the row plus 1. */
    private void direction(int line, int c, double[] d) {
        d[0] = sinPolar[line] * cosAzimuth[c];
        d[1] = sinPolar[line] * sinAzimuth[c];
        d[2] = cosPolar[line];
    }

    private double along(double[] d, double from) {
        return scene.trace(
                setup.pose().tx(),
                setup.pose().ty(),
                setup.pose().tz(),
                m[0] * d[0] + m[1] * d[1] + m[2] * d[2],
                m[3] * d[0] + m[4] * d[1] + m[5] * d[2],
                m[6] * d[0] + m[7] * d[1] + m[8] * d[2],
                from,
                FAR);
    }

    /** Scratch of one row's measuring. */
    private final class Row {
        private final double[] d = new double[3];
        private final double[] e = new double[3];
        private final double[] n = new double[3];
        private final double[] colour = new double[4];

        void measure(Rows out, double[] range, int k, int c) {
            int cols = out.cols;
            int at = k * cols + c;
            int mid = at + cols;
            double r = range[mid];
            out.x[at] = Double.NaN;
            if (!(r > model.nearest())) {
                return;
            }
            direction(out.first + k + 1, c, d);
            double wx = m[0] * d[0] + m[1] * d[1] + m[2] * d[2];
            double wy = m[3] * d[0] + m[4] * d[1] + m[5] * d[2];
            double wz = m[6] * d[0] + m[7] * d[1] + m[8] * d[2];
            double x = setup.pose().tx() + r * wx;
            double y = setup.pose().ty() + r * wy;
            double z = setup.pose().tz() + r * wz;
            scene.normal(x, y, z, 1e-4, n);
            double cos = Math.max(1e-3, -(n[0] * wx + n[1] * wy + n[2] * wz));
            scene.paint(x, y, z, n, colour);
            double light = 0.30 * colour[0] + 0.55 * colour[1] + 0.15 * colour[2];
            double back = light * (1 - 0.5 * colour[3]) * cos;
            double strength = 1.35 * back * (r * r / (r * r + 0.10)) / (1 + r * r / 36);

            long key = Hash.mix(seed, (long) (out.first + k) * cols + c);
            double grazing =
                    Sdf.step(cosDegrees(Math.min(90, model.grazing() + 4)), cosDegrees(model.grazing() - 4), cos);
            double kept = (1 - model.dropout()) * (model.grazing() >= 90 ? 1 : grazing * Sdf.step(0, 0.02, strength));
            if (Hash.unit(Hash.mix(key, 1)) >= kept) {
                return;
            }
            double measured = r;
            double left = range[c > 0 ? mid - 1 : mid];
            double right = range[c + 1 < cols ? mid + 1 : mid];
            double step = Math.max(
                    Math.max(gap(r, left), gap(r, right)),
                    Math.max(gap(r, range[mid - cols]), gap(r, range[mid + cols])));
            if (step > model.edge() + 4 * r * setup.step()) {
                measured = blend(r);
            }
            double tan2 = Math.min(25, 1 / (cos * cos) - 1);
            double sigma = model.sigma()
                    * Math.sqrt(1 + model.incidence() * model.incidence() * tan2)
                    * (1 + 0.6 * colour[3] + 0.3 * Math.max(0, 0.3 - light));
            measured += sigma * Hash.normal(Hash.mix(key, 2));
            out.x[at] = Math.rint(measured * d[0] / QUANTUM) * QUANTUM;
            out.y[at] = Math.rint(measured * d[1] / QUANTUM) * QUANTUM;
            out.z[at] = Math.rint(measured * d[2] / QUANTUM) * QUANTUM;
            double grain = model.sigma() > 0 ? 0.008 * Hash.normal(Hash.mix(key, 3)) : 0;
            out.rgb[at] = byteOf(colour[0] + grain) << 16 | byteOf(colour[1] + grain) << 8 | byteOf(colour[2] + grain);
            double signal = strength * (1 + (model.sigma() > 0 ? 0.02 * Hash.normal(Hash.mix(key, 4)) : 0));
            out.intensity[at] = (float) Sdf.clamp(signal, 0, 1);
            if (normals) {
                // into the scanner's frame: the transpose
                out.normals[3 * at] = (float) (m[0] * n[0] + m[3] * n[1] + m[6] * n[2]);
                out.normals[3 * at + 1] = (float) (m[1] * n[0] + m[4] * n[1] + m[7] * n[2]);
                out.normals[3 * at + 2] = (float) (m[2] * n[0] + m[5] * n[1] + m[8] * n[2]);
            }
        }

        /** The range that a beam of finite width reports around direction d, whose middle ray has range r. */
        private double blend(double r) {
            double width = (model.beamRadius() + model.beamSpread() * r) / r;
            double h = Math.sqrt(d[0] * d[0] + d[1] * d[1]);
            double ax = h < 1e-9 ? 1 : -d[1] / h;
            double ay = h < 1e-9 ? 0 : d[0] / h;
            double bx = -d[2] * ay;
            double by = d[2] * ax;
            double bz = d[0] * ay - d[1] * ax;
            double nearest = r;
            double near = r;
            double far = 0;
            int nears = 1;
            int fars = 0;
            double[] all = new double[BUNDLE];
            for (int i = 0; i < BUNDLE; i++) {
                double u = width * 0.75 * COS[i];
                double v = width * 0.75 * SIN[i];
                e[0] = d[0] + u * ax + v * bx;
                e[1] = d[1] + u * ay + v * by;
                e[2] = d[2] + v * bz;
                double l = Math.sqrt(e[0] * e[0] + e[1] * e[1] + e[2] * e[2]);
                e[0] /= l;
                e[1] /= l;
                e[2] /= l;
                all[i] = along(e, 0);
                if (all[i] < nearest) {
                    nearest = all[i];
                }
            }
            if (r > nearest + model.pulse()) {
                far = r;
                fars = 1;
                near = 0;
                nears = 0;
            }
            for (double t : all) {
                if (t > nearest + model.pulse()) {
                    far += t;
                    fars++;
                } else if (t >= 0) {
                    near += t;
                    nears++;
                }
            }
            return fars > nears ? far / fars : near / nears;
        }
    }

    private static final double[] COS = {1, 0.5, -0.5, -1, -0.5, 0.5};
    private static final double[] SIN = {
        0, 0.8660254037844386, 0.8660254037844386, 0, -0.8660254037844386, -0.8660254037844386
    };

    private static double cosDegrees(double a) {
        return StrictMath.cos(StrictMath.toRadians(a));
    }

    private static double gap(double a, double b) {
        return Double.isNaN(b) ? 0 : Math.abs(a - b);
    }

    private static int byteOf(double v) {
        return (int) Sdf.clamp(v * 255 + 0.5, 0, 255);
    }
}
