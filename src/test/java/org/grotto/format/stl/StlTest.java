package org.grotto.format.stl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.grotto.base.GrottoException;
import org.grotto.format.FileHead;
import org.grotto.geometry.Mesh;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StlTest {
    /** What reading a file of some kilobytes may allocate. */
    private static final long MEMORY = 4L << 20;

    @TempDir
    Path dir;

    private Path file(byte[] bytes) throws IOException {
        return Files.write(dir.resolve("cube.stl"), bytes);
    }

    private Path file(String text) throws IOException {
        return Files.writeString(dir.resolve("cube.stl"), text);
    }

    private static Mesh read(Path file) {
        try (StlReader r = StlReader.open(file)) {
            return r.read();
        }
    }

    /** Every corner of every triangle stands where the file says, and equal ones are one vertex. */
    private static void isTheCube(Mesh m) {
        assertThat(m.vertexCount()).isEqualTo(8);
        int[] corners = StlSamples.corners();
        assertThat(m.triangles).hasSize(corners.length);
        double[] origin = {m.originX, m.originY, m.originZ};
        for (int i = 0; i < corners.length; i++) {
            for (int a = 0; a < 3; a++) {
                assertThat(origin[a] + m.xyz[3 * m.triangles[i] + a]).isEqualTo(StlSamples.at(corners[i], a));
            }
        }
        assertThat(Arrays.stream(m.triangles).limit(3)).containsExactly(0, 1, 2);
    }

    @Test
    void equalCornersAreOneVertexInTextAndBinary() throws IOException {
        isTheCube(read(file(StlSamples.binary("by hand"))));
        isTheCube(read(file(StlSamples.text())));
        isTheCube(read(file(StlSamples.text().replace("\n", "\r\n").replace("facet", "FACET"))));
    }

    /** A binary file that begins as text does is told by its size, and any STL by its beginning without its name. */
    @Test
    void solidAtTheBeginningMakesNoText() throws IOException {
        Path binary = file(StlSamples.binary("solid facet made by some program"));
        isTheCube(read(binary));
        StlFormat format = new StlFormat();
        assertThat(format.begins(FileHead.of(binary))).isTrue();
        assertThat(format.begins(FileHead.of(file(StlSamples.text())))).isTrue();
        assertThat(format.begins(FileHead.of(file("solid ground: a story without triangles\n"))))
                .isFalse();
        assertThat(format.begins(FileHead.of(file(new byte[84])))).isFalse();
        assertThat(format.begins(FileHead.of(file(StlSamples.binary("x", 12, 11)))))
                .isFalse();
    }

    @Test
    void onlyTheLastBitKeepsCornersApart() throws IOException {
        byte[] cube = StlSamples.binary("");
        ByteBuffer b = ByteBuffer.wrap(cube).order(ByteOrder.LITTLE_ENDIAN);
        b.putFloat(84 + 12, -0f);
        isTheCube(read(file(cube)));
        b.putFloat(84 + 12, Float.MIN_VALUE);
        assertThat(read(file(cube)).vertexCount()).isEqualTo(9);
    }

    @Test
    void manyCornersAreWeldedAsFew() throws IOException {
        int n = 120;
        ByteBuffer b = ByteBuffer.allocate(84 + 50 * 2 * n * n).order(ByteOrder.LITTLE_ENDIAN);
        b.putInt(80, 2 * n * n).position(84);
        int[][] halves = {{0, 0, 1, 0, 0, 1}, {1, 0, 1, 1, 0, 1}};
        for (int q = 0; q < 2 * n * n; q++) {
            int[] h = halves[q % 2];
            b.position(b.position() + 12);
            for (int c = 0; c < 3; c++) {
                b.putFloat(q / 2 % n + h[2 * c])
                        .putFloat(q / 2 / n + h[2 * c + 1])
                        .putFloat(7);
            }
            b.putShort((short) 0);
        }
        Mesh m = read(file(b.array()));
        assertThat(m.vertexCount()).isEqualTo((n + 1) * (n + 1));
        assertThat(m.triangleCount()).isEqualTo(2 * n * n);
        assertThat(m.bounds().sizeX()).isEqualTo(n);
    }

    @Test
    void whatIsNotKeptIsNamed() throws IOException {
        byte[] coloured = StlSamples.binary("");
        coloured[84 + 48] = 1;
        try (StlReader r = StlReader.open(file(coloured))) {
            assertThat(r.faces()).isEqualTo(12);
            r.read();
            assertThat(r.notKept()).containsExactly("the attribute bytes (colours) of 1 triangles");
        }
        try (StlReader r = StlReader.open(file(StlSamples.text() + StlSamples.text()))) {
            assertThat(r.metadata()).containsEntry("name", "a cube");
            assertThat(r.read().triangleCount()).isEqualTo(24);
            assertThat(r.notKept()).containsExactly("that its triangles are of 2 solids");
        }
    }

    @Test
    void damagedBinaryFilesAreRefusedWithThePlace() throws IOException {
        refused(StlSamples.binary("solid", 12, 11), "at byte 80: announces 12 triangles, which take 684 bytes");
        refused(StlSamples.binary("", -1, 12), "announces 4294967295 triangles");
        refused(StlSamples.binary("", 0, 0), "holds no triangle");
        refused(new byte[20], "has 20 bytes");
        byte[] nan = StlSamples.binary("");
        ByteBuffer.wrap(nan).order(ByteOrder.LITTLE_ENDIAN).putFloat(84 + 50 + 12 + 8, Float.NaN);
        refused(nan, "at byte 154: a coordinate of triangle 1 is NaN");
    }

    @ParameterizedTest
    @CsvSource({
        "vertex 0.0 0.0e0 0.0,vertex 0 0,line 4: found a corner that is not \"vertex x y z\"",
        "vertex 0.0 0.0e0 0.0,vertex 0 0 1e40,line 4: found the coordinate 1.0E40",
        "vertex 0.0 0.0e0 0.0,vertex 0 0 o,line 4: a number was expected",
        "vertex 0.0 0.0e0 0.0,,found a facet that ends with 2 corners",
        "endfacet,,line 9: found \"facet\" inside",
        "outer loop,vertex 0 0 0,line 6: found a corner too many",
        "outer loop,inner loop,found \"inner\"",
        "endsolid a cube,,the file is truncated"
    })
    void damagedTextIsRefusedWithItsLine(String good, String bad, String sentence) throws IOException {
        String text = StlSamples.text();
        int at = text.indexOf(good);
        refused(
                (text.substring(0, at) + (bad == null ? "" : bad) + text.substring(at + good.length()))
                        .getBytes(StandardCharsets.UTF_8),
                sentence);
    }

    @ParameterizedTest
    @ValueSource(strings = {"solid nothing\nendsolid nothing\n", "solid"})
    void textWithoutTrianglesIsRefused(String text) throws IOException {
        refused(text.getBytes(StandardCharsets.UTF_8), "cube.stl");
    }

    private void refused(byte[] bytes, String sentence) throws IOException {
        Path f = file(bytes);
        assertThatThrownBy(() -> read(f))
                .isInstanceOf(GrottoException.class)
                .hasMessageStartingWith(f + ": ")
                .hasMessageContaining(sentence);
    }

    /** A file of two gigabytes of nothing, as long as it announces, costs no memory for its triangles at its opening. */
    @Test
    void openingCostsNothing() throws IOException {
        Path f = file(StlSamples.binary("", 40_000_000, 0));
        try (RandomAccessFile r = new RandomAccessFile(f.toFile(), "rw")) {
            r.setLength(84 + 50L * 40_000_000);
        }
        long before = allocated();
        try (StlReader r = StlReader.open(f)) {
            assertThat(r.faces()).isEqualTo(40_000_000);
        }
        assertThat(allocated() - before).isLessThan(1 << 20);
    }

    @Test
    void damagedFilesAreReadOrRefusedWithinBounds() throws IOException {
        SplittableRandom random = new SplittableRandom(84);
        byte[][] seeds = {StlSamples.binary("solid"), StlSamples.text().getBytes(StandardCharsets.UTF_8)};
        int read = 0;
        for (int round = 0; round < 600; round++) {
            byte[] b = seeds[round % 2].clone();
            b[random.nextInt(b.length)] = (byte) random.nextInt();
            if (round % 3 == 0) {
                b = Arrays.copyOf(b, random.nextInt(b.length));
            }
            Path f = file(b);
            long before = allocated();
            read += survives(f) ? 1 : 0;
            assertThat(allocated() - before).as("round %d", round).isLessThan(MEMORY);
        }
        assertThat(read).isBetween(100, 500); // another coordinate is no damage that can be seen
    }

    /** True where the file was read; its refusal names it. */
    static boolean survives(Path file) {
        try {
            Mesh m = read(file);
            for (int v : m.triangles) {
                assertThat(v).isBetween(0, m.vertexCount() - 1);
            }
            for (float v : m.xyz) {
                assertThat(v).isFinite();
            }
            return true;
        } catch (GrottoException e) {
            assertThat(e.getMessage()).startsWith(file + ": ").doesNotContain("null");
            return false;
        }
    }

    private static long allocated() {
        return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
    }

    private static byte[] binary(int announced, int triangles, int more) {
        ByteBuffer b = ByteBuffer.allocate(StlHead.HEADER + StlHead.TRIANGLE * triangles + more)
                .order(ByteOrder.LITTLE_ENDIAN);
        b.putInt(StlHead.HEADER - 4, announced);
        for (int t = 0; t < triangles; t++) {
            b.position(StlHead.HEADER + StlHead.TRIANGLE * t + 12);
            b.putFloat(t).putFloat(0).putFloat(0);
            b.putFloat(t + 1).putFloat(0).putFloat(0);
            b.putFloat(t).putFloat(1).putFloat(0);
        }
        return b.array();
    }

    /** A count that the writer never filled in follows from the file's length; one beyond its end is salvaged on request. */
    @Test
    void countsThatLieAreToldFromTheLength() throws IOException {
        for (int announced : new int[] {0, 2}) {
            try (StlReader r = StlReader.open(file(binary(announced, 5, 0)))) {
                assertThat(r.read().triangleCount()).isEqualTo(5);
                assertThat(r.understood())
                        .containsExactly("the header announces " + announced + " triangles, and the file holds 5");
            }
        }
        try (StlReader r = StlReader.open(file(binary(2, 5, 7)))) {
            assertThat(r.read().triangleCount()).isEqualTo(2);
            assertThat(r.notKept()).containsExactly("157 bytes behind the triangles that the header announces");
        }
        Path cut = file(binary(9, 5, 30));
        assertThatThrownBy(() -> StlReader.open(cut)).hasMessageContaining("--keep-going would give 5 triangles");
        try (StlReader r = StlReader.open(cut, true)) {
            assertThat(r.read().triangleCount()).isEqualTo(5);
            assertThat(r.notKept()).containsExactly("4 triangles that the header announces, behind the file's end");
        }
    }

    @Test
    void ofADamagedFileTheWholeTrianglesComeWhenAsked() throws IOException {
        byte[] b = binary(3, 3, 0);
        ByteBuffer.wrap(b).order(ByteOrder.LITTLE_ENDIAN).putFloat(StlHead.HEADER + StlHead.TRIANGLE + 16, Float.NaN);
        Path nan = file(b);
        assertThatThrownBy(() -> read(nan))
                .hasMessageContaining("triangle 1 is NaN")
                .hasMessageContaining("--keep-going");
        try (StlReader r = StlReader.open(nan, true)) {
            assertThat(r.read().triangleCount()).isEqualTo(2);
            assertThat(r.notKept()).containsExactly("triangles with a coordinate that is no place: 1");
        }
        String text = StlSamples.text();
        Path cut = file(text.substring(0, text.length() / 2));
        assertThatThrownBy(() -> read(cut)).hasMessageContaining("--keep-going");
        try (StlReader r = StlReader.open(cut, true)) {
            assertThat(r.read().triangleCount()).isBetween(4, 7);
            assertThat(r.notKept().toString()).contains("what follows triangle");
        }
    }
}
