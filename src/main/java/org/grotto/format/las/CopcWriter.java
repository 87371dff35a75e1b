package org.grotto.format.las;

import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.grotto.format.las.laz.LayeredEncoder;
import org.grotto.format.las.laz.LazItems;
import org.grotto.format.las.point.Bytes;
import org.grotto.format.las.point.LasLayout;
import org.grotto.format.las.point.LasPoints;
import org.jspecify.annotations.Nullable;

/**
 * Writes a COPC 1.0 file: the nodes of an octree one after the other, then its hierarchy. Which point belongs to which node
 * is the caller's business; each node's points must lie in its part of the cube.
 */
public final class CopcWriter implements AutoCloseable {
    /** A subtree of more nodes than this gets a hierarchy page of its own. */
    private static final int PAGE_NODES = 2048;

    private static final int PAGE_LEVELS = 4;

    private final LasOutput out;
    private final CopcInfo info;
    private final double[] offset;
    private final List<CopcNode> nodes = new ArrayList<>();
    private double timeMin = Double.POSITIVE_INFINITY;
    private double timeMax = Double.NEGATIVE_INFINITY;

    /**
     * @param layout of point format 6, 7 or 8
     * @param info cube and spacing; hierarchy and times are found out here
     * @param extraBytes payload of the Extra Bytes record, or null
     * @param crs WKT, or null
     * @param standardTime times are adjusted standard GPS times, not GPS week times
     */
    public CopcWriter(
            Path file,
            LasLayout layout,
            double[] scale,
            double[] offset,
            CopcInfo info,
            byte @Nullable [] extraBytes,
            @Nullable String crs,
            boolean standardTime) {
        if (layout.format() < 6 || layout.format() > 8) {
            throw new IllegalArgumentException("COPC knows point formats 6 to 8, not " + layout.format());
        }
        this.info = info;
        this.offset = offset.clone();
        List<byte[]> vlrs = new ArrayList<>();
        vlrs.add(Vlr.bytes(Vlr.COPC, 1, "COPC info VLR", info.bytes()));
        vlrs.add(Vlr.bytes(Vlr.LASZIP, Vlr.LASZIP_ID, "LASzip by Grotto", LazItems.bytes(layout, LazItems.VARIABLE)));
        if (extraBytes != null) {
            vlrs.add(Vlr.bytes(Vlr.SPEC, Vlr.EXTRA_BYTES, "Extra Bytes", extraBytes));
        }
        String system = LasWriter.wkt(crs);
        if (system != null && LasWriter.isWkt(system)) {
            vlrs.add(LasWriter.wktRecord(system));
        }
        out = new LasOutput(file, layout, scale, vlrs, true, true, standardTime, 0, 0);
    }

    /** The compressed points of a node, made on any thread. */
    public static final class Chunk {
        private final byte[] data;
        private final int points;
        private final LasOutput.Summary summary;
        private final double timeMin;
        private final double timeMax;

        private Chunk(byte[] data, int points, LasOutput.Summary summary, double timeMin, double timeMax) {
            this.data = data;
            this.points = points;
            this.summary = summary;
            this.timeMin = timeMin;
            this.timeMax = timeMax;
        }
    }

    /** Compresses all points of {@code p}. */
    public static Chunk compress(LasPoints p) {
        double lo = Double.POSITIVE_INFINITY;
        double hi = Double.NEGATIVE_INFINITY;
        if (p.time != null) {
            for (int i = 0; i < p.size; i++) {
                double t = Double.longBitsToDouble(p.time[i]);
                if (Double.isFinite(t)) {
                    lo = Math.min(lo, t);
                    hi = Math.max(hi, t);
                }
            }
        }
        return new Chunk(
                LayeredEncoder.encode(p, 0, p.size, false), p.size, LasOutput.Summary.of(p, 0, p.size), lo, hi);
    }

    /** Appends a node. */
    public void node(int level, int x, int y, int z, Chunk chunk) {
        long at = out.chunk(chunk.data, chunk.points);
        out.add(chunk.summary);
        timeMin = Math.min(timeMin, chunk.timeMin);
        timeMax = Math.max(timeMax, chunk.timeMax);
        nodes.add(new CopcNode(level, x, y, z, at, chunk.data.length, chunk.points));
    }

    private record Key(int level, int x, int y, int z) {
        Key up(int levels) {
            return new Key(level - levels, x >> levels, y >> levels, z >> levels);
        }
    }

    /** Ends the file: hierarchy, info, header. */
    @Override
    public void close() {
        try (LasOutput o = out) {
            o.endPoints();
            if (nodes.isEmpty()) {
                nodes.add(new CopcNode(0, 0, 0, 0, 0, 0, 0)); // readers trip over a page without entries
            }
            // pages of subtrees first, so that their places are known where they are referred to; the payload's own
            // place is known beforehand, too, since nothing stands between the chunk table and it
            long start = o.position() + Vlr.HEAD_EXTENDED;
            ByteArrayOutputStream pages = new ByteArrayOutputStream();
            long[] root = page(nodes, 0, start, pages);
            o.extended(Vlr.COPC, 1000, "COPC hierarchy", pages.toByteArray());
            boolean timed = timeMin <= timeMax;
            CopcInfo done = new CopcInfo(
                    info.centreX(),
                    info.centreY(),
                    info.centreZ(),
                    info.halfSize(),
                    info.spacing(),
                    root[0],
                    root[1],
                    timed ? timeMin : 0,
                    timed ? timeMax : 0);
            o.patch(LasHeader.SIZE_14 + Vlr.HEAD, done.bytes());
            o.finish(offset);
        }
    }

    /** Writes the page of a subtree whose root is at {@code level}; gives its place and size. */
    private static long[] page(List<CopcNode> subtree, int level, long start, ByteArrayOutputStream to) {
        List<CopcNode> here = subtree;
        List<long[]> children = new ArrayList<>();
        List<Key> keys = new ArrayList<>();
        int cut = level + PAGE_LEVELS;
        if (subtree.size() > PAGE_NODES) {
            here = new ArrayList<>();
            Map<Key, List<CopcNode>> deeper = new HashMap<>();
            for (CopcNode n : subtree) {
                if (n.level() < cut) {
                    here.add(n);
                } else {
                    Key k = new Key(n.level(), n.x(), n.y(), n.z()).up(n.level() - cut);
                    deeper.computeIfAbsent(k, x -> new ArrayList<>()).add(n);
                }
            }
            keys.addAll(deeper.keySet());
            keys.sort(Comparator.comparingInt(Key::x).thenComparingInt(Key::y).thenComparingInt(Key::z));
            for (Key k : keys) {
                children.add(page(deeper.getOrDefault(k, List.of()), cut, start, to));
            }
        }
        long at = start + to.size();
        for (CopcNode n : here) {
            to.writeBytes(entry(n.level(), n.x(), n.y(), n.z(), n.at(), n.bytes(), n.points()));
        }
        for (int k = 0; k < children.size(); k++) {
            Key key = keys.get(k);
            long[] c = children.get(k);
            to.writeBytes(entry(key.level, key.x, key.y, key.z, c[0], (int) c[1], -1));
        }
        return new long[] {at, start + to.size() - at};
    }

    private static byte[] entry(int level, int x, int y, int z, long at, int bytes, int points) {
        byte[] b = new byte[32];
        Bytes.put32(b, 0, level);
        Bytes.put32(b, 4, x);
        Bytes.put32(b, 8, y);
        Bytes.put32(b, 12, z);
        Bytes.put64(b, 16, at);
        Bytes.put32(b, 24, bytes);
        Bytes.put32(b, 28, points);
        return b;
    }
}
