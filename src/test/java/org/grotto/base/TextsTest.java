package org.grotto.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** Texts come from their room's file, with their places filled; what is missing fails in tests. */
class TextsTest {
    @Test
    void aPlainTextIsAsItStands() {
        assertThat(Texts.of("trial.plain")).isEqualTo(new Text("石窟", "cave"));
        assertThat(Texts.of("trial.plain").in(true)).isEqualTo("石窟");
        assertThat(Texts.of("trial.plain").in(false)).isEqualTo("cave");
    }

    @Test
    void everyPlaceIsFilledAndATextSpeaksItsLanguage() {
        Text both = new Text("甲", "A");
        assertThat(Texts.of("trial.two-places", "a", both, "b", 7))
                .isEqualTo(new Text("7 在 甲 之后", "A before 7, A again"));
        assertThat(Texts.of("trial.two-places", Map.of("a", "$1\\", "b", "{a}")))
                .as("values are not read as patterns")
                .isEqualTo(new Text("{a} 在 $1\\ 之后", "$1\\ before {a}, $1\\ again"));
    }

    @Test
    void aMissingKeyOrValueFailsWithAssertions() {
        assertThatThrownBy(() -> Texts.of("trial.nothing")).hasMessageContaining("trial.nothing");
        assertThatThrownBy(() -> Texts.of("nowhere.at-all")).hasMessageContaining("nowhere.at-all");
        assertThatThrownBy(() -> Texts.of("trial.two-places", "a", 1)).hasMessageContaining("{b}");
    }

    @Test
    void aRoomListsItsTextsInOrder() {
        assertThat(Texts.room("trial").keySet()).containsExactly("trial.plain", "trial.two-places");
        assertThat(Texts.room("nowhere")).isEmpty();
    }
}
