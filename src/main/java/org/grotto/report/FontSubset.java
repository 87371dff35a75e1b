package org.grotto.report;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.zip.Deflater;

/**
 * A TrueType font of those glyphs alone that a text needs, as WOFF 1.0. Outlines, widths and names stay as they are; what
 * sets letters of other scripts or directions (GSUB, GPOS, vertical widths) is left out. The same bytes for the same
 * letters.
 */
final class FontSubset {
    private static final int LONG_PLACES = 1;
    private static final int WORDS = 1;
    private static final int SCALE = 8;
    private static final int MORE = 32;
    private static final int TWO_SCALES = 64;
    private static final int MATRIX = 128;

    /** Where a font's check sum stands in its head, and what all of the font adds up to with it. */
    private static final int ADJUSTMENT = 8;

    private static final int MAGIC = 0xB1B0AFBA;

    private final ByteBuffer font;
    private final Map<String, ByteBuffer> tables = new TreeMap<>();

    /** @param font a TrueType file; big-endian */
    FontSubset(byte[] font) {
        this.font = ByteBuffer.wrap(font);
        int count = this.font.getShort(4);
        for (int i = 0; i < count; i++) {
            int at = 12 + 16 * i;
            tables.put(
                    new String(font, at, 4, StandardCharsets.US_ASCII),
                    this.font.slice(this.font.getInt(at + 8), this.font.getInt(at + 12)));
        }
    }

    private ByteBuffer table(String tag) {
        ByteBuffer t = tables.get(tag);
        if (t == null) {
            throw new IllegalArgumentException("a font without the table " + tag);
        }
        return t;
    }

    /** The glyph of each of {@code letters} that the font has. */
    SortedMap<Integer, Integer> glyphs(IntStream letters) {
        ByteBuffer map = wide();
        TreeMap<Integer, Integer> out = new TreeMap<>();
        letters.forEach(c -> {
            int glyph = glyph(map, c);
            if (glyph != 0) {
                out.put(c, glyph);
            }
        });
        return out;
    }

    /** The table of all of Unicode's letters: format 12, of Windows. */
    private ByteBuffer wide() {
        ByteBuffer cmap = table("cmap");
        for (int i = 0; i < cmap.getShort(2); i++) {
            int at = cmap.getInt(8 + 8 * i);
            if (cmap.getShort(4 + 8 * i) == 3 && cmap.getShort(at) == 12) {
                return cmap.slice(at, cmap.getInt(at + 4));
            }
        }
        throw new IllegalArgumentException("a font without a table of all letters");
    }

    private static int glyph(ByteBuffer map, int letter) {
        int low = 0;
        int high = map.getInt(12) - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int group = 16 + 12 * middle;
            if (letter < map.getInt(group)) {
                high = middle - 1;
            } else if (letter > map.getInt(group + 4)) {
                low = middle + 1;
            } else {
                return map.getInt(group + 8) + letter - map.getInt(group);
            }
        }
        return 0;
    }

    /** @param letters which the font has, with their glyphs */
    byte[] woff(SortedMap<Integer, Integer> letters) {
        int[] kept = withParts(letters);
        TreeMap<String, byte[]> out = new TreeMap<>();
        for (String tag : List.of("OS/2", "gasp", "head", "hhea", "maxp", "name", "post", "prep")) {
            if (tables.containsKey(tag)) {
                out.put(tag, bytes(table(tag)));
            }
        }
        short count = (short) kept.length;
        ByteBuffer.wrap(out.get("maxp")).putShort(4, count);
        ByteBuffer.wrap(out.get("hhea")).putShort(34, count);
        ByteBuffer.wrap(out.get("head")).putInt(ADJUSTMENT, 0).putShort(50, (short) LONG_PLACES);
        out.put("hmtx", widths(kept));
        out.put("cmap", map(letters, kept));
        outlines(kept, out);
        return pack(out);
    }

    private static byte[] bytes(ByteBuffer b) {
        byte[] out = new byte[b.capacity()];
        b.get(0, out);
        return out;
    }

    /** Glyphs, and those that they are put together from, rising: the one of missing letters first. */
    private int[] withParts(SortedMap<Integer, Integer> letters) {
        TreeSet<Integer> all = new TreeSet<>(List.of(0));
        List<Integer> ask = new ArrayList<>(letters.values());
        while (!ask.isEmpty()) {
            int glyph = ask.removeLast();
            if (all.add(glyph)) {
                ByteBuffer outline = outline(glyph);
                parts(outline).forEach(at -> ask.add(outline.getShort(at) & 0xFFFF));
            }
        }
        return all.stream().mapToInt(Integer::intValue).toArray();
    }

    /** Which a glyph of the font is among those kept. */
    private static int number(int[] kept, int glyph) {
        return Arrays.binarySearch(kept, glyph);
    }

    private ByteBuffer outline(int glyph) {
        ByteBuffer places = table("loca");
        boolean wide = table("head").getShort(50) == LONG_PLACES;
        int from = wide ? places.getInt(4 * glyph) : 2 * (places.getShort(2 * glyph) & 0xFFFF);
        int to = wide ? places.getInt(4 * glyph + 4) : 2 * (places.getShort(2 * glyph + 2) & 0xFFFF);
        return table("glyf").slice(from, to - from);
    }

    /** Where an outline names the glyphs that it is put together from; none where it has lines of its own. */
    private static List<Integer> parts(ByteBuffer outline) {
        List<Integer> out = new ArrayList<>();
        boolean more = outline.capacity() > 0 && outline.getShort(0) < 0;
        int at = 10;
        while (more) {
            int flags = outline.getShort(at);
            out.add(at + 2);
            at += 4 + ((flags & WORDS) != 0 ? 4 : 2);
            at += (flags & SCALE) != 0 ? 2 : (flags & TWO_SCALES) != 0 ? 4 : (flags & MATRIX) != 0 ? 8 : 0;
            more = (flags & MORE) != 0;
        }
        return out;
    }

    private void outlines(int[] kept, Map<String, byte[]> out) {
        ByteArrayOutputStream glyf = new ByteArrayOutputStream();
        ByteBuffer loca = ByteBuffer.allocate(4 * kept.length + 4);
        for (int glyph : kept) {
            loca.putInt(glyf.size());
            ByteBuffer outline = outline(glyph);
            byte[] own = bytes(outline);
            for (int at : parts(outline)) {
                ByteBuffer.wrap(own).putShort(at, (short) number(kept, outline.getShort(at) & 0xFFFF));
            }
            glyf.writeBytes(own);
            glyf.writeBytes(new byte[-own.length & 3]);
        }
        out.put("glyf", glyf.toByteArray());
        out.put("loca", loca.putInt(glyf.size()).array());
    }

    private byte[] widths(int[] kept) {
        ByteBuffer all = table("hmtx");
        int whole = table("hhea").getShort(34) & 0xFFFF;
        ByteBuffer out = ByteBuffer.allocate(4 * kept.length);
        for (int glyph : kept) {
            out.putShort(all.getShort(4 * Math.min(glyph, whole - 1)));
            out.putShort(all.getShort(glyph < whole ? 4 * glyph + 2 : 4 * whole + 2 * (glyph - whole)));
        }
        return out.array();
    }

    /** A group for each letter. */
    private static byte[] map(SortedMap<Integer, Integer> letters, int[] kept) {
        int length = 16 + 12 * letters.size();
        ByteBuffer out = ByteBuffer.allocate(12 + length);
        out.putShort((short) 0).putShort((short) 1);
        out.putShort((short) 3).putShort((short) 10).putInt(12);
        out.putShort((short) 12).putShort((short) 0).putInt(length).putInt(0).putInt(letters.size());
        letters.forEach((letter, glyph) -> out.putInt(letter).putInt(letter).putInt(number(kept, glyph)));
        return out.array();
    }

    /** W3C, WOFF File Format 1.0: each table by itself, by zlib where that is shorter. */
    private byte[] pack(SortedMap<String, byte[]> tables) {
        int count = tables.size();
        int power = Integer.highestOneBit(count);
        ByteBuffer plain = ByteBuffer.allocate(12 + 16 * count)
                .putInt(font.getInt(0))
                .putShort((short) count)
                .putShort((short) (16 * power))
                .putShort((short) Integer.numberOfTrailingZeros(power))
                .putShort((short) (16 * (count - power)));
        int[] sums = tables.values().stream().mapToInt(FontSubset::sum).toArray();
        int size = plain.capacity();
        int i = 0;
        for (var t : tables.entrySet()) {
            plain.put(t.getKey().getBytes(StandardCharsets.US_ASCII)).putInt(sums[i++]);
            plain.putInt(size).putInt(t.getValue().length);
            size += padded(t.getValue().length);
        }
        ByteBuffer.wrap(tables.get("head"))
                .putInt(ADJUSTMENT, MAGIC - IntStream.of(sums).sum() - sum(plain.array()));

        ByteBuffer head = ByteBuffer.allocate(44 + 20 * count);
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        head.position(44);
        i = 0;
        for (var t : tables.entrySet()) {
            byte[] own = t.getValue();
            byte[] small = deflated(own);
            byte[] shorter = small.length < own.length ? small : own;
            head.put(t.getKey().getBytes(StandardCharsets.US_ASCII)).putInt(head.capacity() + body.size());
            head.putInt(shorter.length).putInt(own.length).putInt(sums[i++]);
            body.writeBytes(shorter);
            body.writeBytes(new byte[-shorter.length & 3]);
        }
        head.position(0);
        head.putInt(0x774F4646).putInt(font.getInt(0)).putInt(head.capacity() + body.size());
        head.putShort((short) count).putShort((short) 0).putInt(size);
        ByteBuffer all = ByteBuffer.allocate(head.capacity() + body.size());
        return all.put(head.array()).put(body.toByteArray()).array();
    }

    private static int padded(int length) {
        return length + 3 & ~3;
    }

    /** All of a table as whole numbers of 32 bits, added up. */
    private static int sum(byte[] table) {
        ByteBuffer words = ByteBuffer.allocate(padded(table.length)).put(table);
        int sum = 0;
        for (int i = 0; i < words.capacity(); i += 4) {
            sum += words.getInt(i);
        }
        return sum;
    }

    private static byte[] deflated(byte[] plain) {
        try (Deflater d = new Deflater(Deflater.BEST_COMPRESSION)) {
            d.setInput(plain);
            d.finish();
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            byte[] part = new byte[1 << 16];
            while (!d.finished()) {
                out.write(part, 0, d.deflate(part));
            }
            return out.toByteArray();
        }
    }
}
