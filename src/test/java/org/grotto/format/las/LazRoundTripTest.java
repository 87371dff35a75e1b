package org.grotto.format.las;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.mreutegg.laszip4j.LASPoint;
import com.github.mreutegg.laszip4j.LASReader;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.grotto.format.las.laz.LayeredDecoder;
import org.grotto.format.las.laz.LayeredEncoder;
import org.grotto.format.las.point.Bytes;
import org.grotto.format.las.point.LasPoints;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What we compress comes back, bit for bit: from our own decoder, from laz-perf and from laszip4j. */
class LazRoundTripTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource
    void everyFormatComesBack(Synthetic.Trait trait) {
        for (int format = 6; format <= 10; format++) {
            for (int extra : new int[] {0, 1, 13}) {
                for (boolean version4 : new boolean[] {false, true}) {
                    LasPoints p = Synthetic.points(format, extra, 20_000, trait, format + extra);
                    byte[] chunk = LayeredEncoder.encode(p, 0, p.size, version4);
                    LasPoints q = new LasPoints(p.layout, p.size);
                    LayeredDecoder d = new LayeredDecoder(chunk, 0, chunk.length, p.layout, version4, p.size);
                    for (int n = 1; n > 0; q.size += n) { // odd windows: state must survive them
                        n = d.next(q, q.size, 777);
                    }
                    d.finish();
                    assertThat(Synthetic.records(q)).isEqualTo(Synthetic.records(p));
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 49_999, 50_000, 50_001, 100_000, 100_001})
    void chunkEdges(int n) throws Exception {
        LasPoints p = Synthetic.points(7, 4, n, Synthetic.Trait.CHANNELS, n);
        Path file = folder.resolve("edge.laz");
        Synthetic.write(p, file, 50_000);
        try (LasReader reader = LasReader.open(file)) {
            assertThat(LazPairsTest.records(reader)).isEqualTo(Synthetic.records(p));
            assertThat(reader.blocks()).isEqualTo((n + 49_999) / 50_000);
        }
        if (n > 0) {
            sameInLazPerf(p, file);
        }
    }

    @Test
    void unchangingLayersAreNotStored() {
        LasPoints p = Synthetic.points(8, 2, 10_000, Synthetic.Trait.CONSTANT, 1);
        byte[] chunk = LayeredEncoder.encode(p, 0, p.size, false);
        int at = p.layout.length() + 4;
        for (int layer = 2; layer < LayeredDecoder.layerCount(p.layout); layer++) {
            assertThat(Bytes.int32(chunk, at + 4 * layer)).as("layer %d", layer).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {6, 7, 8})
    void lazPerfDecodesToEqualRecords(int format) throws Exception {
        for (Synthetic.Trait trait : Synthetic.Trait.values()) {
            LasPoints p = Synthetic.points(format, 5, 60_000, trait, 3);
            Path file = folder.resolve("p.laz");
            Synthetic.write(p, file, 50_000);
            sameInLazPerf(p, file);
        }
    }

    @Test
    void aMillionPointsInLazPerfAndLaszip4j() throws Exception {
        for (Synthetic.Trait trait : new Synthetic.Trait[] {Synthetic.Trait.CHANNELS, Synthetic.Trait.TIMES}) {
            LasPoints p = Synthetic.points(7, 12, 1_000_001, trait, 11);
            Path file = folder.resolve("million.laz");
            Synthetic.write(p, file, 50_000);
            sameInLazPerf(p, file);
            sameInLaszip4j(p, file);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Synthetic.Trait.class,
            names = {"PLAIN", "TIMES", "CHANNELS", "CONSTANT"})
    void laszip4jDecodesToEqualPoints(Synthetic.Trait trait) {
        LasPoints p = Synthetic.points(7, 0, 60_000, trait, 5);
        Path file = folder.resolve("p.laz");
        Synthetic.write(p, file, 50_000);
        sameInLaszip4j(p, file);
    }

    private static void sameInLaszip4j(LasPoints p, Path file) {
        int i = 0;
        for (LASPoint q : new LASReader(file.toFile()).getPoints()) {
            assertThat(q.getX()).isEqualTo(p.x[i]);
            assertThat(q.getY()).isEqualTo(p.y[i]);
            assertThat(q.getZ()).isEqualTo(p.z[i]);
            assertThat(q.getIntensity()).isEqualTo(p.intensity[i]);
            assertThat(Double.doubleToRawLongBits(q.getGPSTime())).isEqualTo(p.time[i]);
            assertThat((int) q.getPointSourceID()).isEqualTo(p.source[i]);
            assertThat((int) q.getRed()).isEqualTo(p.red[i]);
            assertThat((int) q.getGreen()).isEqualTo(p.green[i]);
            assertThat((int) q.getBlue()).isEqualTo(p.blue[i]);
            assertThat((byte) q.getUserData()).isEqualTo(p.userData[i]);
            assertThat(q.getReturnNumber() | q.getNumberOfReturns() << 4).isEqualTo(p.returns[i] & 255);
            i++;
        }
        assertThat(i).isEqualTo(p.size);
    }

    private static void sameInLazPerf(LasPoints p, Path file) throws Exception {
        JsonNode r = LazPerf.run("laz", file);
        assertThat(r.get("count").asInt()).isEqualTo(p.size);
        byte[] sha = MessageDigest.getInstance("SHA-256").digest(Synthetic.records(p));
        assertThat(r.get("sha256").asString()).isEqualTo(HexFormat.of().formatHex(sha));
    }
}
