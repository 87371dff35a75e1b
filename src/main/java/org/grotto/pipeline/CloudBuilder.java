package org.grotto.pipeline;

import java.util.Arrays;
import org.grotto.geometry.Cloud;
import org.grotto.geometry.Lattice;
import org.jspecify.annotations.Nullable;

/**
 * Grows a cloud from batches. The lattice is fixed by the first point (its whole metres are the origin); it starts with
 * steps of 1 micrometre, and where a point lies out of its reach (2.1 km) all positions move to a coarser step.
 */
final class CloudBuilder {
    private int size;
    private int[] x;
    private int[] y;
    private int[] z;
    private float @Nullable [] normals;
    private char @Nullable [] rgb;
    private float @Nullable [] intensity;
    private char[] station;
    private @Nullable Lattice lattice;

    CloudBuilder(int expected) {
        int n = Math.max(1024, expected);
        x = new int[n];
        y = new int[n];
        z = new int[n];
        station = new char[n];
    }

    int size() {
        return size;
    }

    /** Appends a point and gives its index. */
    int add(double px, double py, double pz, int stationIndex) {
        if (size == x.length) {
            int n = (int) Math.min(Integer.MAX_VALUE / 4, size + (long) size / 2);
            x = Arrays.copyOf(x, n);
            y = Arrays.copyOf(y, n);
            z = Arrays.copyOf(z, n);
            station = Arrays.copyOf(station, n);
            if (normals != null) {
                normals = Arrays.copyOf(normals, 3 * n);
            }
            if (rgb != null) {
                rgb = Arrays.copyOf(rgb, 3 * n);
            }
            if (intensity != null) {
                intensity = Arrays.copyOf(intensity, n);
            }
        }
        Lattice l = lattice;
        if (l == null) {
            l = new Lattice(Math.rint(px), Math.rint(py), Math.rint(pz), 1e-6);
            lattice = l;
        }
        double reach =
                Math.max(Math.abs(px - l.originX()), Math.max(Math.abs(py - l.originY()), Math.abs(pz - l.originZ())));
        while (reach / l.step() > Integer.MAX_VALUE - 1) {
            l = coarser(l);
            lattice = l;
        }
        x[size] = l.ix(px);
        y[size] = l.iy(py);
        z[size] = l.iz(pz);
        station[size] = (char) stationIndex;
        return size++;
    }

    private Lattice coarser(Lattice l) {
        for (int i = 0; i < size; i++) {
            x[i] = (int) Math.round(x[i] / 10.0);
            y[i] = (int) Math.round(y[i] / 10.0);
            z[i] = (int) Math.round(z[i] / 10.0);
        }
        double step = l.step() * 10;
        double exact = step < 1 ? 1 / Math.rint(1 / step) : Math.rint(step);
        return new Lattice(l.originX(), l.originY(), l.originZ(), exact);
    }

    void normal(int i, double nx, double ny, double nz) {
        float[] n = normals;
        if (n == null) {
            n = new float[3 * x.length];
            normals = n;
        }
        n[3 * i] = (float) nx;
        n[3 * i + 1] = (float) ny;
        n[3 * i + 2] = (float) nz;
    }

    /** Channels 0 to 65535. */
    void colour(int i, int r, int g, int b) {
        char[] c = rgb;
        if (c == null) {
            c = new char[3 * x.length];
            rgb = c;
        }
        c[3 * i] = (char) r;
        c[3 * i + 1] = (char) g;
        c[3 * i + 2] = (char) b;
    }

    void intensity(int i, double v) {
        float[] a = intensity;
        if (a == null) {
            a = new float[x.length];
            intensity = a;
        }
        a[i] = (float) v;
    }

    /** Multiplies the intensity of points [from, size). */
    void scaleIntensity(int from, double factor) {
        if (intensity != null) {
            for (int i = from; i < size; i++) {
                intensity[i] *= (float) factor;
            }
        }
    }

    /** Multiplies the colours of points [from, size) by a whole number. */
    void scaleColour(int from, int factor) {
        if (rgb != null) {
            for (int i = 3 * from; i < 3 * size; i++) {
                rgb[i] = (char) (rgb[i] * factor);
            }
        }
    }

    Cloud build() {
        Lattice l = lattice == null ? new Lattice(0, 0, 0, 1e-6) : lattice;
        return new Cloud(
                l,
                Arrays.copyOf(x, size),
                Arrays.copyOf(y, size),
                Arrays.copyOf(z, size),
                normals == null ? null : Arrays.copyOf(normals, 3 * size),
                rgb == null ? null : Arrays.copyOf(rgb, 3 * size),
                intensity == null ? null : Arrays.copyOf(intensity, size),
                Arrays.copyOf(station, size));
    }
}
