package org.grotto.views;

import java.util.List;
import org.grotto.image.Camera;
import org.jspecify.annotations.Nullable;

/**
 * Where a visitor stands first, and looks: many places on open floor, at eye height, in all directions, judged by small
 * pictures.
 *
 * <p>Each place is looked around first: who stands in a room sees the faces of stone nearly everywhere and none within a
 * metre, who stands outside it or in the rock sees its back. From each, sixteen directions and three inclinations are judged.
 * Cost: some three hundred small pictures.
 */
final class Standing {
    /** On open floor. */
    static final int PLACES = 40;

    private static final int DIRECTIONS = 16;
    private static final double[] PITCHES = {-4, 4, 12};
    private static final double FOV = 62;
    /** Of a picture that is judged, in samples: 16 : 10. */
    private static final int WIDTH = 80;

    private static final int HEIGHT = 50;
    /** No nearer to stone, metres, where the room allows. */
    private static final double AWAY = 1.05;
    /** Eyes over the floor, metres. */
    private static final double LOWEST = 1.4;

    private final Stone stone;
    private final boolean enclosed;
    private @Nullable Found best;
    private double most = Double.NEGATIVE_INFINITY;

    private Standing(Stone stone, boolean enclosed) {
        this.stone = stone;
        this.enclosed = enclosed;
    }

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
        for (Stand s : stands) {
            from(s.eye(), Math.min(Stand.EYES, Stand.UP * (s.ceiling() - s.floor())));
        }
        for (double[] s : stations) {
            from(s, Stand.EYES);
        }
        return best;
    }

    /** Puts the eyes {@code height} over the floor under a place, and looks from there. */
    private void from(double[] place, double height) {
        double above = Panorama.above(stone, place);
        if (!(above > 0)) {
            return; // no floor below
        }
        Panorama p = new Panorama(stone, new double[] {place[0], place[1], place[2] - above + height});
        double[] around = p.around();
        double standing = -1.5 * Math.max(0, AWAY - around[0])
                - 2 * around[2]
                - (enclosed ? 1.5 * Math.max(0, 0.9 - around[1]) : 0)
                - Math.max(0, LOWEST - height);
        for (int k = 0; k < DIRECTIONS; k++) {
            for (double pitch : PITCHES) {
                double[] d = direction(2 * Math.PI * k / DIRECTIONS, Math.toRadians(pitch));
                Camera c = Camera.perspective(
                        p.eye, new double[] {p.eye[0] + d[0], p.eye[1] + d[1], p.eye[2] + d[2]}, FOV, 0.02);
                Prospect shows = Prospect.of(stone, c, p.look(c, WIDTH, HEIGHT));
                double value = (enclosed ? shows.inRoom() : shows.onSite()) + standing;
                if (value > most) {
                    most = value;
                    best = new Found(p.eye, d, FOV, shows);
                }
            }
        }
    }

    static double[] direction(double azimuth, double pitch) {
        double flat = StrictMath.cos(pitch);
        return new double[] {flat * StrictMath.cos(azimuth), flat * StrictMath.sin(azimuth), StrictMath.sin(pitch)};
    }
}
