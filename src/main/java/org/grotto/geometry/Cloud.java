package org.grotto.geometry;

import org.jspecify.annotations.Nullable;

/**
 * Points as columns, in one frame, metres, Z up. Every array has {@link #size} entries (normals 3 x size); columns that
 * the scans did not have are null. The arrays are owned by the cloud and shared with whoever reads it: treat them as
 * constant once a stage has returned them.
 */
public final class Cloud {
    /** Value of {@link #station} for points whose station is unknown. */
    public static final char NO_STATION = 0xFFFF;

    public final int size;
    public final Lattice lattice;
    /** Positions on the lattice. */
    public final int[] x;

    public final int[] y;
    public final int[] z;
    /** Unit normals, x y z interleaved, pointing out of the rock into the open (towards the station). */
    public final float @Nullable [] normals;
    /** Colour, red green blue interleaved, 16 bit, sRGB transfer. */
    public final short @Nullable [] rgb;
    /** Intensity, 0 to 1 of the sensor's range. */
    public final float @Nullable [] intensity;
    /** Index into the list of stations, or {@link #NO_STATION}. */
    public final char @Nullable [] station;

    public Cloud(
            Lattice lattice,
            int[] x,
            int[] y,
            int[] z,
            float @Nullable [] normals,
            short @Nullable [] rgb,
            float @Nullable [] intensity,
            char @Nullable [] station) {
        this.size = x.length;
        if (y.length != size
                || z.length != size
                || (normals != null && normals.length != 3 * size)
                || (rgb != null && rgb.length != 3 * size)
                || (intensity != null && intensity.length != size)
                || (station != null && station.length != size)) {
            throw new IllegalArgumentException("columns of different length");
        }
        this.lattice = lattice;
        this.x = x;
        this.y = y;
        this.z = z;
        this.normals = normals;
        this.rgb = rgb;
        this.intensity = intensity;
        this.station = station;
    }

    public Cloud withNormals(float @Nullable [] normals) {
        return new Cloud(lattice, x, y, z, normals, rgb, intensity, station);
    }

    /** Point i's position in metres. */
    public double px(int i) {
        return lattice.x(x[i]);
    }

    public double py(int i) {
        return lattice.y(y[i]);
    }

    public double pz(int i) {
        return lattice.z(z[i]);
    }

    /** The points with the given indices, in that order. */
    public Cloud pick(int[] index) {
        int n = index.length;
        int[] px = new int[n];
        int[] py = new int[n];
        int[] pz = new int[n];
        float[] nn = normals == null ? null : new float[3 * n];
        short[] cc = rgb == null ? null : new short[3 * n];
        float[] ii = intensity == null ? null : new float[n];
        char[] ss = station == null ? null : new char[n];
        for (int k = 0; k < n; k++) {
            int i = index[k];
            px[k] = x[i];
            py[k] = y[i];
            pz[k] = z[i];
            if (nn != null && normals != null) {
                nn[3 * k] = normals[3 * i];
                nn[3 * k + 1] = normals[3 * i + 1];
                nn[3 * k + 2] = normals[3 * i + 2];
            }
            if (cc != null && rgb != null) {
                cc[3 * k] = rgb[3 * i];
                cc[3 * k + 1] = rgb[3 * i + 1];
                cc[3 * k + 2] = rgb[3 * i + 2];
            }
            if (ii != null && intensity != null) {
                ii[k] = intensity[i];
            }
            if (ss != null && station != null) {
                ss[k] = station[i];
            }
        }
        return new Cloud(lattice, px, py, pz, nn, cc, ii, ss);
    }

    /** The tight bounds in metres. */
    public Box bounds() {
        return box(latticeBounds(null, 0, size));
    }

    /** The tight bounds in metres of the points in [from, to). */
    public Box bounds(int from, int to) {
        return box(latticeBounds(null, from, to));
    }

    /** The tight bounds in metres of the points that the first {@code n} entries of {@code index} name. */
    public Box bounds(int[] index, int n) {
        return box(latticeBounds(index, 0, n));
    }

    private Box box(int[] b) {
        return b[0] > b[3]
                ? Box.EMPTY
                : new Box(
                        lattice.x(b[0]),
                        lattice.y(b[1]),
                        lattice.z(b[2]),
                        lattice.x(b[3]),
                        lattice.y(b[4]),
                        lattice.z(b[5]));
    }

    /**
     * Least x, y, z and greatest x, y, z on the lattice of the points [from, to), or of those that {@code index} names
     * there; of no points, the greatest int and the least.
     */
    public int[] latticeBounds(int @Nullable [] index, int from, int to) {
        int[] b = new int[6];
        int[][] axes = {x, y, z};
        for (int a = 0; a < 3; a++) {
            int[] v = axes[a];
            int low = Integer.MAX_VALUE;
            int high = Integer.MIN_VALUE;
            for (int k = from; k < to; k++) {
                int c = v[index == null ? k : index[k]];
                low = Math.min(low, c);
                high = Math.max(high, c);
            }
            b[a] = low;
            b[a + 3] = high;
        }
        return b;
    }
}
