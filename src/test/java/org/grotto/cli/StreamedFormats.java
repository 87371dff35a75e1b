package org.grotto.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.grotto.base.Progress;
import org.grotto.base.Work;
import org.grotto.format.Column;
import org.grotto.format.PointBatch;
import org.grotto.format.PointReader;
import org.grotto.format.PointWriter;
import org.grotto.format.Scan;
import org.grotto.format.e57.E57WriteOptions;
import org.grotto.format.e57.E57Writer;
import org.grotto.geometry.Pose;
import org.grotto.pipeline.Formats;
import org.grotto.pipeline.Inputs;

/** Which formats are read in a heap that the points would not fit into: measured in a process of its own. */
final class StreamedFormats {
    /** As doubles, which is how a batch holds them, three times the heap. */
    private static final int POINTS = 2_000_000;

    private static final int HEAP_MB = 48;

    private StreamedFormats() {}

    static Set<Class<?>> measured(Path folder) throws IOException {
        List<Path> files = new ArrayList<>();
        Path e57 = folder.resolve("large.e57");
        write(e57);
        files.add(e57);
        for (String name : List.of("large.laz", "large.ply")) {
            Path to = folder.resolve(name);
            try (Work work = new Work(2, 1L << 28, Progress.NONE)) {
                org.grotto.pipeline.Convert.run(e57, to, work);
            }
            files.add(to);
        }
        for (String name : List.of("large.txt", "large.ptx", "large.pcd", "large.obj")) {
            files.add(text(folder.resolve(name)));
        }
        files.add(glb(folder.resolve("large.glb")));
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-Xmx" + HEAP_MB + "m",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                StreamedFormats.class.getName()));
        files.forEach(f -> command.add(f.toString()));
        Process p = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        Set<Class<?>> found = new HashSet<>();
        for (String line : new String(p.getInputStream().readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
            String[] words = line.split(" ");
            if (words.length == 2 && words[1].equals(String.valueOf(POINTS))) {
                found.add(Formats.of(Path.of(words[0])).getClass());
            }
        }
        for (Path f : files) {
            Files.delete(f);
        }
        return found;
    }

    /** Reads each file named, in the heap that this process has; says how many points came. */
    public static void main(String[] files) {
        for (String f : files) {
            try (Work work = new Work(2, 1L << 28, Progress.NONE);
                    PointReader r = Inputs.points(Path.of(f), work)) {
                long n = 0;
                for (int s = 0; s < r.scans().size(); s++) {
                    PointBatch b = new PointBatch(r.scans().get(s).columns(), 1 << 13);
                    try (PointReader.PointCursor c = r.points(s)) {
                        while (c.next(b)) {
                            n += b.size;
                        }
                    }
                }
                System.out.println(f + " " + n);
            } catch (OutOfMemoryError e) {
                System.out.println(f + " memory");
            }
        }
    }

    private static double x(int i) {
        return (i % 1000) * 0.001 + (i / 7 % 3) * 0.125;
    }

    private static double y(int i) {
        return (i / 1000) * 0.001;
    }

    private static void write(Path file) {
        List<Column> columns = List.of(
                Column.of(Column.INTENSITY, Column.Type.FLOAT, 0, 1), Column.of(Column.TIME, Column.Type.DOUBLE));
        Scan scan = new Scan(
                "a", null, Pose.IDENTITY, null, POINTS, columns, null, Column.Type.DOUBLE, null, null, Map.of());
        try (PointWriter w = new E57Writer(file, E57WriteOptions.DEFAULTS)) {
            w.begin(scan);
            PointBatch b = new PointBatch(columns, 1 << 13);
            for (int i = 0; i < POINTS; ) {
                b.size = 0;
                for (; i < POINTS && b.size < b.capacity; i++, b.size++) {
                    b.x[b.size] = x(i);
                    b.y[b.size] = y(i);
                    b.z[b.size] = 1;
                    b.columns[0][b.size] = (i % 997) / 997.0;
                    b.columns[1][b.size] = i * 1e-5;
                }
                w.write(b);
            }
            w.end();
        }
    }

    private static Path glb(Path file) throws IOException {
        String json = """
                {"asset":{"version":"2.0"},"meshes":[{"primitives":[{"mode":0,"attributes":{"POSITION":0}}]}],
                "accessors":[{"bufferView":0,"componentType":5126,"count":%d,"type":"VEC3"}],
                "bufferViews":[{"buffer":0,"byteLength":%2$d}],"buffers":[{"byteLength":%2$d}]}""".formatted(POINTS, 12 * POINTS);
        byte[] head = (json + " ".repeat(3 - (json.length() + 3) % 4)).getBytes(StandardCharsets.US_ASCII);
        ByteBuffer b = ByteBuffer.allocate(28 + head.length + 12 * POINTS).order(ByteOrder.LITTLE_ENDIAN);
        b.putInt(0x46546C67).putInt(2).putInt(b.capacity());
        b.putInt(head.length).putInt(0x4E4F534A).put(head);
        b.putInt(12 * POINTS).putInt(0x004E4942);
        for (int i = 0; i < POINTS; i++) {
            b.putFloat((float) x(i)).putFloat((float) y(i)).putFloat(1);
        }
        return Files.write(file, b.array());
    }

    private static Path text(Path file) throws IOException {
        String name = file.toString();
        try (var out = Files.newBufferedWriter(file)) {
            if (name.endsWith(".ptx")) {
                out.write(POINTS / 1000 + "\n1000\n0 0 0\n1 0 0\n0 1 0\n0 0 1\n1 0 0 0\n0 1 0 0\n0 0 1 0\n0 0 0 1\n");
            } else if (name.endsWith(".pcd")) {
                out.write(
                        "# .PCD v0.7\nVERSION 0.7\nFIELDS x y z intensity\nSIZE 8 8 8 4\nTYPE F F F F\nCOUNT 1 1 1 1\nWIDTH "
                                + POINTS + "\nHEIGHT 1\nVIEWPOINT 0 0 0 1 0 0 0\nPOINTS " + POINTS + "\nDATA ascii\n");
            } else if (!name.endsWith(".obj")) {
                out.write("x y z intensity\n");
            }
            String begin = name.endsWith(".obj") ? "v " : "";
            for (int i = 0; i < POINTS; i++) {
                out.write(begin + Math.round(1000 * x(i)) / 1000.0 + " " + Math.round(1000 * y(i)) / 1000.0 + " 1.5 0."
                        + (100 + i % 900) + "\n");
            }
        }
        return file;
    }
}
