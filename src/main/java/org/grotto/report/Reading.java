package org.grotto.report;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.grotto.base.Text;
import org.grotto.base.Texts;
import org.jspecify.annotations.Nullable;

/**
 * What a report's numbers mean, for a reader who never saw one: questions that an archaeologist asks, answered from the
 * facts. It compares what can be compared without the owner's limits (model against noise, stations against noise) and
 * gives rules of thumb for the rest.
 */
final class Reading {
    /** Details need at least two points across. */
    private static final double POINTS_ACROSS = 2;
    /** Of normal scatter, 95 % lies within so many standard deviations. */
    private static final double WITHIN_95 = 1.96;

    /**
     * @param concern whether the reader should be wary before using the model
     */
    record Answer(Text question, Text answer, boolean concern) {}

    private final QualityReport r;
    private final List<Answer> answers = new ArrayList<>();

    private Reading(QualityReport r) {
        this.r = r;
    }

    static List<Answer> of(QualityReport r) {
        Reading x = new Reading(r);
        x.subject();
        x.detail();
        x.measured();
        x.conflicts();
        x.noise();
        x.fit();
        x.stations();
        return x.answers;
    }

    private @Nullable BigDecimal value(String key) {
        Fact f = r.fact(key);
        return f == null ? null : f.value();
    }

    private static String show(BigDecimal v) {
        return Fact.show(v);
    }

    private static String twice(BigDecimal v) {
        double d = POINTS_ACROSS * v.doubleValue();
        return Fact.show(Objects.requireNonNull(Fact.round(d, d < 10 ? 1 : 0)));
    }

    private void say(Text question, Text answer, boolean concern) {
        answers.add(new Answer(question, new Text(together(answer.zh()), together(answer.en())), concern));
    }

    /** A number and its unit do not part at the end of a line. */
    private static String together(String text) {
        return text.replaceAll("(\\d) (mm|m²|%)", "$1\u00a0$2");
    }

    private void subject() {
        say(
                Texts.of("subject.question"),
                r.subjectTold().sentence(),
                !r.subjectTold().sure());
    }

    private void detail() {
        BigDecimal fine = value("spacing.p05");
        BigDecimal half = value("spacing.median");
        BigDecimal most = value("spacing.p95");
        if (fine == null || half == null || most == null) {
            return;
        }
        say(
                Texts.of("report.detail-question"),
                Texts.of(
                        "report.detail-answer",
                        "half",
                        show(half),
                        "fine",
                        show(fine),
                        "most",
                        show(most),
                        "halfDetail",
                        twice(half),
                        "fineDetail",
                        twice(fine),
                        "mostDetail",
                        twice(most)),
                false);
    }

    private void measured() {
        BigDecimal share = value("coverage");
        BigDecimal made = value("area.inferred");
        BigDecimal away = value("area.cutAway");
        BigDecimal closed = value("coverage.closed");
        if (share == null || made == null) {
            return;
        }
        if (away == null || closed == null) {
            Text answer = Texts.of("report.measured-where-open", "share", show(share), "inferred", show(made));
            say(Texts.of("report.measured-question"), answer, false);
            return;
        }
        say(
                Texts.of("report.measured-question"),
                Texts.of(
                        "report.measured-answer",
                        "share",
                        show(share),
                        "inferred",
                        show(made),
                        "away",
                        show(away),
                        "closed",
                        show(closed)),
                false);
    }

    private void conflicts() {
        BigDecimal area = value("area.conflicting");
        if (area == null || r.conflicts().stream().noneMatch(QualityReport.Conflict::tells)) {
            return;
        }
        double percent = r.conflicts().stream()
                .mapToDouble(c -> c.percent() == null ? 0 : c.percent().doubleValue())
                .sum();
        Text answer = Texts.of(
                "report.conflicts-answer",
                "area",
                show(area),
                "share",
                Fact.show(Objects.requireNonNull(Fact.round(percent, 2))));
        say(Texts.of("report.conflicts-question"), answer, percent >= 0.1);
    }

    private void noise() {
        BigDecimal noise = value("noise");
        BigDecimal most = value("noise.atMost");
        if (most != null) {
            say(Texts.of("report.noise-question"), Texts.of("report.noise-at-most", "noise", show(most)), false);
        }
        if (noise == null) {
            return;
        }
        say(Texts.of("report.noise-question"), Texts.of("report.noise-answer", "noise", show(noise)), false);
    }

    private void fit() {
        BigDecimal half = value("distance.median");
        BigDecimal most = value("distance.p95");
        BigDecimal atMost = value("noise.atMost");
        BigDecimal noise = atMost == null ? value("noise") : atMost;
        if (half == null || most == null) {
            return;
        }
        String key = "report.fit-answer";
        boolean concern = false;
        String alone = "";
        if (noise != null) {
            double expected = WITHIN_95 * noise.doubleValue();
            alone = Fact.show(Objects.requireNonNull(Fact.round(expected, 2)));
            concern = most.doubleValue() > 1.5 * expected;
            // within a bound nobody knows how near the noise the model is
            key = concern ? "report.fit-beyond-noise" : atMost == null ? "report.fit-as-noise" : key;
        }
        Text answer = Texts.of(key, "half", show(half), "most", show(most), "noise", alone);
        say(Texts.of("report.fit-question"), answer, concern);
    }

    private void stations() {
        QualityReport.Registration g = r.registration();
        boolean concern = g.verdict().equals("inconsistent");
        say(Texts.of("report.stations-question"), g.said(), concern);
    }
}
