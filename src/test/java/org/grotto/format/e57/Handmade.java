package org.grotto.format.e57;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32C;

/** E57 files put together by hand, packet by packet, so that they can be odd or wrong where the writer would not. */
final class Handmade implements AutoCloseable {
    private final E57Output out;
    private long sectionStart;
    private String data3D = "";
    /** Attributes of the root element besides its type. */
    String root = "xmlns=\"" + E57Names.NAMESPACE + "\"";

    String beforeRoot = "";
    String extra = "<images2D type=\"Vector\"></images2D>";

    Handmade(Path file) {
        out = new E57Output(file);
        out.write(new byte[E57Header.BYTES], 0, E57Header.BYTES);
    }

    Handmade begin() {
        sectionStart = out.position();
        out.write(new byte[32], 0, 32);
        return this;
    }

    Handmade raw(byte... b) {
        out.write(b, 0, b.length);
        return this;
    }

    /** A data packet with these bytestreams, padded to four bytes. */
    Handmade data(byte[]... streams) {
        int length = 6 + 2 * streams.length;
        for (byte[] s : streams) {
            length += s.length;
        }
        ByteBuffer b = ByteBuffer.allocate(length + 3 & ~3).order(ByteOrder.LITTLE_ENDIAN);
        b.put((byte) 1).put((byte) 0).putShort((short) (b.capacity() - 1)).putShort((short) streams.length);
        for (byte[] s : streams) {
            b.putShort((short) s.length);
        }
        for (byte[] s : streams) {
            b.put(s);
        }
        return raw(b.array());
    }

    Handmade index() {
        byte[] b = new byte[32];
        b[2] = 31;
        b[4] = 1;
        return raw(b);
    }

    Handmade ignored(int length) {
        byte[] b = new byte[length];
        b[0] = 2;
        b[2] = (byte) (length - 1);
        b[3] = (byte) (length - 1 >>> 8);
        return raw(b);
    }

    /** Ends a scan whose header is {@code xml}, with the points element among it where it says POINTS. */
    Handmade end(String xml, String prototype, long count) {
        ByteBuffer h = ByteBuffer.allocate(32).order(ByteOrder.LITTLE_ENDIAN);
        h.put(0, (byte) 1).putLong(8, out.position() - sectionStart);
        h.putLong(16, E57Pages.physical(sectionStart + 32));
        out.patch(sectionStart, h.array());
        return scan(xml, points(prototype, count));
    }

    String points(String prototype, long count) {
        return "<points type=\"CompressedVector\" fileOffset=\"" + E57Pages.physical(sectionStart) + "\" recordCount=\""
                + count + "\"><prototype type=\"Structure\">" + prototype + "</prototype></points>";
    }

    Handmade scan(String xml, String points) {
        data3D += "<vectorChild type=\"Structure\">" + xml + points + "</vectorChild>";
        return this;
    }

    @Override
    public void close() {
        finish("<?xml version=\"1.0\" encoding=\"UTF-8\"?>" + beforeRoot + "<e57Root type=\"Structure\" " + root
                + "><data3D type=\"Vector\">" + data3D + "</data3D>" + extra + "</e57Root>");
    }

    void finish(String text) {
        byte[] xml = text.getBytes(StandardCharsets.UTF_8);
        long at = E57Pages.physical(out.position());
        out.write(xml, 0, xml.length);
        long length = out.finish();
        ByteBuffer h = ByteBuffer.allocate(E57Header.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        h.put(E57Header.SIGNATURE).putInt(1).putInt(0);
        h.putLong(length).putLong(at).putLong(xml.length).putLong(E57Pages.PAGE);
        out.patch(0, h.array());
        out.close();
    }

    /** Packs integers of {@code width} bits by plain shifting, bit by bit. */
    static byte[] pack(int width, long... values) {
        byte[] b = new byte[(values.length * width + 7) / 8];
        for (int i = 0; i < values.length; i++) {
            for (int k = 0; k < width; k++) {
                int bit = i * width + k;
                b[bit / 8] |= (byte) ((values[i] >>> k & 1) << bit % 8);
            }
        }
        return b;
    }

    static byte[] doubles(double... values) {
        ByteBuffer b = ByteBuffer.allocate(8 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        for (double v : values) {
            b.putDouble(v);
        }
        return b.array();
    }

    static final String XYZ = "<cartesianX type=\"Float\"/><cartesianY type=\"Float\"/><cartesianZ type=\"Float\"/>";

    /** Gives every whole page of a file its right checksum. */
    static byte[] seal(byte[] file) {
        CRC32C crc = new CRC32C();
        for (int p = 0; p + 1024 <= file.length; p += 1024) {
            crc.reset();
            crc.update(file, p, 1020);
            ByteBuffer.wrap(file).putInt(p + 1020, (int) crc.getValue());
        }
        return file;
    }

    static void patch(Path file, int at, byte... with) throws IOException {
        byte[] b = Files.readAllBytes(file);
        System.arraycopy(with, 0, b, at, with.length);
        Files.write(file, seal(b));
    }
}
