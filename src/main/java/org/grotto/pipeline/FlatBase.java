package org.grotto.pipeline;

import java.util.BitSet;
import org.grotto.geometry.Box;
import org.grotto.geometry.Cloud;
import org.grotto.geometry.Mesh;

/**
 * Which side of its bounds an object stands on: the one side that a large part of is flat against. Of each side the share
 * of its rectangle is taken that holds surface within a hundredth of the extent. Cost: one pass.
 */
final class FlatBase {
    private static final double NEAR = 0.01;
    private static final int GRID = 32;
    private static final double LEAST = 0.12;
    private static final double CLEAR = 4;

    private final double[] low;
    private final double[] high;
    /** Of -x, -y, -z, x, y, z. */
    private final double[] share = new double[6];

    private FlatBase(Box b) {
        low = new double[] {b.minX(), b.minY(), b.minZ()};
        high = new double[] {b.maxX(), b.maxY(), b.maxZ()};
    }

    /** The side it stands on: "-z", "x" and so on; "" where none is clear. */
    static String of(Mesh m) {
        FlatBase f = new FlatBase(m.bounds());
        double[] o = {m.originX, m.originY, m.originZ};
        for (int axis = 0; axis < 3; axis++) {
            int u = (axis + 1) % 3;
            int v = (axis + 2) % 3;
            double rectangle = (f.high[u] - f.low[u]) * (f.high[v] - f.low[v]);
            double near = NEAR * (f.high[axis] - f.low[axis]);
            for (int t = 0; t < m.triangles.length && rectangle > 0; t += 3) {
                int a = 3 * m.triangles[t];
                int b = 3 * m.triangles[t + 1];
                int c = 3 * m.triangles[t + 2];
                double least = o[axis] + Math.min(m.xyz[a + axis], Math.min(m.xyz[b + axis], m.xyz[c + axis]));
                double most = o[axis] + Math.max(m.xyz[a + axis], Math.max(m.xyz[b + axis], m.xyz[c + axis]));
                int side = most - f.low[axis] <= near ? axis : f.high[axis] - least <= near ? 3 + axis : -1;
                if (side >= 0) {
                    double cross = ((double) m.xyz[b + u] - m.xyz[a + u]) * (m.xyz[c + v] - m.xyz[a + v])
                            - ((double) m.xyz[b + v] - m.xyz[a + v]) * (m.xyz[c + u] - m.xyz[a + u]);
                    f.share[side] += Math.abs(cross) / 2 / rectangle;
                }
            }
        }
        return f.side();
    }

    /** The same of points. */
    static String of(Cloud cloud) {
        FlatBase f = new FlatBase(cloud.bounds());
        BitSet[] cells = new BitSet[6];
        for (int s = 0; s < 6; s++) {
            cells[s] = new BitSet(GRID * GRID);
        }
        double[] p = new double[3];
        for (int i = 0; i < cloud.size; i++) {
            p[0] = cloud.px(i);
            p[1] = cloud.py(i);
            p[2] = cloud.pz(i);
            for (int axis = 0; axis < 3; axis++) {
                double near = NEAR * (f.high[axis] - f.low[axis]);
                int side = p[axis] - f.low[axis] <= near ? axis : f.high[axis] - p[axis] <= near ? 3 + axis : -1;
                if (side >= 0) {
                    cells[side].set(GRID * f.cell(p, (axis + 1) % 3) + f.cell(p, (axis + 2) % 3));
                }
            }
        }
        for (int s = 0; s < 6; s++) {
            f.share[s] = cells[s].cardinality() / (double) (GRID * GRID);
        }
        return f.side();
    }

    private int cell(double[] p, int axis) {
        double side = high[axis] - low[axis];
        return side > 0 ? Math.min(GRID - 1, (int) (GRID * (p[axis] - low[axis]) / side)) : 0;
    }

    private String side() {
        int best = 0;
        for (int s = 1; s < 6; s++) {
            best = share[s] > share[best] ? s : best;
        }
        for (int s = 0; s < 6; s++) {
            if (s != best && share[s] * CLEAR > share[best]) {
                return "";
            }
        }
        return share[best] < LEAST ? "" : (best < 3 ? "-" : "") + "xyz".charAt(best % 3);
    }
}
