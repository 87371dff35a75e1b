package org.grotto.pipeline;

import java.util.ArrayList;
import java.util.List;
import org.grotto.geometry.Cloud;
import org.grotto.geometry.Pose;
import org.grotto.scene.CaveInfo.Text;
import org.grotto.scene.Station;
import org.jspecify.annotations.Nullable;

/**
 * All scans in one frame: metres, Z up, every point knows its station.
 *
 * @param dropped what the files hold that the cloud does not, in words
 * @param warnings what a user should be told at once
 */
public record Loaded(
        Cloud cloud, List<Station> stations, @Nullable String crs, List<String> dropped, List<Text> warnings) {

    /** Where each station's scanner stood, cave frame, metres; null where unknown. */
    public List<double @Nullable []> eyes() {
        List<double @Nullable []> out = new ArrayList<>();
        for (Station s : stations) {
            Pose p = s.pose();
            out.add(p == null ? null : new double[] {p.tx(), p.ty(), p.tz()});
        }
        return out;
    }
}
