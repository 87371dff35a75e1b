package org.grotto.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.grotto.Need;
import org.grotto.base.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The programs of others beside ours: the transcoder that the page ships, and ktx-parse, both by way of three. */
class Ktx2OracleTest {
    @TempDir
    Path folder;

    private record Theirs(byte[] pixels, JsonNode says) {}

    private Theirs theirs(byte[] file) throws IOException, InterruptedException {
        Path node = Need.program("node");
        Path script = folder.resolve("basis.mjs");
        try (InputStream in = Ktx2OracleTest.class.getResourceAsStream("basis.mjs")) {
            Files.copy(in, script, StandardCopyOption.REPLACE_EXISTING);
        }
        Path basis = Need.root().resolve("target/classes/org/grotto/assets/web/vendor/basis/basis_transcoder.js");
        Path parse = Need.root().resolve("target/web/three/package/examples/jsm/libs/ktx-parse.module.js");
        Path ktx = Files.write(folder.resolve("a.ktx2"), file);
        Path out = folder.resolve("a.rgba");
        Process p = new ProcessBuilder(
                        node.toString(),
                        script.toString(),
                        basis.toAbsolutePath().toString(),
                        parse.toAbsolutePath().toString(),
                        ktx.toString(),
                        out.toString())
                .redirectErrorStream(true)
                .start();
        String text = new String(p.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(p.waitFor()).as(text).isZero();
        return new Theirs(
                Files.readAllBytes(out), Json.mapper().readTree(text.substring(text.lastIndexOf("{\"uastc\""))));
    }

    private static byte[] ours(byte[] file) throws IOException {
        Ktx2 k = Ktx2.open(file);
        ByteBuffer all = ByteBuffer.allocate((int) new Mips(k.width, k.height, true).bytes());
        for (int l = 0; l < k.levels; l++) {
            k.rgba(l, all);
        }
        return java.util.Arrays.copyOf(all.array(), all.position());
    }

    @Test
    void everyModeDecodesAsTheReferenceDoesBitForBit() throws Exception {
        for (long seed = 1; seed <= 3; seed++) {
            byte[] file = Ktx2Samples.blocks(64, seed);
            assertThat(ours(file)).isEqualTo(theirs(file).pixels);
        }
    }

    @Test
    void whatIsWrittenIsReadByOthersWithItsUseAndAllItsLevels() throws Exception {
        byte[] rgba = Ktx2Samples.picture(120, 72, false, 5);
        byte[] holes = Ktx2Samples.picture(64, 200, true, 6);
        byte[][] files = {
            Ktx2Samples.file(rgba, 120, 72, true, Ktx2.Channels.RGB),
            Ktx2Samples.file(holes, 64, 200, true, Ktx2.Channels.RGBA),
            Ktx2Samples.file(rgba, 120, 72, false, Ktx2.Channels.RRR)
        };
        int[][] wanted = {{1, 2, 0, 7}, {1, 2, 3, 8}, {0, 1, 4, 7}}; // primaries, transfer, channel, levels
        for (int k = 0; k < files.length; k++) {
            Theirs t = theirs(files[k]);
            assertThat(ours(files[k])).isEqualTo(t.pixels);
            JsonNode s = t.says;
            assertThat(s.path("uastc").asBoolean()).isTrue();
            assertThat(s.path("alpha").asBoolean()).isEqualTo(k == 1);
            assertThat(s.path("vkFormat").asInt(-1)).isZero();
            assertThat(s.path("typeSize").asInt(-1)).isEqualTo(1);
            assertThat(s.path("faces").asInt(-1)).isEqualTo(1);
            assertThat(s.path("scheme").asInt(-1)).isEqualTo(2);
            assertThat(s.path("model").asInt(-1)).isEqualTo(166);
            assertThat(s.path("flags").asInt(-1)).isZero();
            assertThat(s.path("samples").asInt(-1)).isEqualTo(1);
            assertThat(s.path("orientation").asString("")).isEqualTo("rd");
            assertThat(s.path("writer").asString("")).isEqualTo("Grotto");
            assertThat(new int[] {
                        s.path("primaries").asInt(-1),
                        s.path("transfer").asInt(-1),
                        s.path("channel").asInt(-1),
                        s.path("parsed").asInt(-1)
                    })
                    .isEqualTo(wanted[k]);
        }
    }
}
