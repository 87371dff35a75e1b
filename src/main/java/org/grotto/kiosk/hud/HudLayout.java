package org.grotto.kiosk.hud;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.grotto.kiosk.visit.KioskModel;
import org.grotto.scene.Palette;

/**
 * Where panels and buttons stand, for a picture of given size; y down from the top, pixels. Buttons are at least 54 pixels
 * on a screen 720 pixels high and grow with it; the bar is low, so that what stands in the picture stays in sight.
 */
public final class HudLayout {
    /** What a button does. */
    public enum Button {
        INSIDE,
        WALK,
        DOLLHOUSE,
        MESH,
        POINTS,
        LAYERS,
        LIGHT,
        PICTURE,
        NEXT,
        LANGUAGE,
        FULL_SCREEN,
        ZOOM_IN,
        ZOOM_OUT,
        FORWARD,
        BACK,
        TURN_LEFT,
        TURN_RIGHT,
        DIAL
    }

    /** A piece of the screen that is painted on its own. */
    enum Panel {
        TITLE,
        BAR,
        LIST,
        LEGEND,
        PADS,
        ZOOM,
        DIAL,
        HINT
    }

    public record Rect(int x, int y, int w, int h) {
        boolean holds(double px, double py) {
            return px >= x && px < x + w && py >= y && py < y + h;
        }
    }

    public record Placed<T>(T what, Rect at) {}

    final double scale;
    final List<Placed<Panel>> panels = new ArrayList<>();
    public final List<Placed<Button>> buttons = new ArrayList<>();
    /** The rows of the list of layers: each layer's place in the model's list. */
    public final List<Placed<Integer>> rows = new ArrayList<>();
    /** Where thin lines part the bar's groups, x. */
    final List<Integer> partings = new ArrayList<>();

    private final int width;
    private final int height;

    HudLayout(int width, int height, KioskModel model) {
        this.width = width;
        this.height = height;
        this.scale = Math.max(0.6, Math.min(height / 720.0, width / 1120.0));
        panels.add(new Placed<>(Panel.TITLE, new Rect(0, 0, Math.min(width, px(760)), px(132))));
        bar(model);
        boolean walking = model.go() == KioskModel.Go.WALK;
        if (walking) {
            pads();
        }
        zoom();
        if (model.tool() == KioskModel.Tool.LIGHT) {
            dial();
        }
        Palette palette = model.palette();
        if (palette != null) {
            int w = px(model.chinese() ? 262 : 292);
            int h = px(HudLegend.height(palette.layer(), (height - px(400)) / scale));
            panels.add(new Placed<>(
                    Panel.LEGEND, new Rect(px(28), walking ? px(150) : Math.max(0, height - px(116) - h), w, h)));
        }
        if (model.listed()) {
            list(model);
        }
        if (!model.touched() || model.tool() == KioskModel.Tool.LIGHT || model.notice() != null) {
            int w = Math.min(width - px(40), px(760));
            panels.add(new Placed<>(Panel.HINT, new Rect((width - w) / 2, height - px(126), w, px(32))));
        }
    }

    int px(double at720) {
        return (int) Math.round(at720 * scale);
    }

    private void bar(KioskModel model) {
        List<List<Button>> groups = new ArrayList<>();
        if (model.walkable) {
            groups.add(List.of(Button.INSIDE, Button.WALK, Button.DOLLHOUSE));
        }
        groups.add(java.util.stream.Stream.of(Button.MESH, Button.POINTS, Button.LAYERS)
                .filter(b -> b != Button.POINTS || model.hasPoints)
                .filter(b -> b != Button.LAYERS || !model.layers.isEmpty())
                .toList());
        groups.add(
                model.pictured()
                        ? List.of(Button.LIGHT, Button.PICTURE, Button.NEXT)
                        : List.of(Button.LIGHT, Button.NEXT));
        groups.add(List.of(Button.LANGUAGE, Button.FULL_SCREEN));
        int count = groups.stream().mapToInt(List::size).sum();
        int bw = px(76);
        int bh = px(58);
        int gap = px(14);
        int pad = px(6);
        int w = count * bw + (groups.size() - 1) * gap + 2 * pad;
        int h = bh + 2 * pad;
        int x = (width - w) / 2;
        int y = height - h - px(14);
        panels.add(new Placed<>(Panel.BAR, new Rect(x, y, w, h)));
        int at = x + pad;
        for (List<Button> group : groups) {
            if (at > x + pad) {
                partings.add(at + gap / 2);
                at += gap;
            }
            for (Button b : group) {
                buttons.add(new Placed<>(b, new Rect(at, y + pad, bw, bh)));
                at += bw;
            }
        }
    }

    /** The layers, one over the other, over their button. */
    private void list(KioskModel model) {
        int w = px(188);
        int pad = px(6);
        int row = Math.min(px(46), (height - px(92) - 3 * pad) / model.layers.size()); // many stand closer
        int h = model.layers.size() * row + 2 * pad;
        int middle = buttons.stream()
                .filter(b -> b.what() == Button.LAYERS)
                .mapToInt(b -> b.at().x() + b.at().w() / 2)
                .findFirst()
                .orElse(width / 2);
        int x = middle - w / 2;
        int y = height - px(92) - h;
        panels.add(new Placed<>(Panel.LIST, new Rect(x, y, w, h)));
        for (int i = 0; i < model.layers.size(); i++) {
            rows.add(new Placed<>(i, new Rect(x + pad, y + pad + i * row, w - 2 * pad, row)));
        }
    }

    private void pads() {
        int b = px(64);
        int gap = px(6);
        int x = px(28);
        int y = height - px(104) - 2 * b - gap - px(16);
        panels.add(new Placed<>(Panel.PADS, new Rect(x, y, 3 * b + 2 * gap, 2 * b + gap)));
        buttons.add(new Placed<>(Button.FORWARD, new Rect(x + b + gap, y, b, b)));
        buttons.add(new Placed<>(Button.TURN_LEFT, new Rect(x, y + b + gap, b, b)));
        buttons.add(new Placed<>(Button.BACK, new Rect(x + b + gap, y + b + gap, b, b)));
        buttons.add(new Placed<>(Button.TURN_RIGHT, new Rect(x + 2 * (b + gap), y + b + gap, b, b)));
    }

    private void zoom() {
        int b = px(54);
        int gap = px(6);
        int x = width - px(28) - b;
        int y = (height - 2 * b) / 2 - px(60);
        panels.add(new Placed<>(Panel.ZOOM, new Rect(x, y, b, 2 * b + gap)));
        buttons.add(new Placed<>(Button.ZOOM_IN, new Rect(x, y, b, b)));
        buttons.add(new Placed<>(Button.ZOOM_OUT, new Rect(x, y + b + gap, b, b)));
    }

    private void dial() {
        int d = px(190);
        Rect r = new Rect(width - px(28) - d, height - px(118) - d, d, d + px(14));
        panels.add(new Placed<>(Panel.DIAL, r));
        buttons.add(new Placed<>(Button.DIAL, r));
    }

    /** The dial's middle and radius: x, y, r. */
    public double[] dialCircle(Rect r) {
        return new double[] {r.x + r.w / 2.0, r.y + r.w / 2.0 - px(4), r.w / 2.0 - px(24)};
    }

    public Optional<Placed<Button>> buttonAt(double x, double y) {
        return buttons.stream().filter(b -> b.at().holds(x, y)).findFirst();
    }

    /** The layer whose row stands there, by its place in the model's list. */
    public Optional<Integer> layerAt(double x, double y) {
        return rows.stream().filter(r -> r.at().holds(x, y)).map(Placed::what).findFirst();
    }

    /** Whether a press there is for the panels and not for the cave behind them. */
    public boolean takes(double x, double y) {
        return panels.stream()
                        .filter(p -> p.what() != Panel.TITLE && p.what() != Panel.HINT && p.what() != Panel.PADS)
                        .anyMatch(p -> p.at().holds(x, y))
                || buttonAt(x, y).isPresent();
    }
}
