package org.grotto.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import org.grotto.base.Text;
import org.jspecify.annotations.Nullable;

/**
 * One thing measured.
 *
 * @param key its name for programs
 * @param value rounded to what it deserves; null where it could not be measured
 * @param unit SI or "mm", "%", "1" for a count
 * @param uncertainty in the same unit, null where it is exact or unknown; {@code method} says which
 * @param method how it was measured, one sentence
 */
public record Fact(
        String key,
        Text name,
        @Nullable BigDecimal value,
        String unit,
        @Nullable BigDecimal uncertainty,
        Text method) {

    /** A number with the given count of decimals; null for what is no number. */
    static @Nullable BigDecimal round(double v, int decimals) {
        return Double.isFinite(v) ? BigDecimal.valueOf(v).setScale(decimals, RoundingMode.HALF_EVEN) : null;
    }

    /** An uncertainty to two digits that count; null for NaN. */
    static @Nullable BigDecimal roundUncertainty(double v) {
        return Double.isFinite(v) ? new BigDecimal(v).round(new MathContext(2)) : null;
    }

    /** The same with zh's and en's digits grouped by threes: 1 234 567.8. */
    static String show(@Nullable BigDecimal v) {
        if (v == null) {
            return "–";
        }
        String s = v.abs().toPlainString();
        int dot = s.indexOf('.');
        int whole = dot < 0 ? s.length() : dot;
        StringBuilder b = new StringBuilder(s);
        for (int i = whole - 3; i > 0; i -= 3) {
            b.insert(i, '\u202f');
        }
        return (v.signum() < 0 ? "−" : "") + b;
    }
}
