package org.grotto.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.grotto.base.GrottoException;
import org.grotto.base.Work;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** gzip and zip around files: opened, cleaned up, bombs and archives of several refused. */
class PackedTest {
    private static final byte[] XYZ = "1 2 3\n4 5 6\n7 8 9\n".getBytes(StandardCharsets.UTF_8);
    private static final byte[] OBJ = "v 0 0 0\nv 1 0 0\nv 0 1 0\nf 1 2 3\n".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path dir;

    private Path zip(Charset names, Object... entries) throws IOException {
        Path f = dir.resolve("档案.zip");
        try (ZipOutputStream z = new ZipOutputStream(Files.newOutputStream(f), names)) {
            for (int i = 0; i < entries.length; i += 2) {
                z.putNextEntry(new ZipEntry((String) entries[i]));
                z.write((byte[]) entries[i + 1]);
            }
        }
        return f;
    }

    private Path gzip(String name, byte[] data) throws IOException {
        Path f = dir.resolve(name);
        try (OutputStream g = new GZIPOutputStream(Files.newOutputStream(f))) {
            g.write(data);
        }
        return f;
    }

    private long points(Path f) {
        try (Work work = Work.silent()) {
            return Convert.run(f, dir.resolve("out.las"), work).count();
        }
    }

    @Test
    void gzipIsSeenThrough() throws IOException {
        Path f = gzip("第1窟.xyz.gz", XYZ);
        assertThat(points(f)).isEqualTo(3);
        assertThat(Packed.file(f).getFileName()).hasToString("第1窟.xyz");
        assertThat(Inputs.isMesh(gzip("m.obj.gz", OBJ))).isTrue();
        assertThat(Packed.file(f)).as("unpacked once").isEqualTo(Packed.file(f));
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "GB18030"})
    void zipIsSeenThroughWhateverItsNamesAreWrittenIn(String names) throws IOException {
        Path f = zip(Charset.forName(names), "扫描/", new byte[0], "扫描/第1窟 东.xyz", XYZ, "扫描/说明.docx", OBJ);
        assertThat(points(f)).isEqualTo(3);
        assertThat(Packed.file(f).getFileName()).hasToString("第1窟 东.xyz");
    }

    @Test
    void whatBelongsToAFileIsUnpackedBesideIt() throws IOException {
        Path f = zip(StandardCharsets.UTF_8, "a/m.obj", OBJ, "a/m.mtl", XYZ, "a/tex/t.png", XYZ, "__MACOSX/m.obj", OBJ);
        assertThat(Inputs.isMesh(f)).isTrue();
        assertThat(Packed.file(f).resolveSibling("tex").resolve("t.png")).exists();
    }

    @Test
    void aNoteBesideAMeshIsNoPoints() throws IOException {
        byte[] licence = "This model is free.\nVersion 1 2 3\n".getBytes(StandardCharsets.UTF_8);
        Path f = zip(StandardCharsets.UTF_8, "license.txt", licence, "m.obj", OBJ);
        assertThat(Packed.file(f).getFileName()).hasToString("m.obj");
        Path points = zip(StandardCharsets.UTF_8, "a.txt", XYZ, "m.obj", OBJ);
        assertThatThrownBy(() -> Packed.file(points)).hasMessageContaining("(a.txt, m.obj)");
        Path notes = zip(StandardCharsets.UTF_8, "a.txt", licence, "b.txt", licence);
        assertThatThrownBy(() -> Packed.file(notes)).hasMessageContaining("(a.txt, b.txt)");
    }

    @Test
    void archivesOfSeveralOrNoneAreRefusedWithTheirNames() throws IOException {
        Path several = zip(StandardCharsets.UTF_8, "b.xyz", XYZ, "a.e57", XYZ);
        assertThatThrownBy(() -> points(several))
                .isInstanceOf(GrottoException.class)
                .hasMessageContaining("档案.zip: is an archive of 2 files that Grotto reads (b.xyz, a.e57)");
        Path none = zip(StandardCharsets.UTF_8, "b.docx", XYZ);
        assertThatThrownBy(() -> points(none)).hasMessageContaining("without a file that Grotto reads");
        Path out = zip(StandardCharsets.UTF_8, "../../b.xyz", XYZ);
        assertThatThrownBy(() -> points(out)).hasMessageContaining("leads out of the archive");
    }

    @Test
    void bombsAndCutArchivesAreRefused() throws IOException {
        Path bomb = gzip("bomb.xyz.gz", new byte[200 << 20]);
        assertThatThrownBy(() -> points(bomb))
                .isInstanceOf(GrottoException.class)
                .hasMessageContaining("unpacks to more than 250 times");
        byte[] whole = Files.readAllBytes(gzip("cut.xyz.gz", XYZ));
        Path cut = Files.write(dir.resolve("cut.xyz.gz"), Arrays.copyOf(whole, whole.length - 12));
        assertThatThrownBy(() -> points(cut))
                .isInstanceOf(GrottoException.class)
                .hasMessageContaining("cut.xyz.gz: is no whole archive");
        byte[] z = Files.readAllBytes(zip(StandardCharsets.UTF_8, "a.xyz", XYZ));
        Path half = Files.write(dir.resolve("half.zip"), Arrays.copyOf(z, z.length / 2));
        assertThatThrownBy(() -> points(half)).hasMessageContaining("half.zip: is no whole archive");
    }

    @Test
    void archivesOfOtherKindsAreNamedAsWhatTheyAre() throws IOException {
        for (String name : new String[] {"scans.tar.gz", "scans.tgz"}) {
            Path f = gzip(name, new byte[1024]);
            assertThatThrownBy(() -> points(f))
                    .isInstanceOf(GrottoException.class)
                    .hasMessageContaining("is an archive of another kind than gzip and zip");
        }
    }

    @Test
    void faultsInsideNameTheArchive() throws IOException {
        Path f = gzip(
                "a.ply.gz", "ply\nformat ascii 1.0\nelement vertex 1\nend_header\n".getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> points(f))
                .isInstanceOf(GrottoException.class)
                .message()
                .startsWith(f + ", in it a.ply: ")
                .containsOnlyOnce("a.ply.gz")
                .doesNotContain("grotto-packed");
    }
}
