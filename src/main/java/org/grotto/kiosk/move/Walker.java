package org.grotto.kiosk.move;

import org.grotto.kiosk.stream.Rays;
import org.grotto.kiosk.visit.Eye;
import org.jspecify.annotations.Nullable;

/** Moves a visitor over the floor: eyes 1.6 m above it, 0.3 m away from walls, up no step higher than 0.6 m. */
final class Walker {
    static final double CLEARANCE = 0.3;
    private static final double HIGHEST_STEP = 0.6;
    private static final double DEEPEST = 6;
    private static final int FEELERS = 16;
    private static final double[] FEELER_HEIGHTS = {-0.9, -0.4, 0};

    /** The rock, as a ray meets it. */
    @FunctionalInterface
    interface Rock {
        Rays.Hit cast(double[] origin, double[] dir, double longest);
    }

    private final Rock rock;

    Walker(Rock rock) {
        this.rock = rock;
    }

    /** The height of the floor below a point, or NaN where none is found. */
    double floor(double x, double y, double z) {
        Rays.Hit h = rock.cast(new double[] {x, y, z}, new double[] {0, 0, -1}, DEEPEST);
        return h.distance() <= DEEPEST ? z - h.distance() : Double.NaN;
    }

    /** The eye after a step of ({@code dx}, {@code dy}) metres, or the same eye where rock or a void forbids it. */
    Eye step(Eye eye, double dx, double dy) {
        double[] free = clear(eye.x() + dx, eye.y() + dy, eye.z());
        double length = Math.hypot(free[0] - eye.x(), free[1] - eye.y());
        if (length > 1e-9) {
            double[] way = {(free[0] - eye.x()) / length, (free[1] - eye.y()) / length, 0};
            for (double h : FEELER_HEIGHTS) {
                if (rock.cast(new double[] {eye.x(), eye.y(), eye.z() + h}, way, length)
                                .distance()
                        < length) {
                    return eye;
                }
            }
        }
        double floor = floor(free[0], free[1], eye.z());
        if (Double.isNaN(floor) || floor + Eye.HEIGHT > eye.z() + HIGHEST_STEP) {
            return eye;
        }
        return eye.at(free[0], free[1], eye.z());
    }

    /** The eye drawn towards its height above the floor, as far as {@code seconds} allow. */
    Eye settle(Eye eye, double seconds) {
        double floor = floor(eye.x(), eye.y(), eye.z());
        if (Double.isNaN(floor)) {
            return eye;
        }
        double k = 1 - Math.exp(-6 * seconds);
        return eye.at(eye.x(), eye.y(), eye.z() + k * (floor + Eye.HEIGHT - eye.z()));
    }

    /** Where a visitor stands who steps to what a ray met: the floor itself, or the floor before a wall; or null. */
    double @Nullable [] standAt(double[] origin, double[] dir, double longest) {
        Rays.Hit h = rock.cast(origin, dir, longest);
        if (!(h.distance() < longest)) {
            return null;
        }
        double back = h.nz() > 0.6 ? 0.02 : 2 * CLEARANCE;
        double x = origin[0] + h.distance() * dir[0] + back * h.nx();
        double y = origin[1] + h.distance() * dir[1] + back * h.ny();
        double z = origin[2] + h.distance() * dir[2] + back * h.nz();
        double floor = floor(x, y, z + 0.05);
        if (Double.isNaN(floor)) {
            return null;
        }
        double[] free = clear(x, y, floor + Eye.HEIGHT);
        return new double[] {free[0], free[1], floor + Eye.HEIGHT};
    }

    /** The point pushed out of the walls' {@value #CLEARANCE} m, level. */
    private double[] clear(double px, double py, double pz) {
        double x = px;
        double y = py;
        for (int round = 0; round < 3; round++) {
            double worst = 0;
            double wx = 0;
            double wy = 0;
            for (int i = 0; i < FEELERS; i++) {
                double a = 2 * Math.PI * i / FEELERS;
                double[] dir = {Math.cos(a), Math.sin(a), 0};
                for (double h : FEELER_HEIGHTS) {
                    double d = rock.cast(new double[] {x, y, pz + h}, dir, CLEARANCE)
                            .distance();
                    if (CLEARANCE - d > worst) {
                        worst = CLEARANCE - d;
                        wx = dir[0];
                        wy = dir[1];
                    }
                }
            }
            if (worst == 0) {
                break;
            }
            x -= worst * wx;
            y -= worst * wy;
        }
        return new double[] {x, y};
    }
}
