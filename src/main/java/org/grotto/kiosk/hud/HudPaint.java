package org.grotto.kiosk.hud;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.RoundRectangle2D;
import java.awt.image.BufferedImage;
import org.grotto.base.Text;
import org.grotto.kiosk.hud.HudLayout.Button;
import org.grotto.kiosk.hud.HudLayout.Panel;
import org.grotto.kiosk.hud.HudLayout.Placed;
import org.grotto.kiosk.hud.HudLayout.Rect;
import org.grotto.kiosk.visit.KioskModel;
import org.jspecify.annotations.Nullable;

/** Paints panels into pictures with premultiplied alpha: dark glass, warm gold for what is chosen, calm type. */
final class HudPaint {
    private static final Color GLASS = new Color(17, 16, 15, 150);
    private static final Color EDGE = new Color(255, 244, 225, 30);
    private static final Color TEXT = new Color(244, 239, 230);
    private static final Color QUIET = new Color(216, 208, 195);
    private static final Color GOLD = new Color(240, 203, 138);
    private static final Color GOLD_GLASS = new Color(240, 203, 138, 34);
    private static final Color PRESSED = new Color(255, 255, 255, 40);

    private final Typeface face;
    private final HudLegend legend;

    HudPaint(Typeface face) {
        this.face = face;
        this.legend = new HudLegend(face);
    }

    /** One panel's picture, as large as its rectangle. */
    BufferedImage paint(
            Placed<Panel> panel, HudLayout layout, KioskModel model, @Nullable Button pressed, boolean fullScreen) {
        Rect r = panel.at();
        BufferedImage image = new BufferedImage(r.w(), r.h(), BufferedImage.TYPE_INT_ARGB_PRE);
        Graphics2D g = image.createGraphics();
        g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        g.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        g.setRenderingHint(RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_ON);
        g.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        g.translate(-r.x(), -r.y());
        switch (panel.what()) {
            case TITLE -> title(g, r, layout, model);
            case BAR -> {
                glass(g, r, layout.px(17));
                g.setColor(EDGE);
                for (int x : layout.partings) {
                    g.draw(new Line2D.Double(x, r.y() + layout.px(15), x, r.y() + r.h() - layout.px(15)));
                }
                for (Placed<Button> b : layout.buttons) {
                    if (r.holds(b.at().x() + 1, b.at().y() + 1)) {
                        barButton(g, b, layout, model, b.what() == pressed, fullScreen);
                    }
                }
            }
            case PADS, ZOOM -> {
                for (Placed<Button> b : layout.buttons) {
                    if (r.holds(b.at().x() + 1, b.at().y() + 1) && b.what() != Button.DIAL) {
                        round(g, b, layout, b.what() == pressed);
                    }
                }
            }
            case LIST -> list(g, r, layout, model);
            case LEGEND -> {
                glass(g, r, layout.px(16));
                legend.paint(g, r, layout, model);
            }
            case DIAL -> dial(g, r, layout, model);
            case HINT -> hint(g, r, layout, model);
        }
        g.dispose();
        return image;
    }

    private static void glass(Graphics2D g, Rect r, double radius) {
        Shape s = new RoundRectangle2D.Double(r.x() + 0.5, r.y() + 0.5, r.w() - 1, r.h() - 1, 2 * radius, 2 * radius);
        g.setColor(GLASS);
        g.fill(s);
        g.setColor(EDGE);
        g.setStroke(new BasicStroke(1));
        g.draw(s);
    }

    private void title(Graphics2D g, Rect r, HudLayout l, KioskModel model) {
        g.setPaint(new GradientPaint(0, 0, new Color(8, 7, 6, 150), 0, r.h(), new Color(0, 0, 0, 0)));
        java.awt.Paint down = g.getPaint();
        // fades to the right as well, so that no edge shows
        for (int x = 0; x < r.w(); x++) {
            double t = (double) x / r.w();
            g.setComposite(java.awt.AlphaComposite.getInstance(
                    java.awt.AlphaComposite.SRC_OVER, (float) (1 - t * t * (3 - 2 * t))));
            g.setPaint(down);
            g.fillRect(x, 0, 1, r.h());
        }
        g.setComposite(java.awt.AlphaComposite.SrcOver);
        String zh = model.cave.title().zh();
        String en = model.cave.title().en();
        String large = model.chinese() ? zh : en;
        String small = model.chinese() ? en : zh;
        int x = l.px(34);
        g.setColor(GOLD);
        g.fill(new RoundRectangle2D.Double(l.px(28), l.px(31), l.px(3), l.px(60), l.px(3), l.px(3)));
        x += l.px(12);
        double room = r.w() - x - l.px(20);
        shadowed(g, TEXT, large, fitting(g, large, l.px(model.chinese() ? 31 : 29), room), x, l.px(57), l);
        String second = small.equals(large) ? "" : small + "   ·   ";
        String place = second + model.text(model.view().title());
        shadowed(g, QUIET, place, fitting(g, place, l.px(16), room), x, l.px(86), l);
    }

    private Font fitting(Graphics2D g, String text, double size, double room) {
        double w =
                face.size(size).getStringBounds(text, g.getFontRenderContext()).getWidth();
        return face.size(w > room ? size * room / w : size);
    }

    private static void text(Graphics2D g, String text, Font font, double x, double baseline) {
        g.setFont(font);
        g.drawString(text, (float) x, (float) baseline);
    }

    /** Text that stands on bright stone as well as on dark: with a soft dark rim. */
    private static void shadowed(
            Graphics2D g, Color colour, String text, Font font, double x, double baseline, HudLayout l) {
        g.setColor(new Color(0, 0, 0, 26));
        for (int i = 0; i < 16; i++) {
            double a = Math.PI * i / 8;
            double r = l.scale * (i % 2 == 0 ? 1.2 : 2.4);
            text(g, text, font, x + r * Math.cos(a), baseline + r * Math.sin(a));
        }
        g.setColor(colour);
        text(g, text, font, x, baseline);
    }

    private static void centred(Graphics2D g, String text, Font font, double cx, double baseline) {
        double w = font.getStringBounds(text, g.getFontRenderContext()).getWidth();
        text(g, text, font, cx - w / 2, baseline);
    }

    private static boolean chosen(Button b, KioskModel m, boolean fullScreen) {
        return switch (b) {
            case INSIDE -> m.go() == KioskModel.Go.INSIDE;
            case WALK -> m.go() == KioskModel.Go.WALK;
            case DOLLHOUSE -> m.go() == KioskModel.Go.DOLLHOUSE;
            case MESH -> m.show() == KioskModel.Show.MESH;
            case POINTS -> m.show() == KioskModel.Show.POINTS;
            case LAYERS -> m.show() == KioskModel.Show.LAYER || m.listed();
            case PICTURE -> m.laid() != null;
            case LIGHT -> m.tool() == KioskModel.Tool.LIGHT;
            case FULL_SCREEN -> fullScreen;
            default -> false;
        };
    }

    private void barButton(
            Graphics2D g, Placed<Button> b, HudLayout l, KioskModel model, boolean pressed, boolean fullScreen) {
        Rect r = b.at();
        boolean on = chosen(b.what(), model, fullScreen);
        double in = l.px(3);
        Shape s = new RoundRectangle2D.Double(r.x() + in, r.y(), r.w() - 2 * in, r.h(), l.px(22), l.px(22));
        if (pressed || on) {
            g.setColor(pressed ? PRESSED : GOLD_GLASS);
            g.fill(s);
        }
        g.setColor(on ? GOLD : TEXT);
        HudIcons.draw(g, b.what(), r.x() + r.w() / 2.0, r.y() + l.px(22), l.px(25));
        if (b.what() == Button.PICTURE && !on && model.atPicture()) { // one was taken just here
            g.setColor(GOLD);
            g.fill(new Ellipse2D.Double(r.x() + r.w() / 2.0 + l.px(12), r.y() + l.px(6), l.px(9), l.px(9)));
        }
        String label = Words.of(b.what(), model).in(model.chinese());
        g.setColor(on ? GOLD : QUIET);
        centred(g, label, fitting(g, label, l.px(13), r.w() - l.px(8)), r.x() + r.w() / 2.0, r.y() + l.px(50));
    }

    private static void round(Graphics2D g, Placed<Button> b, HudLayout l, boolean pressed) {
        Rect r = b.at();
        glass(g, r, l.px(18));
        if (pressed) {
            g.setColor(PRESSED);
            g.fill(new RoundRectangle2D.Double(r.x(), r.y(), r.w(), r.h(), l.px(36), l.px(36)));
        }
        g.setColor(TEXT);
        HudIcons.draw(g, b.what(), r.x() + r.w() / 2.0, r.y() + r.h() / 2.0, l.px(28));
    }

    private void list(Graphics2D g, Rect r, HudLayout l, KioskModel model) {
        glass(g, r, l.px(16));
        for (Placed<Integer> row : l.rows) {
            Rect at = row.at();
            boolean on = model.layer() == row.what();
            if (on) {
                g.setColor(GOLD_GLASS);
                g.fill(new RoundRectangle2D.Double(
                        at.x(), at.y() + l.px(2), at.w(), at.h() - l.px(4), l.px(20), l.px(20)));
            }
            g.setColor(on ? GOLD : TEXT);
            String title = model.text(model.layers.get(row.what()).layer().title());
            text(
                    g,
                    title,
                    fitting(g, title, l.px(15.5), at.w() - l.px(28)),
                    at.x() + l.px(14),
                    at.y() + at.h() / 2 + l.px(6));
        }
    }

    private void dial(Graphics2D g, Rect r, HudLayout l, KioskModel model) {
        glass(g, r, l.px(18));
        double[] c = l.dialCircle(r);
        g.setStroke(new BasicStroke((float) Math.max(1, l.scale)));
        for (int ring = 1; ring <= 3; ring++) {
            double q = c[2] * ring / 3;
            g.setColor(ring == 3 ? new Color(255, 244, 225, 110) : EDGE);
            g.draw(new Ellipse2D.Double(c[0] - q, c[1] - q, 2 * q, 2 * q));
        }
        double out = c[2] * (90 - model.lightElevation()) / 90;
        double az = Math.toRadians(model.lightAzimuth());
        double x = c[0] + out * Math.cos(az);
        double y = c[1] - out * Math.sin(az);
        g.setColor(new Color(240, 203, 138, 90));
        g.draw(new Line2D.Double(c[0], c[1], x, y));
        for (int k = 4; k >= 0; k--) {
            double q = l.px(9) + k * l.px(3.5);
            g.setColor(k == 0 ? new Color(255, 232, 190) : new Color(240, 203, 138, 26));
            g.fill(new Ellipse2D.Double(x - q, y - q, 2 * q, 2 * q));
        }
        g.setColor(QUIET);
        String words = Words.AZIMUTH.in(model.chinese()) + " " + Math.floorMod(Math.round(model.lightAzimuth()), 360)
                + "°  " + Words.ELEVATION.in(model.chinese()) + " " + Math.round(model.lightElevation()) + "°";
        centred(g, words, face.size(l.px(13.5)), c[0], r.y() + r.h() - l.px(12));
    }

    private void hint(Graphics2D g, Rect r, HudLayout l, KioskModel model) {
        Text notice = model.notice();
        String say = notice != null ? model.text(notice) : Words.hint(model).in(model.chinese());
        Font f = fitting(g, say, l.px(15.5), r.w() - l.px(40));
        double w = f.getStringBounds(say, g.getFontRenderContext()).getWidth() + l.px(36);
        g.setColor(new Color(17, 16, 15, 150));
        g.fill(new RoundRectangle2D.Double(r.x() + (r.w() - w) / 2, r.y(), w, r.h(), r.h(), r.h()));
        g.setColor(TEXT);
        centred(g, say, f, r.x() + r.w() / 2.0, r.y() + r.h() * 0.66);
    }
}
