package org.grotto.format.obj;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Set;
import java.util.TreeSet;
import org.grotto.base.GrottoException;
import org.grotto.format.TextLines;
import org.grotto.geometry.Columns;
import org.grotto.geometry.Mesh;
import org.grotto.geometry.Places;

/**
 * Meshes from Wavefront OBJ: vertices (with colours behind the position, as MeshLab writes them) and faces of any size,
 * with negative indices; texture coordinates, materials and groups are passed over.
 */
public final class ObjMesh {
    private ObjMesh() {}

    public static Mesh read(Path path) {
        return read(path, new TreeSet<>());
    }

    /** @param passed gets the names of what the file holds and a mesh does not */
    static Mesh read(Path path, Set<String> passed) {
        double[] v = new double[3 << 12];
        float[] c = new float[0];
        int nv = 0;
        boolean colours = true;
        int[] t = new int[3 << 12];
        int nt = 0;
        int[] face = new int[16];
        try (TextLines in = TextLines.open(path)) {
            if (Files.size(path) == 0) {
                throw GrottoException.badInput(path, "is empty (0 bytes); copy it again from its source.");
            }
            while (in.next()) {
                int n = in.split();
                if (n == 0) {
                    continue;
                }
                String key = in.token(0);
                if (key.equals("v")) {
                    if (n < 4) {
                        throw GrottoException.badLine(path, in.number(), "\"v x y z\" was expected; repair the mesh.");
                    }
                    if (3 * nv + 3 > v.length) {
                        v = Arrays.copyOf(v, grown(path, v.length));
                    }
                    for (int i = 0; i < 3; i++) {
                        v[3 * nv + i] = in.number(1 + i);
                        if (!Double.isFinite(v[3 * nv + i])) {
                            throw GrottoException.badLine(
                                    path, in.number(), "a coordinate is no number; repair the mesh.");
                        }
                    }
                    if (n >= 7 && colours) {
                        if (c.length < v.length) {
                            c = Arrays.copyOf(c, v.length);
                        }
                        for (int i = 0; i < 3; i++) {
                            c[3 * nv + i] = (float) in.number(4 + i);
                        }
                    } else {
                        colours = false;
                    }
                    nv++;
                } else if (key.equals("f")) {
                    if (n < 4) {
                        throw GrottoException.badLine(
                                path,
                                in.number(),
                                "a face needs three corners, found " + (n - 1) + "; repair the mesh.");
                    }
                    if (face.length < n) {
                        face = new int[n];
                    }
                    for (int i = 1; i < n; i++) {
                        face[i - 1] = index(path, in, in.token(i), nv);
                    }
                    for (int i = 2; i < n - 1; i++) {
                        if (nt + 3 > t.length) {
                            t = Arrays.copyOf(t, grown(path, t.length));
                        }
                        t[nt++] = face[0];
                        t[nt++] = face[i - 1];
                        t[nt++] = face[i];
                    }
                } else {
                    passedOver(key, passed);
                }
            }
        } catch (IOException e) {
            throw GrottoException.io(path, e);
        }
        if (nv == 0) {
            throw GrottoException.badInput(path, "holds no line \"v x y z\"; this is no OBJ mesh. Export it again.");
        }
        int[] corners = Arrays.copyOf(t, nt);
        return mesh(v, used(v, c, nv, corners, passed), colours ? c : null, corners);
    }

    private static void passedOver(String key, Set<String> passed) {
        switch (key) {
            case "vt" -> passed.add("texture coordinates");
            case "vn" -> passed.add("normals");
            case "usemtl", "mtllib" -> passed.add("materials");
            case "l", "p" -> passed.add("lines and single points");
            case "g", "o" -> passed.add("names of groups and objects");
            default -> {}
        }
    }

    private static int grown(Path path, int length) {
        if (length > Integer.MAX_VALUE / 3 * 2) {
            throw GrottoException.unsupported(path, "more than 715 million vertices or triangles; split the mesh.");
        }
        return length + length / 2;
    }

    private static int index(Path path, TextLines in, String token, int vertices) {
        int slash = token.indexOf('/');
        String s = slash < 0 ? token : token.substring(0, slash);
        try {
            int i = Integer.parseInt(s);
            int k = i < 0 ? vertices + i : i - 1;
            if (i != 0 && k >= 0 && k < vertices) {
                return k;
            }
        } catch (NumberFormatException e) {
            // told below
        }
        throw GrottoException.badLine(
                path,
                in.number(),
                "a face uses vertex \"" + token + "\", but " + vertices + " are known so far; repair the mesh.");
    }

    /** Moves the vertices that {@code corners} use to the front and counts them anew; gives how many there are. */
    private static int used(double[] v, float[] c, int n, int[] corners, Set<String> passed) {
        BitSet used = new BitSet(n);
        for (int k : corners) {
            used.set(k);
        }
        int kept = used.cardinality();
        if (kept == n || kept == 0) {
            return n;
        }
        passed.add((n - kept) + " vertices that no face uses");
        int[] to = new int[n];
        int at = 0;
        for (int i = used.nextSetBit(0); i >= 0; i = used.nextSetBit(i + 1)) {
            for (int a = 0; a < 3; a++) {
                v[3 * at + a] = v[3 * i + a];
                if (3 * i + a < c.length) {
                    c[3 * at + a] = c[3 * i + a];
                }
            }
            to[i] = at++;
        }
        for (int k = 0; k < corners.length; k++) {
            corners[k] = to[corners[k]];
        }
        return kept;
    }

    private static Mesh mesh(double[] v, int n, float @org.jspecify.annotations.Nullable [] c, int[] t) {
        byte[] rgb = null;
        if (c != null) {
            float max = 0;
            for (int i = 0; i < 3 * n; i++) {
                max = Math.max(max, c[i]);
            }
            float scale = max > 1 ? 1 : 255; // some programs write 0..255
            rgb = new byte[3 * n];
            for (int i = 0; i < 3 * n; i++) {
                rgb[i] = (byte) Math.max(0, Math.min(255, Math.round(c[i] * scale)));
            }
        }
        return Places.of(v, 3 * n).mesh(Columns.NONE.with(Columns.RGB8, rgb), t);
    }
}
