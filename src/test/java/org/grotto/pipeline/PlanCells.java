package org.grotto.pipeline;

import java.util.Arrays;
import org.grotto.geometry.Box;
import org.grotto.geometry.Cloud;
import org.grotto.geometry.Mesh;

/** A ground plan in square cells: of points, or of the lowest surface over each cell's middle. For tests. */
final class PlanCells {
    private final Box box;
    private final double side;
    private final int nx;
    private final int ny;
    private final double[] low;
    private final double[] high;
    private final int[] lowest;
    private final boolean[] up;

    private PlanCells(Box box, double side) {
        this.box = box;
        this.side = side;
        this.nx = (int) (box.sizeX() / side) + 1;
        this.ny = (int) (box.sizeY() / side) + 1;
        this.low = new double[nx * ny];
        this.high = new double[nx * ny];
        this.lowest = new int[nx * ny];
        this.up = new boolean[nx * ny];
        Arrays.fill(low, Double.POSITIVE_INFINITY);
        Arrays.fill(high, Double.NEGATIVE_INFINITY);
        Arrays.fill(lowest, -1);
    }

    static PlanCells of(Cloud cloud, double side) {
        PlanCells p = new PlanCells(cloud.bounds(), side);
        for (int i = 0; i < cloud.size; i++) {
            int c = (int) ((cloud.py(i) - p.box.minY()) / side) * p.nx + (int) ((cloud.px(i) - p.box.minX()) / side);
            double z = cloud.pz(i);
            p.high[c] = Math.max(p.high[c], z);
            if (z < p.low[c]) {
                p.low[c] = z;
                p.lowest[c] = i;
            }
        }
        return p;
    }

    /** The lowest surface over the middles of the same cells. */
    PlanCells lowest(Mesh m) {
        PlanCells p = new PlanCells(box, side);
        double[] x = new double[3];
        double[] y = new double[3];
        double[] z = new double[3];
        for (int t = 0; t < m.triangles.length; t += 3) {
            for (int k = 0; k < 3; k++) {
                int v = 3 * m.triangles[t + k];
                x[k] = (m.originX + m.xyz[v] - box.minX()) / side - 0.5;
                y[k] = (m.originY + m.xyz[v + 1] - box.minY()) / side - 0.5;
                z[k] = m.originZ + m.xyz[v + 2];
            }
            double det = (x[1] - x[0]) * (y[2] - y[0]) - (y[1] - y[0]) * (x[2] - x[0]);
            if (det == 0) {
                continue;
            }
            int y1 = (int) Math.min(ny - 1, Math.floor(Math.max(y[0], Math.max(y[1], y[2]))));
            int x1 = (int) Math.min(nx - 1, Math.floor(Math.max(x[0], Math.max(x[1], x[2]))));
            for (int j = (int) Math.max(0, Math.ceil(Math.min(y[0], Math.min(y[1], y[2])))); j <= y1; j++) {
                for (int i = (int) Math.max(0, Math.ceil(Math.min(x[0], Math.min(x[1], x[2])))); i <= x1; i++) {
                    double u = ((i - x[0]) * (y[2] - y[0]) - (j - y[0]) * (x[2] - x[0])) / det;
                    double v = ((x[1] - x[0]) * (j - y[0]) - (y[1] - y[0]) * (i - x[0])) / det;
                    double h = z[0] + u * (z[1] - z[0]) + v * (z[2] - z[0]);
                    if (u >= 0 && v >= 0 && u + v <= 1 && h < p.low[j * nx + i]) {
                        p.low[j * nx + i] = h;
                        p.up[j * nx + i] = det > 0;
                    }
                }
            }
        }
        return p;
    }

    int size() {
        return low.length;
    }

    /** The index of the lowest point, or -1. */
    int lowestPoint(int cell) {
        return lowest[cell];
    }

    boolean empty(int cell) {
        return low[cell] == Double.POSITIVE_INFINITY;
    }

    boolean looksUp(int cell) {
        return up[cell];
    }

    /** How far over a cell's lowest point the highest of it and its eight neighbours lies. */
    double standing(int cell) {
        int x = cell % nx;
        int y = cell / nx;
        double top = Double.NEGATIVE_INFINITY;
        for (int j = Math.max(0, y - 1); j <= Math.min(ny - 1, y + 1); j++) {
            for (int i = Math.max(0, x - 1); i <= Math.min(nx - 1, x + 1); i++) {
                top = Math.max(top, high[j * nx + i]);
            }
        }
        return top - low[cell];
    }
}
