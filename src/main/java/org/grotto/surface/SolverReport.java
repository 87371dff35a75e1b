package org.grotto.surface;

import java.util.List;

/**
 * What the solver did, for the run record.
 *
 * @param samples oriented points used
 * @param skipped points without a usable normal
 * @param side side of the octree's root cube, metres
 * @param isoValue area-weighted mean of the implicit function at the samples: the level that was extracted
 * @param levels one entry a level solved, coarse to fine
 */
public record SolverReport(int samples, int skipped, double side, double isoValue, List<LevelReport> levels) {
    /**
     * One level of the cascade.
     *
     * @param cellSize metres
     * @param blocks groups of 2 x 2 x 2 cells held
     * @param unknowns coefficients solved for
     * @param iterations conjugate gradient steps taken
     * @param residualBefore root of the preconditioned residual before the first step
     * @param residualAfter the same after the last
     */
    public record LevelReport(
            int depth,
            double cellSize,
            int blocks,
            long unknowns,
            int iterations,
            double residualBefore,
            double residualAfter) {}
}
