package org.grotto.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.grotto.base.Work;
import org.grotto.clean.CleanOptions;
import org.grotto.geometry.Mesh;
import org.grotto.lod.CopcOptions;
import org.grotto.lod.TileOptions;
import org.grotto.pipeline.Convert;
import org.grotto.pipeline.FrameOptions;
import org.grotto.pipeline.Load;
import org.grotto.pipeline.Loaded;
import org.grotto.pipeline.Recipe;
import org.grotto.pipeline.RunRecord;
import org.grotto.pipeline.SurfaceStage;
import org.grotto.surface.PoissonOptions;
import org.grotto.surface.TrimOptions;
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
        description = "Makes a mesh from scans: cleaned, oriented, reconstructed, trimmed, coloured.")
final class SurfaceCommand implements Callable<Integer>, RecordOptions.Stages {
    @Mixin
    Common common = new Common();

    @Spec
    @Nullable
    CommandSpec spec;

    @Parameters(arity = "1..*", paramLabel = "INPUT", description = "scan files, any mix of formats")
    List<Path> inputs = List.of();

    @Option(names = "-o", required = true, paramLabel = "FILE", description = "mesh to write, .ply or .glb")
    Path out = Path.of("");

    @Override
    public Class<?>[] stages() {
        return new Class<?>[] {FrameOptions.class, CleanOptions.class, PoissonOptions.class, TrimOptions.class};
    }

    record Result(String file, int vertices, int triangles) {}

    @Override
    public Integer call() {
        CommandSpec s = java.util.Objects.requireNonNull(spec);
        Convert.requireMeshEnding(out);
        try (Work work = common.work()) {
            Loaded loaded = Load.run(inputs, RecordOptions.read(s, FrameOptions.class), work);
            loaded.warnings().forEach(w -> common.warn(w.en()));
            Recipe recipe = new Recipe(
                    RecordOptions.read(s, FrameOptions.class),
                    RecordOptions.read(s, CleanOptions.class),
                    RecordOptions.read(s, PoissonOptions.class),
                    RecordOptions.read(s, TrimOptions.class),
                    TileOptions.DEFAULTS,
                    CopcOptions.DEFAULTS,
                    null,
                    null);
            SurfaceStage.Made made = SurfaceStage.run(loaded, recipe, new RunRecord(List.of()), work);
            Mesh m = made.mesh();
            Convert.writeMesh(m, out);
            common.say(out + ": " + m.triangleCount() + " triangles");
            common.result(new Result(out.toString(), m.vertexCount(), m.triangleCount()));
        }
        return 0;
    }
}
