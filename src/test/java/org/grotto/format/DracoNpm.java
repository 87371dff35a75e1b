package org.grotto.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.grotto.Need;
import org.grotto.Npm;
import org.grotto.base.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The format's own coder, npm draco3d. */
public final class DracoNpm {
    private DracoNpm() {}

    private static Path modules() throws Exception {
        return Npm.modules("draco", "draco3d@1.5.7");
    }

    /**
     * Codes {@code what}, in each of its ways, and gives what the coder makes of it again.
     *
     * @param script of src/test/node
     * @param out the beginning of the names of the files
     */
    public static JsonNode coded(String script, ObjectNode what, Path out) throws Exception {
        Path in = out.resolveSibling("in.json");
        Files.writeString(in, what.toString());
        Path told = out.resolveSibling("out.json");
        Process p = new ProcessBuilder(
                        Need.program("node").toString(),
                        Need.root().resolve("src/test/node").resolve(script).toString(),
                        modules().toString(),
                        in.toString(),
                        out.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .redirectOutput(told.toFile())
                .start();
        assertThat(p.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(p.exitValue()).isZero();
        return Json.mapper().readTree(Files.readString(told));
    }
}
