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
 * metre, who stands outside it or in the rock sees its back. From each, sixteen directions and four inclinations are judged.
 * Cost: some three hundred small pictures.
 */
final class Standing {
    /** On open floor. */
    static final int PLACES = 40;

    private static final int DIRECTIONS = 16;
    private static final double[] PITCHES = {-18, -4, 4, 12};
    /** Along the longest view, too. */
    private static final double[] LEVEL = {-8, -2, 4};

    private static final double FOV = 62;
    /** Towards a figure one looks less widely, too, where there is room before it; degrees. */
    private static final double[] FOVS = {FOV, 55};
    /** A figure's middle stands so much over the picture's, of its height. */
    private static final double RAISED = 0.04;
    /** Before so many figures one stands, too, so many radii away. */
    private static final int BEFORE = 3;

    private static final double[] DISTANCES = {2.2, 3, 4};
    /** Nobody looks further down or up for it, radians. */
    private static final double LEAST_PITCH = -0.3;

    private static final double MOST_PITCH = 0.3;
    /** What the figures of a picture count beside all else of it. */
    private static final double COMPOSED = 2.5;
    /** Of a picture that is judged, in pixels: 16 : 9, as screens are. */
    private static final int WIDTH = 80;

    private static final int HEIGHT = 45;
    /** No nearer to stone, metres, where the room allows. */
    private static final double AWAY = 1.05;
    /** Nobody climbs for a view what is more uneven than steps, metres; nor are the feet found so far from the floor below. */
    private static final double EVEN = 0.2;

    private static final double OFF = 0.4;
    /** What a metre too near counts against a place: nothing seen from there is worth it where there is room. */
    private static final double TOO_NEAR = 12;
    /** Eyes over the floor, metres. */
    private static final double LOWEST = 1.4;

    private final Stone stone;
    private final boolean enclosed;
    private final List<Place> places = new ArrayList<>();
    /** 1 where one can stand as far from all stone as one should, less in smaller rooms. */
    private double room = 1;

    private final @Nullable Principals principals;
    private final List<Look> looks = new ArrayList<>();

    /**
     * @param height of the eyes over the floor, metres
     * @param uneven how far what one stands on is spread in height, metres
     * @param nearest distance of the nearest stone, metres
     * @param front share of all directions that show stone, and {@code behind} stone from behind
     */
    private record Place(Panorama around, double height, double uneven, double nearest, double front, double behind) {}

    private Standing(Stone stone, boolean enclosed) {
        this.stone = stone;
        this.enclosed = enclosed;
        Principals found = enclosed ? Principals.of(stone) : null;
        principals = found == null || found.all.length == 0 ? null : found;
    }

    private record Look(Found found, @Nullable Composition made, double value) {}

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
            from(s.eye(), Stand.eyes(s.ceiling() - s.floor()));
        }
        for (double[] s : stations) {
            from(s, Stand.EYES);
        }
        for (int i = 0; principals != null && i < Math.min(BEFORE, principals.all.length); i++) {
            Principals.Figure f = principals.all[i];
            for (double away : DISTANCES) {
                double d = away * f.radius();
                double[] m = f.middle();
                double[] at = {m[0] + d * f.front()[0], m[1] + d * f.front()[1], m[2]};
                from(at, height(at, stands));
            }
        }
        double widest = 0;
        for (Place p : places) {
            widest = Math.max(widest, p.nearest);
        }
        room = Math.min(1, widest / AWAY);
        places.forEach(this::judge);
        return best();
    }

    /** How high eyes are over the floor: as at the nearest place where one can stand. */
    private static double height(double[] at, List<Stand> stands) {
        double height = Stand.EYES;
        double least = Double.POSITIVE_INFINITY;
        for (Stand s : stands) {
            double apart = StrictMath.hypot(s.eye()[0] - at[0], s.eye()[1] - at[1]);
            if (apart < least) {
                least = apart;
                height = Stand.eyes(s.ceiling() - s.floor());
            }
        }
        return height;
    }

    /** Puts the eyes {@code height} over the floor under a place, and looks around there. */
    private void from(double[] place, double height) {
        double above = Panorama.above(stone, place);
        if (!(above > 0)) {
            return; // no floor below
        }
        double[] eye = {place[0], place[1], place[2] - above + height};
        double[] footing = Panorama.footing(stone, eye, height);
        // among rubble the floor is what one's feet find, not the one stone under the middle
        double off = footing[0] - height;
        double uneven = Double.isNaN(off) ? 1 : Math.max(footing[1], Math.abs(off));
        if (Math.abs(off) < OFF) {
            eye[2] -= off;
        }
        Panorama p = new Panorama(stone, eye);
        double[] around = p.around();
        places.add(new Place(p, height, uneven, around[0], around[1], around[2]));
    }

    private void judge(Place p) {
        double standing = -TOO_NEAR * Math.max(0, AWAY * room - p.nearest)
                - 2 * p.behind
                - (enclosed ? 1.5 * Math.max(0, 0.9 - p.front) : 0)
                - Math.max(0, LOWEST - p.height)
                - Math.min(1, 4 * Math.max(0, p.uneven - EVEN));
        for (int k = 0; k < DIRECTIONS; k++) {
            for (double pitch : PITCHES) {
                look(p, direction(2 * Math.PI * k / DIRECTIONS, Math.toRadians(pitch)), FOV, standing);
            }
        }
        double longest = p.around.longest();
        for (double pitch : LEVEL) {
            look(p, direction(longest, Math.toRadians(pitch)), FOV, standing);
        }
        for (Principals.Figure figure : principals == null ? new Principals.Figure[0] : principals.all) {
            double[] at = figure.middle();
            double[] e = p.around.eye;
            double flat = StrictMath.hypot(at[0] - e[0], at[1] - e[1]);
            double azimuth = StrictMath.atan2(at[1] - e[1], at[0] - e[0]);
            double pitch = StrictMath.atan2(at[2] - e[2], flat);
            for (double fov : FOVS) {
                // a little above the picture's middle, and there or at a third of a picture of 4 : 3
                double level = Math.max(LEAST_PITCH, Math.min(MOST_PITCH, pitch - RAISED * Math.toRadians(fov)));
                double third = StrictMath.atan(StrictMath.tan(Math.toRadians(fov) / 2) * Fit.ASPECT / 3);
                for (int k = -1; k <= 1; k++) {
                    look(p, direction(azimuth + k * third, level), fov, standing);
                }
            }
        }
    }

    private void look(Place p, double[] d, double fov, double standing) {
        double[] e = p.around.eye;
        Camera c = Camera.perspective(e, new double[] {e[0] + d[0], e[1] + d[1], e[2] + d[2]}, fov, 0.02);
        Glimpse g = p.around.look(c, WIDTH, HEIGHT);
        Prospect shows = Prospect.of(stone, c, g);
        double value = (enclosed ? shows.inRoom(room) : shows.onSite()) + standing;
        Composition made = principals == null ? null : Composition.of(stone, principals, c, g);
        looks.add(new Look(new Found(e, d, fov, shows), made, value));
    }

    /** The best of all, once it is known how much is seen of each figure at the most. */
    private @Nullable Found best() {
        double[] most = new double[Principals.MOST];
        for (Look l : looks) {
            for (int f = 0; l.made != null && f < l.made.seen().length; f++) {
                most[f] = Math.max(most[f], l.made.seen()[f]);
            }
        }
        Found best = null;
        double highest = Double.NEGATIVE_INFINITY;
        for (Look l : looks) {
            double value = l.value;
            if (principals != null && l.made != null) {
                value += COMPOSED * l.made.value(principals, most);
            }
            if (value > highest) {
                highest = value;
                best = l.found;
            }
        }
        return best;
    }

    static double[] direction(double azimuth, double pitch) {
        double flat = StrictMath.cos(pitch);
        return new double[] {flat * StrictMath.cos(azimuth), flat * StrictMath.sin(azimuth), StrictMath.sin(pitch)};
    }
}
