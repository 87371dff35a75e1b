package org.grotto.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** A changed copy keeps the rest, runs the record's checks, and takes no name that is none. */
class RecordsTest {
    record Box(String name, int width, double depth) {
        Box {
            if (width < 0) {
                throw GrottoException.badRequest("width must not be negative");
            }
        }
    }

    private static final Box BOX = new Box("a", 1, 2.5);

    @Test
    void theRestStaysAsItIs() {
        assertThat(Records.with(BOX, "width", 7)).isEqualTo(new Box("a", 7, 2.5));
        assertThat(Records.with(BOX, Map.of("name", "b", "depth", 0.5))).isEqualTo(new Box("b", 1, 0.5));
        assertThat(Records.with(BOX, Map.of())).isEqualTo(BOX);
    }

    @Test
    void theRecordsOwnRefusalComesThrough() {
        assertThatThrownBy(() -> Records.with(BOX, "width", -1))
                .isInstanceOf(GrottoException.class)
                .hasMessage("width must not be negative");
    }

    @Test
    void wrongNamesAndTypesAreFaultsOfTheCaller() {
        assertThatThrownBy(() -> Records.with(BOX, "height", 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Records.with(BOX, "width", "wide")).isInstanceOf(IllegalArgumentException.class);
    }
}
