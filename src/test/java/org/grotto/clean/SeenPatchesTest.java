package org.grotto.clean;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.grotto.sight.RangeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Nine places in a view, at one depth, three by three. */
class SeenPatchesTest {
    /** In the middle of a face. */
    private static final long CELL = (1L << 18) << 19 | 1L << 18;

    private static long key(int group, int depth, int du, int dv) {
        return ((long) group << 9 | depth) << 41 | RangeMap.beside(CELL, du, dv);
    }

    private static long[] nine(int group, int apart) {
        long[] keys = new long[9];
        for (int b = 0; b < 9; b++) {
            keys[b] = key(group, 300, apart * (b % 3 - 1), apart * (b / 3 - 1));
        }
        Arrays.sort(keys);
        return keys;
    }

    /** A window is at least as wide as rays are apart: 3, 4 or 5 quarters of a pixel, or twice as much at each level. */
    @ParameterizedTest
    @CsvSource({"0.1, 0", "0.75, 0", "0.76, 1", "1, 1", "1.25, 2", "1.26, 3", "1.5, 3", "2, 4", "2.5, 5", "2.6, 6"})
    void theLeastWindowHoldsARay(double apart, int group) {
        assertThat(SeenPatches.group(apart)).isEqualTo(group);
        double wide = (3 + group % 3) * (1 << group / 3) / 4.0;
        assertThat(wide).isGreaterThanOrEqualTo(apart).isLessThan(Math.max(1, 2 * apart));
    }

    /** Windows of three cells about one: places two to four cells apart lie in windows beside each other. */
    @ParameterizedTest
    @CsvSource({
        "0, 1, false",
        "0, 2, true",
        "0, 3, true",
        "0, 4, true",
        "0, 5, false",
        "1, 2, false",
        "1, 3, true",
        "1, 5, true",
        "1, 6, false",
        "2, 2, false",
        "2, 3, true",
        "2, 7, true",
        "2, 8, false"
    })
    void aPatchIsFullWhereEachWindowHasAPlace(int group, int apart, boolean full) {
        long[] found = SeenPatches.of(nine(group, apart));
        assertThat(Arrays.binarySearch(found, key(group, 300, 0, 0)) >= 0).isEqualTo(full);
    }

    @Test
    void withAPlaceMissingOrAtAnotherDepthItIsNone() {
        for (int b = 0; b < 9; b++) {
            if (b != 4) {
                long[] eight = nine(0, 3);
                long out = key(0, 300, 3 * (b % 3 - 1), 3 * (b / 3 - 1));
                assertThat(SeenPatches.of(
                                Arrays.stream(eight).filter(k -> k != out).toArray()))
                        .isEmpty();
                for (int steps = -2; steps <= 2; steps++) {
                    assertThat(SeenPatches.of(moved(eight, out, steps)))
                            .as("%s steps behind", steps)
                            .hasSize(Math.abs(steps) < 2 ? 9 : 0);
                }
            }
        }
    }

    private static long[] moved(long[] keys, long which, long steps) {
        return Arrays.stream(keys)
                .map(k -> k == which ? k + (steps << 41) : k)
                .sorted()
                .toArray();
    }

    /** What hangs on a full patch goes with it, window by window, and not without end. */
    @Test
    void whatHangsOnAPatchGoesWithIt() {
        long[] keys = Arrays.copyOf(nine(0, 3), 29);
        for (int k = 0; k < 20; k++) {
            keys[9 + k] = key(0, 300, 6 + 3 * k, 0);
        }
        Arrays.sort(keys);
        long[] found = SeenPatches.of(keys);
        assertThat(found.length).isBetween(12, 16);
        assertThat(Arrays.binarySearch(found, key(0, 300, 6, 0))).isNotNegative();
        assertThat(Arrays.binarySearch(found, key(0, 300, 6 + 57, 0))).isNegative();
        long[] far = Arrays.copyOf(nine(0, 3), 10);
        far[9] = key(0, 300, 8, 0);
        Arrays.sort(far);
        assertThat(SeenPatches.of(far)).as("more than a window off").hasSize(9);
    }

    /** A window of four cells reaches one cell to the left of its place and two to the right, and so do those beside it. */
    @ParameterizedTest
    @CsvSource({"-2, 3, true", "-5, 6, true", "-1, 3, false", "-6, 3, false", "-2, 2, false", "-2, 7, false"})
    void evenWindowsAreLopsided(int left, int right, boolean full) {
        int[] at = {left, 0, right};
        long[] keys = new long[9];
        long[] turned = new long[9];
        for (int b = 0; b < 9; b++) {
            keys[b] = key(1, 300, at[b % 3], 4 * (b / 3 - 1));
            turned[b] = key(1, 300, 4 * (b / 3 - 1), at[b % 3]);
        }
        Arrays.sort(keys);
        Arrays.sort(turned);
        assertThat(Arrays.binarySearch(SeenPatches.of(keys), key(1, 300, 0, 0)) >= 0)
                .isEqualTo(full);
        assertThat(Arrays.binarySearch(SeenPatches.of(turned), key(1, 300, 0, 0)) >= 0)
                .isEqualTo(full);
    }

    /** Groups follow each other up to the widest. */
    @Test
    void theNextGroupIsTheNextWider() {
        int widest = SeenPatches.group(1e9);
        for (int g = 0; g < widest; g++) {
            assertThat(SeenPatches.next(g)).isEqualTo(g + 1);
        }
        assertThat(SeenPatches.next(widest)).isEqualTo(widest);
    }
}
