package org.grotto.format.obj;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import javax.imageio.ImageIO;
import org.grotto.base.GrottoException;
import org.grotto.format.Remarks;
import org.grotto.geometry.Charts;
import org.grotto.geometry.Columns;
import org.grotto.geometry.Material;
import org.grotto.geometry.Mesh;
import org.grotto.geometry.Texture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is written as OBJ and MTL is read back to the bit, by a reader of a few lines that is the test's own, and by ours. */
class ObjWriterTest {
    private static final int N = 40;

    @TempDir
    Path dir;

    private static byte[] png(int shade) throws IOException {
        BufferedImage image = new BufferedImage(4, 4, BufferedImage.TYPE_INT_RGB);
        image.setRGB(1, 1, shade);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(image, "png", out);
        return out.toByteArray();
    }

    private static Texture texture(int shade, Texture.Wrap wrap) throws IOException {
        return new Texture("t" + shade, null, 0, -1, png(shade), wrap, wrap);
    }

    /** Triangles at random far from the origin, of three materials: a picture, a picture with holes and a normal map, a colour. */
    private Mesh mesh(boolean pictured) throws IOException {
        Random r = new Random(11);
        float[] xyz = new float[3 * N];
        float[] rest = new float[3 * N];
        float[] normals = new float[3 * N];
        byte[] rgb = new byte[3 * N];
        r.nextBytes(rgb);
        for (int i = 0; i < xyz.length; i++) {
            xyz[i] = (float) (r.nextGaussian() * Math.pow(10, r.nextInt(9) - 5));
            rest[i] = xyz[i] * 1e-8f * r.nextFloat();
            normals[i] = (float) r.nextGaussian();
        }
        int[] triangles = r.ints(9 * N, 0, N).toArray();
        for (int t = 0; t < triangles.length; t += 3) { // no corner twice
            triangles[t + 1] = (triangles[t] + 1 + r.nextInt(9)) % N;
            triangles[t + 2] = (triangles[t] + 11 + r.nextInt(9)) % N;
        }
        Charts charts = null;
        if (pictured) {
            Texture one = texture(1, Texture.Wrap.REPEAT);
            List<Material> all = List.of(
                    new Material("stone wall", 1, 1, 1, one, null, null, 0),
                    new Material(
                            "leaf",
                            1,
                            1,
                            1,
                            texture(2, Texture.Wrap.CLAMP),
                            texture(3, Texture.Wrap.CLAMP),
                            null,
                            0.5f),
                    Material.of("leaf", 0.2f, 0.4f, 0.8f));
            float[] uv = new float[2 * triangles.length];
            char[] material = new char[triangles.length / 3];
            for (int t = 0; t < material.length; t++) {
                material[t] = (char) (t / 7 % 3);
                for (int k = 0; k < 6 && material[t] < 2; k++) {
                    uv[6 * t + k] = r.nextInt(9) == 0 ? r.nextFloat() : 0.25f;
                }
            }
            charts = new Charts(uv, material, all);
        }
        Columns columns = Columns.NONE
                .with(Columns.NORMAL, normals)
                .with(Columns.RGB8, rgb)
                .with(Columns.REST, rest);
        return new Mesh(4_432_100.25, -350_000.5, 12.125, xyz, columns, triangles, charts);
    }

    /** The statements of a file, each split at blanks. */
    private static List<String[]> statements(Path file) throws IOException {
        List<String[]> out = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            if (!line.isBlank() && !line.startsWith("#")) {
                out.add(line.split(" "));
            }
        }
        return out;
    }

    @Test
    void everyNumberComesBackToTheBit() throws IOException {
        Mesh m = mesh(true);
        Path file = dir.resolve("a cave.obj");
        List<String> lost = ObjWriter.write(m, file);
        assertThat(lost).isEmpty();
        Map<String, List<String[]>> by = new HashMap<>();
        List<String> material = new ArrayList<>();
        String now = "";
        for (String[] s : statements(file)) {
            by.computeIfAbsent(s[0], k -> new ArrayList<>()).add(s);
            now = s[0].equals("usemtl") ? s[1] : now;
            if (s[0].equals("f")) {
                material.add(now);
            }
        }
        assertThat(by.get("v")).hasSize(N);
        float[] rest = m.columns.floats("rest");
        float[] normals = m.normals();
        for (int i = 0; i < N; i++) {
            for (int k = 0; k < 3; k++) {
                double at = m.origin(k) + ((double) m.xyz[3 * i + k] + rest[3 * i + k]);
                assertThat(Double.parseDouble(by.get("v").get(i)[1 + k])).isEqualTo(at);
                assertThat(Float.parseFloat(by.get("vn").get(i)[1 + k])).isEqualTo(normals[3 * i + k]);
            }
        }
        String[] names = {"stone_wall", "leaf", "leaf_3"};
        for (int t = 0; t < m.triangleCount(); t++) {
            int of = m.charts.material()[t];
            assertThat(material.get(t)).isEqualTo(names[of]);
            for (int k = 0; k < 3; k++) {
                String[] c = by.get("f").get(t)[1 + k].split("/");
                assertThat(Integer.parseInt(c[0]) - 1).isEqualTo(m.triangles[3 * t + k]);
                assertThat(c[2]).isEqualTo(c[0]);
                assertThat(c[1].isEmpty()).isEqualTo(of == 2);
                if (of < 2) {
                    String[] vt = by.get("vt").get(Integer.parseInt(c[1]) - 1);
                    assertThat(Float.parseFloat(vt[1])).isEqualTo(m.charts.uv()[6 * t + 2 * k]);
                    assertThat((float) (1 - Double.parseDouble(vt[2])))
                            .isEqualTo(m.charts.uv()[6 * t + 2 * k + 1]);
                }
            }
        }
        assertThat(by.get("vt").size()).as("places are shared").isLessThan(6 * N);
        assertThat(Files.readString(dir.resolve("a_cave.mtl")))
                .contains(
                        "newmtl stone_wall\nKd 1 1 1\nmap_Kd a_cave-pictures/00001.png\n",
                        "newmtl leaf\nKd 1 1 1\nmap_Kd -clamp on a_cave-pictures/00002.png\n"
                                + "norm -clamp on a_cave-pictures/00003.png\n"
                                + "map_d -clamp on a_cave-pictures/00002.png\n",
                        "newmtl leaf_3\nKd 0.48452");
        for (int k = 1; k <= 3; k++) {
            assertThat(Files.readAllBytes(dir.resolve("a_cave-pictures/0000" + k + ".png")))
                    .isEqualTo(png(k));
        }
    }

    @Test
    void ourReaderGivesTheMeshAgain() throws IOException {
        for (boolean pictured : new boolean[] {true, false}) {
            Mesh m = mesh(pictured);
            Path file = dir.resolve(pictured ? "p.obj" : "c.obj");
            ObjWriter.write(m, file);
            Mesh back = ObjMesh.read(file, new Remarks());
            assertThat(back.triangles).isEqualTo(m.triangles);
            float[] was = m.columns.floats("rest");
            float[] is = back.columns.floats("rest");
            for (int i = 0; i < m.xyz.length; i++) {
                double a = m.origin(i % 3) + ((double) m.xyz[i] + was[i]);
                double b = back.origin(i % 3) + ((double) back.xyz[i] + (is == null ? 0 : is[i]));
                assertThat(b).isCloseTo(a, org.assertj.core.api.Assertions.within(1e-9 * Math.abs(a)));
            }
            if (!pictured) {
                assertThat(back.rgb()).isEqualTo(m.rgb());
                continue;
            }
            assertThat(back.charts.uv()).isEqualTo(m.charts.uv());
            assertThat(back.charts.material()).isEqualTo(m.charts.material());
            Material leaf = back.charts.materials().get(1);
            assertThat(leaf.cutout()).isEqualTo(0.5f);
            assertThat(leaf.colour().read()).isEqualTo(png(2));
            assertThat(leaf.normal().read()).isEqualTo(png(3));
            assertThat(leaf.colour().wrapU()).isEqualTo(Texture.Wrap.CLAMP);
            assertThat(back.charts.materials().get(2).green())
                    .isCloseTo(0.4f, org.assertj.core.api.Assertions.within(1e-6f));
        }
    }

    @Test
    void nothingOfOthersIsReplaced() throws IOException {
        Mesh m = mesh(true);
        Files.writeString(dir.resolve("x.mtl"), "newmtl mine\n");
        assertThatThrownBy(() -> ObjWriter.write(m, dir.resolve("x.obj")))
                .isInstanceOf(GrottoException.class)
                .hasMessageContaining("x.mtl: exists already");
        ObjWriter.write(m, dir.resolve("y.obj"));
        ObjWriter.write(m, dir.resolve("y.obj")); // its own it may
        Mesh own = ObjMesh.read(dir.resolve("y.obj"), new Remarks());
        assertThatThrownBy(() -> ObjWriter.write(own, dir.resolve("y.obj")))
                .hasMessageContaining("is a picture of the input");
    }
}
