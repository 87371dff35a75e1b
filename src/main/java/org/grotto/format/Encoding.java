package org.grotto.format;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * How the bytes of a text file stand for characters, told from its beginning: a byte-order mark, the zero bytes of UTF-16,
 * else UTF-8 where all of it is, else GB 18030 (GBK, GB 2312). Numbers and separators are the same bytes in both of these.
 */
public enum Encoding {
    UTF_8("UTF-8", StandardCharsets.UTF_8),
    GB18030("GB 18030", Charset.forName("GB18030")),
    UTF_16_LE("UTF-16 little endian", StandardCharsets.UTF_16LE),
    UTF_16_BE("UTF-16 big endian", StandardCharsets.UTF_16BE);

    /** How much of a file is looked at. */
    private static final int LOOK = 1 << 16;

    private static final byte[] MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private final String title;
    private final Charset charset;

    Encoding(String title, Charset charset) {
        this.title = title;
        this.charset = charset;
    }

    /** As sentences name it. */
    public String title() {
        return title;
    }

    /** What {@link TextLines} decodes lines with: UTF-16 has become UTF-8 by then. */
    public Charset ofLines() {
        return wide() ? StandardCharsets.UTF_8 : charset;
    }

    /** True for two bytes a character. */
    public boolean wide() {
        return this == UTF_16_LE || this == UTF_16_BE;
    }

    /** The encoding of a file, from its first {@value #LOOK} bytes. */
    public static Encoding of(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return of(in.readNBytes(LOOK));
        }
    }

    static Encoding of(byte[] head) {
        if (head.length >= 2 && head[0] == (byte) 0xFF && head[1] == (byte) 0xFE) {
            return UTF_16_LE;
        }
        if (head.length >= 2 && head[0] == (byte) 0xFE && head[1] == (byte) 0xFF) {
            return UTF_16_BE;
        }
        if (marked(head)) {
            return UTF_8;
        }
        int even = 0;
        int odd = 0;
        int pairs = Math.min(head.length, 512) / 2;
        for (int i = 0; i < pairs; i++) {
            even += head[2 * i] == 0 ? 1 : 0;
            odd += head[2 * i + 1] == 0 ? 1 : 0;
        }
        if (pairs >= 4 && even == 0 && odd > pairs / 2) {
            return UTF_16_LE;
        }
        if (pairs >= 4 && odd == 0 && even > pairs / 2) {
            return UTF_16_BE;
        }
        return isUtf8(head, head.length == LOOK) ? UTF_8 : GB18030;
    }

    /** True where the bytes begin with the mark of UTF-8. */
    static boolean marked(byte[] head) {
        return head.length >= 3 && head[0] == MARK[0] && head[1] == MARK[1] && head[2] == MARK[2];
    }

    private static boolean isUtf8(byte[] head, boolean cut) {
        int end = head.length;
        for (int back = 0; cut && back < 3 && end > 0 && (head[end - 1] & 0x80) != 0; back++) {
            end--; // of a character that was cut
        }
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        try {
            decoder.decode(ByteBuffer.wrap(head, 0, end));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    /** The file's bytes without a mark, UTF-16 as UTF-8. */
    InputStream open(Path file) throws IOException {
        InputStream in = Files.newInputStream(file);
        try {
            if (wide()) {
                return new WideText(in, this == UTF_16_LE);
            }
            byte[] head = in.readNBytes(MARK.length);
            if (marked(head)) {
                return in;
            }
            in.close();
            return Files.newInputStream(file);
        } catch (IOException | RuntimeException e) {
            in.close();
            throw e;
        }
    }
}
