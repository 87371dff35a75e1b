package org.grotto.format;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;

/**
 * The levels of a cloud that stands in an octree: at each the points lie half as far apart as at the one before.
 *
 * @param spacing between the points of level 0, in the cloud's own unit; NaN where it is not known
 * @param points of each level, from 0 on
 * @param resolution what was asked for, in the cloud's own unit; 0 for all levels
 * @param read how many levels are read
 */
public record Levels(double spacing, List<Long> points, double resolution, int read) {
    /** No octree is deeper: cells would be smaller than the steps of doubles. */
    public static final int DEEPEST = 60;

    public Levels {
        points = List.copyOf(points);
    }

    /** Those levels whose points lie {@code resolution} apart or more are read, and level 0 always. */
    public static Levels of(double spacing, List<Long> points, double resolution) {
        int read = points.size();
        while (read > 1 && resolution > 0 && Math.scalb(spacing, 1 - read) < resolution) {
            read--;
        }
        return new Levels(spacing, points, resolution, read);
    }

    /** Adds {@code n} points at a level to a list of {@link #points}. */
    public static void add(List<Long> points, int level, long n) {
        while (points.size() <= level) {
            points.add(0L);
        }
        points.set(level, points.get(level) + n);
    }

    /** How many points the levels have that are read. */
    public long count() {
        return points.subList(0, read).stream().mapToLong(Long::longValue).sum();
    }

    /** All points. */
    public long all() {
        return points.stream().mapToLong(Long::longValue).sum();
    }

    /** What a file's metadata say: "0 to 3, spacing 0.4 to 0.05, points 100 400 1600 6400". */
    public String text() {
        StringJoiner counts = new StringJoiner(" ");
        points.forEach(p -> counts.add(String.format(Locale.ROOT, "%,d", p)));
        int last = Math.max(0, points.size() - 1);
        return "0 to " + last
                + (Double.isNaN(spacing) ? "" : ", spacing " + number(spacing) + " to " + number(at(last)))
                + ", points " + counts;
    }

    private double at(int level) {
        return Math.scalb(spacing, -level);
    }

    /** What was left out for the resolution, as a reader says what it understood; empty where nothing was. */
    public List<String> understood() {
        List<String> out = new ArrayList<>();
        if (resolution > 0 && Double.isNaN(spacing)) {
            out.add("all levels: how far apart their points lie is not stated");
        }
        if (read < points.size()) {
            out.add(String.format(
                    Locale.ROOT,
                    "levels 0 to %d of %d, down to a spacing of %s: %,d of %,d points",
                    read - 1,
                    points.size() - 1,
                    number(at(read - 1)),
                    count(),
                    all()));
        }
        return out;
    }

    private static String number(double v) {
        return String.format(Locale.ROOT, "%.4g", v);
    }
}
