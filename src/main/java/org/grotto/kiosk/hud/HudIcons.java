package org.grotto.kiosk.hud;

import java.awt.BasicStroke;
import java.awt.Graphics2D;
import java.awt.geom.AffineTransform;
import java.awt.geom.Arc2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;

/** The buttons' icons, drawn as lines on a field of 24 by 24. */
final class HudIcons {
    private HudIcons() {}

    /** Draws the icon centred on (cx, cy), {@code size} pixels wide, in the current colour. */
    static void draw(Graphics2D to, HudLayout.Button button, double cx, double cy, double size) {
        Graphics2D g = (Graphics2D) to.create();
        AffineTransform at = AffineTransform.getTranslateInstance(cx - size / 2, cy - size / 2);
        at.scale(size / 24, size / 24);
        g.transform(at);
        g.setStroke(new BasicStroke(1.6f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        switch (button) {
            case INSIDE -> {
                Path2D p = path(3, 21, 3, 11);
                p.curveTo(3, 0.5, 21, 0.5, 21, 11);
                p.lineTo(21, 21);
                p.closePath();
                g.draw(p);
                g.draw(new Ellipse2D.Double(9.6, 8.2, 4.8, 4.8));
                Path2D body = path(7, 21, 7, 19.5);
                body.curveTo(7, 14.5, 17, 14.5, 17, 19.5);
                body.lineTo(17, 21);
                g.draw(body);
            }
            case WALK -> {
                g.fill(new Ellipse2D.Double(11.2, 2, 4, 4));
                g.draw(path(12.6, 8, 11, 14, 14, 17, 14.6, 22));
                g.draw(path(11, 14, 9.6, 18, 6.6, 21.6));
                g.draw(path(7.6, 13, 8.8, 9.6, 12.6, 8, 14.4, 11.4, 17.6, 12.6));
            }
            case DOLLHOUSE -> {
                g.draw(path(12, 2.5, 21, 7.5, 21, 16.5, 12, 21.5, 3, 16.5, 3, 7.5, 12, 2.5));
                g.draw(path(3, 7.5, 12, 12.5, 21, 7.5));
                g.draw(path(12, 12.5, 12, 21.5));
            }
            case MESH -> {
                g.draw(path(3, 19, 8, 5, 21, 8, 17, 20, 3, 19));
                g.draw(path(8, 5, 12, 14, 21, 8));
                g.draw(path(3, 19, 12, 14, 17, 20));
            }
            case POINTS -> {
                double[][] dots = {
                    {5, 6},
                    {11, 4},
                    {17.5, 6},
                    {8, 11},
                    {14.5, 10.5},
                    {20, 12},
                    {4.5, 16},
                    {11, 16.5},
                    {17, 17.5},
                    {8, 21},
                    {14, 21.5}
                };
                for (double[] d : dots) {
                    g.fill(new Ellipse2D.Double(d[0] - 1.35, d[1] - 1.35, 2.7, 2.7));
                }
            }
            case LAYERS -> {
                g.draw(path(12, 3, 21, 8, 12, 13, 3, 8, 12, 3));
                g.draw(path(3, 12.2, 12, 17.2, 21, 12.2));
                g.draw(path(3, 16.4, 12, 21.4, 21, 16.4));
            }
            case LIGHT -> {
                g.draw(new Ellipse2D.Double(7.6, 7.6, 8.8, 8.8));
                for (int i = 0; i < 8; i++) {
                    double a = Math.PI * i / 4;
                    g.draw(new Line2D.Double(
                            12 + 7 * Math.cos(a),
                            12 + 7 * Math.sin(a),
                            12 + 9.8 * Math.cos(a),
                            12 + 9.8 * Math.sin(a)));
                }
            }
            case PICTURE -> {
                g.draw(path(3, 5, 21, 5, 21, 19, 3, 19, 3, 5));
                g.draw(path(3, 17, 9, 10, 13.5, 15, 16, 12.5, 21, 17));
                g.fill(new Ellipse2D.Double(14.6, 7.4, 3, 3));
            }
            case NEXT -> {
                Path2D pin = path(12, 21.5, 12, 21.5);
                pin.curveTo(7, 15, 5, 12.5, 5, 9.3);
                pin.curveTo(5, 0.4, 19, 0.4, 19, 9.3);
                pin.curveTo(19, 12.5, 17, 15, 12, 21.5);
                g.draw(pin);
                g.draw(new Ellipse2D.Double(9.4, 6.6, 5.2, 5.2));
            }
            case LANGUAGE -> {
                g.draw(new Ellipse2D.Double(3, 3, 18, 18));
                g.draw(new Ellipse2D.Double(8, 3, 8, 18));
                g.draw(path(3.6, 9, 20.4, 9));
                g.draw(path(3.6, 15, 20.4, 15));
            }
            case FULL_SCREEN -> {
                g.draw(path(3, 8, 3, 4, 8, 4));
                g.draw(path(16, 4, 21, 4, 21, 8));
                g.draw(path(21, 16, 21, 20, 16, 20));
                g.draw(path(8, 20, 3, 20, 3, 16));
            }
            case ZOOM_IN -> {
                g.draw(path(4, 12, 20, 12));
                g.draw(path(12, 4, 12, 20));
            }
            case ZOOM_OUT -> g.draw(path(4, 12, 20, 12));
            case FORWARD -> g.draw(path(5, 15, 12, 8, 19, 15));
            case BACK -> g.draw(path(5, 9, 12, 16, 19, 9));
            case TURN_LEFT -> {
                g.draw(new Arc2D.Double(5, 6, 14, 14, -40, 200, Arc2D.OPEN));
                g.draw(path(1.8, 10, 5.2, 14, 8.8, 10.4));
            }
            case TURN_RIGHT -> {
                g.draw(new Arc2D.Double(5, 6, 14, 14, 20, 200, Arc2D.OPEN));
                g.draw(path(15.2, 10.4, 18.8, 14, 22.2, 10));
            }
            case DIAL -> {
                // the dial is painted whole, not as an icon
            }
        }
        g.dispose();
    }

    private static Path2D path(double... xy) {
        Path2D p = new Path2D.Double();
        p.moveTo(xy[0], xy[1]);
        for (int i = 2; i < xy.length; i += 2) {
            p.lineTo(xy[i], xy[i + 1]);
        }
        return p;
    }
}
