package org.grotto.pipeline;

import java.util.Arrays;
import java.util.BitSet;
import org.grotto.geometry.Box;
import org.grotto.geometry.Cloud;
import org.grotto.geometry.ColumnType;
import org.grotto.geometry.Columns;
import org.grotto.geometry.Lattice;
import org.grotto.geometry.Middle;
import org.grotto.geometry.Runs;
import org.grotto.geometry.Strays;
import org.jspecify.annotations.Nullable;

/**
 * Grows a cloud from batches. The lattice is chosen when all points are known: its origin are the whole metres next to
 * the median of each axis, its step is 1 micrometre, or the least power of ten of them that reaches all points (2.1 km to
 * either side at 1 micrometre). So it depends neither on the order of the points nor on a few of them that lie far away.
 * Until then positions are doubles: 24 bytes a point, far below what later stages take.
 */
final class CloudBuilder {
    private int size;
    private double[] x;
    private double[] y;
    private double[] z;
    private float @Nullable [] normals;
    private char @Nullable [] rgb;
    private float @Nullable [] intensity;
    private char[] station;

    CloudBuilder(int expected) {
        int n = Math.max(1024, expected);
        x = new double[n];
        y = new double[n];
        z = new double[n];
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
        x[size] = px;
        y[size] = py;
        z[size] = pz;
        station[size] = (char) stationIndex;
        return size++;
    }

    /** Which points lie too far away to be part of what was scanned. */
    Strays.Found strays() {
        return Strays.of(x, y, z, size, station);
    }

    /** Point {@code i}'s position, metres. */
    double[] at(int i) {
        return new double[] {x[i], y[i], z[i]};
    }

    int station(int i) {
        return station[i];
    }

    /** The box of points [from, to) but for those in {@code out}, metres. */
    Box box(int from, int to, BitSet out) {
        double[] low = {Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY};
        double[] high = {Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY};
        double[][] axes = {x, y, z};
        for (int a = 0; a < 3; a++) {
            for (int i = out.nextClearBit(from); i < to; i = out.nextClearBit(i + 1)) {
                low[a] = Math.min(low[a], axes[a][i]);
                high[a] = Math.max(high[a], axes[a][i]);
            }
        }
        return new Box(low[0], low[1], low[2], high[0], high[1], high[2]);
    }

    /** Gives each point the station that {@code other} has for its own. */
    void renumber(int[] other) {
        for (int i = 0; i < size; i++) {
            station[i] = (char) other[station[i]];
        }
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
    void scaleColour(int from, double factor) {
        if (rgb != null) {
            for (int i = 3 * from; i < 3 * size; i++) {
                rgb[i] = (char) Math.min(65535, Math.round(rgb[i] * factor));
            }
        }
    }

    /** @param more columns beside those given here */
    Cloud build(Columns more) {
        return build(more, new BitSet());
    }

    /**
     * The cloud; nothing is added afterwards.
     *
     * @param more columns beside those given here
     * @param out points that are left out and decide nothing
     */
    Cloud build(Columns more, BitSet out) {
        double[][] axes = {x, y, z};
        double[] origin = new double[3];
        double reach = 0;
        for (int a = 0; a < 3; a++) {
            Middle m = Middle.of(axes[a], 1, 0, size, out);
            origin[a] = m.origin();
            reach = Math.max(reach, Math.max(m.high() - m.origin(), m.origin() - m.low()));
        }
        Lattice l = new Lattice(origin[0], origin[1], origin[2], step(reach));
        int[] ix = whole(x, l.originX(), l.step());
        x = new double[0];
        int[] iy = whole(y, l.originY(), l.step());
        y = new double[0];
        int[] iz = whole(z, l.originZ(), l.step());
        z = new double[0];
        Columns all = Columns.NONE
                .with(Columns.NORMAL, normals == null ? null : trimmed(normals, 3 * size))
                .with(Columns.RGB16, rgb == null ? null : trimmed(rgb, 3 * size))
                .with(Columns.INTENSITY, intensity == null ? null : trimmed(intensity, size))
                .with(Columns.STATION, trimmed(station, size));
        for (ColumnType t : more.types()) {
            all = all.with(t, more.array(t.name()));
        }
        Cloud cloud = new Cloud(l, ix, iy, iz, all);
        return out.isEmpty() ? cloud : cloud.pick(kept(out));
    }

    private Runs kept(BitSet out) {
        Runs runs = new Runs();
        int from = 0;
        for (int i = out.nextSetBit(0); i >= 0; i = out.nextSetBit(i + 1)) {
            runs.add(from, i);
            from = i + 1;
        }
        runs.add(from, size);
        return runs;
    }

    /** The least power of ten of a micrometre with which whole numbers reach {@code reach} metres. */
    private static double step(double reach) {
        double step = 1e-6;
        while (reach / step > Integer.MAX_VALUE - 1) {
            double next = step * 10;
            step = next < 1 ? 1 / Math.rint(1 / next) : Math.rint(next);
        }
        return step;
    }

    /** Positions on the lattice; those out of reach, which are left out, at its ends. */
    private int[] whole(double[] v, double origin, double step) {
        int[] w = new int[size];
        for (int i = 0; i < size; i++) {
            w[i] = (int) Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, Math.round((v[i] - origin) / step)));
        }
        return w;
    }

    private static float[] trimmed(float[] a, int n) {
        return a.length == n ? a : Arrays.copyOf(a, n);
    }

    private static char[] trimmed(char[] a, int n) {
        return a.length == n ? a : Arrays.copyOf(a, n);
    }
}
