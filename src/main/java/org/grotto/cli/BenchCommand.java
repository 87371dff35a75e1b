package org.grotto.cli;

import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.grotto.base.Work;
import org.grotto.bench.Benchmarks;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        description = {
            "Measures a craft on a virtual cave. Without a name it lists the benchmarks.",
            "Peers run beside where GROTTO_POISSONRECON, GROTTO_SURFACETRIMMER, GROTTO_NXSBUILD,",
            "GROTTO_POTREECONVERTER, GROTTO_PDAL, GROTTO_ASSIMP name their executables.",
            "With --inputs it builds a package of each file or folder in a folder of yours, and",
            "prints as a table what each was taken for and what was said of it."
        })
final class BenchCommand implements Callable<Integer> {
    @Mixin
    Common common = new Common();

    @Parameters(arity = "0..1", paramLabel = "NAME", description = "which benchmark")
    @Nullable
    String name;

    @Option(names = "--points", paramLabel = "N", description = "how many points (or triangles)")
    long points;

    @Option(
            names = "--inputs",
            paramLabel = "FOLDER",
            description = "a folder of real inputs: each file, and each folder of files that belong together, is built")
    @Nullable
    Path inputs;

    @Override
    public Integer call() {
        Path folder = inputs;
        if (folder != null) {
            Benchmarks.real(folder, line -> {
                common.out().println(line);
                common.out().flush();
            });
            return 0;
        }
        String n = name;
        if (n == null) {
            Benchmarks.names().forEach((k, v) -> common.say(String.format(Locale.ROOT, "  %-10s %s", k, v)));
            common.result(Benchmarks.names());
            return 0;
        }
        try (Work work = common.work()) {
            Benchmarks.Result r = Benchmarks.run(n, points, work);
            for (Benchmarks.Figure f : r.figures()) {
                common.say(String.format(Locale.ROOT, "  %-48s %,14.3f %s", f.name(), f.value(), f.unit()));
            }
            common.result(r);
        }
        return 0;
    }
}
