package org.grotto.pipeline;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.grotto.base.GrottoException;
import org.grotto.geometry.Charts;
import org.grotto.geometry.ColumnType;
import org.grotto.geometry.Columns;
import org.grotto.geometry.Material;
import org.grotto.geometry.Mesh;
import org.grotto.geometry.Places;
import org.jspecify.annotations.Nullable;

/**
 * Several meshes of one frame as one, one after the other: parts of a thing, or pieces that a program cut it into. Each
 * keeps its materials. Where one has no column that another has, nothing is known: white, measured, without normals.
 */
final class Parts {
    private static final int MOST_MATERIALS = 1 << 16;
    private static final long MOST = (Integer.MAX_VALUE - 8) / 6;

    private Parts() {}

    /**
     * The parts together. Memory: about what the parts take, once more.
     *
     * @throws GrottoException UNSUPPORTED where they have more triangles or materials than one mesh
     */
    static Mesh joined(List<Mesh> parts) {
        if (parts.size() == 1) {
            return parts.getFirst();
        }
        long vertices = 0;
        long triangles = 0;
        long materials = 0;
        boolean charted = false;
        for (Mesh m : parts) {
            vertices += m.vertexCount();
            triangles += m.triangleCount();
            materials += m.charts == null ? 1 : m.charts.materials().size();
            charted |= m.charts != null;
        }
        if (vertices > MOST || triangles > MOST || charted && materials > MOST_MATERIALS) {
            throw new GrottoException(
                    GrottoException.Kind.UNSUPPORTED,
                    String.format(
                            "the meshes together have %d vertices, %d triangles and %d materials, too many for one"
                                    + " package; build several.",
                            vertices, triangles, materials),
                    null);
        }
        int n = (int) vertices;
        int[] corners = new int[3 * (int) triangles];
        double[] p = new double[3 * n];
        int v = 0;
        int c = 0;
        for (Mesh m : parts) {
            float[] rest = m.columns.floats(Columns.REST.name());
            for (int i = 0; i < m.xyz.length; i++) {
                p[3 * v + i] = m.origin(i % 3) + ((double) m.xyz[i] + (rest == null ? 0 : rest[i]));
            }
            for (int i = 0; i < m.triangles.length; i++) {
                corners[c + i] = v + m.triangles[i];
            }
            v += m.vertexCount();
            c += m.triangles.length;
        }
        Mesh out = Places.of(p, 3 * n).mesh(columns(parts, n), corners);
        return charted ? out.with(charts(parts, (int) triangles)) : out;
    }

    private static Columns columns(List<Mesh> parts, int n) {
        List<ColumnType> types = new ArrayList<>();
        for (Mesh m : parts) {
            for (ColumnType t : m.columns.types()) {
                boolean known = types.stream().anyMatch(k -> k.name().equals(t.name()));
                if (!known && !t.name().equals(Columns.REST.name())) {
                    types.add(t);
                }
            }
        }
        Columns out = Columns.NONE;
        for (ColumnType t : types) {
            out = out.with(t, column(parts, t, n));
        }
        return out;
    }

    /** One column of all parts; null where it is of a kind that no mesh has. */
    private static @Nullable Object column(List<Mesh> parts, ColumnType t, int n) {
        Object all = switch (t.kind()) {
            case UINT8 -> new byte[n * t.width()];
            case UINT16 -> new char[n * t.width()];
            case FLOAT32 -> new float[n * t.width()];
            default -> null;
        };
        int at = 0;
        for (Mesh m : parts) {
            int size = m.vertexCount() * t.width();
            Object own = t.equals(m.columns.type(t.name())) ? m.columns.array(t.name()) : null;
            if (own != null && all != null) {
                System.arraycopy(own, 0, all, at, size);
            } else if (all instanceof byte[] b) {
                Arrays.fill(b, at, at + size, (byte) 255);
            } else if (all instanceof float[] f && !t.name().equals(Columns.NORMAL.name())) {
                Arrays.fill(f, at, at + size, Float.NaN);
            }
            at += size;
        }
        return all;
    }

    private static Charts charts(List<Mesh> parts, int triangles) {
        float[] uv = new float[6 * triangles];
        char[] material = new char[triangles];
        List<Material> materials = new ArrayList<>();
        int at = 0;
        for (Mesh m : parts) {
            int first = materials.size();
            Charts own = m.charts;
            if (own == null) {
                materials.add(Material.plain());
                Arrays.fill(material, at, at + m.triangleCount(), (char) first);
            } else {
                materials.addAll(own.materials());
                System.arraycopy(own.uv(), 0, uv, 6 * at, own.uv().length);
                for (int t = 0; t < own.triangleCount(); t++) {
                    material[at + t] = (char) (first + own.material()[t]);
                }
            }
            at += m.triangleCount();
        }
        return new Charts(uv, material, materials);
    }
}
