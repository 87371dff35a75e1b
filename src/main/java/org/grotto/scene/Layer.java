package org.grotto.scene;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.grotto.base.Text;
import org.grotto.base.Texts;
import org.grotto.geometry.Columns;
import org.jspecify.annotations.Nullable;

/**
 * A quantity on the stone that viewers can show: what it is, where its values stand, how they are coloured. Kiosk, web page
 * and report make button, legend, palette, read-out and picture from this, and know no layer by name.
 *
 * @param id unique in its package, in small letters
 * @param title for the button
 * @param carrier what its values hang on
 * @param column the column of the carrier that holds them: of vertices, attribute {@code _COLUMN} of the tiles; of points,
 *     a dimension of the point files
 * @param quantity what is measured, for legend and read-out
 * @param unit of what is shown: shown = column value times {@code times}
 * @param decimals that mean something
 * @param none the column value that says that nothing is known, or null where something always is
 * @param uncertainty of a value, or null where nobody knows it
 * @param scale how values are coloured, or null where {@code classes} say it
 * @param named whether values are names, so that none lies between two others
 * @param classes how values are named and coloured; the first that holds a value counts
 * @param open what a place without surface means, or null where it means nothing for this layer
 * @param source the craft that made it, and of what
 */
public record Layer(
        String id,
        Text title,
        Carrier carrier,
        String column,
        Text quantity,
        String unit,
        double times,
        int decimals,
        @Nullable Double none,
        @Nullable Uncertainty uncertainty,
        @Nullable Scale scale,
        boolean named,
        @Nullable List<Band> classes,
        @Nullable Text open,
        String source) {

    /** What a layer's values hang on. */
    public enum Carrier {
        @JsonProperty("vertex")
        VERTEX,
        @JsonProperty("point")
        POINT,
        @JsonProperty("line")
        LINE,
        @JsonProperty("region")
        REGION,
        @JsonProperty("image")
        IMAGE
    }

    /**
     * How far a value may be off.
     *
     * @param value in the layer's unit, one standard deviation
     * @param how it was told
     */
    public record Uncertainty(double value, Text how) {}

    /**
     * Colours from {@code from} to {@code to}, in the layer's unit; values beyond take the end's.
     *
     * @param colours {@code #rrggbb}, evenly spaced, two at least; between them the viewer mixes
     */
    public record Scale(double from, double to, List<String> colours) {}

    /**
     * Values from {@code from} up to, not including, {@code to}, in the layer's unit; the last class of a layer includes its
     * end.
     *
     * @param colour {@code #rrggbb}, or null for the stone's own
     * @param hatch whether it is hatched, so that it does not hang on colour alone
     */
    public record Band(
            double from, double to, Text title, @Nullable String colour, boolean hatch) {}

    /** Measured or inferred: of the column {@link Columns#EVIDENCE}, also of packages without a list. */
    public static Layer evidence() {
        return new Layer(
                "evidence",
                Texts.of("layers.evidence.title"),
                Carrier.VERTEX,
                Columns.EVIDENCE.name(),
                Texts.of("layers.evidence.quantity"),
                "1",
                1 / 255.0,
                2,
                null,
                null,
                null,
                false,
                List.of(
                        new Band(0, 0.5, Texts.of("layers.evidence.inferred"), "#4d6d93", true),
                        new Band(0.5, 1, Texts.of("layers.evidence.measured"), null, false)),
                Texts.of("layers.evidence.open"),
                Columns.EVIDENCE.source());
    }

    /** The class that holds a value in the layer's unit, or null. */
    public @Nullable Band band(double value) {
        List<Band> all = classes == null ? List.of() : classes;
        for (int i = 0; i < all.size(); i++) {
            Band b = all.get(i);
            if (value >= b.from && (value < b.to || i == all.size() - 1 && value <= b.to)) {
                return b;
            }
        }
        return null;
    }

    /** Whether a value of the column says that nothing is known. */
    public boolean isNone(double raw) {
        return Double.isNaN(raw) || none != null && raw == none;
    }
}
