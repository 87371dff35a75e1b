package org.grotto.surface;

import java.util.Arrays;
import java.util.List;
import org.grotto.base.GrottoException;
import org.grotto.base.Work;
import org.grotto.geometry.Cloud;
import org.grotto.geometry.Mesh;
import org.grotto.geometry.Morton;

/**
 * Screened Poisson surface reconstruction (Kazhdan and Hoppe, ACM TOG 32(3), 2013) on an adaptive octree whose cells
 * follow the density of the scan. The function that is sought rises from rock to open by one across the surface; its
 * gradient fits the normals, its zero the points. Basis: trilinear hat functions, for which the system has 27 entries a
 * row, the function is plainly trilinear in every leaf cell, and levels join without extra conditions.
 *
 * <p>The same bits for any number of threads. Memory: 10 million samples fit a heap of 4 GB and take 71 seconds of
 * processor time, half of them on each of two cores (29 million triangles).
 */
public final class Poisson {
    private Poisson() {}

    /**
     * The surface of an oriented cloud: closed (where the scan leaves the scene open it is closed around the open, for
     * trimming to take away), 2-manifold, vertices on octree edges.
     *
     * @param oriented points with normals that point out of the rock; normals of length zero are counted as faults
     * @throws GrottoException where there are fewer than four oriented points, or all are in one place
     */
    public static Surface reconstruct(Cloud oriented, PoissonOptions o, Work work) {
        Samples s = Samples.of(oriented, o, work);
        int maxDepth = o.maxDepth();
        if (!Double.isNaN(o.spacing())) {
            maxDepth = Math.min(maxDepth, Math.max(2, (int) Math.rint(log2(s.cube.side() / o.spacing()))));
        }
        Density.estimate(s, maxDepth, o, work);
        List<Level> list = Octree.build(s, Math.min(o.fullDepth(), maxDepth), work);
        List<SolverReport.LevelReport> reports = Solver.solve(list, s, o, work);
        Level[] levels = list.toArray(Level[]::new);
        double iso = isoValue(levels, s, work);
        close(levels, (float) iso, work);
        SolverReport report = new SolverReport(s.n, s.skipped, s.cube.side(), iso, reports);
        return extract(levels, (float) iso, s, report, work);
    }

    private static double log2(double v) {
        return StrictMath.log(v) / StrictMath.log(2);
    }

    /** The mean of the function over the surface: each sample's value weighs as much as the surface it stands for. */
    private static double isoValue(Level[] levels, Samples s, Work work) {
        double sum = 0;
        double total = 0;
        for (Level l : levels) {
            int bits = RootCube.BITS - l.depth;
            int low = (1 << bits) - 1;
            float unit = (float) (1.0 / (1L << bits));
            int shift = 3 * (Samples.CODE_BITS - l.depth);
            sum += work.sum(l.n, Level.TASK, (from, to) -> leafSum(l, s, from, to, shift, low, unit, true));
            total += work.sum(l.n, Level.TASK, (from, to) -> leafSum(l, s, from, to, shift, low, unit, false));
        }
        return sum / total;
    }

    private static double leafSum(
            Level l, Samples s, int fromBlock, int toBlock, int shift, int low, float unit, boolean value) {
        float[] w = new float[8];
        double sum = 0;
        for (int b = fromBlock; b < toBlock; b++) {
            for (int i = l.from[b]; i < l.to[b]; i++) {
                int c = (int) (s.code[i] >>> shift & 7);
                if ((l.refined[b] >> c & 1) != 0) {
                    continue;
                }
                double f = 1;
                if (value) {
                    f = 0;
                    Stencil.weights((s.x[i] & low) * unit, (s.y[i] & low) * unit, (s.z[i] & low) * unit, w);
                    for (int e = 0; e < 8; e++) {
                        int x = (c & 1) + (e & 1);
                        int y = (c >> 1 & 1) + (e >> 1 & 1);
                        int z = (c >> 2) + (e >> 2);
                        int k = x + 3 * y + 9 * z;
                        f += w[e] * l.u[8 * l.neighbour[27 * b + Transfer.UPPER[k]] + Transfer.UPPER_SLOT[k]];
                    }
                }
                sum += f * s.area[i];
            }
        }
        return sum;
    }

    /** Makes the root cube's border rock, so that the surface ends nowhere, and passes that on to finer rims. */
    private static void close(Level[] levels, float iso, Work work) {
        float rock = Math.nextDown(iso) - 0.5f;
        for (int i = 0; i < levels.length; i++) {
            Level l = levels[i];
            if (i > 0) {
                Transfer.prolong(levels[i - 1], levels[i - 1].u, l, l.u, 1, Transfer.Target.INACTIVE, work);
            }
            int cells = 1 << l.depth;
            work.blocks(l.n, Level.TASK, (from, to) -> {
                for (int b = from; b < to; b++) {
                    for (int c = 0; l.border[b] && c < 8; c++) {
                        int x = 2 * Morton.decode(l.key[b], 0) + (c & 1);
                        int y = 2 * Morton.decode(l.key[b], 1) + (c >> 1 & 1);
                        int z = 2 * Morton.decode(l.key[b], 2) + (c >> 2);
                        boolean on = x == 0 || y == 0 || z == 0 || x >= cells || y >= cells || z >= cells;
                        if (on && l.u[8 * b + c] >= iso) {
                            l.u[8 * b + c] = rock;
                        }
                    }
                }
            });
        }
    }

    private static Surface extract(Level[] levels, float iso, Samples s, SolverReport report, Work work) {
        Crossings crossings = Crossings.find(levels, iso, work);
        int n = crossings.count();
        RootCube cube = s.cube;
        double ox = Math.rint(cube.x0() + cube.side() / 2);
        double oy = Math.rint(cube.y0() + cube.side() / 2);
        double oz = Math.rint(cube.z0() + cube.side() / 2);
        float[] xyz = new float[3 * n];
        float[] cell = new float[n];
        float[] density = new float[n];
        crossings.place(
                (v, level, x, y, z) -> {
                    double h = cube.cell(level + 1);
                    xyz[3 * v] = (float) (cube.x0() - ox + h * x);
                    xyz[3 * v + 1] = (float) (cube.y0() - oy + h * y);
                    xyz[3 * v + 2] = (float) (cube.z0() - oz + h * z);
                    cell[v] = (float) h;
                    density[v] = density(s, level + 1, x, y, z);
                },
                work);
        Extraction.Result r = Extraction.run(levels, iso, crossings, xyz, work);
        int m = r.corners().length;
        float[] all = Arrays.copyOf(xyz, 3 * (n + m));
        float[] allCells = Arrays.copyOf(cell, n + m);
        float[] allDensity = Arrays.copyOf(density, n + m);
        System.arraycopy(r.middles(), 0, all, 3 * n, 3 * m);
        for (int i = 0; i < m; i++) {
            allCells[n + i] = cell[r.corners()[i]];
            allDensity[n + i] = density[r.corners()[i]];
        }
        return new Surface(new Mesh(ox, oy, oz, all, null, null, null, r.triangles()), allCells, allDensity, report);
    }

    /** Samples a square metre in the smallest cell that holds any, from one twice as large as the leaf on. */
    private static float density(Samples s, int depth, double x, double y, double z) {
        int from = 0;
        int to = 0;
        int d = depth;
        while (d > 0 && from == to) {
            d--;
            long top = (1L << d) - 1;
            double f = Math.scalb(1.0, d - depth);
            long code = Morton.encode((int) Math.min(top, (long) (x * f)), (int) Math.min(top, (long) (y * f)), (int)
                    Math.min(top, (long) (z * f)));
            int shift = 3 * (Samples.CODE_BITS - d);
            if (d == 0) {
                from = 0;
                to = s.n;
            } else {
                long after = (code + 1) << shift;
                from = s.lowerBound(0, s.n, code << shift);
                to = after < 0 ? s.n : s.lowerBound(from, s.n, after);
            }
        }
        double h = s.cube.cell(d);
        return (float) ((to - from) / (h * h));
    }
}
