package org.grotto.sight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.grotto.base.Work;
import org.grotto.geometry.Cloud;
import org.grotto.geometry.Columns;
import org.grotto.store.Engine;
import org.grotto.store.Threads;
import org.grotto.surface.Ball;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a station saw, as pixels on a cube: which places its rays crossed. */
class RangeMapTest {
    /** A map of 5 x 5 pixels in front: those with rays tell how far one can see, and five of nine are needed. */
    @Test
    void aPlaceIsCrossedWhereFiveOfNinePixelsLookPastIt() {
        for (int rays = 3; rays <= 9; rays++) {
            long[] keys = new long[rays + 8];
            float[] range = new float[keys.length];
            for (int k = 0; k < rays; k++) {
                keys[k] = RangeMap.key(0, k % 3 - 1, k / 3 - 1);
                range[k] = k == 1 ? 2.5f : 4;
            }
            int[][] rim = {{-2, -2}, {0, -2}, {2, -2}, {2, 0}, {2, 2}, {0, 2}, {-2, 2}, {-2, 0}};
            for (int k = 0; k < 8; k++) {
                keys[rays + k] = RangeMap.key(0, rim[k][0], rim[k][1]);
                range[rays + k] = 0.5f;
            }
            long[] order = keys.clone();
            Arrays.sort(order);
            float[] sorted = new float[range.length];
            for (int k = 0; k < keys.length; k++) {
                sorted[Arrays.binarySearch(order, keys[k])] = range[k];
            }
            double[] eye = {1, 2, 3};
            // a second part that has one of them, further off: the shortest counts
            RangeMap map = new RangeMap(
                    0,
                    eye,
                    10,
                    List.of(
                            new RangeMap.Pixels(order, sorted),
                            new RangeMap.Pixels(new long[] {RangeMap.key(0, 0, -1)}, new float[] {9})));
            double[] uv = new double[2];
            // pixel (0, 0) is looked at: coordinates 0 to 0.1 on the face
            assertThat(map.crossed(1 + 2, 2.1, 3.1, 0.4, uv)).isEqualTo(rays >= 5);
            assertThat(map.crossed(1 + 2, 2.1, 3.1, 0.52, uv)).isFalse();
            assertThat(map.crossed(1 + 2.6, 2.1, 3.1, 0, uv)).isFalse();
            assertThat(map.crossed(1 - 2, 2.1, 3.1, 0, uv)).isFalse();
            // the rim's own neighbourhood is not known whole
            assertThat(map.crossed(1 + 0.2, 2 + 0.05, 3 + 0.01, 0, uv)).isFalse();
        }
    }

    @Test
    void facesAndPixelsOfDirections() {
        double[] uv = new double[2];
        double[][] directions = {{2, 1, 0.5}, {-2, 1, 0.5}, {1, 2, 0.5}, {1, -2, 0.5}, {1, 0.5, 2}, {1, 0.5, -2}};
        for (int f = 0; f < 6; f++) {
            double[] d = directions[f];
            assertThat(RangeMap.face(d[0], d[1], d[2], uv)).isEqualTo(f);
            assertThat(uv).containsExactly(0.5, 0.25);
        }
        assertThat(RangeMap.face(0, 0, 0, uv)).isZero();
        assertThat(uv).containsExactly(0, 0);
        assertThat(RangeMap.scale(0.01)).isCloseTo(1 / 0.015, within(1e-9));
        assertThat(RangeMap.key(5, -1, 7)).isLessThan(RangeMap.key(5, 0, -7));
        assertThat(RangeMap.key(3, 9, -1)).isLessThan(RangeMap.key(3, 9, 0));
        assertThat(RangeMap.key(2, 131_071, 131_071)).isLessThan(RangeMap.key(3, -131_072, -131_072));
    }

    /**
     * Pixels are one and a half rays wide: a hole in the rays of as much to either side is not seen, as eight of nine pixels
     * still hold rays; one that is as wide as all nine is.
     */
    @ParameterizedTest
    @CsvSource({"1.6, 0.9, 1", "4.2, 0, 0.05"})
    void pixelsAreOneAndAHalfRaysWide(double radius, double least, double most) {
        Cloud c = Ball.points(40_000, 1, (z, a) -> 1);
        double apart = Math.sqrt(4 * Math.PI / c.size);
        List<double[]> holes = new ArrayList<>();
        for (int k = 0; k < 48; k++) {
            double[] d = {1, 0.35 + 0.03 * (k % 8), k % 2 == 0 ? 0.2 : -0.3};
            double l = Math.sqrt(d[0] * d[0] + d[1] * d[1] + d[2] * d[2]) * (k / 8 % 2 == 0 ? 1 : -1);
            holes.add(new double[] {d[k / 16] / l, d[(k / 16 + 1) % 3] / l, d[(k / 16 + 2) % 3] / l});
        }
        int[] kept = new int[c.size];
        int n = 0;
        for (int i = 0; i < c.size; i++) {
            double[] p = {c.px(i) - 10, c.py(i) - 20, c.pz(i) - 30};
            if (holes.stream()
                    .noneMatch(h -> Math.hypot(p[0] - h[0], Math.hypot(p[1] - h[1], p[2] - h[2])) < radius * apart)) {
                kept[n++] = i;
            }
        }
        Cloud rays = c.pick(Arrays.copyOf(kept, n));
        char[] station = new char[n];
        Arrays.fill(station, (char) 1);
        List<double @Nullable []> at = new ArrayList<>(Arrays.asList(null, new double[] {10, 20, 30}));
        try (Work work = Work.silent()) {
            Engine engine = new Threads(work);
            List<RangeMap> maps = RangeMaps.of(engine.store(rays.with(Columns.STATION, station), 5000), at, engine);
            assertThat(maps).hasSize(1);
            double[] uv = new double[2];
            double crossed = 0;
            for (double[] h : holes) {
                crossed += maps.get(0).crossed(10 + 0.5 * h[0], 20 + 0.5 * h[1], 30 + 0.5 * h[2], 0.1, uv) ? 1 : 0;
            }
            assertThat(crossed / holes.size()).isBetween(least, most);
            assertThat(RangeMaps.of(engine.store(rays.with(Columns.STATION, null), 5000), at, engine))
                    .isEmpty();
            // whose eye is not known
            assertThat(RangeMaps.of(engine.store(rays, 5000), at, engine)).isEmpty();
        }
    }
}
