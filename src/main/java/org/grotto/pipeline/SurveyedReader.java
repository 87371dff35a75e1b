package org.grotto.pipeline;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.grotto.base.Work;
import org.grotto.format.Column;
import org.grotto.format.Picture;
import org.grotto.format.PointBatch;
import org.grotto.format.PointReader;
import org.grotto.format.Scan;
import org.grotto.format.Stated;
import org.jspecify.annotations.Nullable;

/**
 * A file of points as if its headers had told the truth ({@link Survey}), and, where the points go to a format that has no
 * mark for them, without those that are invalid.
 */
final class SurveyedReader implements PointReader {
    private final PointReader in;
    private final List<Scan> scans;
    private final List<String> said;
    private final boolean validOnly;
    private long marked;
    private long notNumbers;

    private SurveyedReader(PointReader in, List<Scan> scans, List<String> said, boolean validOnly) {
        this.in = in;
        this.scans = scans.stream().map(s -> validOnly ? unmarked(s) : s).toList();
        this.said = said;
        this.validOnly = validOnly;
    }

    /**
     * @param look survey the points first
     * @param validOnly leave out what is marked as invalid, with the mark
     */
    static PointReader of(PointReader in, boolean look, boolean validOnly, Work work) {
        boolean marks = in.scans().stream().anyMatch(s -> KeptColumns.column(s, Column.INVALID) != null);
        if (!look && !(validOnly && marks)) {
            return in;
        }
        Survey s = look ? Survey.of(in, work) : null;
        return new SurveyedReader(
                in, s == null ? in.scans() : s.scans(), s == null ? List.of() : s.said(), validOnly && marks);
    }

    private static Scan unmarked(Scan s) {
        return new Scan(
                s.name(),
                s.guid(),
                s.pose(),
                s.eye(),
                s.count(),
                s.columns().stream()
                        .filter(c -> !c.name().equals(Column.INVALID))
                        .toList(),
                s.bounds(),
                s.xyzType(),
                s.xyzScale(),
                s.xyzOffset(),
                s.metadata());
    }

    @Override
    public Path path() {
        return in.path();
    }

    @Override
    public String format() {
        return in.format();
    }

    @Override
    public List<Scan> scans() {
        return scans;
    }

    @Override
    public Map<String, String> metadata() {
        return in.metadata();
    }

    @Override
    public Stated stated() {
        return in.stated();
    }

    @Override
    public List<Picture> pictures() {
        return in.pictures();
    }

    @Override
    public List<String> notKept() {
        List<String> all = new ArrayList<>(in.notKept());
        if (marked > 0) {
            all.add(points(marked) + " that the scanner marked as invalid");
        }
        if (notNumbers > 0) {
            all.add(points(notNumbers) + " whose position is no number");
        }
        return all;
    }

    private static String points(long n) {
        return n == 1 ? "1 point" : n + " points";
    }

    @Override
    public List<String> understood() {
        List<String> all = new ArrayList<>(in.understood());
        all.addAll(said);
        return all;
    }

    @Override
    public PointCursor points(int index) {
        PointCursor cursor = in.points(index);
        Scan s = in.scans().get(index);
        return validOnly && KeptColumns.column(s, Column.INVALID) != null ? new Valid(cursor, s.columns()) : cursor;
    }

    @Override
    public void close() {}

    /** Points without the marked ones, in batches without the mark. */
    private final class Valid implements PointCursor {
        private final PointCursor cursor;
        private final List<Column> columns;
        private @Nullable PointBatch whole;
        private int invalid;

        Valid(PointCursor cursor, List<Column> columns) {
            this.cursor = cursor;
            this.columns = columns;
        }

        @Override
        public boolean next(PointBatch b) {
            PointBatch w = whole;
            if (w == null || w.capacity != b.capacity) {
                w = new PointBatch(columns, b.capacity);
                invalid = w.indexOf(Column.INVALID);
                whole = w;
            }
            b.size = 0;
            while (b.size == 0 && cursor.next(w)) {
                for (int i = 0; i < w.size; i++) {
                    if (w.columns[invalid][i] != 0) {
                        marked++;
                        continue;
                    }
                    if (!Double.isFinite(w.x[i] + w.y[i] + w.z[i])) {
                        notNumbers++;
                        continue;
                    }
                    int n = b.size++;
                    b.x[n] = w.x[i];
                    b.y[n] = w.y[i];
                    b.z[n] = w.z[i];
                    for (int c = 0, to = 0; c < w.columns.length; c++) {
                        if (c != invalid) {
                            b.columns[to++][n] = w.columns[c][i];
                        }
                    }
                }
            }
            return b.size > 0;
        }

        @Override
        public void close() {
            cursor.close();
        }
    }
}
