package org.grotto.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import javax.imageio.ImageIO;
import org.grotto.base.Json;
import org.grotto.base.Progress;
import org.grotto.base.Work;
import org.grotto.format.gltf.TileMesh;
import org.grotto.format.gltf.TilePicture;
import org.grotto.geometry.Mesh;
import org.grotto.image.Ktx2Samples;
import org.grotto.lod.TileOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A textured mesh of two materials becomes a package whose tiles show its pictures; what other files cannot hold is named. */
class PicturedPackageTest {
    private static final int QUADS = 24;
    private static final int RED = 0xB03020;
    private static final int BLUE = 0x2040A0;

    @TempDir
    Path dir;

    /** A square of 2 m that bulges by a decimetre, its west half red, its east half blue with a north half of white. */
    private Path mesh() throws IOException {
        BufferedImage red = new BufferedImage(64, 64, BufferedImage.TYPE_INT_RGB);
        BufferedImage blue = new BufferedImage(64, 64, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < 64; y++) {
            for (int x = 0; x < 64; x++) {
                red.setRGB(x, y, RED);
                blue.setRGB(x, y, y < 32 ? 0xFFFFFF : BLUE);
            }
        }
        ImageIO.write(red, "png", dir.resolve("\u7ea2 wall.png").toFile());
        ImageIO.write(blue, "png", dir.resolve("blue.png").toFile());
        Files.writeString(
                dir.resolve("m.mtl"),
                "newmtl west side\nmap_Kd \u7ea2 wall.png\nnewmtl east\nmap_Kd blue.png\nnewmtl none\nmap_Kd gone.png\n");
        StringBuilder s = new StringBuilder("# metres\nmtllib m.mtl\n");
        for (int j = 0; j <= QUADS; j++) {
            for (int i = 0; i <= QUADS; i++) {
                double x = 2.0 * i / QUADS;
                double y = 2.0 * j / QUADS;
                s.append("v ").append(x).append(' ').append(y).append(' ').append(0.1 * Math.sin(2 * x) * Math.cos(y));
                s.append("\nvt ")
                        .append((double) i / QUADS)
                        .append(' ')
                        .append((double) j / QUADS)
                        .append('\n');
            }
        }
        for (int half = 0; half < 2; half++) {
            s.append("usemtl ").append(half == 0 ? "west side" : "east").append('\n');
            for (int j = 0; j < QUADS; j++) {
                for (int i = half * QUADS / 2; i < (half + 1) * QUADS / 2; i++) {
                    int a = j * (QUADS + 1) + i + 1;
                    int[] q = {a, a + 1, a + QUADS + 2, a + QUADS + 1};
                    s.append('f');
                    for (int v : q) {
                        s.append(' ').append(v).append('/').append(v);
                    }
                    s.append('\n');
                }
            }
        }
        return Files.writeString(dir.resolve("wall.obj"), s);
    }

    @Test
    void tilesShowThePictures() throws Exception {
        shown(build(mesh(), "cave", false, 2), false);
    }

    @Test
    void ktx2TilesShowThemTooWithAnyNumberOfThreadsAndAreValid() throws Exception {
        Path out = build(mesh(), "cave", true, 3);
        shown(out, true);
        assertThat(Json.tree(out.resolve("run/run.json")).toString()).contains("\"ktx2\":true");
        try (Work work = Work.silent()) {
            assertThat(Validation.of(out, work).faults()).isEmpty();
        }
        Path alone = build(mesh(), "alone", true, 1);
        try (var files = Files.list(out.resolve("mesh/tiles"))) {
            for (Path f : files.toList()) {
                assertThat(alone.resolve("mesh/tiles").resolve(f.getFileName())).hasSameBinaryContentAs(f);
            }
        }
    }

    /** A tile as an input: its picture lies on the mesh, and goes into a GLB as it is. */
    @Test
    void meshesWithKtx2PicturesAreRead() throws Exception {
        Path tile = build(mesh(), "cave", true, 2).resolve("mesh/tiles/r.glb");
        Path glb = dir.resolve("out.glb");
        try (Work work = Work.silent()) {
            Convert.Done done = Convert.run(tile, glb, work);
            assertThat(done.lost()).noneMatch(l -> l.contains("picture"));
        }
        Path again = dir.resolve("again");
        try (Work work = Work.silent()) {
            Recipe metres = Recipe.DEFAULTS.with(PackageStages.LOAD_MESH, new InputOptions("m", "y"));
            Build.run(List.of(glb), metres, again, "test", p -> {}, work);
        }
        TileMesh t =
                TileMesh.read(java.nio.ByteBuffer.wrap(Files.readAllBytes(again.resolve("mesh/tiles/r.glb"))), "r.glb");
        BufferedImage image = ImageIO.read(
                new ByteArrayInputStream(Objects.requireNonNull(t.picture).image()));
        int red = 0;
        for (int v = 0; v < t.picture.uv().length / 2; v++) {
            int i = (int) Math.min(image.getWidth() - 1, t.picture.uv()[2 * v] * image.getWidth());
            int j = (int) Math.min(image.getHeight() - 1, t.picture.uv()[2 * v + 1] * image.getHeight());
            red += Math.abs((image.getRGB(i, j) >> 16 & 255) - (RED >> 16)) < 8 ? 1 : 0;
        }
        assertThat((double) red / (t.picture.uv().length / 2)).isBetween(0.4, 0.65);
    }

    private Path build(Path mesh, String name, boolean ktx2, int threads) {
        Path out = dir.resolve(name);
        TileOptions d = TileOptions.DEFAULTS;
        Recipe recipe = Recipe.DEFAULTS.with(
                PackageStages.TILES, new TileOptions(d.tileTriangles(), d.previewTriangles(), ktx2));
        try (Work work = new Work(threads, 1L << 30, Progress.NONE)) {
            Build.run(List.of(mesh), recipe, out, "test", p -> {}, work);
        }
        return out;
    }

    private void shown(Path out, boolean ktx2) throws Exception {
        Contract.assertKept(out);
        JsonNode move = Json.tree(out.resolve("mesh/tileset.json")).path("root").path("transform");
        int looked = 0;
        try (var files = Files.list(out.resolve("mesh/tiles"))) {
            for (Path f : files.sorted().toList()) {
                TileMesh t = TileMesh.read(java.nio.ByteBuffer.wrap(Files.readAllBytes(f)), f.toString());
                TilePicture p = Objects.requireNonNull(t.picture, () -> f + " has no picture");
                BufferedImage image =
                        ktx2 ? Ktx2Samples.image(p.image()) : ImageIO.read(new ByteArrayInputStream(p.image()));
                for (int v = 0; v < p.uv().length / 2; v++) {
                    double x = t.positions[3 * v] + t.originX + move.path(12).asDouble();
                    double y =
                            t.positions[3 * v + 1] + t.originY + move.path(13).asDouble();
                    if (Math.abs(x - 1) < 0.1 || x > 1 && Math.abs(y - 1) < 0.1) {
                        continue; // where colours meet
                    }
                    int i = (int) Math.min(image.getWidth() - 1, p.uv()[2 * v] * image.getWidth());
                    int j = (int) Math.min(image.getHeight() - 1, p.uv()[2 * v + 1] * image.getHeight());
                    int wanted = x < 1 ? RED : y < 1 ? BLUE : 0xFFFFFF;
                    for (int c = 0; c < 24; c += 8) {
                        assertThat(Math.abs((image.getRGB(i, j) >> c & 255) - (wanted >> c & 255)))
                                .as("%s, %.2f %.2f", f.getFileName(), x, y)
                                .isLessThan(6);
                    }
                    looked++;
                }
            }
        }
        assertThat(looked).isGreaterThan(300);
        JsonNode layers = Json.tree(out.resolve("cave.json")).path("layers");
        assertThat(layers.findValuesAsString("id")).contains("texel");
        assertThat(Json.tree(out.resolve("run/run.json")).path("dropped").size())
                .isZero();
    }

    @Test
    void verticesTakeTheColourOfTheirPlaceAndTheLossIsNamed() throws Exception {
        Path ply = dir.resolve("out.ply");
        try (Work work = Work.silent()) {
            Convert.Done done = Convert.run(mesh(), ply, work);
            assertThat(done.lost()).containsExactly("the pictures; each vertex has the colour of its place in them");
            Mesh m = Inputs.readMesh(ply, InputOptions.DEFAULTS, work).mesh();
            byte[] rgb = Objects.requireNonNull(m.rgb());
            for (int v = 0; v < m.vertexCount(); v++) {
                double x = m.originX + m.xyz[3 * v];
                if (x < 0.9) {
                    assertThat((rgb[3 * v] & 255) << 16 | (rgb[3 * v + 1] & 255) << 8 | rgb[3 * v + 2] & 255)
                            .isEqualTo(RED);
                }
            }
        }
    }
}
