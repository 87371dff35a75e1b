package org.grotto.kiosk.visit;

import org.grotto.geometry.Box;
import org.grotto.scene.CaveInfo;
import org.grotto.scene.Room;
import org.jspecify.annotations.Nullable;

/**
 * What the doll's house keeps, metres relative to the scene's origin, in axes turned with the room's walls.
 *
 * @param cos and {@code sin} of the angle by which the walls are turned, counter-clockwise from +X
 * @param through what is seen is seen through this box: a niche through its opening, not through the rock about it
 */
public record Cutaway(double cos, double sin, Box keep, Box through) {
    private static final double EVERYTHING = 1e6;
    /** Keeps all. */
    public static final Cutaway NOTHING = of(
            new Box(-EVERYTHING, -EVERYTHING, -EVERYTHING, EVERYTHING, EVERYTHING, EVERYTHING),
            new Box(-EVERYTHING, -EVERYTHING, -EVERYTHING, EVERYTHING, EVERYTHING, EVERYTHING));

    /** Walls lean and bulge out of the room's box so far, as a share of its diagonal. */
    private static final double BULGE = 0.02;

    private static Cutaway of(Box keep, Box through) {
        return new Cutaway(1, 0, keep, through);
    }

    /**
     * @param room where the walls stand, relative to the scene's origin ({@link #room}); null cuts nothing
     * @param towards unit direction from the cave to the eye
     * @param amount 0 keeps all, 1 cuts
     */
    public static Cutaway of(@Nullable Room room, double[] towards, double amount) {
        if (room == null) {
            return NOTHING;
        }
        double[] t = room.turn();
        Box k = room.keep(towards, amount);
        Box r = room.box()
                .grow(amount < 1 ? room.box().diagonal() : BULGE * room.box().diagonal());
        Box through = new Box(
                Math.max(k.minX(), r.minX()),
                Math.max(k.minY(), r.minY()),
                Math.max(k.minZ(), r.minZ()),
                Math.min(k.maxX(), r.maxX()),
                Math.min(k.maxY(), r.maxY()),
                Math.min(k.maxZ(), r.maxZ()));
        return new Cutaway(t[0], t[1], k, through);
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
