package org.grotto.kiosk;

import org.grotto.geometry.Box;
import org.grotto.scene.CaveInfo;
import org.grotto.scene.Room;
import org.jspecify.annotations.Nullable;

/**
 * What the doll's house keeps, metres relative to the scene's origin, in axes turned with the room's walls.
 *
 * @param cos and {@code sin} of the angle by which the walls are turned, counter-clockwise from +X
 */
record Cut(double cos, double sin, Box keep) {
    private static final double EVERYTHING = 1e6;
    /** Keeps all. */
    static final Cut NOTHING =
            new Cut(1, 0, new Box(-EVERYTHING, -EVERYTHING, -EVERYTHING, EVERYTHING, EVERYTHING, EVERYTHING));

    /**
     * @param room where the walls stand, relative to the scene's origin ({@link #room}); null cuts nothing
     * @param towards unit direction from the cave to the eye
     * @param amount 0 keeps all, 1 cuts
     */
    static Cut of(@Nullable Room room, double[] towards, double amount) {
        if (room == null) {
            return NOTHING;
        }
        double[] t = room.turn();
        return new Cut(t[0], t[1], room.keep(towards, amount));
    }

    /** Where a package's walls stand, relative to {@code origin}; null where it does not say, or is no room. */
    static @Nullable Room room(CaveInfo cave, double[] origin) {
        Room r = cave.room();
        if (r == null) {
            return null;
        }
        double[] t = r.turn();
        double x = t[0] * origin[0] + t[1] * origin[1];
        double y = t[0] * origin[1] - t[1] * origin[0];
        double z = origin[2];
        Box b = r.box();
        return new Room(
                r.azimuthDegrees(),
                new Box(b.minX() - x, b.minY() - y, b.minZ() - z, b.maxX() - x, b.maxY() - y, b.maxZ() - z));
    }
}
