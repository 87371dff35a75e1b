package org.grotto.format.las;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.grotto.base.Work;
import org.grotto.format.Column;
import org.grotto.format.PointBatch;
import org.grotto.format.PointWriter;
import org.grotto.format.Scan;
import org.grotto.format.las.laz.LayeredEncoder;
import org.grotto.format.las.laz.LazItems;
import org.grotto.format.las.point.LasPoints;
import org.jspecify.annotations.Nullable;

/**
 * Writes LAS 1.4 or LAZ (layered chunks, compressed in parallel, the same bytes on any number of threads); how scans become
 * LAS points, {@link LasConverter} says.
 */
public final class LasWriter implements PointWriter {
    private final Path file;
    private final LasWriteOptions options;
    private final List<Scan> expected;
    private final Work work;

    private @Nullable LasOutput out;
    private @Nullable LasConverter converter;
    private final List<LasPoints> full = new ArrayList<>();

    /**
     * @param expected the scans that will be written, in order: their columns together make the record. Empty: the first
     *     scan decides, and what later ones have beyond it is lost
     */
    public LasWriter(Path file, LasWriteOptions options, List<Scan> expected, Work work) {
        this.file = file;
        this.options = options;
        this.expected = List.copyOf(expected);
        this.work = work;
    }

    @Override
    public void begin(Scan scan) {
        if (converter == null) {
            start(expected.isEmpty() ? List.of(scan) : expected);
        }
        Objects.requireNonNull(converter).begin(scan);
    }

    private void start(List<Scan> scans) {
        LasConverter c = new LasConverter(file, options.step(), scans, this::block);
        converter = c;
        List<byte[]> vlrs = new ArrayList<>();
        if (options.compress()) {
            int chunk = LasPoints.modest(c.layout(), LasConverter.BLOCK);
            vlrs.add(Vlr.bytes(Vlr.LASZIP, Vlr.LASZIP_ID, "LASzip by Grotto", LazItems.bytes(c.layout(), chunk)));
        }
        byte[] extra = c.extraBytesRecord();
        if (extra != null) {
            vlrs.add(extra);
        }
        String crs = wkt(options.crs());
        if (crs != null && isWkt(crs)) {
            vlrs.add(wktRecord(crs));
        } else if (crs != null) {
            c.note("coordinate reference system \"" + crs + "\" (LAS takes WKT)", 1);
        }
        out = new LasOutput(
                file,
                c.layout(),
                c.scale(),
                vlrs,
                options.compress(),
                false,
                c.standardTime(),
                options.day(),
                options.year());
    }

    /** WKT in place of a number whose WKT is known; anything else as it is. */
    static @Nullable String wkt(@Nullable String crs) {
        String known = crs == null ? null : EpsgWkt.of(crs);
        return known == null ? crs : known;
    }

    static boolean isWkt(String crs) {
        return crs.matches("(?s)\\s*[A-Za-z_]+\\s*\\[.*") && crs.getBytes(StandardCharsets.UTF_8).length < 65_534;
    }

    static byte[] wktRecord(String crs) {
        byte[] text = crs.getBytes(StandardCharsets.UTF_8);
        return Vlr.bytes(Vlr.PROJECTION, Vlr.WKT, "OGC WKT", java.util.Arrays.copyOf(text, text.length + 1));
    }

    @Override
    public void write(PointBatch batch) {
        Objects.requireNonNull(converter, "write before begin").write(batch);
    }

    private void block(LasPoints p) {
        full.add(p);
        if (full.size() >= 2 * work.threads()) {
            flush();
        }
    }

    private void flush() {
        LasOutput o = Objects.requireNonNull(out);
        boolean compress = options.compress();
        List<LasOutput.Summary> summaries =
                work.map(full.size(), k -> LasOutput.Summary.of(full.get(k), 0, full.get(k).size));
        List<byte[]> data = work.map(full.size(), k -> {
            LasPoints p = full.get(k);
            if (compress) {
                return LayeredEncoder.encode(p, 0, p.size, false);
            }
            byte[] b = new byte[p.size * p.layout.length()];
            p.toRecords(0, p.size, b, 0);
            return b;
        });
        for (int k = 0; k < data.size(); k++) {
            o.add(summaries.get(k));
            if (compress) {
                o.chunk(data.get(k), full.get(k).size);
            } else {
                o.records(data.get(k));
            }
        }
        full.clear();
    }

    @Override
    public void end() {}

    @Override
    public long written() {
        LasConverter c = converter;
        return c == null ? 0 : c.kept();
    }

    @Override
    public List<String> lost() {
        LasConverter c = converter;
        return c == null ? List.of() : c.lost();
    }

    @Override
    public void close() {
        if (converter == null) {
            start(expected.isEmpty() ? List.of(NOTHING) : expected);
        }
        LasConverter c = Objects.requireNonNull(converter);
        try (LasOutput o = Objects.requireNonNull(out)) {
            c.finish();
            flush();
            o.endPoints();
            o.finish(c.offset());
        }
    }

    private static final Scan NOTHING =
            new Scan("", null, null, null, 0, List.of(), null, Column.Type.DOUBLE, null, null, Map.of());
}
