package org.grotto.kiosk;

import org.grotto.geometry.Box;
import org.grotto.scene.CaveInfo;
import org.grotto.scene.Room;

/**
 * What the doll's house keeps, metres relative to the scene's origin, in axes turned with the room's walls.
 *
 * @param cos and {@code sin} of the angle by which the walls are turned, counter-clockwise from +X
 */
record Cut(double cos, double sin, Box keep) {
    private static final double EVERYTHING = 1e6;
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
        double[] t = room.turn();
        return new Cut(t[0], t[1], room.keep(towards, amount));
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
