package org.grotto.format.ply;

import java.io.EOFException;
import java.util.Arrays;
import java.util.function.IntPredicate;
import org.grotto.base.GrottoException;
import org.grotto.base.Job;
import org.grotto.format.Remarks;
import org.grotto.geometry.EarClipping;
import org.jspecify.annotations.Nullable;

/**
 * The faces and strips of a PLY file as triangles, with what faces carry: the places of their corners in a picture, which
 * picture, a colour. They may stand before their vertices; larger faces are fans until {@link #finish}.
 */
final class PlyFaces {
    private static final int CHECKED = 1 << 16;

    private final PlyRows rows;
    private final long vertices;
    private int[] at = {};
    private int used;
    /** Places of each corner, u and v as the file has them, NaN for none; empty where no face has any. */
    private float[] places = {};
    /** The picture of each triangle; empty where no face says. */
    private char[] pictures = {};
    /** The colour of each triangle, as the file has it; empty where no face has any. */
    private float[] colours = {};
    /** Larger faces: first corner and how many corners, one after the other. */
    private int[] large = {};

    private int larges;
    private long small;

    /** Faces that are left out, since a corner is no vertex or has no place, or their line is none of the header's. */
    long left;
    /** Faces of the last element that were gone through. */
    long done;

    private final boolean keepGoing;
    private final IntPredicate placed;

    /**
     * @param vertices how many there are
     * @param keepGoing leave out what is damaged; else it is refused
     * @param placed whether a vertex that was read has a place
     */
    PlyFaces(PlyRows rows, long vertices, boolean keepGoing, IntPredicate placed) {
        this.rows = rows;
        this.vertices = vertices;
        this.keepGoing = keepGoing;
        this.placed = placed;
    }

    int[] triangles() {
        return at.length == used ? at : Arrays.copyOf(at, used);
    }

    /** Two numbers a corner, or none. */
    float[] places() {
        return places;
    }

    /** The picture of a triangle, by the file's number; the first where it does not say. */
    int picture(int triangle) {
        return pictures.length == 0 ? 0 : pictures[triangle];
    }

    /** Three numbers a triangle, or none. */
    float[] colours() {
        return colours;
    }

    void faces(PlyHeader.Element e, int p) {
        int texcoord = e.indexOf("texcoord", "texture_coord", "texcoords");
        int number = e.indexOf("texnumber", "texture_id", "tex_index");
        int red = e.indexOf("red", "r", "diffuse_red");
        int green = e.indexOf("green", "g", "diffuse_green");
        int blue = e.indexOf("blue", "b", "diffuse_blue");
        boolean mapped = texcoord >= 0 && e.properties().get(texcoord).isList();
        boolean numbered = number >= 0 && !e.properties().get(number).isList();
        boolean coloured = red >= 0 && green >= 0 && blue >= 0;
        double[] scalars = numbered || coloured ? new double[e.properties().size()] : null;
        at = Arrays.copyOf(at, used + (int) Math.min(rows.room(e) * 3, 1 << 24));
        int before = used;
        for (long f = 0; f < e.count(); f++) {
            done = f;
            int ready = keepGoing ? 0 : rows.triples(e, e.count() - f, at, used);
            for (int i = used; i < used + 3 * ready; i++) {
                if (Integer.compareUnsigned(at[i], (int) Math.min(vertices, Integer.MAX_VALUE)) >= 0) {
                    throw damaged(f + (i - used) / 3, at[i]);
                }
            }
            used += 3 * ready;
            f += ready;
            if (f == e.count()) {
                break;
            }
            int n;
            try {
                n = rows.list(e, p, mapped ? texcoord : -1, scalars);
                if (keepGoing) {
                    rows.end(e); // what stands behind it in its line tells that it is none
                }
            } catch (GrottoException x) {
                if (rows.passes(x)) {
                    left++;
                    before = used;
                    continue;
                }
                if (keepGoing && x.getCause() instanceof EOFException && rows.endsInsideLine()) {
                    takeBack(before); // the end of its last number may be missing
                }
                throw x;
            }
            before = used;
            if (!whole(n, f)) {
                left++;
                continue;
            }
            fan(n);
            if (mapped) {
                place(before, n);
            }
            for (int t = before / 3; scalars != null && t < used / 3; t++) {
                dress(t, numbered ? scalars[number] : 0, numbered, coloured ? scalars : null, red, green, blue);
            }
            if (f % CHECKED == 0) {
                Job.current().check();
            }
        }
    }

    /** Whether all corners of a list are vertices with places; refuses those that are none unless told to go on. */
    private boolean whole(int n, long face) {
        for (int i = 0; i < n; i++) {
            int k = rows.listValue(i);
            if (k < 0 || k >= vertices) {
                if (keepGoing) {
                    return false;
                }
                throw damaged(face, k);
            }
            if (keepGoing && !placed.test(k)) {
                return false;
            }
        }
        return true;
    }

    /** Takes back the last face, whose first corner is {@code from}. */
    private void takeBack(int from) {
        if (used > from) {
            larges -= larges > 0 && large[larges - 2] == from ? 2 : 0;
            used = from;
            done--;
        }
    }

    private void fan(int n) {
        if (n < 3) {
            small++;
            return;
        }
        if (n > 3) {
            if (larges + 2 > large.length) {
                large = Arrays.copyOf(large, Math.max(64, 2 * larges));
            }
            large[larges++] = used;
            large[larges++] = n;
        }
        for (int i = 2; i < n; i++) {
            add(rows.listValue(0), rows.listValue(i - 1), rows.listValue(i));
        }
    }

    private void add(int a, int b, int c) {
        if (used > Integer.MAX_VALUE - 11) {
            throw rows.bad("more than 715 million triangles do not fit into one mesh.");
        }
        if (used + 3 > at.length) {
            at = Arrays.copyOf(at, (int) Math.min(Integer.MAX_VALUE - 8, 64 + at.length * 3L / 2));
        }
        at[used++] = a;
        at[used++] = b;
        at[used++] = c;
    }

    /** The places of the face whose fan begins at {@code from}; none where their number is not its corners'. */
    private void place(int from, int n) {
        if (2L * at.length > Integer.MAX_VALUE - 8) {
            throw rows.bad("more than 357 million triangles with texture coordinates do not fit into one mesh.");
        }
        int had = places.length;
        if (had < 2 * used) {
            places = Arrays.copyOf(places, 2 * at.length);
            Arrays.fill(places, had, places.length, Float.NaN);
        }
        if (rows.otherLength() != 2 * n) {
            return;
        }
        for (int c = from; c < used; c++) {
            int t = (c - from) / 3;
            int corner = (c - from) % 3 == 0 ? 0 : t + (c - from) % 3;
            places[2 * c] = (float) rows.otherValue(2 * corner);
            places[2 * c + 1] = (float) rows.otherValue(2 * corner + 1);
        }
    }

    private void dress(
            int t, double number, boolean numbered, double @Nullable [] scalars, int red, int green, int blue) {
        if (numbered) {
            if (pictures.length <= t) {
                pictures = Arrays.copyOf(pictures, at.length / 3);
            }
            pictures[t] = (char) (number >= 0 && number < 0xFFFF ? number : 0xFFFF);
        }
        if (scalars != null) {
            if (colours.length < 3 * t + 3) {
                colours = Arrays.copyOf(colours, at.length);
            }
            colours[3 * t] = (float) scalars[red];
            colours[3 * t + 1] = (float) scalars[green];
            colours[3 * t + 2] = (float) scalars[blue];
        }
    }

    /**
     * Strips of triangles, one list for many strips: -1 ends one, every other triangle is turned, and one with a corner
     * twice only leads on (Turk, "The PLY Polygon File Format"; Stanford's files hold them).
     */
    void strips(PlyHeader.Element e, int p) {
        for (long f = 0; f < e.count(); f++) {
            done = f;
            int n = rows.list(e, p);
            int since = 0;
            for (int i = 0; i < n; i++) {
                int k = rows.listValue(i);
                boolean vertex = k >= 0 && k < vertices;
                if (!vertex && k != -1 && !keepGoing) {
                    throw damaged(f, k);
                }
                boolean ends = !vertex || keepGoing && !placed.test(k);
                left += ends && k != -1 ? 1 : 0;
                since = ends ? 0 : since + 1;
                if (since < 3) {
                    continue;
                }
                int a = rows.listValue(i - 2);
                int b = rows.listValue(i - 1);
                if (a != b && b != k && a != k) {
                    add(since % 2 == 1 ? a : b, since % 2 == 1 ? b : a, k);
                }
            }
        }
    }

    private GrottoException damaged(long face, int k) {
        return rows.bad(
                "face " + face + " uses vertex " + k + ", but there are " + vertices + "; the file is damaged.");
    }

    /** Cuts the larger faces, now that their vertices' places are known: {@code xyz}, interleaved. */
    void finish(double[] xyz, Remarks remarks) {
        EarClipping ears = new EarClipping();
        int[] face = {};
        int[] cut = {};
        float[] uv = {};
        long crossed = 0;
        for (int w = 0; w < larges; w += 2) {
            int first = large[w];
            int n = large[w + 1];
            if (face.length < n) {
                face = new int[2 * n];
                cut = new int[6 * n];
                uv = new float[4 * n];
            }
            boolean placed = places.length > 2 * first;
            for (int i = 0; i < n; i++) {
                int from = i == 0 ? first : i == 1 ? first + 1 : first + 3 * i - 4;
                face[i] = at[from];
                uv[2 * i] = placed ? places[2 * from] : 0;
                uv[2 * i + 1] = placed ? places[2 * from + 1] : 0;
            }
            crossed += ears.cut(xyz, face, n, cut) ? 0 : 1;
            for (int i = 0; i < 3 * (n - 2); i++) {
                at[first + i] = face[cut[i]];
                if (placed) {
                    places[2 * (first + i)] = uv[2 * cut[i]];
                    places[2 * (first + i) + 1] = uv[2 * cut[i] + 1];
                }
            }
        }
        if (small > 0) {
            remarks.lost(small + " faces of fewer than three corners");
        }
        if (crossed > 0) {
            remarks.understood(crossed + " faces cross themselves and became fans of triangles");
        }
    }
}
