package org.grotto.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.grotto.base.GrottoException;
import org.grotto.base.Json;
import org.grotto.base.Progress;
import org.grotto.base.Work;
import org.grotto.format.Camera;
import org.grotto.format.Column;
import org.grotto.format.Picture;
import org.grotto.format.PointBatch;
import org.grotto.format.Scan;
import org.grotto.format.e57.E57WriteOptions;
import org.grotto.format.e57.E57Writer;
import org.grotto.format.gltf.Checker;
import org.grotto.geometry.Pose;
import org.grotto.scene.Lens;
import org.grotto.scene.PackageReader;
import org.grotto.scene.Photo;
import org.grotto.scene.Photos;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pictures with places, and splats, on their whole way into a package that validates. */
class PicturesPackageTest {
    @TempDir
    Path dir;

    private Build.Summary build(List<Path> inputs, Path out, Recipe recipe) {
        try (Work work = new Work(2, 1L << 30, Progress.NONE)) {
            return Build.run(inputs, recipe, out, "test", p -> {}, work);
        }
    }

    private Path box() throws IOException {
        return Files.writeString(
                dir.resolve("box.obj"),
                "v 0 0 0\nv 2000 0 0\nv 2000 3000 0\nv 0 3000 0\nv 0 0 4000\n"
                        + "v 2000 0 4000\nv 2000 3000 4000\nv 0 3000 4000\nf 4 3 2 1\nf 5 6 7 8\nf 1 2 6 5\nf 2 3 7 6\nf 3 4 8 7\n"
                        + "f 4 1 5 8\n");
    }

    private static byte[] picture(int w, int h, String format) {
        return Checker.file(new BufferedImage(w, h, BufferedImage.TYPE_INT_RGB), format);
    }

    private Path splats() throws IOException {
        ByteBuffer rows = ByteBuffer.allocate(2 * 17 * 4).order(ByteOrder.LITTLE_ENDIAN);
        for (float x : new float[] {-1, 3}) {
            rows.putFloat(x).putFloat(2 * x).putFloat(0.5f);
            rows.position(rows.position() + 14 * 4);
        }
        StringBuilder head = new StringBuilder("ply\nformat binary_little_endian 1.0\nelement vertex 2\n");
        for (String p : "x y z nx ny nz f_dc_0 f_dc_1 f_dc_2 opacity scale_0 scale_1 scale_2 rot_0 rot_1 rot_2 rot_3"
                .split(" ")) {
            head.append("property float ").append(p).append('\n');
        }
        byte[] h = head.append("end_header\n").toString().getBytes(StandardCharsets.US_ASCII);
        return Files.write(
                dir.resolve("splats.ply"),
                ByteBuffer.allocate(h.length + rows.capacity())
                        .put(h)
                        .put(rows.array())
                        .array());
    }

    /** A camera set in millimetres beside a mesh in millimetres stands in metres with it. */
    @Test
    void aCameraSetStandsInTheFrameOfItsMesh() throws IOException {
        Path model = Files.createDirectories(dir.resolve("project/sparse/0"));
        Files.writeString(
                model.resolve("cameras.txt"),
                "1 PINHOLE 3000 2000 2500 2500 1500 1000\n" + "2 SIMPLE_RADIAL 800 600 700 400 300 -0.1\n");
        Files.writeString(
                model.resolve("images.txt"),
                "1 1 0 0 0 -1000 -2000 500 1 Große/IMG_1.JPG\n\n"
                        + "2 1 0 0 0 0 0 0 2 img_2.png\n\n3 1 0 0 0 0 0 0 2 lost.jpg\n\n");
        Path images = Files.createDirectories(dir.resolve("project/images/große"));
        Files.write(images.resolve("img_1.jpg"), picture(3000, 2000, "jpg"));
        byte[] png = picture(800, 600, "png");
        Files.write(images.resolve("IMG_2.PNG"), png);
        Path out = dir.resolve("cave");
        Recipe recipe = Recipe.DEFAULTS.with(PackageStages.LOAD_MESH, new InputOptions("mm", "z"));
        Build.Summary s = build(List.of(box(), model, splats()), out, recipe);
        Contract.assertKept(out);
        assertThat(String.join("\n", s.warnings()))
                .contains("COLMAP text, 3 pictures, 3 of them with a place")
                .contains("1 of 3 pictures were not found")
                .contains("2 Gaussian splats");
        Photos p = Json.read(out.resolve(Photos.PATH), Photos.class);
        Photo first = p.pictures().getFirst();
        Pose pose = first.pose();
        assertThat(new double[] {pose.tx(), pose.ty(), pose.tz()})
                .containsExactly(new double[] {1, 2, -0.5}, within(1e-12));
        double[] ahead = new Photos.Placed(first, p.lenses().get(first.lens()), pose, out, null).ahead();
        assertThat(ahead).containsExactly(new double[] {0, 0, 1}, within(1e-12)); // COLMAP's +z
        assertThat(first.width()).as("made smaller").isEqualTo(2048);
        assertThat(p.lenses().get(0).width())
                .as("the lens holds for the whole one")
                .isEqualTo(3000);
        assertThat(Files.readAllBytes(out.resolve(p.pictures().get(1).path()))).isEqualTo(png);
        assertThat(p.pictures().get(2).path()).isNull();
        assertThat(Photos.placed(out, PackageReader.read(out))).hasSize(2);
        assertThat(Json.tree(out.resolve("splats/splats.json"))
                        .path("files")
                        .path(0)
                        .path("bounds")
                        .path("maxY")
                        .asDouble())
                .isEqualTo(6);
        assertThat(Files.readString(out.resolve("quality/report.html"))).contains("3 perspective", "透视照片 3 张");
        Build.Summary whole = build(
                List.of(box(), model),
                dir.resolve("whole"),
                recipe.with(PictureStage.PICTURES_OF_MESH, new PictureOptions("whole")));
        assertThat(whole.warnings()).isNotEmpty();
        Photos q = Json.read(dir.resolve("whole").resolve(Photos.PATH), Photos.class);
        assertThat(q.pictures().getFirst().width()).isEqualTo(3000);
        Files.delete(out.resolve(p.pictures().get(1).path()));
        try (Work work = Work.silent()) {
            assertThat(Validation.of(out, work).faults())
                    .extracting(Validation.Fault::found)
                    .anyMatch(f -> f.contains("pictures.json"));
        }
    }

    /** Cameras around the box look at it; the same ones, moved as by another frame or unit, do not, and that is said. */
    @Test
    void aCameraSetThatLooksElsewhereIsTold() throws IOException {
        for (String moved : new String[] {"0", "90000"}) {
            Path model = Files.createDirectories(dir.resolve("set" + moved + "/sparse/0"));
            Files.writeString(model.resolve("cameras.txt"), "1 PINHOLE 3000 2000 2500 2500 1500 1000\n");
            // looking along +z from below, a camera's place is the negative of its translation
            Files.writeString(
                    model.resolve("images.txt"),
                    "1 1 0 0 0 -1000 -1500 " + (9000 - 2 * Integer.parseInt(moved))
                            + " 1 a.jpg\n\n2 1 0 0 0 -1200 -1500 "
                            + (8000 - 2 * Integer.parseInt(moved)) + " 1 b.jpg\n\n3 1 0 0 0 -900 -1400 "
                            + (7000 - 2 * Integer.parseInt(moved)) + " 1 c.jpg\n\n");
            Recipe recipe = Recipe.DEFAULTS.with(PackageStages.LOAD_MESH, new InputOptions("mm", "z"));
            String said = String.join(
                    "\n",
                    build(List.of(box(), model), dir.resolve("out" + moved), recipe)
                            .warnings());
            if (moved.equals("0")) {
                assertThat(said).doesNotContain("look at the stone");
            } else {
                assertThat(said).contains("of 3 pictures with a place, only 0 look at the stone");
            }
        }
    }

    @Test
    void aloneTheyAreNoPackage() throws IOException {
        Path splats = splats();
        assertThatThrownBy(() -> build(List.of(splats), dir.resolve("a"), Recipe.DEFAULTS))
                .isInstanceOf(GrottoException.class)
                .hasMessageContaining("Gaussian splats")
                .hasMessageContaining("needs scans or a mesh");
        assertThatThrownBy(() -> Inputs.kind(splats))
                .isInstanceOf(GrottoException.class)
                .hasMessageContaining("2 Gaussian splats");
    }

    /** A room of 4 x 3 x 2.5 m scanned from its middle, with one picture turned, one cut off, one to look at. */
    @Test
    void picturesOfAScanAreCarriedAsTheyAre() throws IOException {
        Path file = dir.resolve("room.e57");
        Pose scanner = new Pose(0.9, 0, 0, 0.3, 10, 20, 1.5);
        Pose camera = new Pose(0.5, 0.5, -0.4, 0.2, 10.1, 20, 1.6);
        byte[] jpeg = picture(64, 48, "jpg");
        byte[] png = picture(20, 10, "png");
        Column[] none = {};
        Scan scan = new Scan(
                "S1",
                "{s1}",
                scanner,
                new double[3],
                -1,
                List.of(none),
                null,
                Column.Type.DOUBLE,
                null,
                null,
                Map.of());
        try (E57Writer w = new E57Writer(file, E57WriteOptions.DEFAULTS)) {
            w.begin(scan);
            PointBatch b = new PointBatch(scan.columns(), 30_000);
            Random random = new Random(1);
            double[] half = {2, 1.5, 1.25};
            for (int i = 0; i < 30_000; i++) {
                double[] p = {random.nextDouble(-2, 2), random.nextDouble(-1.5, 1.5), random.nextDouble(-1.25, 1.25)};
                p[i % 3] = i % 2 == 0 ? half[i % 3] : -half[i % 3];
                b.x[i] = p[0];
                b.y[i] = p[1];
                b.z[i] = p[2];
            }
            b.size = 30_000;
            w.write(b);
            w.end();
            Camera lens = new Camera(Camera.Kind.PINHOLE, 64, 48, 1e-5, 1e-5, 5e-4, 30, 25);
            w.picture(picture("forward", jpeg, "image/jpeg", camera, lens, png));
            w.picture(picture("cut", java.util.Arrays.copyOf(jpeg, 300), "image/jpeg", camera, lens, null));
            w.picture(picture(
                    "look", png, "image/png", null, new Camera(Camera.Kind.VISUAL, 20, 10, 0, 0, 0, 10, 5), null));
        }
        Path out = dir.resolve("room");
        Build.Summary s = build(List.of(file), out, Recipe.DEFAULTS);
        Contract.assertKept(out);
        assertThat(s.warnings()).anyMatch(w -> w.contains("1 damaged pictures") && w.contains("\"cut\""));
        Photos p = Json.read(out.resolve(Photos.PATH), Photos.class);
        assertThat(p.pictures()).extracting(Photo::name).containsExactly("forward", "look");
        Photo first = p.pictures().getFirst();
        assertThat(first.station()).isEqualTo("S1");
        assertThat(first.pose().matrix()).containsExactly(camera.matrix(), within(1e-12));
        assertThat(first.pose().tx()).isEqualTo(camera.tx());
        assertThat(Files.readAllBytes(out.resolve(first.path()))).isEqualTo(jpeg);
        assertThat(Files.readAllBytes(out.resolve(first.mask()))).isEqualTo(png);
        assertThat(p.lenses())
                .containsExactly(new Lens(
                        Lens.Kind.PINHOLE, "e57:pinhole", 64, 48, 5e-4 / 1e-5, 5e-4 / 1e-5, 30, 25, null, null));
        assertThat(Photos.placed(out, PackageReader.read(out))).hasSize(1);
    }

    private static Picture picture(String name, byte[] bytes, String type, Pose pose, Camera camera, byte[] mask) {
        return new Picture(
                name,
                null,
                "{s1}",
                type,
                bytes.length,
                pose,
                camera,
                () -> new ByteArrayInputStream(bytes),
                mask == null ? 0 : mask.length,
                mask == null ? null : () -> new ByteArrayInputStream(mask),
                Map.of());
    }
}
