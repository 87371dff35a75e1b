package org.grotto.format.e57;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An element of an E57 file's XML section: what E57 calls a node. Names carry their namespace prefix. */
final class E57Node {
    final String name;
    /** Attribute names and values by turns. */
    private final String[] attributes;

    private @Nullable List<E57Node> children;
    /** Character data; empty for an element that has children. */
    String text = "";

    E57Node(String name, String[] attributes) {
        this.name = name;
        this.attributes = attributes;
    }

    void add(E57Node child) {
        if (children == null) {
            children = new ArrayList<>(4);
        }
        children.add(child);
    }

    List<E57Node> children() {
        return children == null ? List.of() : children;
    }

    /** The first child of that name. */
    @Nullable
    E57Node child(String childName) {
        for (E57Node c : children()) {
            if (c.name.equals(childName)) {
                return c;
            }
        }
        return null;
    }

    @Nullable
    String attribute(String attribute) {
        for (int i = 0; i < attributes.length; i += 2) {
            if (attributes[i].equals(attribute)) {
                return attributes[i + 1];
            }
        }
        return null;
    }

    List<String> attributeNames() {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < attributes.length; i += 2) {
            names.add(attributes[i]);
        }
        return names;
    }

    /** Structure, Vector, CompressedVector, Integer, ScaledInteger, Float, String or Blob; empty where missing. */
    String type() {
        String t = attribute("type");
        return t == null ? "" : t;
    }

    /** The value of a number node, scaled; an empty one is 0; NaN where it is no number. */
    double number() {
        String t = text.strip();
        double v = t.isEmpty() ? 0 : parsed(t);
        return type().equals("ScaledInteger") ? v * attribute("scale", 1) + attribute("offset", 0) : v;
    }

    /** A number attribute; {@code absent} where missing, NaN where it is no number. */
    double attribute(String attribute, double absent) {
        String t = attribute(attribute);
        return t == null ? absent : parsed(t.strip());
    }

    /** The value of the named number child, or NaN where there is none. */
    double childNumber(String childName) {
        E57Node c = child(childName);
        return c == null ? Double.NaN : c.number();
    }

    /** Whether a text here or below has characters that could not be decoded. */
    boolean garbled() {
        if (text.indexOf('\ufffd') >= 0) {
            return true;
        }
        for (E57Node c : children()) {
            if (c.garbled()) {
                return true;
            }
        }
        return false;
    }

    static double parsed(String t) {
        try {
            return Double.parseDouble(t);
        } catch (NumberFormatException e) {
            return switch (t.toLowerCase(java.util.Locale.ROOT)) {
                case "inf", "+inf" -> Double.POSITIVE_INFINITY;
                case "-inf" -> Double.NEGATIVE_INFINITY;
                default -> Double.NaN;
            };
        }
    }
}
