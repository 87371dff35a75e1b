package org.grotto.lod;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import javax.imageio.ImageIO;
import org.grotto.base.Work;
import org.grotto.geometry.Charts;
import org.grotto.geometry.Columns;
import org.grotto.geometry.Material;
import org.grotto.geometry.Mesh;
import org.grotto.geometry.Texture;
import org.grotto.lod.atlas.TileAtlas;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A picture that is laid like tiles, again and again, does not become a picture of all of them. */
class RepeatedPictureTest {
    @TempDir
    Path dir;

    private TileAtlas atlas(float times) throws Exception {
        BufferedImage image = new BufferedImage(64, 64, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < 64 * 64; i++) {
            image.setRGB(i % 64, i / 64, 0x806040);
        }
        Path file = dir.resolve(times + ".png");
        ImageIO.write(image, "png", file.toFile());
        Texture t = Texture.of(file, Texture.Wrap.REPEAT, Texture.Wrap.REPEAT);
        Charts charts = new Charts(
                new float[] {0, 0, times, 0, times, times, 0, 0, times, times, 0, times},
                new char[2],
                List.of(new Material("floor", 1, 1, 1, t, null, null, 0)));
        float[] xyz = {0, 0, 0, 9, 0, 0, 9, 9, 0, 0, 9, 0};
        Mesh mesh = new Mesh(0, 0, 0, xyz, Columns.NONE, new int[] {0, 1, 2, 0, 2, 3}, charts);
        try (Work work = Work.silent();
                TilePictures pictures = Objects.requireNonNull(TilePictures.of(mesh, work))) {
            TileTree tree = TileTree.of(TileVertices.of(mesh, work), 1000, pictures, work);
            TileLevels.fill(tree, 1000, work);
            pictures.measure(tree, work);
            assertThat(tree.nodes).hasSize(1);
            TileAtlas a = Objects.requireNonNull(pictures.of(tree.mesh, tree.root, new TileAtlas.Files(false, work)));
            assertThat(a.scale()).isEqualTo(1);
            BufferedImage made = ImageIO.read(new java.io.ByteArrayInputStream(a.image()));
            for (int i = 0; i < made.getWidth() * made.getHeight(); i++) {
                int p = made.getRGB(i % made.getWidth(), i / made.getWidth());
                assertThat(Math.abs((p >> 8 & 255) - 0x60)).isLessThan(4);
            }
            return a;
        }
    }

    @Test
    void itsPixelsStayFew() throws Exception {
        TileAtlas once = atlas(1);
        assertThat(once.width() * once.height()).isBetween(64 * 64, 2 * 80 * 80);
        TileAtlas often = atlas(1000);
        assertThat(often.width() * often.height()).isBetween(4 * 64 * 64, 2 * 4 * 80 * 80);
    }
}
