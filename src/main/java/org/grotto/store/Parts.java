package org.grotto.store;

import java.util.List;
import org.grotto.geometry.ColumnType;
import org.grotto.geometry.Columns;

/** Entries of a part's columns put where they belong in the whole's. */
final class Parts {
    private Parts() {}

    /** Copies entry k of each of the {@code types} in {@code part} to entry {@code ids[k]} of the array beside it. */
    static void spread(Columns part, List<ColumnType> types, int[] ids, List<Object> to) {
        for (int c = 0; c < types.size(); c++) {
            ColumnType t = types.get(c);
            Object from = part.array(t.name());
            if (from == null) {
                throw new IllegalArgumentException("a craft did not give the column " + t.name());
            }
            put(t.width(), from, ids, to.get(c));
        }
    }

    private static void put(int w, Object from, int[] ids, Object to) {
        switch (from) {
            case byte[] a -> {
                byte[] b = (byte[]) to;
                for (int k = 0; k < a.length; k++) {
                    b[w * ids[k / w] + k % w] = a[k];
                }
            }
            case char[] a -> {
                char[] b = (char[]) to;
                for (int k = 0; k < a.length; k++) {
                    b[w * ids[k / w] + k % w] = a[k];
                }
            }
            case int[] a -> {
                int[] b = (int[]) to;
                for (int k = 0; k < a.length; k++) {
                    b[w * ids[k / w] + k % w] = a[k];
                }
            }
            case float[] a -> {
                float[] b = (float[]) to;
                for (int k = 0; k < a.length; k++) {
                    b[w * ids[k / w] + k % w] = a[k];
                }
            }
            default -> {
                for (int k = 0; k < ids.length; k++) {
                    System.arraycopy(from, w * k, to, w * ids[k], w);
                }
            }
        }
    }
}
