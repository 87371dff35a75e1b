package org.grotto.format.las.point;

import org.jspecify.annotations.Nullable;

/**
 * Points of a LAS file as columns of raw values: what the codec and the octree builder work on. The arrays are owned by
 * whoever made this and hold {@link #capacity} entries, of which the first {@link #size} count.
 */
public final class LasPoints {
    public final LasLayout layout;
    public final int capacity;
    public int size;
    /** Positions as stored: metres = x * scale + offset. */
    public final int[] x;

    public final int[] y;
    public final int[] z;
    public final char[] intensity;
    /** Formats 0-5: byte 14 (return, returns, scan direction, edge); formats 6-10: byte 14 (return, returns). */
    public final byte[] returns;
    /** Formats 6-10: byte 15 (classification flags, scanner channel, scan direction, edge); unused else. */
    public final byte[] flags;
    /** Formats 0-5: byte 15 (class in the lower five bits, then flags); formats 6-10: byte 16. */
    public final byte[] classification;

    public final byte[] userData;
    /** Formats 0-5: whole degrees; formats 6-10: steps of 0.006 degrees. */
    public final short[] scanAngle;

    public final char[] source;
    /** Bits of a double, seconds. */
    public final long @Nullable [] time;

    public final char @Nullable [] red;
    public final char @Nullable [] green;
    public final char @Nullable [] blue;
    public final char @Nullable [] nir;
    /** 29 bytes a point. */
    public final byte @Nullable [] wave;
    /** One array for each extra byte of the record. */
    public final byte[][] extra;

    public LasPoints(LasLayout layout, int capacity) {
        this.layout = layout;
        this.capacity = capacity;
        x = new int[capacity];
        y = new int[capacity];
        z = new int[capacity];
        intensity = new char[capacity];
        returns = new byte[capacity];
        flags = new byte[layout.modern() ? capacity : 0];
        classification = new byte[capacity];
        userData = new byte[capacity];
        scanAngle = new short[capacity];
        source = new char[capacity];
        time = layout.hasTime() ? new long[capacity] : null;
        red = layout.hasColour() ? new char[capacity] : null;
        green = layout.hasColour() ? new char[capacity] : null;
        blue = layout.hasColour() ? new char[capacity] : null;
        nir = layout.hasNir() ? new char[capacity] : null;
        wave = layout.hasWave() ? new byte[capacity * LasLayout.WAVE_BYTES] : null;
        extra = new byte[layout.extraBytes()][capacity];
    }

    /** A capacity that keeps the columns of {@code layout} within about 8 MB, at most {@code wanted}. */
    public static int modest(LasLayout layout, int wanted) {
        return Math.max(1, Math.min(wanted, (8 << 20) / layout.length()));
    }

    /** Takes {@code count} records that start at byte {@code from} of {@code b} into the entries from {@code to} on. */
    public void fromRecords(byte[] b, int from, int to, int count) {
        int length = layout.length();
        boolean modern = layout.modern();
        for (int i = to, p = from; i < to + count; i++, p += length) {
            x[i] = Bytes.int32(b, p);
            y[i] = Bytes.int32(b, p + 4);
            z[i] = Bytes.int32(b, p + 8);
            intensity[i] = Bytes.uint16(b, p + 12);
            returns[i] = b[p + 14];
            if (modern) {
                flags[i] = b[p + 15];
                classification[i] = b[p + 16];
                userData[i] = b[p + 17];
                scanAngle[i] = Bytes.int16(b, p + 18);
                source[i] = Bytes.uint16(b, p + 20);
            } else {
                classification[i] = b[p + 15];
                scanAngle[i] = b[p + 16];
                userData[i] = b[p + 17];
                source[i] = Bytes.uint16(b, p + 18);
            }
        }
        if (time != null) {
            for (int i = to, p = from + layout.timeAt(); i < to + count; i++, p += length) {
                time[i] = Bytes.int64(b, p);
            }
        }
        if (red != null && green != null && blue != null) {
            for (int i = to, p = from + layout.colourAt(); i < to + count; i++, p += length) {
                red[i] = Bytes.uint16(b, p);
                green[i] = Bytes.uint16(b, p + 2);
                blue[i] = Bytes.uint16(b, p + 4);
            }
        }
        if (nir != null) {
            for (int i = to, p = from + layout.colourAt() + 6; i < to + count; i++, p += length) {
                nir[i] = Bytes.uint16(b, p);
            }
        }
        if (wave != null) {
            for (int i = to, p = from + layout.waveAt(); i < to + count; i++, p += length) {
                System.arraycopy(b, p, wave, i * LasLayout.WAVE_BYTES, LasLayout.WAVE_BYTES);
            }
        }
        for (int k = 0; k < extra.length; k++) {
            byte[] e = extra[k];
            for (int i = to, p = from + layout.extraAt() + k; i < to + count; i++, p += length) {
                e[i] = b[p];
            }
        }
    }

    /** Writes entries [from, to) as records from byte {@code at} of {@code b} on. */
    public void toRecords(int from, int to, byte[] b, int at) {
        int length = layout.length();
        boolean modern = layout.modern();
        for (int i = from, p = at; i < to; i++, p += length) {
            Bytes.put32(b, p, x[i]);
            Bytes.put32(b, p + 4, y[i]);
            Bytes.put32(b, p + 8, z[i]);
            Bytes.put16(b, p + 12, intensity[i]);
            b[p + 14] = returns[i];
            if (modern) {
                b[p + 15] = flags[i];
                b[p + 16] = classification[i];
                b[p + 17] = userData[i];
                Bytes.put16(b, p + 18, scanAngle[i]);
                Bytes.put16(b, p + 20, source[i]);
            } else {
                b[p + 15] = classification[i];
                b[p + 16] = (byte) scanAngle[i];
                b[p + 17] = userData[i];
                Bytes.put16(b, p + 18, source[i]);
            }
            if (time != null) {
                Bytes.put64(b, p + layout.timeAt(), time[i]);
            }
            if (red != null && green != null && blue != null) {
                int c = p + layout.colourAt();
                Bytes.put16(b, c, red[i]);
                Bytes.put16(b, c + 2, green[i]);
                Bytes.put16(b, c + 4, blue[i]);
                if (nir != null) {
                    Bytes.put16(b, c + 6, nir[i]);
                }
            }
            if (wave != null) {
                System.arraycopy(wave, i * LasLayout.WAVE_BYTES, b, p + layout.waveAt(), LasLayout.WAVE_BYTES);
            }
            int e = p + layout.extraAt();
            for (int k = 0; k < extra.length; k++) {
                b[e + k] = extra[k][i];
            }
        }
    }

    /** Copies entries [from, from + n) of {@code s}, which has the same layout, to entries {@code to} and following. */
    public void copy(LasPoints s, int from, int to, int n) {
        System.arraycopy(s.x, from, x, to, n);
        System.arraycopy(s.y, from, y, to, n);
        System.arraycopy(s.z, from, z, to, n);
        System.arraycopy(s.intensity, from, intensity, to, n);
        System.arraycopy(s.returns, from, returns, to, n);
        if (layout.modern()) {
            System.arraycopy(s.flags, from, flags, to, n);
        }
        System.arraycopy(s.classification, from, classification, to, n);
        System.arraycopy(s.userData, from, userData, to, n);
        System.arraycopy(s.scanAngle, from, scanAngle, to, n);
        System.arraycopy(s.source, from, source, to, n);
        copy(s.time, from, time, to, n);
        copy(s.red, from, red, to, n);
        copy(s.green, from, green, to, n);
        copy(s.blue, from, blue, to, n);
        copy(s.nir, from, nir, to, n);
        copy(s.wave, from * LasLayout.WAVE_BYTES, wave, to * LasLayout.WAVE_BYTES, n * LasLayout.WAVE_BYTES);
        for (int k = 0; k < extra.length; k++) {
            System.arraycopy(s.extra[k], from, extra[k], to, n);
        }
    }

    private static void copy(@Nullable Object s, int from, @Nullable Object d, int to, int n) {
        if (s != null && d != null) {
            System.arraycopy(s, from, d, to, n);
        }
    }

    /** All points of {@code pieces} in one; the list is emptied on the way, to let go of memory early. */
    public static LasPoints concat(LasLayout layout, java.util.List<LasPoints> pieces) {
        int n = 0;
        for (LasPoints p : pieces) {
            n = Math.addExact(n, p.size);
        }
        LasPoints all = new LasPoints(layout, n);
        while (!pieces.isEmpty()) {
            LasPoints p = pieces.removeFirst();
            all.copy(p, 0, all.size, p.size);
            all.size += p.size;
        }
        return all;
    }

    /** The points with the given indices, in that order, without wave packets: the gathering before a node is coded. */
    public LasPoints pick(int[] index) {
        int n = index.length;
        LasPoints q = new LasPoints(layout, n);
        q.size = n;
        pick(x, q.x, index);
        pick(y, q.y, index);
        pick(z, q.z, index);
        pick(intensity, q.intensity, index);
        pick(returns, q.returns, index);
        if (layout.modern()) {
            pick(flags, q.flags, index);
        }
        pick(classification, q.classification, index);
        pick(userData, q.userData, index);
        for (int i = 0; i < n; i++) {
            q.scanAngle[i] = scanAngle[index[i]];
        }
        pick(source, q.source, index);
        if (time != null && q.time != null) {
            for (int i = 0; i < n; i++) {
                q.time[i] = time[index[i]];
            }
        }
        if (red != null && green != null && blue != null && q.red != null && q.green != null && q.blue != null) {
            pick(red, q.red, index);
            pick(green, q.green, index);
            pick(blue, q.blue, index);
        }
        if (nir != null && q.nir != null) {
            pick(nir, q.nir, index);
        }
        for (int k = 0; k < extra.length; k++) {
            pick(extra[k], q.extra[k], index);
        }
        return q;
    }

    private static void pick(int[] s, int[] d, int[] index) {
        for (int i = 0; i < d.length; i++) {
            d[i] = s[index[i]];
        }
    }

    private static void pick(char[] s, char[] d, int[] index) {
        for (int i = 0; i < d.length; i++) {
            d[i] = s[index[i]];
        }
    }

    private static void pick(byte[] s, byte[] d, int[] index) {
        for (int i = 0; i < d.length; i++) {
            d[i] = s[index[i]];
        }
    }
}
