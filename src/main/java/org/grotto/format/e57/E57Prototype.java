package org.grotto.format.e57;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.grotto.base.GrottoException;

/** The fields of a scan's points, read from its {@code points} element, and where their bytes are. */
record E57Prototype(List<E57Field> fields, long fileOffset, long count) {
    /** Every packet lists the length of each field's part in 16 bits; real scans have a dozen fields. */
    private static final int MAX_FIELDS = 1000;

    static E57Prototype read(E57Node points, String where, E57Pages pages, E57Header header) {
        Parser p = new Parser(where, pages, header);
        if (!points.type().equals("CompressedVector")) {
            throw p.bad("its 'points' element is no CompressedVector");
        }
        E57Node prototype = points.child("prototype");
        if (prototype == null) {
            throw p.bad("it has no prototype, so nobody can know what its points consist of");
        }
        p.codecs(points);
        List<E57Field> fields = new ArrayList<>();
        p.leaves(prototype, "", fields);
        long count = p.integer(points, "recordCount");
        long offset = p.integer(points, "fileOffset");
        if (count < 0) {
            throw p.bad("it claims " + count + " points");
        }
        if (count > 0) {
            p.checkCount(fields, count, offset);
        }
        return new E57Prototype(List.copyOf(fields), offset, count);
    }

    /** Bits that all fields of one point take at least. */
    static long bits(List<E57Field> fields) {
        long bits = 0;
        for (E57Field f : fields) {
            bits += f.width();
        }
        return bits;
    }

    /** Whether {@code count} points can stand in {@code bytes}; points of zero bits are granted one bit each. */
    static boolean fits(List<E57Field> fields, long count, long bytes) {
        return count <= Math.max(0, bytes) * 8 / Math.max(1, bits(fields));
    }

    /** The index of the field called {@code name}, or -1. */
    int index(String name) {
        for (int i = 0; i < fields.size(); i++) {
            if (fields.get(i).name().equals(name)) {
                return i;
            }
        }
        return -1;
    }

    private record Parser(String where, E57Pages pages, E57Header header) {

        GrottoException bad(String what) {
            return GrottoException.badInput(
                    pages.path, header.xmlOffset(), where + ": " + what + "; export the file again.");
        }

        void codecs(E57Node points) {
            E57Node codecs = points.child("codecs");
            if (codecs == null) {
                return;
            }
            for (E57Node codec : codecs.children()) {
                for (E57Node part : codec.children()) {
                    if (!part.name.equals("inputs") && !part.name.equals("bitPackCodec")) {
                        throw GrottoException.unsupported(
                                pages.path,
                                where + ": its points are coded with '" + part.name
                                        + "', but only bitPackCodec is known; export the file without it.");
                    }
                }
            }
        }

        void leaves(E57Node structure, String path, List<E57Field> fields) {
            for (E57Node n : structure.children()) {
                if (n.type().equals("Structure") || n.type().equals("Vector")) {
                    leaves(n, path + n.name + "/", fields);
                } else {
                    if (fields.size() >= MAX_FIELDS) {
                        throw bad("its points have more than " + MAX_FIELDS + " fields");
                    }
                    fields.add(leaf(n, path + n.name));
                }
            }
        }

        private E57Field leaf(E57Node n, String name) {
            return switch (n.type()) {
                case "Float" -> floating(n, name);
                case "Integer", "ScaledInteger" -> integral(n, name);
                case "String" -> new E57Field(name, E57Field.Kind.STRING, 0, 0, 1, 0, Double.NaN, Double.NaN);
                default -> throw bad("the field " + name + " has the type '" + n.type() + "'");
            };
        }

        private E57Field floating(E57Node n, String name) {
            String precision = n.attribute("precision");
            boolean single = "single".equals(precision);
            if (!single && precision != null && !precision.equals("double")) {
                throw bad("the field " + name + " has the precision '" + precision + "'");
            }
            return new E57Field(
                    name,
                    single ? E57Field.Kind.SINGLE : E57Field.Kind.DOUBLE,
                    0,
                    0,
                    1,
                    0,
                    n.attribute("minimum", Double.NaN),
                    n.attribute("maximum", Double.NaN));
        }

        private E57Field integral(E57Node n, String name) {
            long min = n.attribute("minimum") == null ? Long.MIN_VALUE : integer(n, "minimum");
            long max = n.attribute("maximum") == null ? Long.MAX_VALUE : integer(n, "maximum");
            double scale = n.attribute("scale", 1);
            double offset = n.attribute("offset", 0);
            if (min > max) {
                throw bad("the field " + name + " has a minimum of " + min + " above its maximum of " + max);
            }
            if (n.type().equals("Integer")) {
                return E57Field.integer(name, min, max);
            }
            if (!Double.isFinite(scale) || !Double.isFinite(offset) || scale == 0) {
                throw bad("the field " + name + " has the scale '" + n.attribute("scale") + "' and the offset '"
                        + n.attribute("offset") + "'");
            }
            return E57Field.scaled(name, min, max, scale, offset);
        }

        long integer(E57Node n, String attribute) {
            String t = n.attribute(attribute);
            if (t == null) {
                throw bad("<" + n.name + "> lacks its " + attribute);
            }
            try {
                return Long.parseLong(t.strip());
            } catch (NumberFormatException e) {
                throw bad("<" + n.name + "> has a " + attribute + " of '" + t + "', which is no whole number");
            }
        }

        void checkCount(List<E57Field> fields, long count, long offset) {
            if (fields.isEmpty()) {
                throw bad("it claims " + count + " points, but its prototype is empty");
            }
            if (!pages.canStart(offset)) {
                throw bad("its points should stand at byte " + offset + ", where they cannot in a file of "
                        + pages.length() + " bytes");
            }
            long bytes = pages.logicalLength() - E57Pages.logical(offset);
            if (!fits(fields, count, bytes)) {
                throw bad("it claims " + count + " points of at least " + bits(fields) + " bits each, but only " + bytes
                        + " bytes of the file are left for them");
            }
        }
    }

    /** Namespace prefixes declared on the root element, with their URIs. */
    static Map<String, String> namespaces(E57Node root) {
        Map<String, String> m = new java.util.TreeMap<>();
        for (String a : root.attributeNames()) {
            if (a.startsWith("xmlns:")) {
                String uri = root.attribute(a);
                m.put(a.substring(6), uri == null ? "" : uri);
            }
        }
        return m;
    }
}
