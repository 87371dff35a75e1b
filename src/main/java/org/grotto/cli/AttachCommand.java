package org.grotto.cli;

import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.grotto.base.Text;
import org.grotto.base.Work;
import org.grotto.pipeline.Attach;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "attach",
        mixinStandardHelpOptions = true,
        description = {
            "Adds a finished file, as a drawing made elsewhere, to a cave package.",
            "Viewers that have the package open see it as it was or with the file, never half."
        })
final class AttachCommand implements Callable<Integer> {
    @Mixin
    Common common = new Common();

    @Parameters(index = "0", paramLabel = "PACKAGE", description = "cave package")
    Path folder = Path.of("");

    @Parameters(index = "1", paramLabel = "FILE", description = "the file to add; it is copied")
    Path file = Path.of("");

    @Option(
            names = "--kind",
            paramLabel = "WORD",
            description = "what it is, in small letters, as drawings; its folder (default: documents)")
    String kind = "documents";

    @Option(names = "--title-zh", paramLabel = "TEXT", description = "what it shows, in Chinese")
    @Nullable
    String titleZh;

    @Option(names = "--title-en", paramLabel = "TEXT", description = "what it shows, in English")
    @Nullable
    String titleEn;

    @Override
    public Integer call() {
        String any = titleZh == null ? titleEn : titleZh;
        Text title = any == null ? null : new Text(titleZh == null ? any : titleZh, titleEn == null ? any : titleEn);
        try (Work work = common.work()) {
            Attach.Result r = Attach.run(folder, file, kind, title, Main.VERSION, work);
            common.say(String.format(
                    Locale.ROOT,
                    "%s: holds %s, %,d bytes, and is at revision %d",
                    r.folder(),
                    r.path(),
                    r.bytes(),
                    r.revision()));
            common.result(r);
        }
        return 0;
    }
}
