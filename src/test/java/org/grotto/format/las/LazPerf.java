package org.grotto.format.las;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.grotto.Need;
import org.grotto.Npm;
import org.grotto.base.Json;
import tools.jackson.databind.JsonNode;

/** The independent decoders from npm, laz-perf and copc, run by node. */
public final class LazPerf {
    private LazPerf() {}

    /** What {@code kind} ("laz" or "copc") says of {@code file}. */
    public static JsonNode run(String kind, Path file) throws Exception {
        Path node = Need.program("node");
        Path modules = Npm.modules("las", "laz-perf@0.0.7", "copc@0.0.8");
        Path script = Need.root().resolve("target/npm/lazperf.cjs");
        try (InputStream in = LazPerf.class.getResourceAsStream("lazperf.cjs")) {
            Files.copy(in, script, StandardCopyOption.REPLACE_EXISTING);
        }
        Process p = new ProcessBuilder(node.toString(), script.toString(), modules.toString(), kind, file.toString())
                .redirectErrorStream(true)
                .start();
        String out = new String(p.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (p.waitFor() != 0) {
            throw new AssertionError(out);
        }
        return Json.mapper().readTree(out.substring(out.indexOf('{')));
    }
}
