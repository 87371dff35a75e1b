package org.grotto.image;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.grotto.image.uastc.UastcDecoder;
import org.grotto.image.uastc.UastcEncoder;

/**
 * By hand: {@code UastcOfPhotos PHOTO...} encodes photographs on one thread and says how near they come back and how fast;
 * with basisu (GROTTO_BASISU), its levels 0 to 2 beside.
 */
final class UastcOfPhotos {
    private static final Pattern PSNR = Pattern.compile("RGB Avg:.*PSNR: ([\\d.]+)");
    private static final Pattern SECONDS = Pattern.compile("in ([\\d.]+) secs");

    private UastcOfPhotos() {}

    public static void main(String[] photos) throws Exception {
        for (int round = 0; round < 2; round++) { // the first one compiles
            double sum = 0;
            double pixels = 0;
            double seconds = 0;
            for (String photo : photos) {
                BufferedImage image = ImageIO.read(Path.of(photo).toFile());
                int w = image.getWidth() / 4 * 4;
                int h = image.getHeight() / 4 * 4;
                int[] argb = image.getRGB(0, 0, w, h, null, 0, w);
                long[] blocks = new long[w * h / 8];
                long begun = cpu();
                encode(argb, w, h, blocks);
                seconds += 1e-9 * (cpu() - begun);
                pixels += 1e-6 * w * h;
                sum += psnr(argb, w, h, blocks);
            }
            say("ours: %.3f dB, %.2f megapixels a CPU second", sum / photos.length, pixels / seconds);
        }
        String peer = System.getenv("GROTTO_BASISU");
        for (int level = 0; level < 3 && peer != null; level++) {
            double sum = 0;
            double seconds = 0;
            for (String photo : photos) {
                String text = basisu(peer, level, photo);
                sum += number(PSNR, text);
                seconds += number(SECONDS, text);
            }
            say("basisu -uastc_level %d: %.3f dB, %.1f s by the clock", level, sum / photos.length, seconds);
        }
    }

    @SuppressWarnings("SystemOut")
    private static void say(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }

    private static long cpu() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static byte[] block(int[] argb, int w, int x, int y) {
        byte[] out = new byte[64];
        for (int i = 0; i < 16; i++) {
            int p = argb[(y + (i >> 2)) * w + x + (i & 3)];
            out[4 * i] = (byte) (p >> 16);
            out[4 * i + 1] = (byte) (p >> 8);
            out[4 * i + 2] = (byte) p;
            out[4 * i + 3] = (byte) (p >>> 24);
        }
        return out;
    }

    private static void encode(int[] argb, int w, int h, long[] blocks) {
        UastcEncoder encoder = new UastcEncoder();
        int k = 0;
        for (int y = 0; y < h; y += 4) {
            for (int x = 0; x < w; x += 4) {
                encoder.encode(block(argb, w, x, y));
                blocks[k++] = encoder.lower();
                blocks[k++] = encoder.upper();
            }
        }
    }

    private static double psnr(int[] argb, int w, int h, long[] blocks) {
        UastcDecoder decoder = new UastcDecoder();
        byte[] back = new byte[64];
        double sum = 0;
        int k = 0;
        for (int y = 0; y < h; y += 4) {
            for (int x = 0; x < w; x += 4) {
                decoder.decode(blocks[k++], blocks[k++], back);
                byte[] given = block(argb, w, x, y);
                for (int i = 0; i < 64; i++) {
                    int d = (i & 3) == 3 ? 0 : (given[i] & 255) - (back[i] & 255);
                    sum += d * d;
                }
            }
        }
        return 10 * Math.log10(255.0 * 255 * 3 * w * h / sum);
    }

    private static String basisu(String program, int level, String photo) throws IOException, InterruptedException {
        Path out = Files.createTempFile("photo", ".ktx2");
        Process p = new ProcessBuilder(
                        program,
                        "-uastc",
                        "-uastc_level",
                        "" + level,
                        "-no_multithreading",
                        "-stats",
                        "-ktx2",
                        "-ktx2_no_zstandard",
                        "-output_file",
                        out.toString(),
                        photo)
                .redirectErrorStream(true)
                .start();
        String text = new String(p.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        p.waitFor();
        Files.delete(out);
        return text;
    }

    private static double number(Pattern pattern, String text) {
        Matcher m = pattern.matcher(text);
        if (!m.find()) {
            throw new IllegalStateException(text);
        }
        return Double.parseDouble(m.group(1));
    }
}
