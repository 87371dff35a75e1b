package org.grotto.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import org.grotto.base.Text;
import org.grotto.base.Work;
import org.grotto.clean.CleanOptions;
import org.grotto.lod.CopcOptions;
import org.grotto.lod.TileOptions;
import org.grotto.pipeline.Build;
import org.grotto.pipeline.FrameOptions;
import org.grotto.pipeline.Recipe;
import org.grotto.surface.PoissonOptions;
import org.grotto.surface.TrimOptions;
import org.grotto.web.WebExport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "build",
        mixinStandardHelpOptions = true,
        description = {
            "Builds a cave package from scans, or from a mesh: one folder, open standards only.",
            "Look at it with \"grotto kiosk DIR\" or \"grotto serve DIR\"."
        })
final class BuildCommand implements Callable<Integer>, RecordOptions.Stages {
    @Mixin
    Common common = new Common();

    @Spec
    @Nullable
    CommandSpec spec;

    @Parameters(arity = "1..*", paramLabel = "INPUT", description = "scan files, any mix of formats, or meshes")
    List<Path> inputs = List.of();

    @Option(names = "-o", required = true, paramLabel = "DIR", description = "package folder to write; must not exist")
    Path out = Path.of("");

    @Option(names = "--title-zh", paramLabel = "TEXT", description = "the cave's name in Chinese")
    @Nullable
    String titleZh;

    @Option(names = "--title-en", paramLabel = "TEXT", description = "the cave's name in English")
    @Nullable
    String titleEn;

    @Override
    public Class<?>[] stages() {
        return new Class<?>[] {
            FrameOptions.class,
            CleanOptions.class,
            PoissonOptions.class,
            TrimOptions.class,
            TileOptions.class,
            CopcOptions.class
        };
    }

    @Override
    public Set<String> hidden() {
        return Set.of(
                "chunk",
                "scale",
                "full-depth",
                "coarse-depth",
                "iterations",
                "preview-triangles",
                "distance",
                "sparse",
                "fill",
                "island",
                "node-points",
                "step",
                "crs");
    }

    @Override
    public Integer call() {
        try (Work work = common.work()) {
            Build.Summary s = Build.run(inputs, recipe(), out, Main.VERSION, WebExport::write, work);
            s.warnings().forEach(common::warn);
            double seconds = s.stages().stream().mapToDouble(t -> t.seconds()).sum();
            common.say(String.format(
                    Locale.ROOT,
                    "%s: %s%,d triangles in %d tiles, %.0f s",
                    s.folder(),
                    s.points() == 0
                            ? ""
                            : String.format(
                                    Locale.ROOT,
                                    "%,d points of %d station%s, ",
                                    s.points(),
                                    s.stations(),
                                    s.stations() == 1 ? "" : "s"),
                    s.triangles(),
                    s.tiles(),
                    seconds));
            common.result(s);
        }
        return 0;
    }

    private Recipe recipe() {
        CommandSpec s = java.util.Objects.requireNonNull(spec);
        String zh = titleZh;
        String en = titleEn;
        Text title = zh == null && en == null
                ? null
                : new Text(zh == null ? String.valueOf(en) : zh, en == null ? String.valueOf(zh) : en);
        return new Recipe(
                RecordOptions.read(s, FrameOptions.class),
                RecordOptions.read(s, CleanOptions.class),
                RecordOptions.read(s, PoissonOptions.class),
                RecordOptions.read(s, TrimOptions.class),
                RecordOptions.read(s, TileOptions.class),
                RecordOptions.read(s, CopcOptions.class),
                title,
                null);
    }
}
