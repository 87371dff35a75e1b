package org.grotto.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.grotto.Need;
import org.grotto.base.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * The page's measuring code by closed forms, without a browser; and what its checks are worth: each of the small changes
 * that {@code src/test/node/measure.mjs} makes to the code must fail one of them.
 */
class MeasureTest {
    @TempDir
    Path folder;

    @Test
    void distancesAndTheirUncertaintyAreThoseOfClosedFormsAndNoChangeToThemPasses() throws Exception {
        Path out = folder.resolve("measure.json");
        Process p = new ProcessBuilder(
                        Need.program("node").toString(),
                        Need.root().resolve("src/test/node/measure.mjs").toString(),
                        Need.root().resolve("assets/web/js").toString())
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();
        assertThat(p.waitFor(1, TimeUnit.MINUTES)).isTrue();
        String said = Files.readString(out);
        assertThat(p.exitValue()).as("%s", said).isZero();
        JsonNode result = Json.mapper().readTree(said);
        assertThat(result.path("failed"))
                .as("checks that fail on the code as it is")
                .isEmpty();
        assertThat(result.path("mutants"))
                .hasSizeGreaterThan(30)
                .allSatisfy(
                        m -> assertThat(m.path("state").asString()).as("%s", m).isEqualTo("killed"));
    }
}
