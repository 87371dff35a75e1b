package org.grotto.report;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.grotto.base.Text;
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
        x.detail();
        x.measured();
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

    private void say(String qzh, String qen, String zh, String en, boolean concern) {
        answers.add(new Answer(new Text(qzh, qen), new Text(together(zh), together(en)), concern));
    }

    /** A number and its unit do not part at the end of a line. */
    private static String together(String text) {
        return text.replaceAll("(\\d) (mm|m²|%)", "$1\u00a0$2");
    }

    private void detail() {
        BigDecimal fine = value("spacing.p05");
        BigDecimal half = value("spacing.median");
        BigDecimal most = value("spacing.p95");
        if (fine == null || half == null || most == null) {
            return;
        }
        say(
                "能看到多细的形态？",
                "How fine a detail does it hold?",
                "点与邻点的距离：一半的点在 " + show(half) + " mm 以内，最密处（5 % 的点）在 " + show(fine) + " mm 以内，最稀处（5 %）在 " + show(most)
                        + " mm 以上。小于两倍间距的形态未被记录：一般处约 " + twice(half) + " mm，最密处约 " + twice(fine) + " mm，最稀处约 "
                        + twice(most)
                        + " mm。经验参照：錾痕与浅刻文字需间距约 1 mm，衣纹与浮雕约 3 mm，龛像整体约 10 mm。",
                "Distance from a point to its neighbours: within " + show(half) + " mm for half of the points, within "
                        + show(fine) + " mm in the densest places (5 % of the points), above " + show(most)
                        + " mm in the sparsest (5 %). What is smaller than two spacings was not recorded: about "
                        + twice(half)
                        + " mm in general, " + twice(fine) + " mm in the densest and " + twice(most)
                        + " mm in the sparsest places. Rule of thumb: tool marks and shallow writing take a spacing of about"
                        + " 1 mm, folds and reliefs 3 mm, a niche with its figure as a whole 10 mm.",
                false);
    }

    private void measured() {
        BigDecimal share = value("coverage");
        BigDecimal made = value("area.inferred");
        BigDecimal away = value("area.cutAway");
        BigDecimal closed = value("coverage.closed");
        if (share == null || made == null || away == null || closed == null) {
            return;
        }
        say(
                "全部都是实测的吗？",
                "Is all of it measured?",
                "模型表面的 " + show(share) + " % 有扫描点支持；" + show(made) + " m² 由重建补出，在“依据”视图中标明，不宜用于研究。另有约 " + show(away)
                        + " m² 没有测站看到，模型在此空缺。连空缺一起计算，实测面约占 " + show(closed) + " %。",
                show(share) + " % of the model's surface has scan points on it. " + show(made)
                        + " m² were filled in by the reconstruction; the evidence view marks them, and no conclusion should rest"
                        + " on them. About " + show(away)
                        + " m² more were seen by no station: there the model is open. Counting the open places too, about "
                        + show(closed) + " % was measured.",
                false);
    }

    private void noise() {
        BigDecimal noise = value("noise");
        if (noise == null) {
            return;
        }
        say(
                "单个点有多准？",
                "How steady is a single point?",
                "同一测站的点在表面上下散布，标准差 " + show(noise) + " mm：约三分之二的点偏离表面不到此值。量两个单点之间的距离，误差约为其 1.4 倍；多点平均的形态更准。"
                        + "经验参照：数米外的地面扫描仪为 1 至 3 mm。",
                "The points of one station scatter about the surface with a standard deviation of " + show(noise)
                        + " mm: about two points in three lie nearer to it than that. A distance between two single points is"
                        + " unsure by about 1.4 times as much; a shape that many points share is surer. Rule of thumb:"
                        + " terrestrial scanners at some metres scatter by 1 to 3 mm.",
                false);
    }

    private void fit() {
        BigDecimal half = value("distance.median");
        BigDecimal most = value("distance.p95");
        BigDecimal noise = value("noise");
        if (half == null || most == null) {
            return;
        }
        String zh = "一半的扫描点距模型不到 " + show(half) + " mm，95 % 的点不到 " + show(most) + " mm。";
        String en = "Half of the scan points lie within " + show(half) + " mm of the model, 95 % within " + show(most)
                + " mm.";
        boolean concern = false;
        if (noise != null) {
            double expected = WITHIN_95 * noise.doubleValue();
            String by = Fact.show(Objects.requireNonNull(Fact.round(expected, 2)));
            concern = most.doubleValue() > 1.5 * expected;
            zh += concern
                    ? "仅由噪声，95 % 的点应在 " + by + " mm 以内；超出说明模型在某些地方抹平了形态或跨越了缺口，请看下文的距离分布。"
                    : "仅由噪声，95 % 的点即可达 " + by + " mm；模型与扫描的符合程度已与噪声相当，不能指望更好。";
            en += concern
                    ? " From noise alone 95 % would lie within " + by
                            + " mm; the rest says that the model smooths or bridges in places: see the distances below."
                    : " Noise alone would put 95 % within " + by
                            + " mm: the model follows the scans about as closely as their noise allows.";
        }
        say("模型贴合扫描吗？", "Does the model follow the scans?", zh, en, concern);
    }

    private void stations() {
        BigDecimal judged = value("pairs.judged");
        BigDecimal bad = value("pairs.doubled");
        if (judged == null || bad == null) {
            return;
        }
        boolean concern = bad.signum() > 0;
        BigDecimal largest = BigDecimal.ZERO;
        for (QualityReport.Pair p : r.stationPairs()) {
            largest = p.shiftMm() == null ? largest : largest.max(p.shiftMm());
        }
        String zh;
        String en;
        if (judged.signum() == 0) {
            zh = "无法判定：没有两个测站的共同表面足以比较。";
            en = "This cannot be told: no two stations share enough surface to compare.";
        } else if (concern) {
            zh = "不吻合：可比较的 " + judged + " 对测站中有 " + bad + " 对错位，最大 " + show(largest)
                    + " mm，同一面墙在模型中重影或变糊。使用前须重新配准，见“测站配准残差”。";
            en = "No: of the " + judged + " pair(s) that can be compared, " + bad + " do not fit, by up to "
                    + show(largest)
                    + " mm; there a wall stands twice in the model, or blurred. Register the scans again before use; see"
                    + " “How stations agree”.";
        } else {
            zh = "吻合：可比较的 " + judged + " 对测站在共同表面上的错位最大 " + show(largest) + " mm，均在噪声可解释的范围内，没有重影墙面。";
            en = "Yes: the " + judged + " pair(s) that can be compared are shifted by at most " + show(largest)
                    + " mm on common surface, which noise explains; no doubled walls.";
        }
        say("各测站彼此吻合吗？", "Do the stations fit together?", zh, en, concern);
    }
}
