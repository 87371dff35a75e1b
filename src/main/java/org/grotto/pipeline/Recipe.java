package org.grotto.pipeline;

import java.util.LinkedHashMap;
import java.util.Map;
import org.grotto.base.GrottoException;
import org.grotto.base.Text;
import org.grotto.clean.CleanOptions;
import org.grotto.lod.CopcOptions;
import org.grotto.lod.TileOptions;
import org.grotto.scene.CaveInfo;
import org.grotto.surface.PoissonOptions;
import org.grotto.surface.TrimOptions;
import org.jspecify.annotations.Nullable;

/** Everything that decides what a package becomes, besides the scans: the options of every stage, titles, rights. */
public record Recipe(
        FrameOptions frame,
        CleanOptions clean,
        PoissonOptions surface,
        TrimOptions trim,
        TileOptions tiles,
        CopcOptions points,
        @Nullable Text title,
        CaveInfo.@Nullable Rights rights) {

    public static final Recipe DEFAULTS = new Recipe(
            FrameOptions.DEFAULTS,
            CleanOptions.DEFAULTS,
            PoissonOptions.DEFAULTS,
            TrimOptions.DEFAULTS,
            TileOptions.DEFAULTS,
            CopcOptions.DEFAULTS,
            null,
            null);

    public Recipe {
        if (title != null && title.zh().isBlank() && title.en().isBlank()) {
            throw GrottoException.badRequest("A title needs words in zh or en.");
        }
    }

    /** All options by stage, for the run record. */
    Map<String, Object> options() {
        Map<String, Object> m = new LinkedHashMap<>();
        m.put("frame", frame);
        m.put("clean", clean);
        m.put("surface", surface);
        m.put("trim", trim);
        m.put("tiles", tiles);
        m.put("points", points);
        return m;
    }
}
