package org.grotto.format;

import java.util.ArrayList;
import java.util.List;

/** All points of a scan, gathered for tests. */
public final class Points {
    private Points() {}

    /** Rows of x, y, z and the columns, with a batch of an odd size so that batch borders are met. */
    public static List<double[]> all(PointReader reader, int scan) {
        List<double[]> out = new ArrayList<>();
        PointBatch b = new PointBatch(reader.scans().get(scan).columns(), 7);
        try (PointReader.PointCursor c = reader.points(scan)) {
            while (c.next(b)) {
                for (int i = 0; i < b.size; i++) {
                    double[] row = new double[3 + b.columns.length];
                    row[0] = b.x[i];
                    row[1] = b.y[i];
                    row[2] = b.z[i];
                    for (int k = 0; k < b.columns.length; k++) {
                        row[3 + k] = b.columns[k][i];
                    }
                    out.add(row);
                }
            }
        }
        return out;
    }
}
