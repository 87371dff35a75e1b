package org.grotto.format.e57;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.grotto.Need;
import org.grotto.base.GrottoException;
import org.grotto.base.Work;
import org.grotto.format.Camera;
import org.grotto.format.Picture;
import org.grotto.pipeline.Convert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pictures in E57 files: read as another program wrote them, written so that every byte, pose and number comes back. */
class E57PicturesTest {
    @TempDir
    Path folder;

    private static byte[] bytes(Picture p) throws IOException {
        try (InputStream in = p.bytes().open()) {
            return in.readAllBytes();
        }
    }

    @Test
    void whatAnotherProgramWroteIsRead() throws IOException {
        try (E57Reader r = E57Reader.open(Need.data("e57-mit/tiny_pc_and_images.e57"))) {
            List<Picture> all = r.pictures();
            assertThat(all)
                    .extracting(p -> p.camera().kind())
                    .containsExactly(
                            Camera.Kind.VISUAL, Camera.Kind.SPHERICAL, Camera.Kind.PINHOLE, Camera.Kind.CYLINDRICAL);
            assertThat(all).extracting(Picture::size).containsExactly(7722L, 1073L, 1073L, 1073L);
            byte[] jpeg = bytes(all.getFirst());
            assertThat(jpeg).startsWith(0xFF, 0xD8).endsWith(0xFF, 0xD9);
            assertThat(all.get(2).camera())
                    .isEqualTo(new Camera(Camera.Kind.PINHOLE, 100, 100, 0.044, 0.033, 123, 23, 42));
            assertThat(all.get(1).scan()).isEqualTo("{981692D2-FE8E-4D17-3B15-D433E846C7DA}");
            assertThat(all.get(1).metadata())
                    .containsEntry("sensorVendor", "vendor")
                    .containsEntry("description", "desc");
        }
    }

    @Test
    void aCopyHoldsThemAsTheyAre() throws IOException {
        for (String file :
                List.of("e57-mit/tiny_pc_and_images.e57", "e57-cc0/self/PinholeImageWithDistortionParameters.e57")) {
            Path from = Need.data(file);
            Path to = folder.resolve("copy.e57");
            Files.deleteIfExists(to);
            try (Work work = Work.silent()) {
                assertThat(Convert.run(from, to, work).lost()).noneMatch(l -> l.contains("picture"));
            }
            try (E57Reader a = E57Reader.open(from);
                    E57Reader b = E57Reader.open(to)) {
                assertThat(b.pictures()).hasSameSizeAs(a.pictures()).isNotEmpty();
                for (int i = 0; i < a.pictures().size(); i++) {
                    Picture p = a.pictures().get(i);
                    Picture q = b.pictures().get(i);
                    assertThat(bytes(q)).isEqualTo(bytes(p));
                    assertThat(List.of(q.name(), String.valueOf(q.guid()), String.valueOf(q.scan()), q.mediaType()))
                            .isEqualTo(List.of(
                                    p.name(), String.valueOf(p.guid()), String.valueOf(p.scan()), p.mediaType()));
                    assertThat(q.pose()).isEqualTo(p.pose());
                    assertThat(q.camera()).isEqualTo(p.camera());
                    assertThat(q.metadata().keySet()).isEqualTo(p.metadata().keySet());
                }
            }
        }
    }

    @Test
    void otherFormatsSayThatTheyAreLost() {
        try (Work work = Work.silent()) {
            assertThat(Convert.run(Need.data("e57-mit/tiny_pc_and_images.e57"), folder.resolve("points.ply"), work)
                            .lost())
                    .contains("4 pictures (1 cylindrical, 1 pinhole, 1 spherical, 1 visual)");
        }
    }

    @Test
    void aDamagedOneIsToldAndTheOthersStay() throws IOException {
        byte[] all = Files.readAllBytes(Need.data("e57-mit/tiny_pc_and_images.e57"));
        all[4000] ^= 1; // in the first picture's bytes
        Path file = Files.write(folder.resolve("damaged.e57"), all);
        try (E57Reader r = E57Reader.open(file)) {
            assertThatThrownBy(() -> bytes(r.pictures().getFirst()))
                    .isInstanceOf(GrottoException.class)
                    .hasMessageContaining("checksum");
            assertThat(bytes(r.pictures().get(2))).hasSize(1073);
        }
        Path to = folder.resolve("copy.e57");
        try (Work work = Work.silent()) {
            assertThat(Convert.run(file, to, work).lost()).anyMatch(l -> l.startsWith("the picture \"visual\""));
        }
        try (E57Reader r = E57Reader.open(to)) {
            assertThat(r.pictures()).hasSize(3);
        }
    }
}
