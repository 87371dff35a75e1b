package org.grotto.pipeline;

import java.util.Arrays;
import org.grotto.geometry.Cloud;
import org.grotto.geometry.ColumnType;
import org.grotto.geometry.Columns;
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

    /** Brings the intensities of points [from, to) from [min, max] to [0, 1]. */
    void normaliseIntensity(int from, int to, double min, double max) {
        if (intensity != null && !(min == 0 && max == 1)) {
            for (int i = from; i < to; i++) {
                intensity[i] = (float) ((intensity[i] - min) / (max - min));
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

    /** @param more columns beside those given here */
    Cloud build(Columns more) {
        Lattice l = lattice == null ? new Lattice(0, 0, 0, 1e-6) : lattice;
        Columns all = Columns.NONE
                .with(Columns.NORMAL, normals == null ? null : trimmed(normals, 3 * size))
                .with(Columns.RGB16, rgb == null ? null : trimmed(rgb, 3 * size))
                .with(Columns.INTENSITY, intensity == null ? null : trimmed(intensity, size))
                .with(Columns.STATION, trimmed(station, size));
        for (ColumnType t : more.types()) {
            all = all.with(t, more.array(t.name()));
        }
        return new Cloud(l, trimmed(x), trimmed(y), trimmed(z), all);
    }

    private int[] trimmed(int[] a) {
        return a.length == size ? a : Arrays.copyOf(a, size);
    }

    private static float[] trimmed(float[] a, int n) {
        return a.length == n ? a : Arrays.copyOf(a, n);
    }

    private static char[] trimmed(char[] a, int n) {
        return a.length == n ? a : Arrays.copyOf(a, n);
    }
}
