package org.grotto.pipeline;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.grotto.base.Declared;
import org.grotto.base.Help;
import org.grotto.base.Work;

/** The plans of a build with a stage that only tests know, and its option. */
public final class MossPlan {
    /** Its option meets that of tiles by name, too. */
    public record Moss(
            @Help(value = "How damp a wall must be for moss.", unit = "percent")
            double dampness,

            @Help(value = "How many triangles moss may have.", unit = "triangles", qualified = true)
            int tileTriangles) {}

    public static final Stage<Moss> MOSS =
            new Stage<>("moss", 3, new Moss(70, 5), List.of(Slots.MESH), List.of(), (o, r) -> {});

    private MossPlan() {}

    private static Plan plus(Plan plan) {
        List<Stage<?>> all = new ArrayList<>(plan.stages());
        all.add(MOSS);
        return new Plan(all);
    }

    public static List<Declared> declared() {
        return plus(Build.SCANS).declared();
    }

    public static void build(Project p, Recipe recipe, Path out, Work work) {
        Build.run(plus(Build.SCANS), plus(Build.MESH), p.scans(), p.file(), recipe, out, "test", d -> {}, work);
        Contract.assertKept(out);
    }
}
