package org.grotto.web;

import com.aayushatharva.brotli4j.Brotli4jLoader;
import com.aayushatharva.brotli4j.encoder.Encoder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/** A file as it travels: by content coding ("br", "gzip"), the shortest first. */
final class Compressed {
    /** Brotli's quality: the best, 11, takes 1.5 s a MB, ten times as much, for 9 % fewer bytes. */
    private static final int QUALITY = 9;

    /** How a file is named that holds a coding of another one. */
    static final Map<String, String> ENDS = Map.of("br", ".br", "gzip", ".gz");

    private static final int LEAST = 512;

    private Compressed() {}

    /** The codings that make {@code file} at least a tenth shorter; no brotli where this machine's is not at hand. */
    static SequencedMap<String, byte[]> of(byte[] file) {
        SequencedMap<String, byte[]> out = new LinkedHashMap<>();
        if (file.length < LEAST || isWoff2(file)) {
            return out;
        }
        byte[] gzip = gzip(file);
        if (gzip.length > 0.9 * file.length) {
            return out;
        }
        if (Brotli4jLoader.isAvailable()) {
            out.put("br", brotli(file));
        }
        out.put("gzip", gzip);
        return out;
    }

    /** Most of the page's bytes, and brotli inside. */
    private static boolean isWoff2(byte[] file) {
        return file[0] == 'w' && file[1] == 'O' && file[2] == 'F' && file[3] == '2';
    }

    private static byte[] brotli(byte[] file) {
        try {
            return Encoder.compress(file, new Encoder.Parameters().setQuality(QUALITY));
        } catch (IOException e) {
            throw new UncheckedIOException(e); // from memory to memory
        }
    }

    private static byte[] gzip(byte[] file) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes) {
            {
                def.setLevel(Deflater.BEST_COMPRESSION);
            }
        }) {
            out.write(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
