package org.grotto.format.e57;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import org.grotto.base.GrottoException;
import org.jspecify.annotations.Nullable;

/**
 * Which records of a scan can be read although pages of the file are damaged: those that stand wholly on sound pages, in
 * packets that follow each other. A packet's head says how many bytes each stream has in it, so that every record has its
 * place even behind a damaged stretch; where a head itself is damaged, it is taken to repeat the one before only when the
 * packets around it are all alike, else the scan ends there.
 *
 * @param available records before the packets end or cannot be followed
 * @param lost from, to (exclusive) by turns: records among them that touch a damaged page, in order and apart
 */
record E57Salvage(long available, long[] lost) {
    static final E57Salvage NOTHING = new E57Salvage(0, new long[0]);

    /** How many records can be read. */
    long count() {
        long n = available;
        for (int k = 0; k < lost.length; k += 2) {
            n -= lost[k + 1] - lost[k];
        }
        return n;
    }

    static E57Salvage of(E57Pages pages, E57Scan source) {
        if (source.prototype().count() == 0) {
            return NOTHING;
        }
        E57Pages.Window window = pages.window(true);
        try {
            return new Walk(pages, window, source, E57SectionHead.read(pages, window, source.prototype())).run();
        } catch (GrottoException e) {
            return NOTHING; // its section has no head
        }
    }

    /** The packets of one section. */
    private static final class Walk {
        private static final int DATA = 1;

        private final E57Pages.Window window;
        private final BitSet bad;
        private final E57Scan source;
        private final E57SectionHead head;
        private final int streams;
        private final byte[] packet;
        /** Bytes of each stream in the packets so far. */
        private final long[] bytes;

        private final TreeSet<Integer> used = new TreeSet<>();
        private final List<long[]> lost = new ArrayList<>();
        private int[] last = {};
        private boolean alike;

        Walk(E57Pages pages, E57Pages.Window window, E57Scan source, E57SectionHead head) {
            this.window = window;
            this.bad = pages.bad();
            this.source = source;
            this.head = head;
            this.streams = source.prototype().fields().size();
            this.packet = new byte[6 + 2 * streams];
            this.bytes = new long[streams];
            for (int f : source.position()) {
                used.add(f);
            }
            for (int f : source.columns()) {
                used.add(f);
            }
        }

        E57Salvage run() {
            long here = head.first();
            while (here + 4 <= head.end()) {
                int[] sizes = sizes(here);
                if (sizes == null || !sound(here) && !follows(here, sizes)) {
                    sizes = repeated(here);
                }
                if (sizes == null) {
                    break;
                }
                if (sizes.length > 1) {
                    take(here, sizes);
                    alike = Arrays.equals(sizes, last);
                    last = sizes;
                }
                here += sizes[0];
            }
            long available = source.prototype().count();
            for (int f : used) {
                int width = source.prototype().fields().get(f).width();
                available = width == 0 ? available : Math.min(available, bits(bytes[f]) / width);
            }
            return new E57Salvage(available, union(available));
        }

        private static long bits(long bytes) {
            return bytes > Long.MAX_VALUE / 8 ? Long.MAX_VALUE : 8 * bytes;
        }

        private boolean sound(long logical) {
            return !bad.get((int) (logical / E57Pages.PAYLOAD))
                    && !bad.get((int) ((Math.min(logical + packet.length, head.end()) - 1) / E57Pages.PAYLOAD));
        }

        /**
         * The length of the packet, then of each stream in it where it holds data; null where no packet starts here.
         */
        private int @Nullable [] sizes(long here) {
            window.read(here, packet, 0, 4);
            int length = 1 + (packet[2] & 0xff | (packet[3] & 0xff) << 8);
            if (length < 4 || length > head.end() - here || packet[0] < 0 || packet[0] > 2) {
                return null;
            }
            if (packet[0] != DATA) {
                return new int[] {length};
            }
            if (length < packet.length) {
                return null;
            }
            window.read(here, packet, 0, packet.length);
            int[] sizes = new int[1 + streams];
            sizes[0] = length;
            int sum = packet.length;
            for (int i = 0; i < streams; i++) {
                sizes[i + 1] = packet[6 + 2 * i] & 0xff | (packet[7 + 2 * i] & 0xff) << 8;
                sum += sizes[i + 1];
            }
            int found = packet[4] & 0xff | (packet[5] & 0xff) << 8;
            return found == streams && sum <= length ? sizes : null;
        }

        /** Whether a packet or the section's end stands right behind this one, which is filled to the last bytes. */
        private boolean follows(long here, int[] sizes) {
            int sum = packet.length;
            for (int i = 1; i < sizes.length; i++) {
                sum += sizes[i];
            }
            boolean full = sizes.length == 1 || sizes[0] - sum < 4;
            long next = here + sizes[0];
            return full && (next + 4 > head.end() || sizes(next) != null);
        }

        /** The sizes of the packets before, where all are alike and one more of them fits between this place and the next. */
        private int @Nullable [] repeated(long here) {
            if (sound(here) || !alike || last.length == 0) {
                return null;
            }
            long next = here + last[0];
            int[] behind = next + 4 <= head.end() && sound(next) ? sizes(next) : null;
            return behind != null && Arrays.equals(behind, last) ? last : null;
        }

        private void take(long here, int[] sizes) {
            long at = here + packet.length;
            for (int f = 0; f < streams; f++) {
                int n = sizes[f + 1];
                int width = source.prototype().fields().get(f).width();
                for (long page = at / E57Pages.PAYLOAD;
                        n > 0 && width > 0 && page <= (at + n - 1) / E57Pages.PAYLOAD;
                        page++) {
                    if (used.contains(f) && bad.get((int) page)) {
                        long from = bytes[f] + Math.max(at, page * E57Pages.PAYLOAD) - at;
                        long to = bytes[f] + Math.min(at + n, (page + 1) * E57Pages.PAYLOAD) - at;
                        lost.add(new long[] {8 * from / width, (8 * to + width - 1) / width});
                    }
                }
                bytes[f] += n;
                at += n;
            }
        }

        private long[] union(long available) {
            lost.sort(Comparator.comparingLong(r -> r[0]));
            long[] out = new long[2 * lost.size()];
            int n = 0;
            for (long[] r : lost) {
                long to = Math.min(r[1], available);
                if (r[0] >= to) {
                    continue;
                }
                if (n > 0 && r[0] <= out[n - 1]) {
                    out[n - 1] = Math.max(out[n - 1], to);
                } else {
                    out[n++] = r[0];
                    out[n++] = to;
                }
            }
            return Arrays.copyOf(out, n);
        }
    }
}
