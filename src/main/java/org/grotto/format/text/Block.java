package org.grotto.format.text;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.grotto.format.Encoding;
import org.grotto.format.TextLines;

/**
 * Lines of points that follow each other: a whole file, or what follows a count of points in PTS.
 *
 * @param offset where they begin
 * @param count the number of the line that announces them; 0 for none
 * @param before how many lines stand before them
 * @param end where they end
 * @param announced how many points are announced; -1 where nothing is
 * @param found how many lines there are; -1 where nobody has counted
 */
record Block(long offset, long count, long before, long end, long announced, long found) {
    /** A file without counts, from its line {@code first} on. */
    static Block whole(long first) {
        return new Block(0, 0, first - 1, Long.MAX_VALUE, -1, -1);
    }

    /** The blocks of a file with counts, in one pass over its lines; names of columns may follow a count. */
    static List<Block> of(Path path, Encoding encoding, Dialect dialect, long firstCount) {
        List<Block> all = new ArrayList<>();
        Cells cells = new Cells(dialect);
        try (TextLines in = TextLines.open(path, encoding, 0, 0)) {
            long offset = 0;
            long before = 0;
            long lines = 0;
            long announced = -1;
            long found = 0;
            long end = 0;
            while (in.next()) {
                long count = in.number() < firstCount ? -1 : Sample.count(in);
                if (count >= 0) {
                    if (announced >= 0) {
                        all.add(new Block(offset, before, lines, end, announced, found));
                    }
                    announced = count;
                    found = 0;
                    offset = in.offset();
                    before = in.number();
                    lines = before;
                } else if (announced >= 0 && !Sample.isComment(in)) {
                    boolean names = found == 0 && cells.split(in.bytes(), in.from(), in.to()) > 0 && !cells.holdPoint();
                    found += names ? 0 : 1;
                    offset = names ? in.offset() : offset;
                    lines = names ? in.number() : lines;
                }
                end = in.offset();
            }
            all.add(new Block(offset, before, lines, end, announced, found));
        }
        return all;
    }
}
