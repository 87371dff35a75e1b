package org.grotto.format.e57;

/** XML text in E57's habit: every element has a type; characters that XML cannot hold become U+FFFD. */
final class E57Text {
    private final StringBuilder out = new StringBuilder();
    private int depth;

    /** Adds the text of {@code part} as it stands. */
    void append(E57Text part) {
        out.append(part.out);
    }

    void open(String name, String attributes) {
        indent().append('<').append(name).append(' ').append(attributes).append(">\n");
        depth++;
    }

    void structure(String name) {
        open(name, "type=\"Structure\"");
    }

    void vector(String name, boolean mixed) {
        open(name, "type=\"Vector\" allowHeterogeneousChildren=\"" + (mixed ? 1 : 0) + "\"");
    }

    void close(String name) {
        depth--;
        indent().append("</").append(name).append(">\n");
    }

    void string(String name, String value) {
        indent().append('<').append(name).append(" type=\"String\">");
        escape(value);
        out.append("</").append(name).append(">\n");
    }

    void integer(String name, long value) {
        indent().append('<').append(name).append(" type=\"Integer\">").append(value);
        out.append("</").append(name).append(">\n");
    }

    void floating(String name, double value) {
        indent().append('<').append(name).append(" type=\"Float\">").append(value);
        out.append("</").append(name).append(">\n");
    }

    void empty(String name, String attributes) {
        indent().append('<').append(name).append(' ').append(attributes).append("/>\n");
    }

    private StringBuilder indent() {
        return out.append("  ".repeat(depth));
    }

    private void escape(String s) {
        for (int i = 0; i < s.length(); ) {
            int c = s.codePointAt(i);
            i += Character.charCount(c);
            switch (c) {
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '&' -> out.append("&amp;");
                case '"' -> out.append("&quot;");
                case '\r' -> out.append("&#13;");
                default -> {
                    out.appendCodePoint(allowed(c) ? c : 0xfffd);
                }
            }
        }
    }

    /** Whether XML 1.0 has the character. */
    private static boolean allowed(int c) {
        return (c >= 32 || c == '\t' || c == '\n' || c == '\r')
                && !(c >= 0xd800 && c <= 0xdfff)
                && c != 0xfffe
                && c != 0xffff;
    }

    /** How many characters of {@code s} are lost in XML. */
    static long unstorable(String s) {
        return s.codePoints().filter(c -> !allowed(c)).count();
    }

    /** An attribute's value, escaped. */
    String attribute(String value) {
        int length = out.length();
        escape(value);
        String s = out.substring(length).replace("\n", "&#10;").replace("\t", "&#9;");
        out.setLength(length);
        return s;
    }

    @Override
    public String toString() {
        return out.toString();
    }
}
