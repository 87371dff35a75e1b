package org.grotto.format.tiles3d;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.grotto.base.GrottoException;
import org.grotto.format.Materials;
import org.grotto.format.Remarks;
import org.grotto.geometry.Charts;
import org.grotto.geometry.Columns;
import org.grotto.geometry.Material;
import org.grotto.geometry.Mesh;
import org.grotto.geometry.Places;

/** Meshes placed and put one behind the other: places, normals, colours, evidence, pictures. */
final class JoinedMesh {
    private static final int MOST = 700_000_000;
    private static final int MOST_MATERIALS = 1 << 16;
    /** Metres; float arithmetic with them stays finite. */
    private static final double FARTHEST = 1e30;

    private final Path file;
    private int vertices;
    private int corners;
    private double[] xyz = {};
    private float[] normals = {};
    private byte[] rgb = {};
    private byte[] tint = {};
    private byte[] evidence = {};
    private int[] triangles = {};
    private float[] uv = {};
    private char[] material = {};
    private boolean anyNormals;
    private boolean anyColours;
    private boolean anyEvidence;
    private boolean anyCharts;
    private final List<Material> materials = new ArrayList<>();
    private final Map<Material, Integer> known = new HashMap<>();

    JoinedMesh(Path file) {
        this.file = file;
    }

    boolean empty() {
        return corners == 0;
    }

    void add(Mesh m, double[] place) {
        int n = m.vertexCount();
        int t = m.triangles.length;
        if (3L * (vertices + (long) n) > MOST || corners + (long) t > MOST) {
            throw GrottoException.unsupported(
                    file, "has more triangles than fit into one mesh; ask for a --resolution, or read its parts.");
        }
        grow(vertices + n, corners + t);
        places(m, place, n);
        columns(m, place, n);
        boolean mirrored = Matrix.determinant(place) < 0;
        for (int i = 0; i < t; i += 3) {
            triangles[corners + i] = vertices + m.triangles[i];
            triangles[corners + i + 1] = vertices + m.triangles[i + (mirrored ? 2 : 1)];
            triangles[corners + i + 2] = vertices + m.triangles[i + (mirrored ? 1 : 2)];
        }
        charts(m, mirrored);
        vertices += n;
        corners += t;
    }

    private void grow(int v, int c) {
        if (3 * v > xyz.length) {
            int size = (int) Math.min(MOST / 3, vertices == 0 ? v : Math.max(v, v * 3L / 2));
            xyz = Arrays.copyOf(xyz, 3 * size);
            normals = Arrays.copyOf(normals, 3 * size);
            rgb = Arrays.copyOf(rgb, 3 * size);
            evidence = Arrays.copyOf(evidence, size);
            if (tint.length > 0) {
                tint = Arrays.copyOf(tint, 3 * size);
            }
        }
        if (c > triangles.length) {
            int size = (int) Math.min(MOST, corners == 0 ? c : Math.max(c, c * 3L / 2));
            triangles = Arrays.copyOf(triangles, size - size % 3);
            material = Arrays.copyOf(material, size / 3);
            if (uv.length > 0) {
                uv = Arrays.copyOf(uv, 2 * triangles.length);
            }
        }
    }

    private void places(Mesh m, double[] place, int n) {
        float[] rest = m.columns.floats(Columns.REST.name());
        double[] p = new double[3];
        for (int i = 0; i < n; i++) {
            for (int a = 0; a < 3; a++) {
                p[a] = m.origin(a) + m.xyz[3 * i + a] + (rest == null ? 0 : rest[3 * i + a]);
            }
            for (int a = 0; a < 3; a++) {
                double v = Matrix.place(place, a, p[0], p[1], p[2]);
                if (!(Math.abs(v) <= FARTHEST)) {
                    throw GrottoException.badInput(
                            file, "places a vertex of a tile where no number is; check its transforms.");
                }
                xyz[3 * (vertices + i) + a] = v;
            }
        }
    }

    private void columns(Mesh m, double[] place, int n) {
        float[] own = m.normals();
        byte[] colours = m.rgb();
        byte[] proof = m.evidence();
        anyNormals |= own != null;
        anyColours |= colours != null;
        anyEvidence |= proof != null;
        if (own != null) {
            double[] turned = Matrix.normals(place);
            double[] v = new double[3];
            for (int i = 0; i < n; i++) {
                for (int k = 0; k < 3; k++) {
                    v[k] = own[3 * i + k];
                }
                Matrix.normal(turned, v);
                for (int k = 0; k < 3; k++) {
                    normals[3 * (vertices + i) + k] = (float) v[k];
                }
            }
        }
        if (colours == null) {
            Arrays.fill(rgb, 3 * vertices, 3 * (vertices + n), (byte) 255);
        } else {
            System.arraycopy(colours, 0, rgb, 3 * vertices, 3 * n);
        }
        byte[] multiplied = m.columns.bytes(Columns.TINT.name());
        if (multiplied != null && tint.length == 0) {
            tint = new byte[rgb.length];
            Arrays.fill(tint, 0, 3 * vertices, (byte) 255);
        }
        if (multiplied != null) {
            System.arraycopy(multiplied, 0, tint, 3 * vertices, 3 * n);
        } else if (tint.length > 0) {
            Arrays.fill(tint, 3 * vertices, 3 * (vertices + n), (byte) 255);
        }
        if (proof == null) {
            Arrays.fill(evidence, vertices, vertices + n, Mesh.MEASURED);
        } else {
            System.arraycopy(proof, 0, evidence, vertices, n);
        }
    }

    private void charts(Mesh m, boolean mirrored) {
        Charts c = m.charts;
        int from = corners / 3;
        int count = m.triangleCount();
        if (c == null) {
            Arrays.fill(material, from, from + count, (char) number(Material.plain()));
            return;
        }
        anyCharts = true;
        if (!Materials.fits(triangles.length / 3)) {
            throw GrottoException.unsupported(
                    file, "has more triangles than fit with pictures; ask for a --resolution, or read its parts.");
        }
        if (uv.length == 0) {
            uv = new float[2 * triangles.length];
        }
        for (int t = 0; t < count; t++) {
            material[from + t] = (char) number(c.materials().get(c.material()[t]));
            for (int k = 0; k < 3; k++) {
                int of = mirrored && k > 0 ? 3 - k : k;
                uv[2 * (corners + 3 * t + k)] = c.uv()[6 * t + 2 * of];
                uv[2 * (corners + 3 * t + k) + 1] = c.uv()[6 * t + 2 * of + 1];
            }
        }
    }

    private int number(Material m) {
        Integer n = known.get(m);
        if (n == null) {
            if (materials.size() == MOST_MATERIALS) {
                throw GrottoException.unsupported(
                        file,
                        "has more than " + MOST_MATERIALS
                                + " materials in its tiles; ask for a --resolution, or read its parts.");
            }
            n = materials.size();
            materials.add(m);
            known.put(m, n);
        }
        return n;
    }

    Mesh mesh(Remarks remarks) {
        Columns columns = Columns.NONE
                .with(Columns.NORMAL, anyNormals ? Arrays.copyOf(normals, 3 * vertices) : null)
                .with(Columns.RGB8, anyColours ? Arrays.copyOf(rgb, 3 * vertices) : null)
                .with(Columns.TINT, tint.length > 0 ? Arrays.copyOf(tint, 3 * vertices) : null)
                .with(Columns.EVIDENCE, anyEvidence ? Arrays.copyOf(evidence, vertices) : null);
        int[] t = Arrays.copyOf(triangles, corners);
        Charts charts = anyCharts
                ? Materials.charts(
                        Arrays.copyOf(uv, 2 * corners),
                        Arrays.copyOf(material, corners / 3),
                        materials,
                        anyColours,
                        remarks)
                : null;
        return Places.of(xyz, 3 * vertices).mesh(columns, t).with(charts);
    }
}
