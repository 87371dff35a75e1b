package org.grotto.image;

/**
 * A scale of 256 colours for a quantity: equal steps look equal, lightness falls all the way, so it reads in grey print
 * and with any colour vision. Made from five OKLab colours, pale straw to deep indigo, cut into steps of equal length.
 */
public final class ColourMap {
    /** Pale for small values, deep for large ones. */
    public static final ColourMap STRAW_TO_INDIGO = new ColourMap(
            new double[] {0.945, -0.012, 0.085},
            new double[] {0.80, -0.075, 0.065},
            new double[] {0.64, -0.085, -0.005},
            new double[] {0.47, -0.035, -0.085},
            new double[] {0.27, 0.025, -0.105});

    private static final int FINE = 4096;
    private final int[] table = new int[256];

    private ColourMap(double[]... points) {
        double[] length = new double[FINE + 1];
        double[] before = at(points, 0);
        for (int i = 1; i <= FINE; i++) {
            double[] p = at(points, (double) i / FINE);
            double d = 0;
            for (int c = 0; c < 3; c++) {
                d += (p[c] - before[c]) * (p[c] - before[c]);
            }
            length[i] = length[i - 1] + Math.sqrt(d);
            before = p;
        }
        int at = 0;
        for (int i = 0; i < 256; i++) {
            double want = length[FINE] * i / 255;
            while (at < FINE && length[at] < want) {
                at++;
            }
            double[] p = at(points, (double) at / FINE);
            table[i] = Oklab.rgb(p[0], p[1], p[2]);
        }
    }

    /** A Catmull-Rom curve through the points. */
    private static double[] at(double[][] p, double t) {
        double s = t * (p.length - 1);
        int i = (int) Math.min(p.length - 2, Math.floor(s));
        double u = s - i;
        double[] a = p[Math.max(0, i - 1)];
        double[] b = p[i];
        double[] c = p[i + 1];
        double[] d = p[Math.min(p.length - 1, i + 2)];
        double[] out = new double[3];
        for (int k = 0; k < 3; k++) {
            out[k] = b[k]
                    + 0.5
                            * u
                            * (c[k]
                                    - a[k]
                                    + u
                                            * (2 * a[k]
                                                    - 5 * b[k]
                                                    + 4 * c[k]
                                                    - d[k]
                                                    + u * (3 * (b[k] - c[k]) + d[k] - a[k])));
        }
        return out;
    }

    /** 0xRRGGBB of a value from 0 to 1; what lies outside takes the end's colour. */
    public int of(double value) {
        return table[(int) Math.max(0, Math.min(255, Math.round(value * 255)))];
    }
}
