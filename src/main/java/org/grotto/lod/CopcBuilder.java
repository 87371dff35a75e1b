package org.grotto.lod;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.grotto.base.GrottoException;
import org.grotto.base.Outputs;
import org.grotto.base.Progress;
import org.grotto.base.Work;
import org.grotto.format.Picture;
import org.grotto.format.PointBatch;
import org.grotto.format.PointReader;
import org.grotto.format.Scan;
import org.grotto.format.las.CopcInfo;
import org.grotto.format.las.CopcWriter;
import org.grotto.format.las.LasConverter;
import org.grotto.format.las.LasReader;
import org.grotto.format.las.point.LasLayout;
import org.grotto.format.las.point.LasPoints;
import org.grotto.geometry.Cloud;
import org.grotto.geometry.Lattice;
import org.grotto.geometry.Morton;
import org.grotto.scene.Station;
import org.grotto.store.Craft;
import org.grotto.store.Engine;
import org.grotto.store.Region;
import org.grotto.store.Store;
import org.jspecify.annotations.Nullable;

/**
 * Makes a COPC 1.0 file (point format 6, 7 with colour, 8 with near infrared) from a store or from point files: one Morton
 * sort, an octree over the sorted points ({@link PointOctree}), nodes compressed in parallel and written level by level.
 * The bytes depend on the points and options alone. Points are held in memory: their record plus 24 bytes each.
 */
public final class CopcBuilder {
    private static final int MORTON_BITS = 21;
    /** Points of the nodes that are compressed at once, about: bounds what waits to be written. */
    private static final int GROUP = 2_000_000;
    /** Bytes a point that sorting takes beside the records. */
    private static final int SORTING = 24;

    private CopcBuilder() {}

    /**
     * What was written.
     *
     * @param lost what the file could not keep, in words
     */
    public record Written(long points, List<String> lost) {}

    /** Raw points and how they become metres. */
    private record Raw(
            LasPoints points, double[] scale, double[] offset, byte @Nullable [] extraBytes, boolean standardTime) {}

    /**
     * Writes {@code points}: positions on their lattice, or on the options' step where that is coarser, colour, intensity as
     * 16 bits, normals as extra bytes NormalX, NormalY, NormalZ, the station's index plus one as point source id (0:
     * unknown), and the columns of the scans ({@link CopcColumns}).
     *
     * <p>Normals are floats rounded to 1/16384 (0.003 degrees, far below what neighbours allow to estimate): any reader
     * takes them as they are, and the digits that were rounded away cost nothing compressed.
     *
     * @param stations those of the points; at most 65,535
     */
    public static void write(Store points, List<Station> stations, Path file, CopcOptions o, Engine engine) {
        if (stations.size() > 65_535) {
            throw GrottoException.badRequest(
                    file + ": LAS tells at most 65,535 stations apart, found " + stations.size() + ".");
        }
        CopcColumns columns = new CopcColumns(points.columns());
        LasLayout layout = columns.layout();
        budget(points.size(), layout.length() + SORTING, engine.work());
        Lattice lattice = points.lattice();
        double step = Math.max(o.step(), lattice.step());
        int[] first = new int[points.regions() + 1];
        for (int i = 0; i < points.regions(); i++) {
            first[i + 1] = first[i] + points.count(i);
        }
        LasPoints all = new LasPoints(layout, Math.toIntExact(points.size()));
        all.size = Math.toIntExact(points.size());
        engine.map(points, Craft.of(columns.needs(), 0, (region, work) -> {
            all.copy(records(region, columns, step), 0, first[region.index()], region.count());
            return region.index();
        }));
        double[] offset = {lattice.originX(), lattice.originY(), lattice.originZ()};
        double[] scale = {step, step, step};
        Raw raw = new Raw(all, scale, offset, columns.description(), standardTime(stations));
        Outputs.file(file, t -> build(raw, t, o, o.crs(), engine.work()));
    }

    /** Whether all times count from the epoch of adjusted standard GPS time. */
    private static boolean standardTime(List<Station> stations) {
        List<String> clocks =
                stations.stream().map(Station::clock).filter(Objects::nonNull).toList();
        return !clocks.isEmpty() && clocks.stream().allMatch(LasReader.STANDARD_TIME::equals);
    }

    /** The records of a region, which asked for no halo. */
    private static LasPoints records(Region region, CopcColumns columns, double step) {
        Cloud c = region.cloud();
        LasPoints p = new LasPoints(columns.layout(), c.size);
        p.size = c.size;
        boolean same = step == c.lattice.step();
        double f = c.lattice.step() / step;
        for (int i = 0; i < c.size; i++) {
            p.x[i] = same ? c.x[i] : (int) Math.rint(c.x[i] * f);
            p.y[i] = same ? c.y[i] : (int) Math.rint(c.y[i] * f);
            p.z[i] = same ? c.z[i] : (int) Math.rint(c.z[i] * f);
        }
        columns.fill(c, p);
        return p;
    }

    /**
     * Writes all scans of {@code inputs}, which stay open. A single LAS, LAZ or COPC file of point format 6 to 8 is taken as
     * it is, bit for bit, with its scale, offset and extra bytes; everything else goes through {@link LasConverter}.
     *
     * @return how many points it holds and what it could not keep
     */
    public static Written write(List<PointReader> inputs, Path file, CopcOptions o, Work work) {
        List<String> lost = new ArrayList<>();
        Raw raw;
        if (inputs.size() == 1 && inputs.getFirst() instanceof LasReader las && fits(las.layout())) {
            raw = readLas(las, work);
            lost.addAll(las.notKept());
            if (eightBits(raw.points)) {
                lost.add("16 bits of colour: its fields hold 8, as in the input, which viewers show dark");
            }
        } else {
            raw = convert(inputs, file, o, work, lost);
        }
        String crs = o.crs() != null
                ? o.crs()
                : inputs.isEmpty() ? null : inputs.getFirst().metadata().get("crs");
        Outputs.file(file, t -> build(raw, t, o, crs, work));
        return new Written(raw.points.size, lost);
    }

    /** Whether colours are there, and none beyond 8 bits. */
    private static boolean eightBits(LasPoints p) {
        if (p.red == null || p.green == null || p.blue == null) {
            return false;
        }
        int greatest = 0;
        for (int i = 0; i < p.size; i++) {
            greatest = Math.max(greatest, Math.max(p.red[i], Math.max(p.green[i], p.blue[i])));
        }
        return greatest > 0 && greatest <= 255;
    }

    private static boolean fits(LasLayout l) {
        return l.format() >= 6 && l.format() <= 8;
    }

    private static void budget(long points, int bytesAPoint, Work work) {
        if (points > Integer.MAX_VALUE - 64) {
            throw GrottoException.badRequest(
                    "A COPC file of " + points + " points is more than is sorted in memory; split the input.");
        }
        long need = points * bytesAPoint;
        if (need > work.memoryBytes()) {
            throw GrottoException.badRequest("A COPC file of " + points + " points is made in about "
                    + (need / 1_000_000 + 1) + " MB of memory, but only " + work.memoryBytes() / 1_000_000
                    + " MB may be used; raise --memory, or split the input.");
        }
    }

    private static Raw readLas(LasReader las, Work work) {
        budget(las.count(), las.layout().length() + SORTING, work);
        int n = (int) las.count();
        LasPoints p = new LasPoints(las.layout(), n);
        try (Progress.Step step = work.progress().begin("reading points", n, "points")) {
            work.each(las.blocks(), b -> {
                LasReader.Block block = las.block(b);
                int from = (int) las.blockStart(b);
                int end = (int) las.blockStart(b + 1);
                while (from < end) {
                    int k = block.next(p, from, Math.min(1 << 16, end - from));
                    from += k;
                    step.advance(k);
                }
            });
        }
        p.size = n;
        return new Raw(p, las.scale(), las.offset(), las.extraBytesRecord(), las.standardTime());
    }

    private static Raw convert(List<PointReader> inputs, Path file, CopcOptions o, Work work, List<String> lost) {
        List<Scan> scans = new ArrayList<>();
        inputs.forEach(r -> scans.addAll(r.scans()));
        if (scans.isEmpty()) {
            throw GrottoException.badInput(
                    inputs.getFirst().path(), "there are no points to write; name an input with some.");
        }
        List<LasPoints> pieces = new ArrayList<>();
        LasConverter c = new LasConverter(file, o.step(), scans, pieces::add);
        long n = 0;
        try (Progress.Step step = work.progress().begin("reading points", -1, "points")) {
            for (PointReader r : inputs) {
                lost.addAll(r.notKept());
                if (!r.pictures().isEmpty()) {
                    lost.add(Picture.count(r.pictures()));
                }
                for (int s = 0; s < r.scans().size(); s++) {
                    Scan scan = r.scans().get(s);
                    c.begin(scan);
                    PointBatch b = new PointBatch(scan.columns(), 8192);
                    try (PointReader.PointCursor cursor = r.points(s)) {
                        while (cursor.next(b)) {
                            n += b.size;
                            budget(n, 2 * c.layout().length() + SORTING, work); // twice, while the pieces are joined
                            c.write(b);
                            step.advance(b.size);
                        }
                    }
                }
            }
            c.finish();
        }
        lost.addAll(c.lost());
        return new Raw(
                LasPoints.concat(c.layout(), pieces), c.scale(), c.offset(), c.extraBytesPayload(), c.standardTime());
    }

    private static void build(Raw raw, Path file, CopcOptions o, @Nullable String crs, Work work) {
        LasPoints p = raw.points;
        int n = p.size;
        int[] low = {Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE};
        int[] high = {Integer.MIN_VALUE, Integer.MIN_VALUE, Integer.MIN_VALUE};
        int[][] axes = {p.x, p.y, p.z};
        work.each(3, k -> {
            for (int i = 0; i < n; i++) {
                low[k] = Math.min(low[k], axes[k][i]);
                high[k] = Math.max(high[k], axes[k][i]);
            }
        });
        // the cube starts at the lowest corner; it is one step larger than the points, so that the last lie inside
        double side = 0;
        double[] corner = new double[3];
        int[] base = new int[3];
        for (int k = 0; k < 3; k++) {
            double s = raw.scale[k];
            if (n == 0) {
                low[k] = 0;
                high[k] = 0;
            }
            base[k] = s > 0 ? low[k] : high[k];
            corner[k] = base[k] * s + raw.offset[k];
            side = Math.max(side, (((double) high[k] - low[k]) + 1) * Math.abs(s));
        }
        int[] order;
        List<PointOctree.Node> nodes;
        try (Progress.Step step = work.progress().begin("sorting points", n, "points")) {
            long[] codes = codes(p, base, raw.scale, side, work);
            order = Morton.sort(codes, work);
            long[] sorted = new long[n];
            work.blocks(n, 1 << 16, (from, to) -> {
                for (int i = from; i < to; i++) {
                    sorted[i] = codes[order[i]];
                }
            });
            step.advance(n);
            nodes = PointOctree.nodes(sorted, o.nodePoints(), work);
        }
        double half = side / 2;
        CopcInfo info = new CopcInfo(
                corner[0] + half,
                corner[1] + half,
                corner[2] + half,
                half,
                side / (1 << PointOctree.GRID_BITS),
                0,
                0,
                0,
                0);
        try (CopcWriter out = new CopcWriter(
                        file, p.layout, raw.scale, raw.offset, info, raw.extraBytes, crs, raw.standardTime);
                Progress.Step step = work.progress().begin("writing COPC", n, "points")) {
            for (int from = 0; from < nodes.size(); ) {
                int end = from;
                long size = 0;
                while (end < nodes.size()
                        && (end == from || size + nodes.get(end).members().length <= GROUP)) {
                    size += nodes.get(end++).members().length;
                }
                int first = from;
                List<CopcWriter.Chunk> chunks = work.map(end - from, k -> {
                    int[] members = nodes.get(first + k).members();
                    int[] index = new int[members.length];
                    for (int i = 0; i < index.length; i++) {
                        index[i] = order[members[i]];
                    }
                    return CopcWriter.compress(p.pick(index));
                });
                for (int k = 0; k < chunks.size(); k++) {
                    PointOctree.Node node = nodes.get(first + k);
                    out.node(node.level(), node.x(), node.y(), node.z(), chunks.get(k));
                }
                step.advance(size);
                from = end;
            }
        }
    }

    private static long[] codes(LasPoints p, int[] base, double[] scale, double side, Work work) {
        long[] codes = new long[p.size];
        double cells = 1 << MORTON_BITS;
        double fx = scale[0] / side * cells;
        double fy = scale[1] / side * cells;
        double fz = scale[2] / side * cells;
        int last = (1 << MORTON_BITS) - 1;
        work.blocks(p.size, 1 << 16, (from, to) -> {
            for (int i = from; i < to; i++) {
                int x = (int) (((double) p.x[i] - base[0]) * fx);
                int y = (int) (((double) p.y[i] - base[1]) * fy);
                int z = (int) (((double) p.z[i] - base[2]) * fz);
                codes[i] = Morton.encode(Math.min(x, last), Math.min(y, last), Math.min(z, last));
            }
        });
        return codes;
    }
}
