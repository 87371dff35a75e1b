package org.grotto.format.pcd;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** PCD files written by hand, after the text of the format. */
final class PcdSamples {
    private PcdSamples() {}

    static String header(
            String fields, String size, String type, int width, int height, String viewpoint, String data) {
        return "# .PCD v0.7 - Point Cloud Data file format\nVERSION 0.7\nFIELDS " + fields + "\nSIZE " + size
                + "\nTYPE "
                + type + "\nCOUNT " + "1 ".repeat(fields.split(" ").length).strip() + "\nWIDTH " + width + "\nHEIGHT "
                + height + "\nVIEWPOINT " + viewpoint + "\nPOINTS " + width * height + "\nDATA " + data + "\n";
    }

    /** The header and bytes behind it. */
    static byte[] file(String header, byte[] data) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(header.getBytes(StandardCharsets.UTF_8));
        out.writeBytes(data);
        return out.toByteArray();
    }

    /** The sizes and the packed bytes. */
    static byte[] packed(byte[] plain) {
        byte[] p = lzf(plain);
        ByteBuffer b = ByteBuffer.allocate(8 + p.length).order(ByteOrder.LITTLE_ENDIAN);
        return b.putInt(p.length).putInt(plain.length).put(p).array();
    }

    /** LZF by the longest of the copies that the last 8192 bytes offer through a table of three bytes. */
    static byte[] lzf(byte[] in) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int[] last = new int[1 << 14];
        java.util.Arrays.fill(last, -1);
        int literal = 0;
        int i = 0;
        while (i < in.length) {
            int h = i + 2 < in.length
                    ? ((in[i] & 255) * 7919 + (in[i + 1] & 255) * 131 + (in[i + 2] & 255)) & 0x3FFF
                    : -1;
            int from = h < 0 ? -1 : last[h];
            int length = 0;
            while (from >= 0
                    && i - from <= 8192
                    && length < 264
                    && i + length < in.length
                    && in[from + length] == in[i + length]) {
                length++;
            }
            if (h >= 0) {
                last[h] = i;
            }
            if (length < 3) {
                i++;
                continue;
            }
            literals(out, in, literal, i);
            int offset = i - from - 1;
            int l = length - 2;
            if (l < 7) {
                out.write(l << 5 | offset >> 8);
            } else {
                out.write(7 << 5 | offset >> 8);
                out.write(l - 7);
            }
            out.write(offset);
            i += length;
            literal = i;
        }
        literals(out, in, literal, in.length);
        return out.toByteArray();
    }

    private static void literals(ByteArrayOutputStream out, byte[] in, int from, int to) {
        for (int i = from; i < to; i += 32) {
            int n = Math.min(32, to - i);
            out.write(n - 1);
            out.write(in, i, n);
        }
    }

    /** Points of x y z (float), rgb (float), intensity (ushort), _ (padding), time (double), one after another or by field. */
    static byte[] mixed(int n, boolean byField) {
        int[] sizes = {4, 4, 4, 4, 2, 1, 8};
        ByteBuffer b = ByteBuffer.allocate(27 * n).order(ByteOrder.LITTLE_ENDIAN);
        if (!byField) {
            for (int i = 0; i < n; i++) {
                for (int f = 0; f < sizes.length; f++) {
                    put(b, f, i);
                }
            }
        } else {
            for (int f = 0; f < sizes.length; f++) {
                for (int i = 0; i < n; i++) {
                    put(b, f, i);
                }
            }
        }
        return b.array();
    }

    static final String FIELDS = "x y z rgb intensity _ time";
    static final String SIZES = "4 4 4 4 2 1 8";
    static final String TYPES = "F F F F U U F";

    private static void put(ByteBuffer b, int field, int i) {
        switch (field) {
            case 0 -> b.putFloat(i * 0.25f);
            case 1 -> b.putFloat(-i);
            case 2 -> b.putFloat(i % 5 == 4 ? Float.NaN : 7);
            case 3 -> b.putInt(0xFF000000 | (i & 255) << 16 | 100 << 8 | 50);
            case 4 -> b.putShort((short) (60000 + i % 1000));
            case 5 -> b.put((byte) 9);
            default -> b.putDouble(1e9 + i / 8.0);
        }
    }

    /** What {@link #mixed} says of point i: x y z intensity..., in the order of the reader's columns. */
    static double[] row(int i) {
        return new double[] {
            i * 0.25, -i, i % 5 == 4 ? Double.NaN : 7, i & 255, 100, 50, 60000 + i % 1000, 1e9 + i / 8.0
        };
    }
}
