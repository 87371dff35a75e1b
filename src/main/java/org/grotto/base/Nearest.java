package org.grotto.base;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** The known word that a misspelt one most likely means. */
public final class Nearest {
    private Nearest() {}

    /** Of {@code known} the word with the fewest letters to change, of equals the first; null where none is given. */
    public static @Nullable String of(String word, Collection<String> known) {
        String best = null;
        int least = Integer.MAX_VALUE;
        for (String k : known) {
            int d = distance(word, k);
            if (d < least) {
                least = d;
                best = k;
            }
        }
        return best;
    }

    /** Whether {@code word} may be meant as one of {@code known}: at most a third of its letters are to change. */
    public static boolean meant(String word, Collection<String> known) {
        return known.stream().anyMatch(k -> 3 * distance(word, k) <= k.length());
    }

    /** How many letters must be put in, left out or exchanged to make {@code b} of {@code a} (Levenshtein). */
    static int distance(String a, String b) {
        int[] before = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            before[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] now = new int[b.length() + 1];
            now[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int exchanged = before[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                now[j] = Math.min(exchanged, 1 + Math.min(before[j], now[j - 1]));
            }
            before = now;
        }
        return before[b.length()];
    }
}
