package org.grotto.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.function.Consumer;
import org.grotto.base.Progress;
import org.grotto.base.Work;
import org.junit.jupiter.api.Test;

/** KTX2 pictures: what is written comes back, nearly as it was; each clause that a file breaks is told once. */
class Ktx2Test {
    private static final int W = 128;
    private static final int H = 64;
    private static final byte[] PIXELS = Ktx2Samples.picture(W, H, false, 1);
    private static final byte[] FILE = Ktx2Samples.file(PIXELS, W, H, true, Ktx2.Channels.RGB);

    private static double psnr(byte[] a, byte[] b, int from, int n, int channels) {
        double sum = 0;
        for (int i = 0; i < n; i++) {
            for (int c = 0; c < channels; c++) {
                double d = (a[from + 4 * i + c] & 255) - (b[from + 4 * i + c] & 255);
                sum += d * d;
            }
        }
        return 10 * Math.log10(255.0 * 255 * channels * n / Math.max(sum, 1e-9));
    }

    @Test
    void everyLevelComesBackAsTheMeanOfLight() throws IOException {
        for (boolean holes : new boolean[] {false, true}) {
            byte[] rgba = Ktx2Samples.picture(W, H, holes, 2);
            Mips m = new Mips(W, H, true);
            byte[] wanted = java.util.Arrays.copyOf(rgba, (int) m.bytes());
            m.fill(ByteBuffer.wrap(wanted), 1);
            try (PictureFile p = PictureFile.open(
                    Ktx2Samples.file(rgba, W, H, true, holes ? Ktx2.Channels.RGBA : Ktx2.Channels.RGB))) {
                assertThat(new int[] {p.width, p.height, p.levels()}).containsExactly(W, H, 8);
                ByteBuffer got = ByteBuffer.allocate(wanted.length);
                for (int k = 0; k < p.levels(); k++) {
                    p.rgba(k, got);
                    int n = m.sizes()[k] / 4;
                    assertThat(psnr(got.array(), wanted, m.start(k), n, 4))
                            .as("level %d, holes %s", k, holes)
                            .isGreaterThan(holes ? 26 : 33);
                }
                assertThat(got.hasRemaining()).isFalse();
                assertThat(psnr(got.array(), wanted, 0, W * H, 3)).isGreaterThan(holes ? 35 : 40);
                p.check();
            }
        }
    }

    @Test
    void anyNumberOfThreadsWritesTheSameBytes() {
        for (int threads : new int[] {1, 2, 5}) {
            try (Work work = new Work(threads, 1L << 28, Progress.NONE)) {
                assertThat(Ktx2Writer.encode(PIXELS, W, H, true, Ktx2.Channels.RGB, work))
                        .isEqualTo(FILE);
            }
        }
    }

    @Test
    void whatIsWrittenBreaksNoClauseOfItsUse() {
        assertThat(Ktx2Check.of(FILE, true)).isEmpty();
        assertThat(Ktx2Check.of(Ktx2Samples.file(PIXELS, W, H, false, Ktx2.Channels.RRR), false))
                .isEmpty();
        assertThat(Ktx2Check.of(Ktx2Samples.blocks(64, 1), true)).isEmpty();
    }

    private static List<Ktx2.Broken> broken(Consumer<ByteBuffer> damage) {
        ByteBuffer b = ByteBuffer.wrap(FILE.clone()).order(ByteOrder.LITTLE_ENDIAN);
        damage.accept(b);
        return Ktx2Check.of(b.array(), true);
    }

    private static void one(String where, Consumer<ByteBuffer> damage) {
        List<Ktx2.Broken> b = broken(damage);
        assertThat(b).as(where).hasSize(1);
        assertThat(b.getFirst().where()).isEqualTo(where);
        assertThat(b.getFirst().clause()).isNotEmpty();
        assertThat(b.getFirst().found()).doesNotEndWith(".");
    }

    @Test
    void eachClauseThatAFileBreaksIsToldOnce() {
        int dfd = ByteBuffer.wrap(FILE).order(ByteOrder.LITTLE_ENDIAN).getInt(48);
        one("identifier", b -> b.put(5, (byte) '1'));
        one("vkFormat", b -> b.putInt(12, 145));
        one("typeSize", b -> b.putInt(16, 4));
        one("pixelWidth", b -> b.putInt(20, 0));
        one("pixelWidth", b -> b.putInt(20, 1 << 20));
        one("pixelDepth", b -> b.putInt(28, 1));
        one("pixelDepth", b -> b.putInt(36, 6));
        one("levelCount", b -> b.putInt(40, 0));
        one("levelCount", b -> b.putInt(40, 9));
        one("colorModel", b -> b.putInt(44, 1));
        one("supercompressionScheme", b -> b.putInt(44, 3));
        one("dfdByteOffset", b -> b.putInt(48, dfd + 4));
        one("dfdByteOffset", b -> b.putInt(52, 1 << 30));
        one("kvdByteOffset", b -> b.putInt(60, 1 << 30));
        one("sgdByteLength", b -> b.putLong(72, 8));
        one("levels[0].byteOffset", b -> b.putLong(80, Long.MAX_VALUE));
        one("levels[2].byteOffset", b -> b.putLong(80 + 48 + 8, -1));
        one("levels[1].uncompressedByteLength", b -> b.putLong(80 + 24 + 16, 16));
        one("colorModel", b -> b.put(dfd + 12, (byte) 163));
        one("colorModel", b -> b.put(dfd + 12, (byte) 162));
        one("colorPrimaries", b -> b.put(dfd + 13, (byte) 0));
        one("transferFunction", b -> b.put(dfd + 14, (byte) 1));
        one("flags", b -> b.put(dfd + 15, (byte) 1));
        one("texelBlockDimension", b -> b.put(dfd + 16, (byte) 7));
        one("bytesPlane0", b -> b.put(dfd + 20, (byte) 8));
        one("channelType", b -> b.put(dfd + 31, (byte) 1));
        one("keyAndValueByteLength", b -> b.putInt(dfd + 44, 1000));
        one("keyAndValue", b -> b.put(dfd + 44 + 4 + 3, (byte) 'z')); // KTXzrientation
        one("KTXorientation", b -> b.put(dfd + 44 + 4 + 16, (byte) 'u'));
        one(
                "levels[0]",
                b -> b.put(b.capacity() - 1 - (int) b.getLong(88) / 2, (byte) 0x55)
                        .putInt((int) b.getLong(80), 7));
    }

    @Test
    void levelsStandTheSmallestFirst() {
        ByteBuffer b = ByteBuffer.wrap(FILE).order(ByteOrder.LITTLE_ENDIAN);
        int at = (int) b.getLong(80 + 7 * 24);
        int n = (int) b.getLong(80 + 7 * 24 + 8);
        byte[] moved = java.util.Arrays.copyOf(FILE, FILE.length + n);
        System.arraycopy(FILE, at, moved, FILE.length, n);
        ByteBuffer.wrap(moved).order(ByteOrder.LITTLE_ENDIAN).putLong(80 + 7 * 24, FILE.length);
        assertThat(Ktx2Check.of(moved, true)).extracting(Ktx2.Broken::where).containsExactly("levels[7]");
    }

    @Test
    void otherFormatsOfKtx2AreRefusedInOneTrueSentence() {
        byte[] etc = FILE.clone();
        etc[ByteBuffer.wrap(FILE).order(ByteOrder.LITTLE_ENDIAN).getInt(48) + 12] = (byte) 163;
        assertThatThrownBy(() -> PictureFile.open(etc))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("ETC1S, which is not decoded here");
        byte[] bc7 = FILE.clone();
        bc7[12] = (byte) 145;
        assertThatThrownBy(() -> PictureFile.open(bc7)).hasMessageContaining("145");
        for (int n : new int[] {12, 100, 150, FILE.length / 2}) {
            assertThatThrownBy(() -> {
                        try (PictureFile p = PictureFile.open(java.util.Arrays.copyOf(FILE, n))) {
                            p.check();
                        }
                    })
                    .as("%d bytes", n)
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void aFileThatAnnouncesMoreThanItCanHoldIsRefusedUnread() {
        ByteBuffer b = ByteBuffer.wrap(FILE.clone()).order(ByteOrder.LITTLE_ENDIAN);
        b.putInt(20, 16384).putInt(24, 16384).putInt(40, 1);
        b.putLong(88, 1000).putLong(96, 16L * 4096 * 4096);
        assertThatThrownBy(() -> Ktx2.open(b.array())).hasMessageContaining("too little");
    }

    /** A frame of Zstandard that tells neither its content's size nor its window's (found by fuzzing). */
    @Test
    void aFrameWithoutASizeIsDamage() {
        ByteBuffer b = ByteBuffer.wrap(FILE.clone()).order(ByteOrder.LITTLE_ENDIAN);
        int frame = (int) b.getLong(80);
        b.put(frame + 4, (byte) 0xE0).putLong(frame + 5, -1);
        assertThatThrownBy(() -> Ktx2.open(b.array()).rgba(0, ByteBuffer.allocate(4 * W * H)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("a damaged picture (level 0");
    }

    /** Colours, normals and occlusion that are flat come back exactly, in each level. */
    @Test
    void plainPicturesAreExact() throws IOException {
        byte[] plain = new byte[4 * 32 * 8];
        for (int i = 0; i < plain.length; i++) {
            plain[i] = (byte) new int[] {128, 127, 255, 255}[i & 3];
        }
        Ktx2 k = Ktx2.open(Ktx2Samples.file(plain, 32, 8, false, Ktx2.Channels.RGB));
        for (int l = 0; l < k.levels; l++) {
            ByteBuffer out = ByteBuffer.allocate(4 * Mips.halved(32, l) * Mips.halved(8, l));
            k.rgba(l, out);
            for (int i = 0; i < out.capacity(); i++) {
                assertThat(out.get(i)).isEqualTo(plain[i & 3]);
            }
        }
    }
}
