package org.grotto.geometry;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.grotto.base.Work;
import org.jspecify.annotations.Nullable;

/**
 * Named columns beside the positions of a cloud or a mesh, in a fixed order. The arrays are owned by whoever made them and
 * shared with whoever reads them: treat them as constant. An instance never changes; {@link #with} and {@link #without}
 * give another one that shares the arrays.
 */
public final class Columns {
    /** Unit normals, pointing out of the rock into the open. */
    public static final ColumnType NORMAL = new ColumnType(
            "normal",
            ColumnType.Kind.FLOAT32,
            3,
            "1",
            -1,
            1,
            0,
            Double.NaN,
            ColumnType.Between.DIRECTION,
            ColumnType.Weld.SUM,
            "scan or clean");
    /** Colour of a point, red green blue, 16 bit, sRGB transfer. */
    public static final ColumnType RGB16 = new ColumnType(
            "rgb",
            ColumnType.Kind.UINT16,
            3,
            "1",
            0,
            65535,
            1,
            Double.NaN,
            ColumnType.Between.LINEAR,
            ColumnType.Weld.FIRST,
            "scan");
    /** Colour of a vertex, red green blue, 8 bit, sRGB transfer. */
    public static final ColumnType RGB8 = new ColumnType(
            "rgb",
            ColumnType.Kind.UINT8,
            3,
            "1",
            0,
            255,
            1,
            Double.NaN,
            ColumnType.Between.LINEAR,
            ColumnType.Weld.FIRST,
            "colour");
    /** Colour of a vertex that multiplies the picture that lies there, as glTF has it; as {@link #RGB8}. */
    public static final ColumnType TINT = new ColumnType(
            "tint",
            ColumnType.Kind.UINT8,
            3,
            "1",
            0,
            255,
            1,
            Double.NaN,
            ColumnType.Between.LINEAR,
            ColumnType.Weld.FIRST,
            "reader");
    /** Intensity as a share of what the sensor can say, 0 to 1; more where it said more than it declared. */
    public static final ColumnType INTENSITY = ColumnType.number("intensity", ColumnType.Kind.FLOAT32, "1", "scan");
    /** Index into the list of stations, or {@link Cloud#NO_STATION}. */
    public static final ColumnType STATION = ColumnType.choice("station", ColumnType.Kind.UINT16, "scan");
    /** How well a vertex is measured: {@link Mesh#MEASURED}, {@link Mesh#INFERRED} or between. */
    public static final ColumnType EVIDENCE = new ColumnType(
            "evidence",
            ColumnType.Kind.UINT8,
            1,
            "1",
            0,
            255,
            1,
            Double.NaN,
            ColumnType.Between.LINEAR,
            ColumnType.Weld.LEAST,
            "trim");
    /** Distance between neighbouring points on the surface, metres. */
    public static final ColumnType SPACING = ColumnType.number("spacing", ColumnType.Kind.FLOAT32, "m", "clean");

    /** What float leaves of a vertex' place beside the mesh's origin, metres: {@code p = origin + xyz + rest}. */
    public static final ColumnType REST = new ColumnType(
            "rest",
            ColumnType.Kind.FLOAT32,
            3,
            "m",
            Double.NaN,
            Double.NaN,
            0,
            Double.NaN,
            ColumnType.Between.NEARER,
            ColumnType.Weld.FIRST,
            "reader");

    /** No column. */
    public static final Columns NONE = new Columns(List.of(), List.of());

    private static final int BLOCK = 1 << 16;

    private final List<ColumnType> types;
    private final List<Object> data;

    private Columns(List<ColumnType> types, List<Object> data) {
        this.types = types;
        this.data = data;
    }

    /** What there is, in order. */
    public List<ColumnType> types() {
        return types;
    }

    /** The place of the named column, or -1. */
    public int indexOf(String name) {
        for (int i = 0; i < types.size(); i++) {
            if (types.get(i).name().equals(name)) {
                return i;
            }
        }
        return -1;
    }

    public boolean has(String name) {
        return indexOf(name) >= 0;
    }

    /** The type of the named column, or null. */
    public @Nullable ColumnType type(String name) {
        int i = indexOf(name);
        return i < 0 ? null : types.get(i);
    }

    /** The array of the named column, of its kind's array type; null where there is no such column. */
    public @Nullable Object array(String name) {
        int i = indexOf(name);
        return i < 0 ? null : data.get(i);
    }

    /** The named column's array, null where there is none; throws where it is of another kind. */
    public byte @Nullable [] bytes(String name) {
        return (byte[]) array(name);
    }

    /** As {@link #bytes}. */
    public char @Nullable [] chars(String name) {
        return (char[]) array(name);
    }

    /** As {@link #bytes}. */
    public int @Nullable [] ints(String name) {
        return (int[]) array(name);
    }

    /** As {@link #bytes}. */
    public float @Nullable [] floats(String name) {
        return (float[]) array(name);
    }

    /** As {@link #bytes}. */
    public double @Nullable [] doubles(String name) {
        return (double[]) array(name);
    }

    /** These columns with one more, at the end, or in the place of the one of that name; null takes it away. */
    public Columns with(ColumnType type, @Nullable Object array) {
        if (array == null) {
            return without(type.name());
        }
        if (!fits(type.kind(), array)) {
            throw new IllegalArgumentException("column " + type.name() + " is " + type.kind() + ", not "
                    + array.getClass().getSimpleName());
        }
        List<ColumnType> t = new ArrayList<>(types);
        List<Object> d = new ArrayList<>(data);
        int i = indexOf(type.name());
        if (i < 0) {
            t.add(type);
            d.add(array);
        } else {
            t.set(i, type);
            d.set(i, array);
        }
        return new Columns(List.copyOf(t), List.copyOf(d));
    }

    public Columns without(String name) {
        return indexOf(name) < 0
                ? this
                : only(types.stream()
                        .map(ColumnType::name)
                        .filter(n -> !n.equals(name))
                        .toList());
    }

    /** Those of the named columns that there are, in this one's order. */
    public Columns only(Collection<String> names) {
        List<ColumnType> t = new ArrayList<>();
        List<Object> d = new ArrayList<>();
        for (int i = 0; i < types.size(); i++) {
            if (names.contains(types.get(i).name())) {
                t.add(types.get(i));
                d.add(data.get(i));
            }
        }
        return t.size() == types.size() ? this : new Columns(List.copyOf(t), List.copyOf(d));
    }

    /** The entries that the first {@code n} of {@code index} name, in that order, of all columns. */
    public Columns pick(int[] index, int n) {
        List<Object> d = new ArrayList<>();
        for (int i = 0; i < types.size(); i++) {
            ColumnType t = types.get(i);
            Object out = make(t, n);
            copy(t, data.get(i), index, 0, n, out);
            d.add(out);
        }
        return new Columns(types, List.copyOf(d));
    }

    /** The entries in {@code runs}, in their order, of all columns. */
    public Columns pick(Runs runs) {
        List<Object> d = new ArrayList<>();
        for (int i = 0; i < types.size(); i++) {
            ColumnType t = types.get(i);
            Object out = make(t, runs.count());
            runs.copy(data.get(i), t.width(), out);
            d.add(out);
        }
        return new Columns(types, List.copyOf(d));
    }

    /** As {@link #pick(int[], int)}, on all threads. */
    public Columns pick(int[] index, int n, Work work) {
        List<Object> d = new ArrayList<>();
        for (int i = 0; i < types.size(); i++) {
            ColumnType t = types.get(i);
            Object from = data.get(i);
            Object out = make(t, n);
            work.blocks(n, BLOCK, (a, b) -> copy(t, from, index, a, b, out));
            d.add(out);
        }
        return new Columns(types, List.copyOf(d));
    }

    /**
     * What stays where entries fall together, by each column's {@link ColumnType.Weld}.
     *
     * @param id the entry that each entry falls to, 0 to {@code count} - 1 in the order of their first; -1 for those to
     *     leave out
     */
    public Columns welded(int[] id, int count) {
        int[] first = new int[count];
        int seen = 0;
        for (int i = 0; i < id.length && seen < count; i++) {
            if (id[i] == seen) {
                first[seen++] = i;
            }
        }
        Columns out = pick(first, count);
        for (int c = 0; c < types.size(); c++) {
            ColumnType t = types.get(c);
            if (t.weld() != ColumnType.Weld.FIRST) {
                for (int i = 0; i < id.length; i++) {
                    for (int k = 0; id[i] >= 0 && first[id[i]] != i && k < t.width(); k++) {
                        join(t, data.get(c), i * t.width() + k, out.data.get(c), id[i] * t.width() + k);
                    }
                }
            }
        }
        return out;
    }

    private static void join(ColumnType t, Object from, int i, Object to, int k) {
        double a = value(t, to, k);
        double b = value(t, from, i);
        double v = switch (t.weld()) {
            case FIRST -> a;
            case LEAST -> t.isNone(a) ? b : t.isNone(b) ? a : Math.min(a, b);
            case GREATEST -> t.isNone(a) ? b : t.isNone(b) ? a : Math.max(a, b);
            case SUM -> a + b;
        };
        switch (t.kind()) {
            case UINT8 -> ((byte[]) to)[k] = (byte) (int) v;
            case UINT16 -> ((char[]) to)[k] = (char) (int) v;
            case INT32 -> ((int[]) to)[k] = (int) v;
            case INT64 -> ((long[]) to)[k] = (long) v;
            case FLOAT32 -> ((float[]) to)[k] = (float) v;
            case FLOAT64 -> ((double[]) to)[k] = v;
        }
    }

    /** An array for {@code n} entries of a column. */
    public static Object make(ColumnType type, int n) {
        int m = Math.multiplyExact(n, type.width());
        return switch (type.kind()) {
            case UINT8 -> new byte[m];
            case UINT16 -> new char[m];
            case INT32 -> new int[m];
            case INT64 -> new long[m];
            case FLOAT32 -> new float[m];
            case FLOAT64 -> new double[m];
        };
    }

    /** The number {@code component} of entry {@code i} of column {@code column}, whatever its kind. */
    public double value(int column, int i, int component) {
        ColumnType t = types.get(column);
        return value(t, data.get(column), i * t.width() + component);
    }

    private static double value(ColumnType type, Object array, int at) {
        return switch (type.kind()) {
            case UINT8 -> ((byte[]) array)[at] & 255;
            case UINT16 -> ((char[]) array)[at];
            case INT32 -> ((int[]) array)[at];
            case INT64 -> ((long[]) array)[at];
            case FLOAT32 -> ((float[]) array)[at];
            case FLOAT64 -> ((double[]) array)[at];
        };
    }

    /** Throws unless every column has {@code n} entries. */
    public void check(int n) {
        for (int i = 0; i < types.size(); i++) {
            int length = java.lang.reflect.Array.getLength(data.get(i));
            if (length != n * types.get(i).width()) {
                throw new IllegalArgumentException(
                        "column " + types.get(i).name() + " has " + length + " numbers, but there are " + n
                                + " entries of " + types.get(i).width());
            }
        }
    }

    private static boolean fits(ColumnType.Kind kind, Object array) {
        return switch (kind) {
            case UINT8 -> array instanceof byte[];
            case UINT16 -> array instanceof char[];
            case INT32 -> array instanceof int[];
            case INT64 -> array instanceof long[];
            case FLOAT32 -> array instanceof float[];
            case FLOAT64 -> array instanceof double[];
        };
    }

    private static void copy(ColumnType type, Object from, int[] index, int first, int n, Object to) {
        int w = type.width();
        switch (type.kind()) {
            case UINT8 -> {
                byte[] a = (byte[]) from;
                byte[] b = (byte[]) to;
                for (int k = first; k < n; k++) {
                    for (int c = 0; c < w; c++) {
                        b[w * k + c] = a[w * index[k] + c];
                    }
                }
            }
            case UINT16 -> {
                char[] a = (char[]) from;
                char[] b = (char[]) to;
                for (int k = first; k < n; k++) {
                    for (int c = 0; c < w; c++) {
                        b[w * k + c] = a[w * index[k] + c];
                    }
                }
            }
            case INT32 -> {
                int[] a = (int[]) from;
                int[] b = (int[]) to;
                for (int k = first; k < n; k++) {
                    for (int c = 0; c < w; c++) {
                        b[w * k + c] = a[w * index[k] + c];
                    }
                }
            }
            case INT64 -> {
                long[] a = (long[]) from;
                long[] b = (long[]) to;
                for (int k = first; k < n; k++) {
                    for (int c = 0; c < w; c++) {
                        b[w * k + c] = a[w * index[k] + c];
                    }
                }
            }
            case FLOAT32 -> {
                float[] a = (float[]) from;
                float[] b = (float[]) to;
                for (int k = first; k < n; k++) {
                    for (int c = 0; c < w; c++) {
                        b[w * k + c] = a[w * index[k] + c];
                    }
                }
            }
            case FLOAT64 -> {
                double[] a = (double[]) from;
                double[] b = (double[]) to;
                for (int k = first; k < n; k++) {
                    for (int c = 0; c < w; c++) {
                        b[w * k + c] = a[w * index[k] + c];
                    }
                }
            }
        }
    }
}
