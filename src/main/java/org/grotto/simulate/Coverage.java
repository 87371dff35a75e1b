package org.grotto.simulate;

import java.util.List;
import org.grotto.base.Work;
import org.grotto.geometry.Mesh;
import org.grotto.geometry.Pose;
import org.grotto.geometry.TriangleTree;

/**
 * How much of what the stations could see stands in the mesh.
 *
 * @param samples places tried, spread evenly over the true surface
 * @param seen how many of them some station sees at no more than {@link #INCIDENCE} degrees
 * @param covered how many of the seen ones lie within {@code reach} of the mesh
 * @param seenArea square metres
 * @param reach metres
 */
public record Coverage(long samples, long seen, long covered, double seenArea, double reach) {
    /** Largest angle between line of sight and normal that counts as seen, degrees. */
    public static final double INCIDENCE = 60;

    private static final double COS = 0.5;
    private static final int LINES_AT_ONCE = 256;

    /** Covered over seen, 0 to 1; 1 where nothing is seen. */
    public double share() {
        return seen == 0 ? 1 : (double) covered / seen;
    }

    /** Follows {@code lines} random lines, each meeting the surface about four times; about a millisecond a line. */
    public static Coverage of(
            Mesh mesh, Cave cave, List<Setup> stations, double reach, int lines, long seed, Work work) {
        TriangleTree tree = new TriangleTree(mesh, work);
        SurfaceSampler sampler = new SurfaceSampler(cave);
        int blocks = (lines + LINES_AT_ONCE - 1) / LINES_AT_ONCE;
        long[][] counts = new long[blocks][3];
        work.each(blocks, b -> {
            double[] n = new double[3];
            long[] c = counts[b];
            for (int line = b * LINES_AT_ONCE; line < Math.min(lines, (b + 1) * LINES_AT_ONCE); line++) {
                sampler.line(seed, line, (x, y, z) -> {
                    c[0]++;
                    if (seen(cave, stations, x, y, z, n)) {
                        c[1]++;
                        if (tree.distance(x, y, z, reach * 1.000001) <= reach) {
                            c[2]++;
                        }
                    }
                });
            }
        });
        long[] sum = new long[3];
        for (long[] c : counts) {
            for (int k = 0; k < 3; k++) {
                sum[k] += c[k];
            }
        }
        return new Coverage(sum[0], sum[1], sum[2], sum[1] * sampler.areaPerCrossing(lines), reach);
    }

    /** Whether some station looks at the surface point (x, y, z) within 60 degrees of its normal. {@code n} is scratch. */
    static boolean seen(Cave cave, List<Setup> stations, double x, double y, double z, double[] n) {
        cave.normal(x, y, z, 1e-4, n);
        for (Setup s : stations) {
            Pose p = s.pose();
            double dx = x - p.tx();
            double dy = y - p.ty();
            double dz = z - p.tz();
            double l = Math.sqrt(dx * dx + dy * dy + dz * dz);
            dx /= l;
            dy /= l;
            dz /= l;
            if (-(dx * n[0] + dy * n[1] + dz * n[2]) >= COS && s.looksAt(dx, dy, dz)) {
                double t = cave.trace(p.tx(), p.ty(), p.tz(), dx, dy, dz, 0, l + 1);
                if (Math.abs(t - l) < 0.001) {
                    return true;
                }
            }
        }
        return false;
    }
}
