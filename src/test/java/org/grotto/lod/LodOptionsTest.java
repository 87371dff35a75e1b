package org.grotto.lod;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.grotto.base.GrottoException;
import org.junit.jupiter.api.Test;

/** Options say their limits, and hold to them to the last number. */
class LodOptionsTest {
    private static void refused(String option, ThrowingCallable made) {
        assertThatThrownBy(made).isInstanceOf(GrottoException.class).hasMessageContaining(option);
    }

    @Test
    void tiles() {
        assertThatCode(() -> new TileOptions(64, 64, false)).doesNotThrowAnyException();
        assertThatCode(() -> new TileOptions(1_000_000, Integer.MAX_VALUE, false))
                .doesNotThrowAnyException();
        refused("tile-triangles", () -> new TileOptions(63, 64, false));
        refused("tile-triangles", () -> new TileOptions(1_000_001, 64, false));
        refused("preview-triangles", () -> new TileOptions(64, 63, false));
        refused("preview-triangles", () -> new TileOptions(64, -1, false));
    }

    @Test
    void points() {
        assertThatCode(() -> new CopcOptions(1000, 1e-9, null)).doesNotThrowAnyException();
        assertThatCode(() -> new CopcOptions(10_000_000, 0.5, null)).doesNotThrowAnyException();
        refused("node-points", () -> new CopcOptions(999, 1, null));
        refused("node-points", () -> new CopcOptions(10_000_001, 1, null));
        refused("step", () -> new CopcOptions(1000, 0, null));
        refused("step", () -> new CopcOptions(1000, -1, null));
        refused("step", () -> new CopcOptions(1000, Double.NaN, null));
        refused("step", () -> new CopcOptions(1000, Double.POSITIVE_INFINITY, null));
        CopcOptions o = new CopcOptions(2000, 0.5, "old").withCrs("new");
        assertThat(o).isEqualTo(new CopcOptions(2000, 0.5, "new"));
    }
}
