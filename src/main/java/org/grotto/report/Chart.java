package org.grotto.report;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.grotto.geometry.Box;

/**
 * A drawing to scale as SVG: its picture, the cut, marks with their labels, extents, a scale bar and the axes. Nothing in
 * it hangs on colour.
 */
final class Chart {
    /** Steps of a line that nobody sees on paper are left out, units. */
    private static final double FINE = 0.5;

    private static final int FOOT = 46;
    private static final int DIMENSION = 26;

    private final Projection p;
    private final double w;
    private final double h;
    private final double left;
    private final double top;
    private final StringBuilder s = new StringBuilder();
    private final StringBuilder over = new StringBuilder();
    private final List<double[]> taken = new ArrayList<>();

    /**
     * @param width of the drawing, in the units of its letters, which are 12 high
     * @param dimensions whether there is room for extents
     */
    Chart(Sheets.Sheet sheet, int width, boolean dimensions) {
        p = sheet.at();
        left = dimensions ? DIMENSION : 0;
        top = dimensions ? DIMENSION : 0;
        w = width - left;
        h = w * p.high() / p.wide();
        s.append(String.format(
                Locale.ROOT,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"chart\" viewBox=\"0 0 %d %.1f\">"
                        + "<image href=\"%s\" x=\"%.1f\" y=\"%.1f\" width=\"%.2f\" height=\"%.2f\"/>",
                width,
                top + h + FOOT,
                sheet.file(),
                left,
                top,
                w,
                h));
        cut(sheet.cut());
    }

    private double x(double[] at) {
        return left + w * p.x(at[0], at[1], at[2]);
    }

    private double y(double[] at) {
        return top + w * p.y(at[0], at[1], at[2]);
    }

    private boolean inside(double x, double y) {
        return x >= left && x <= left + w && y >= top && y <= top + h;
    }

    private void cut(double[] ends) {
        long[] lines = new long[ends.length / 4];
        int n = 0;
        for (int i = 0; i < ends.length; i += 4) {
            long a = (long) snapped(left + w * ends[i]) << 16 | snapped(top + w * ends[i + 1]);
            long b = (long) snapped(left + w * ends[i + 2]) << 16 | snapped(top + w * ends[i + 3]);
            if (a != b) {
                lines[n++] = Math.min(a, b) << 32 | Math.max(a, b);
            }
        }
        Arrays.sort(lines, 0, n);
        StringBuilder d = new StringBuilder();
        for (int i = 0; i < n; i++) {
            if (i == 0 || lines[i] != lines[i - 1]) {
                point(d, 'M', (int) (lines[i] >>> 32));
                point(d, 'L', (int) lines[i]);
            }
        }
        if (n > 0) {
            s.append("<path class=\"cut\" d=\"").append(d).append("\"/>");
        }
    }

    private static int snapped(double v) {
        return (int) Math.max(0, Math.min(0x7FFF, Math.round(v / FINE)));
    }

    private static void point(StringBuilder d, char letter, int at) {
        d.append(letter).append(half(at >>> 16)).append(' ').append(half(at & 0xFFFF));
    }

    private static String half(int steps) {
        return steps % 2 == 0 ? String.valueOf(steps / 2) : steps / 2 + ".5";
    }

    /** An opening's rim: black on white. */
    Chart rim(double[] xyz) {
        StringBuilder d = new StringBuilder();
        int before = -1;
        for (int i = 0; i + 2 < xyz.length; i += 3) {
            double[] at = {xyz[i], xyz[i + 1], xyz[i + 2]};
            int here = snapped(x(at)) << 16 | snapped(y(at));
            if (here != before) {
                point(d, before < 0 ? 'M' : 'L', here);
            }
            before = here;
        }
        s.append("<path class=\"casing\" d=\"").append(d).append("Z\"/><path class=\"rim\" d=\"");
        s.append(d).append("Z\"/>");
        return this;
    }

    /** A station: a triangle and its name. Gives false where it is not in the window. */
    boolean station(double[] at, String name) {
        double x = x(at);
        double y = y(at);
        if (!inside(x, y)) {
            return false;
        }
        over.append(String.format(
                Locale.ROOT,
                "<path class=\"station\" data-station=\"%s\" data-x=\"%.2f\" data-y=\"%.2f\" d=\"M%.1f %.1fl5.5 9.5h-11Z\"/>",
                Html.escape(name),
                x,
                y,
                x,
                y - 6.3));
        taken.add(new double[] {x - 6, y - 7, x + 6, y + 5});
        return true;
    }

    /** A number in a ring at an opening's middle; gives false where it is not in the window. */
    boolean number(double[] at, int number) {
        double x = x(at);
        double y = y(at);
        if (!inside(x, y)) {
            return false;
        }
        double[] b = free(x, y, 9, 9, 0);
        double cx = (b[0] + b[2]) / 2;
        double cy = (b[1] + b[3]) / 2;
        leader(x, y, cx, cy, 9);
        over.append(String.format(
                Locale.ROOT,
                "<circle class=\"ring\" data-opening=\"%d\" cx=\"%.1f\" cy=\"%.1f\" r=\"8.5\"/>",
                number,
                cx,
                cy));
        text(over, cx, cy + 4, "middle", String.valueOf(number), "");
        return true;
    }

    /** A label beside a place, where none is yet. */
    void label(double[] at, String words) {
        double x = x(at);
        double y = y(at);
        double half = wide(words) / 2 + 3;
        double[] b = free(x, y, half, 8, 7);
        double cx = (b[0] + b[2]) / 2;
        double cy = (b[1] + b[3]) / 2;
        leader(x, y, cx, cy, half);
        text(over, cx, cy + 4, "middle", words, " class=\"name\"");
    }

    private void leader(double x, double y, double cx, double cy, double half) {
        if (Math.hypot(x - cx, y - cy) > half + 14) {
            over.append(
                    String.format(Locale.ROOT, "<path class=\"leader\" d=\"M%.1f %.1fL%.1f %.1f\"/>", x, y, cx, cy));
        }
    }

    /** The nearest free box of the given half sides around a place, at least {@code away} from it; taken from now on. */
    private double[] free(double x, double y, double halfX, double halfY, double away) {
        double[] best = null;
        for (double r = 0; r < 160 && best == null; r += 6) {
            for (int k = 0; k < (r == 0 && away == 0 ? 1 : 12) && best == null; k++) {
                double a = Math.PI * k / 6;
                double dx = StrictMath.cos(a);
                double dy = StrictMath.sin(a);
                double cx = x + dx * (r + away + (away > 0 ? halfX : 0));
                double cy = y + dy * (r + away + (away > 0 ? halfY : 0));
                double[] b = {cx - halfX, cy - halfY, cx + halfX, cy + halfY};
                boolean free = b[0] >= left && b[1] >= top && b[2] <= left + w && b[3] <= top + h;
                for (double[] t : taken) {
                    free &= b[0] >= t[2] || b[2] <= t[0] || b[1] >= t[3] || b[3] <= t[1];
                }
                best = free ? b : null;
            }
        }
        double[] b = best == null ? new double[] {x - halfX, y - halfY, x + halfX, y + halfY} : best;
        taken.add(b);
        return b;
    }

    /** How wide words are, about: Han letters as wide as high, others a good half of that. */
    static double wide(String words) {
        return words.codePoints().mapToDouble(c -> c >= 0x2E80 ? 12 : 7).sum();
    }

    /** The letter of a side at the middle of an edge of the window, with the way one looks. */
    void side(Sides.Side side, boolean within) {
        double[] f = side.forward();
        double fx = Projection.dot(f, p.right());
        double fy = -Projection.dot(f, p.up());
        double l = Math.hypot(fx, fy);
        if (l < 0.5) {
            return;
        }
        double sign = within ? 1 : -1; // a wall lies where one looks to, a side of an object where one looks from
        double reachX = Math.abs(fx) > 1e-6 ? (w / 2 - 15) / Math.abs(fx) : Double.MAX_VALUE;
        double reachY = Math.abs(fy) > 1e-6 ? (h / 2 - 15) / Math.abs(fy) : Double.MAX_VALUE;
        double reach = sign * Math.min(reachX, reachY);
        double x = left + w / 2 + fx * reach;
        double y = top + h / 2 + fy * reach;
        double tip = 13;
        over.append(String.format(
                Locale.ROOT,
                "<path class=\"look\" d=\"M%.1f %.1fL%.1f %.1fL%.1f %.1fZ\"/>",
                x + fx / l * tip,
                y + fy / l * tip,
                x - fy / l * 9,
                y + fx / l * 9,
                x + fy / l * 9,
                y - fx / l * 9));
        over.append(String.format(
                Locale.ROOT,
                "<rect class=\"letter\" x=\"%.1f\" y=\"%.1f\" width=\"17\" height=\"17\"/>",
                x - 8.5,
                y - 8.5));
        text(over, x, y + 4.5, "middle", side.letter(), " class=\"letter\"");
        taken.add(new double[] {x - 13, y - 13, x + 13, y + 13});
    }

    /** How far the stone reaches along the picture's sides. */
    void extents(Box b) {
        double[] rx = Projection.range(b, p.right());
        double[] ry = Projection.range(b, p.up());
        double x0 = left + w * (rx[0] - p.left()) / p.width();
        double x1 = left + w * (rx[1] - p.left()) / p.width();
        double y1 = top + h - w * (ry[0] - p.bottom()) / p.width();
        double y0 = top + h - w * (ry[1] - p.bottom()) / p.width();
        double y = top - 6;
        double x = left - 6;
        over.append(String.format(
                Locale.ROOT,
                "<path class=\"dimension\" d=\"M%.1f %.1fH%.1fM%.1f %.1fv8M%.1f %.1fv8\"/>",
                x0,
                y,
                x1,
                x0,
                y - 4,
                x1,
                y - 4));
        over.append(String.format(
                Locale.ROOT,
                "<path class=\"dimension\" d=\"M%.1f %.1fV%.1fM%.1f %.1fh8M%.1f %.1fh8\"/>",
                x,
                y0,
                y1,
                x - 4,
                y0,
                x - 4,
                y1));
        text(over, (x0 + x1) / 2, y - 5, "middle", length(rx[1] - rx[0]), "");
        double my = (y0 + y1) / 2;
        text(
                over,
                x - 5,
                my,
                "middle",
                length(ry[1] - ry[0]),
                String.format(Locale.ROOT, " transform=\"rotate(-90 %.1f %.1f)\"", x - 5, my));
    }

    /** A length in the unit that fits it, three digits. */
    static String length(double metres) {
        double v = metres >= 1 ? metres : metres >= 0.1 ? 100 * metres : 1000 * metres;
        String unit = metres >= 1 ? " m" : metres >= 0.1 ? " cm" : " mm";
        return Fact.show(Fact.round(v, v >= 100 ? 0 : v >= 10 ? 1 : 2)) + unit;
    }

    /** The drawing with scale bar and axes; {@code north} names the upper axis N where the plan's top is grid north. */
    String done(boolean north) {
        s.append(over);
        bar();
        axes(north);
        return s.append("</svg>").toString();
    }

    /** The drawing with its scale bar alone: it looks along no axis. */
    String oblique() {
        bar();
        return s.append("</svg>").toString();
    }

    /** The scale bar's length: the longest of 1, 2, 5 times a power of ten within two fifths of the window, metres. */
    static double barMetres(Projection p) {
        return Histogram.round125Down(0.4 * p.width());
    }

    private void bar() {
        double metres = barMetres(p);
        double long1 = w * metres / p.width();
        double y = top + h + 10;
        for (int i = 0; i < 4; i++) {
            s.append(String.format(
                    Locale.ROOT,
                    "<rect class=\"%s\" x=\"%.2f\" y=\"%.1f\" width=\"%.2f\" height=\"6\"/>",
                    i % 2 == 0 ? "black" : "white",
                    left + 1 + i * long1 / 4,
                    y,
                    long1 / 4));
        }
        double unit = metres >= 1 ? 1 : metres >= 0.01 ? 0.01 : 0.001;
        String name = metres >= 1 ? " m" : metres >= 0.01 ? " cm" : " mm";
        s.append(String.format(
                Locale.ROOT, "<g class=\"bar\" data-metres=\"%s\" data-units=\"%.3f\">", number(metres), long1));
        text(s, left + 1, y + 20, "start", "0", "");
        text(s, left + 1 + long1, y + 20, "middle", number(metres / unit) + name, "");
        s.append("</g>");
    }

    private static String number(double v) {
        return new BigDecimal(v).round(new java.math.MathContext(1)).toPlainString();
    }

    /** The directions along the picture's sides, as the frame names them. */
    private void axes(boolean north) {
        double x = left + w - 62;
        double y = top + h + 38;
        s.append(String.format(
                Locale.ROOT,
                "<path class=\"arrow\" d=\"M%.1f %.1fh30M%.1f %.1fl-5 -3.5M%.1f %.1fl-5 3.5M%.1f %.1fv-26M%.1f %.1fl-3.5 5M%.1f %.1fl3.5 5\"/>",
                x,
                y,
                x + 30,
                y,
                x + 30,
                y,
                x,
                y,
                x,
                y - 26,
                x,
                y - 26));
        text(s, x + 34, y + 4, "start", axis(p.right()), "");
        text(s, x + 6, y - 19, "start", north ? "N" : axis(p.up()), "");
    }

    /** +X, -Y, +Z; of a direction more than 2 degrees off, the nearest with a sign for about. */
    private static String axis(double[] d) {
        int most = 0;
        for (int k = 1; k < 3; k++) {
            most = Math.abs(d[k]) > Math.abs(d[most]) ? k : most;
        }
        String about = Math.abs(d[most]) < 0.9994 ? "≈" : "";
        return about + (d[most] < 0 ? "−" : "+") + "XYZ".charAt(most);
    }

    private static void text(StringBuilder to, double x, double y, String anchor, String words, String more) {
        to.append(String.format(
                Locale.ROOT,
                "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\"%s>%s</text>",
                x,
                y,
                anchor,
                more,
                Html.escape(words)));
    }
}
