package org.grotto.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.grotto.base.Progress;
import org.grotto.base.Work;
import org.grotto.format.Column;
import org.grotto.format.Column.Type;
import org.grotto.format.PointBatch;
import org.grotto.format.PointWriter;
import org.grotto.format.Reading;
import org.grotto.format.Scan;
import org.grotto.format.e57.E57WriteOptions;
import org.grotto.format.e57.E57Writer;
import org.grotto.format.las.LasWriteOptions;
import org.grotto.format.las.LasWriter;
import org.grotto.format.ply.PlyWriter;
import org.grotto.geometry.Cloud;
import org.grotto.geometry.Mesh;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** However a file stores its colours, the cloud has them in 16 bits: 0 is none, full is 65535, and all between in proportion. */
class EightBitColoursTest {
    /** Of 255: both ends, a middle, and one near each end. */
    private static final int[][] COLOURS = {{0, 128, 255}, {255, 0, 1}, {64, 254, 7}, {200, 100, 50}, {1, 2, 3}};

    @TempDir
    Path dir;

    private final Work work = new Work(1, 1L << 28, Progress.NONE);

    @AfterEach
    void close() {
        work.close();
    }

    @FunctionalInterface
    private interface Made {
        Path in(Path dir, Work work) throws IOException;
    }

    private record Form(String name, Made file) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static Scan scan(String name, Column... columns) {
        return new Scan(
                name, null, null, null, COLOURS.length, List.of(columns), null, Type.DOUBLE, null, null, Map.of());
    }

    private static Column[] rgb(Type type, double max) {
        return Stream.of(Column.RED, Column.GREEN, Column.BLUE)
                .map(c -> Double.isNaN(max) ? Column.of(c, type) : Column.of(c, type, 0, max))
                .toArray(Column[]::new);
    }

    /** The colours, of 255, as {@code full} of the writer's numbers. */
    private static void write(PointWriter w, Scan scan, double full) {
        w.begin(scan);
        PointBatch b = new PointBatch(scan.columns(), COLOURS.length);
        b.size = COLOURS.length;
        for (int i = 0; i < b.size; i++) {
            b.x[i] = i;
            b.y[i] = i * i;
            b.z[i] = 2;
            for (int c = 0; c < 3; c++) {
                double v = COLOURS[i][c] * full / 255;
                b.columns[c][i] = scan.columns().get(c).type() == Type.FLOAT ? (float) v : Math.rint(v);
            }
        }
        w.write(b);
        w.end();
    }

    private static Form e57(String name, Type type, double max, double full) {
        return new Form("e57, " + name, (dir, work) -> {
            Path p = dir.resolve("c.e57");
            try (E57Writer w = new E57Writer(p, E57WriteOptions.DEFAULTS)) {
                write(w, scan("a", rgb(type, max)), full);
            }
            return p;
        });
    }

    private static Form las(String name, String ending, double full) {
        return new Form(ending + ", " + name, (dir, work) -> {
            Path p = dir.resolve("c." + ending);
            Scan s = scan("a", rgb(Type.UINT16, 65535));
            LasWriteOptions o = ending.equals("las") ? LasWriteOptions.LAS : LasWriteOptions.DEFAULTS;
            try (LasWriter w = new LasWriter(p, o, List.of(s), work)) {
                write(w, s, full);
            }
            return p;
        });
    }

    private static Form ply(String name, Type type, double max) {
        return new Form("ply, " + name, (dir, work) -> {
            Path p = dir.resolve("c.ply");
            Scan s = scan("a", rgb(type, max));
            try (PlyWriter w = new PlyWriter(p, List.of(s))) {
                write(w, s, max);
            }
            return p;
        });
    }

    /** A line a point: x y z, what stands between, the colour. */
    private static Form text(String name, String file, String head, String between) {
        return new Form(name, (dir, work) -> {
            StringBuilder b = new StringBuilder(head);
            for (int i = 0; i < COLOURS.length; i++) {
                b.append(i + 1).append(' ').append(i * i).append(" 2 ").append(between);
                b.append(COLOURS[i][0]).append(' ').append(COLOURS[i][1]).append(' ');
                b.append(COLOURS[i][2]).append('\n');
            }
            return Files.writeString(dir.resolve(file), b, StandardCharsets.US_ASCII);
        });
    }

    static Stream<Form> forms() {
        return Stream.of(
                e57("8 bits", Type.UINT8, 255, 255),
                e57("8 bits without limits", Type.UINT8, Double.NaN, 255),
                e57("16 bits", Type.UINT16, 65535, 65535),
                e57("8 bits' limits in 16", Type.UINT16, 255, 255),
                e57("floats to 1", Type.FLOAT, 1, 1),
                las("16 bits", "las", 65535),
                las("8 bits in fields of 16", "las", 255),
                las("16 bits", "laz", 65535),
                las("8 bits in fields of 16", "laz", 255),
                ply("8 bits", Type.UINT8, 255),
                ply("16 bits", Type.UINT16, 65535),
                ply("floats to 1", Type.FLOAT, 1),
                text("ply, text", "c.ply", "ply\nformat ascii 1.0\nelement vertex " + COLOURS.length + """

                        property double x
                        property double y
                        property double z
                        property uchar diffuse_red
                        property uchar diffuse_green
                        property uchar diffuse_blue
                        end_header
                        """, ""),
                text(
                        "ptx",
                        "c.ptx",
                        "1\n" + COLOURS.length + "\n0 0 0\n1 0 0\n0 1 0\n0 0 1\n1 0 0 0\n0 1 0 0\n0 0 1 0\n0 0 0 1\n",
                        "0.5 "),
                text("text, six numbers", "c.xyz", "", ""),
                text("text, seven numbers", "c.txt", "", "0.5 "),
                text("text, named", "c.asc", "X Y Z R G B\n", ""),
                text("pts", "c.pts", COLOURS.length + "\n", "-1000 "));
    }

    private static int[] at(Cloud c, int i) {
        char[] rgb = Objects.requireNonNull(c.rgb());
        return new int[] {rgb[3 * i], rgb[3 * i + 1], rgb[3 * i + 2]};
    }

    private static int[] widened(int i) {
        return new int[] {257 * COLOURS[i][0], 257 * COLOURS[i][1], 257 * COLOURS[i][2]};
    }

    @ParameterizedTest
    @MethodSource("forms")
    void eightBitsFillSixteen(Form form) throws IOException {
        Loaded loaded = Load.run(List.of(form.file.in(dir, work)), InputOptions.DEFAULTS, work);
        Cloud c = loaded.cloud();
        assertThat(c.size).isEqualTo(COLOURS.length);
        for (int i = 0; i < COLOURS.length; i++) {
            assertThat(at(c, i)).as("point " + i).isEqualTo(widened(i));
        }
        // a file that says its colours' range is believed; one that does not is judged, and that is told
        assertThat(loaded.dropped().stream().anyMatch(l -> l.contains("widened")))
                .isEqualTo(form.name.endsWith("8 bits in fields of 16"));
    }

    /** What one file needs is done to its own points alone, and said. */
    @Test
    void aFileOfEightBitsInSixteenIsWidenedAmongOthers() throws IOException {
        Path eight = Files.createDirectories(dir.resolve("eight"));
        Path sixteen = Files.createDirectories(dir.resolve("sixteen"));
        Path narrow = las("", "las", 255).file.in(eight, work);
        Path wide = las("", "laz", 65535).file.in(sixteen, work);
        for (List<Path> order : List.of(List.of(wide, narrow), List.of(narrow, wide))) {
            Loaded loaded = Load.run(order, InputOptions.DEFAULTS, work);
            for (int i = 0; i < COLOURS.length; i++) {
                assertThat(at(loaded.cloud(), i)).isEqualTo(widened(i));
                assertThat(at(loaded.cloud(), COLOURS.length + i)).isEqualTo(widened(i));
            }
            List<String> said = new ArrayList<>(loaded.dropped());
            said.removeIf(s -> !s.contains("widened"));
            assertThat(said).hasSize(1).allMatch(s -> s.startsWith("c.las"));
        }
    }

    /** What exceeds a declared range says what the range is: floats of 8 bits, limits that are untrue. */
    @Test
    void valuesBeyondWhatIsDeclaredDecide() throws IOException {
        Path floats = Files.writeString(dir.resolve("f.ply"), """
                ply
                format ascii 1.0
                element vertex 4
                property float x
                property float y
                property float z
                property float red
                property float green
                property float blue
                end_header
                0 0 0 1 0.5 0
                1 0 0 200 100 50
                0 1 0 255 0 1
                0 0 1 51 51 51
                """);
        Loaded loaded = Load.run(List.of(floats), InputOptions.DEFAULTS, work);
        assertThat(at(loaded.cloud(), 1)).containsExactly(200 * 257, 100 * 257, 50 * 257);
        assertThat(at(loaded.cloud(), 0)).containsExactly(257, 129, 0);
        assertThat(loaded.dropped()).anyMatch(l -> l.contains("colours beyond 1") && l.contains("255 was taken"));
        Path untrue = dir.resolve("u.e57");
        Scan s = scan("a", rgb(Type.UINT16, 255));
        try (E57Writer w = new E57Writer(untrue, E57WriteOptions.DEFAULTS)) {
            write(w, s, 65535);
        }
        loaded = Load.run(List.of(untrue), InputOptions.DEFAULTS, work);
        for (int i = 0; i < COLOURS.length; i++) {
            assertThat(at(loaded.cloud(), i)).isEqualTo(widened(i));
        }
    }

    /** 256 of 65535 is very dark, but 16 bits it is; black is black. */
    @Test
    void darkColoursOfSixteenBitsStay() throws IOException {
        for (int top : new int[] {255, 256}) {
            Path p = dir.resolve("dark.las");
            Scan s = scan("a", rgb(Type.UINT16, 65535));
            try (LasWriter w = new LasWriter(p, LasWriteOptions.LAS, List.of(s), work)) {
                write(w, s, top);
            }
            Loaded loaded = Load.run(List.of(p), InputOptions.DEFAULTS, work);
            assertThat(at(loaded.cloud(), 0)[2]).isEqualTo(top == 255 ? 65535 : 256);
        }
        Path black = dir.resolve("black.las");
        Scan s = scan("a", rgb(Type.UINT16, 65535));
        try (LasWriter w = new LasWriter(black, LasWriteOptions.LAS, List.of(s), work)) {
            write(w, s, 0);
        }
        assertThat(Load.run(List.of(black), InputOptions.DEFAULTS, work).dropped())
                .noneMatch(l -> l.contains("widened"));
    }

    /** Limits that begin above 0: the least is black. Beyond them is black or full, and never wraps round. */
    @Test
    void limitsAreBlackAndFull() throws IOException {
        Path p = dir.resolve("c.e57");
        Column[] columns = Stream.of(Column.RED, Column.GREEN, Column.BLUE)
                .map(c -> Column.of(c, Type.UINT16, 100, 355))
                .toArray(Column[]::new);
        Scan s = scan("a", columns);
        try (E57Writer w = new E57Writer(p, E57WriteOptions.DEFAULTS)) {
            w.begin(s);
            PointBatch b = new PointBatch(s.columns(), COLOURS.length);
            b.size = COLOURS.length;
            for (int i = 0; i < b.size; i++) {
                b.x[i] = i;
                b.y[i] = i * i;
                for (int c = 0; c < 3; c++) {
                    b.columns[c][i] = 100 + COLOURS[i][c];
                }
            }
            w.write(b);
            w.end();
        }
        Cloud c = Load.run(List.of(p), InputOptions.DEFAULTS, work).cloud();
        for (int i = 0; i < COLOURS.length; i++) {
            assertThat(at(c, i)).isEqualTo(widened(i));
        }
        Path beyond = Files.writeString(
                dir.resolve("b.asc"),
                "X Y Z R G B\n0 0 0 255 256 300\n1 0 0 -1 0 1\n0 1 0 1e9 -1e9 254\n0 0 1 0 0 0\n");
        Cloud d = Load.run(List.of(beyond), InputOptions.DEFAULTS, work).cloud();
        assertThat(at(d, 0)).containsExactly(65535, 65535, 65535);
        assertThat(at(d, 1)).containsExactly(0, 0, 257);
        assertThat(at(d, 2)).containsExactly(65535, 0, 65278);
    }

    /** Converting narrows and widens the same way: there and back through every form of points. */
    @Test
    void convertingKeepsThem() throws IOException {
        Path first = ply("", Type.UINT8, 255).file.in(dir, work);
        Path last = first;
        for (String name : List.of("1.las", "2.e57", "3.laz", "4.ply")) {
            Path next = dir.resolve(name);
            Convert.run(last, next, work);
            Cloud c = Load.run(List.of(next), InputOptions.DEFAULTS, work).cloud();
            for (int i = 0; i < COLOURS.length; i++) {
                assertThat(at(c, i)).as(name).isEqualTo(widened(i));
            }
            last = next;
        }
    }

    private Path meshPly(String type, String name) throws IOException {
        ByteBuffer b = ByteBuffer.allocate(4096).order(ByteOrder.LITTLE_ENDIAN);
        String head = "ply\nformat binary_little_endian 1.0\nelement vertex " + COLOURS.length
                + "\nproperty float x\nproperty float y\nproperty float z\nproperty " + type + " red\nproperty " + type
                + " green\nproperty " + type + " blue\nelement face 2\n"
                + "property list uchar int vertex_indices\nend_header\n";
        b.put(head.getBytes(StandardCharsets.US_ASCII));
        for (int i = 0; i < COLOURS.length; i++) {
            b.putFloat(i).putFloat(i * i).putFloat(2);
            for (int v : COLOURS[i]) {
                switch (type) {
                    case "uchar" -> b.put((byte) v);
                    case "ushort" -> b.putShort((short) (257 * v));
                    case "double" -> b.putDouble(v / 255.0);
                    default -> b.putFloat(v / 255f);
                }
            }
        }
        b.put((byte) 3).putInt(0).putInt(1).putInt(2);
        b.put((byte) 3).putInt(2).putInt(3).putInt(4);
        byte[] bytes = new byte[b.position()];
        b.flip().get(bytes);
        return Files.write(dir.resolve(name), bytes);
    }

    private Path meshObj(double full, String name) throws IOException {
        StringBuilder s = new StringBuilder();
        for (int i = 0; i < COLOURS.length; i++) {
            s.append("v ").append(i).append(' ').append(i * i).append(" 2");
            for (int v : COLOURS[i]) {
                s.append(' ').append(v * full / 255);
            }
            s.append('\n');
        }
        return Files.writeString(dir.resolve(name), s.append("f 1 2 3\nf 3 4 5\n"));
    }

    /** Meshes carry 8 bits; whatever their file stores is brought to these. */
    @Test
    void meshesHaveTheirColoursInEightBits() throws IOException {
        List<Path> files = List.of(
                meshPly("uchar", "a.ply"),
                meshPly("ushort", "b.ply"),
                meshPly("float", "c.ply"),
                meshPly("double", "d.ply"),
                meshObj(1, "e.obj"),
                meshObj(255, "f.obj"));
        for (Path f : files) {
            Mesh m = Inputs.meshFile(f, Reading.of(Work.silent())).read();
            byte[] rgb = Objects.requireNonNull(m.rgb());
            for (int i = 0; i < 3 * COLOURS.length; i++) {
                assertThat(rgb[i] & 255).as(f.getFileName() + " " + i).isEqualTo(COLOURS[i / 3][i % 3]);
            }
        }
    }
}
