package org.grotto.report;

import java.util.List;
import java.util.Locale;
import org.grotto.image.ColourMap;
import org.jspecify.annotations.Nullable;

/** Small SVG plots: histograms and bars, with axes, ticks and units. */
final class Plot {
    private static final int W = 680;
    private static final int LEFT = 64;
    private static final int RIGHT = 30;

    private Plot() {}

    /** A histogram in per cent of all values; {@code colours} colours classes by their place from 0 at the axis' start. */
    static String histogram(Histogram h, String xLabel, String yLabel, @Nullable ColourMap colours) {
        int height = 250;
        int top = 16;
        int bottom = height - 46;
        double most = 0;
        for (long c : h.counts()) {
            most = Math.max(most, 100.0 * c / Math.max(1, h.total()));
        }
        double yStep = Histogram.round125(Math.max(most, 1e-9) / 4);
        double yHigh = yStep * Math.max(1, Math.ceil(most / yStep));
        StringBuilder s = open(height);
        for (int i = 0; i * yStep <= yHigh * (1 + 1e-9); i++) {
            double y = bottom - (bottom - top) * i * yStep / yHigh;
            line(s, LEFT, y, W - RIGHT, y, i == 0 ? "axis" : "grid");
            text(s, LEFT - 8, y + 4, "end", tick(i * yStep, yStep));
        }
        double width = (double) (W - LEFT - RIGHT) / h.counts().length;
        for (int i = 0; i < h.counts().length; i++) {
            double tall = (bottom - top) * 100.0 * h.counts()[i] / Math.max(1, h.total()) / yHigh;
            if (tall > 0) {
                String fill = colours == null ? "" : fill(colours.of((i + 0.5) / h.counts().length));
                rect(s, LEFT + i * width + 0.5, bottom - tall, width - 1, tall, fill);
            }
        }
        ticks(s, h, bottom);
        text(s, LEFT + (W - LEFT - RIGHT) / 2.0, height - 8, "middle", xLabel);
        s.append(String.format(
                Locale.ROOT,
                "<text x=\"14\" y=\"%d\" text-anchor=\"middle\" transform=\"rotate(-90 14 %d)\">%s</text>",
                (top + bottom) / 2,
                (top + bottom) / 2,
                Html.escape(yLabel)));
        return s.append("</svg>").toString();
    }

    /** One bar a row, values written at their ends. */
    static String bars(List<String> names, double[] values, List<String> words, String label) {
        int row = 26;
        int left = 150;
        int bottom = 10 + row * names.size();
        double most = 0;
        for (double v : values) {
            most = Double.isFinite(v) ? Math.max(most, v) : most;
        }
        double step = Histogram.round125(Math.max(most, 1e-9) / 5);
        double high = step * Math.max(1, Math.ceil(most / step));
        int right = 80;
        StringBuilder s = open(bottom + 46);
        for (int i = 0; i * step <= high * (1 + 1e-9); i++) {
            double x = left + (W - left - right) * i * step / high;
            line(s, x, 6, x, bottom, i == 0 ? "axis" : "grid");
            text(s, x, bottom + 17, "middle", tick(i * step, step));
        }
        for (int i = 0; i < values.length; i++) {
            double y = 10 + row * i;
            String name = names.get(i);
            text(s, left - 10, y + 15, "end", name.length() > 20 ? name.substring(0, 19) + "…" : name);
            double wide = Double.isFinite(values[i]) ? (W - left - right) * values[i] / high : 0;
            rect(s, left, y + 3, wide, row - 10, "");
            text(s, left + wide + 7, y + 15, "start", words.get(i));
        }
        text(s, left + (W - left - right) / 2.0, bottom + 38, "middle", label);
        return s.append("</svg>").toString();
    }

    /** The scale of a colour map that runs over a histogram's classes. */
    static String scale(ColourMap map, Histogram h, String label) {
        StringBuilder s = open(62);
        int n = 64;
        double width = (double) (W - LEFT - RIGHT) / n;
        for (int i = 0; i < n; i++) {
            rect(s, LEFT + i * width, 4, width + 0.3, 14, fill(map.of((i + 0.5) / n)));
        }
        ticks(s, h, 18);
        text(s, LEFT + (W - LEFT - RIGHT) / 2.0, 56, "middle", label);
        return s.append("</svg>").toString();
    }

    /** Ticks with numbers under a horizontal axis: even steps, or 1, 2, 5 of each power of ten. */
    private static void ticks(StringBuilder s, Histogram h, int y) {
        double span = h.high() - h.low();
        double perUnit = (W - LEFT - RIGHT) / span;
        if (!h.ratios()) {
            double step = Histogram.round125(span / 10);
            for (long i = Math.round(Math.ceil(h.low() / step - 1e-9)); i * step <= h.high() + 1e-9 * span; i++) {
                tick(s, LEFT + perUnit * (i * step - h.low()), y, tick(i * step, step));
            }
            return;
        }
        for (int e = (int) Math.floor(h.low()); e <= Math.ceil(h.high()); e++) {
            for (int m = 1; m < 10; m++) {
                double at = e + StrictMath.log10(m);
                if (at < h.low() - 1e-9 || at > h.high() + 1e-9) {
                    continue;
                }
                double x = LEFT + perUnit * (at - h.low());
                if (m == 1 || m == 2 || m == 5) {
                    double v = m * StrictMath.pow(10, e);
                    tick(s, x, y, tick(v, StrictMath.pow(10, e)));
                } else {
                    line(s, x, y, x, y + 3, "axis");
                }
            }
        }
    }

    private static void tick(StringBuilder s, double x, double y, String words) {
        line(s, x, y, x, y + 5, "axis");
        text(s, x, y + 19, "middle", words);
    }

    private static StringBuilder open(int height) {
        return new StringBuilder(String.format(
                Locale.ROOT,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" role=\"img\">",
                W,
                height));
    }

    private static void line(StringBuilder s, double x0, double y0, double x1, double y1, String kind) {
        s.append(String.format(Locale.ROOT, "<path class=\"%s\" d=\"M%.1f %.1fL%.1f %.1f\"/>", kind, x0, y0, x1, y1));
    }

    private static void rect(StringBuilder s, double x, double y, double w, double h, String fill) {
        s.append(String.format(
                Locale.ROOT, "<rect x=\"%.2f\" y=\"%.2f\" width=\"%.2f\" height=\"%.2f\"%s/>", x, y, w, h, fill));
    }

    private static void text(StringBuilder s, double x, double y, String anchor, String words) {
        s.append(String.format(
                Locale.ROOT,
                "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>",
                x,
                y,
                anchor,
                Html.escape(words)));
    }

    private static String fill(int rgb) {
        return String.format(Locale.ROOT, " style=\"fill:#%06x\"", rgb);
    }

    /** A tick's number with as many decimals as its step needs. */
    private static String tick(double v, double step) {
        int decimals = (int) Math.max(0, -Math.floor(StrictMath.log10(step * (1 + 1e-9))));
        return Fact.show(Fact.round(Math.abs(v) < step / 2 ? 0 : v, decimals));
    }
}
