package org.grotto.format.e57;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a header says besides points and pose, as keys and values: the path of each element and its text. */
final class E57Metadata {
    /** Our own vector of keys and values in a scan, written by {@link E57ScanXml}. */
    static final String OWN = E57Names.OWN_PREFIX + ":metadata";

    private E57Metadata() {}

    /**
     * Adds every scalar below {@code node} to {@code to}: "temperature", "acquisitionStart/dateTimeValue",
     * "originalGuids/0". A date also gets its UTC form under the structure's own path. Binary parts go to
     * {@code notKept}.
     */
    static void flatten(E57Node node, String where, Set<String> except, Map<String, String> to, List<String> notKept) {
        for (E57Node n : node.children()) {
            if (!except.contains(n.name)) {
                one(n, n.name, where, to, notKept);
            }
        }
    }

    private static void one(E57Node n, String path, String where, Map<String, String> to, List<String> notKept) {
        switch (n.type()) {
            case "Blob" -> notKept.add(where + ": " + path + ", " + n.attribute("length") + " bytes");
            case "CompressedVector" ->
                notKept.add(where + ": " + path + ", " + n.attribute("recordCount") + " records");
            case "ScaledInteger" -> to.put(path, plain(n.number()));
            case "Integer", "Float" -> to.put(path, n.text.isBlank() ? "0" : n.text.strip());
            case "Vector", "Structure" -> {
                if (path.equals(OWN)) {
                    own(n, to);
                } else {
                    nested(n, path, where, to, notKept);
                }
            }
            default -> to.put(path, n.text);
        }
    }

    private static void nested(E57Node n, String path, String where, Map<String, String> to, List<String> notKept) {
        int i = 0;
        for (E57Node c : n.children()) {
            String key = n.type().equals("Vector") ? String.valueOf(i++) : c.name;
            one(c, path + "/" + key, where, to, notKept);
        }
        E57Node date = n.child("dateTimeValue");
        if (date != null) {
            String utc = E57Time.utc(date.number());
            // zero is what programs write that know no date
            if (!utc.isEmpty() && date.number() != 0) {
                to.put(path, utc);
            }
        }
    }

    private static void own(E57Node vector, Map<String, String> to) {
        for (E57Node entry : vector.children()) {
            E57Node key = entry.child(E57Names.OWN_PREFIX + ":key");
            E57Node value = entry.child(E57Names.OWN_PREFIX + ":value");
            if (key != null && value != null) {
                to.put(key.text, value.text);
            }
        }
    }

    /** A number without ".0" where it is whole. */
    static String plain(double v) {
        return v == Math.rint(v) && Math.abs(v) < 1e15 ? String.valueOf((long) v) : String.valueOf(v);
    }
}
