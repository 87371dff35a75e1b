package org.grotto.clean;

import java.util.ArrayList;
import java.util.List;
import org.grotto.geometry.Pose;
import org.grotto.scene.Station;
import org.jspecify.annotations.Nullable;

/** Who saw what from where. */
final class Stations {
    private Stations() {}

    /** Where each station stood, null where unknown. */
    static List<double @Nullable []> eyes(List<Station> stations) {
        List<double @Nullable []> eyes = new ArrayList<>();
        for (Station s : stations) {
            Pose p = s.pose();
            eyes.add(p == null ? null : new double[] {p.tx(), p.ty(), p.tz()});
        }
        return eyes;
    }

    /** The points of each of {@code count} stations, ascending; points of no listed station are in none. */
    static int[][] members(char[] station, int count) {
        int[] n = new int[count];
        for (char s : station) {
            if (s < count) {
                n[s]++;
            }
        }
        int[][] out = new int[count][];
        for (int s = 0; s < count; s++) {
            out[s] = new int[n[s]];
            n[s] = 0;
        }
        for (int i = 0; i < station.length; i++) {
            int s = station[i];
            if (s < count) {
                out[s][n[s]++] = i;
            }
        }
        return out;
    }
}
