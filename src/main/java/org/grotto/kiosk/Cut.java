package org.grotto.kiosk;

import org.grotto.geometry.Box;
import org.grotto.scene.CaveInfo;
import org.grotto.scene.Room;

/**
 * What the doll's house keeps: the room without the walls that face the eye and what hangs on them (mouldings, cracks,
 * niches, the far sides of both), cut along planes just inside those walls, as in an architect's section. Metres relative
 * to the scene's origin, in axes turned with the room's walls.
 *
 * @param cos and {@code sin} of the angle by which the walls are turned, counter-clockwise from +X
 */
record Cut(double cos, double sin, Box keep) {
    private static final double EVERYTHING = 1e6;
    /** Reliefs stand so far before their wall, as a share of the room's diagonal. */
    private static final double RELIEF = 0.012;
    /** As far out as anything reaches, niches and doors, as a share of the room's sides. */
    private static final double DEEPEST = 0.3;
    /** Where a package does not say where its walls stand: how thick they are taken to be, as a share of its sides. */
    private static final double MARGIN = 0.075;

    /** Keeps all. */
    static final Cut NOTHING =
            new Cut(1, 0, new Box(-EVERYTHING, -EVERYTHING, -EVERYTHING, EVERYTHING, EVERYTHING, EVERYTHING));

    /**
     * @param room where the walls stand, relative to the scene's origin ({@link #room})
     * @param towards unit direction from the cave to the eye
     * @param amount 0 keeps all, 1 cuts
     */
    static Cut of(Room room, double[] towards, double amount) {
        double a = Math.toRadians(room.azimuthDegrees());
        double c = Math.cos(a);
        double s = Math.sin(a);
        double[] turned = {c * towards[0] + s * towards[1], c * towards[1] - s * towards[0], towards[2]};
        Box b = room.box();
        double[] min = {b.minX(), b.minY(), b.minZ()};
        double[] max = {b.maxX(), b.maxY(), b.maxZ()};
        double inset = RELIEF * b.diagonal();
        for (int k = 0; k < 3; k++) {
            double facing = Math.max(-1, Math.min(1, 4 * turned[k])) * amount;
            double out = DEEPEST * (max[k] - min[k]);
            min[k] = facing < 0 ? min[k] - out - facing * (out + inset) : -EVERYTHING;
            max[k] = facing > 0 ? max[k] + out - facing * (out + inset) : EVERYTHING;
        }
        return new Cut(c, s, new Box(min[0], min[1], min[2], max[0], max[1], max[2]));
    }

    /** Where a package's walls stand, relative to {@code origin}; a guess where it does not say. */
    static Room room(CaveInfo cave, double[] origin) {
        Room r = cave.room();
        if (r == null) {
            Box b = cave.bounds();
            double x = MARGIN * b.sizeX();
            double y = MARGIN * b.sizeY();
            double z = MARGIN * b.sizeZ();
            r = new Room(
                    0, new Box(b.minX() + x, b.minY() + y, b.minZ() + z, b.maxX() - x, b.maxY() - y, b.maxZ() - z));
        }
        double a = Math.toRadians(r.azimuthDegrees());
        double x = Math.cos(a) * origin[0] + Math.sin(a) * origin[1];
        double y = Math.cos(a) * origin[1] - Math.sin(a) * origin[0];
        double z = origin[2];
        Box b = r.box();
        return new Room(
                r.azimuthDegrees(),
                new Box(b.minX() - x, b.minY() - y, b.minZ() - z, b.maxX() - x, b.maxY() - y, b.maxZ() - z));
    }
}
