package org.grotto.format.e57;

import java.util.Map;
import java.util.TreeMap;
import org.grotto.format.Column;
import org.grotto.format.Scan;
import org.grotto.geometry.Box;
import org.grotto.geometry.Pose;
import org.jspecify.annotations.Nullable;

/** Writes the header of one scan, an element of {@code data3D}, after its points are written. */
final class E57ScanXml {
    private final E57Text xml;
    private final Map<String, String> namespaces;

    E57ScanXml(E57Text xml, Map<String, String> namespaces) {
        this.xml = xml;
        this.namespaces = namespaces;
    }

    void write(E57Section s, String guid) {
        Scan scan = s.scan;
        xml.structure("vectorChild");
        xml.string("guid", guid);
        xml.string("name", scan.name());
        if (scan.pose() != null) {
            pose(scan.pose());
        }
        Map<String, String> rest = new TreeMap<>(scan.metadata());
        rest.remove("coordinates"); // written as cartesian, whatever they were
        known(rest);
        bounds(s.bounds());
        indexBounds(s, rest);
        colours(s, rest);
        intensity(s, rest);
        rest.keySet().removeIf(k -> k.startsWith("cartesianBounds/"));
        own(rest);
        points(s);
        xml.close("vectorChild");
    }

    void pose(Pose p) {
        xml.structure("pose");
        xml.structure("rotation");
        xml.floating("w", p.qw());
        xml.floating("x", p.qx());
        xml.floating("y", p.qy());
        xml.floating("z", p.qz());
        xml.close("rotation");
        xml.structure("translation");
        xml.floating("x", p.tx());
        xml.floating("y", p.ty());
        xml.floating("z", p.tz());
        xml.close("translation");
        xml.close("pose");
    }

    /** Writes the entries that the standard has an element for, and takes them out of {@code rest}. */
    void known(Map<String, String> rest) {
        for (String key : new String[] {
            "description",
            "sensorVendor",
            "sensorModel",
            "sensorSerialNumber",
            "sensorHardwareVersion",
            "sensorSoftwareVersion",
            "sensorFirmwareVersion"
        }) {
            String v = rest.remove(key);
            if (v != null) {
                xml.string(key, v);
            }
        }
        for (String key : new String[] {"temperature", "relativeHumidity", "atmosphericPressure"}) {
            double v = number(rest.get(key));
            if (Double.isFinite(v)) {
                rest.remove(key);
                xml.floating(key, v);
            }
        }
        date("acquisitionStart", rest);
        date("acquisitionEnd", rest);
        if (rest.containsKey("originalGuids/0")) {
            xml.vector("originalGuids", false);
            for (int i = 0; ; i++) {
                String v = rest.remove("originalGuids/" + i);
                if (v == null) {
                    break;
                }
                xml.string("vectorChild", v);
            }
            xml.close("originalGuids");
        }
    }

    void date(String key, Map<String, String> rest) {
        double gps = number(rest.get(key + "/dateTimeValue"));
        if (Double.isNaN(gps) && rest.containsKey(key)) {
            gps = E57Time.gps(rest.getOrDefault(key, ""));
        }
        if (!Double.isFinite(gps)) {
            return;
        }
        double atomic = number(rest.get(key + "/isAtomicClockReferenced"));
        rest.remove(key);
        rest.remove(key + "/dateTimeValue");
        rest.remove(key + "/isAtomicClockReferenced");
        dateElement(xml, key, gps, atomic == 1);
    }

    static void dateElement(E57Text xml, String name, double gps, boolean atomic) {
        xml.structure(name);
        xml.floating("dateTimeValue", gps);
        xml.integer("isAtomicClockReferenced", atomic ? 1 : 0);
        xml.close(name);
    }

    private static double number(@Nullable String text) {
        try {
            return text == null ? Double.NaN : Double.parseDouble(text);
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }

    private void bounds(Box b) {
        if (b.isEmpty()) {
            return;
        }
        xml.structure("cartesianBounds");
        xml.floating("xMinimum", b.minX());
        xml.floating("xMaximum", b.maxX());
        xml.floating("yMinimum", b.minY());
        xml.floating("yMaximum", b.maxY());
        xml.floating("zMinimum", b.minZ());
        xml.floating("zMaximum", b.maxZ());
        xml.close("cartesianBounds");
    }

    private void indexBounds(E57Section s, Map<String, String> rest) {
        String[] columns = {"rowIndex", "columnIndex", "returnIndex"};
        String[] names = {"row", "column", "return"};
        boolean open = false;
        for (int i = 0; i < 3; i++) {
            E57Packer p = packer(s, columns[i]);
            if (p == null || !(p.min <= p.max)) {
                continue;
            }
            if (!open) {
                xml.structure("indexBounds");
                open = true;
            }
            xml.integer(names[i] + "Minimum", (long) p.min);
            xml.integer(names[i] + "Maximum", (long) p.max);
        }
        if (open) {
            xml.close("indexBounds");
            rest.keySet().removeIf(k -> k.startsWith("indexBounds/"));
        }
    }

    private static @Nullable E57Packer packer(E57Section s, String field) {
        for (E57Packer p : s.packers) {
            if (p.field.name().equals(field)) {
                return p;
            }
        }
        return null;
    }

    private void colours(E57Section s, Map<String, String> rest) {
        String[] fields = {"colorRed", "colorGreen", "colorBlue"};
        if (packer(s, fields[0]) == null || packer(s, fields[1]) == null || packer(s, fields[2]) == null) {
            return;
        }
        rest.keySet().removeIf(k -> k.startsWith("colorLimits/"));
        xml.structure("colorLimits");
        for (String f : fields) {
            limits(s, f);
        }
        xml.close("colorLimits");
    }

    private void intensity(E57Section s, Map<String, String> rest) {
        E57Packer p = packer(s, "intensity");
        if (p == null) {
            return;
        }
        rest.keySet().removeIf(k -> k.startsWith("intensityLimits/"));
        double[] limit = limit(s, p);
        if (limit[0] <= limit[1]) {
            xml.structure("intensityLimits");
            limits(s, "intensity");
            xml.close("intensityLimits");
        }
    }

    /** What the column declares; else the range of a small integer type; else what occurred. */
    private static double[] limit(E57Section s, E57Packer p) {
        for (int i = 0; i < s.scan.columns().size(); i++) {
            if (s.packers[3 + i] == p) {
                Column c = s.scan.columns().get(i);
                if (Double.isFinite(c.min()) && Double.isFinite(c.max()) && c.min() <= c.max()) {
                    return new double[] {c.min(), c.max()};
                }
                if (c.type() == Column.Type.UINT8 || c.type() == Column.Type.UINT16) {
                    return new double[] {0, c.type() == Column.Type.UINT8 ? 0xff : 0xffff};
                }
            }
        }
        return new double[] {p.min, p.max};
    }

    private void limits(E57Section s, String field) {
        E57Packer p = packer(s, field);
        if (p == null) {
            return;
        }
        double[] l = limit(s, p);
        if (!(l[0] <= l[1])) {
            l = new double[] {0, 0};
        }
        for (int i = 0; i < 2; i++) {
            String name = field + (i == 0 ? "Minimum" : "Maximum");
            if (p.field.kind() == E57Field.Kind.INTEGER && l[i] == Math.rint(l[i])) {
                xml.integer(name, (long) l[i]);
            } else {
                xml.floating(name, l[i]);
            }
        }
    }

    /** What the standard has no element for. */
    void own(Map<String, String> rest) {
        if (rest.isEmpty()) {
            return;
        }
        namespaces.put(E57Names.OWN_PREFIX, E57Names.OWN_URI);
        xml.vector(E57Metadata.OWN, false);
        rest.forEach((key, value) -> {
            xml.structure("vectorChild");
            xml.string(E57Names.OWN_PREFIX + ":key", key);
            xml.string(E57Names.OWN_PREFIX + ":value", value);
            xml.close("vectorChild");
        });
        xml.close(E57Metadata.OWN);
    }

    private void points(E57Section s) {
        xml.open(
                "points",
                "type=\"CompressedVector\" fileOffset=\"" + s.fileOffset + "\" recordCount=\"" + s.count + "\"");
        xml.structure("prototype");
        for (E57Packer p : s.packers) {
            E57Field f = p.field;
            switch (f.kind()) {
                case SINGLE -> xml.empty(f.name(), "type=\"Float\" precision=\"single\"");
                case DOUBLE -> xml.empty(f.name(), "type=\"Float\"");
                case INTEGER -> xml.empty(f.name(), "type=\"Integer\"" + limits(f));
                case SCALED ->
                    xml.empty(
                            f.name(),
                            "type=\"ScaledInteger\"" + limits(f) + " scale=\"" + f.scale() + "\" offset=\"" + f.offset()
                                    + "\"");
                case STRING -> throw new IllegalArgumentException("a text field is not written");
            }
        }
        xml.close("prototype");
        xml.vector("codecs", true);
        xml.close("codecs");
        xml.close("points");
    }

    private static String limits(E57Field f) {
        return " minimum=\"" + f.min() + "\" maximum=\"" + f.max() + "\"";
    }
}
