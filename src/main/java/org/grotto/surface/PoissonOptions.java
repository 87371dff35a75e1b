package org.grotto.surface;

import org.grotto.base.Declared;
import org.grotto.base.Help;

/**
 * Options of {@link Poisson}.
 *
 * <p>How fine the surface becomes is decided by the scan: around every sample the octree is refined until a cell holds
 * about {@code samplesPerNode / 4^refine} samples. {@code maxDepth} and {@code spacing} only stop it earlier; at the default
 * depth a tunnel of 10 km has cells of a centimetre where it was scanned so finely.
 *
 * <p>The default {@code pointWeight} was chosen between a sparse scan, which wants to be followed closely (60 mm spacing,
 * 1 mm noise: median error 0.9 mm, at weight 4 1.4 mm), and a dense noisy one, which wants to be averaged (5 mm spacing,
 * 1 mm noise: RMS 0.44 mm, at weight 30 0.74 mm). How many samples a cell should hold goes by each station's noise over the
 * spacing ({@link Noise}).
 */
public record PoissonOptions(
        @Help("Deepest level of the octree, a guard: 2^maxDepth cells along the cube around the scan")
        int maxDepth,

        @Help(value = "Smallest cell; NaN lets the local density of the scan decide", unit = "m")
        double spacing,

        @Help("How strongly the surface is drawn to the points; 0 reconstructs from normals alone")
        double pointWeight,

        @Help("Samples a cell should hold where normals are spread; more means smoother. NaN lets the ratio of noise to"
                + " spacing decide")
        double samplesPerNode,

        @Help("How much finer than the spread of the normals leaf cells are, in levels, before rounding")
        double refine,

        @Help("Side of the cube around the scan over the longest side of the scan")
        double scale,

        @Help("Level to which the octree is complete") int fullDepth,

        @Help("Level to which the system is solved for the whole cave at once")
        int coarseDepth,

        @Help("Most iterations of the solver on each finer level")
        int iterations) {

    public static final PoissonOptions DEFAULTS = new PoissonOptions(20, Double.NaN, 8, Double.NaN, 0, 1.1, 5, 8, 12);

    public PoissonOptions {
        Declared.check(maxDepth >= 3 && maxDepth <= 20, "maxDepth", "3 to 20", maxDepth);
        Declared.check(Double.isNaN(spacing) || spacing > 0 && spacing < 1e6, "spacing", "positive metres", spacing);
        Declared.check(pointWeight >= 0 && pointWeight <= 1000, "pointWeight", "0 to 1000", pointWeight);
        Declared.check(
                Double.isNaN(samplesPerNode) || samplesPerNode >= 0.25 && samplesPerNode <= 1000,
                "samplesPerNode",
                "0.25 to 1000",
                samplesPerNode);
        Declared.check(refine >= 0 && refine <= 4, "refine", "0 to 4", refine);
        Declared.check(scale > 1 && scale <= 10, "scale", "above 1 and at most 10", scale);
        Declared.check(fullDepth >= 2 && fullDepth <= 8, "fullDepth", "2 to 8", fullDepth);
        Declared.check(coarseDepth >= fullDepth && coarseDepth <= 16, "coarseDepth", "--full-depth to 16", coarseDepth);
        Declared.check(iterations >= 1 && iterations <= 1000, "iterations", "1 to 1000", iterations);
    }

    public PoissonOptions withMaxDepth(int depth) {
        return new PoissonOptions(
                depth, spacing, pointWeight, samplesPerNode, refine, scale, fullDepth, coarseDepth, iterations);
    }

    public PoissonOptions withSpacing(double metres) {
        return new PoissonOptions(
                maxDepth, metres, pointWeight, samplesPerNode, refine, scale, fullDepth, coarseDepth, iterations);
    }

    public PoissonOptions withPointWeight(double weight) {
        return new PoissonOptions(
                maxDepth, spacing, weight, samplesPerNode, refine, scale, fullDepth, coarseDepth, iterations);
    }
}
