package org.grotto.scene;

import java.util.List;

/**
 * A layer's colours by step: values of its column fall on steps 0 to {@value #STEPS} - 1, evenly over the range that scale
 * or classes name; {@link #NONE} stands for no value. A viewer paints by step.
 */
public final class Palette {
    public static final int STEPS = 255;
    /** The step of a vertex of which nothing is known. */
    public static final int NONE = 255;

    /** Paints what is not known: a quiet grey. */
    private static final int UNKNOWN = 0x8C8A86;

    private final Layer layer;
    private final double from;
    private final double to;
    private final int[] colour = new int[256];
    private final boolean[] own = new boolean[256];
    private final boolean[] hatch = new boolean[256];

    public Palette(Layer layer) {
        this.layer = layer;
        Layer.Scale scale = layer.scale();
        List<Layer.Band> bands = layer.classes() == null ? List.of() : layer.classes();
        if (scale != null) {
            from = scale.from();
            to = scale.to();
        } else {
            from = bands.stream().mapToDouble(Layer.Band::from).min().orElse(0);
            to = bands.stream().mapToDouble(Layer.Band::to).max().orElse(1);
        }
        for (int step = 0; step < STEPS; step++) {
            double v = value(step);
            Layer.Band band = layer.band(v);
            if (scale != null) {
                colour[step] = mixed(scale, v);
            } else if (band == null) {
                colour[step] = UNKNOWN;
            } else {
                own[step] = band.colour() == null;
                colour[step] = band.colour() == null ? UNKNOWN : rgb(band.colour());
                hatch[step] = band.hatch();
            }
        }
        colour[NONE] = UNKNOWN;
    }

    /** 0xRRGGBB of {@code #rrggbb}; a quiet grey for what is none. */
    public static int rgb(String colour) {
        return colour.matches("#[0-9a-fA-F]{6}") ? Integer.parseInt(colour.substring(1), 16) : UNKNOWN;
    }

    private static int mixed(Layer.Scale scale, double value) {
        List<String> colours = scale.colours();
        if (colours.isEmpty()) {
            return UNKNOWN;
        }
        double span = scale.to() - scale.from();
        double t = span > 0 ? Math.max(0, Math.min(1, (value - scale.from()) / span)) : 0;
        double at = t * (colours.size() - 1);
        int i = (int) Math.min(Math.max(0, colours.size() - 2), Math.floor(at));
        int a = rgb(colours.get(i));
        int b = rgb(colours.get(Math.min(colours.size() - 1, i + 1)));
        int out = 0;
        for (int shift = 16; shift >= 0; shift -= 8) {
            double c = (a >> shift & 255) + (at - i) * ((b >> shift & 255) - (a >> shift & 255));
            out |= (int) Math.round(c) << shift;
        }
        return out;
    }

    public Layer layer() {
        return layer;
    }

    /** The step of a value of the layer's column. */
    public int step(double raw) {
        if (layer.isNone(raw)) {
            return NONE;
        }
        double v = raw * layer.times();
        if (layer.named()) {
            // names beyond the steps come round again: neighbours differ
            return Math.floorMod((int) Math.floor(v - from), STEPS);
        }
        double t = to > from ? (v - from) / (to - from) : 0;
        return (int) Math.max(0, Math.min(STEPS - 1, Math.floor(t * STEPS)));
    }

    /** The value in the middle of a step, in the layer's unit; NaN for {@link #NONE}. */
    public double value(int step) {
        if (step == NONE) {
            return Double.NaN;
        }
        return layer.named() ? from + step + 0.5 : from + (step + 0.5) * (to - from) / STEPS;
    }

    /** 0xRRGGBB of a step. */
    public int colour(int step) {
        return colour[step];
    }

    /** Whether the stone keeps its own colour there. */
    public boolean own(int step) {
        return own[step];
    }

    public boolean hatched(int step) {
        return hatch[step];
    }
}
