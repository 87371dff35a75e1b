package org.grotto.clean;

/**
 * How well two stations agree where both saw the same surface. Measured, never used to move a point.
 *
 * @param a and {@code b}: indices in the list of stations
 * @param samples places of real overlap looked at, from both sides
 * @param median of the signed distances from b's surface to a's along the normal, metres, positive towards the open side
 * @param rms root mean square of them
 * @param p95 95 % of them are smaller than this in absolute value
 * @param centre the point the rotation turns about, metres
 * @param translation what moves a onto b at the centre, mm
 * @param rotation what turns a onto b, a rotation vector in mrad
 * @param observable how many of the six parameters the overlap determines; the others are left at zero
 * @param shift RMS of that move along the normals over the overlap, mm: by how much a wall is doubled
 * @param threshold what {@code shift} must exceed to be more than noise, mm
 */
public record PairResidual(
        int a,
        int b,
        long samples,
        double median,
        double rms,
        double p95,
        double[] centre,
        double[] translation,
        double[] rotation,
        int observable,
        double shift,
        double threshold,
        Verdict verdict) {

    /** What the numbers mean. */
    public enum Verdict {
        /** Consistent within noise. */
        CONSISTENT,
        DOUBLED_WALL,
        /** The overlap is too small to judge. */
        TOO_SMALL
    }
}
