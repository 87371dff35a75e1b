package org.grotto.kiosk.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Memory outside the heap: few sizes, used again, freed where it is said to be. */
class SlabPoolTest {
    /** 128 KiB, half as much again, twice as much, and so on up to 1 GiB. */
    private static List<Integer> sizes() {
        List<Integer> out = new ArrayList<>();
        for (long s = 1 << 17; s <= 1L << 30; s *= 2) {
            out.add((int) s);
            if (s * 3 / 2 <= 1L << 30) {
                out.add((int) (s * 3 / 2));
            }
        }
        return out;
    }

    @Test
    void theSmallestSizeThatHoldsItIsLent() {
        try (SlabPool pool = new SlabPool(0)) {
            int before = 0;
            for (int size : sizes()) {
                if (size > 1 << 22) {
                    break;
                }
                for (int bytes : new int[] {before + 1, size - 1, size}) {
                    Slab s = pool.lend(bytes);
                    assertThat(s.bytes()).isEqualTo(size);
                    assertThat(pool.lentBytes()).isEqualTo(size);
                    pool.giveBack(s);
                    assertThat(pool.lentBytes()).isZero();
                }
                before = size;
            }
        }
    }

    @Test
    void moreThanAGibibyteIsRefusedAndNothingIsLent() {
        try (SlabPool pool = new SlabPool(0)) {
            assertThatThrownBy(() -> pool.lend((1 << 30) + 1))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("1073741825");
            assertThat(pool.lentBytes()).isZero();
        }
    }

    @Test
    void asMuchAsIsSaidIsKeptReadyAndTheRestIsFreed() {
        int one = 1 << 17;
        SlabPool pool = new SlabPool(2 * one);
        List<Slab> lent = List.of(pool.lend(1), pool.lend(1), pool.lend(1));
        assertThat(pool.lentBytes()).isEqualTo(3L * one);
        assertThat(pool.freeBytes()).isZero();
        lent.forEach(pool::giveBack);
        assertThat(pool.lentBytes()).isZero();
        assertThat(pool.freeBytes()).isEqualTo(2L * one);
        assertThat(lent.get(0).slice(0, 1).get(0)).isZero();
        ByteBuffer gone = lent.get(2).slice(0, 1);
        assertThatThrownBy(() -> gone.get(0)).isInstanceOf(IllegalStateException.class);
        Slab again = pool.lend(one);
        assertThat(again).isSameAs(lent.get(1));
        assertThat(pool.freeBytes()).isEqualTo(one);
        assertThat(pool.lend(one + 1)).as("of another size").isNotSameAs(lent.get(0));
        ByteBuffer kept = lent.get(0).slice(0, 1);
        pool.close();
        assertThat(pool.freeBytes()).isZero();
        assertThatThrownBy(() -> kept.get(0)).isInstanceOf(IllegalStateException.class);
        assertThat(again.slice(0, 1).get(0)).as("what is lent stays").isZero();
        again.free();
    }

    @Test
    void aSliceIsAViewInTheMachinesOrder() {
        try (SlabPool pool = new SlabPool(0)) {
            Slab s = pool.lend(1000);
            ByteBuffer b = s.slice(100, 8);
            assertThat(b.order()).isEqualTo(ByteOrder.nativeOrder());
            assertThat(b.capacity()).isEqualTo(8);
            b.putInt(4, 0x01020304);
            assertThat(s.slice(104, 4).getInt(0)).isEqualTo(0x01020304);
            assertThat(s.slice(96, 4).getInt(0)).isZero();
            pool.giveBack(s);
        }
    }
}
