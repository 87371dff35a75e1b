package org.grotto.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.grotto.geometry.Box;
import org.grotto.geometry.Mesh;
import org.grotto.pipeline.InputOptions;
import org.grotto.pipeline.Inputs;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An object whose base faces along Y, in a file that says no axes, is set upright by all that show it, and handed on as it
 * is by {@code convert}; both say so, with the option for the other.
 */
class UprightCommandsTest {
    private static final int N = 48;

    @TempDir
    Path dir;

    private Path bust;
    private String said = "";

    /** A bust 1 m high along Y, 0.98 m wide along X and 0.7 m deep along Z, open below. */
    @BeforeEach
    void bust() throws IOException {
        StringBuilder s = new StringBuilder();
        for (int i = 0; i < N; i++) {
            for (int j = 0; j <= N; j++) {
                double v = (double) j / N;
                double a = 2 * Math.PI * i / N;
                double r = v < 0.95 ? 0.35 - 0.2 * v + 0.08 * Math.sin(9 * v) : 0.16 * Math.sqrt((1 - v) / 0.05);
                s.append(String.format(Locale.ROOT, "v %.6f %.6f %.6f\n", 1.4 * r * Math.cos(a), v, -r * Math.sin(a)));
            }
        }
        for (int i = 0; i < N; i++) {
            for (int j = 0; j < N; j++) {
                int a = i * (N + 1) + j + 1;
                int b = (i + 1) % N * (N + 1) + j + 1;
                s.append("f " + a + " " + b + " " + (b + 1) + "\nf " + a + " " + (b + 1) + " " + (a + 1) + "\n");
            }
        }
        bust = Files.writeString(dir.resolve("bust.obj"), s);
    }

    private void command(String... args) {
        ByteArrayOutputStream to = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(to, true, StandardCharsets.UTF_8);
        int rc = RunCommand.run(args, out, out);
        said = to.toString(StandardCharsets.UTF_8);
        assertThat(rc).as(said).isZero();
    }

    private static Box bounds(Path mesh) {
        Mesh m = Inputs.mesh(mesh, InputOptions.DEFAULTS);
        return m.bounds();
    }

    private static void upright(Box b) {
        assertThat(b.sizeZ()).isBetween(0.999, 1.001);
        assertThat(b.sizeX()).isGreaterThan(1.3 * b.sizeY());
    }

    @Test
    void tilesStandAsThoseOfABuildDo() {
        command("tiles", bust.toString(), "-o", dir.resolve("tiles").toString());
        assertThat(said).contains("bust.obj: taken with y up", "--up z undoes it");
        upright(bounds(dir.resolve("tiles")));
        command("build", bust.toString(), "-o", dir.resolve("cave").toString());
        assertThat(said).contains("bust.obj: taken with y up", "--up z undoes it");
        upright(bounds(dir.resolve("cave/mesh")));
        command(
                "tiles",
                bust.toString(),
                "--up",
                "z",
                "-o",
                dir.resolve("lying").toString());
        assertThat(said).doesNotContain("taken with");
        assertThat(bounds(dir.resolve("lying")).sizeY()).isBetween(0.999, 1.001);
    }

    @Test
    void whatIsConvertedStaysAsItIsAndIsTold() throws IOException {
        Path ply = dir.resolve("bust.ply");
        command("convert", bust.toString(), ply.toString());
        assertThat(said).contains("it stands with y up, and is written as it is", "--up=y does so here");
        Mesh was = Inputs.mesh(bust, new InputOptions("m", "z"));
        Mesh is = Inputs.mesh(ply, new InputOptions("m", "z"));
        assertThat(is.xyz).hasSameSizeAs(was.xyz);
        for (int i = 0; i < is.xyz.length; i++) {
            assertThat(is.xyz[i] == was.xyz[i])
                    .as("%s for %s", is.xyz[i], was.xyz[i])
                    .isTrue(); // -0 is 0
        }
        command("convert", bust.toString(), ply.toString(), "--up=y");
        assertThat(said).doesNotContain("it stands with");
        upright(bounds(ply));
    }
}
