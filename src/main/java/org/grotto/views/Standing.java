package org.grotto.views;

import java.util.ArrayList;
import java.util.List;
import org.grotto.image.Camera;
import org.grotto.image.Glimpse;
import org.jspecify.annotations.Nullable;

/**
 * Where a visitor stands first, and looks: many places on open floor, at eye height, in all directions, judged by small
 * pictures.
 *
 * <p>Each place is looked around first: who stands in a room sees the faces of stone nearly everywhere and none within a
 * metre, who stands outside it or in the rock sees its back. The best of them are looked from in sixteen directions and
 * three inclinations. Cost: some 500 pictures of a few thousand samples.
 */
final class Standing {
    /** Places looked around from, and those of them that are looked from in every direction. */
    static final int PLACES = 40;

    private static final int CHOSEN = 12;
    private static final int DIRECTIONS = 16;
    private static final double[] PITCHES = {-4, 4, 12};
    private static final double FOV = 62;
    /** A narrower picture is one that a visitor's screen crops to. */
    private static final int WIDTH = 64;

    private static final int HEIGHT = 40;
    private static final int AROUND = 16;
    /** No nearer to stone, metres, where the room allows. */
    private static final double AWAY = 1.05;
    /** Eyes over the floor, metres. */
    private static final double LOWEST = 1.4;

    private final Stone stone;
    private final boolean enclosed;

    private Standing(Stone stone, boolean enclosed) {
        this.stone = stone;
        this.enclosed = enclosed;
    }

    /** A place and how much room is around it. */
    private record Place(double[] eye, double value) {}

    /**
     * @param eye metres
     * @param direction unit
     */
    record Found(double[] eye, double[] direction, double fovDegrees, Prospect shows) {}

    /**
     * Finds the first view; null where nobody can stand.
     *
     * @param stands on open floor
     * @param stations where scanners stood, metres
     */
    static @Nullable Found of(Stone stone, boolean enclosed, List<Stand> stands, List<double[]> stations) {
        return new Standing(stone, enclosed).found(stands, stations);
    }

    private @Nullable Found found(List<Stand> stands, List<double[]> stations) {
        List<Place> places = new ArrayList<>();
        for (Stand s : stands) {
            add(places, s.eye(), Math.min(Stand.EYES, Stand.UP * (s.ceiling() - s.floor())));
        }
        for (double[] s : stations) {
            add(places, s, Stand.EYES);
        }
        places.sort((a, b) -> Double.compare(b.value, a.value)); // stable: the order of the places decides among equals
        Found best = null;
        double most = Double.NEGATIVE_INFINITY;
        for (Place p : places.subList(0, Math.min(CHOSEN, places.size()))) {
            for (int k = 0; k < DIRECTIONS; k++) {
                for (double pitch : PITCHES) {
                    double[] d = direction(2 * Math.PI * k / DIRECTIONS, Math.toRadians(pitch));
                    Prospect shows = Prospect.of(stone, camera(p.eye, d, FOV), WIDTH, HEIGHT, true);
                    double value = (enclosed ? shows.inRoom() : shows.onSite()) + p.value;
                    if (value > most) {
                        most = value;
                        best = new Found(p.eye, d, FOV, shows);
                    }
                }
            }
        }
        return best;
    }

    static double[] direction(double azimuth, double pitch) {
        double flat = StrictMath.cos(pitch);
        return new double[] {flat * StrictMath.cos(azimuth), flat * StrictMath.sin(azimuth), StrictMath.sin(pitch)};
    }

    private Camera camera(double[] eye, double[] d, double fov) {
        double[] target = {eye[0] + d[0], eye[1] + d[1], eye[2] + d[2]};
        return Camera.perspective(eye, target, fov, Math.max(0.02, 1e-4 * stone.diagonal));
    }

    /** Puts the eyes {@code height} over the floor under a place, and looks around from there. */
    private void add(List<Place> places, double[] from, double height) {
        double down = look(from, 4, AROUND).straight;
        if (!(down > 0)) {
            return; // no floor below
        }
        double[] eye = {from[0], from[1], from[2] - down + height};
        double nearest = Double.POSITIVE_INFINITY;
        double front = 0;
        double behind = 0;
        for (int face = 0; face < 6; face++) {
            Around a = look(eye, face, AROUND);
            nearest = Math.min(nearest, a.nearest);
            front += a.front / 6;
            behind += a.behind / 6;
        }
        double value = -1.5 * Math.max(0, AWAY - nearest)
                - 2 * behind
                - (enclosed ? 1.5 * Math.max(0, 0.9 - front) : 0)
                - Math.max(0, LOWEST - height);
        places.add(new Place(eye, value));
    }

    /**
     * One side of the cube around an eye.
     *
     * @param straight depth of the face met straight ahead, metres; NaN where there is none or it is seen from behind
     * @param nearest distance of the nearest stone, metres
     * @param front share of the samples, and {@code behind}
     */
    private record Around(double straight, double nearest, double front, double behind) {}

    private static final double[][] SIDES = {{1, 0, 0}, {-1, 0, 0}, {0, 1, 0}, {0, -1, 0}, {0, 0, -1}, {0, 0, 1}};

    private Around look(double[] eye, int side, int size) {
        double[] d = SIDES[side];
        Glimpse g = stone.look(
                Camera.perspective(eye, new double[] {eye[0] + d[0], eye[1] + d[1], eye[2] + d[2]}, 90, 0.02),
                size,
                size,
                true);
        double nearest = Double.POSITIVE_INFINITY;
        int front = 0;
        int behind = 0;
        int n = g.shown().length;
        for (int i = 0; i < n; i++) {
            double z = g.depth()[i];
            if (Double.isNaN(z)) {
                continue;
            }
            double x = (i % g.width() + 0.5) * 2 / g.width() - 1;
            double y = (i / g.width() + 0.5) * 2 / g.height() - 1;
            nearest = Math.min(nearest, z * Math.sqrt(1 + x * x + y * y));
            front += g.front(i) ? 1 : 0;
            behind += g.behind(i) ? 1 : 0;
        }
        int middle = g.height() / 2 * g.width() + g.width() / 2;
        double straight = g.front(middle) ? g.depth()[middle] : Double.NaN;
        return new Around(straight, nearest, (double) front / n, (double) behind / n);
    }
}
