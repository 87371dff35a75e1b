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
        if (size == 0) {
            return Box.EMPTY;
        }
        int x0 = Integer.MAX_VALUE;
        int y0 = x0;
        int z0 = x0;
        int x1 = Integer.MIN_VALUE;
        int y1 = x1;
        int z1 = x1;
        for (int i = 0; i < size; i++) {
            x0 = Math.min(x0, x[i]);
            x1 = Math.max(x1, x[i]);
            y0 = Math.min(y0, y[i]);
            y1 = Math.max(y1, y[i]);
            z0 = Math.min(z0, z[i]);
            z1 = Math.max(z1, z[i]);
        }
        return new Box(lattice.x(x0), lattice.y(y0), lattice.z(z0), lattice.x(x1), lattice.y(y1), lattice.z(z1));
    }
}
