package org.grotto.kiosk.visit;

/**
 * Where a visitor looks from: position in metres relative to the scene's origin, Z up; yaw counter-clockwise from +X and
 * pitch up from the horizon, radians; vertical field of view, degrees.
 */
public record Eye(double x, double y, double z, double yaw, double pitch, double fov) {
    public static final double HEIGHT = 1.6;
    private static final double STEEPEST = Math.toRadians(88);

    public Eye {
        pitch = Math.max(-STEEPEST, Math.min(STEEPEST, pitch));
        fov = Math.max(20, Math.min(100, fov));
    }

    public static Eye lookingAt(double x, double y, double z, double tx, double ty, double tz, double fov) {
        double dx = tx - x;
        double dy = ty - y;
        double dz = tz - z;
        return new Eye(x, y, z, Math.atan2(dy, dx), Math.atan2(dz, Math.sqrt(dx * dx + dy * dy)), fov);
    }

    /** The unit viewing direction. */
    public double[] direction() {
        double c = Math.cos(pitch);
        return new double[] {c * Math.cos(yaw), c * Math.sin(yaw), Math.sin(pitch)};
    }

    public double[] position() {
        return new double[] {x, y, z};
    }

    public Eye at(double nx, double ny, double nz) {
        return new Eye(nx, ny, nz, yaw, pitch, fov);
    }

    public Eye turned(double byYaw, double byPitch) {
        return new Eye(x, y, z, yaw + byYaw, pitch + byPitch, fov);
    }

    public Eye zoomed(double factor) {
        return new Eye(x, y, z, yaw, pitch, fov * factor);
    }

    /** Between this (0) and {@code to} (1), turning the short way, easing in and out. */
    public Eye towards(Eye to, double progress) {
        double t = Math.max(0, Math.min(1, progress));
        double s = t * t * t * (t * (6 * t - 15) + 10);
        double turn = Math.IEEEremainder(to.yaw - yaw, 2 * Math.PI);
        return new Eye(
                x + s * (to.x - x),
                y + s * (to.y - y),
                z + s * (to.z - z),
                yaw + s * turn,
                pitch + s * (to.pitch - pitch),
                fov + s * (to.fov - fov));
    }
}
