package org.grotto.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.grotto.base.Declared;
import org.grotto.base.Outputs;
import org.grotto.base.Work;
import org.grotto.format.PointReader;
import org.grotto.format.las.LasReader;
import org.grotto.lod.CopcBuilder;
import org.grotto.lod.CopcOptions;
import org.grotto.pipeline.Inputs;
import org.grotto.pipeline.PackageStages;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "copc",
        mixinStandardHelpOptions = true,
        description =
                "Writes points as COPC 1.0, a LAZ file with levels of detail that QGIS, PDAL and browsers stream.")
final class CopcCommand implements Callable<Integer>, RecordOptions.Stages {
    @Mixin
    Common common = new Common();

    @Spec
    @Nullable
    CommandSpec spec;

    @Parameters(arity = "1..*", paramLabel = "INPUT", description = "scan files, any mix of formats")
    List<Path> inputs = List.of();

    @Option(names = "-o", required = true, paramLabel = "FILE", description = "file to write, named *.copc.laz")
    Path out = Path.of("");

    @Override
    public List<Declared> stages() {
        return List.of(PackageStages.POINTS.declared());
    }

    @Override
    public java.util.Set<String> hidden() {
        return java.util.Set.of("points.crs");
    }

    record Result(String file, long points, List<String> lost) {}

    @Override
    public Integer call() {
        CopcOptions o = RecordOptions.read(
                java.util.Objects.requireNonNull(spec), PackageStages.POINTS.name(), CopcOptions.DEFAULTS);
        Outputs.refuseInput(out, inputs);
        List<PointReader> readers = new ArrayList<>();
        try (Work work = common.work()) {
            CopcBuilder.Written done = Inputs.naming(inputs, out, () -> {
                Inputs.ordered(inputs).forEach(p -> readers.add(Inputs.points(p, work)));
                boolean asItIs = readers.size() == 1 && readers.getFirst() instanceof LasReader;
                List<PointReader> told = asItIs
                        ? readers
                        : readers.stream().map(r -> Inputs.surveyed(r, work)).toList();
                CopcBuilder.Written written = CopcBuilder.write(told, out, o, work);
                told.forEach(r -> r.understood().forEach(u -> common.say(r.path() + ": " + u)));
                return written;
            });
            done.lost().forEach(l -> common.warn("not kept: " + l));
            common.say(out + ": " + done.points() + " points");
            common.result(new Result(out.toString(), done.points(), done.lost()));
        } finally {
            readers.forEach(PointReader::close);
        }
        return 0;
    }
}
