package org.grotto.kiosk.visit;

import java.util.ArrayList;
import java.util.List;
import org.grotto.scene.Photos.Placed;
import org.jspecify.annotations.Nullable;

/**
 * Where pictures were taken: those of one station, or of one point, are laid over the stone together.
 *
 * @param origin the scene's, metres in the cave frame
 */
record Places(List<List<Placed>> all, double[] origin) {
    /** Pictures of one station stand so near to each other, metres; others are of one place only where they touch. */
    private static final double ONE_STATION = 0.3;

    private static final double TOUCH = 0.005;

    static Places of(List<Placed> pictures, double[] origin) {
        List<List<Placed>> all = new ArrayList<>();
        for (Placed p : pictures) {
            List<Placed> own = null;
            for (List<Placed> place : all) {
                Placed q = place.getFirst();
                double d = q.distance(p.pose().tx(), p.pose().ty(), p.pose().tz());
                boolean station = p.photo().station() != null
                        && p.photo().station().equals(q.photo().station());
                if (d <= (station ? ONE_STATION : TOUCH)) {
                    own = place;
                    break;
                }
            }
            if (own == null) {
                own = new ArrayList<>();
                all.add(own);
            }
            own.add(p);
        }
        return new Places(all.stream().map(List::copyOf).toList(), origin);
    }

    /** How far the eye stands from a place, metres. */
    double distance(List<Placed> place, Eye e) {
        return place.getFirst().distance(e.x() + origin[0], e.y() + origin[1], e.z() + origin[2]);
    }

    /** The place whose pictures show most nearly what the eye sees: by distance, and by direction; null without any. */
    @Nullable
    List<Placed> nearest(Eye e, double size) {
        List<Placed> best = null;
        double least = Double.POSITIVE_INFINITY;
        double[] look = e.direction();
        for (List<Placed> place : all) {
            double turned = 2;
            for (Placed p : place) {
                double[] a = p.ahead();
                boolean around = p.lens().width() / p.lens().fx() > 5;
                turned = Math.min(turned, around ? 0 : 1 - (a[0] * look[0] + a[1] * look[1] + a[2] * look[2]));
            }
            double cost = distance(place, e) + 0.25 * size * turned;
            if (cost < least) {
                least = cost;
                best = place;
            }
        }
        return best;
    }

    /** The place of the picture of that name, or null. */
    @Nullable
    List<Placed> named(String name) {
        for (List<Placed> place : all) {
            if (place.stream().anyMatch(p -> p.photo().name().equals(name))) {
                return place;
            }
        }
        return null;
    }

    List<Placed> next(List<Placed> from, int by) {
        return all.get(Math.floorMod(all.indexOf(from) + by, all.size()));
    }
}
