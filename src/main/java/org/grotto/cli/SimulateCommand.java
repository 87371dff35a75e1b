package org.grotto.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.grotto.base.Declared;
import org.grotto.base.Work;
import org.grotto.pipeline.Simulate;
import org.grotto.simulate.SimulateOptions;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "simulate",
        mixinStandardHelpOptions = true,
        resourceBundle = FormatWords.NAME,
        description = {
            "Scans a virtual cave temple whose every millimetre is known.",
            "Writes the scans and truth.json, from which the exact surface can be made again."
        })
final class SimulateCommand implements Callable<Integer>, RecordOptions.Stages {
    @Mixin
    Common common = new Common();

    @Spec
    @Nullable
    CommandSpec spec;

    @Option(names = "-o", required = true, paramLabel = "DIR", description = "folder to write; must not exist")
    Path out = Path.of("");

    @Option(names = "--format", paramLabel = "WORD", description = "one of ${bundle:points.endings} (default: e57)")
    String format = "e57";

    @Override
    public List<Declared> stages() {
        return List.of(new Declared("simulate", SimulateOptions.DEFAULTS));
    }

    record Result(String folder, List<String> files, long points) {}

    @Override
    public Integer call() {
        SimulateOptions o =
                RecordOptions.read(java.util.Objects.requireNonNull(spec), "simulate", SimulateOptions.DEFAULTS);
        try (Work work = common.work()) {
            Simulate.Done done = Simulate.run(o, format, out, work);
            List<String> files = new ArrayList<>();
            done.files().forEach(f -> files.add(f.toString()));
            common.say(out + ": " + done.points() + " points in " + files.size() + " file(s), and truth.json");
            common.result(new Result(out.toString(), files, done.points()));
        }
        return 0;
    }
}
