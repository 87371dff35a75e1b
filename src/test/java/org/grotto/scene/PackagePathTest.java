package org.grotto.scene;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.grotto.base.GrottoException;
import org.grotto.base.Json;
import org.grotto.base.Texts;
import org.junit.jupiter.api.Test;
import tools.jackson.core.type.TypeReference;

/** The rule for paths, by a table that the page is held to as well (PathRuleTest). */
class PackagePathTest {
    @Test
    void theTableHolds() throws IOException {
        Map<String, List<String>> cases;
        try (InputStream in = PackagePathTest.class.getResourceAsStream("paths.json")) {
            cases = Json.mapper().readValue(Objects.requireNonNull(in), new TypeReference<>() {});
        }
        assertThat(cases.get("legal")).hasSizeGreaterThan(10).allMatch(PackagePath::legal);
        assertThat(cases.get("refused")).hasSizeGreaterThan(40).noneMatch(PackagePath::legal);
        assertThat(PackagePath.legal(null)).isFalse();
    }

    @Test
    void aPathThatLeavesThePackageIsToldInBothLanguages() {
        assertThat(PackagePath.resolve(Path.of("cave"), "mesh/tileset.json", "cave.json"))
                .isEqualTo(Path.of("cave", "mesh", "tileset.json"));
        assertThatThrownBy(() -> PackagePath.resolve(Path.of("cave"), "../secret", "cave.json"))
                .isInstanceOfSatisfying(GrottoException.class, e -> {
                    assertThat(e.kind()).isEqualTo(GrottoException.Kind.BAD_INPUT);
                    assertThat(e.text()).isEqualTo(Texts.of("failures.foreign-path"));
                })
                .hasMessageContaining("../secret");
    }
}
