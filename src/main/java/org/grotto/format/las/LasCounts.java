package org.grotto.format.las;

import java.util.List;
import org.grotto.base.GrottoException;
import org.grotto.format.las.point.Bytes;
import org.grotto.format.las.point.LasLayout;

/**
 * How many points an uncompressed file holds, where its header may not be true: the writer was stopped before it counted
 * them, the two counts of LAS 1.4 differ, the file was cut, or goes on behind what is counted.
 *
 * @param start byte offset of the first record
 * @param end byte offset behind the last one that there can be: of the extended records, the waveforms, or the file
 */
record LasCounts(Source in, LasLayout layout, long start, long end) {
    /** Records that are looked at to tell whether points stand in a stretch. */
    private static final int SAMPLES = 64;

    /**
     * The number of records to read.
     *
     * @param stated what the header says, in 64 bits where it has them
     * @param legacy what it says in 32 bits; 0 where those are not used
     * @param said gets what was corrected
     * @param lost gets what is announced and not there
     */
    long of(long stated, long legacy, boolean keepGoing, List<String> said, List<String> lost) {
        long room = (end - start) / layout.length();
        long all = (in.length() - start) / layout.length();
        long count = stated;
        if (legacy > 0 && legacy != stated) {
            count = stated < 0 || stated > all || legacy == room && stated != room ? legacy : stated;
            said.add(points(count) + ", where the header counts " + Long.toUnsignedString(stated) + " in 64 bits and "
                    + legacy + " in 32");
        }
        if (count >= 0 && count <= all) {
            long real = count == room ? count : more(count, room);
            if (real == count) {
                return count;
            }
            if (count == 0 && !keepGoing) {
                throw GrottoException.badInput(
                        in.path(),
                        107,
                        "the header counts no points, but records stand behind it: the program that wrote the file was"
                                + " stopped before it was done; write it again, or --keep-going would give "
                                + points(real) + ".");
            }
            said.add(points(real) + ", where the header counts " + count);
            return real;
        }
        long whole = solid(all);
        if (!keepGoing || whole == 0) {
            throw GrottoException.badInput(
                    in.path(),
                    107,
                    Long.toUnsignedString(count) + " points of " + layout.length()
                            + " bytes are announced, but the file has room for " + all
                            + "; it is truncated, copy it again"
                            + (whole > 0 ? ", or --keep-going would give " + points(whole) + "." : "."));
        }
        said.add(points(whole) + ", where the header counts " + Long.toUnsignedString(count));
        lost.add(Long.toUnsignedString(count - whole) + " points that the header counts and the file does not hold");
        return whole;
    }

    private static String points(long n) {
        return n == 1 ? "1 point" : n + " points";
    }

    /** The records up to {@code room}, where those behind the first {@code count} are points, too. */
    private long more(long count, long room) {
        long whole = solid(room);
        if (whole <= count) {
            return count;
        }
        if (count == 0) {
            return whole;
        }
        int[] box = box(0, count);
        int[] behind = box(count, whole);
        for (int k = 0; k < 3; k++) {
            long size = Math.max(1, (long) box[k + 3] - box[k]);
            if (behind[k] < box[k] - size || behind[k + 3] > box[k + 3] + size) {
                return count; // bytes that are no points of this place
            }
        }
        return whole;
    }

    /** The records up to {@code n} without those at the end that are nothing but zeros: space that was only reserved. */
    private long solid(long n) {
        int step = Math.max(1, (1 << 18) / layout.length());
        for (long to = n; to > 0; to -= step) {
            long from = Math.max(0, to - step);
            byte[] b = in.read(start + from * layout.length(), (int) (to - from) * layout.length());
            for (int i = b.length - 1; i >= 0; i--) {
                if (b[i] != 0) {
                    return from + i / layout.length() + 1;
                }
            }
        }
        return 0;
    }

    /** The least and the greatest raw x, y, z of some records of [from, to), the last one among them. */
    private int[] box(long from, long to) {
        int[] box = {
            Integer.MAX_VALUE,
            Integer.MAX_VALUE,
            Integer.MAX_VALUE,
            Integer.MIN_VALUE,
            Integer.MIN_VALUE,
            Integer.MIN_VALUE
        };
        for (int s = 0; s < SAMPLES; s++) {
            long i = from + (to - 1 - from) * s / (SAMPLES - 1);
            byte[] b = in.read(start + i * layout.length(), 12);
            for (int k = 0; k < 3; k++) {
                int v = Bytes.int32(b, 4 * k);
                box[k] = Math.min(box[k], v);
                box[k + 3] = Math.max(box[k + 3], v);
            }
        }
        return box;
    }
}
