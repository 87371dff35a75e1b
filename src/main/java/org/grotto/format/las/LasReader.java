package org.grotto.format.las;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.grotto.base.GrottoException;
import org.grotto.base.Work;
import org.grotto.format.Column;
import org.grotto.format.PointReader;
import org.grotto.format.Reading;
import org.grotto.format.Scan;
import org.grotto.format.Stated;
import org.grotto.format.las.laz.ChunkDecoder;
import org.grotto.format.las.laz.LayeredDecoder;
import org.grotto.format.las.laz.LazItems;
import org.grotto.format.las.laz.PointwiseDecoder;
import org.grotto.format.las.laz.RangeDecoder;
import org.grotto.format.las.point.LasLayout;
import org.grotto.format.las.point.LasPoints;
import org.jspecify.annotations.Nullable;

/**
 * Reads LAS 1.0 to 1.5, LAZ (all item versions that LASzip 1 to 3 wrote) and COPC as LAZ, point formats 0 to 10. LAS knows
 * no scanner poses: the one scan's pose and eye are null; which station a point belongs to stands in column
 * {@link Column#SOURCE}. Waveforms themselves are not kept, their references are columns.
 *
 * <p>Besides the cursor of {@link PointReader} the points can be had as raw columns, block by block and from several
 * threads at once ({@link #block}).
 */
public final class LasReader implements PointReader {
    /** Records in a block of an uncompressed file. */
    private static final int BLOCK = 65_536;
    /** The largest compressed chunk that is held in memory, bytes. */
    private static final long CHUNK_BYTES = Integer.MAX_VALUE - 64;

    /** Key of {@link Scan#metadata} that says what times count from. */
    public static final String TIME_KEY = "time";

    public static final String STANDARD_TIME = "adjusted standard GPS time";
    /** Millions of seconds of standard GPS time that adjusted standard GPS time counts from. */
    private static final int ADJUSTED = 1000;

    private final Source in;
    private final LasHeader header;
    private final List<Vlr> vlrs;
    private final @Nullable LazItems items;
    private final @Nullable ChunkTable chunks;
    private final ExtraColumns extra;
    private final LasColumns columns;
    private final Scan scan;
    private final @Nullable Work work;
    private final boolean keepGoing;
    /** Of the chunks that could not be decoded, and what the points are seen to span. */
    private final LasFindings findings = new LasFindings();
    /** Of COPC, where its hierarchy can be read. */
    private final @Nullable CopcLevels copc;
    /** The chunks to read, in file order, where these are not all. */
    private final int @Nullable [] picked;
    /** The index of the first point of each of these, and past the last. */
    private final long[] pickedFirst;

    /** Opens {@code path}; points are decoded by the thread that asks for them. */
    public static LasReader open(Path path) {
        return open(path, null);
    }

    /** Opens {@code path}; chunks are decoded by all threads of {@code work}, where it is given, and come in order. */
    public static LasReader open(Path path, @Nullable Work work) {
        return open(path, work, false);
    }

    /**
     * As {@link #open(Path, Work)}.
     *
     * @param keepGoing of a damaged file take what can be read: whole records, whole chunks; else it is refused
     */
    public static LasReader open(Path path, @Nullable Work work, boolean keepGoing) {
        return open(path, work, keepGoing, null);
    }

    /** As a reading says; of COPC, only the levels that it asks for. */
    static LasReader read(Path path, Reading reading) {
        return open(path, reading.work(), reading.keepGoing(), reading);
    }

    private static LasReader open(Path path, @Nullable Work work, boolean keepGoing, @Nullable Reading reading) {
        Source in = Source.open(path);
        try {
            return new LasReader(in, work, keepGoing, reading);
        } catch (RuntimeException e) {
            in.close();
            throw e;
        }
    }

    private LasReader(Source in, @Nullable Work work, boolean keepGoing, @Nullable Reading reading) {
        this.in = in;
        this.work = work;
        this.keepGoing = keepGoing;
        LasHeader h = LasHeader.read(in, keepGoing);
        this.vlrs = Vlr.readAll(in, h);
        if (h.compressed()) {
            Vlr v = Vlr.find(vlrs, Vlr.LASZIP, Vlr.LASZIP_ID);
            if (v == null) {
                throw GrottoException.badInput(
                        in.path(), 104, "says that it is compressed, but has no LASzip record that says how.");
            }
            this.items = LazItems.parse(in.path(), v.data(), v.at(), h.layout());
            this.chunks = ChunkTable.read(in, h, items, keepGoing);
            boolean leveled = Vlr.find(vlrs, Vlr.COPC, 1) != null && reading != null;
            this.copc = leveled ? CopcLevels.of(in.path(), reading, vlrs) : null;
            this.picked = copc == null || copc.starts() == null ? null : picked(chunks, copc.starts());
            this.pickedFirst = picked == null ? new long[1] : firsts(chunks, picked);
            this.header = h.withCount(picked == null ? chunks.count() : pickedFirst[picked.length]);
            h.said().addAll(chunks.said());
            h.lost().addAll(chunks.lost());
            if (copc != null) {
                h.said().addAll(copc.levels().understood());
            }
        } else {
            this.items = null;
            this.chunks = null;
            this.copc = null;
            this.picked = null;
            this.pickedFirst = new long[1];
            this.header = h;
        }
        this.extra = ExtraColumns.of(header.layout(), Vlr.find(vlrs, Vlr.SPEC, Vlr.EXTRA_BYTES));
        this.columns = new LasColumns(header, extra);
        Path name = in.path().getFileName();
        this.scan = new Scan(
                name == null ? in.path().toString() : name.toString(),
                null,
                null,
                null,
                header.count(),
                columns.columns(),
                header.bounds(),
                Column.Type.SCALED,
                header.scale().clone(),
                header.offset().clone(),
                header.layout().hasTime()
                        ? Map.of(TIME_KEY, standardTime() ? STANDARD_TIME : "GPS week time")
                        : Map.of());
    }

    private static int[] picked(ChunkTable chunks, Set<Long> starts) {
        int[] out = new int[chunks.size()];
        int n = 0;
        for (int b = 0; b < out.length; b++) {
            if (starts.contains(chunks.start()[b])) {
                out[n++] = b;
            }
        }
        return Arrays.copyOf(out, n);
    }

    private static long[] firsts(ChunkTable chunks, int[] picked) {
        long[] first = new long[picked.length + 1];
        for (int i = 0; i < picked.length; i++) {
            first[i + 1] = first[i] + chunks.first()[picked[i] + 1] - chunks.first()[picked[i]];
        }
        return first;
    }

    /** Seconds to add to the times of a file of LAS 1.5 that count from elsewhere, for adjusted standard GPS time. */
    static double shift(LasHeader h) {
        return h.timeOffset() < 0 ? 0 : 1e6 * (h.timeOffset() - ADJUSTED);
    }

    @Override
    public Path path() {
        return in.path();
    }

    @Override
    public String format() {
        String points = " point format " + header.layout().format();
        if (Vlr.find(vlrs, Vlr.COPC, 1) != null) {
            return "COPC 1.0 (LAZ " + header.version() + points + ")"; // COPC has this one version
        }
        return (header.compressed() ? "LAZ " : "LAS ") + header.version() + points;
    }

    @Override
    public List<Scan> scans() {
        return List.of(scan);
    }

    @Override
    public Map<String, String> metadata() {
        Map<String, String> m = new TreeMap<>();
        put(m, "crs", Crs.of(vlrs));
        put(m, "system", header.system());
        put(m, "software", header.software());
        put(m, "projectId", header.guid());
        if (header.year() != 0) {
            m.put("created", "day " + header.day() + " of " + header.year());
        }
        if (header.sourceId() != 0) {
            m.put("fileSourceId", Integer.toString(header.sourceId()));
        }
        m.putAll(scan.metadata());
        put(m, "levels", copc == null ? null : copc.levels().text());
        for (Vlr v : vlrs) {
            m.put(
                    "vlr." + v.user() + "." + v.id(),
                    v.length() + " bytes" + (v.description().isEmpty() ? "" : ", " + v.description()));
        }
        return m;
    }

    private static void put(Map<String, String> m, String key, @Nullable String value) {
        if (value != null && !value.isEmpty()) {
            m.put(key, value);
        }
    }

    @Override
    public Stated stated() {
        return Crs.stated(vlrs);
    }

    @Override
    public List<String> notKept() {
        List<String> list = new ArrayList<>(header.lost());
        list.addAll(findings.lost());
        if (header.layout().hasWave()) {
            list.add("waveforms (the columns refer to them)");
        }
        if (extra.undescribed() > 0) {
            list.add(extra.undescribed() + " bytes of each point that no Extra Bytes record describes");
        }
        for (Vlr v : vlrs) {
            boolean understood = v.user().equals(Vlr.PROJECTION)
                    || v.is(Vlr.SPEC, Vlr.EXTRA_BYTES)
                    || v.user().equals(Vlr.LASZIP)
                    || v.user().equals(Vlr.COPC);
            if (!understood) {
                list.add("record " + v.user() + " " + v.id() + " of " + v.length() + " bytes"
                        + (v.description().isEmpty() ? "" : " (" + v.description() + ")"));
            }
        }
        return list;
    }

    @Override
    public List<String> understood() {
        List<String> list = new ArrayList<>(header.said());
        if (shift(header) != 0 && header.layout().hasTime()) {
            list.add("times as adjusted standard GPS time, where the file counts them from " + header.timeOffset()
                    + " million seconds of GPS time");
        }
        if (picked == null) {
            list.addAll(findings.said(header));
        }
        return list;
    }

    @Override
    public PointCursor points(int index) {
        if (index != 0) {
            throw new IndexOutOfBoundsException(index);
        }
        return new LasCursor(this, columns, work, findings);
    }

    @Override
    public void close() {
        in.close();
    }

    public LasLayout layout() {
        return header.layout();
    }

    /** Metres = raw * scale + offset; {x, y, z}. */
    public double[] scale() {
        return header.scale().clone();
    }

    public double[] offset() {
        return header.offset().clone();
    }

    /** True where times are adjusted standard GPS times, false where they are GPS week times. */
    public boolean standardTime() {
        return (header.encoding() & LasHeader.ENCODING_STANDARD_TIME) != 0;
    }

    /** Seconds that were added to the times of the file. */
    double timeShift() {
        return shift(header);
    }

    public long count() {
        return header.count();
    }

    /** The payload of the Extra Bytes record, or null; it describes the extra bytes of {@link #layout}. */
    public byte @Nullable [] extraBytesRecord() {
        Vlr v = Vlr.find(vlrs, Vlr.SPEC, Vlr.EXTRA_BYTES);
        return v == null ? null : v.data().clone();
    }

    /** How many blocks the points come in: chunks of a LAZ file, runs of 65,536 records of a LAS file. */
    public int blocks() {
        int[] some = picked;
        return some != null
                ? some.length
                : chunks != null ? chunks.size() : Math.toIntExact((header.count() + BLOCK - 1) / BLOCK);
    }

    /** The index of the first point of block {@code b}; that of block {@link #blocks} is the number of points. */
    public long blockStart(int b) {
        return picked != null
                ? pickedFirst[b]
                : chunks != null ? chunks.first()[b] : Math.min((long) b * BLOCK, header.count());
    }

    /** One block being read; several may be, on several threads. */
    public interface Block {
        /**
         * Puts at most {@code max} further points into {@code p} from entry {@code from} on; returns how many, 0 at the
         * end.
         */
        int next(LasPoints p, int from, int max);
    }

    /** Starts block {@code b}; a compressed chunk is read into memory whole, its points are decoded as they are asked for. */
    public Block block(int b) {
        Block stored = stored(b);
        double shift = header.layout().hasTime() ? shift(header) : 0;
        return shift == 0
                ? stored
                : (p, from, max) -> {
                    int n = stored.next(p, from, max);
                    long[] time = p.time;
                    for (int i = from; time != null && i < from + n; i++) {
                        double t = Double.longBitsToDouble(time[i]);
                        time[i] = t == 0 ? time[i] : Double.doubleToRawLongBits(t + shift); // 0 is no time
                    }
                    return n;
                };
    }

    private Block stored(int b) {
        long points = blockStart(b + 1) - blockStart(b);
        if (chunks == null) {
            return new Records(blockStart(b), (int) points);
        }
        int[] some = picked;
        int chunk = some == null ? b : some[b];
        long at = chunks.start()[chunk];
        long bytes = chunks.start()[chunk + 1] - at;
        if (bytes > CHUNK_BYTES
                || (points > Integer.MAX_VALUE && header.layout().modern())) {
            throw GrottoException.unsupported(
                    path(), "has a compressed chunk of " + bytes + " bytes, which is more than can be held in memory.");
        }
        if (keepGoing) {
            try {
                decodeAll(new Chunk(at, (int) bytes, points));
            } catch (GrottoException e) {
                findings.chunk(b, points);
                return (p, from, max) -> 0;
            }
        }
        return new Chunk(at, (int) bytes, points);
    }

    /** Decodes a chunk to see that it can be: points of a damaged one come out before the damage shows. */
    private void decodeAll(Chunk chunk) {
        LasPoints p = new LasPoints(layout(), LasPoints.modest(layout(), 4096));
        while (chunk.next(p, 0, p.capacity) > 0) {}
    }

    private final class Records implements Block {
        private long at;
        private int left;
        private byte[] buffer = {};

        Records(long first, int points) {
            at = header.pointOffset() + first * header.layout().length();
            left = points;
        }

        @Override
        public int next(LasPoints p, int from, int max) {
            int n = Math.min(left, max);
            int length = header.layout().length();
            int step = Math.max(1, Math.min(n, (1 << 20) / length));
            if (buffer.length < step * length) {
                buffer = new byte[step * length];
            }
            for (int done = 0; done < n; ) {
                int k = Math.min(step, n - done);
                in.read(at, buffer, k * length);
                p.fromRecords(buffer, 0, from + done, k);
                at += (long) k * length;
                done += k;
            }
            left -= n;
            return n;
        }
    }

    private final class Chunk implements Block {
        private final long at;
        private final ChunkDecoder decoder;
        private long left;

        Chunk(long at, int bytes, long points) {
            this.at = at;
            this.left = points;
            if (items == null) {
                throw new IllegalStateException();
            }
            byte[] data = in.read(at, bytes);
            try {
                decoder = header.layout().modern()
                        ? new LayeredDecoder(data, 0, bytes, header.layout(), items.version4(), (int) points)
                        : new PointwiseDecoder(data, 0, bytes, header.layout(), items, points);
            } catch (RangeDecoder.Corrupt e) {
                throw corrupt(e);
            }
        }

        @Override
        public int next(LasPoints p, int from, int max) {
            try {
                int n = decoder.next(p, from, max);
                left -= n;
                if (left == 0 && n > 0) {
                    decoder.finish();
                }
                return n;
            } catch (RangeDecoder.Corrupt e) {
                throw corrupt(e);
            }
        }

        private GrottoException corrupt(RangeDecoder.Corrupt e) {
            return GrottoException.badInput(
                    path(),
                    at,
                    "the compressed chunk that starts here is corrupt: " + e.getMessage()
                            + "; copy the file again, or --keep-going would give the points of the other chunks.");
        }
    }
}
