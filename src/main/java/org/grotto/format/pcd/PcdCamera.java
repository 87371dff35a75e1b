package org.grotto.format.pcd;

import org.grotto.format.Column;
import org.grotto.format.PointBatch;
import org.grotto.format.PointReader.PointCursor;
import org.grotto.format.Scan;

/**
 * Whether the rows and columns of an organised cloud are a camera's picture: along a column x / z rises evenly, whatever
 * the row and the depth, and so does y / z along a row. Then the axes are the camera's, and what is up in the picture is -y
 * (or y where the camera looks along -z). A scanner's grid runs over angles, a map's over x and y themselves; in neither do
 * the quotients rise evenly. One pass over the points.
 */
final class PcdCamera {
    /** How far, in pixels, places may lie beside those of a camera. */
    private static final double NEAR = 0.5;
    /** And so many times as far, at the least, beside those of a map. */
    private static final double FARTHER = 4;

    private static final int LEAST = 200;
    /** A larger grid is no camera's. */
    private static final long LARGEST = 1 << 26;

    private final Line u = new Line();
    private final Line v = new Line();
    private final Line x = new Line();
    private final Line y = new Line();
    private long before;
    private long behind;

    private PcdCamera() {}

    /** Values over numbers of rows or columns, and the straight line through them. */
    private static final class Line {
        private double n;
        private double sum;
        private double squares;
        private double values;
        private double products;
        private double valueSquares;

        void add(double at, double value) {
            n++;
            sum += at;
            squares += at * at;
            values += value;
            products += at * value;
            valueSquares += value * value;
        }

        private double slope() {
            return (products - sum * values / n) / (squares - sum * sum / n);
        }

        /** How far values lie beside the line, in steps of rows or columns; what no number is, is far. */
        double off() {
            double s = slope();
            double left = valueSquares - values * values / n - s * (products - sum * values / n);
            double off = Math.sqrt(Math.max(0, left) / n) / Math.abs(s);
            return Double.isFinite(off) ? off : Double.MAX_VALUE;
        }
    }

    /** The axis that is up in the camera's picture, "-y" or "y"; "" where the grid is none. */
    static String up(Scan scan, PointCursor points) {
        if (scan.count() > LARGEST) {
            return "";
        }
        PcdCamera c = new PcdCamera();
        PointBatch b = new PointBatch(scan.columns(), 1 << 14);
        while (points.next(b)) {
            c.look(b);
        }
        return c.up();
    }

    private void look(PointBatch b) {
        double[] row = b.columns[b.indexOf(Column.ROW)];
        double[] col = b.columns[b.indexOf(Column.COL)];
        for (int i = 0; i < b.size; i++) {
            double z = b.z[i];
            if (!Double.isFinite(b.x[i] + b.y[i] + z) || b.x[i] == 0 && b.y[i] == 0 && z == 0) {
                continue;
            }
            before += z > 0 ? 1 : 0;
            behind += z < 0 ? 1 : 0;
            if (z != 0) {
                u.add(col[i], b.x[i] / Math.abs(z));
                v.add(row[i], b.y[i] / Math.abs(z));
                x.add(col[i], b.x[i]);
                y.add(row[i], b.y[i]);
            }
        }
    }

    private String up() {
        boolean one = before == 0 || behind == 0;
        double off = Math.max(u.off(), v.off());
        double map = Math.min(x.off(), y.off());
        if (u.n < LEAST || !one || !(off < NEAR) || !(map > FARTHER * Math.max(off, NEAR / 2)) || !(u.slope() > 0)) {
            return "";
        }
        // x to the right, y down and z ahead, or x to the right, y up and z behind
        return before > 0 && v.slope() > 0 ? "-y" : behind > 0 && v.slope() < 0 ? "y" : "";
    }
}
