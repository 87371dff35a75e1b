package org.grotto.kiosk.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.grotto.format.gltf.Checker;
import org.grotto.format.gltf.TilePicture;
import org.grotto.image.Mips;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tiles with pictures in memory: everything at its place in one slab, which goes back whole when something is wrong. */
class PicturedMeshTest {
    private final SlabPool pool = new SlabPool(1 << 20);

    /** Two sheets side by side that share no vertex: a seam at x = 1, where the surface has a fold. */
    private static final float[] XYZ = {
        0, 0, 0, 1, 0, 0.3f, 1, 1, 0.3f, 0, 1, 0, 1, 0, 0.3f, 2, 0, 0, 2, 1, 0, 1, 1, 0.3f
    };

    private static final int[] TRIANGLES = {0, 1, 2, 0, 2, 3, 4, 5, 6, 4, 6, 7};
    private static final float[] UV = {0, 0, 0.5f, 0, 0.5f, 1, 0, 1, 0.25f, 0.75f, 1, 0, 1, 1, 0, 0};

    @AfterEach
    void close() {
        pool.close();
    }

    private PackedMesh pack(TilePicture p, List<byte[]> steps) throws IOException {
        try (TilePixels pixels = TilePixels.open(p, 1 << 20)) {
            return MeshPacker.pack(pool, XYZ, 0, 0, 0, null, null, steps, TRIANGLES, 0, pixels);
        }
    }

    @Test
    void placesAndPixelsStandWhereTheyShould() throws IOException {
        byte[] png = Checker.file(8, 4, "png");
        byte[] other = Checker.file(2, 2, "png");
        byte[] steps = {1, 2, 3, 4, 5, 6, 7, 8};
        TilePicture p = new TilePicture(UV, png, TilePicture.PNG, null, other);
        PackedMesh m = pack(p, List.of(steps, steps, steps));
        for (int i = 0; i < UV.length; i++) {
            assertThat((m.places().get(i) & 0xFFFF) / 65535f).isEqualTo(Math.round(UV[i] * 65535) / 65535f);
        }
        assertThat(m.picture(TilePixels.Kind.COLOUR)).isEqualTo(new Mips(8, 4, true));
        assertThat(m.picture(TilePixels.Kind.NORMAL)).isNull();
        assertThat(m.picture(TilePixels.Kind.OCCLUSION)).isEqualTo(new Mips(2, 2, false));
        ByteBuffer colour = m.pixels(TilePixels.Kind.COLOUR);
        assertThat(colour.remaining()).isEqualTo(4 * (32 + 8 + 2 + 1));
        for (int q = 0; q < 4; q++) {
            int rgb = Checker.colour(q % 2 == 0, q < 2);
            int at = 4 * (8 * (q / 2 * 3) + q % 2 * 7);
            int below = 4 * 32 + 4 * (4 * (q / 2) + q % 2 * 3);
            for (int c = 0; c < 3; c++) {
                assertThat(colour.get(at + c)).isEqualTo((byte) (rgb >> 16 - 8 * c));
                assertThat(colour.get(below + c)).isEqualTo((byte) (rgb >> 16 - 8 * c));
            }
        }
        assertThat(m.pixels(TilePixels.Kind.OCCLUSION).get(4)).isEqualTo((byte) 0x32);
        assertThat(m.colours().get(0)).as("white under the picture").isEqualTo((byte) 255);
        assertThat(m.steps(2).get(7)).isEqualTo((byte) 8);
        assertThat(m.indices().get(11)).isEqualTo(7);
        assertThat(m.slab().bytes()).isGreaterThanOrEqualTo(20 * 8 + 12 * 4 + 3 * 8 + 4 * 8 + 4 * 43 + 4 * 5);
        pool.giveBack(m.slab());
    }

    @Test
    void aSeamOfThePictureIsNoneOfTheStone() throws IOException {
        PackedMesh m = pack(new TilePicture(UV, Checker.file(8, 4, "png"), TilePicture.PNG), List.of());
        for (int k = 0; k < 4; k++) {
            assertThat(m.normals().get(4 + k))
                    .as("normal and cavity")
                    .isEqualTo(m.normals().get(16 + k));
            assertThat(m.normals().get(8 + k)).isEqualTo(m.normals().get(28 + k));
        }
        assertThat(m.normals().get(4)).as("between both sheets").isBetween((byte) -20, (byte) 20);
        assertThat(m.normals().get(7)).as("a ridge").isNegative();
        pool.giveBack(m.slab());
    }

    @Test
    void memoryGoesBackWhereAPictureIsDamagedAndNoneIsLentWhereItIsTooLarge() {
        byte[] damaged = Checker.file(64, 64, "png");
        damaged[damaged.length / 2] ^= 0x55;
        assertThatThrownBy(() -> pack(new TilePicture(UV, damaged, TilePicture.PNG), List.of()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("damaged");
        byte[] large = Checker.file(512, 512, "jpg");
        assertThatThrownBy(() -> pack(new TilePicture(UV, large, TilePicture.JPEG), List.of()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("1398100 bytes in memory");
        assertThat(pool.lentBytes()).isZero();
    }
}
