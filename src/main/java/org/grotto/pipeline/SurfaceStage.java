package org.grotto.pipeline;

import java.util.List;
import org.grotto.base.Work;
import org.grotto.clean.Clean;
import org.grotto.clean.Cleaned;
import org.grotto.geometry.Mesh;
import org.grotto.surface.Colour;
import org.grotto.surface.Poisson;
import org.grotto.surface.Surface;
import org.grotto.surface.Trim;
import org.jspecify.annotations.Nullable;

/** From loaded scans to the mesh of a package: cleaned, reconstructed, trimmed, coloured. */
public final class SurfaceStage {
    private SurfaceStage() {}

    /**
     * @param mesh trimmed, with evidence, normals and colour
     * @param trim what trimming found
     */
    public record Made(Cleaned cleaned, Mesh mesh, Trim.Result trim) {}

    /** Runs all four steps, each timed in {@code record}. */
    public static Made run(Loaded loaded, Recipe recipe, RunRecord record, Work work) {
        Cleaned cleaned =
                record.time("clean", () -> Clean.run(loaded.cloud(), loaded.stations(), recipe.clean(), work));
        List<double @Nullable []> eyes = loaded.eyes();
        Surface surface = record.time("surface", () -> Poisson.reconstruct(cleaned.cloud(), recipe.surface(), work));
        Trim.Result trim = record.time(
                "trim",
                () -> Trim.apply(surface.mesh(), cleaned.cloud(), cleaned.spacing(), eyes, recipe.trim(), work));
        Mesh mesh = record.time("colour", () -> Colour.apply(trim.mesh(), Grey.visible(cleaned.cloud()), eyes, work));
        return new Made(cleaned, mesh, trim);
    }
}
