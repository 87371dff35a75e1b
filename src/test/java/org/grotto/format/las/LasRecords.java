package org.grotto.format.las;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.grotto.format.las.point.LasPoints;

/** Point records as bytes, to compare files by. */
public final class LasRecords {
    private LasRecords() {}

    public static byte[] of(LasPoints p) {
        return Synthetic.records(p);
    }

    /** All records of a file in its order, as LasReader gives them, in one piece. */
    public static byte[] inOrder(Path file) {
        try (LasReader reader = LasReader.open(file)) {
            return LazPairsTest.records(reader);
        }
    }

    /** All records of a file, in the order of their bytes. */
    public static List<byte[]> sorted(Path file) {
        try (LasReader reader = LasReader.open(file)) {
            byte[] all = LazPairsTest.records(reader);
            int length = reader.layout().length();
            List<byte[]> list = new ArrayList<>();
            for (int at = 0; at < all.length; at += length) {
                list.add(Arrays.copyOfRange(all, at, at + length));
            }
            list.sort(Arrays::compare);
            return list;
        }
    }
}
