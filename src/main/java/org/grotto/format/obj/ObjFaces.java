package org.grotto.format.obj;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.BitSet;
import org.grotto.base.GrottoException;
import org.grotto.format.Remarks;
import org.grotto.format.TextLines;
import org.grotto.geometry.EarClipping;

/**
 * The faces of an OBJ file as triangles. Larger faces are cut where their vertices are known; those that stand before
 * their vertices wait for {@link #finish}, as fans whose corners are told from them.
 */
final class ObjFaces {
    private static final int NONE = -1;
    /** A place in the picture that the file cannot have. */
    private static final int WRONG = Integer.MAX_VALUE;

    private final Path path;
    private final boolean keepGoing;
    private final EarClipping ears = new EarClipping();
    private int[] corners = new int[3 << 10];
    /** The texture coordinate of each corner, empty where no face has any. */
    private int[] texels = {};
    /** The normal of each corner, likewise. */
    private int[] normals = {};

    private int used;

    private int[] face = new int[16];
    private int[] faceTexels = new int[16];
    private int[] faceNormals = new int[16];
    private int[] cut = new int[48];
    /** Faces that wait: first corner and how many corners, one after the other. */
    private int[] waiting = {};

    private int waits;
    private int farthest = -1;
    private long farthestLine;
    private long small;
    private long crossed;
    private long damaged;

    /** @param keepGoing pass over faces with a corner that makes no sense */
    ObjFaces(Path path, boolean keepGoing) {
        this.path = path;
        this.keepGoing = keepGoing;
    }

    int count() {
        return used / 3;
    }

    int[] triangles() {
        return Arrays.copyOf(corners, used);
    }

    /** The texture coordinate of corner {@code i}, perhaps one that there is not; -1 where it has none. */
    int texel(int i) {
        return i < texels.length ? texels[i] : NONE;
    }

    /** The normal of each corner, perhaps one that there is not, -1 for none; empty where no face has any. */
    int[] normals() {
        return Arrays.copyOf(normals, normals.length == 0 ? 0 : used);
    }

    /** Takes the face of the statement, whose keyword is the current word. */
    void add(ObjLines in, int vertices, int texelsKnown, int normalsKnown, double[] v) {
        int n = 0;
        int most = -1;
        boolean pictured = false;
        boolean shaded = false;
        while (in.word()) {
            if (n == face.length) {
                face = Arrays.copyOf(face, 2 * n);
                faceTexels = Arrays.copyOf(faceTexels, 2 * n);
                faceNormals = Arrays.copyOf(faceNormals, 2 * n);
            }
            if (!corner(in, n, vertices, texelsKnown, normalsKnown)) {
                if (!keepGoing) {
                    throw wrong(in, in.raw(), vertices);
                }
                damaged++;
                return;
            }
            most = Math.max(most, face[n]);
            pictured |= faceTexels[n] != NONE;
            shaded |= faceNormals[n] != NONE;
            n++;
        }
        if (n < 3) {
            small++;
            return;
        }
        if (most > farthest && most >= vertices) {
            farthest = most;
            farthestLine = in.number();
        }
        room(3L * (n - 2), pictured, shaded);
        int first = used;
        for (int i = 2; i < n; i++) {
            put(0);
            put(i - 1);
            put(i);
        }
        if (n > 3 && most >= vertices) {
            waits(first, n);
        } else if (n > 3) {
            cut(first, n, v);
        }
    }

    /** Takes the current word as corner {@code n}; false where it is none. */
    private boolean corner(ObjLines in, int n, int vertices, int texelsKnown, int normalsKnown) {
        byte[] b = in.bytes();
        int at = in.from();
        int to = in.to();
        boolean back = b[at] == '-';
        int p = back || b[at] == '+' ? at + 1 : at;
        int digits = p;
        long k = 0;
        while (p < to && b[p] >= '0' && b[p] <= '9') {
            k = Math.min(Integer.MAX_VALUE, 10 * k + b[p++] - '0');
        }
        long i = back ? vertices - k : k - 1;
        if (p == digits || k == 0 || i < 0 || p < to && b[p] != '/') {
            return false;
        }
        face[n] = (int) i;
        faceTexels[n] = NONE;
        faceNormals[n] = NONE;
        p++;
        if (p < to && b[p] != '/') {
            back = b[p] == '-';
            p += back || b[p] == '+' ? 1 : 0;
            digits = p;
            k = 0;
            while (p < to && b[p] >= '0' && b[p] <= '9') {
                k = Math.min(Integer.MAX_VALUE, 10 * k + b[p++] - '0');
            }
            if (p == digits || p < to && b[p] != '/') {
                return false;
            }
            i = back ? texelsKnown - k : k - 1;
            faceTexels[n] = i < 0 ? WRONG : (int) i;
        }
        p++;
        if (p < to) {
            faceNormals[n] = normal(b, p, to, normalsKnown);
        }
        return true;
    }

    /** The normal that a corner's last number names; none where it is no number. */
    private static int normal(byte[] b, int from, int to, int known) {
        boolean back = b[from] == '-';
        int p = from + (back || b[from] == '+' ? 1 : 0);
        long k = 0;
        for (; p < to && b[p] >= '0' && b[p] <= '9'; p++) {
            k = Math.min(Integer.MAX_VALUE, 10 * k + b[p] - '0');
        }
        long i = back ? known - k : k - 1;
        return p < to || k == 0 || i < 0 ? NONE : (int) i;
    }

    private static GrottoException wrong(ObjLines in, String token, int vertices) {
        return in.bad("a face uses vertex \"" + TextLines.shorten(token) + "\", but " + vertices
                + " are known so far; repair the mesh.");
    }

    private void room(long more, boolean pictured, boolean shaded) {
        while (used + more > corners.length) {
            corners = Arrays.copyOf(corners, ObjMesh.grown(path, corners.length));
        }
        if ((pictured || texels.length > 0) && texels.length < corners.length) {
            int had = texels.length;
            texels = Arrays.copyOf(texels, corners.length);
            Arrays.fill(texels, had, texels.length, NONE);
        }
        if ((shaded || normals.length > 0) && normals.length < corners.length) {
            int had = normals.length;
            normals = Arrays.copyOf(normals, corners.length);
            Arrays.fill(normals, had, normals.length, NONE);
        }
    }

    private void put(int i) {
        corners[used] = face[i];
        if (texels.length > 0) {
            texels[used] = faceTexels[i];
        }
        if (normals.length > 0) {
            normals[used] = faceNormals[i];
        }
        used++;
    }

    private void waits(int first, int n) {
        if (waits + 2 > waiting.length) {
            waiting = Arrays.copyOf(waiting, Math.max(64, ObjMesh.grown(path, waits)));
        }
        waiting[waits++] = first;
        waiting[waits++] = n;
    }

    /** Cuts the face whose corners stand in {@link #face}, and as a fan from {@code first} on. */
    private void cut(int first, int n, double[] v) {
        if (cut.length < 3 * (n - 2)) {
            cut = new int[3 * n];
        }
        crossed += ears.cut(v, face, n, cut) ? 0 : 1;
        int end = used;
        used = first;
        for (int i = 0; i < 3 * (n - 2); i++) {
            put(cut[i]);
        }
        used = end;
    }

    /** Cuts what waited, and checks all indices: {@code vertices} is how many there are after all. */
    void finish(double[] v, int vertices, Remarks remarks) {
        if (farthest >= vertices && !keepGoing) {
            throw GrottoException.badLine(
                    path,
                    farthestLine,
                    "a face uses vertex " + (farthest + 1L) + ", but the file has " + vertices + "; repair the mesh.");
        }
        for (int w = 0; w < waits; w += 2) {
            int first = waiting[w];
            int n = waiting[w + 1];
            boolean whole = true;
            for (int i = 0; i < n; i++) {
                int at = i == 0 ? first : i == 1 ? first + 1 : first + 3 * i - 4;
                face[i] = corners[at];
                whole &= face[i] < vertices;
                faceTexels[i] = texel(at);
                faceNormals[i] = at < normals.length ? normals[at] : NONE;
            }
            if (whole) {
                cut(first, n, v);
            } else {
                Arrays.fill(corners, first, first + 3 * (n - 2), farthest); // nobody knows where to cut it
            }
        }
        if (small > 0) {
            remarks.lost(small + " faces of fewer than three corners");
        }
        if (crossed > 0) {
            remarks.understood(crossed + " faces cross themselves and became fans of triangles");
        }
        if (damaged > 0) {
            remarks.lost(damaged + " damaged faces: a corner is no vertex");
        }
    }

    /** Why there is no triangle. */
    String none() {
        return damaged > 0 || small == 0
                ? "no face has three corners with a place"
                : "its faces have fewer than three corners";
    }

    /** Leaves out the triangles with a corner that has no place, or is no vertex; gives which those were. */
    BitSet without(BitSet nowhere, int vertices, Remarks remarks) {
        BitSet gone = new BitSet();
        int left = 0;
        for (int at = 0; at < used; at += 3) {
            boolean whole = true;
            for (int k = at; k < at + 3; k++) {
                whole &= corners[k] < vertices && !nowhere.get(corners[k]);
            }
            if (!whole) {
                gone.set(at / 3);
                continue;
            }
            for (int k = at; k < at + 3; k++, left++) {
                corners[left] = corners[k];
                if (texels.length > 0) {
                    texels[left] = texels[k];
                }
                if (normals.length > 0) {
                    normals[left] = normals[k];
                }
            }
        }
        used = left;
        if (!gone.isEmpty()) {
            remarks.lost(gone.cardinality() + " damaged triangles: a corner has no place, or is no vertex");
        }
        return gone;
    }
}
