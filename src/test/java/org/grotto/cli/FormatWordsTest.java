package org.grotto.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.grotto.pipeline.Formats;
import org.junit.jupiter.api.Test;

/** Help texts list the formats that there are. */
class FormatWordsTest {
    private static String help(String command) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream print = new PrintStream(out, true, StandardCharsets.UTF_8);
        Main.run(new String[] {command, "--help"}, print, print);
        return out.toString(StandardCharsets.UTF_8).replaceAll("\\s+", " ");
    }

    @Test
    void helpListsTheFormats() {
        assertThat(help("convert"))
                .contains(Formats.pointsRead(), Formats.meshesRead(), Formats.offered(Formats.pointEndings()));
        assertThat(help("tiles")).contains("mesh to read: " + Formats.meshesRead());
        assertThat(help("surface")).contains("mesh to write, .ply, .obj or .glb");
        assertThat(help("simulate")).contains("one of e57, las, laz, ply, csv, txt, xyz (default: e57)");
        assertThat(help("info")).contains(Formats.meshesRead()).doesNotContain("bundle:");
    }
}
