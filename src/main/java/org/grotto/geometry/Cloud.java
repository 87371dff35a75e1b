package org.grotto.geometry;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Points in one frame, metres, Z up: positions on a lattice, and named {@link Columns} beside them. The arrays are owned
 * by the cloud and shared with whoever reads it: treat them as constant once a stage has returned them.
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
    /** Everything else that is known of each point. */
    public final Columns columns;

    private final float @Nullable [] normals;
    private final char @Nullable [] rgb;
    private final float @Nullable [] intensity;
    private final char @Nullable [] station;

    public Cloud(Lattice lattice, int[] x, int[] y, int[] z, Columns columns) {
        this.size = x.length;
        if (y.length != size || z.length != size) {
            throw new IllegalArgumentException("columns of different length");
        }
        columns.check(size);
        this.lattice = lattice;
        this.x = x;
        this.y = y;
        this.z = z;
        this.columns = columns;
        this.normals = columns.floats(Columns.NORMAL.name());
        this.rgb = columns.chars(Columns.RGB16.name());
        this.intensity = columns.floats(Columns.INTENSITY.name());
        this.station = columns.chars(Columns.STATION.name());
    }

    /** A cloud with those of the usual columns that are not null. */
    public Cloud(
            Lattice lattice,
            int[] x,
            int[] y,
            int[] z,
            float @Nullable [] normals,
            char @Nullable [] rgb,
            float @Nullable [] intensity,
            char @Nullable [] station) {
        this(
                lattice,
                x,
                y,
                z,
                Columns.NONE
                        .with(Columns.NORMAL, normals)
                        .with(Columns.RGB16, rgb)
                        .with(Columns.INTENSITY, intensity)
                        .with(Columns.STATION, station));
    }

    /** Unit normals, x y z interleaved, pointing out of the rock into the open (towards the station), or null. */
    public float @Nullable [] normals() {
        return normals;
    }

    /** Colour, red green blue interleaved, 16 bit, sRGB transfer, or null. */
    public char @Nullable [] rgb() {
        return rgb;
    }

    /** Intensity, 0 to 1 of the sensor's range, or null. */
    public float @Nullable [] intensity() {
        return intensity;
    }

    /** Index into the list of stations, or {@link #NO_STATION}; null where no station is known. */
    public char @Nullable [] station() {
        return station;
    }

    /** The same points with a column more, or another in its place; null takes it away. */
    public Cloud with(ColumnType type, @Nullable Object array) {
        return new Cloud(lattice, x, y, z, columns.with(type, array));
    }

    /** The same points with those of the named columns that there are. */
    public Cloud only(java.util.Collection<String> names) {
        Columns c = columns.only(names);
        return c == columns ? this : new Cloud(lattice, x, y, z, c);
    }

    public Cloud withNormals(float @Nullable [] normals) {
        return with(Columns.NORMAL, normals);
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

    /** The points of all {@code parts} in their order, which have the same columns. */
    public static Cloud joined(Lattice lattice, List<Cloud> parts) {
        int n = parts.stream().mapToInt(c -> c.size).sum();
        int[][] xyz = new int[3][n];
        List<ColumnType> types =
                parts.isEmpty() ? List.of() : parts.getFirst().columns.types();
        List<Object> arrays = new ArrayList<>();
        types.forEach(t -> arrays.add(Columns.make(t, n)));
        int at = 0;
        for (Cloud c : parts) {
            System.arraycopy(c.x, 0, xyz[0], at, c.size);
            System.arraycopy(c.y, 0, xyz[1], at, c.size);
            System.arraycopy(c.z, 0, xyz[2], at, c.size);
            for (int k = 0; k < arrays.size(); k++) {
                ColumnType t = types.get(k);
                Object part = Objects.requireNonNull(c.columns.array(t.name()));
                System.arraycopy(part, 0, arrays.get(k), t.width() * at, t.width() * c.size);
            }
            at += c.size;
        }
        Columns columns = Columns.NONE;
        for (int k = 0; k < arrays.size(); k++) {
            columns = columns.with(types.get(k), arrays.get(k));
        }
        return new Cloud(lattice, xyz[0], xyz[1], xyz[2], columns);
    }

    /** The points with the given indices, in that order. */
    public Cloud pick(int[] index) {
        int n = index.length;
        int[] px = new int[n];
        int[] py = new int[n];
        int[] pz = new int[n];
        for (int k = 0; k < n; k++) {
            px[k] = x[index[k]];
            py[k] = y[index[k]];
            pz[k] = z[index[k]];
        }
        return new Cloud(lattice, px, py, pz, columns.pick(index, n));
    }

    /** The points in {@code runs}, in their order. */
    public Cloud pick(Runs runs) {
        int[] px = new int[runs.count()];
        int[] py = new int[runs.count()];
        int[] pz = new int[runs.count()];
        runs.copy(x, 1, px);
        runs.copy(y, 1, py);
        runs.copy(z, 1, pz);
        return new Cloud(lattice, px, py, pz, columns.pick(runs));
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
