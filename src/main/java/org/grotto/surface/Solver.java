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
 * <p>Right-hand sides go up from the finest level ({@link #constraints}), the normals spread at coarse levels come down
 * ({@link #inherit}); then each level is a function of its own cells, the rim around them and the coarser solution
 * ({@link #solveLevel}), which is what a chunk with its halo will be given. Levels down to the coarse depth are solved to
 * a tight tolerance: their errors are those that no finer level repairs.
 *
 * <p>Memory: each of the passes holds the large tables of one or two levels only; see {@link Level#neighbour}.
 */
final class Solver {
    private static final double COARSE_TOLERANCE = 1e-5;
    private static final double FINE_TOLERANCE = 1e-3;
    private static final int COARSE_ITERATIONS = 300;

    private Solver() {}

    /**
     * What was found.
     *
     * @param iso the function's value on the surface
     */
    record Solved(List<SolverReport.LevelReport> reports, double iso) {}

    /**
     * Solves all levels; the values end up in {@link Level#u}. Level 1, entry 0, is only the root of the tables. The
     * samples' normals are let go on the way.
     */
    static Solved solve(List<Level> levels, Samples s, PoissonOptions o, Work work) {
        float[][] rhs = constraints(levels, s, work);
        inherit(levels, rhs, s, work);
        s.forgetNormals();
        List<SolverReport.LevelReport> reports = new ArrayList<>();
        IsoValue iso = new IsoValue();
        try (Progress.Step step = work.progress().begin("solving the surface", levels.size() - 1, "levels")) {
            int coarse = Math.min(o.coarseDepth(), levels.size());
            levels.get(0).u = new float[8 * levels.get(0).n];
            iso.add(levels.get(0), s, work);
            for (int i = 1; i < levels.size(); i++) {
                Level l = levels.get(i);
                boolean global = i < coarse;
                start(levels.get(i - 1), l, work);
                l.points = Octree.merge(l, s, o.pointWeight(), work);
                reports.add(solveLevel(
                        l,
                        rhs[i],
                        global ? COARSE_ITERATIONS : o.iterations(),
                        global ? COARSE_TOLERANCE : FINE_TOLERANCE,
                        s.cube.cell(l.depth),
                        work));
                l.points = Level.Points.NONE;
                rhs[i] = new float[0];
                iso.add(l, s, work);
                step.advance(1);
            }
            levels.getLast().forgetNeighbours();
        }
        return new Solved(reports, iso.value());
    }

    /** The right-hand side of every level from the normals spread at it and at finer ones. */
    private static float[][] constraints(List<Level> levels, Samples s, Work work) {
        float[][] rhs = new float[levels.size()][];
        for (int i = 1; i < levels.size(); i++) {
            levels.get(i).neighboursFrom(levels.get(i - 1), work);
            levels.get(i - 1).forgetNeighbours();
            rhs[i] = own(levels.get(i), s, work);
        }
        levels.getLast().forgetNeighbours();
        Level[] all = levels.toArray(Level[]::new);
        for (int i = all.length - 1; i > 1; i--) {
            Transfer.restrict(all, i, rhs[i], rhs[i - 1], work);
        }
        return rhs;
    }

    /** What the normals spread at a level put into its right-hand side. */
    private static float[] own(Level l, Samples s, Work work) {
        float[] b = new float[8 * l.n];
        Field own = Field.zero(l);
        own.spread(l, s, work);
        own.addDivergence(l, b, work);
        return b;
    }

    /** Adds to the right-hand side of every level what the normals spread at coarser ones put into it. */
    private static void inherit(List<Level> levels, float[][] rhs, Samples s, Work work) {
        Field field = Field.zero(levels.get(0));
        for (int i = 1; i < levels.size(); i++) {
            Level coarse = levels.get(i - 1);
            Level l = levels.get(i);
            field = field.carry(coarse, l, work);
            l.neighboursFrom(coarse, work);
            coarse.forgetNeighbours();
            field.addDivergence(l, rhs[i], work);
            if (i + 1 < levels.size()) {
                field.spread(l, s, work);
            }
        }
        levels.getLast().forgetNeighbours();
    }

    /** The coarser solution as the first guess. */
    private static void start(Level coarse, Level l, Work work) {
        l.u = new float[8 * l.n];
        Transfer.prolong(coarse, coarse.u, l, l.u, 1, Transfer.Target.ALL, work);
        l.neighboursFrom(coarse, work);
        coarse.forgetNeighbours();
    }

    /** One level, from the first guess in {@link Level#u}; the right-hand side is used up. */
    private static SolverReport.LevelReport solveLevel(
            Level l, float[] rhs, int most, double tolerance, double cell, Work work) {
        float[] u = l.u;
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
