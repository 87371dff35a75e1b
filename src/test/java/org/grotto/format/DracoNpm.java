package org.grotto.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.grotto.Need;
import org.grotto.base.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The format's own coder, npm draco3d. */
public final class DracoNpm {
    private static final Path NPM = Need.root().resolve("target/npm/draco");

    private DracoNpm() {}

    public static synchronized void install() throws Exception {
        Need.program("node");
        Path npm = Need.program("npm");
        if (!Files.isDirectory(NPM.resolve("node_modules/draco3d"))) {
            Files.createDirectories(NPM);
            Process p = new ProcessBuilder(
                            npm.toString(),
                            "install",
                            "--no-save",
                            "--no-audit",
                            "--no-fund",
                            "--prefix",
                            NPM.toString(),
                            "draco3d@1.5.7")
                    .redirectErrorStream(true)
                    .redirectOutput(NPM.resolve("install-draco.log").toFile())
                    .start();
            boolean done = p.waitFor(3, TimeUnit.MINUTES) && p.exitValue() == 0;
            Need.require(done, "npm package draco3d");
        }
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
                        NPM.resolve("node_modules").toString(),
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
