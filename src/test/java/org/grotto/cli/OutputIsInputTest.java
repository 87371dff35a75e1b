package org.grotto.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A scan is never replaced by what is made of it, by its own name, another way to it or a link. */
class OutputIsInputTest {
    @TempDir
    Path dir;

    @Test
    void anOutputThatIsAnInputIsRefusedInWords() throws IOException {
        Path scan = dir.resolve("石窟 scan.ply");
        StringBuilder s = new StringBuilder("ply\nformat ascii 1.0\nelement vertex 400\nproperty double x\n"
                + "property double y\nproperty double z\nend_header\n");
        for (int i = 0; i < 400; i++) {
            s.append(i % 20).append(' ').append(i / 20).append(" 0\n");
        }
        Files.writeString(scan, s);
        Path link = Files.createSymbolicLink(dir.resolve("link.ply"), scan);
        String given = Files.readString(scan);
        for (Path out : List.of(scan, dir.resolve(".").resolve(scan.getFileName()), link)) {
            for (List<String> args : List.of(
                    List.of("surface", scan.toString(), "-o", out.toString()),
                    List.of("convert", scan.toString(), out.toString()))) {
                ByteArrayOutputStream err = new ByteArrayOutputStream();
                int code = Main.run(
                        args.toArray(String[]::new),
                        new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8));
                assertThat(code).as(args.toString()).isEqualTo(2);
                assertThat(err.toString(StandardCharsets.UTF_8)).contains("is an input", out.toString());
                assertThat(Files.readString(scan)).isEqualTo(given);
            }
        }
    }
}
