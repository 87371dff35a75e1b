package org.grotto.format.ply;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.grotto.base.GrottoException;
import org.grotto.base.Outputs;
import org.grotto.geometry.Columns;
import org.grotto.geometry.Mesh;
import org.grotto.geometry.Places;
import org.jspecify.annotations.Nullable;

/** Meshes from and to PLY. Faces with more than three corners are cut into fans. */
public final class PlyMesh {
    /** The element of {@link #strips}. */
    static final String STRIPS = "tristrips";

    private PlyMesh() {}

    /** Reads vertices (positions, normals, colours, evidence), faces and strips of triangles. */
    public static Mesh read(Path path) {
        return read(path, new ArrayList<>());
    }

    /** @param passed gets what is left out, in words */
    static Mesh read(Path path, List<String> passed) {
        try (PlyRows rows = PlyRows.open(path)) {
            double[][] v = null;
            PlyHeader.Element vertex = null;
            Corners corners = new Corners();
            for (PlyHeader.Element e : rows.header.elements()) {
                if (e.name().equals("vertex")) {
                    if (e.hasLists() || e.indexOf("x") < 0 || e.indexOf("y") < 0 || e.indexOf("z") < 0) {
                        throw GrottoException.badInput(path, "its vertices have no x, y, z.");
                    }
                    if (e.count() > Integer.MAX_VALUE / 4) {
                        throw GrottoException.unsupported(path, e.count() + " vertices; at most 536,870,911 fit.");
                    }
                    vertex = e;
                    v = vertices(rows, e);
                } else if (e.name().equals("face") || e.name().equals(STRIPS)) {
                    int p = e.indexOf("vertex_indices", "vertex_index");
                    if (p < 0 || !e.properties().get(p).isList()) {
                        rows.skip(e);
                        continue;
                    }
                    if (vertex == null) {
                        throw GrottoException.unsupported(path, "its faces stand before its vertices.");
                    }
                    if (e.name().equals(STRIPS)) {
                        strips(rows, e, p, vertex, corners);
                    } else {
                        faces(rows, e, p, vertex, corners);
                    }
                } else {
                    rows.skip(e);
                }
            }
            if (v == null || vertex == null) {
                throw GrottoException.badInput(path, "the PLY header has no element \"vertex\".");
            }
            int[] all = Arrays.copyOf(corners.at, corners.used);
            return mesh(path, used(v, all, passed), vertex, all);
        }
    }

    /** Corners of triangles, three by three, growing. */
    private static final class Corners {
        private int[] at = new int[0];
        private int used;

        void add(PlyRows rows, int a, int b, int c) {
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
    }

    private static void faces(PlyRows rows, PlyHeader.Element e, int p, PlyHeader.Element vertex, Corners corners) {
        corners.at = Arrays.copyOf(corners.at, corners.used + (int) Math.min(e.count() * 3, 1 << 24));
        for (long f = 0; f < e.count(); f++) {
            int used = corners.used;
            int ready = rows.triples(e, e.count() - f, corners.at, used);
            int wrong = outside(corners.at, used, used + 3 * ready, (int) vertex.count());
            if (wrong >= 0) {
                throw damaged(rows, f + (wrong - used) / 3, corners.at[wrong], vertex);
            }
            corners.used += 3 * ready;
            f += ready;
            if (f == e.count()) {
                break;
            }
            int n = rows.list(e, p);
            for (int i = 0; i < n; i++) {
                int k = rows.listValue(i);
                if (k < 0 || k >= vertex.count()) {
                    throw damaged(rows, f, k, vertex);
                }
            }
            for (int i = 2; i < n; i++) {
                corners.add(rows, rows.listValue(0), rows.listValue(i - 1), rows.listValue(i));
            }
        }
    }

    /**
     * Strips of triangles, one list for many strips: -1 ends one, every other triangle is turned, and one with a corner
     * twice only leads on (Turk, "The PLY Polygon File Format"; Stanford's files hold them).
     */
    private static void strips(PlyRows rows, PlyHeader.Element e, int p, PlyHeader.Element vertex, Corners corners) {
        for (long f = 0; f < e.count(); f++) {
            int n = rows.list(e, p);
            int since = 0;
            for (int i = 0; i < n; i++) {
                int k = rows.listValue(i);
                if (k < -1 || k >= vertex.count()) {
                    throw damaged(rows, f, k, vertex);
                }
                since = k < 0 ? 0 : since + 1;
                if (since < 3) {
                    continue;
                }
                int a = rows.listValue(i - 2);
                int b = rows.listValue(i - 1);
                if (a != b && b != k && a != k) {
                    corners.add(rows, since % 2 == 1 ? a : b, since % 2 == 1 ? b : a, k);
                }
            }
        }
    }

    private static int outside(int[] triangles, int from, int to, int vertices) {
        for (int i = from; i < to; i++) {
            if (Integer.compareUnsigned(triangles[i], vertices) >= 0) {
                return i;
            }
        }
        return -1;
    }

    private static GrottoException damaged(PlyRows rows, long face, int k, PlyHeader.Element vertex) {
        return rows.bad(
                "face " + face + " uses vertex " + k + ", but there are " + vertex.count() + "; the file is damaged.");
    }

    private static double[][] vertices(PlyRows rows, PlyHeader.Element e) {
        int n = (int) e.count();
        double[][] v = new double[e.properties().size()][n];
        for (int at = 0; at < n; at += 1 << 16) {
            rows.scalars(e, at, Math.min(1 << 16, n - at), v);
        }
        return v;
    }

    /** The columns without the vertices that no triangle uses, which {@code corners} then count no more. */
    private static double[][] used(double[][] v, int[] corners, List<String> passed) {
        int n = v[0].length;
        BitSet used = new BitSet(n);
        for (int k : corners) {
            used.set(k);
        }
        int kept = used.cardinality();
        if (kept == n || kept == 0) {
            return v;
        }
        passed.add((n - kept) + " vertices that no face uses");
        int[] to = new int[n];
        int at = 0;
        for (int i = used.nextSetBit(0); i >= 0; i = used.nextSetBit(i + 1)) {
            for (double[] column : v) {
                column[at] = column[i];
            }
            to[i] = at++;
        }
        for (int k = 0; k < corners.length; k++) {
            corners[k] = to[corners[k]];
        }
        for (int c = 0; c < v.length; c++) {
            v[c] = Arrays.copyOf(v[c], kept);
        }
        return v;
    }

    private static Mesh mesh(Path path, double[][] v, PlyHeader.Element e, int[] triangles) {
        double[] x = v[e.indexOf("x")];
        double[] y = v[e.indexOf("y")];
        double[] z = v[e.indexOf("z")];
        int n = x.length;
        sound(path, x);
        sound(path, y);
        sound(path, z);
        double[] p = new double[3 * n];
        for (int i = 0; i < n; i++) {
            p[3 * i] = x[i];
            p[3 * i + 1] = y[i];
            p[3 * i + 2] = z[i];
        }
        Places places = Places.of(p, 3 * n);
        float[] normals = null;
        int nx = e.indexOf("nx");
        int ny = e.indexOf("ny");
        int nz = e.indexOf("nz");
        if (nx >= 0 && ny >= 0 && nz >= 0) {
            normals = new float[3 * n];
            interleave(v[nx], normals, 0);
            interleave(v[ny], normals, 1);
            interleave(v[nz], normals, 2);
        }
        byte[] rgb = null;
        int r = e.indexOf("red", "r", "diffuse_red");
        int g = e.indexOf("green", "g", "diffuse_green");
        int b = e.indexOf("blue", "b", "diffuse_blue");
        if (r >= 0 && g >= 0 && b >= 0) {
            double scale = switch (e.properties().get(r).type()) {
                case FLOAT, DOUBLE -> 255;
                case UINT16 -> 1 / 257.0;
                default -> 1;
            };
            rgb = new byte[3 * n];
            bytes(v[r], scale, rgb, 0, 3);
            bytes(v[g], scale, rgb, 1, 3);
            bytes(v[b], scale, rgb, 2, 3);
        }
        byte[] evidence = null;
        int q = e.indexOf("evidence");
        if (q >= 0) {
            evidence = new byte[n];
            bytes(v[q], 1, evidence, 0, 1);
        }
        Columns columns = Columns.NONE
                .with(Columns.NORMAL, normals)
                .with(Columns.RGB8, rgb)
                .with(Columns.EVIDENCE, evidence);
        return places.mesh(columns, triangles);
    }

    private static void interleave(double[] from, float[] into, int axis) {
        for (int i = 0; i < from.length; i++) {
            into[3 * i + axis] = (float) from[i];
        }
    }

    private static void bytes(double[] from, double scale, byte[] into, int at, int stride) {
        for (int i = 0; i < from.length; i++) {
            into[stride * i + at] = eight(from[i] * scale);
        }
    }

    private static byte eight(double v) {
        return (byte) Math.max(0, Math.min(255, Math.round(v)));
    }

    private static void sound(Path path, double[] a) {
        for (int i = 0; i < a.length; i++) {
            if (!Double.isFinite(a[i])) {
                throw GrottoException.badInput(
                        path, "vertex " + i + " has a coordinate that is no number (" + a[i] + "); repair the mesh.");
            }
        }
    }

    /** Writes binary little endian; positions as float where that keeps a tenth of a millimetre, else as double. */
    public static void write(Mesh m, Path path) {
        Outputs.file(path, temporary -> {
            try (OutputStream out = Files.newOutputStream(temporary)) {
                write(m, out);
            }
        });
    }

    private static double place(Mesh m, float @Nullable [] rest, int i, int axis) {
        int k = 3 * i + axis;
        return m.origin(axis) + (rest == null ? m.xyz[k] : (double) m.xyz[k] + rest[k]);
    }

    private static void write(Mesh m, OutputStream out) throws IOException {
        double reach = Math.max(Math.abs(m.originX), Math.max(Math.abs(m.originY), Math.abs(m.originZ)));
        float[] rest = m.columns.floats(Columns.REST.name());
        boolean wide = reach > 500 || rest != null;
        int n = m.vertexCount();
        StringBuilder h = new StringBuilder(
                        "ply\nformat binary_little_endian 1.0\ncomment Grotto; metres, Z up\nelement vertex ")
                .append(n)
                .append('\n');
        String t = wide ? "double" : "float";
        for (char c : new char[] {'x', 'y', 'z'}) {
            h.append("property ").append(t).append(' ').append(c).append('\n');
        }
        float[] normals = m.normals();
        byte[] rgb = m.rgb();
        byte[] evidence = m.evidence();
        if (normals != null) {
            h.append("property float nx\nproperty float ny\nproperty float nz\n");
        }
        if (rgb != null) {
            h.append("property uchar red\nproperty uchar green\nproperty uchar blue\n");
        }
        if (evidence != null) {
            h.append("property uchar evidence\n");
        }
        h.append("element face ")
                .append(m.triangleCount())
                .append("\nproperty list uchar int vertex_indices\nend_header\n");
        out.write(h.toString().getBytes(StandardCharsets.US_ASCII));
        int stride = (wide ? 24 : 12) + (normals != null ? 12 : 0) + (rgb != null ? 3 : 0) + (evidence != null ? 1 : 0);
        int rows = 1 << 14;
        ByteBuffer b = ByteBuffer.allocate(rows * Math.max(stride, 13)).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < n; i++) {
            double x = place(m, rest, i, 0);
            double y = place(m, rest, i, 1);
            double z = place(m, rest, i, 2);
            if (wide) {
                b.putDouble(x).putDouble(y).putDouble(z);
            } else {
                b.putFloat((float) x).putFloat((float) y).putFloat((float) z);
            }
            if (normals != null) {
                b.putFloat(normals[3 * i]).putFloat(normals[3 * i + 1]).putFloat(normals[3 * i + 2]);
            }
            if (rgb != null) {
                b.put(rgb, 3 * i, 3);
            }
            if (evidence != null) {
                b.put(evidence[i]);
            }
            if (b.remaining() < stride) {
                out.write(b.array(), 0, b.position());
                b.clear();
            }
        }
        out.write(b.array(), 0, b.position());
        b.clear();
        for (int i = 0; i < m.triangles.length; i += 3) {
            b.put((byte) 3).putInt(m.triangles[i]).putInt(m.triangles[i + 1]).putInt(m.triangles[i + 2]);
            if (b.remaining() < 13) {
                out.write(b.array(), 0, b.position());
                b.clear();
            }
        }
        out.write(b.array(), 0, b.position());
    }
}
