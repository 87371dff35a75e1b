package org.grotto.surface;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.grotto.geometry.ColumnType;
import org.grotto.geometry.ColumnType.Between;
import org.grotto.geometry.Columns;
import org.grotto.geometry.Mesh;

/**
 * What vertices carry, and by how much it may change where a vertex goes and the triangles around it are filled anew:
 * colours 4 of 255, evidence 8 of 255, intensity 4 of 254, normals 0.12 (7 degrees), spacing a fifth, the distance to the samples by
 * the noise, any other number by a fiftieth of the range in use. A class (a station) stays named beside where it was.
 *
 * @param noise by which distances may change, metres
 * @param other per column, by how much numbers of unknown meaning may change; 0 for those named above
 */
record Carried(double noise, List<ColumnType> columns, double[] other) {
    private static final double COLOUR = 4;
    private static final double EVIDENCE = 8;
    private static final double INTENSITY = 4;
    private static final double NORMAL = 0.12;
    private static final double SPACING = 0.2;
    private static final double OTHER = 0.02;
    private static final int SAMPLED = 100_000;

    /** Of all columns that {@code mesh} has. */
    static Carried of(Mesh mesh, double noise) {
        List<ColumnType> columns = mesh.columns.types();
        double[] other = new double[columns.size()];
        for (int c = 0; c < other.length; c++) {
            other[c] = OTHER * range(mesh, c);
        }
        return new Carried(noise, columns, other);
    }

    /** The width of the middle 98 % of a column's first numbers. */
    private static double range(Mesh mesh, int column) {
        ColumnType t = mesh.columns.types().get(column);
        int n = mesh.vertexCount();
        int stride = Math.max(1, n / SAMPLED);
        double[] some = new double[n / stride];
        int m = 0;
        for (int i = 0; i < some.length; i++) {
            double v = mesh.columns.value(column, i * stride, 0);
            if (!t.isNone(v)) {
                some[m++] = v;
            }
        }
        double[] sorted = Arrays.copyOf(some, m);
        Arrays.sort(sorted);
        return m == 0 ? 0 : sorted[(int) (0.99 * (m - 1))] - sorted[(int) (0.01 * (m - 1))];
    }

    private static boolean isClass(ColumnType t) {
        return t.between() == Between.NEARER && !t.name().equals(Columns.RGB8.name());
    }

    /** The numbers of all vertices, each in units of what it may change by; NaN where nothing is known. */
    float[][] numbers(Mesh m) {
        List<float[]> out = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            ColumnType t = columns.get(i);
            int column = m.columns.indexOf(t.name());
            for (int c = 0; !isClass(t) && c < t.width(); c++) {
                float[] f = new float[m.vertexCount()];
                for (int v = 0; v < f.length; v++) {
                    double value = m.columns.value(column, v, c);
                    f[v] = t.isNone(value) ? Float.NaN : (float) scaled(t, other[i], value);
                }
                out.add(f);
            }
        }
        return out.toArray(float[][]::new);
    }

    private double scaled(ColumnType t, double any, double value) {
        String name = t.name();
        if (name.equals(Columns.RGB8.name())) {
            return value / COLOUR;
        } else if (name.equals(Columns.EVIDENCE.name())) {
            return value / EVIDENCE;
        } else if (name.equals(Columns.NORMAL.name())) {
            return value / NORMAL;
        } else if (name.equals(VertexSamples.INTENSITY.name())) {
            return value / INTENSITY;
        } else if (name.equals(VertexSamples.SPACING.name())) {
            return StrictMath.log(Math.max(1, value)) / SPACING;
        } else if (name.equals(VertexSamples.DISTANCE.name())) {
            return value * VertexSamples.FINE / Math.max(noise, VertexSamples.FINE);
        }
        return value / Math.max(any, Double.MIN_NORMAL);
    }

    /** The classes of all vertices. */
    int[][] choices(Mesh m) {
        List<int[]> out = new ArrayList<>();
        for (ColumnType t : columns) {
            if (isClass(t) && t.kind().whole()) {
                int column = m.columns.indexOf(t.name());
                int[] f = new int[m.vertexCount()];
                for (int v = 0; v < f.length; v++) {
                    f[v] = (int) m.columns.value(column, v, 0);
                }
                out.add(f);
            }
        }
        return out.toArray(int[][]::new);
    }
}
