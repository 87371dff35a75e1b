package org.grotto.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.grotto.base.Declared;
import org.grotto.base.Outputs;
import org.grotto.base.Work;
import org.grotto.geometry.Mesh;
import org.grotto.lod.MeshTiles;
import org.grotto.lod.TileOptions;
import org.grotto.pipeline.InputOptions;
import org.grotto.pipeline.Inputs;
import org.grotto.pipeline.PackageStages;
import org.grotto.pipeline.SurfaceStage;
import org.grotto.pipeline.Upright;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "tiles",
        mixinStandardHelpOptions = true,
        resourceBundle = FormatWords.NAME,
        description = "Makes 3D Tiles 1.1 from a mesh: every level of detail, errors measured, no cracks.")
final class TilesCommand implements Callable<Integer>, RecordOptions.Stages {
    @Mixin
    Common common = new Common();

    @Spec
    @Nullable
    CommandSpec spec;

    @Parameters(paramLabel = "MESH", description = "mesh to read: ${bundle:meshes.read}")
    Path mesh = Path.of("");

    @Option(names = "-o", required = true, paramLabel = "DIR", description = "folder to write; must not exist")
    Path out = Path.of("");

    @Override
    public List<Declared> stages() {
        return List.of(SurfaceStage.LOAD.declared(), PackageStages.TILES.declared());
    }

    record Result(String folder, int tiles, int triangles, long bytes, double rootErrorMetres) {}

    @Override
    public Integer call() {
        CommandSpec s = java.util.Objects.requireNonNull(spec);
        Outputs.refuseExisting(out);
        try (Work work = common.work()) {
            InputOptions frame = RecordOptions.read(s, SurfaceStage.LOAD.name(), InputOptions.DEFAULTS);
            TileOptions o = RecordOptions.read(s, PackageStages.TILES.name(), TileOptions.DEFAULTS);
            MeshTiles.Result r = Inputs.naming(List.of(mesh), out, () -> {
                Inputs.MeshInput in = Inputs.readMesh(mesh, frame, work);
                in.told().forEach(t -> common.warn(t.en())); // before the long work
                common.notKept(in.notKept(), work.faults().all());
                Upright upright = Upright.of(in, work);
                upright.told().forEach(t -> common.warn(t.en()));
                Mesh m = upright.mesh();
                MeshTiles.Result[] made = new MeshTiles.Result[1];
                Outputs.folder(out, temporary -> made[0] = MeshTiles.write(m, temporary, o, work));
                return made[0];
            });
            common.say(String.format(
                    java.util.Locale.ROOT,
                    "%s: %,d tiles, %,d triangles, %,d bytes (%.1f a triangle)",
                    out,
                    r.tiles(),
                    r.triangles(),
                    r.bytes(),
                    r.bytes() / (double) Math.max(1, r.triangles())));
            common.result(new Result(
                    out.toString(),
                    r.tiles(),
                    r.triangles(),
                    r.bytes(),
                    r.tileset().geometricError()));
        }
        return 0;
    }
}
