package org.grotto.surface;

import org.grotto.geometry.ColumnType;
import org.grotto.geometry.Columns;

/** Columns of a mesh that is cut: those of the vertices that stay, then one entry for each cut edge. */
final class CutColumns {
    private CutColumns() {}

    /**
     * Makes an entry between the two ends of each edge as {@link ColumnType#between} says; the nearer end's where one of
     * them knows nothing.
     *
     * @param kept the vertices that stay, in their new order
     * @param edges two vertices each, the first in the upper 32 bits
     * @param share how far from the first vertex each edge is cut, 0 to 1
     */
    static Columns of(Columns columns, int[] kept, long[] edges, double[] share) {
        int n = kept.length;
        int[] index = new int[n + edges.length];
        System.arraycopy(kept, 0, index, 0, n);
        for (int e = 0; e < edges.length; e++) {
            index[n + e] = share[e] < 0.5 ? (int) (edges[e] >>> 32) : (int) edges[e];
        }
        Columns out = columns.pick(index, index.length);
        for (int c = 0; c < columns.types().size(); c++) {
            ColumnType t = columns.types().get(c);
            if (t.between() != ColumnType.Between.NEARER) {
                Object array = out.array(t.name());
                for (int e = 0; array != null && e < edges.length; e++) {
                    put(t, array, n + e, mixed(columns, c, (int) (edges[e] >>> 32), (int) edges[e], share[e]));
                }
            }
        }
        return out;
    }

    private static double[] mixed(Columns columns, int c, int a, int b, double share) {
        ColumnType t = columns.types().get(c);
        double[] v = new double[t.width()];
        double square = 0;
        for (int k = 0; k < v.length; k++) {
            double p = columns.value(c, a, k);
            double q = columns.value(c, b, k);
            v[k] = t.isNone(p) || t.isNone(q) ? share < 0.5 ? p : q : p + share * (q - p);
            square += v[k] * v[k];
        }
        if (t.between() == ColumnType.Between.DIRECTION && square > 0) {
            double length = Math.sqrt(square);
            for (int k = 0; k < v.length; k++) {
                v[k] /= length;
            }
        }
        return v;
    }

    private static void put(ColumnType t, Object array, int i, double[] v) {
        for (int k = 0; k < v.length; k++) {
            int at = t.width() * i + k;
            switch (t.kind()) {
                case UINT8 -> ((byte[]) array)[at] = (byte) Math.round(v[k]);
                case UINT16 -> ((char[]) array)[at] = (char) Math.round(v[k]);
                case INT32 -> ((int[]) array)[at] = (int) Math.round(v[k]);
                case INT64 -> ((long[]) array)[at] = Math.round(v[k]);
                case FLOAT32 -> ((float[]) array)[at] = (float) v[k];
                case FLOAT64 -> ((double[]) array)[at] = v[k];
            }
        }
    }
}
