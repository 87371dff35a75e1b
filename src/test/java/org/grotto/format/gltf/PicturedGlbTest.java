package org.grotto.format.gltf;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import javax.imageio.ImageIO;
import org.grotto.base.Progress;
import org.grotto.base.Work;
import org.grotto.format.MeshReader;
import org.grotto.format.Reading;
import org.grotto.geometry.Charts;
import org.grotto.geometry.Columns;
import org.grotto.geometry.Mesh;
import org.grotto.geometry.Texture;
import org.grotto.pipeline.Inputs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A GLB of a mesh with pictures has them as they are, each corner at its place, and says nothing that glTF forbids. */
class PicturedGlbTest {
    @TempDir
    Path dir;

    private Mesh sample() throws IOException {
        picture("a.png", 0xff2010, "png");
        picture("b.jpg", 0x1020ff, "jpg");
        picture("c.bmp", 0x30c040, "bmp");
        Files.writeString(
                dir.resolve("m.mtl"),
                "newmtl one\nmap_Kd a.png\nKd 0.5 0.25 1\nnewmtl two\nmap_Kd -clamp on b.jpg\nnewmtl three\nKd 0.2 0.4 0.6\n"
                        + "newmtl four\nmap_Kd c.bmp\n");
        // a seam along 1 3: its corners lie elsewhere in the pictures on either side
        Path obj = Files.writeString(dir.resolve("m.obj"), """
                mtllib m.mtl
                v 0 0 0
                v 1 0 0
                v 1 1 0
                v 0 1 0
                v 2 0 0.5
                vt 0 0
                vt 1 0
                vt 1 1
                vt 0 1
                vt 0.25 0.75
                usemtl one
                f 1/1 2/2 3/3
                f 1/5 3/3 4/4
                usemtl two
                f 2/1 5/2 3/4
                usemtl three
                f 1 4 5
                usemtl four
                f 4/1 3/2 5/5
                """);
        try (Work work = new Work(1, 1L << 26, Progress.NONE);
                MeshReader r = Inputs.meshFile(obj, Reading.of(work))) {
            Mesh m = r.read();
            float[] up = new float[m.xyz.length];
            for (int i = 2; i < up.length; i += 3) {
                up[i] = 1;
            }
            return m.with(Columns.NORMAL, up);
        }
    }

    private void picture(String name, int rgb, String format) throws IOException {
        BufferedImage image = new BufferedImage(16, 16, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < 256; i++) {
            image.setRGB(i % 16, i / 16, rgb ^ i);
        }
        ImageIO.write(image, format, dir.resolve(name).toFile());
    }

    @Test
    void everyCornerKeepsItsPlaceAndEveryPictureItsBytes() throws Exception {
        Mesh m = sample();
        Path glb = dir.resolve("m.glb");
        GlbWriter.write(m, glb);
        assertThat(Khronos.validate(List.of(glb)))
                .allSatisfy((name, report) -> assertThat(report.path("errors").asInt(-1)
                                + report.path("warnings").asInt(-1))
                        .as("%s", report)
                        .isZero());
        Mesh back;
        try (GltfMeshReader r = GltfMeshReader.open(glb)) {
            back = r.read();
            assertThat(r.notKept()).isEmpty();
        }
        assertThat(corners(back)).containsExactlyInAnyOrder(corners(m));
    }

    /** Each corner: its position, its place, its material with its pictures. */
    private static String[] corners(Mesh m) {
        Charts c = Objects.requireNonNull(m.charts);
        String[] all = new String[m.triangles.length];
        for (int i = 0; i < all.length; i++) {
            int v = 3 * m.triangles[i];
            var material = c.materials().get(c.material()[i / 3]);
            Texture t = material.colour();
            byte[] file = t == null ? new byte[0] : t.read();
            boolean asIs = !material.name().equals("four"); // a BMP becomes a PNG
            all[i] = (m.originX + m.xyz[v]) + " " + (m.originY + m.xyz[v + 1]) + " " + (m.originZ + m.xyz[v + 2])
                    + " at "
                    + c.uv()[2 * i] + " " + c.uv()[2 * i + 1] + " of " + material.name() + " " + material.red() + " "
                    + material.green() + " " + material.blue()
                    + (t == null ? "" : " " + t.wrapU() + (asIs ? Arrays.hashCode(file) : ""));
        }
        return all;
    }
}
