package org.grotto.kiosk.hud;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.Shape;
import java.awt.geom.Line2D;
import java.awt.geom.RoundRectangle2D;
import java.util.List;
import java.util.Locale;
import org.grotto.base.Texts;
import org.grotto.kiosk.hud.HudLayout.Rect;
import org.grotto.kiosk.visit.KioskModel;
import org.grotto.scene.Layer;
import org.grotto.scene.Palette;
import org.jspecify.annotations.Nullable;

/** Paints a layer's legend: quantity and unit, its colours or classes, and what it says under the finger. */
public final class HudLegend {
    private static final Color TEXT = new Color(244, 239, 230);
    private static final Color QUIET = new Color(216, 208, 195);
    private static final Color STONE = new Color(203, 176, 138);
    private static final Color OPEN = new Color(12, 12, 13);
    private static final Color OPEN_LINES = new Color(48, 48, 51);
    private static final double ROW = 34;
    private static final double HEAD = 46;
    private static final double BAR = 62;
    private static final double FOOT = 30;

    private final Typeface face;

    HudLegend(Typeface face) {
        this.face = face;
    }

    /** How high it is, on a screen 720 pixels high; classes that do not fit into {@code most} are told by number. */
    static double height(Layer layer, double most) {
        return HEAD + (layer.scale() != null ? BAR : 0) + ROW * rows(layer, most) + FOOT;
    }

    private static int rows(Layer layer, double most) {
        int classes = layer.classes() == null ? 0 : layer.classes().size();
        int all = classes + (layer.open() == null ? 0 : 1);
        return Math.max(Math.min(all, 3), Math.min(all, (int) ((most - HEAD - FOOT) / ROW)));
    }

    /** What a step of a layer means, in words: its class, or the number with its unit. */
    public static @Nullable String words(Palette palette, int step, boolean chinese) {
        if (step == Palette.NONE) {
            return null;
        }
        double v = palette.value(step);
        Layer.Band band = palette.layer().band(v);
        if (band != null) {
            return chinese ? band.title().zh() : band.title().en();
        }
        return number(palette.layer(), v);
    }

    private static String number(Layer layer, double v) {
        String n = String.format(Locale.ROOT, "%." + Math.max(0, Math.min(6, layer.decimals())) + "f", v);
        return layer.unit().equals("1") ? n : n + " " + layer.unit();
    }

    void paint(Graphics2D g, Rect r, HudLayout l, KioskModel model) {
        Palette palette = model.palette();
        if (palette == null) {
            return;
        }
        Layer layer = palette.layer();
        double x = r.x() + l.px(18);
        double room = r.w() - l.px(36);
        g.setColor(TEXT);
        String unit = layer.unit().equals("1") ? "" : "  (" + layer.unit() + ")";
        text(g, model.text(layer.quantity()) + unit, 14.5, x, r.y() + l.px(29), room, l);
        double y = r.y() + l.px(HEAD);
        if (layer.scale() != null) {
            bar(g, palette, layer.scale(), x, y, room, l);
            y += l.px(BAR);
        }
        List<Layer.Band> classes = layer.classes() == null ? List.of() : layer.classes();
        double step = l.px(ROW);
        int fits = (int) Math.floor((r.y() + r.h() - l.px(FOOT) - y) / step + 1e-6);
        int open = layer.open() == null ? 0 : 1;
        for (int i = 0; i < Math.min(classes.size(), fits - open); i++) {
            Layer.Band b = classes.get(i);
            Color c = b.colour() == null ? STONE : new Color(Palette.rgb(b.colour()));
            row(g, c, b.hatch() ? c.darker() : c, model.text(b.title()), x, y, room, l);
            y += step;
        }
        if (layer.open() != null) {
            row(g, OPEN_LINES, OPEN, model.text(layer.open()), x, y, room, l);
        }
        String here = model.readOut();
        g.setColor(here == null ? QUIET : TEXT);
        String say = here == null
                ? model.text(Texts.of("kiosk.touch-to-read"))
                : model.text(Texts.of("kiosk.here", "value", here));
        text(g, say, 13.5, x, r.y() + r.h() - l.px(13), room, l);
    }

    private void bar(Graphics2D g, Palette palette, Layer.Scale scale, double x, double y, double room, HudLayout l) {
        int w = (int) Math.round(room);
        for (int i = 0; i < w; i++) {
            g.setColor(new Color(palette.colour((int) Math.min(Palette.STEPS - 1L, (long) i * Palette.STEPS / w))));
            g.fill(new java.awt.geom.Rectangle2D.Double(x + i, y, 1.5, l.px(20)));
        }
        g.setColor(QUIET);
        Layer layer = palette.layer();
        String from = number(layer, scale.from());
        String to = number(layer, scale.to());
        Font f = face.size(l.px(13));
        text(g, from, 13, x, y + l.px(40), room / 2, l);
        double wide = f.getStringBounds(to, g.getFontRenderContext()).getWidth();
        text(g, to, 13, x + room - wide, y + l.px(40), room / 2, l);
    }

    private void row(
            Graphics2D g, Color lines, Color ground, String words, double x, double y, double room, HudLayout l) {
        int s = l.px(22);
        Shape box = new RoundRectangle2D.Double(x, y, s, s, l.px(8), l.px(8));
        g.setColor(ground);
        g.fill(box);
        Shape clip = g.getClip();
        g.clip(box);
        g.setColor(lines);
        g.setStroke(new BasicStroke(l.px(3)));
        for (int k = -s; k < 2 * s; k += l.px(8)) {
            g.draw(new Line2D.Double(x + k, y + s, x + k + s, y));
        }
        g.setClip(clip);
        g.setColor(TEXT);
        text(g, words, 15, x + s + l.px(12), y + l.px(17), room - s - l.px(12), l);
    }

    private void text(Graphics2D g, String words, double size, double x, double baseline, double room, HudLayout l) {
        Font f = face.size(l.px(size));
        double w = f.getStringBounds(words, g.getFontRenderContext()).getWidth();
        g.setFont(w > room ? f.deriveFont((float) (l.px(size) * room / w)) : f);
        g.drawString(words, (float) x, (float) baseline);
    }
}
