package org.grotto.surface;

import java.util.ArrayList;
import java.util.List;
import org.grotto.base.Progress;
import org.grotto.base.Work;

/**
 * The cascade of Kazhdan and Hoppe (2013): each level, coarse to fine, is solved for with the coarser solution as start
 * and, on the rim of the level's cells, as boundary value. The smoother is the conjugate gradient method with the
 * diagonal as preconditioner, which makes the cascade optimal (Bornemann and Deuflhard 1996); its sums are fixed trees.
 *
 * <p>Right-hand sides go up from the finest level ({@link #constraints}); then each level is a function of its own cells,
 * the rim around them and the coarser solution ({@link #descend}), which is what a chunk with its halo will be given.
 * Levels down to the coarse depth are solved to a tight tolerance: their errors are those that no finer level repairs.
 */
final class Solver {
    private static final double COARSE_TOLERANCE = 1e-5;
    private static final double FINE_TOLERANCE = 1e-3;
    private static final int COARSE_ITERATIONS = 300;

    private Solver() {}

    /** Solves all levels; the values end up in {@link Level#u}. Level 1, entry 0, is only the root of the tables. */
    static List<SolverReport.LevelReport> solve(List<Level> levels, Samples s, PoissonOptions o, Work work) {
        float[][] rhs = new float[levels.size()][];
        for (int i = levels.size() - 1; i >= 1; i--) {
            rhs[i] = constraints(levels, i, i + 1 < levels.size() ? rhs[i + 1] : null, s, work);
        }
        List<SolverReport.LevelReport> reports = new ArrayList<>();
        levels.get(0).u = new float[8 * levels.get(0).n];
        try (Progress.Step step = work.progress().begin("solving the surface", levels.size() - 1, "levels")) {
            int coarse = Math.min(o.coarseDepth(), levels.size());
            Field field = Field.zero(levels.get(0));
            for (int i = 1; i < levels.size(); i++) {
                boolean global = i < coarse;
                field = descend(
                        levels.get(i - 1),
                        field,
                        levels.get(i),
                        rhs[i],
                        s,
                        o.pointWeight(),
                        global ? COARSE_ITERATIONS : o.iterations(),
                        global ? COARSE_TOLERANCE : FINE_TOLERANCE,
                        i + 1 < levels.size(),
                        reports,
                        work);
                rhs[i] = new float[0];
                step.advance(1);
            }
        }
        return reports;
    }

    /**
     * One step of the cascade: from the coarser level's solution and field to this level's solution (in {@link Level#u})
     * and, unless it is the last, its field. Nothing else goes in, so this is what a chunk with its halo needs.
     */
    private static Field descend(
            Level coarse,
            Field field,
            Level fine,
            float[] rhs,
            Samples s,
            double pointWeight,
            int most,
            double tolerance,
            boolean more,
            List<SolverReport.LevelReport> reports,
            Work work) {
        inherit(coarse, field, fine, work).addDivergence(fine, rhs, work);
        fine.points = Octree.merge(fine, s, pointWeight, work);
        reports.add(solveLevel(coarse, fine, rhs, most, tolerance, s.cube.cell(fine.depth), work));
        fine.points = Level.Points.NONE;
        if (!more) {
            return Field.NONE;
        }
        // made a second time, so that it does not lie in memory while the level is being solved for
        Field f = inherit(coarse, field, fine, work);
        f.spread(fine, s, work);
        return f;
    }

    /** The right-hand side of a level from the normals spread at it and at finer ones. */
    private static float[] constraints(
            List<Level> levels, int i, float @org.jspecify.annotations.Nullable [] finer, Samples s, Work work) {
        Level l = levels.get(i);
        float[] b = new float[8 * l.n];
        Field own = Field.zero(l);
        own.spread(l, s, work);
        own.addDivergence(l, b, work);
        if (finer != null) {
            Transfer.restrict(l, b, levels.get(i + 1), finer, work);
        }
        return b;
    }

    /** The field spread at coarser levels, carried to this one. */
    private static Field inherit(Level coarse, Field field, Level fine, Work work) {
        Field f = Field.zero(fine);
        Transfer.prolong(coarse, field.x(), fine, f.x(), 0.5f, Transfer.Target.ALL, work);
        Transfer.prolong(coarse, field.y(), fine, f.y(), 0.5f, Transfer.Target.ALL, work);
        Transfer.prolong(coarse, field.z(), fine, f.z(), 0.5f, Transfer.Target.ALL, work);
        return f;
    }

    /** One level, from the coarser solution. */
    private static SolverReport.LevelReport solveLevel(
            Level coarse, Level l, float[] rhs, int most, double tolerance, double cell, Work work) {
        float[] u = new float[8 * l.n];
        Transfer.prolong(coarse, coarse.u, l, u, 1, Transfer.Target.ALL, work);
        l.u = u;
        Operator a = new Operator(l);
        float[] r = rhs;
        a.residual(u, rhs, r, work);
        float[] inverse = new float[8 * l.n];
        a.inverseDiagonal(inverse, work);
        float[] p = new float[8 * l.n];
        float[] q = new float[8 * l.n];
        int task = 8 * Level.TASK;
        double rz = work.sum(8 * l.n, task, (from, to) -> {
            double sum = 0;
            for (int i = from; i < to; i++) {
                p[i] = inverse[i] * r[i];
                sum += (double) p[i] * r[i];
            }
            return sum;
        });
        double first = rz;
        int done = 0;
        while (done < most && rz > 0 && rz > tolerance * tolerance * first) {
            double pq = a.apply(p, q, work);
            if (!(pq > 0)) {
                break;
            }
            float alpha = (float) (rz / pq);
            double next = work.sum(8 * l.n, task, (from, to) -> {
                double sum = 0;
                for (int i = from; i < to; i++) {
                    u[i] += alpha * p[i];
                    float ri = r[i] - alpha * q[i];
                    r[i] = ri;
                    sum += (double) (inverse[i] * ri) * ri;
                }
                return sum;
            });
            float beta = (float) (next / rz);
            rz = next;
            done++;
            work.blocks(8 * l.n, task, (from, to) -> {
                for (int i = from; i < to; i++) {
                    p[i] = inverse[i] * r[i] + beta * p[i];
                }
            });
        }
        long unknowns = 0;
        for (byte b : l.active) {
            unknowns += Integer.bitCount(b & 255);
        }
        return new SolverReport.LevelReport(
                l.depth, cell, l.n, unknowns, done, Math.sqrt(first), Math.sqrt(Math.max(0, rz)));
    }
}
