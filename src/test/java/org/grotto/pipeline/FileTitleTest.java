package org.grotto.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.grotto.scene.Station;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Without a title a package is called by its files, as a visitor may read it. */
class FileTitleTest {
    @ParameterizedTest
    @CsvSource({
        "small.e57, Small",
        "第12窟_北壁.las, 第12窟 北壁",
        "YG_cave_12.ply, YG cave 12",
        "Nefertiti.obj, Nefertiti",
        "12.e57, 12",
        "cave.copc.laz, Cave",
        "stone_lion v1.2/ept.json, Stone lion v1.2"
    })
    void ofOneFile(String file, String title) {
        assertThat(FileTitle.of(List.of(file), List.of())).isEqualTo(title);
    }

    @Test
    void ofSeveralWhatTheyHaveInCommon() {
        assertThat(FileTitle.of(List.of("north_wall_1.ptx", "north_wall_12.ptx"), List.of()))
                .isEqualTo("North wall");
        assertThat(FileTitle.of(List.of("r.las", "r04.las"), List.of(new Station("lion", "r*.las", null, null, 1))))
                .isEqualTo("Lion");
        assertThat(FileTitle.of(List.of("A.e57", "B.e57"), List.of())).isEqualTo("A");
    }
}
