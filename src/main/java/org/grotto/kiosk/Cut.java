package org.grotto.kiosk;

import org.grotto.geometry.Box;

/**
 * What the doll's house keeps: the cave's box less a margin on the sides that face the eye. Culling takes the near walls
 * away, the margin what is left of them (cracks, mouldings, the far sides of their niches), with a clean edge as in an
 * architect's section. Metres relative to the scene's origin.
 */
record Cut(double minX, double minY, double minZ, double maxX, double maxY, double maxZ) {
    private static final double EVERYTHING = 1e6;
    private static final double MARGIN = 0.075;

    /** Keeps all. */
    static final Cut NOTHING = new Cut(-EVERYTHING, -EVERYTHING, -EVERYTHING, EVERYTHING, EVERYTHING, EVERYTHING);

    /**
     * @param box the cave, relative to the scene's origin
     * @param towards unit direction from the cave to the eye
     * @param amount 0 keeps all, 1 takes the whole margin
     */
    static Cut of(Box box, double[] towards, double amount) {
        double[] low = new double[3];
        double[] high = new double[3];
        double[] min = {box.minX(), box.minY(), box.minZ()};
        double[] max = {box.maxX(), box.maxY(), box.maxZ()};
        for (int a = 0; a < 3; a++) {
            double facing = Math.max(-1, Math.min(1, 4 * towards[a])) * amount;
            double margin = MARGIN * (max[a] - min[a]);
            low[a] = facing < 0 ? min[a] - margin * facing : -EVERYTHING;
            high[a] = facing > 0 ? max[a] - margin * facing : EVERYTHING;
        }
        return new Cut(low[0], low[1], low[2], high[0], high[1], high[2]);
    }
}
