package org.grotto.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.grotto.base.Declared;
import org.grotto.base.Outputs;
import org.grotto.base.Work;
import org.grotto.geometry.Mesh;
import org.grotto.pipeline.Convert;
import org.grotto.pipeline.Load;
import org.grotto.pipeline.Loaded;
import org.grotto.pipeline.Recipe;
import org.grotto.pipeline.RunRecord;
import org.grotto.pipeline.SurfaceStage;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "surface",
        mixinStandardHelpOptions = true,
        resourceBundle = FormatWords.NAME,
        description = "Makes a mesh from scans: cleaned, oriented, reconstructed, trimmed, coloured.")
final class SurfaceCommand implements Callable<Integer>, RecordOptions.Stages {
    @Mixin
    Common common = new Common();

    @Spec
    @Nullable
    CommandSpec spec;

    @Parameters(arity = "1..*", paramLabel = "INPUT", description = "scan files, any mix of formats")
    List<Path> inputs = List.of();

    @Option(names = "-o", required = true, paramLabel = "FILE", description = "mesh to write, ${bundle:meshes.written}")
    Path out = Path.of("");

    @Override
    public List<Declared> stages() {
        return SurfaceStage.SCANS_TO_MESH.declared();
    }

    record Result(String file, int vertices, int triangles) {}

    @Override
    public Integer call() {
        CommandSpec s = java.util.Objects.requireNonNull(spec);
        Convert.requireMeshEnding(out);
        Outputs.refuseInput(out, inputs);
        Recipe recipe = Recipe.DEFAULTS;
        for (Declared d : stages()) {
            recipe = recipe.with(d.stage(), RecordOptions.read(s, d, d.defaults()));
        }
        try (Work work = common.work()) {
            Loaded loaded = Load.run(inputs, recipe.frame(), work);
            loaded.warnings().forEach(w -> common.warn(w.en()));
            SurfaceStage.Made made = SurfaceStage.run(loaded, recipe, new RunRecord(List.of()), work);
            common.say(made.registration().en());
            made.warnings().forEach(w -> common.warn(w.en()));
            Mesh m = made.mesh();
            List<String> lost = new java.util.ArrayList<>(loaded.dropped());
            lost.addAll(Convert.writeMesh(m, out));
            if (loaded.pictures() > 0) {
                lost.add(loaded.pictures() + " pictures");
            }
            common.notKept(lost, work.faults().all());
            common.say(out + ": " + m.triangleCount() + " triangles");
            common.result(new Result(out.toString(), m.vertexCount(), m.triangleCount()));
        }
        return 0;
    }
}
