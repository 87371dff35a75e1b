package org.grotto.pipeline;

import java.util.List;
import java.util.Locale;
import org.grotto.base.GrottoException;
import org.grotto.base.Work;
import org.grotto.clean.Clean;
import org.grotto.clean.Cleaned;
import org.grotto.geometry.KdTree;
import org.grotto.geometry.Mesh;
import org.grotto.surface.Colour;
import org.grotto.surface.Poisson;
import org.grotto.surface.Trim;
import org.grotto.surface.VertexSamples;
import org.grotto.views.Grey;
import org.jspecify.annotations.Nullable;

/** From loaded scans to the mesh of a package: cleaned, reconstructed, trimmed, coloured. */
public final class SurfaceStage {
    private SurfaceStage() {}

    /**
     * @param mesh trimmed, with evidence, normals and colour
     * @param trim what trimming found
     */
    public record Made(Cleaned cleaned, Mesh mesh, Trim.Result trim) {}

    /**
     * Runs all four steps, each timed in {@code record}. The loaded points are taken ({@link Loaded#take}): they and
     * every step's own arrays are let go as soon as the next step has what it needs.
     */
    public static Made run(Loaded loaded, Recipe recipe, RunRecord record, Work work) {
        return Inputs.naming(loaded.files(), null, () -> make(loaded, recipe, record, work));
    }

    private static Made make(Loaded loaded, Recipe recipe, RunRecord record, Work work) {
        Cleaned cleaned = record.time("clean", () -> Clean.run(loaded::take, loaded.stations(), recipe.clean(), work));
        List<double @Nullable []> eyes = loaded.eyes();
        Shaped shaped = shaped(cleaned, eyes, recipe, record, work);
        Mesh mesh = record.time(
                "colour",
                () -> VertexSamples.apply(
                        Colour.apply(shaped.trim.mesh(), Grey.visible(cleaned.cloud()), shaped.tree, eyes, work),
                        cleaned.cloud(),
                        shaped.tree,
                        work));
        return new Made(cleaned, mesh, shaped.trim);
    }

    /**
     * The trimmed surface; the one before goes with this frame.
     *
     * @param tree over all points
     */
    private record Shaped(KdTree tree, Trim.Result trim) {}

    private static Shaped shaped(
            Cleaned cleaned, List<double @Nullable []> eyes, Recipe recipe, RunRecord record, Work work) {
        Mesh closed = record.time(
                "surface",
                () -> Poisson.reconstruct(cleaned.cloud(), recipe.surface(), work)
                        .mesh());
        KdTree tree = record.time("index", () -> KdTree.of(cleaned.cloud(), work));
        Trim.Result trim = record.time(
                "trim", () -> Trim.apply(closed, cleaned.cloud(), tree, cleaned.spacing(), eyes, recipe.trim(), work));
        if (trim.mesh().triangleCount() == 0) {
            throw new GrottoException(
                    GrottoException.Kind.BAD_INPUT,
                    String.format(
                            Locale.ROOT,
                            "a surface was laid through %,d points, but none of its %,d triangles lies near enough to them to"
                                    + " be kept: they are too few, or too far apart. Name a denser scan, or keep the closed"
                                    + " surface with --watertight.",
                            cleaned.cloud().size,
                            closed.triangleCount()),
                    null);
        }
        return new Shaped(tree, trim);
    }
}
