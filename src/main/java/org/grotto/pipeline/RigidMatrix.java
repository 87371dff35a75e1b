package org.grotto.pipeline;

import java.util.List;
import java.util.Locale;
import org.grotto.geometry.Pose;

/** A 4x4 matrix as CloudCompare writes it, four lines of four numbers, taken as a rigid move. */
final class RigidMatrix {
    /** How far from rigid rounding may bring a matrix: CloudCompare prints at least six digits. */
    private static final double TOLERANCE = 1e-4;

    private RigidMatrix() {}

    /** The move; what is not rotation and translation alone is refused with its line. */
    static Pose pose(Yaml y) {
        List<Double> m = y.numbers();
        if (m.size() != 16) {
            throw y.bad(
                    "a pose is four lines of four numbers, as CloudCompare shows it; found " + m.size() + " numbers.");
        }
        for (double v : m) {
            if (!Double.isFinite(v)) {
                throw y.bad("a pose holds finite numbers; found " + v + ".");
            }
        }
        if (Math.abs(m.get(12)) + Math.abs(m.get(13)) + Math.abs(m.get(14)) + Math.abs(m.get(15) - 1) > TOLERANCE) {
            throw y.bad("the last line of a pose is 0 0 0 1; the matrix may be written column by column, turn it.");
        }
        double[] r = {m.get(0), m.get(1), m.get(2), m.get(4), m.get(5), m.get(6), m.get(8), m.get(9), m.get(10)};
        double worst = 0;
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 3; j++) {
                double dot = r[3 * i] * r[3 * j] + r[3 * i + 1] * r[3 * j + 1] + r[3 * i + 2] * r[3 * j + 2];
                worst = Math.max(worst, Math.abs(dot - (i == j ? 1 : 0)));
            }
        }
        double det = r[0] * (r[4] * r[8] - r[5] * r[7])
                - r[1] * (r[3] * r[8] - r[5] * r[6])
                + r[2] * (r[3] * r[7] - r[4] * r[6]);
        if (worst > TOLERANCE) {
            throw y.bad(String.format(
                    Locale.ROOT,
                    "this matrix does not only turn and move, it scales or shears (by %.4g); give a rigid one, and the"
                            + " unit as \"unit\".",
                    worst));
        }
        if (det < 0) {
            throw y.bad("this matrix mirrors the scan; give one that only turns and moves.");
        }
        return Pose.of(r, m.get(3), m.get(7), m.get(11));
    }
}
