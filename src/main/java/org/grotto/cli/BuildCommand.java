package org.grotto.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import org.grotto.base.Declared;
import org.grotto.base.GrottoException;
import org.grotto.base.Outputs;
import org.grotto.base.Text;
import org.grotto.base.Work;
import org.grotto.pipeline.Build;
import org.grotto.pipeline.Project;
import org.grotto.pipeline.ProjectFile;
import org.grotto.pipeline.ProjectSkeleton;
import org.grotto.pipeline.Recipe;
import org.grotto.pipeline.ScanFile;
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
            "A project file (cave12.yaml) names scans, poses, titles and all options at once;",
            "--write-project makes one to fill in. Options given here go before the file's.",
            "Look at it with \"grotto kiosk DIR\" or \"grotto serve DIR\"."
        })
final class BuildCommand implements Callable<Integer>, RecordOptions.Stages {
    @Mixin
    Common common = new Common();

    @Spec
    @Nullable
    CommandSpec spec;

    @Parameters(
            arity = "1..*",
            paramLabel = "INPUT",
            description = {
                "scan files, any mix of formats, or a mesh, and camera sets that belong to it (COLMAP, Metashape XML,",
                "OpenMVG, Meshroom, OpenSfM, Bundler, VisualSFM); or one project file, .yaml"
            })
    List<Path> inputs = List.of();

    @Option(
            names = "-o",
            paramLabel = "DIR",
            description = "package folder to write; must not exist; may stand in the project file")
    @Nullable
    Path out;

    @Option(
            names = "--write-project",
            paramLabel = "FILE",
            description = "write a project file of these scans with every option and its help, and build nothing")
    @Nullable
    Path skeleton;

    @Option(names = "--title-zh", paramLabel = "TEXT", description = "the cave's name in Chinese")
    @Nullable
    String titleZh;

    @Option(names = "--title-en", paramLabel = "TEXT", description = "the cave's name in English")
    @Nullable
    String titleEn;

    @Override
    public List<Declared> stages() {
        return Build.declared();
    }

    @Override
    public Set<String> hidden() {
        return Set.of(
                "clean.chunk",
                "surface.scale",
                "surface.full-depth",
                "surface.coarse-depth",
                "surface.iterations",
                "tiles.preview-triangles",
                "trim.distance",
                "trim.sparse",
                "trim.fill",
                "trim.island",
                "points.node-points",
                "points.step",
                "points.crs");
    }

    @Override
    public Integer call() {
        Path to = skeleton;
        if (to != null) {
            if (Files.exists(to)) {
                throw GrottoException.badRequest(to + ": exists already; name another project file.");
            }
            Outputs.file(to, temporary -> ProjectSkeleton.write(temporary, to, inputs, stages()));
            common.say(to + ": fill it in, then \"grotto build " + to + "\"");
            return 0;
        }
        Project project = project();
        Recipe recipe = recipe(project.recipe());
        Path folder = out == null ? project.out() : out;
        if (folder == null) {
            throw GrottoException.badRequest("Name the package folder to write, as -o cave12/"
                    + (project.file() == null ? "." : ", here or as \"out\" in the project file."));
        }
        try (Work work = common.work()) {
            Build.Summary s =
                    Build.run(project.scans(), project.file(), recipe, folder, Main.VERSION, WebExport::write, work);
            String fit = s.registration();
            if (fit != null) {
                common.say(fit);
            }
            s.warnings().forEach(common::warn);
            common.notKept(s.dropped(), s.faults());
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
            common.say(s.told());
            common.result(s);
        }
        return 0;
    }

    private Project project() {
        if (inputs.stream().noneMatch(ProjectFile::is)) {
            return new Project(null, inputs.stream().map(ScanFile::of).toList(), null, Recipe.DEFAULTS);
        }
        if (inputs.size() > 1) {
            throw GrottoException.badRequest(
                    GrottoException.subject(inputs) + ": a project file names its scans itself; give it alone.");
        }
        return ProjectFile.read(inputs.getFirst(), stages());
    }

    private Recipe recipe(Recipe base) {
        CommandSpec s = java.util.Objects.requireNonNull(spec);
        Recipe r = base;
        for (Declared d : stages()) {
            r = r.with(d.stage(), RecordOptions.read(s, d, r.of(d.stage(), d.defaults())));
        }
        String zh = titleZh;
        String en = titleEn;
        if (zh == null && en == null) {
            return r;
        }
        Text old = base.title();
        String otherwise = zh == null ? String.valueOf(en) : zh;
        return r.withTitle(new Text(
                zh != null ? zh : old == null ? otherwise : old.zh(),
                en != null ? en : old == null ? otherwise : old.en()));
    }
}
