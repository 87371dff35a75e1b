package org.grotto.fuzz;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32C;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** What a program would write around bytes that are not its own, so that a search is not stopped by sums and lengths. */
final class Repair {
    private static final int PAGE = 1024;
    private static final int PAYLOAD = PAGE - 4;

    private Repair() {}

    /** An E57 file without the checksums of its pages: what the search changes. */
    static byte[] logical(byte[] e57) {
        byte[] out = new byte[e57.length / PAGE * PAYLOAD];
        for (int p = 0; p < e57.length / PAGE; p++) {
            System.arraycopy(e57, p * PAGE, out, p * PAYLOAD, PAYLOAD);
        }
        return out;
    }

    /** Pages with their checksums, the file's length, and, where the header names another, the place of the XML section. */
    static byte[] e57(byte[] logical) {
        int pages = Math.max(1, (logical.length + PAYLOAD - 1) / PAYLOAD);
        byte[] body = Arrays.copyOf(logical, pages * PAYLOAD);
        ByteBuffer h = ByteBuffer.wrap(body).order(ByteOrder.LITTLE_ENDIAN);
        h.put(0, "ASTM-E57\1\0\0\0\0\0\0\0".getBytes(StandardCharsets.ISO_8859_1));
        h.putLong(16, (long) pages * PAGE).putLong(40, PAGE);
        int root = indexOf(body, "<e57Root", logical.length);
        if (root >= 0) {
            int declared = indexOf(body, "<?xml", root);
            int at = declared >= 0 ? declared : root;
            h.putLong(24, (long) at / PAYLOAD * PAGE + at % PAYLOAD).putLong(32, logical.length - at);
        }
        byte[] out = new byte[pages * PAGE];
        CRC32C crc = new CRC32C();
        for (int p = 0; p < pages; p++) {
            System.arraycopy(body, p * PAYLOAD, out, p * PAGE, PAYLOAD);
            crc.reset();
            crc.update(out, p * PAGE, PAYLOAD);
            ByteBuffer.wrap(out).putInt(p * PAGE + PAYLOAD, (int) crc.getValue());
        }
        return out;
    }

    private static int indexOf(byte[] b, String word, int end) {
        byte[] w = word.getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i + w.length <= end; i++) {
            if (Arrays.equals(b, i, i + w.length, w, 0, w.length)) {
                return i;
            }
        }
        return -1;
    }

    /** The length in a GLB's header is that of the file. */
    static byte[] glb(byte[] b) {
        byte[] out = b.clone();
        if (out.length >= 20) {
            ByteBuffer.wrap(out).order(ByteOrder.LITTLE_ENDIAN).putInt(8, out.length);
        }
        return out;
    }

    /** A 3MF package whose model is {@code model}. */
    static byte[] threeMf(byte[] model) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry("_rels/.rels"));
            zip.write(("<?xml version=\"1.0\"?><Relationships><Relationship Target=\"/3D/3dmodel.model\" Id=\"r\""
                            + " Type=\"http://schemas.microsoft.com/3dmanufacturing/2013/01/3dmodel\"/></Relationships>")
                    .getBytes(StandardCharsets.UTF_8));
            zip.putNextEntry(new ZipEntry("3D/3dmodel.model"));
            zip.write(model);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    static byte[] gzip(byte[] b) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(out)) {
            zip.write(b);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    static byte[] zip(String name, byte[] b) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry(name));
            zip.write(b);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
