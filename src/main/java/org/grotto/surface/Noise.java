package org.grotto.surface;

/**
 * What is known of the noise of points, by which {@link Density} chooses how many samples a cell should hold.
 *
 * @param metres of each station, RMS; NaN where it is not known
 * @param bound of each station, whether relief hides the noise, which is then at most that
 */
public record Noise(double[] metres, boolean[] bound) {
    /** Nothing is known. */
    public static final Noise UNKNOWN = new Noise(new double[0], new boolean[0]);

    /** Samples a cell should hold where nothing is known of the noise. */
    static final double USUAL = 2.5;

    /** However sharp the scan. */
    private static final double FEWEST = 1.35;

    /** However noisy the scan. */
    private static final double MOST = 3.5;

    /** Samples a cell should hold, over the noise in spacings. */
    private static final double SLOPE = 15;

    public Noise {
        if (metres.length != bound.length) {
            throw new IllegalArgumentException("one bound a station");
        }
    }

    /** Where relief hides the noise, it is at most what is told: a share of that counts as likely. */
    private static final double HIDDEN = 0.25;

    /** What a station's noise is likely to be, or a little less; NaN where nobody knows. */
    double likely(int station) {
        return station < metres.length ? metres[station] * (bound[station] ? HIDDEN : 1) : Double.NaN;
    }

    /** Of a station; 0 where it is not known, or hidden by relief and perhaps less than told. */
    double metres(int station) {
        return station >= metres.length || !(metres[station] >= 0) || bound[station] ? 0 : metres[station];
    }

    /**
     * Samples that a cell should hold around a sample. What a surface gets wrong is noise that it follows (less, the more
     * samples a cell averages) and relief that it does not (less, the smaller the cells), so the best number goes by the
     * ratio of noise to spacing. Chosen on virtual caves of two shapes, at ratios 0.007, 0.03, 0.1 and 0.2: up to 0.03 one
     * and a half samples give a quarter less error than two and a half, at 0.1 a little less, at 0.2 a sixth more. Where
     * relief hides the noise there is more relief than noise in a cell, so no more samples than usual.
     *
     * @param station of the sample
     * @param spacing of the points around it, of all stations together, metres
     */
    double samplesPerNode(int station, double spacing) {
        if (station >= metres.length || !(metres[station] >= 0) || !(spacing > 0)) {
            return USUAL;
        }
        double most = bound[station] ? USUAL : MOST;
        return Math.max(FEWEST, Math.min(most, SLOPE * metres[station] / spacing));
    }
}
