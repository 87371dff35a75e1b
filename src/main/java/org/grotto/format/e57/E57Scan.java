package org.grotto.format.e57;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.grotto.base.GrottoException;
import org.grotto.format.Column;
import org.grotto.format.Scan;
import org.grotto.geometry.Box;
import org.grotto.geometry.Pose;
import org.jspecify.annotations.Nullable;

/**
 * One element of {@code data3D}: what its header says, and which field feeds which array of a batch.
 *
 * @param prototype the fields in file order
 * @param position indices of the three fields that give the position: x, y, z, or range, azimuth, elevation
 * @param columns index of the field of each of the scan's columns
 * @param invalid index among the columns of the state that belongs to the position, or -1
 */
record E57Scan(Scan scan, E57Prototype prototype, int[] position, boolean spherical, int[] columns, int invalid) {

    /** A quaternion is told to be none of length 1 from here on; what rounding makes is far below. */
    private static final double NOT_UNIT = 1e-3;

    private static final String[] CARTESIAN = {"cartesianX", "cartesianY", "cartesianZ"};
    private static final String[] SPHERICAL = {"sphericalRange", "sphericalAzimuth", "sphericalElevation"};

    /** Reads the element {@code node}; what is seen and not handed on is added to {@code notKept}. */
    static E57Scan read(
            E57Node node,
            String nameWithout,
            int number,
            E57Pages pages,
            E57Header header,
            Map<String, String> namespaces,
            List<String> notKept,
            List<String> understood) {
        E57Node nameNode = node.child("name");
        String name = nameNode == null || nameNode.text.isBlank() ? nameWithout : nameNode.text;
        String where = "scan " + number + " (\"" + name + "\")";
        E57Node points = node.child("points");
        if (points == null) {
            throw GrottoException.badInput(
                    pages.path, header.xmlOffset(), where + ": it has no points element; export the file again.");
        }
        E57Prototype prototype = E57Prototype.read(points, where, pages, header);
        List<E57Field> fields = prototype.fields();
        int[] cartesian = indices(fields, CARTESIAN);
        int[] polar = indices(fields, SPHERICAL);
        boolean spherical = cartesian == null;
        int[] position = cartesian != null ? cartesian : polar;
        if (position == null) {
            throw GrottoException.unsupported(
                    pages.path,
                    where + ": its points have no position: neither cartesianX, Y, Z nor sphericalRange, Azimuth,"
                            + " Elevation are among its fields; export it with coordinates.");
        }

        Set<Integer> used = new HashSet<>(List.of(position[0], position[1], position[2]));
        Set<String> names = new HashSet<>();
        List<Column> columns = new ArrayList<>();
        List<Integer> sources = new ArrayList<>();
        int invalid = -1;
        for (int i = 0; i < fields.size(); i++) {
            E57Field f = fields.get(i);
            if (used.contains(i)) {
                continue;
            }
            if (f.kind() == E57Field.Kind.STRING) {
                notKept.add(where + ": the text field " + f.name());
                continue;
            }
            Column c = column(f, node, spherical, namespaces, names);
            if (c.name().equals(Column.INVALID)) {
                invalid = columns.size();
            }
            columns.add(c);
            sources.add(i);
        }

        Pose pose = pose(node, where, pages, header, understood);
        E57Node guid = node.child("guid");
        E57Field[] xyz = {fields.get(position[0]), fields.get(position[1]), fields.get(position[2])};
        Column.Type type = spherical || xyz[0].type() != xyz[1].type() || xyz[0].type() != xyz[2].type()
                ? Column.Type.DOUBLE
                : xyz[0].type();
        boolean scaled = type == Column.Type.SCALED;
        Box bounds = bounds(node);
        Map<String, String> metadata = metadata(node, where, bounds != null, names, notKept);
        if (spherical) {
            metadata.put("coordinates", "spherical");
        }
        Scan scan = new Scan(
                name,
                guid == null || guid.text.isEmpty() ? null : guid.text,
                pose,
                pose != null || spherical ? new double[3] : null,
                prototype.count(),
                List.copyOf(columns),
                bounds,
                type,
                scaled ? new double[] {xyz[0].scale(), xyz[1].scale(), xyz[2].scale()} : null,
                scaled ? new double[] {xyz[0].offset(), xyz[1].offset(), xyz[2].offset()} : null,
                java.util.Collections.unmodifiableMap(metadata));
        return new E57Scan(
                scan,
                prototype,
                position,
                spherical,
                sources.stream().mapToInt(Integer::intValue).toArray(),
                invalid);
    }

    /** All entries of the header that have no place in {@link Scan} or its columns. */
    private static Map<String, String> metadata(
            E57Node node, String where, boolean bounded, Set<String> columns, List<String> notKept) {
        Set<String> elsewhere = new HashSet<>(List.of("guid", "name", "pose", "points"));
        if (bounded) {
            elsewhere.add("cartesianBounds");
        }
        if (columns.containsAll(List.of(Column.RED, Column.GREEN, Column.BLUE))) {
            elsewhere.add("colorLimits");
        }
        if (columns.contains(Column.INTENSITY)) {
            elsewhere.add("intensityLimits");
        }
        Map<String, String> metadata = new TreeMap<>();
        E57Metadata.flatten(node, where, elsewhere, metadata, notKept);
        return metadata;
    }

    private static int @Nullable [] indices(List<E57Field> fields, String[] names) {
        int[] at = {-1, -1, -1};
        for (int i = 0; i < fields.size(); i++) {
            for (int k = 0; k < 3; k++) {
                E57Field f = fields.get(i);
                if (at[k] < 0 && f.name().equals(names[k]) && f.kind() != E57Field.Kind.STRING) {
                    at[k] = i;
                }
            }
        }
        return at[0] < 0 || at[1] < 0 || at[2] < 0 ? null : at;
    }

    private static Column column(
            E57Field f, E57Node scan, boolean spherical, Map<String, String> namespaces, Set<String> names) {
        int colon = f.name().indexOf(':');
        String uri = colon < 0 ? null : namespaces.get(f.name().substring(0, colon));
        String name =
                spherical && f.name().equals("sphericalInvalidState") ? Column.INVALID : E57Names.column(f.name(), uri);
        if (!names.add(name)) {
            // a second field of that meaning keeps its own name, numbered where that is taken, too
            name = f.name();
            for (int k = 2; !names.add(name); k++) {
                name = f.name() + "#" + k;
            }
        }
        double min = f.smallest();
        double max = f.largest();
        String limits =
                f.name().startsWith("color") ? "colorLimits" : f.name().equals("intensity") ? "intensityLimits" : "";
        E57Node declared = limits.isEmpty() ? null : scan.child(limits);
        if (declared != null) {
            double low = declared.childNumber(f.name() + "Minimum");
            double high = declared.childNumber(f.name() + "Maximum");
            if (low < high) {
                min = low;
                max = high;
            }
        }
        int first = E57Names.first(f.name());
        return new Column(
                name,
                f.type(),
                min + first,
                max + first,
                f.scale(),
                f.offset(),
                uri != null && name.startsWith(f.name()) ? E57Names.NOTE + uri : null);
    }

    static @Nullable Pose pose(E57Node scan, String where, E57Pages pages, E57Header header, List<String> understood) {
        E57Node pose = scan.child("pose");
        if (pose == null) {
            return null;
        }
        E57Node r = pose.child("rotation");
        E57Node t = pose.child("translation");
        double[] q = r == null ? new double[] {1, 0, 0, 0} : numbers(r, "w", "x", "y", "z");
        double[] v = t == null ? new double[3] : numbers(t, "x", "y", "z");
        double length = Math.sqrt(q[0] * q[0] + q[1] * q[1] + q[2] * q[2] + q[3] * q[3]);
        if (length == 0) {
            understood.add(where + ": a pose that is not turned, where its quaternion is 0 0 0 0");
            q[0] = 1;
        } else if (Math.abs(length - 1) > NOT_UNIT && Double.isFinite(length)) {
            understood.add(where + ": a pose whose quaternion of length " + String.format(Locale.ROOT, "%.6g", length)
                    + " was brought to length 1");
        }
        try {
            return new Pose(q[0], q[1], q[2], q[3], v[0], v[1], v[2]);
        } catch (IllegalArgumentException e) {
            throw GrottoException.badInput(
                    pages.path, header.xmlOffset(), where + ": " + e.getMessage() + "; export the file again.");
        }
    }

    private static double[] numbers(E57Node n, String... names) {
        double[] v = new double[names.length];
        for (int i = 0; i < v.length; i++) {
            E57Node c = n.child(names[i]);
            v[i] = c == null ? 0 : c.number();
        }
        return v;
    }

    /** The declared box; null where it is missing, incomplete or the whole range of double, which says nothing. */
    private static @Nullable Box bounds(E57Node scan) {
        E57Node b = scan.child("cartesianBounds");
        if (b == null) {
            return null;
        }
        double[] v = {
            b.childNumber("xMinimum"),
            b.childNumber("yMinimum"),
            b.childNumber("zMinimum"),
            b.childNumber("xMaximum"),
            b.childNumber("yMaximum"),
            b.childNumber("zMaximum")
        };
        for (double d : v) {
            if (!(Math.abs(d) < 1e300)) {
                return null;
            }
        }
        Box box = new Box(v[0], v[1], v[2], v[3], v[4], v[5]);
        return box.isEmpty() ? null : box;
    }
}
