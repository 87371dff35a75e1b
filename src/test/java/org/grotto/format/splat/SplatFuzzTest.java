package org.grotto.format.splat;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.grotto.base.GrottoException;
import org.grotto.geometry.Box;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;

/** Files of splats are told and measured, and any bytes at all are. {@code JAZZER_FUZZ=1} searches for a minute. */
class SplatFuzzTest {
    @TempDir
    Path dir;

    /** Two splats at -1.5 0.25 3 and 2 -7 0.5, in 24 bits with 12 for the fraction. */
    private static byte[] spz() {
        ByteBuffer b = ByteBuffer.allocate(16 + 18 + 40).order(ByteOrder.LITTLE_ENDIAN);
        b.putInt(0x5053474e).putInt(2).putInt(2).put((byte) 3).put((byte) 12).putShort((short) 0);
        for (double v : new double[] {-1.5, 0.25, 3, 2, -7, 0.5}) {
            int whole = (int) Math.round(v * 4096);
            b.put((byte) whole).put((byte) (whole >> 8)).put((byte) (whole >> 16));
        }
        try {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            try (GZIPOutputStream zip = new GZIPOutputStream(out)) {
                zip.write(b.array());
            }
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] ply(int rest) {
        StringBuilder s = new StringBuilder("ply\nformat binary_little_endian 1.0\nelement vertex 1\n");
        for (String p : "x y z f_dc_0 opacity scale_0 rot_0".split(" ")) {
            s.append("property float ").append(p).append('\n');
        }
        for (int i = 0; i < rest; i++) {
            s.append("property float f_rest_").append(i).append('\n');
        }
        byte[] head = s.append("end_header\n").toString().getBytes(StandardCharsets.US_ASCII);
        ByteBuffer b = ByteBuffer.allocate(head.length + 4 * (7 + rest)).order(ByteOrder.LITTLE_ENDIAN);
        return b.put(head).putFloat(1).putFloat(2).putFloat(3).array();
    }

    @Test
    void bothFormsAreToldAndMeasured() throws IOException {
        SplatFile s = SplatFile.of(Files.write(dir.resolve("a.spz"), spz()));
        assertThat(s.format()).isEqualTo("SPZ 2");
        assertThat(s.count()).isEqualTo(2);
        assertThat(s.degree()).isEqualTo(3);
        assertThat(s.bounds()).isEqualTo(new Box(-1.5, -7, 0.5, 2, 0.25, 3));
        for (int degree = 0; degree < 4; degree++) {
            SplatFile p = SplatFile.of(Files.write(dir.resolve("a.ply"), ply(3 * (degree + 1) * (degree + 1) - 3)));
            assertThat(p.degree()).isEqualTo(degree);
            assertThat(p.bounds()).isEqualTo(new Box(1, 2, 3, 1, 2, 3));
        }
        String points =
                "ply\nformat ascii 1.0\nelement vertex 1\nproperty float x\nproperty float y\nproperty float z\n"
                        + "property float opacity\nend_header\n0 0 0 1\n";
        assertThat(SplatFile.of(Files.writeString(dir.resolve("b.ply"), points)))
                .as("points with an opacity are points")
                .isNull();
    }

    static Stream<byte[]> seeds() {
        return Stream.of(spz(), ply(0), ply(45));
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "1m")
    void anyBytesAreReadOrRefused(byte[] data) throws IOException {
        Path file = Files.createTempFile("fuzz", ".splat");
        try {
            Files.write(file, data);
            SplatFile s = SplatFile.of(file);
            if (s != null) {
                s.bounds();
            }
        } catch (GrottoException e) {
            // refused in words
        } finally {
            Files.delete(file);
        }
    }
}
