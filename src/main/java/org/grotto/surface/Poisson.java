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
 * <p>The same bits for any number of threads. Memory: at most about 250 bytes a sample beside the cloud's own, most of it
 * while the normals come down the levels.
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
        return reconstruct(oriented, Noise.UNKNOWN, o, work);
    }

    /** As {@link #reconstruct(Cloud, PoissonOptions, Work)}, as fine as the {@code noise} of each station allows. */
    public static Surface reconstruct(Cloud oriented, Noise noise, PoissonOptions o, Work work) {
        return pieces(oriented, noise, o, work).join();
    }

    /** Everything but the last step, so that the octree is gone when the triangles are put together. */
    private static Pieces pieces(Cloud oriented, Noise noise, PoissonOptions o, Work work) {
        Solution solution = solve(oriented, noise, o, work);
        Level[] levels = solution.levels;
        close(levels, solution.iso, work);
        Crossings crossings = Crossings.find(levels, solution.iso, work);
        int n = crossings.count();
        RootCube cube = solution.cube;
        double ox = Math.rint(cube.x0() + cube.side() / 2);
        double oy = Math.rint(cube.y0() + cube.side() / 2);
        double oz = Math.rint(cube.z0() + cube.side() / 2);
        float[] xyz = new float[3 * n];
        byte[] depth = new byte[n];
        crossings.place(
                (v, level, x, y, z) -> {
                    double h = cube.cell(level + 1);
                    xyz[3 * v] = (float) (cube.x0() - ox + h * x);
                    xyz[3 * v + 1] = (float) (cube.y0() - oy + h * y);
                    xyz[3 * v + 2] = (float) (cube.z0() - oz + h * z);
                    depth[v] = (byte) (level + 1);
                },
                work);
        List<Polygons> polygons = Extraction.run(levels, solution.iso, crossings, xyz, work);
        return new Pieces(ox, oy, oz, xyz, depth, polygons, solution.report, solution.walls);
    }

    /** The solved levels; entry i has depth i + 1. The samples are gone. */
    private record Solution(Level[] levels, RootCube cube, float iso, SolverReport report, ThinWalls walls) {}

    private static Solution solve(Cloud oriented, Noise noise, PoissonOptions o, Work work) {
        Samples s = Samples.of(oriented, o, work);
        int maxDepth = o.maxDepth();
        if (!Double.isNaN(o.spacing())) {
            maxDepth = Math.min(maxDepth, Math.max(2, (int) Math.rint(log2(s.cube.side() / o.spacing()))));
        }
        Density.estimate(s, maxDepth, noise, o, work);
        ThinWalls walls = ThinWalls.of(s);
        List<Level> levels = Octree.build(s, Math.min(o.fullDepth(), maxDepth), work);
        Solver.Solved solved = Solver.solve(levels, s, o, work);
        SolverReport report = new SolverReport(s.n, s.skipped, s.cube.side(), solved.iso(), solved.reports());
        return new Solution(levels.toArray(Level[]::new), s.cube, (float) solved.iso(), report, walls);
    }

    private static double log2(double v) {
        return StrictMath.log(v) / StrictMath.log(2);
    }

    /** Makes the root cube's border rock, so that the surface ends nowhere, and passes that on to finer rims. */
    private static void close(Level[] levels, float iso, Work work) {
        float rock = Math.nextDown(iso) - 0.5f;
        for (int i = 0; i < levels.length; i++) {
            Level l = levels[i];
            if (i > 0) {
                Transfer.prolong(levels[i - 1], levels[i - 1].u, l, l.u, 1, Transfer.Target.INACTIVE, work);
                l.neighboursFrom(levels[i - 1], work);
                levels[i - 1].forgetNeighbours();
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
        levels[levels.length - 1].forgetNeighbours();
    }

    /** Vertices and, task by task, the triangles over them. */
    private record Pieces(
            double ox,
            double oy,
            double oz,
            float[] xyz,
            byte[] depth,
            List<Polygons> polygons,
            SolverReport report,
            ThinWalls walls) {

        Surface join() {
            Extraction.Result r = Extraction.join(polygons, depth.length);
            int n = depth.length;
            int m = r.corners().length;
            float[] all = xyz;
            byte[] allDepths = depth;
            if (m > 0) {
                all = Arrays.copyOf(xyz, 3 * (n + m));
                allDepths = Arrays.copyOf(depth, n + m);
                System.arraycopy(r.middles(), 0, all, 3 * n, 3 * m);
                for (int i = 0; i < m; i++) {
                    allDepths[n + i] = depth[r.corners()[i]];
                }
            }
            return new Surface(new Mesh(ox, oy, oz, all, null, null, null, r.triangles()), allDepths, report, walls);
        }
    }
}
