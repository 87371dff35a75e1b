package org.grotto.format.e57;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.grotto.base.GrottoException;
import org.grotto.format.Findings;
import org.jspecify.annotations.Nullable;

/** The elements of the XML section against the standard: which there must be, of which type, within which limits. */
final class E57Tree {
    private static final String ROOT = E57Check.STANDARD + "E57Root";
    private static final String DATA = E57Check.STANDARD + "Data3D";
    private static final String IMAGE = E57Check.STANDARD + "Image2D";
    private static final String TYPES = E57Check.STANDARD + "XML element types";
    static final String RECORD = E57Check.STANDARD + "PointRecord";
    private static final String VECTOR = E57Check.STANDARD + "CompressedVector";
    private static final String EXPORT = E57Check.EXPORT;
    /** A quaternion is none of length one beyond this; what programs round to six digits is told as a note. */
    private static final double UNIT = 1e-3;

    private static final double ROUNDED = 1e-6;

    private static final Set<String> KINDS =
            Set.of("Structure", "Vector", "CompressedVector", "Integer", "ScaledInteger", "Float", "String", "Blob");

    private static final Map<String, String> DATA_TYPES = Map.ofEntries(
            Map.entry("guid", "String"),
            Map.entry("name", "String"),
            Map.entry("description", "String"),
            Map.entry("originalGuids", "Vector"),
            Map.entry("sensorVendor", "String"),
            Map.entry("sensorModel", "String"),
            Map.entry("sensorSerialNumber", "String"),
            Map.entry("sensorHardwareVersion", "String"),
            Map.entry("sensorSoftwareVersion", "String"),
            Map.entry("sensorFirmwareVersion", "String"),
            Map.entry("temperature", "Float"),
            Map.entry("relativeHumidity", "Float"),
            Map.entry("atmosphericPressure", "Float"),
            Map.entry("pose", "Structure"),
            Map.entry("indexBounds", "Structure"),
            Map.entry("cartesianBounds", "Structure"),
            Map.entry("sphericalBounds", "Structure"),
            Map.entry("intensityLimits", "Structure"),
            Map.entry("colorLimits", "Structure"),
            Map.entry("acquisitionStart", "Structure"),
            Map.entry("acquisitionEnd", "Structure"),
            Map.entry("pointGroupingSchemes", "Structure"),
            Map.entry("points", "CompressedVector"),
            Map.entry("associatedData3DGuid", "String"),
            Map.entry("acquisitionDateTime", "Structure"),
            Map.entry("visualReferenceRepresentation", "Structure"),
            Map.entry("pinholeRepresentation", "Structure"),
            Map.entry("sphericalRepresentation", "Structure"),
            Map.entry("cylindricalRepresentation", "Structure"));

    private static final Set<String> FIELDS = Set.of(
            "cartesianX",
            "cartesianY",
            "cartesianZ",
            "sphericalRange",
            "sphericalAzimuth",
            "sphericalElevation",
            "rowIndex",
            "columnIndex",
            "returnCount",
            "returnIndex",
            "timeStamp",
            "intensity",
            "colorRed",
            "colorGreen",
            "colorBlue",
            "cartesianInvalidState",
            "sphericalInvalidState",
            "isTimeStampInvalid",
            "isIntensityInvalid",
            "isColorInvalid");

    private static final List<String> REPRESENTATIONS = List.of(
            "visualReferenceRepresentation",
            "pinholeRepresentation",
            "sphericalRepresentation",
            "cylindricalRepresentation");

    private final E57Node root;
    private final E57Pages pages;
    private final E57Header header;
    private final Findings f;
    private final Map<String, String> namespaces;
    private final Set<String> undeclared = new HashSet<>();
    private final Map<String, String> guids = new HashMap<>();
    private final Set<String> scans = new HashSet<>();
    private final List<Points> points = new ArrayList<>();

    /**
     * The points of a scan, whose description is sound.
     *
     * @param where path of the scan's element
     */
    record Points(String where, E57Node scan, E57Prototype prototype) {}

    E57Tree(E57Node root, E57Pages pages, E57Header header, Findings f) {
        this.root = root;
        this.pages = pages;
        this.header = header;
        this.f = f;
        this.namespaces = E57Prototype.namespaces(root);
    }

    List<Points> points() {
        return points;
    }

    void check() {
        String uri = root.attribute("xmlns");
        if (!E57Names.NAMESPACE.equals(uri)) {
            f.fault(
                    "/e57Root",
                    E57Check.STANDARD + "XML namespaces",
                    "the default namespace is '" + (uri == null ? "" : uri) + "', where '" + E57Names.NAMESPACE
                            + "' is due",
                    EXPORT);
        }
        element(root, "/e57Root");
        E57Node format = root.child("formatName");
        if (format == null || !format.text.equals("ASTM E57 3D Imaging Data File")) {
            f.fault(
                    "/e57Root/formatName",
                    ROOT + ": formatName",
                    format == null
                            ? "is missing"
                            : "is '" + shown(format.text) + "', where 'ASTM E57 3D Imaging Data File' is due",
                    EXPORT);
        }
        guid(root, "/e57Root", ROOT);
        version("versionMajor", 1);
        version("versionMinor", 0);
        date(root.child("creationDateTime"), "/e57Root/creationDateTime");
        int i = 0;
        for (E57Node scan : children("data3D")) {
            scan(scan, "/e57Root/data3D/" + i++);
        }
    }

    private void version(String name, int due) {
        E57Node n = root.child(name);
        if (n == null || n.number() != due) {
            f.fault(
                    "/e57Root/" + name,
                    ROOT + ": " + name,
                    n == null ? "is missing" : "is '" + shown(n.text) + "', where " + due + " is due",
                    EXPORT);
        }
    }

    private List<E57Node> children(String vector) {
        E57Node v = root.child(vector);
        if (v == null) {
            return List.of();
        }
        if (!v.type().equals("Vector")) {
            f.fault("/e57Root/" + vector, ROOT + ": " + vector, "is no Vector but '" + shown(v.type()) + "'", EXPORT);
        }
        return v.children();
    }

    static String shown(String text) {
        return text.length() <= 60 ? text : text.substring(0, 59) + "…";
    }

    /** Types, numbers and prefixes of an element and all below. */
    private void element(E57Node n, String path) {
        String type = n.type();
        if (!KINDS.contains(type)) {
            f.fault(
                    path,
                    TYPES,
                    type.isEmpty() ? "the element has no type" : "the type '" + shown(type) + "' is none of E57's",
                    EXPORT);
        }
        prefix(n.name, path);
        switch (type) {
            case "Integer", "ScaledInteger", "Float" -> number(n, path, type);
            case "Blob" -> {
                whole(n, "fileOffset", path);
                whole(n, "length", path);
            }
            case "CompressedVector" -> {
                whole(n, "fileOffset", path);
                whole(n, "recordCount", path);
            }
            default -> {}
        }
        boolean list = type.equals("Vector");
        Set<String> names = new HashSet<>();
        int i = 0;
        for (E57Node c : n.children()) {
            if (!list && !names.add(c.name)) {
                f.fault(
                        path + "/" + c.name,
                        TYPES + ": Structure",
                        "two elements of a Structure have one name",
                        EXPORT);
            }
            element(c, path + "/" + (list ? String.valueOf(i++) : c.name));
        }
    }

    private void prefix(String name, String path) {
        int colon = name.indexOf(':');
        if (colon > 0
                && !namespaces.containsKey(name.substring(0, colon))
                && undeclared.add(name.substring(0, colon))) {
            f.fault(
                    path,
                    E57Check.STANDARD + "XML namespaces",
                    "the prefix '" + name.substring(0, colon) + "' is declared nowhere",
                    "declare the extension with xmlns on e57Root");
        }
    }

    private void number(E57Node n, String path, String type) {
        boolean whole = !type.equals("Float");
        double min = n.attribute("minimum", Double.NEGATIVE_INFINITY);
        double max = n.attribute("maximum", Double.POSITIVE_INFINITY);
        String t = n.text.strip();
        double value = t.isEmpty() ? 0 : E57Node.parsed(t);
        String precision = n.attribute("precision");
        String clause = TYPES + ": " + type;
        if (Double.isNaN(min) || Double.isNaN(max) || min > max) {
            f.fault(
                    path,
                    clause,
                    "its limits are '" + n.attribute("minimum") + "' and '" + n.attribute("maximum")
                            + "', which are none",
                    EXPORT);
        }
        if (Double.isNaN(value) && !t.equalsIgnoreCase("nan") || whole && value != Math.rint(value)) {
            f.fault(path, clause, "'" + shown(t) + "' is no " + (whole ? "whole number" : "number"), EXPORT);
        } else if (!t.isEmpty() && (value < min || value > max)) {
            f.fault(path, clause, shown(t) + " lies outside of its limits, " + min + " to " + max, EXPORT);
        }
        if (type.equals("ScaledInteger") && !(Math.abs(n.attribute("scale", 1)) > 0)) {
            f.fault(path, clause + ": scale", "the scale is '" + n.attribute("scale") + "'", EXPORT);
        }
        if (precision != null && !precision.equals("single") && !precision.equals("double")) {
            f.fault(path, clause + ": precision", "the precision is '" + shown(precision) + "'", EXPORT);
        }
    }

    private void whole(E57Node n, String attribute, String path) {
        String t = n.attribute(attribute);
        try {
            if (t != null && Long.parseLong(t.strip()) >= 0) {
                return;
            }
        } catch (NumberFormatException e) {
            // told below
        }
        f.fault(
                path,
                TYPES + ": " + n.type(),
                t == null ? "lacks its " + attribute : "has a " + attribute + " of '" + shown(t) + "'",
                EXPORT);
    }

    private void guid(E57Node n, String path, String clause) {
        E57Node g = n.child("guid");
        if (g == null || g.text.isBlank()) {
            f.fault(path + "/guid", clause + ": guid", g == null ? "is missing" : "is empty", EXPORT);
            return;
        }
        String other = guids.putIfAbsent(g.text, path);
        if (other != null) {
            f.fault(
                    path + "/guid",
                    clause + ": guid",
                    "'" + shown(g.text) + "' is that of " + other + ", too, where no two are equal",
                    EXPORT);
        }
    }

    private void types(E57Node n, String path, String clause) {
        for (E57Node c : n.children()) {
            String due = DATA_TYPES.get(c.name);
            boolean number = "Float".equals(due)
                    && (c.type().equals("Integer") || c.type().equals("ScaledInteger"));
            if (due != null && !due.equals(c.type()) && KINDS.contains(c.type())) {
                if (number) {
                    f.note(path + "/" + c.name, clause + ": " + c.name, "is of type " + c.type() + ", not Float", "");
                } else {
                    f.fault(
                            path + "/" + c.name,
                            clause + ": " + c.name,
                            "is of type " + c.type() + ", where " + due + " is due",
                            EXPORT);
                }
            } else if (due == null && c.name.indexOf(':') < 0) {
                f.note(
                        path + "/" + shown(c.name),
                        clause,
                        "is an element that the standard does not name",
                        "give it the prefix of an extension");
            }
        }
    }

    private void scan(E57Node n, String path) {
        guid(n, path, DATA);
        E57Node g = n.child("guid");
        if (g != null) {
            scans.add(g.text);
        }
        types(n, path, DATA);
        pose(n, path);
        date(n.child("acquisitionStart"), path + "/acquisitionStart");
        date(n.child("acquisitionEnd"), path + "/acquisitionEnd");
        E57Node start = n.child("acquisitionStart");
        E57Node end = n.child("acquisitionEnd");
        if (start != null && end != null && start.childNumber("dateTimeValue") > end.childNumber("dateTimeValue")) {
            f.note(path + "/acquisitionEnd", DATA + ": acquisitionEnd", "lies before acquisitionStart", "");
        }
        String[] cartesian = {"x", "y", "z"};
        bounds(n, path, "cartesianBounds", cartesian);
        bounds(n, path, "sphericalBounds", new String[] {"range", "elevation"});
        bounds(n, path, "indexBounds", new String[] {"row", "column", "return"});
        bounds(n, path, "intensityLimits", new String[] {"intensity"});
        bounds(n, path, "colorLimits", new String[] {"colorRed", "colorGreen", "colorBlue"});
        range(n, path, "temperature", -273.15, Double.POSITIVE_INFINITY);
        range(n, path, "relativeHumidity", 0, 100);
        range(n, path, "atmosphericPressure", 0, Double.POSITIVE_INFINITY);
        points(n, path);
    }

    private void range(E57Node n, String path, String name, double min, double max) {
        double v = n.childNumber(name);
        if (v < min || v > max) {
            f.fault(path + "/" + name, DATA + ": " + name, v + " cannot be, in the standard's unit", EXPORT);
        }
    }

    private void bounds(E57Node scan, String path, String name, String[] axes) {
        E57Node b = scan.child(name);
        if (b == null) {
            return;
        }
        String clause = E57Check.STANDARD + name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
        boolean all = name.equals("cartesianBounds") || name.equals("colorLimits") || name.equals("intensityLimits");
        for (String axis : axes) {
            E57Node low = b.child(axis + "Minimum");
            E57Node high = b.child(axis + "Maximum");
            if (all && (low == null || high == null)) {
                f.fault(path + "/" + name, clause, "lacks " + axis + (low == null ? "Minimum" : "Maximum"), EXPORT);
            } else if (low != null && high != null && low.number() > high.number()) {
                f.fault(
                        path + "/" + name,
                        clause,
                        axis + "Minimum, " + low.number() + ", is above " + axis + "Maximum, " + high.number(),
                        EXPORT);
            }
        }
    }

    private void pose(E57Node n, String path) {
        E57Node pose = n.child("pose");
        if (pose == null) {
            return;
        }
        E57Node r = pose.child("rotation");
        E57Node t = pose.child("translation");
        String clause = E57Check.STANDARD + "RigidBodyTransform";
        if (r == null || t == null) {
            f.note(
                    path + "/pose",
                    clause,
                    "lacks its " + (r == null ? "rotation" : "translation"),
                    "none is taken for it");
        }
        if (t != null) {
            complete(t, path + "/pose/translation", clause + ": translation", "x", "y", "z");
        }
        if (r == null || !complete(r, path + "/pose/rotation", clause + ": Quaternion", "w", "x", "y", "z")) {
            return;
        }
        double length = Math.hypot(
                Math.hypot(r.childNumber("w"), r.childNumber("x")), Math.hypot(r.childNumber("y"), r.childNumber("z")));
        String found = String.format(Locale.ROOT, "the quaternion has the length %.9g, where 1 is due", length);
        if (Math.abs(length - 1) > UNIT || Double.isNaN(length)) {
            f.fault(path + "/pose/rotation", clause + ": Quaternion", found, "export the scan with its pose again");
        } else if (Math.abs(length - 1) > ROUNDED) {
            f.note(path + "/pose/rotation", clause + ": Quaternion", found, "write more digits");
        }
    }

    private boolean complete(E57Node n, String path, String clause, String... parts) {
        for (String p : parts) {
            if (n.child(p) == null || Double.isNaN(n.childNumber(p))) {
                f.fault(path + "/" + p, clause, n.child(p) == null ? "is missing" : "is no number", EXPORT);
                return false;
            }
        }
        return true;
    }

    private void date(@Nullable E57Node n, String path) {
        if (n == null) {
            return;
        }
        String clause = E57Check.STANDARD + "DateTime";
        if (n.child("dateTimeValue") == null) {
            f.fault(path + "/dateTimeValue", clause, "is missing", EXPORT);
        } else if (n.childNumber("dateTimeValue") < 0) {
            f.note(path + "/dateTimeValue", clause, "lies before 6 January 1980", "");
        }
        double atomic = n.childNumber("isAtomicClockReferenced");
        if (!Double.isNaN(atomic) && atomic != 0 && atomic != 1) {
            f.fault(path + "/isAtomicClockReferenced", clause, "is " + atomic + ", where 0 or 1 is due", EXPORT);
        }
    }

    private void points(E57Node n, String path) {
        E57Node p = n.child("points");
        if (p == null) {
            f.fault(path + "/points", DATA + ": points", "is missing", EXPORT);
            return;
        }
        E57Prototype prototype;
        try {
            prototype = E57Prototype.read(p, "points", pages, header);
        } catch (GrottoException e) {
            if (e.kind() != GrottoException.Kind.BAD_INPUT) {
                throw e;
            }
            String m = String.valueOf(e.getMessage());
            String said = m.substring(m.indexOf("points: ") + 8).replaceAll("; [^;]*$", "");
            f.fault(path + "/points", VECTOR, said, EXPORT);
            return;
        }
        fields(prototype, n, path);
        points.add(new Points(path, n, prototype));
    }

    private void fields(E57Prototype prototype, E57Node scan, String path) {
        Map<String, E57Field> all = new HashMap<>();
        String at = path + "/points/prototype";
        for (E57Field field : prototype.fields()) {
            all.put(field.name(), field);
            String name = field.name();
            if (name.indexOf(':') < 0 && !FIELDS.contains(name)) {
                f.note(
                        at + "/" + shown(name),
                        RECORD,
                        "is a field that the standard does not name",
                        "give it the prefix of an extension");
            }
        }
        boolean cartesian = group(all, at, "cartesianX", "cartesianY", "cartesianZ");
        boolean spherical = group(all, at, "sphericalRange", "sphericalAzimuth", "sphericalElevation");
        if (!cartesian && !spherical && !prototype.fields().isEmpty()) {
            f.fault(at, RECORD, "has neither cartesian nor spherical coordinates", EXPORT);
        }
        boolean colour = group(all, at, "colorRed", "colorGreen", "colorBlue");
        if (colour && scan.child("colorLimits") == null) {
            f.note(
                    path,
                    DATA + ": colorLimits",
                    "colorLimits are missing, where the points have colours",
                    "readers then take the range of the type");
        }
        if (all.containsKey("intensity") && scan.child("intensityLimits") == null) {
            f.note(
                    path,
                    DATA + ": intensityLimits",
                    "intensityLimits are missing, where the points have intensities",
                    "readers then take the range of the type");
        }
        for (String name : List.of("rowIndex", "columnIndex", "returnIndex", "returnCount")) {
            integer(all, at, name, Long.MIN_VALUE, Long.MAX_VALUE);
        }
        for (String name : List.of("cartesianInvalidState", "sphericalInvalidState")) {
            integer(all, at, name, 0, 2);
        }
        for (String name : List.of("isTimeStampInvalid", "isIntensityInvalid", "isColorInvalid")) {
            integer(all, at, name, 0, 1);
        }
    }

    /** Whether all three are there; some without the others are a fault. */
    private boolean group(Map<String, E57Field> all, String at, String... names) {
        int n = 0;
        for (String name : names) {
            n += all.containsKey(name) ? 1 : 0;
        }
        if (n > 0 && n < 3) {
            f.fault(at, RECORD, "has " + n + " of the three fields " + String.join(", ", names), EXPORT);
        }
        return n == 3;
    }

    private void integer(Map<String, E57Field> all, String at, String name, long min, long max) {
        E57Field field = all.get(name);
        if (field == null) {
            return;
        }
        if (field.kind() != E57Field.Kind.INTEGER) {
            f.fault(at + "/" + name, RECORD + ": " + name, "is no Integer", EXPORT);
        } else if (field.min() < min || field.max() > max) {
            f.note(
                    at + "/" + name,
                    RECORD + ": " + name,
                    "has the limits " + field.min() + " to " + field.max() + ", where " + min + " to " + max + " do",
                    "");
        }
    }

    /** The pictures: descriptions and binary parts. */
    void images() {
        int i = 0;
        for (E57Node n : children("images2D")) {
            String path = "/e57Root/images2D/" + i++;
            guid(n, path, IMAGE);
            types(n, path, IMAGE);
            pose(n, path);
            date(n.child("acquisitionDateTime"), path + "/acquisitionDateTime");
            E57Node of = n.child("associatedData3DGuid");
            if (of != null && !scans.contains(of.text)) {
                f.note(
                        path + "/associatedData3DGuid",
                        IMAGE + ": associatedData3DGuid",
                        "names '" + shown(of.text) + "', which no scan of the file has",
                        "");
            }
            int kinds = 0;
            for (String name : REPRESENTATIONS) {
                E57Node r = n.child(name);
                if (r != null) {
                    kinds++;
                    new E57PictureCheck(pages, f).check(r, path + "/" + name);
                }
            }
            if (kinds == 0) {
                f.fault(path, IMAGE, "has no representation, hence no picture", EXPORT);
            }
        }
    }
}
