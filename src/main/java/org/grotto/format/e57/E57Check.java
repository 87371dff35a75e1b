package org.grotto.format.e57;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.grotto.base.GrottoException;
import org.grotto.base.Work;
import org.grotto.format.Finding;
import org.grotto.format.Findings;

/**
 * What of a file breaks ASTM E2807-11. The clauses are named by the structures that the standard defines, whose names stand
 * in every E57 file and library. Costs one pass over all pages, several threads, then one over the packets, a scan a thread.
 */
final class E57Check {
    static final String STANDARD = "ASTM E2807-11, ";
    private static final String HEADER = STANDARD + "file header";
    private static final String PAGES = STANDARD + "pages and checksums";
    static final String AGAIN = "copy the file again from its source";
    static final String EXPORT = "export the file again";
    /** Physical bytes that one task sums up. */
    private static final long STRETCH = 4L << 20;

    private E57Check() {}

    static List<Finding> of(Path file, Work work) {
        Findings f = new Findings();
        try (E57Pages pages = E57Pages.open(file, true)) {
            E57Header header = header(pages, f);
            if (header == null) {
                return f.all();
            }
            pages.limit(header.fileLength());
            BitSet bad = sums(pages, work, f);
            E57Node root;
            try {
                root = E57Xml.parse(pages, header);
            } catch (GrottoException e) {
                f.refusal(file, STANDARD + "XML section", e);
                return f.all();
            }
            E57Tree tree = new E57Tree(root, pages, header, f);
            tree.check();
            List<E57Tree.Points> points = tree.points();
            work.each(points.size(), i -> {
                E57Tree.Points p = points.get(i);
                boolean sound = new E57SectionCheck(pages, p, f).run();
                if (sound && bad.isEmpty()) {
                    new E57PointsCheck(pages, p, f).run();
                }
            });
            tree.images();
        }
        return f.all();
    }

    /** The header, where the rest of the file can be found by it; else null. */
    private static @org.jspecify.annotations.Nullable E57Header header(E57Pages pages, Findings f) {
        byte[] b = pages.head(E57Header.BYTES);
        if (b.length < E57Header.BYTES || !Arrays.equals(b, 0, 8, E57Header.SIGNATURE, 0, 8)) {
            f.fault(
                    "byte 0",
                    HEADER + ": fileSignature",
                    b.length < E57Header.BYTES
                            ? "the file has " + b.length + " bytes, where its header has " + E57Header.BYTES
                            : "the file does not begin with \"ASTM-E57\"",
                    AGAIN);
            return null;
        }
        ByteBuffer h = ByteBuffer.wrap(b).order(ByteOrder.LITTLE_ENDIAN);
        E57Header e = new E57Header(h.getInt(8), h.getInt(12), h.getLong(16), h.getLong(24), h.getLong(32));
        if (e.major() != 1 || e.minor() != 0) {
            f.fault(
                    "byte 8",
                    HEADER + ": majorVersion, minorVersion",
                    "version " + Integer.toUnsignedString(e.major()) + "." + Integer.toUnsignedString(e.minor())
                            + ", where the standard has 1.0 alone",
                    "export it as E57 1.0");
        }
        if (h.getLong(40) != E57Pages.PAGE) {
            f.fault(
                    "byte 40",
                    HEADER + ": pageSize",
                    "pages of " + Long.toUnsignedString(h.getLong(40)) + " bytes, where 1,024 are due",
                    EXPORT);
            return null;
        }
        long there = pages.length();
        long stated = e.fileLength();
        if (stated != there) {
            f.fault(
                    "byte 16",
                    HEADER + ": filePhysicalLength",
                    "states " + Long.toUnsignedString(stated) + " bytes, where the file has " + there,
                    stated > there ? "it was cut; " + AGAIN : "something was written behind its end; " + AGAIN);
        }
        if (stated < E57Pages.PAGE || stated % E57Pages.PAGE != 0) {
            f.fault(
                    "byte 16",
                    PAGES,
                    "a length of " + Long.toUnsignedString(stated) + " bytes is no whole number of pages",
                    EXPORT);
        }
        long length = Math.min(there, stated < E57Pages.PAGE ? there : stated) / E57Pages.PAGE * E57Pages.PAGE;
        E57Header usable = new E57Header(e.major(), e.minor(), length, e.xmlOffset(), e.xmlLength());
        long start = E57Pages.logical(e.xmlOffset());
        boolean place = e.xmlOffset() >= E57Header.BYTES
                && e.xmlOffset() < length
                && e.xmlOffset() % E57Pages.PAGE < E57Pages.PAYLOAD;
        if (!place) {
            f.fault(
                    "byte 24",
                    HEADER + ": xmlPhysicalOffset",
                    "the XML section is said to start at byte " + Long.toUnsignedString(e.xmlOffset())
                            + ", where it cannot",
                    EXPORT);
            return null;
        }
        if (e.xmlLength() <= 0 || e.xmlLength() > length / E57Pages.PAGE * E57Pages.PAYLOAD - start) {
            f.fault(
                    "byte 32",
                    HEADER + ": xmlLogicalLength",
                    "an XML section of " + Long.toUnsignedString(e.xmlLength()) + " bytes does not fit in the file",
                    EXPORT);
            return null;
        }
        if (e.xmlLength() > E57Header.MAX_XML) {
            throw GrottoException.unsupported(
                    pages.path, "has an XML section of " + e.xmlLength() + " bytes, which is more than is read.");
        }
        return usable;
    }

    private static BitSet sums(E57Pages pages, Work work, Findings f) {
        int n = Math.toIntExact((pages.length() + STRETCH - 1) / STRETCH);
        List<BitSet> parts = work.map(n, i -> pages.bad(i * STRETCH, Math.min(pages.length(), (i + 1) * STRETCH)));
        BitSet bad = new BitSet();
        parts.forEach(bad::or);
        for (int from = bad.nextSetBit(0); from >= 0; ) {
            int to = bad.nextClearBit(from);
            f.fault(
                    "byte " + (long) from * E57Pages.PAGE,
                    PAGES,
                    to - from == 1
                            ? "the page that starts here is damaged: its checksum is not that of its bytes"
                            : (to - from)
                                    + " pages from here on are damaged: their checksums are not those of their bytes",
                    AGAIN);
            from = bad.nextSetBit(to);
        }
        return bad;
    }
}
