package org.grotto.format.text;

import java.util.Arrays;
import org.grotto.format.text.Trial.Kind;

/**
 * The numbers of a sample, column by column, in the lines that are as most are.
 *
 * @param kinds of the columns
 * @param values by column and row; NaN for none
 * @param pointed how many numbers of a column are written with a fraction or an exponent
 * @param empty how many cells of a column are empty
 * @param rows how many lines there are
 * @param first how many of them follow each other at the file's beginning
 */
record Values(Kind[] kinds, double[][] values, int[] pointed, int[] empty, int rows, int first) {
    private static final double UNIT = 0.02;

    static Values of(Sample sample, Trial trial) {
        Cells cells = new Cells(trial.dialect());
        int width = trial.kinds().length;
        int all = sample.lines().length - trial.head();
        double[][] v = new double[width][all];
        int[] pointed = new int[width];
        int[] empty = new int[width];
        int rows = 0;
        int first = 0;
        for (int i = trial.head(); i < sample.lines().length; i++) {
            byte[] line = sample.lines()[i];
            cells.split(line, 0, line.length);
            if (!Trial.fits(cells, trial.kinds())) {
                continue;
            }
            for (int k = 0; k < width; k++) {
                v[k][rows] = trial.kinds()[k] == Kind.NUMBERS ? cells.number(k) : Double.NaN;
                pointed[k] += cells.isPointed(k) ? 1 : 0;
                empty[k] += cells.isEmpty(k) ? 1 : 0;
            }
            rows++;
            first += sample.numbers()[i] > 0 ? 1 : 0;
        }
        for (int k = 0; k < width; k++) {
            v[k] = Arrays.copyOf(v[k], rows);
        }
        return new Values(trial.kinds(), v, pointed, empty, rows, first);
    }

    double least(int column) {
        double least = Double.POSITIVE_INFINITY;
        for (double x : values[column]) {
            least = x < least ? x : least;
        }
        return least;
    }

    double most(int column) {
        double most = Double.NEGATIVE_INFINITY;
        for (double x : values[column]) {
            most = x > most ? x : most;
        }
        return most;
    }

    boolean isWhole(int column) {
        for (double x : values[column]) {
            if (!Double.isNaN(x) && x != Math.rint(x)) {
                return false;
            }
        }
        return true;
    }

    /** True for whole numbers that grow by one from line to line, and go on growing. */
    boolean counts(int column) {
        double[] x = values[column];
        for (int i = 0; i < rows; i++) {
            boolean next = i == 0 ? x[0] == Math.rint(x[0]) : i < first ? x[i] == x[i - 1] + 1 : x[i] > x[i - 1];
            if (!next || x[i] < 0) {
                return false;
            }
        }
        return rows > 1;
    }

    /**
     * Whether three columns are normals: 1 for vectors of length one, rounded, some of them missing (zero); 0 where all
     * lie along axes, as pure colours do; -1 for no.
     */
    int normals(int column) {
        int unit = 0;
        int none = 0;
        boolean sure = false;
        for (int i = 0; i < rows; i++) {
            double a = values[column][i];
            double b = values[column + 1][i];
            double c = values[column + 2][i];
            double squares = a * a + b * b + c * c;
            boolean is = Math.abs(Math.sqrt(squares) - 1) < UNIT;
            unit += is ? 1 : 0;
            none += squares == 0 || Double.isNaN(squares) ? 1 : 0;
            boolean axis = Math.max(a, Math.max(b, c)) == 1 && squares == 1;
            sure |= is && !axis;
        }
        return unit == 0 || unit + none < 0.95 * rows ? -1 : sure ? 1 : 0;
    }

    /**
     * Whether three columns are a colour: 1 for whole numbers to 255 or 65,535, or shares between 0 and 1; 0 for nothing
     * but zeros and ones, which may be either; -1 for no.
     *
     * @param everyChannel channels of 16 bits must all be used
     */
    int colour(int column, boolean everyChannel) {
        double least = 0;
        double most = 0;
        double dimmest = Double.POSITIVE_INFINITY;
        boolean whole = true;
        for (int k = column; k < column + 3; k++) {
            least = Math.min(least, least(k));
            most = Math.max(most, most(k));
            dimmest = Math.min(dimmest, most(k));
            whole &= isWhole(k);
        }
        if (least < 0 || most > 65535 || !whole && most > 1) {
            return -1;
        }
        if (most > 255 && everyChannel && dimmest <= 255) {
            return -1;
        }
        return whole && most == 1 ? 0 : 1;
    }

    /** Whether a column is red, green and blue in one number: whole ones beyond 16 bits, or floats made of their bits. */
    boolean packed(int column) {
        double least = Double.POSITIVE_INFINITY;
        double most = 0;
        boolean tiny = true;
        for (double x : values[column]) {
            if (!Double.isNaN(x)) {
                least = Math.min(least, x);
                most = Math.max(most, x);
                tiny &= x == 0 || Math.abs(x) < 3e-38 || x < -1e38;
            }
        }
        boolean opaque = least >= 0xFF000000L && most <= 0xFFFFFFFFL;
        boolean plain = least >= 0 && most > 65535 && most <= 0xFFFFFF;
        return isWhole(column) && (opaque || plain) || tiny && (most > 0 || least < 0);
    }
}
