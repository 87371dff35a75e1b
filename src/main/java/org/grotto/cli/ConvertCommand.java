package org.grotto.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.grotto.base.Outputs;
import org.grotto.base.Work;
import org.grotto.pipeline.Convert;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "convert",
        mixinStandardHelpOptions = true,
        resourceBundle = FormatWords.NAME,
        description = {
            "Converts a scan file or mesh; the endings say which formats.",
            "Points are read from ${bundle:points.read}, written as ${bundle:points.written}.",
            "Meshes are read from ${bundle:meshes.read}, written as ${bundle:meshes.written}.",
            "What the new format cannot keep is named."
        })
final class ConvertCommand implements Callable<Integer> {
    @Mixin
    Common common = new Common();

    @Parameters(index = "0", paramLabel = "A", description = "the file to read")
    Path from = Path.of("");

    @Parameters(index = "1", paramLabel = "B", description = "the file to write; replaced where it exists")
    Path to = Path.of("");

    record Result(String from, String to, long points, long read, List<String> lost) {}

    @Override
    public Integer call() {
        Outputs.refuseInput(to, List.of(from));
        try (Work work = common.work()) {
            Convert.Done done = Convert.run(from, to, work);
            done.lost().forEach(l -> common.warn("not kept: " + l));
            String what = done.mesh() ? " triangles" : " points";
            String of = done.read() == done.count() ? "" : " (of " + done.read() + " in " + from + ")";
            common.say(to + ": " + done.count() + what + of);
            common.result(new Result(from.toString(), to.toString(), done.count(), done.read(), done.lost()));
        }
        return 0;
    }
}
