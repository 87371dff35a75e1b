package org.grotto.format.ply;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import org.grotto.base.Outputs;
import org.grotto.format.Remarks;
import org.grotto.geometry.Columns;
import org.grotto.geometry.Mesh;
import org.jspecify.annotations.Nullable;

/** Meshes from and to PLY. Faces with more than three corners are cut into triangles. */
public final class PlyMesh {
    /** The element of {@link #strips}. */
    static final String STRIPS = "tristrips";

    private PlyMesh() {}

    /** Reads vertices (positions, normals, colours, evidence), faces, strips of triangles, and pictures. */
    public static Mesh read(Path path) {
        return PlyMeshData.read(path, false, new Remarks(), new HashSet<>());
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
