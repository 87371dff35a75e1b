package org.grotto.scene;

import org.grotto.geometry.Box;

/**
 * Where the room's own walls, floor and ceiling stand, without what lies deeper in the rock (niches, cracks, doors): what
 * a doll's house may cut away.
 *
 * @param azimuthDegrees how far the walls are turned from the frame's axes, counter-clockwise from +X, -45 to 45
 * @param box in the turned axes through the frame's zero, metres: x = X cos a + Y sin a, y = Y cos a - X sin a, z = Z
 */
public record Room(double azimuthDegrees, Box box) {
    /** A bound that nothing reaches, metres. */
    private static final double EVERYTHING = 1e9;
    /** Reliefs stand so far before their wall, as a share of the room's diagonal. */
    private static final double RELIEF = 0.012;
    /** As far out as anything reaches, niches and doors, as a share of the room's sides. */
    private static final double DEEPEST = 0.3;

    /** Cosine and sine of the azimuth. */
    public double[] turn() {
        double a = StrictMath.toRadians(azimuthDegrees);
        return new double[] {StrictMath.cos(a), StrictMath.sin(a)};
    }

    /**
     * What a doll's house keeps: the room without the walls that face the eye and what hangs on them (mouldings, cracks,
     * niches), cut along planes just inside those walls, as in an architect's section. In the turned axes, metres.
     *
     * @param towards unit direction from the room to the eye, in the frame
     * @param amount 0 keeps all, 1 cuts
     */
    public Box keep(double[] towards, double amount) {
        double[] t = turn();
        double[] turned = {t[0] * towards[0] + t[1] * towards[1], t[0] * towards[1] - t[1] * towards[0], towards[2]};
        double[] min = {box.minX(), box.minY(), box.minZ()};
        double[] max = {box.maxX(), box.maxY(), box.maxZ()};
        double inset = RELIEF * box.diagonal();
        for (int k = 0; k < 3; k++) {
            double facing = Math.max(-1, Math.min(1, 4 * turned[k])) * amount;
            double out = DEEPEST * (max[k] - min[k]);
            min[k] = facing < 0 ? min[k] - out - facing * (out + inset) : -EVERYTHING;
            max[k] = facing > 0 ? max[k] + out - facing * (out + inset) : EVERYTHING;
        }
        return new Box(min[0], min[1], min[2], max[0], max[1], max[2]);
    }
}
