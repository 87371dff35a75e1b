package org.grotto.surface;

import org.grotto.base.Work;

/** The mean of the function over the surface: each sample's value weighs as much as the surface it stands for. */
final class IsoValue {
    private double sum;
    private double total;

    /** Adds the samples in leaf cells of a level that has been solved for; coarse levels first. */
    void add(Level l, Samples s, Work work) {
        int bits = RootCube.BITS - l.depth;
        int low = (1 << bits) - 1;
        float unit = (float) (1.0 / (1L << bits));
        int shift = 3 * (Samples.CODE_BITS - l.depth);
        sum += work.sum(l.n, Level.TASK, (from, to) -> leafSum(l, s, from, to, shift, low, unit, true));
        total += work.sum(l.n, Level.TASK, (from, to) -> leafSum(l, s, from, to, shift, low, unit, false));
    }

    double value() {
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
}
