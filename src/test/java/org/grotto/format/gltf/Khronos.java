package org.grotto.format.gltf;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.grotto.Need;
import org.grotto.Npm;
import org.grotto.base.Json;
import tools.jackson.databind.JsonNode;

/**
 * The Khronos validator's word on tiles, their content decoded first by npm meshoptimizer.
 */
public final class Khronos {
    private Khronos() {}

    /** Where the packages stand. */
    public static Path modules() throws Exception {
        return Npm.modules("tiles", "gltf-validator@2.0.0-dev.3.10", "meshoptimizer@1.3.0");
    }

    /** The report of each tile by its file's name. */
    public static TreeMap<String, JsonNode> validate(List<Path> tiles) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Need.program("node").toString(),
                Need.root().resolve("src/test/node/validate-tiles.mjs").toString(),
                modules().toString()));
        tiles.forEach(t -> command.add(t.toString()));
        Path out = Files.createTempFile("validator", ".txt");
        Process p = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();
        assertThat(p.waitFor(2, TimeUnit.MINUTES)).isTrue();
        List<String> lines = Files.readAllLines(out);
        Files.delete(out);
        assertThat(p.exitValue()).as("%s", lines).isZero();
        TreeMap<String, JsonNode> reports = new TreeMap<>();
        for (String line : lines) {
            JsonNode r = Json.mapper().readTree(line);
            reports.put(r.path("file").asString(), r);
        }
        assertThat(reports).hasSize(tiles.size());
        return reports;
    }
}
