package org.grotto.format.e57;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.grotto.base.GrottoException;
import org.grotto.format.Column;
import org.grotto.format.PointBatch;
import org.grotto.format.PointReader.PointCursor;
import org.grotto.format.Scan;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Damaged files: the outcome is always success or a GrottoException, within bounded memory and work. */
class E57HostileTest {
    /** What opening and reading a file of some kilobytes may allocate: windows, packets, batches, the XML reader. */
    private static final long MEMORY = 48L << 20;

    @TempDir
    Path folder;

    /** Small files of our own, each different in kind. */
    static List<byte[]> seeds() throws IOException {
        List<byte[]> seeds = new ArrayList<>();
        Path f = Files.createTempFile("seed", ".e57");
        try {
            Map<String, double[]> values = new HashMap<>();
            Scan every = Samples.everyType(values, 60);
            try (E57Writer w = new E57Writer(f, E57WriteOptions.DEFAULTS)) {
                Columns.write(w, every, values, 60);
                Columns.write(w, Samples.empty(every), Samples.none(values), 60);
            }
            seeds.add(Files.readAllBytes(f));
            Scan small = new Scan(
                    "s",
                    null,
                    null,
                    null,
                    30,
                    List.of(Column.of(Column.ROW, Column.Type.INT32, 0, 59)),
                    new org.grotto.geometry.Box(-10, -10, -10, 10, 10, 10),
                    Column.Type.DOUBLE,
                    null,
                    null,
                    Map.of());
            values.put(Column.ROW, new double[60]);
            try (E57Writer w =
                    new E57Writer(f, new E57WriteOptions(E57WriteOptions.Coordinates.SCALED, 1e-3, true, "", "", ""))) {
                Columns.write(w, small, values, 60);
            }
            seeds.add(Files.readAllBytes(f));
            byte[] d = Handmade.doubles(1, 2, 3);
            try (Handmade h = new Handmade(f)) {
                h.begin()
                        .index()
                        .ignored(8)
                        .data(d, d, d)
                        .end(
                                "<pose type=\"Structure\"/>",
                                Handmade.XYZ
                                        .replace("cartesianX", "sphericalRange")
                                        .replace("cartesianY", "sphericalAzimuth")
                                        .replace("cartesianZ", "sphericalElevation"),
                                3);
            }
            seeds.add(Files.readAllBytes(f));
            new E57Writer(f, E57WriteOptions.DEFAULTS).close();
            seeds.add(Files.readAllBytes(f));
        } finally {
            Files.delete(f);
        }
        return seeds;
    }

    /** Reads all of a file; true where it was accepted. */
    static boolean survives(Path file) {
        survives(file, true);
        return survives(file, false);
    }

    private static boolean survives(Path file, boolean keepGoing) {
        try (E57Reader r = E57Reader.open(file, keepGoing)) {
            r.metadata();
            for (int i = 0; i < r.scans().size(); i++) {
                PointBatch batch = new PointBatch(r.scans().get(i).columns(), 64);
                try (PointCursor cursor = r.points(i)) {
                    while (cursor.next(batch)) {
                        assertThat(batch.size).isPositive();
                    }
                }
            }
            return true;
        } catch (GrottoException e) {
            assertThat(e.getMessage()).startsWith(file.toString()).doesNotContain("null");
            return false;
        }
    }

    @Test
    void thousandsOfDamagedFilesAreReadOrRefused() throws IOException {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        SplittableRandom r = new SplittableRandom(57);
        Path file = folder.resolve("damaged.e57");
        int accepted = 0;
        List<byte[]> seeds = seeds();
        for (int round = 0; round < 2000; round++) {
            byte[] b = damage(seeds.get(round % seeds.size()), r);
            Files.write(file, b);
            long before = threads.getCurrentThreadAllocatedBytes();
            if (survives(file)) {
                accepted++;
            }
            assertThat(threads.getCurrentThreadAllocatedBytes() - before)
                    .as("round %d", round)
                    .isLessThan(MEMORY);
        }
        // some damage is harmless (a letter of a name), most is not
        assertThat(accepted).isBetween(100, 1500);
    }

    /** Flips, overwrites, cuts, or exchanges digits of the XML; mostly with checksums made right again. */
    private static byte[] damage(byte[] whole, SplittableRandom r) {
        byte[] b = whole.clone();
        int changes = 1 + r.nextInt(4);
        for (int k = 0; k < changes; k++) {
            int at = r.nextInt(b.length);
            switch (r.nextInt(5)) {
                case 0 -> b[at] ^= (byte) (1 << r.nextInt(8));
                case 1 -> b[at] = (byte) r.nextInt();
                case 2 -> {
                    int header = r.nextInt(48 + 32 + 60); // file header, section header, packet header
                    b[header] = (byte) (r.nextBoolean() ? 0xff : r.nextInt());
                }
                case 3 -> {
                    while (at < b.length && !(b[at] >= '0' && b[at] <= '9')) {
                        at++;
                    }
                    if (at < b.length) {
                        b[at] = (byte) ('0' + r.nextInt(10));
                    }
                }
                default -> {
                    byte[] copy = Arrays.copyOfRange(b, at, Math.min(b.length, at + 1 + r.nextInt(40)));
                    int to = r.nextInt(b.length - copy.length + 1);
                    System.arraycopy(copy, 0, b, to, copy.length);
                }
            }
        }
        if (r.nextInt(10) == 0) {
            b = Arrays.copyOf(b, r.nextInt(b.length));
        }
        return r.nextInt(8) == 0 ? b : Handmade.seal(b);
    }
}
