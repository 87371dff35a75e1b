package org.grotto.cli;

import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.grotto.base.Work;
import org.grotto.pipeline.Validation;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "validate",
        mixinStandardHelpOptions = true,
        description = {
            "Checks a cave package: documents against their schemas, paths, sizes and hashes of all files.",
            "Tells every fault; ends with 0 where there is none, with 3 where there are some."
        })
final class ValidateCommand implements Callable<Integer> {
    @Mixin
    Common common = new Common();

    @Parameters(paramLabel = "PACKAGE", description = "cave package")
    Path folder = Path.of("");

    @Override
    public Integer call() {
        try (Work work = common.work()) {
            Validation.Result r = Validation.of(folder, work);
            for (Validation.Fault f : r.faults()) {
                common.say(f.file() + ": " + f.found() + "; " + f.todo() + ".");
            }
            r.notes().forEach(n -> common.say("note: " + n));
            common.say(
                    r.valid()
                            ? String.format(
                                    Locale.ROOT,
                                    "%s: sound, %d files, %,d bytes, revision %d",
                                    r.folder(),
                                    r.files(),
                                    r.bytes(),
                                    r.revision())
                            : r.folder() + ": " + r.faults().size()
                                    + (r.faults().size() == 1 ? " fault" : " faults"));
            common.result(r);
            return r.valid() ? 0 : 3;
        }
    }
}
