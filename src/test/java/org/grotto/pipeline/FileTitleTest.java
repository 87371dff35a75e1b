package org.grotto.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
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
        "stone_lion v1.2/ept.json, Stone lion v1.2",
        "northWallScan2.e57, North Wall Scan2",
        "pumpAVisualImage.e57, Pump A Visual Image",
        "McDonald.obj, McDonald"
    })
    void ofOneFile(String file, String title) {
        assertThat(FileTitle.of(List.of(file), List.of())).isEqualTo(title);
    }

    @ParameterizedTest
    @CsvSource({
        "stone_lion/scene.gltf, Stone lion",
        "stone_lion/source/Model.obj, Stone lion",
        "lion/public/models/scene.glb, Lion",
        "a/statue.glb, Statue",
        "12/scene.glb, Hall"
    })
    void whatIsCalledAsAnythingIsIsCalledByItsFolder(String file, String title) {
        Path path = Path.of("/hall").resolve(file);
        String name = path.getFileName().toString();
        assertThat(FileTitle.of(List.of(name), List.of(), path)).isEqualTo(title);
    }

    @Test
    void whatLiesInNoNamedFolderKeepsItsName() {
        assertThat(FileTitle.of(List.of("scene.glb"), List.of(), Path.of("/data/scene.glb")))
                .isEqualTo("Scene");
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
