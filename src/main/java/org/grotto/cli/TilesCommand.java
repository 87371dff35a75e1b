package org.grotto.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.grotto.base.Outputs;
import org.grotto.base.Work;
import org.grotto.geometry.Mesh;
import org.grotto.lod.MeshTiles;
import org.grotto.lod.TileOptions;
import org.grotto.pipeline.FrameOptions;
import org.grotto.pipeline.Inputs;
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
        description = "Makes 3D Tiles 1.1 from a mesh: every level of detail, errors measured, no cracks.")
final class TilesCommand implements Callable<Integer>, RecordOptions.Stages {
    @Mixin
    Common common = new Common();

    @Spec
    @Nullable
    CommandSpec spec;

    @Parameters(paramLabel = "MESH", description = "mesh to read: PLY, OBJ or uncompressed GLB")
    Path mesh = Path.of("");

    @Option(names = "-o", required = true, paramLabel = "DIR", description = "folder to write; must not exist")
    Path out = Path.of("");

    @Override
    public Class<?>[] stages() {
        return new Class<?>[] {FrameOptions.class, TileOptions.class};
    }

    record Result(String folder, int tiles, int triangles, long bytes, double rootErrorMetres) {}

    @Override
    public Integer call() {
        CommandSpec s = java.util.Objects.requireNonNull(spec);
        Outputs.refuseExisting(out);
        try (Work work = common.work()) {
            Mesh m = Inputs.mesh(mesh, RecordOptions.read(s, FrameOptions.class));
            TileOptions o = RecordOptions.read(s, TileOptions.class);
            MeshTiles.Result[] r = new MeshTiles.Result[1];
            Outputs.folder(out, temporary -> r[0] = MeshTiles.write(m, temporary, o, work));
            common.say(String.format(
                    java.util.Locale.ROOT,
                    "%s: %,d tiles, %,d triangles, %,d bytes (%.1f a triangle)",
                    out,
                    r[0].tiles(),
                    r[0].triangles(),
                    r[0].bytes(),
                    r[0].bytes() / (double) Math.max(1, r[0].triangles())));
            common.result(new Result(
                    out.toString(),
                    r[0].tiles(),
                    r[0].triangles(),
                    r[0].bytes(),
                    r[0].tileset().geometricError()));
        }
        return 0;
    }
}
