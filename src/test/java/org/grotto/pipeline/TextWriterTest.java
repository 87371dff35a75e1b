package org.grotto.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.grotto.base.Work;
import org.grotto.format.PointBatch;
import org.grotto.format.PointReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Points written as text hold every stored number to the bit: read by {@code split} and {@code parseDouble}, and by ours. */
class TextWriterTest {
    private static final int N = 5000;

    @TempDir
    Path dir;

    private final double[][] place = new double[N][3];
    private final float[] quality = new float[N];
    private final double[] time = new double[N];
    private final int[] level = new int[N];
    private final byte[] rgb = new byte[3 * N];

    /** Numbers of every size, written as PLY by hand. */
    private Path ply() throws IOException {
        Random r = new Random(4);
        r.nextBytes(rgb);
        byte[] head = ("ply\nformat binary_little_endian 1.0\nelement vertex " + N
                        + "\nproperty double x\nproperty double y\nproperty double z\nproperty uchar red\n"
                        + "property uchar green\nproperty uchar blue\nproperty float quality\nproperty double gps_time\n"
                        + "property int level\nend_header\n")
                .getBytes(StandardCharsets.US_ASCII);
        ByteBuffer b = ByteBuffer.allocate(head.length + N * 43).order(ByteOrder.LITTLE_ENDIAN);
        b.put(head);
        for (int i = 0; i < N; i++) {
            for (int k = 0; k < 3; k++) {
                double size = Math.pow(10, r.nextInt(12) - 5);
                place[i][k] = i % 3 == 0 ? Math.rint(size) * (k - 1) : r.nextGaussian() * size;
                b.putDouble(place[i][k]);
            }
            b.put(rgb, 3 * i, 3);
            quality[i] = i % 5 == 0 ? i : (float) (r.nextGaussian() * Math.pow(10, r.nextInt(60) - 30));
            time[i] = 1e9 + r.nextDouble() * 1e6;
            level[i] = r.nextInt();
            b.putFloat(quality[i]).putDouble(time[i]).putInt(level[i]);
        }
        return Files.write(dir.resolve("a.ply"), b.array());
    }

    @ParameterizedTest
    @ValueSource(strings = {"xyz", "txt", "csv"})
    void everyNumberComesBackToTheBit(String ending) throws IOException {
        Path out = dir.resolve("b." + ending);
        Convert.Done done;
        try (Work work = Work.silent()) {
            done = Convert.run(ply(), out, work);
        }
        assertThat(done.count()).isEqualTo(N);
        assertThat(done.lost()).isEmpty();
        String by = ending.equals("csv") ? "," : " ";
        List<String> lines = Files.readAllLines(out);
        assertThat(lines.getFirst())
                .isEqualTo(String.join(by, "x", "y", "z", "red", "green", "blue", "quality", "gps_time", "level"));
        assertThat(lines).hasSize(N + 1);
        for (int i = 0; i < N; i++) {
            String[] s = lines.get(i + 1).split(by);
            assertThat(s).hasSize(9);
            for (int k = 0; k < 3; k++) {
                assertThat(Double.parseDouble(s[k])).isEqualTo(place[i][k]);
                assertThat(Integer.parseInt(s[3 + k])).isEqualTo(rgb[3 * i + k] & 255);
            }
            assertThat(Float.parseFloat(s[6])).isEqualTo(quality[i]);
            assertThat(Double.parseDouble(s[7])).isEqualTo(time[i]);
            assertThat(Integer.parseInt(s[8])).isEqualTo(level[i]);
            assertThat(s[2].contains("E")).as(s[2]).isEqualTo(place[i][2] != 0 && Math.abs(place[i][2]) < 1e-7);
        }
    }

    @Test
    void oursReadsThemAgain() throws IOException {
        Path out = dir.resolve("b.csv");
        try (Work work = Work.silent()) {
            Convert.run(ply(), out, work);
            try (PointReader r = Inputs.points(out, work);
                    PointReader.PointCursor c = r.points(0)) {
                PointBatch b = new PointBatch(r.scans().getFirst().columns(), 700);
                int n = 0;
                while (c.next(b)) {
                    for (int i = 0; i < b.size; i++, n++) {
                        assertThat(new double[] {b.x[i], b.y[i], b.z[i]}).containsExactly(place[n]);
                        assertThat(b.columns[b.indexOf("red")][i]).isEqualTo(rgb[3 * n] & 255);
                        assertThat((float) b.columns[b.indexOf("quality")][i]).isEqualTo(quality[n]);
                        assertThat(b.columns[b.indexOf("time")][i]).isEqualTo(time[n]);
                        assertThat(b.columns[b.indexOf("level")][i]).isEqualTo(level[n]);
                    }
                }
                assertThat(n).isEqualTo(N);
            }
        }
    }
}
