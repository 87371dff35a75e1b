package org.grotto.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
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
        assertThatThrownBy(() -> Texts.of("trial.half")).hasMessageContaining("trial.half");
    }

    /** The catalogue as users run it, without assertions. */
    private static final class Unasserted extends ClassLoader {
        Unasserted() {
            super(TextsTest.class.getClassLoader());
            setDefaultAssertionStatus(false);
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.equals(Texts.class.getName()) && !name.startsWith(Texts.class.getName() + '$')) {
                return super.loadClass(name, resolve);
            }
            Class<?> known = findLoadedClass(name);
            if (known != null) {
                return known;
            }
            try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
                byte[] bytes = in.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }

    @Test
    void nobodyMeetsAKeyOrBracesWhereATextIsMissing() throws ReflectiveOperationException {
        Method of = new Unasserted().loadClass(Texts.class.getName()).getMethod("of", String.class, Map.class);
        Text missing = Texts.of("failures.no-text");
        assertThat(of.invoke(null, "trial.nothing", Map.of())).isEqualTo(missing);
        assertThat(of.invoke(null, "nowhere.at-all", Map.of("a", 1))).isEqualTo(missing);
        assertThat(of.invoke(null, "bare", Map.of())).isEqualTo(missing);
        assertThat(of.invoke(null, "trial.two-places", Map.of("a", 1)))
                .isEqualTo(new Text("\u2013 在 1 之后", "1 before \u2013, 1 again"));
        assertThat(of.invoke(null, "trial.half", Map.of())).isEqualTo(new Text("half", "half"));
        assertThat(of.invoke(null, "trial.blank", Map.of())).isEqualTo(new Text("半", "半"));
    }

    @Test
    void aRoomListsItsTextsInOrder() {
        assertThat(Texts.room("trial").keySet())
                .containsExactly("trial.blank", "trial.half", "trial.plain", "trial.two-places");
        assertThat(Texts.room("nowhere")).isEmpty();
    }
}
