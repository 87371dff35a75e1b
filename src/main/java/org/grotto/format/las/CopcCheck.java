package org.grotto.format.las;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.grotto.base.GrottoException;
import org.grotto.base.Work;
import org.grotto.format.Findings;
import org.grotto.format.las.laz.LazItems;
import org.grotto.format.las.point.Bytes;
import org.grotto.format.las.point.LasPoints;

/** A COPC 1.0 file's octree: info record, hierarchy pages, and the points of every node against its cube. */
final class CopcCheck {
    private static final String COPC = "COPC 1.0, ";
    private static final String INFO = COPC + "info VLR";
    private static final String PAGES = COPC + "hierarchy VLR";
    private static final String WRITE = "write it again, as with \"grotto copc\"";
    private static final int ENTRY = 32;
    private static final int DEEPEST = 31;

    private final Source in;
    private final LasHeader header;
    private final List<Vlr> vlrs;
    private final Findings f;

    CopcCheck(Source in, LasHeader header, List<Vlr> vlrs, Findings f) {
        this.in = in;
        this.header = header;
        this.vlrs = vlrs;
        this.f = f;
    }

    private record Key(int level, int x, int y, int z) {
        Key parent() {
            return new Key(level - 1, x >> 1, y >> 1, z >> 1);
        }

        @Override
        public String toString() {
            return level + "-" + x + "-" + y + "-" + z;
        }
    }

    void run(Work work) {
        Vlr v = Vlr.find(vlrs, Vlr.COPC, 1);
        if (v == null) {
            return;
        }
        String where = "byte " + v.at();
        if (v.at() != LasHeader.SIZE_14 + Vlr.HEAD || header.minor() != 4) {
            f.fault(
                    where,
                    INFO,
                    "stands at byte " + v.at() + " of LAS 1." + header.minor()
                            + ", where it must be the first record of" + " LAS 1.4, at byte "
                            + (LasHeader.SIZE_14 + Vlr.HEAD),
                    WRITE);
        }
        int format = header.layout().format();
        if (format < 6 || format > 8) {
            f.fault("byte 104", COPC + "point formats", "point format " + format + ", where 6, 7 or 8 is due", WRITE);
            return;
        }
        if (v.length() != CopcInfo.SIZE) {
            f.fault(where, INFO, "has " + v.length() + " bytes, where 160 are due", WRITE);
        }
        CopcInfo info;
        try {
            info = CopcInfo.parse(in.path(), v, in.length());
        } catch (GrottoException e) {
            f.refusal(in.path(), INFO, e);
            return;
        }
        for (int k = 72; k < CopcInfo.SIZE; k++) {
            if (v.data()[k] != 0) {
                f.fault("byte " + (v.at() + k), INFO + ": reserved", "is not zero", WRITE);
                break;
            }
        }
        Vlr laszip = Vlr.find(vlrs, Vlr.LASZIP, Vlr.LASZIP_ID);
        LazItems items = laszip == null ? null : LazItems.parse(in.path(), laszip.data(), laszip.at(), header.layout());
        if (items == null || !items.variable()) {
            f.fault(
                    "byte " + (laszip == null ? 104 : laszip.at()),
                    COPC + "LAZ",
                    "the chunks are not of variable size",
                    WRITE);
        }
        Vlr pages = Vlr.find(vlrs, Vlr.COPC, 1000);
        long from = info.hierarchyAt();
        if (pages == null || from < pages.at() || from + info.hierarchySize() > pages.at() + pages.length()) {
            f.fault(
                    "byte " + (v.at() + 40),
                    INFO + ": root_hier_offset",
                    pages == null
                            ? "the file has no extended record of the hierarchy"
                            : "the root page lies outside of the hierarchy's record",
                    WRITE);
        }
        List<CopcNode> nodes = hierarchy(info);
        if (nodes != null) {
            points(info, nodes, v, work);
        }
    }

    /** All nodes, or null where they cannot be followed. */
    private @org.jspecify.annotations.Nullable List<CopcNode> hierarchy(CopcInfo info) {
        Map<Key, Long> keys = new HashMap<>();
        Set<Long> seen = new HashSet<>();
        List<CopcNode> nodes = new ArrayList<>();
        ArrayDeque<long[]> pages = new ArrayDeque<>();
        pages.add(new long[] {info.hierarchyAt(), info.hierarchySize()});
        while (!pages.isEmpty()) {
            long[] page = pages.remove();
            String where = "byte " + page[0];
            if (page[0] < 0 || page[1] < 0 || page[1] > in.length() - page[0] || page[1] > Integer.MAX_VALUE - 64) {
                f.fault(where, PAGES, "a page of " + page[1] + " bytes does not lie in the file", WRITE);
                return null;
            }
            if (!seen.add(page[0]) || page[1] % ENTRY != 0) {
                f.fault(
                        where,
                        PAGES,
                        page[1] % ENTRY != 0
                                ? "a page of " + page[1] + " bytes is no whole number of entries"
                                : "a page twice",
                        WRITE);
                return null;
            }
            byte[] b = in.read(page[0], (int) page[1]);
            for (int p = 0; p < b.length; p += ENTRY) {
                long at = page[0] + p;
                Key k = new Key(
                        Bytes.int32(b, p), Bytes.int32(b, p + 4), Bytes.int32(b, p + 8), Bytes.int32(b, p + 12));
                CopcNode n = new CopcNode(
                        k.level, k.x, k.y, k.z, Bytes.int64(b, p + 16), Bytes.int32(b, p + 24), Bytes.int32(b, p + 28));
                if (!entry(n, k, at)) {
                    return null;
                }
                if (n.points() < 0) {
                    pages.add(new long[] {n.at(), n.bytes()});
                } else if (keys.putIfAbsent(k, at) != null) {
                    f.fault("byte " + at, PAGES + ": VoxelKey", "a second entry for " + k, WRITE);
                } else {
                    nodes.add(n);
                }
            }
        }
        long total = 0;
        for (CopcNode n : nodes) {
            Key k = new Key(n.level(), n.x(), n.y(), n.z());
            total += n.points();
            if (k.level > 0 && !keys.containsKey(k.parent())) {
                f.fault(
                        "byte " + keys.get(k),
                        PAGES + ": VoxelKey",
                        "node " + k + " has no parent " + k.parent() + " in the hierarchy",
                        WRITE);
            }
        }
        if (total != header.count()) {
            f.fault(
                    "byte " + info.hierarchyAt(),
                    PAGES + ": pointCount",
                    "the nodes hold " + total + " points, where the header announces " + header.count(),
                    WRITE);
        }
        return nodes;
    }

    private boolean entry(CopcNode n, Key k, long at) {
        boolean key = k.level >= 0
                && k.level < DEEPEST
                && (k.x | k.y | k.z) >= 0
                && Math.max(k.x, Math.max(k.y, k.z)) < 1L << k.level;
        if (!key) {
            f.fault("byte " + at, PAGES + ": VoxelKey", k + " is no cell of its level", WRITE);
            return false;
        }
        boolean place = n.points() == 0
                || n.at() >= 0 && n.bytes() >= 0 && n.bytes() <= in.length() && n.at() <= in.length() - n.bytes();
        if (!place || n.points() < -1) {
            f.fault(
                    "byte " + at,
                    PAGES + ": Entry",
                    "node " + k + " has " + n.points() + " points in " + n.bytes() + " bytes from byte " + n.at()
                            + " on",
                    WRITE);
            return false;
        }
        return true;
    }

    private record Outside(long points, double timeMin, double timeMax) {}

    private void points(CopcInfo info, List<CopcNode> nodes, Vlr v, Work work) {
        Path file = in.path();
        double lo = Double.POSITIVE_INFINITY;
        double hi = Double.NEGATIVE_INFINITY;
        try (CopcReader reader = CopcReader.open(file)) {
            List<Outside> all = work.map(nodes.size(), i -> node(reader, info, nodes.get(i)));
            for (int i = 0; i < all.size(); i++) {
                Outside o = all.get(i);
                CopcNode n = nodes.get(i);
                if (o.points > 0) {
                    f.fault(
                            "byte " + n.at(),
                            COPC + "octree",
                            o.points + (o.points == 1 ? " point" : " points") + " of node " + n.level() + "-" + n.x()
                                    + "-" + n.y() + "-" + n.z() + " lie outside of its cube",
                            WRITE);
                }
                lo = Math.min(lo, o.timeMin);
                hi = Math.max(hi, o.timeMax);
            }
        } catch (GrottoException e) {
            f.refusal(file, COPC + "octree", e);
            return;
        }
        if (lo <= hi && (lo < info.timeMin() || hi > info.timeMax())) {
            f.fault(
                    "byte " + (v.at() + 56),
                    INFO + ": gpstime_minimum, gpstime_maximum",
                    "is " + info.timeMin() + " to " + info.timeMax() + ", where the times of the points run from " + lo
                            + " to " + hi,
                    WRITE);
        }
    }

    private Outside node(CopcReader reader, CopcInfo info, CopcNode n) {
        LasPoints p = reader.points(n);
        org.grotto.geometry.Box box = info.cube(n.level(), n.x(), n.y(), n.z());
        double[] s = reader.scale();
        double[] o = reader.offset();
        // a point on a side is in either cell, and rounded to its grid
        double dx = Math.abs(s[0]) + 1e-9 * Math.abs(box.maxX());
        double dy = Math.abs(s[1]) + 1e-9 * Math.abs(box.maxY());
        double dz = Math.abs(s[2]) + 1e-9 * Math.abs(box.maxZ());
        long out = 0;
        double lo = Double.POSITIVE_INFINITY;
        double hi = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < p.size; i++) {
            double x = p.x[i] * s[0] + o[0];
            double y = p.y[i] * s[1] + o[1];
            double z = p.z[i] * s[2] + o[2];
            boolean inside = x >= box.minX() - dx
                    && x <= box.maxX() + dx
                    && y >= box.minY() - dy
                    && y <= box.maxY() + dy
                    && z >= box.minZ() - dz
                    && z <= box.maxZ() + dz;
            out += inside ? 0 : 1;
            double t = p.time == null ? Double.NaN : Double.longBitsToDouble(p.time[i]);
            if (Double.isFinite(t)) {
                lo = Math.min(lo, t);
                hi = Math.max(hi, t);
            }
        }
        return new Outside(out, lo, hi);
    }
}
