package org.grotto.geometry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Runs are the places that were added, in as few pieces as there are gaps. */
class RunsTest {
    @Test
    void placesThatFollowEachOtherAreOneRun() {
        Runs r = Runs.of(3, 5);
        r.add(5, 6);
        r.add(6, 6);
        r.add(9, 12);
        assertThat(r.size()).isEqualTo(2);
        assertThat(new int[] {r.start(0), r.end(0), r.start(1), r.end(1)}).containsExactly(3, 6, 9, 12);
        assertThat(r.count()).isEqualTo(6);
        assertThat(Runs.of(4, 4).size()).isZero();
        assertThatThrownBy(() -> r.add(11, 13)).isInstanceOf(IllegalArgumentException.class);
    }

    /** Against picking one by one. */
    @Test
    void aCloudPicksTheSameByRunsAndByIndices() {
        Random random = new Random(5);
        int n = 3000;
        int[] x = random.ints(n).toArray();
        int[] y = random.ints(n).toArray();
        int[] z = random.ints(n).toArray();
        float[] normals = new float[3 * n];
        for (int i = 0; i < normals.length; i++) {
            normals[i] = random.nextFloat();
        }
        Cloud c = new Cloud(new Lattice(0, 0, 0, 1), x, y, z, normals, null, null, null);
        Runs runs = new Runs();
        int[] index = new int[n];
        int m = 0;
        for (int at = 0; at < n; ) {
            int end = Math.min(n, at + random.nextInt(9));
            runs.add(at, end);
            for (int i = at; i < end; i++) {
                index[m++] = i;
            }
            at = end + random.nextInt(3);
        }
        Cloud want = c.pick(Arrays.copyOf(index, m));
        Cloud got = c.pick(runs);
        assertThat(runs.count()).isEqualTo(m);
        assertThat(got.x).isEqualTo(want.x);
        assertThat(got.y).isEqualTo(want.y);
        assertThat(got.z).isEqualTo(want.z);
        assertThat(got.normals()).isEqualTo(want.normals());
    }
}
