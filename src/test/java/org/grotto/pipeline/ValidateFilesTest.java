package org.grotto.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.grotto.base.GrottoException;
import org.grotto.base.Json;
import org.grotto.base.Work;
import org.grotto.cli.RunCommand;
import org.grotto.format.CloudFolders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Files of every format are looked through, alone and in folders; what they are converted to is sound. */
class ValidateFilesTest {
    private static final String ROWS = "x,y,z,intensity,r,g,b,nx,ny,nz\n0,0,0,5,255,0,0,0,0,1\n1,0,0.5,9,1,2,3,0,0,1\n"
            + "0,1,0.25,0,9,9,9,0,0,1\n";

    @TempDir
    Path dir;

    private static Validation.Result look(Path path) {
        try (Work work = Work.silent()) {
            return Validation.of(path, work);
        }
    }

    @Test
    void whatOurWritersWriteIsSound() throws IOException {
        Path csv = Files.writeString(dir.resolve("a.csv"), ROWS);
        Path obj = Files.writeString(dir.resolve("m.obj"), "v 0 0 0\nv 1 0 0\nv 0 1 0\nf 1 2 3\n");
        for (String ending : Formats.pointEndings()) {
            convertedIsSound(csv, ending);
        }
        for (String ending : Formats.meshEndings()) {
            convertedIsSound(obj, ending);
        }
        Validation.Result folder = look(dir);
        assertThat(folder.valid()).isTrue();
        assertThat(folder.files()).isGreaterThan(5);
    }

    private void convertedIsSound(Path from, String ending) {
        Path to = dir.resolve("out-" + from.getFileName() + "." + ending);
        try (Work work = Work.silent()) {
            Convert.run(from, to, work);
        }
        assertThat(look(to).faults()).as(ending).isEmpty();
    }

    @Test
    void aRefusalIsAFaultWithItsPlaceAndWhatIsReadBesideIsANote() throws IOException {
        Path broken = Files.writeString(
                dir.resolve("b.ply"),
                "ply\nformat ascii 1.0\nelement vertex 2\nproperty float x\n"
                        + "property float y\nproperty float z\nend_header\n0 0 0\n");
        assertThat(look(broken).faults()).singleElement().satisfies(f -> {
            assertThat(f.found()).isNotBlank();
            assertThat(f.todo()).isNotBlank();
        });
        Files.writeString(dir.resolve("t.mtl"), "newmtl m\nmap_Kd nowhere.png\n");
        Path obj = Files.writeString(
                dir.resolve("t.obj"),
                "mtllib t.mtl\nv 0 0 0\nv 1 0 0\nv 0 1 0\nvt 0 0\nvt 1 0\nvt 0 1\nusemtl m\nf 1/1 2/2 3/3\n");
        assertThat(look(obj).notes()).anyMatch(n -> n.contains("nowhere.png"));
    }

    /** A cloud in a folder is one thing; what is not read is never called sound. */
    @Test
    void aCloudInAFolderIsLookedThroughAsOneAndSplatsNotAtAll() throws IOException {
        Path cloud = dir.resolve("cloud");
        CloudFolders.ept(cloud, CloudFolders.points(200), "binary", (f, p) -> {});
        assertThat(look(cloud)).satisfies(r -> {
            assertThat(r.faults()).isEmpty();
            assertThat(r.format()).startsWith("EPT");
            assertThat(r.files()).as("ept.json, hierarchy, tiles, sources").isGreaterThan(3);
            assertThat(r.bytes()).isGreaterThan(200 * 30);
        });
        Path tile;
        try (var all = Files.list(cloud.resolve("ept-data"))) {
            tile = all.sorted().findFirst().orElseThrow();
        }
        Files.write(tile, new byte[3]);
        assertThat(look(cloud).faults()).isNotEmpty();
        Path splats = Files.writeString(
                dir.resolve("s.ply"),
                "ply\nformat ascii 1.0\nelement vertex 1\n"
                        + "property float x\nproperty float y\nproperty float z\nproperty float f_dc_0\n"
                        + "property float f_dc_1\nproperty float f_dc_2\nproperty float opacity\n"
                        + "property float scale_0\nproperty float scale_1\nproperty float scale_2\n"
                        + "property float rot_0\nproperty float rot_1\nproperty float rot_2\nproperty float rot_3\n"
                        + "end_header\n0 0 0 1 1 1 1 1 1 1 1 0 0 0\n");
        assertThatThrownBy(() -> look(splats))
                .isInstanceOf(GrottoException.class)
                .hasMessageContaining("splat");
    }

    @Test
    void theCommandTellsPlaceAndClauseAndEndsWith3() throws IOException {
        Path csv = Files.writeString(dir.resolve("a.csv"), ROWS);
        Path las = dir.resolve("a.las");
        try (Work work = Work.silent()) {
            Convert.run(csv, las, work);
        }
        byte[] b = Files.readAllBytes(las);
        b[107] = 9; // points in 32 bits, which format 7 forbids
        Files.write(las, b);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream print = new PrintStream(out, true, StandardCharsets.UTF_8);
        int code = RunCommand.run(new String[] {"validate", "--json", las.toString()}, print, System.err);
        assertThat(code).isEqualTo(3);
        JsonNode json = Json.mapper().readTree(out.toString(StandardCharsets.UTF_8));
        JsonNode fault = json.path("faults").get(0);
        assertThat(fault.path("where").asString("")).isEqualTo("byte 107");
        assertThat(fault.path("clause").asString(""))
                .isEqualTo("LAS 1.4 R16, Public Header Block: Legacy Number of Point Records");
        assertThat(json.path("valid").asBoolean(true)).isFalse();
        assertThat(RunCommand.run(new String[] {"validate", csv.toString()}, print, System.err))
                .isZero();
    }

    @Test
    void aFolderWithoutAnyAndAFileOfNoFormatAreRefused() throws IOException {
        Files.createDirectory(dir.resolve("none"));
        assertThatThrownBy(() -> look(dir.resolve("none"))).isInstanceOf(GrottoException.class);
        Path docx = Files.writeString(dir.resolve("a.docx"), "?");
        assertThatThrownBy(() -> look(docx)).isInstanceOf(GrottoException.class);
    }
}
