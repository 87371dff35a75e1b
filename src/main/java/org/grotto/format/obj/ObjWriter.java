package org.grotto.format.obj;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.grotto.base.GrottoException;
import org.grotto.base.Job;
import org.grotto.base.Outputs;
import org.grotto.format.TextNumbers;
import org.grotto.geometry.Charts;
import org.grotto.geometry.Columns;
import org.grotto.geometry.Material;
import org.grotto.geometry.Mesh;
import org.grotto.geometry.Texture;
import org.jspecify.annotations.Nullable;

/**
 * Writes a mesh as OBJ, with an MTL file and a folder of pictures beside it where it has any: metres, Z up, vertices and
 * triangles in their order, each number the shortest that gives the same bits again. Vertices have colours where no
 * picture lies on the mesh; materials without any picture are in these.
 */
final class ObjWriter {
    private final Mesh mesh;
    private final @Nullable Charts charts;
    private final StringBuilder text = new StringBuilder(1 << 17);

    private ObjWriter(Mesh mesh) {
        this.mesh = mesh;
        this.charts = mesh.charts != null && mesh.charts.pictured() ? mesh.charts : null;
    }

    /** Writes all files, the OBJ file last; gives what they do not hold, in words. */
    static List<String> write(Mesh mesh, Path file) {
        Path folder = Objects.requireNonNull(file.toAbsolutePath().getParent());
        String name = String.valueOf(file.getFileName());
        int dot = name.lastIndexOf('.');
        // one word: many readers end a name at its first blank
        String stem = (dot > 0 ? name.substring(0, dot) : name).replaceAll("[\\s#]+", "_");
        List<String> lost = new ArrayList<>();
        ObjWriter w = new ObjWriter(mesh);
        String library = w.charts == null ? "" : stem + ".mtl";
        if (w.charts != null) {
            MtlWriter.write(w.charts, folder, stem, Files.exists(file), lost);
        }
        if (mesh.evidence() != null) {
            lost.add("how well each vertex is measured (evidence)");
        }
        if (mesh.columns.has(Columns.TINT.name())) {
            lost.add("the colours of vertices that multiply the pictures");
        }
        Outputs.file(file, temporary -> {
            try (BufferedWriter out = Files.newBufferedWriter(temporary, StandardCharsets.UTF_8)) {
                w.body(out, library);
            }
        });
        return lost;
    }

    private void drain(BufferedWriter out, boolean last) throws IOException {
        if (last || text.length() > 1 << 16) {
            Job.current().check();
            out.append(text);
            text.setLength(0);
        }
    }

    private void body(BufferedWriter out, String library) throws IOException {
        text.append("# Grotto; metres, Z up\n");
        if (!library.isEmpty()) {
            text.append("mtllib ").append(library).append('\n');
        }
        vertices(out);
        float[] normals = mesh.normals();
        for (int i = 0; normals != null && i < normals.length; i += 3) {
            text.append("vn");
            for (int k = 0; k < 3; k++) {
                text.append(' ');
                TextNumbers.append(text, normals[i + k]);
            }
            text.append('\n');
            drain(out, false);
        }
        int[] texel = texels(out);
        List<String> names = charts == null ? List.of() : MtlWriter.names(charts.materials());
        int material = -1;
        for (int t = 0; t < mesh.triangleCount(); t++) {
            if (charts != null && charts.material()[t] != material) {
                material = charts.material()[t];
                text.append("usemtl ").append(names.get(material)).append('\n');
            }
            text.append('f');
            for (int c = 3 * t; c < 3 * t + 3; c++) {
                int v = mesh.triangles[c] + 1;
                text.append(' ').append(v);
                if (texel.length > 0 && texel[c] > 0) {
                    text.append('/').append(texel[c]);
                }
                if (normals != null) {
                    text.append(texel.length > 0 && texel[c] > 0 ? "/" : "//").append(v);
                }
            }
            text.append('\n');
            drain(out, false);
        }
        drain(out, true);
    }

    private void vertices(BufferedWriter out) throws IOException {
        float[] rest = mesh.columns.floats(Columns.REST.name());
        byte[] rgb = charts != null ? null : mesh.rgb();
        for (int i = 0; i < mesh.vertexCount(); i++) {
            text.append('v');
            for (int k = 0; k < 3; k++) {
                double own = rest == null ? mesh.xyz[3 * i + k] : (double) mesh.xyz[3 * i + k] + rest[3 * i + k];
                double at = mesh.origin(k) + own;
                if (!Double.isFinite(at)) {
                    throw GrottoException.badRequest("The mesh has a vertex that is no number; clean it first.");
                }
                text.append(' ');
                TextNumbers.append(text, at);
            }
            for (int k = 0; rgb != null && k < 3; k++) {
                text.append(' ');
                TextNumbers.append(text, (rgb[3 * i + k] & 255) / 255f);
            }
            text.append('\n');
            drain(out, false);
        }
    }

    /**
     * Writes the places in pictures; gives the number of each corner's, 0 where its material has none. Corners of one vertex
     * that follow each other with the same place share it.
     */
    private int[] texels(BufferedWriter out) throws IOException {
        if (charts == null) {
            return new int[0];
        }
        int[] texel = new int[mesh.triangles.length];
        int[] last = new int[mesh.vertexCount()];
        Arrays.fill(last, -1);
        float[] uv = charts.uv();
        int n = 0;
        for (int c = 0; c < texel.length; c++) {
            if (!charts.materials().get(charts.material()[c / 3]).pictured()) {
                continue;
            }
            int v = mesh.triangles[c];
            int was = last[v];
            if (was >= 0 && uv[2 * was] == uv[2 * c] && uv[2 * was + 1] == uv[2 * c + 1]) {
                texel[c] = texel[was];
                continue;
            }
            last[v] = c;
            texel[c] = ++n;
            text.append("vt ");
            TextNumbers.append(text, (double) uv[2 * c]);
            text.append(' ');
            TextNumbers.append(text, 1 - (double) uv[2 * c + 1]); // v counts from below
            text.append('\n');
            drain(out, false);
        }
        return texel;
    }

    /** The picture's kind by its first bytes, as an ending; empty where another kind has to be made of it. */
    static String ending(byte[] b) {
        boolean jpeg = b.length > 2 && (b[0] & 255) == 0xFF && (b[1] & 255) == 0xD8;
        boolean png = b.length > 3 && (b[0] & 255) == 0x89 && b[1] == 'P' && b[2] == 'N' && b[3] == 'G';
        return jpeg ? "jpg" : png ? "png" : "";
    }

    /** All pictures that a material names. */
    static List<Texture> pictures(Material m) {
        List<Texture> all = new ArrayList<>();
        for (Texture t : new @Nullable Texture[] {m.colour(), m.normal(), m.occlusion(), m.opacity()}) {
            if (t != null) {
                all.add(t);
            }
        }
        return all;
    }
}
