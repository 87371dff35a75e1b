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
                assertThat(SeenPatches.of(moved(eight, out, 1)))
                        .as("a step behind")
                        .hasSize(9);
                assertThat(SeenPatches.of(moved(eight, out, 2))).as("two steps").isEmpty();
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
}
