package org.grotto.geometry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Random;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.grotto.base.Progress;
import org.grotto.base.Work;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The order of codes, against a sort by comparison: (code without a sign, index). */
class MortonTest {
    @ParameterizedTest
    @ValueSource(strings = {"any", "few", "one", "surface", "far", "two", "signs"})
    void sortsByCodeThenIndex(String kind) {
        Random random = new Random(7);
        LongSupplier next = switch (kind) {
            case "any" -> random::nextLong;
            case "few" -> () -> random.nextInt(50);
            case "one" -> () -> 5;
            case "surface" -> () -> Morton.encode(random.nextInt(1 << 21), random.nextInt(1 << 21), 3);
            // nearly all in one share of the first digit, and more than fit one sort
            case "far" -> () -> random.nextInt(100_000) == 0 ? 1L << 62 : random.nextLong() >>> 20;
            case "two" -> () -> random.nextBoolean() ? 1L << 40 : 1L << 40 | 1;
            default -> () -> random.nextBoolean() ? -1 : random.nextInt(3);
        };
        for (int n : new int[] {0, 1, 2, 17, 3000, 200_000}) {
            long[] codes = LongStream.generate(next).limit(n).toArray();
            long[] before = codes.clone();
            int[] expected = IntStream.range(0, n)
                    .boxed()
                    .sorted(Comparator.comparing((Integer i) -> codes[i], Long::compareUnsigned))
                    .mapToInt(i -> i)
                    .toArray();
            for (int threads : new int[] {1, 3}) {
                try (Work work = new Work(threads, 1 << 20, Progress.NONE)) {
                    assertThat(Arrays.equals(Morton.sort(codes, work), expected))
                            .as("%s, %d codes, %d threads", kind, n, threads)
                            .isTrue();
                }
            }
            assertThat(codes).isEqualTo(before);
        }
    }
}
