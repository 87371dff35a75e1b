package org.grotto.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A symbolic link that is named as output stays a link: what it points to is written. */
@DisabledOnOs(OS.WINDOWS)
class LinkedOutputTest {
    @TempDir
    Path dir;

    @Test
    void aLinkIsFollowed() throws IOException {
        Path there = Files.createDirectory(dir.resolve("there"));
        Path file = Files.writeString(there.resolve("a.ply"), "old");
        Path link = Files.createSymbolicLink(dir.resolve("link.ply"), Path.of("there/a.ply"));
        Outputs.file(link, t -> Files.writeString(t, "new"));
        assertThat(link).isSymbolicLink();
        assertThat(Files.isSymbolicLink(file)).isFalse();
        assertThat(file).hasContent("new");
        Path dangling = Files.createSymbolicLink(dir.resolve("dangling"), there.resolve("b"));
        Outputs.folder(dangling, t -> Files.writeString(t.resolve("x"), "1"));
        assertThat(dangling).isSymbolicLink();
        assertThat(there.resolve("b/x")).hasContent("1");
        try (var all = Files.list(there)) {
            assertThat(all).hasSize(2);
        }
    }

    @Test
    void aCircleIsRefused() throws IOException {
        Path a = dir.resolve("a");
        Files.createSymbolicLink(a, dir.resolve("b"));
        Files.createSymbolicLink(dir.resolve("b"), a);
        assertThatThrownBy(() -> Outputs.file(a, t -> Files.writeString(t, "x")))
                .isInstanceOf(GrottoException.class)
                .hasMessageContaining("circle");
    }
}
