package org.grotto.cli;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.atomic.LongAdder;
import org.grotto.base.Progress;

/**
 * Progress for people: on a terminal one line that is drawn over (share, rate, time left, memory), elsewhere one plain
 * line when a step starts and one when it is done.
 */
final class ConsoleProgress implements Progress {
    private static final long EVERY_NANOS = 200_000_000L;

    private final PrintWriter err;
    private final boolean terminal =
            System.console() != null && System.console().isTerminal();
    private int open;

    ConsoleProgress(PrintWriter err) {
        this.err = err;
    }

    @Override
    public Step begin(String name, long total, String unit) {
        open++;
        if (!terminal && open == 1) {
            line(name + (total >= 0 ? String.format(Locale.ROOT, " (%,d %s)", total, unit) : ""));
        }
        long started = System.nanoTime();
        return new Step() {
            private final LongAdder done = new LongAdder();
            private volatile long next = started + EVERY_NANOS;
            private boolean closed;

            @Override
            public void advance(long n) {
                done.add(n);
                long now = System.nanoTime();
                if (terminal && now > next) {
                    next = now + EVERY_NANOS;
                    draw(now);
                }
            }

            private synchronized void draw(long now) {
                double seconds = (now - started) / 1e9;
                double rate = done.sum() / seconds;
                StringBuilder s = new StringBuilder("\r  ").append(name);
                if (total > 0) {
                    double share = Math.min(1, done.sum() / (double) total);
                    s.append(String.format(Locale.ROOT, "  %3.0f %%", 100 * share));
                    if (share > 0.02) {
                        s.append(String.format(Locale.ROOT, "  %.0f s left", seconds * (1 - share) / share));
                    }
                }
                s.append(String.format(Locale.ROOT, "  %s %s/s  %,d MB", rate(rate), unit, used()));
                err.print(s.append("\u001b[K"));
                err.flush();
            }

            @Override
            public void close() {
                if (closed) {
                    return;
                }
                closed = true;
                open--;
                double seconds = (System.nanoTime() - started) / 1e9;
                if (open == 0 || terminal) {
                    String head = terminal ? "\r" : "";
                    String tail = terminal ? "\u001b[K" : "";
                    line(head
                            + String.format(
                                    Locale.ROOT,
                                    "  %s: %,d %s in %.1f s (%s/s, %,d MB)",
                                    name,
                                    done.sum(),
                                    unit,
                                    seconds,
                                    rate(done.sum() / Math.max(seconds, 1e-3)),
                                    used())
                            + tail);
                }
            }
        };
    }

    private void line(String s) {
        err.println(s);
        err.flush();
    }

    private static String rate(double r) {
        return r >= 1e6
                ? String.format(Locale.ROOT, "%.1f M", r / 1e6)
                : r >= 1e3 ? String.format(Locale.ROOT, "%.0f k", r / 1e3) : String.format(Locale.ROOT, "%.0f", r);
    }

    private static long used() {
        Runtime r = Runtime.getRuntime();
        return (r.totalMemory() - r.freeMemory()) >> 20;
    }
}
