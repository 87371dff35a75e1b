package org.grotto.kiosk.move;

import org.grotto.kiosk.visit.Eye;

/**
 * A look at the cave from outside: the eye circles about a target at a distance. Angles as in {@link Eye}, of the
 * direction from the target to the eye.
 */
public record Orbit(
        double tx, double ty, double tz, double yaw, double pitch, double distance, double fov, double size) {
    public Orbit {
        pitch = Math.max(Math.toRadians(-87), Math.min(Math.toRadians(87), pitch));
        distance = Math.max(0.35 * size, Math.min(4 * size, distance));
    }

    public static Orbit from(double[] eye, double[] target, double fov, double size) {
        double dx = eye[0] - target[0];
        double dy = eye[1] - target[1];
        double dz = eye[2] - target[2];
        double flat = Math.sqrt(dx * dx + dy * dy);
        return new Orbit(
                target[0],
                target[1],
                target[2],
                Math.atan2(dy, dx),
                Math.atan2(dz, flat),
                Math.sqrt(flat * flat + dz * dz),
                fov,
                size);
    }

    public Eye eye() {
        double c = Math.cos(pitch) * distance;
        return Eye.lookingAt(
                tx + c * Math.cos(yaw), ty + c * Math.sin(yaw), tz + distance * Math.sin(pitch), tx, ty, tz, fov);
    }

    public Orbit turned(double byYaw, double byPitch) {
        return new Orbit(tx, ty, tz, yaw + byYaw, pitch + byPitch, distance, fov, size);
    }

    /** The same, no lower and no higher than this, radians. */
    Orbit above(double lowest, double highest) {
        return new Orbit(tx, ty, tz, yaw, Math.max(lowest, Math.min(highest, pitch)), distance, fov, size);
    }

    Orbit zoomed(double factor) {
        return new Orbit(tx, ty, tz, yaw, pitch, distance * factor, fov, size);
    }

    /** The unit direction from the target to the eye. */
    double[] towards() {
        double c = Math.cos(pitch);
        return new double[] {c * Math.cos(yaw), c * Math.sin(yaw), Math.sin(pitch)};
    }
}
