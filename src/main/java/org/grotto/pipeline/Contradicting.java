package org.grotto.pipeline;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.grotto.base.Text;
import org.grotto.base.Texts;
import org.grotto.report.ReportInput;
import org.grotto.sight.Contradiction;
import org.grotto.surface.Conflicts;

/** Says what stations contradict: a warning where it is much, the report's rows. */
final class Contradicting {
    /** Less of the surface than this share is told in the report alone. */
    private static final double MUCH = 0.001;

    /** Reasons of less area, square metres, and of less of the surface are not named; of five, one always has a fifth of MUCH. */
    private static final double NAMED = 0.05;

    private static final double NAMED_SHARE = MUCH / 5;

    private Contradicting() {}

    static void say(Conflicts.Result found, Results r) {
        double all = found.area().values().stream().mapToDouble(a -> a).sum();
        if (all <= 0) {
            return;
        }
        double surface = org.grotto.report.Report.area(found.mesh(), r.work());
        double share = all / surface;
        if (share >= MUCH) {
            r.warn(Texts.of(
                    "conflict.warning",
                    "area",
                    square(all),
                    "share",
                    percent(share),
                    "why",
                    why(found.area(), surface)));
        }
    }

    /** What contradicts, the largest area first. */
    private static Text why(Map<Contradiction, Double> area, double surface) {
        List<Text> parts = area.entrySet().stream()
                .filter(e -> e.getValue() >= Math.min(NAMED, NAMED_SHARE * surface))
                .sorted((a, b) -> Double.compare(b.getValue(), a.getValue()))
                .map(e -> Texts.of(
                        "conflict.part",
                        "reason",
                        Texts.of("conflict." + e.getKey().key()),
                        "area",
                        square(e.getValue())))
                .toList();
        Text all = parts.getFirst();
        for (Text part : parts.subList(1, parts.size())) {
            all = Texts.of("conflict.and", "one", all, "other", part);
        }
        return all;
    }

    private static String square(double metres) {
        return String.format(Locale.ROOT, metres < 0.1 ? "%.3f" : metres < 10 ? "%.2f" : "%.1f", metres);
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, share < 0.01 ? "%.2f" : "%.1f", 100 * share);
    }

    /** The report's rows. */
    static List<ReportInput.Conflict> rows(Map<Contradiction, Double> area) {
        return area.entrySet().stream()
                .map(e -> new ReportInput.Conflict(
                        e.getKey().key(), Texts.of("conflict." + e.getKey().key()), e.getValue()))
                .toList();
    }
}
