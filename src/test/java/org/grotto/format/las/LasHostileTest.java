package org.grotto.format.las;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.grotto.base.GrottoException;
import org.grotto.format.PointBatch;
import org.grotto.format.PointReader;
import org.grotto.format.las.point.Bytes;
import org.grotto.format.las.point.LasLayout;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Damaged files are read or refused in one sentence, never answered with a crash, a hang or a flood of memory. */
class LasHostileTest {
    @TempDir
    Path folder;

    private static final String[] KINDS = {"las", "laz", "copc"};

    private static byte[] copc() throws Exception {
        Path file = Files.createTempFile("hostile", ".copc.laz");
        LasLayout layout = new LasLayout(7, 38);
        double[] scale = {1e-3, 1e-3, 1e-3};
        CopcInfo info = new CopcInfo(0, 0, 0, 3e6, 1, 0, 0, 0, 0);
        try (CopcWriter w = new CopcWriter(file, layout, scale, new double[3], info, null, null, true)) {
            w.node(0, 0, 0, 0, CopcWriter.compress(Synthetic.points(7, 2, 400, Synthetic.Trait.PLAIN, 1)));
            w.node(1, 0, 1, 0, CopcWriter.compress(Synthetic.points(7, 2, 300, Synthetic.Trait.TIMES, 2)));
        }
        byte[] b = Files.readAllBytes(file);
        Files.delete(file);
        return b;
    }

    private static byte[] seed(String kind) throws Exception {
        if (kind.equals("copc")) {
            return copc();
        }
        Path file = Files.createTempFile("hostile", kind);
        Synthetic.write(Synthetic.points(8, 3, 700, Synthetic.Trait.CHANNELS, 3), file, kind.equals("laz") ? 256 : 0);
        byte[] b = Files.readAllBytes(file);
        Files.delete(file);
        return b;
    }

    @ParameterizedTest
    @ValueSource(strings = {"las", "laz", "copc"})
    void truncatedAnywhere(String kind) throws Exception {
        byte[] b = seed(kind);
        for (int n = 0; n < b.length; n += 1 + n / 97) {
            byte[] cut = Arrays.copyOf(b, n);
            Path file = Files.write(folder.resolve("cut"), cut);
            try {
                readLas(file);
                assertThat(kind).as("all points stand before byte " + n).isNotEqualTo("las");
                assertThat(n).isGreaterThan((int) Bytes.int64(b, Bytes.int32(b, 96)) - 1);
            } catch (GrottoException e) {
                assertThat(e.getMessage()).isNotBlank();
            }
            attempt(cut, folder);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"las", "laz", "copc"})
    void mutatedAnywhere(String kind) throws Exception {
        byte[] b = seed(kind);
        SplittableRandom r = new SplittableRandom(99);
        int[] wild = {0, 1, 0x7F, 0x80, 0xFF};
        for (int round = 0; round < 500; round++) {
            byte[] m = b.clone();
            int head = r.nextInt(3) == 0 ? m.length : Math.min(m.length, 900);
            for (int k = r.nextInt(1, 5); k > 0; k--) {
                int at = r.nextInt(head);
                if (r.nextBoolean()) {
                    m[at] = (byte) r.nextInt();
                } else {
                    Arrays.fill(m, at, Math.min(m.length, at + r.nextInt(1, 9)), (byte) wild[r.nextInt(wild.length)]);
                }
            }
            attempt(m, folder);
        }
    }

    @Test
    void damageInTheCompressedPointsIsMostlyNoticed() throws Exception {
        byte[] b = seed("laz");
        int noticed = 0;
        int start = 900;
        for (int k = 0; k < 200; k++) {
            byte[] m = b.clone();
            m[start + k * (b.length - start - 60) / 200] ^= 0x55;
            Path file = Files.write(folder.resolve("m.laz"), m);
            try {
                readLas(file);
            } catch (GrottoException e) {
                assertThat(e.getMessage()).contains("at byte");
                noticed++;
            }
        }
        assertThat(noticed).isGreaterThan(100);
    }

    @FuzzTest(maxDuration = "1m")
    void fuzz(byte[] data) throws Exception {
        byte[] file = data;
        if (data.length > 1 && data[0] >= 0 && data[0] < KINDS.length) {
            // a sound file, and then what the fuzzer wants changed: place (two bytes) and value
            file = seed(KINDS[data[0]]);
            for (int k = 1; k + 2 < data.length; k += 3) {
                file[((data[k] & 255) << 8 | data[k + 1] & 255) % file.length] = data[k + 2];
            }
        }
        Path dir = Files.createTempDirectory("fuzz");
        try {
            attempt(file, dir);
        } finally {
            Files.deleteIfExists(dir.resolve("attempt"));
            Files.delete(dir);
        }
    }

    private static void attempt(byte[] data, Path dir) throws Exception {
        Path file = Files.write(dir.resolve("attempt"), data);
        for (boolean keepGoing : new boolean[] {false, true}) {
            try {
                readLas(file, keepGoing);
            } catch (GrottoException e) {
                assertThat(e.getMessage()).isNotBlank();
            }
        }
        try (CopcReader reader = CopcReader.open(new Memory(data), file)) {
            long left = 200_000;
            for (CopcNode n : reader.nodes()) {
                left -= n.points();
                if (left > 0) {
                    reader.points(n);
                }
            }
        } catch (GrottoException e) {
            assertThat(e.getMessage()).isNotBlank();
        }
    }

    private static void readLas(Path file) {
        readLas(file, false);
    }

    private static void readLas(Path file, boolean keepGoing) {
        try (LasReader reader = LasReader.open(file, null, keepGoing)) {
            assertThat(reader.metadata()).isNotNull();
            assertThat(reader.notKept()).isNotNull();
            PointBatch b = new PointBatch(reader.scans().getFirst().columns(), 64);
            long left = 200_000;
            try (PointReader.PointCursor c = reader.points(0)) {
                while (left > 0 && c.next(b)) {
                    left -= b.size;
                }
            }
        }
    }

    /** A file in memory, as the kiosk or a test hands it over. */
    private static final class Memory implements SeekableByteChannel {
        private final byte[] data;
        private long at;

        Memory(byte[] data) {
            this.data = data;
        }

        @Override
        public int read(ByteBuffer to) {
            int n = (int) Math.min(to.remaining(), data.length - at);
            if (n <= 0) {
                return -1;
            }
            to.put(data, (int) at, n);
            at += n;
            return n;
        }

        @Override
        public int write(ByteBuffer from) {
            throw new UnsupportedOperationException();
        }

        @Override
        public long position() {
            return at;
        }

        @Override
        public SeekableByteChannel position(long to) {
            at = to;
            return this;
        }

        @Override
        public long size() {
            return data.length;
        }

        @Override
        public SeekableByteChannel truncate(long size) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {}
    }
}
