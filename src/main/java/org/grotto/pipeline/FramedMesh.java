package org.grotto.pipeline;

import org.grotto.geometry.ColumnType;
import org.grotto.geometry.Columns;
import org.grotto.geometry.Mesh;
import org.grotto.geometry.Places;

/** A mesh brought to a frame: its origin, places, normals, and the columns that are lengths. */
final class FramedMesh {
    private FramedMesh() {}

    static Mesh of(Mesh m, Frame frame) {
        double[] l = frame.placed(null);
        float[] rest = m.columns.floats(Columns.REST.name());
        double[] p = new double[m.xyz.length];
        double[] v = new double[3];
        for (int i = 0; i < p.length; i += 3) {
            for (int a = 0; a < 3; a++) {
                v[a] = m.origin(a) + ((double) m.xyz[i + a] + (rest == null ? 0 : rest[i + a]));
            }
            for (int a = 0; a < 3; a++) {
                p[i + a] = l[3 * a] * v[0] + l[3 * a + 1] * v[1] + l[3 * a + 2] * v[2];
            }
        }
        Columns columns = m.columns;
        for (ColumnType t : m.columns.types()) {
            float[] given = t.kind() == ColumnType.Kind.FLOAT32 ? m.columns.floats(t.name()) : null;
            if (given == null) {
                continue;
            }
            if (t.name().equals(Columns.NORMAL.name())) {
                columns = columns.with(t, normals(given, frame));
            } else if (t.unit().equals("m") || t.unit().equals("1/m")) {
                double s = t.unit().equals("m") ? frame.scale(0) : 1 / frame.scale(0);
                float[] scaled = new float[given.length];
                for (int i = 0; i < given.length; i++) {
                    scaled[i] = (float) (given[i] * s);
                }
                columns = columns.with(t, scaled);
            }
        }
        return Places.of(p, p.length).mesh(columns, m.triangles).with(m.charts);
    }

    private static float[] normals(float[] v, Frame frame) {
        float[] out = new float[v.length];
        double[] n = new double[3];
        for (int i = 0; i < v.length; i += 3) {
            n[0] = v[i];
            n[1] = v[i + 1];
            n[2] = v[i + 2];
            frame.normal(n);
            for (int a = 0; a < 3; a++) {
                out[i + a] = (float) n[a];
            }
        }
        return out;
    }
}
