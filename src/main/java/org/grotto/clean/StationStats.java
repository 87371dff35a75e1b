package org.grotto.clean;

/**
 * What one station's points are like.
 *
 * @param station index in the list of stations
 * @param points how many are left after cleaning
 * @param spacing distance to the nearest other point of the same station, metres, in space, noise and all, at up to 1600
 *     of its points. On a regular grid of step s all quantiles are s (the shorter of two different steps); jittered by
 *     random numbers about half a step wide the median falls to about 0.85 s; points thrown at random (Poisson) with
 *     density d a square metre have a median of 0.470 / sqrt(d) and a 95 % quantile of 0.977 / sqrt(d)
 * @param noise RMS by which points scatter, metres; NaN where too few points say anything
 * @param bound whether the noise is at most that: relief, rounding or too few points hide it. Roughness finer than the
 *     spacing cannot be told from noise and is in it either way
 * @param alongBeam whether the noise is that along the beams, which takes a known place of the station; else across the
 *     surface, which is less by the cosine of the incidence
 * @param samples windows of up to 96 points that the noise was found from
 */
public record StationStats(
        int station,
        String name,
        long points,
        Quantiles spacing,
        double noise,
        boolean bound,
        boolean alongBeam,
        long samples) {

    /**
     * The noise, metres, by which neighbourhoods are widened: relief that hides the noise is none, so a bound counts as no
     * more than half of the spacing, which widens nothing; 0 where it is not known.
     */
    double smoothing() {
        return bound ? Math.min(noise, spacing.median() / 2) : noiseOrZero();
    }

    /** The noise, or an upper bound of it, metres; 0 where it is not known. */
    private double noiseOrZero() {
        return noise > 0 ? noise : 0;
    }
}
