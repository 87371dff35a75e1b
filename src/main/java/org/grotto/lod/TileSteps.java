package org.grotto.lod;

import java.util.Arrays;
import org.grotto.base.Work;
import org.grotto.geometry.Box;
import org.grotto.geometry.Mesh;
import org.grotto.geometry.Morton;

/**
 * How finely each vertex of a mesh is placed. Triangles next to each other are looked at together, so that the detail of a
 * place decides there: the step is the largest power of two below 1/128 of the quartile of their edges, so that rounding
 * stays under 1/400 of an edge, and at most {@link #COARSEST}. The finest step of all is the lattice's; others are multiples
 * of it, and a vertex that two places share has the finer one. A far part therefore coarsens nothing.
 *
 * <p>The lattice has 2^31 steps: only a mesh wider than {@code 2e9} of its steps is placed more coarsely, one of 10 km at 8
 * micrometres. Costs a sort of the triangles; 12 bytes a triangle while it runs.
 */
final class TileSteps {
    /** Metres: rounding stays below 8 micrometres. */
    private static final double COARSEST = 0x1p-16;

    private static final double FINEST = 0x1p-24;
    private static final double STEPS = 2e9;
    private static final int RUN = 128;
    private static final int CELLS = 1 << 21;

    private final double finest;
    /** Per vertex: its step is {@code finest << shift}. */
    private final byte[] shift;

    private TileSteps(double finest, byte[] shift) {
        this.finest = finest;
        this.shift = shift;
    }

    /** Of the triangles {@code t} of {@code mesh} within {@code box}. */
    static TileSteps of(Mesh mesh, int[] t, Box box, Work work) {
        int n = t.length / 3;
        double floor = Math.max(FINEST, box.isEmpty() ? 0 : power(2 * box.longest() / STEPS));
        int runs = Math.max(1, n / RUN);
        double[] steps = new double[runs];
        int[] order = order(mesh, t, box, work);
        work.blocks(runs, 64, (from, to) -> {
            double[] edges = new double[3 * 2 * RUN];
            for (int r = from; r < to; r++) {
                int end = r == runs - 1 ? n : (r + 1) * RUN;
                int k = 0;
                for (int i = r * RUN; i < end; i++) {
                    for (int c = 0; c < 3; c++) {
                        double d = edge(mesh, t[3 * order[i] + c], t[3 * order[i] + (c + 1) % 3]);
                        edges[k] = d;
                        k += d > 0 ? 1 : 0;
                    }
                }
                Arrays.sort(edges, 0, k);
                double wanted = k == 0 ? COARSEST : Math.min(COARSEST, edges[k / 4] / 128);
                steps[r] = Math.max(floor, power(wanted));
            }
        });
        double finest = Arrays.stream(steps).min().orElse(COARSEST);
        byte[] shift = new byte[mesh.vertexCount()];
        Arrays.fill(shift, Byte.MAX_VALUE);
        for (int i = 0; i < n; i++) {
            byte s = (byte) Math.getExponent(steps[Math.min(runs - 1, i / RUN)] / finest);
            for (int c = 0; c < 3; c++) {
                int v = t[3 * order[i] + c];
                shift[v] = s < shift[v] ? s : shift[v];
            }
        }
        return new TileSteps(finest, shift);
    }

    /** The triangles along a Morton curve of their centroids. */
    private static int[] order(Mesh mesh, int[] t, Box box, Work work) {
        int n = t.length / 3;
        double cell = Math.max(box.isEmpty() ? 1 : box.longest(), 1e-9) / (CELLS - 1);
        double[] low = {box.minX() - mesh.originX, box.minY() - mesh.originY, box.minZ() - mesh.originZ};
        long[] codes = new long[n];
        work.blocks(n, 1 << 14, (from, to) -> {
            int[] c = new int[3];
            for (int i = from; i < to; i++) {
                for (int a = 0; a < 3; a++) {
                    double sum = (double) mesh.xyz[3 * t[3 * i] + a]
                            + mesh.xyz[3 * t[3 * i + 1] + a]
                            + mesh.xyz[3 * t[3 * i + 2] + a];
                    c[a] = (int) Math.max(0, Math.min(CELLS - 1, (sum / 3 - low[a]) / cell));
                }
                codes[i] = Morton.encode(c[0], c[1], c[2]);
            }
        });
        return Morton.sort(codes, work);
    }

    private static double edge(Mesh mesh, int a, int b) {
        double s = 0;
        for (int axis = 0; axis < 3; axis++) {
            double d = (double) mesh.xyz[3 * a + axis] - mesh.xyz[3 * b + axis];
            s += d * d;
        }
        return Math.sqrt(s);
    }

    /** The largest power of two up to {@code v}. */
    private static double power(double v) {
        return v > 0 ? Math.scalb(1.0, Math.getExponent(v)) : 0;
    }

    /** The lattice's step, metres, a power of two. */
    double finest() {
        return finest;
    }

    /** Where vertex {@code v} is placed, {@code d} metres from the lattice's zero, in the finest steps. */
    int rounded(int v, double d) {
        double step = Math.scalb(finest, shift[v]);
        return (int) ((long) Math.rint(d / step) << shift[v]);
    }
}
