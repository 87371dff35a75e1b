package org.grotto.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.grotto.pipeline.InputOptions;
import org.grotto.pipeline.Inputs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A format that is in the list is known to every command. */
class StlCommandsTest {
    @TempDir
    Path dir;

    private static String run(Object... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream print = new PrintStream(out, true, StandardCharsets.UTF_8);
        String[] words = new String[args.length];
        for (int i = 0; i < args.length; i++) {
            words[i] = args[i].toString();
        }
        int code = Main.run(words, print, print);
        assertThat(code).as(out.toString(StandardCharsets.UTF_8)).isZero();
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void infoConvertTilesAndBuildTakeIt() throws IOException {
        StringBuilder s = new StringBuilder("solid wall\n");
        for (int q = 0; q < 200; q++) {
            int x = q / 2 % 10;
            int y = q / 20;
            s.append("facet normal 0 0 1\nouter loop\n");
            for (int c = 0; c < 3; c++) {
                int k = (q % 2 == 0 ? new int[] {0, 1, 2} : new int[] {1, 3, 2})[c];
                s.append("vertex ")
                        .append(x + k % 2)
                        .append(' ')
                        .append(y + k / 2)
                        .append(" 0\n");
            }
            s.append("endloop\nendfacet\n");
        }
        Path stl = Files.writeString(dir.resolve("wall.stl"), s.append("endsolid\n"));
        assertThat(run("info", stl)).contains("STL text", "name: wall");
        Path ply = dir.resolve("wall.ply");
        assertThat(run("convert", stl, ply)).contains("200 triangles");
        assertThat(Inputs.mesh(ply, InputOptions.DEFAULTS).vertexCount()).isEqualTo(121);
        run("tiles", stl, "-o", dir.resolve("tiles"));
        assertThat(dir.resolve("tiles/tileset.json")).exists();
        run("build", stl, "-o", dir.resolve("cave"));
        assertThat(dir.resolve("cave/cave.json")).exists();
        assertThat(run("tiles", "--help")).contains("STL");
    }
}
