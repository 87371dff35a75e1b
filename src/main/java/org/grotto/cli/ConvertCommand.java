package org.grotto.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.grotto.base.Declared;
import org.grotto.base.Outputs;
import org.grotto.base.Work;
import org.grotto.pipeline.Convert;
import org.grotto.pipeline.InputOptions;
import org.grotto.pipeline.SurfaceStage;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "convert",
        mixinStandardHelpOptions = true,
        resourceBundle = FormatWords.NAME,
        description = {
            "Converts a scan file or mesh; the endings say which formats.",
            "Points are read from ${bundle:points.read}, written as ${bundle:points.written}.",
            "Meshes are read from ${bundle:meshes.read}, written as ${bundle:meshes.written}.",
            "What is written is in metres, Z up: say --unit and --up where the file does not.",
            "What the new format cannot keep is named."
        })
final class ConvertCommand implements Callable<Integer>, RecordOptions.Stages {
    @Mixin
    Common common = new Common();

    @Spec
    @Nullable
    CommandSpec spec;

    @Parameters(index = "0", paramLabel = "A", description = "the file to read")
    Path from = Path.of("");

    @Parameters(index = "1", paramLabel = "B", description = "the file to write; replaced where it exists")
    Path to = Path.of("");

    @Override
    public List<Declared> stages() {
        return List.of(SurfaceStage.LOAD.declared());
    }

    record Result(String from, String to, long points, long read, List<String> lost, List<String> understood) {}

    @Override
    public Integer call() {
        Outputs.refuseInput(to, List.of(from));
        try (Work work = common.work()) {
            InputOptions frame = RecordOptions.read(
                    java.util.Objects.requireNonNull(spec), SurfaceStage.LOAD.name(), InputOptions.DEFAULTS);
            Convert.Done done = Convert.run(
                    from,
                    to,
                    frame,
                    Convert.As.valueOf(frame.as().toUpperCase(Locale.ROOT)),
                    t -> common.warn(t.en()),
                    work);
            done.understood().forEach(u -> common.say(from + ": " + u));
            done.lost().forEach(l -> common.warn("not kept: " + l));
            String what = (done.mesh() ? " triangle" : " point") + (done.count() == 1 ? "" : "s");
            String of = done.read() == done.count() ? "" : " (of " + done.read() + " in " + from + ")";
            common.say(to + ": " + done.count() + what + of);
            common.result(new Result(
                    from.toString(), to.toString(), done.count(), done.read(), done.lost(), done.understood()));
        }
        return 0;
    }
}
