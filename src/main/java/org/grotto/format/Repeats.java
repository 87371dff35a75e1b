package org.grotto.format;

import java.util.Locale;

/**
 * How much a file may show again and again of what it holds once. What its bytes say of that is nothing: a tree a thousand
 * times is a wood, in a small file. So memory bounds it, and what is more is refused with its number, before it is made.
 */
public final class Repeats {
    /** What a vertex and a triangle take while a mesh is made, with normals, colours and places in a picture. */
    private static final int BYTES = 176;

    /** What is allowed whatever memory there is. */
    private static final int FREE = 4_000_000;

    private Repeats() {}

    /** So many vertices, and so many triangles or points, beside those that the file holds. */
    public static long most() {
        return Math.max(FREE, Runtime.getRuntime().maxMemory() / 2 / BYTES);
    }

    /** The end of a refusal of {@code shown} things, as "vertices". */
    public static String tooMany(long shown, String things, long most) {
        return String.format(
                Locale.ROOT,
                "shows the same again and again, %,d %s at the least, of which %,d fit into memory; raise --memory, or"
                        + " give less at once",
                shown,
                things,
                most);
    }
}
