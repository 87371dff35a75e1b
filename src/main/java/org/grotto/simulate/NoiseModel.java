package org.grotto.simulate;

/**
 * How the virtual scanner errs; all lengths in metres.
 *
 * @param sigma standard deviation of a range at normal incidence on light stone
 * @param incidence the deviation grows by {@code sqrt(1 + (incidence * tan i)^2)}, tan limited to 5
 * @param beamRadius radius of the beam as it leaves
 * @param beamSpread by how much that radius grows for each metre of range
 * @param edge step between neighbouring ranges from which the beam is looked at as a bundle
 * @param pulse returns nearer to each other than this blend into one range; else the stronger one counts
 * @param dropout share of rays lost for no reason
 * @param grazing incidence in degrees at which half of the returns are lost
 * @param nearest smallest range measured
 */
public record NoiseModel(
        double sigma,
        double incidence,
        double beamRadius,
        double beamSpread,
        double edge,
        double pulse,
        double dropout,
        double grazing,
        double nearest) {

    /** A time-of-flight scanner of the better kind with range noise {@code sigma}. */
    public static NoiseModel of(double sigma) {
        return new NoiseModel(sigma, 0.5, 0.0012, 0.00015, 0.03, 0.40, 0.002, 84, 0.25);
    }

    /** No noise, no beam, no losses. */
    public static NoiseModel none() {
        return new NoiseModel(0, 0, 0, 0, Double.POSITIVE_INFINITY, 0, 0, 90, 0);
    }
}
