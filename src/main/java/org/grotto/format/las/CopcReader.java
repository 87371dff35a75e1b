package org.grotto.format.las;

import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.grotto.base.GrottoException;
import org.grotto.format.Column;
import org.grotto.format.las.laz.LayeredDecoder;
import org.grotto.format.las.laz.LazItems;
import org.grotto.format.las.laz.RangeDecoder;
import org.grotto.format.las.point.Bytes;
import org.grotto.format.las.point.LasLayout;
import org.grotto.format.las.point.LasPoints;
import org.jspecify.annotations.Nullable;

/**
 * Reads a COPC 1.0 file by its octree: header, info and hierarchy when opened, then the points of one node at a time, from
 * any number of threads.
 */
public final class CopcReader implements AutoCloseable {
    private static final int ENTRY = 32;
    private static final int DEEPEST = 30;

    private final Source in;
    private final LasHeader header;
    private final CopcInfo info;
    private final LazItems items;
    private final ExtraColumns extra;
    private final @Nullable String crs;
    private final List<CopcNode> nodes = new ArrayList<>();

    public static CopcReader open(Path path) {
        return open(Source.open(path));
    }

    /** Reads from {@code channel} and closes it in the end; {@code name} stands for it in messages. */
    public static CopcReader open(SeekableByteChannel channel, Path name) {
        return open(Source.of(channel, name));
    }

    private static CopcReader open(Source in) {
        try {
            return new CopcReader(in);
        } catch (RuntimeException e) {
            in.close();
            throw e;
        }
    }

    private CopcReader(Source in) {
        this.in = in;
        this.header = LasHeader.read(in);
        List<Vlr> vlrs = Vlr.readAll(in, header);
        Vlr copc = Vlr.find(vlrs, Vlr.COPC, 1);
        Vlr laszip = Vlr.find(vlrs, Vlr.LASZIP, Vlr.LASZIP_ID);
        int format = header.layout().format();
        if (copc == null || laszip == null || format < 6 || format > 8) {
            throw GrottoException.badInput(
                    in.path(),
                    "is LAS or LAZ, but not COPC: it has no octree; make one with \"grotto copc "
                            + in.path().getFileName() + " -o FILE.copc.laz\".");
        }
        this.info = CopcInfo.parse(in.path(), copc, in.length());
        this.items = LazItems.parse(in.path(), laszip.data(), laszip.at(), header.layout());
        this.extra = ExtraColumns.of(header.layout(), Vlr.find(vlrs, Vlr.SPEC, Vlr.EXTRA_BYTES));
        this.crs = Crs.of(vlrs);
        hierarchy();
    }

    private void hierarchy() {
        record Page(long at, long size) {}
        ArrayDeque<Page> pages = new ArrayDeque<>();
        Set<Long> seen = new HashSet<>();
        pages.add(new Page(info.hierarchyAt(), info.hierarchySize()));
        long budget = in.length();
        long total = 0;
        while (!pages.isEmpty()) {
            Page page = pages.remove();
            budget -= page.size;
            if (!seen.add(page.at) || budget < 0 || page.size % ENTRY != 0 || page.size > Integer.MAX_VALUE - 64) {
                throw GrottoException.badInput(
                        in.path(),
                        page.at,
                        "a hierarchy page of " + page.size + " bytes is said to start here, which cannot be.");
            }
            byte[] b = in.read(page.at, (int) page.size);
            for (int p = 0; p < b.length; p += ENTRY) {
                CopcNode n = new CopcNode(
                        Bytes.int32(b, p),
                        Bytes.int32(b, p + 4),
                        Bytes.int32(b, p + 8),
                        Bytes.int32(b, p + 12),
                        Bytes.int64(b, p + 16),
                        Bytes.int32(b, p + 24),
                        Bytes.int32(b, p + 28));
                check(n, page.at + p);
                if (n.points() < 0) {
                    pages.add(new Page(n.at(), n.bytes()));
                } else {
                    nodes.add(n);
                    total += n.points();
                }
            }
        }
        if (total != header.count()) {
            throw GrottoException.badInput(
                    in.path(),
                    info.hierarchyAt(),
                    "the octree holds " + total + " points, but the header announces " + header.count() + ".");
        }
    }

    private void check(CopcNode n, long at) {
        boolean key = n.level() >= 0
                && n.level() <= DEEPEST
                && (n.x() | n.y() | n.z()) >= 0
                && Math.max(n.x(), Math.max(n.y(), n.z())) < 1L << n.level();
        boolean place = n.points() == 0
                || (n.at() >= 0 && n.bytes() >= 0 && n.bytes() <= in.length() && n.at() <= in.length() - n.bytes());
        if (!key || !place || n.points() < -1) {
            throw GrottoException.badInput(
                    in.path(),
                    at,
                    "the octree names a node " + n.level() + "-" + n.x() + "-" + n.y() + "-" + n.z() + " of "
                            + n.points() + " points in " + n.bytes() + " bytes from byte " + n.at()
                            + " on, which cannot be.");
        }
    }

    public Path path() {
        return in.path();
    }

    public CopcInfo info() {
        return info;
    }

    /** All nodes, in file order of the hierarchy. */
    public List<CopcNode> nodes() {
        return java.util.Collections.unmodifiableList(nodes);
    }

    public long count() {
        return header.count();
    }

    public LasLayout layout() {
        return header.layout();
    }

    /** Metres = raw * scale + offset, {x, y, z}. */
    public double[] scale() {
        return header.scale().clone();
    }

    public double[] offset() {
        return header.offset().clone();
    }

    public @Nullable String crs() {
        return crs;
    }

    /** The extra columns that the points have (nx, ny, nz, ...). */
    public List<Column> extraColumns() {
        return extra.fields().stream().map(ExtraColumns.Field::column).toList();
    }

    /** The points of a node, in arrays of their own. */
    public LasPoints points(CopcNode node) {
        if (node.points() <= 0) {
            return new LasPoints(layout(), 0);
        }
        if ((long) node.points() * layout().length() > Integer.MAX_VALUE / 2) {
            throw GrottoException.unsupported(
                    in.path(), "has a node of " + node.points() + " points, which is more than can be shown at once.");
        }
        byte[] b = in.read(node.at(), node.bytes());
        try {
            LayeredDecoder d = new LayeredDecoder(b, 0, b.length, layout(), items.version4(), node.points());
            // the points are held in pieces first: a count that the data do not bear out costs no memory
            LasPoints p = new LasPoints(layout(), LasPoints.modest(layout(), node.points()));
            if (p.capacity == node.points()) {
                p.size = d.next(p, 0, node.points());
                d.finish();
                return p;
            }
            List<LasPoints> pieces = new ArrayList<>();
            for (p.size = d.next(p, 0, p.capacity); p.size > 0; p.size = d.next(p, 0, p.capacity)) {
                pieces.add(p);
                p = new LasPoints(layout(), p.capacity);
            }
            d.finish();
            return LasPoints.concat(layout(), pieces);
        } catch (RangeDecoder.Corrupt e) {
            throw GrottoException.badInput(
                    in.path(), node.at(), "the compressed points that start here are corrupt: " + e.getMessage() + ".");
        }
    }

    /** Positions relative to an origin in metres, x y z interleaved. */
    public float[] positions(LasPoints p, double originX, double originY, double originZ) {
        float[] f = new float[3 * p.size];
        double[] s = header.scale();
        double[] o = header.offset();
        for (int i = 0; i < p.size; i++) {
            f[3 * i] = (float) (p.x[i] * s[0] + o[0] - originX);
            f[3 * i + 1] = (float) (p.y[i] * s[1] + o[1] - originY);
            f[3 * i + 2] = (float) (p.z[i] * s[2] + o[2] - originZ);
        }
        return f;
    }

    /** Unit normals, x y z interleaved, or null where the points have none. */
    public float @Nullable [] normals(LasPoints p) {
        String[] names = {Column.NX, Column.NY, Column.NZ};
        float[] f = new float[3 * p.size];
        double[] v = new double[p.size];
        for (int k = 0; k < 3; k++) {
            ExtraColumns.Field field = null;
            for (ExtraColumns.Field e : extra.fields()) {
                if (e.column().name().equals(names[k])) {
                    field = e;
                }
            }
            if (field == null) {
                return null;
            }
            field.get(p, 0, v, 0, p.size);
            for (int i = 0; i < p.size; i++) {
                f[3 * i + k] = (float) v[i];
            }
        }
        return f;
    }

    @Override
    public void close() {
        in.close();
    }
}
