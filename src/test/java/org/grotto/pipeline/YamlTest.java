package org.grotto.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.grotto.base.GrottoException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What stands in a YAML file is told by kind and line, and what is not of the kind wanted is refused there. */
class YamlTest {
    private static final String TEXT =
            "# words\na: one\nb: [1, 2.5, -3e2]\nc:\n  d: 4 5,6;7\n  e:\n    - f: 1\n    - 2\ng:\nh: \" x \"\ni: \"\"\n";

    @TempDir
    Path dir;

    private Yaml read(String text) throws IOException {
        return Yaml.read(Files.writeString(dir.resolve("p.yaml"), text));
    }

    private static Yaml at(Yaml y, String key) {
        return Objects.requireNonNull(y.map().get(key));
    }

    @Test
    void everyValueHasItsKindAndItsLine() throws IOException {
        Yaml y = read(TEXT);
        assertThat(y.members("it").keySet()).containsExactly("a", "b", "c", "g", "h", "i");
        assertThat(at(y, "a").words()).isEqualTo("one");
        assertThat(at(y, "a").line()).isEqualTo(2);
        assertThat(at(y, "b").numbers()).containsExactly(1.0, 2.5, -300.0);
        assertThat(at(at(y, "c"), "d").numbers()).containsExactly(4.0, 5.0, 6.0, 7.0);
        assertThat(at(at(y, "c"), "d").line()).isEqualTo(5);
        List<Yaml> e = at(at(y, "c"), "e").members();
        assertThat(e).hasSize(2);
        assertThat(e.get(1).words()).isEqualTo("2");
        assertThat(e.get(1).line()).isEqualTo(8);
        assertThat(at(y, "g").kind()).isEqualTo(Yaml.Kind.NOTHING);
        assertThat(at(y, "g").members("it")).isEmpty();
        assertThat(at(y, "h").words()).isEqualTo("x");
        assertThat(read("").kind()).isEqualTo(Yaml.Kind.NOTHING);
    }

    private static void refused(int line, String words, org.assertj.core.api.ThrowableAssert.ThrowingCallable what) {
        assertThatThrownBy(what)
                .isInstanceOf(GrottoException.class)
                .hasMessageContaining("line " + line)
                .hasMessageContaining(words);
    }

    @Test
    void whatIsOfAnotherKindIsRefusedByItsLine() throws IOException {
        Yaml y = read(TEXT);
        refused(2, "it is written as keys with values", () -> at(y, "a").members("it"));
        refused(3, "it is written as keys with values", () -> at(y, "b").members("it"));
        refused(2, "a list is wanted", () -> at(y, "a").members());
        refused(4, "a list is wanted", () -> at(y, "c").members());
        refused(9, "a list is wanted", () -> at(y, "g").members());
        refused(3, "words are wanted", () -> at(y, "b").words());
        refused(4, "words are wanted", () -> at(y, "c").words());
        refused(9, "words are wanted", () -> at(y, "g").words());
        refused(11, "words are wanted", () -> at(y, "i").words());
        refused(2, "\"one\" is no number", () -> at(y, "a").numbers());
        refused(9, "\"g\" is nothing that it can hold", () -> y.members("it", List.of("a", "b", "c", "h", "i")));
        assertThat(y.members("it", List.of("a", "b", "c", "g", "h", "i"))).hasSize(6);
    }

    @Test
    void whatIsNoYamlIsRefused() {
        refused(2, "second time", () -> read("a: 1\na: 2\n"));
        refused(3, "second document", () -> read("a: 1\n---\nb: 2\n"));
        assertThatThrownBy(() -> read("a: [1, 2\nb: 3\n")).hasMessageContaining("is no YAML");
        assertThatThrownBy(() -> Yaml.read(Files.write(dir.resolve("p.yaml"), new byte[] {'a', ':', (byte) 0xFF})))
                .hasMessageContaining("UTF-8");
    }
}
