package org.grotto.report;

import java.util.List;
import org.grotto.base.Work;
import org.grotto.geometry.Mesh;
import org.grotto.image.Camera;
import org.grotto.image.Glimpse;
import org.grotto.image.Picture;
import org.grotto.image.Raster;
import org.grotto.scene.Layer;
import org.jspecify.annotations.Nullable;

/** Lines of paper through the coloured classes of a layer, a way each, so that they are told apart in black and white. */
enum Pattern {
    RISING("45deg"),
    FALLING("135deg"),
    LEVEL("0deg"),
    UPRIGHT("90deg"),
    STEEP("60deg");

    /** Pixels from one line to the next. */
    private static final int STEP = 9;

    private final String turn;

    Pattern(String turn) {
        this.turn = turn;
    }

    /** Whether a pixel lies on a line. */
    boolean line(int x, int y) {
        int at = switch (this) {
            case RISING -> x + y;
            case FALLING -> x - y;
            case LEVEL -> y;
            case UPRIGHT -> x;
            case STEEP -> 2 * x + y;
        };
        return Math.floorMod(at, STEP) < 3;
    }

    /** The same for a legend, as CSS background of a colour {@code #rrggbb}. */
    String background(String colour) {
        return "repeating-linear-gradient(" + turn + "," + colour + " 0 3px,#fff 3px 5px)";
    }

    /** Whether a layer's classes stand on stone that keeps its colour; else they cover all of it and colours must do. */
    static boolean marks(Layer layer) {
        return layer.classes() != null && layer.classes().stream().anyMatch(b -> b.colour() == null);
    }

    /** The pattern of each class; null of one that keeps the stone's colour. */
    static @Nullable Pattern[] of(Layer layer) {
        List<Layer.Band> bands = layer.classes() == null ? List.of() : layer.classes();
        @Nullable Pattern[] out = new Pattern[bands.size()];
        int n = 0;
        for (int i = 0; i < out.length; i++) {
            out[i] = bands.get(i).colour() == null ? null : values()[n++ % values().length];
        }
        return out;
    }

    /** Draws the lines into a picture of {@code mesh} as {@code camera} sees it. */
    static void draw(Picture picture, Mesh mesh, Camera camera, Layer layer, boolean backs, Work work) {
        int column = mesh.columns.indexOf(layer.column());
        List<Layer.Band> bands = layer.classes() == null ? List.of() : layer.classes();
        @Nullable Pattern[] patterns = of(layer);
        Glimpse seen = Raster.look(mesh, camera, picture.width(), picture.height(), backs, work);
        for (int y = 0; y < picture.height(); y++) {
            for (int x = 0; x < picture.width(); x++) {
                int t = seen.shown()[2 * y * seen.width() + 2 * x];
                if (t < 0) {
                    continue;
                }
                double raw = mesh.columns.value(column, mesh.triangles[3 * t], 0);
                Layer.Band band = layer.isNone(raw) ? null : layer.band(raw * layer.times());
                int at = y * picture.width() + x;
                Pattern p = band == null ? null : patterns[bands.indexOf(band)];
                if (p != null && p.line(x, y)) {
                    picture.rgb()[at] = lighter(picture.rgb()[at]);
                }
            }
        }
    }

    /** Three quarters of the way to paper. */
    private static int lighter(int rgb) {
        int out = 0;
        for (int shift = 16; shift >= 0; shift -= 8) {
            int c = rgb >> shift & 255;
            out |= c + (255 - c) * 3 / 4 << shift;
        }
        return out;
    }
}
