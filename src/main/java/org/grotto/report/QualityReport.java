package org.grotto.report;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.grotto.base.Faults;
import org.grotto.base.Text;
import org.grotto.scene.Subject;
import org.jspecify.annotations.Nullable;

/**
 * The content of {@code report.json}: what was measured. Limits stand apart, in {@code limits}; a limit is the owner's to
 * set, so there is none unless one was given.
 *
 * @param subjectTold why {@code subject} is thought: evidence as numbers, reasons in words
 */
public record QualityReport(
        String format,
        String cave,
        Text title,
        Subject.Kind subject,
        Subject subjectTold,
        ReportInput.Cover cover,
        List<Fact> facts,
        List<Station> stations,
        Registration registration,
        List<Removed> removed,
        @Nullable List<Reflection> reflections,
        List<Conflict> conflicts,
        long openingsTotal,
        List<Hole> openings,
        Map<String, Histogram> histograms,
        Map<String, Faults.Entry> faults,
        List<String> notKept,
        List<Text> warnings,
        List<ReportInput.Source> inputs,
        String grotto,
        Map<String, Object> options,
        List<String> limits) {

    /** The value of {@link #format}. */
    public static final String FORMAT = "quality-report/1";

    /**
     * A station's points; {@code noiseMm} null where too few say anything, an upper bound where {@code noiseAtMost}, and
     * across the surface, not along the beams, where {@code noiseAcross}.
     */
    public record Station(
            String name,
            long points,
            @Nullable BigDecimal spacingMedianMm,
            @Nullable BigDecimal spacing95Mm,
            @Nullable BigDecimal noiseMm,
            @Nullable Boolean noiseAtMost,
            @Nullable Boolean noiseAcross,
            long noiseSamples) {}

    /** Whether the stations fit each other; {@code verdict} is "consistent", "inconsistent" or "not-checked". */
    public record Registration(String verdict, Text said, List<Pair> pairs, List<Place> stations) {}

    /**
     * Two stations on common surface.
     *
     * @param contradictsPercent of the places that say something
     * @param shift of b from where a says at the point {@code about}, metres; {@code rotation} vector, rad
     * @param covariance of both, 6 x 6
     */
    public record Pair(
            String a,
            String b,
            String verdict,
            Text reason,
            long samples,
            @Nullable BigDecimal contradictsPercent,
            @Nullable BigDecimal wallMm,
            @Nullable BigDecimal wallErrorMm,
            double @Nullable [] shift,
            double @Nullable [] rotation,
            double @Nullable [] about,
            double @Nullable [][] covariance) {}

    /** A station against the others: its shift and rotation from where they say. */
    public record Place(
            String name,
            String verdict,
            Text reason,
            double @Nullable [] shift,
            double @Nullable [] rotation,
            double @Nullable [] about,
            double @Nullable [][] covariance) {}

    /**
     * A plane that the scene was seen in a second time: a mirror, still water, a polished floor.
     *
     * @param centre metres, of the part that reflects; {@code normal} to the side of what is real
     * @param width level, metres; {@code height} across that
     * @param points that are reflections; {@code percent} of those read
     */
    public record Reflection(
            BigDecimal[] centre,
            BigDecimal[] normal,
            BigDecimal width,
            BigDecimal height,
            long points,
            @Nullable BigDecimal percent) {}

    /** Points taken out for one reason. */
    public record Removed(
            Text reason, long points, @Nullable BigDecimal percent) {}

    /** Surface that stations contradict for one reason; {@code percent} of all. */
    public record Conflict(
            String key,
            Text reason,
            BigDecimal areaM2,
            @Nullable BigDecimal percent) {
        /** Whether it is shown to people: it is more than 0.0 m² or more than 0.0 % of the surface. */
        boolean tells() {
            return areaM2.doubleValue() >= 0.05 || percent != null && percent.doubleValue() >= 0.02;
        }
    }

    /**
     * An opening of the mesh.
     *
     * @param place where a person finds it, by the sides that the report's drawings name
     */
    public record Hole(
            int number,
            BigDecimal perimeterM,
            BigDecimal areaM2,
            BigDecimal x,
            BigDecimal y,
            BigDecimal z,
            BigDecimal longestSideM,
            Text place) {}

    /** The fact of that key, or null. */
    @Nullable
    Fact fact(String key) {
        for (Fact f : facts) {
            if (f.key().equals(key)) {
                return f;
            }
        }
        return null;
    }
}
