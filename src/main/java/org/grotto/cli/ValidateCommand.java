package org.grotto.cli;

import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.grotto.base.Work;
import org.grotto.format.Finding;
import org.grotto.pipeline.Validation;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "validate",
        mixinStandardHelpOptions = true,
        description = {
            "Checks a cave package (documents against their schemas, paths, sizes and hashes of all files, tileset,"
                    + " points), a file of points or a mesh (E57, LAS, LAZ and COPC against their specifications), or a"
                    + " folder of such files.",
            "Tells every fault, with its place and the clause it breaks; ends with 0 where there is none, with 3 where"
                    + " there are some."
        })
final class ValidateCommand implements Callable<Integer> {
    @Mixin
    Common common = new Common();

    @Parameters(paramLabel = "PACKAGE|FILE|FOLDER", description = "cave package, file, or folder of files")
    Path folder = Path.of("");

    @Override
    public Integer call() {
        try (Work work = common.work()) {
            Validation.Result r = Validation.of(folder, work);
            for (Validation.Fault f : r.faults()) {
                common.say(f.file() + ": " + new Finding(true, f.where(), f.clause(), f.found(), f.todo()).toString());
            }
            r.notes().forEach(n -> common.say("note: " + n));
            common.say(
                    r.valid()
                            ? String.format(
                                    Locale.ROOT,
                                    "%s: sound, %s, %d %s, %,d bytes%s",
                                    r.folder(),
                                    r.format(),
                                    r.files(),
                                    r.files() == 1 ? "file" : "files",
                                    r.bytes(),
                                    r.revision() == 0 ? "" : ", revision " + r.revision())
                            : r.folder() + ": " + r.faults().size()
                                    + (r.faults().size() == 1 ? " fault" : " faults"));
            common.result(r);
            if (common.quiet && !common.json && !r.valid()) {
                common.err().println("grotto: " + folder + ": not sound; without --quiet its faults are told.");
                common.err().flush();
            }
            return r.valid() ? 0 : 3;
        }
    }
}
