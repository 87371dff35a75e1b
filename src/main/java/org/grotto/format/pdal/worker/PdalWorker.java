package org.grotto.format.pdal.worker;

import io.pdal.LogLevel;
import io.pdal.Pipeline;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The main class of a child JVM that runs PDAL pipelines through pdal-java, whose native part may abort or hang on a bad
 * file and so never runs inside Grotto. It is compiled against signatures (src/pdal-stubs) or, in the profile
 * {@code pdal-java}, against pdal-java itself, and only ever run with the latter on its class path.
 */
public final class PdalWorker {
    private PdalWorker() {}

    /**
     * @param args the file of a pipeline that only reads, that of one that reads and writes, and the file that receives
     *     what PDAL says of the input, as JSON; any failure is a stack trace and exit code 1
     */
    public static void main(String[] args) throws Exception {
        try (Pipeline p = new Pipeline(Files.readString(Path.of(args[0])), LogLevel.Error())) {
            Files.writeString(Path.of(args[2]), p.getQuickInfo());
        }
        try (Pipeline p = new Pipeline(Files.readString(Path.of(args[1])), LogLevel.Error())) {
            p.execute();
        }
    }
}
