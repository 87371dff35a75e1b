package org.grotto.format.e57;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.grotto.format.Column;
import org.grotto.format.Scan;
import org.grotto.geometry.Box;
import org.jspecify.annotations.Nullable;

/** Which fields a scan is written with: x, y, z, then its columns. */
final class E57Layout {
    private final E57WriteOptions options;
    /** Prefix to URI of the extensions in use, over all scans of the file. */
    final Map<String, String> namespaces = new TreeMap<>();

    E57Layout(E57WriteOptions options) {
        this.options = options;
    }

    List<E57Field> fields(Scan scan) {
        List<E57Field> fields = new ArrayList<>();
        for (int axis = 0; axis < 3; axis++) {
            fields.add(coordinate(scan, axis));
        }
        Set<String> names = new HashSet<>(Set.of("cartesianX", "cartesianY", "cartesianZ"));
        for (Column c : scan.columns()) {
            String name = name(c, names);
            fields.add(field(name, c.name().equals(Column.RETURN) ? fromZero(c) : c));
        }
        return fields;
    }

    private static Column fromZero(Column c) {
        return new Column(c.name(), c.type(), c.min() - 1, c.max() - 1, c.scale(), c.offset(), c.note());
    }

    private E57Field coordinate(Scan scan, int axis) {
        String name = "cartesian" + "XYZ".charAt(axis);
        return switch (options.coordinates()) {
            case FLOAT -> E57Field.floating(name, true);
            case DOUBLE -> E57Field.floating(name, false);
            case SCALED -> {
                double[] given = scan.xyzOffset();
                double offset = given != null ? given[axis] : middle(scan.bounds(), axis);
                yield scaled(name, scan.bounds(), axis, options.step(), offset);
            }
            case AS_GIVEN ->
                switch (scan.xyzType()) {
                    case FLOAT -> E57Field.floating(name, true);
                    case DOUBLE -> E57Field.floating(name, false);
                    case SCALED -> {
                        double[] scale = scan.xyzScale();
                        double[] offset = scan.xyzOffset();
                        yield scale == null || scale[axis] == 0
                                ? E57Field.floating(name, false)
                                : scaled(name, scan.bounds(), axis, scale[axis], offset == null ? 0 : offset[axis]);
                    }
                    default -> scaled(name, scan.bounds(), axis, 1, 0);
                };
        };
    }

    /** A whole number near the middle of the box: steps then need few bits even far from the origin. */
    private static double middle(@Nullable Box b, int axis) {
        if (b == null || b.isEmpty()) {
            return 0;
        }
        double m = (low(b, axis) + high(b, axis)) / 2;
        return Double.isFinite(m) ? Math.rint(m) : 0;
    }

    private static double low(Box b, int axis) {
        return axis == 0 ? b.minX() : axis == 1 ? b.minY() : b.minZ();
    }

    private static double high(Box b, int axis) {
        return axis == 0 ? b.maxX() : axis == 1 ? b.maxY() : b.maxZ();
    }

    private E57Field scaled(String name, @Nullable Box b, int axis, double scale, double offset) {
        double low = b == null ? Double.NaN : (low(b, axis) - offset) / scale;
        double high = b == null ? Double.NaN : (high(b, axis) - offset) / scale;
        return steps(name, Math.min(low, high), Math.max(low, high), scale, offset);
    }

    /** Low and high are limits in steps, or NaN; only when packing are they taken at their word. */
    private E57Field steps(String name, double low, double high, double scale, double offset) {
        boolean known = Math.abs(low) < 0x1p52 && Math.abs(high) < 0x1p52 && low <= high;
        if (known && options.packed()) {
            return E57Field.scaled(name, (long) Math.rint(low), (long) Math.rint(high), scale, offset);
        }
        boolean wide = known && (low < -0x1p30 || high > 0x1p30);
        long half = 1L << (wide ? 55 : 31);
        return E57Field.scaled(name, -half, half - 1, scale, offset);
    }

    private E57Field field(String name, Column c) {
        return switch (c.type()) {
            case FLOAT -> E57Field.floating(name, true);
            case DOUBLE -> E57Field.floating(name, false);
            case SCALED -> {
                double low = (c.min() - c.offset()) / c.scale();
                double high = (c.max() - c.offset()) / c.scale();
                boolean known = Math.abs(low) < 0x1p62 && Math.abs(high) < 0x1p62;
                if (known && options.packed()) {
                    long a = (long) Math.rint(Math.min(low, high));
                    long b = (long) Math.rint(Math.max(low, high));
                    yield E57Field.scaled(name, a, b, c.scale(), c.offset());
                }
                yield E57Field.scaled(name, -(1L << 55), (1L << 55) - 1, c.scale(), c.offset());
            }
            default -> integer(name, c);
        };
    }

    private E57Field integer(String name, Column c) {
        long low;
        long high;
        switch (c.type()) {
            case INT8 -> {
                low = Byte.MIN_VALUE;
                high = Byte.MAX_VALUE;
            }
            case UINT8 -> {
                low = 0;
                high = 0xff;
            }
            case INT16 -> {
                low = Short.MIN_VALUE;
                high = Short.MAX_VALUE;
            }
            case UINT16 -> {
                low = 0;
                high = 0xffff;
            }
            case INT32 -> {
                low = Integer.MIN_VALUE;
                high = Integer.MAX_VALUE;
            }
            case UINT32 -> {
                low = 0;
                high = 0xffff_ffffL;
            }
            case UINT64 -> {
                low = 0;
                high = Long.MAX_VALUE; // E57 integers are signed
            }
            default -> {
                low = Long.MIN_VALUE;
                high = Long.MAX_VALUE;
            }
        }
        boolean known = c.min() == Math.rint(c.min()) && c.max() == Math.rint(c.max()) && c.min() <= c.max();
        if (known && options.packed() && c.min() >= low && c.max() <= high) {
            return E57Field.integer(name, (long) c.min(), (long) c.max());
        }
        return E57Field.integer(name, low, high);
    }

    /** The E57 name of a column; an extension's name keeps its prefix when the column knows the extension. */
    private String name(Column c, Set<String> taken) {
        String standard = E57Names.standard(c.name());
        if (standard != null && taken.add(standard)) {
            if (standard.startsWith(E57Names.NORMALS_PREFIX + ":")) {
                namespaces.put(E57Names.NORMALS_PREFIX, E57Names.NORMALS_URI);
            }
            return standard;
        }
        String note = c.note();
        int colon = c.name().indexOf(':');
        if (note != null && note.startsWith(E57Names.NOTE) && colon > 0) {
            String prefix = c.name().substring(0, colon);
            String uri = note.substring(E57Names.NOTE.length());
            boolean free = !prefix.startsWith("xml")
                    && !prefix.equals(E57Names.OWN_PREFIX)
                    && namespaces.getOrDefault(prefix, uri).equals(uri)
                    && (!prefix.equals(E57Names.NORMALS_PREFIX) || uri.contains("surface_normals"));
            if (free
                    && E57Names.isPlain(prefix)
                    && E57Names.isPlain(c.name().substring(colon + 1))
                    && taken.add(c.name())) {
                namespaces.put(prefix, uri);
                return c.name();
            }
        }
        namespaces.put(E57Names.OWN_PREFIX, E57Names.OWN_URI);
        String own = E57Names.OWN_PREFIX + ":" + E57Names.escape(c.name());
        for (int k = 2; !taken.add(own); k++) {
            own = E57Names.OWN_PREFIX + ":" + E57Names.escape(c.name() + "#" + k);
        }
        return own;
    }
}
