package org.grotto.pipeline;

import java.util.Locale;
import org.grotto.base.Texts;
import org.grotto.surface.ThinWalls;

/** Says what became of thin walls that were scanned from both sides. */
final class ThinlyScanned {
    /** Less of the surface is told in the report alone. */
    private static final double MUCH = 0.01;
    /** So is less of the surface that is lost, and less of the walls is noise. */
    private static final double LOST = 0.0005;

    private static final double LOST_OF_WALLS = 0.005;

    private ThinlyScanned() {}

    /** @param surface the area of the mesh, m2 */
    static void say(ThinWalls.Kept walls, double surface, Results r) {
        if (walls.lost() > LOST * surface && walls.lost() > LOST_OF_WALLS * walls.area()) {
            r.warn(Texts.of(
                    "build.thin-walls-lost",
                    "area",
                    square(walls.area()),
                    "lost",
                    square(walls.lost()),
                    "share",
                    String.format(Locale.ROOT, "%.1f", 100 * walls.lost() / walls.area())));
        } else if (walls.area() > MUCH * surface) {
            r.warn(Texts.of("build.thin-walls-kept", "area", square(walls.area())));
        }
    }

    private static String square(double metres) {
        return String.format(Locale.ROOT, metres < 0.1 ? "%.3g" : metres < 10 ? "%.2f" : "%.1f", metres);
    }
}
