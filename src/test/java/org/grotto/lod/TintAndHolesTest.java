package org.grotto.lod;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import javax.imageio.ImageIO;
import org.grotto.base.Work;
import org.grotto.format.gltf.Khronos;
import org.grotto.format.gltf.TileMesh;
import org.grotto.format.gltf.TilePicture;
import org.grotto.format.gltf.TilesetCheck;
import org.grotto.geometry.Charts;
import org.grotto.geometry.Columns;
import org.grotto.geometry.Material;
import org.grotto.geometry.Mesh;
import org.grotto.geometry.Texture;
import org.grotto.image.Ktx2Samples;
import org.grotto.lod.atlas.Painted;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** At every level, holes of a picture are holes where the source has them, and colours that multiply it come along. */
class TintAndHolesTest {
    private static final int N = 40;
    private static final int SIDE = 512;
    /** What is below is a hole. */
    private static final float CUTOFF = 0.3f;

    @TempDir
    Path dir;

    /** A hole with a soft rim in the middle of each quarter of the picture. */
    private static double alpha(double u, double v) {
        double x = (2 * u) % 1 - 0.5;
        double y = (2 * v) % 1 - 0.5;
        return Math.max(0, Math.min(1, (Math.hypot(x, y) - 0.2) / 0.1));
    }

    /** A bulging square of 2 m with the picture on it, red to the west by its vertices. */
    private Mesh mesh() throws Exception {
        BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_ARGB);
        for (int y = 0; y < SIDE; y++) {
            for (int x = 0; x < SIDE; x++) {
                int a = (int) Math.round(255 * alpha((x + 0.5) / SIDE, (y + 0.5) / SIDE));
                image.setRGB(x, y, a << 24 | 0x80A060);
            }
        }
        Path file = dir.resolve("leaf.png");
        ImageIO.write(image, "png", file.toFile());
        int row = N + 1;
        float[] xyz = new float[3 * row * row];
        byte[] tint = new byte[3 * row * row];
        Arrays.fill(tint, (byte) 255);
        for (int i = 0; i < row * row; i++) {
            float x = 2f * (i % row) / N;
            float y = 2f * (i / row) / N;
            xyz[3 * i] = x;
            xyz[3 * i + 1] = y;
            xyz[3 * i + 2] = (float) (0.1 * Math.sin(2 * x) * Math.cos(y));
            if (x < 1) {
                tint[3 * i + 1] = 0;
                tint[3 * i + 2] = 0;
            }
        }
        int[] t = new int[6 * N * N];
        float[] uv = new float[2 * t.length];
        for (int i = 0; i < N * N; i++) {
            int a = i / N * row + i % N;
            int[] q = {a, a + 1, a + row + 1, a, a + row + 1, a + row};
            for (int k = 0; k < 6; k++) {
                t[6 * i + k] = q[k];
                uv[12 * i + 2 * k] = (float) (q[k] % row) / N;
                uv[12 * i + 2 * k + 1] = 1 - (float) (q[k] / row) / N;
            }
        }
        Texture p = Texture.of(file, Texture.Wrap.CLAMP, Texture.Wrap.CLAMP);
        Material leaf = new Material("leaf", 1, 1, 1, p, null, null, CUTOFF);
        Columns columns = Columns.NONE.with(Columns.TINT, tint);
        return new Mesh(0, 0, 0, xyz, columns, t, new Charts(uv, new char[t.length / 3], List.of(leaf)));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void everyTileHasThemAndIsValid(boolean ktx2) throws Exception {
        Path out = dir.resolve("mesh");
        Mesh mesh;
        try (Work work = Work.silent()) {
            mesh = Painted.of(mesh(), work);
            MeshTiles.write(mesh, out, new TileOptions(400, 200, ktx2), work);
        }
        byte[] rgb = Objects.requireNonNull(mesh.rgb());
        assertThat(rgb[3 * N] & 255).as("east: the picture's own").isEqualTo(0x80);
        assertThat(rgb[4] & 255).as("west: red times the picture").isZero();
        List<Path> tiles;
        try (var list = Files.list(out.resolve("tiles"))) {
            tiles = list.sorted().toList();
        }
        assertThat(tiles).hasSizeGreaterThan(8);
        for (Path f : tiles) {
            look(f, ktx2);
        }
        try (Work work = Work.silent()) {
            assertThat(TilesetCheck.of(out.resolve("tileset.json"), work).problems())
                    .isEmpty();
        }
        Khronos.validate(tiles).forEach((name, r) -> {
            assertThat(r.path("errors").asInt()).as("%s", r).isZero();
            // the validator knows no KTX2
            assertThat(r.path("messages").valueStream().map(JsonNode::asString))
                    .allMatch(m -> ktx2
                            && (m.contains("KHR_texture_basisu")
                                    || m.contains("'image/ktx2'")
                                    || m.contains("IMAGE_UNRECOGNIZED_FORMAT")));
        });
    }

    private static void look(Path f, boolean ktx2) throws Exception {
        TileMesh t = TileMesh.read(ByteBuffer.wrap(Files.readAllBytes(f)), f.toString());
        TilePicture p = Objects.requireNonNull(t.picture);
        BufferedImage image = ktx2 ? Ktx2Samples.image(p.image()) : ImageIO.read(new ByteArrayInputStream(p.image()));
        byte[] rgba = Objects.requireNonNull(t.rgba == null ? white(t.vertexCount()) : t.rgba);
        boolean root = f.getFileName().toString().equals("r.glb");
        int holes = 0;
        int wrong = 0;
        int seen = 0;
        for (int i = 0; i < t.indices.length; i += 3) {
            double u = 0;
            double v = 0;
            double x = t.originX + 1;
            double y = t.originY + 1;
            double up = 0;
            for (int k = 0; k < 3; k++) {
                int c = t.indices[i + k];
                u += p.uv()[2 * c] / 3;
                v += p.uv()[2 * c + 1] / 3;
                x += t.positions[3 * c] / 3;
                y += t.positions[3 * c + 1] / 3;
                boolean west = t.originX + 1 + t.positions[3 * c] < 1 - 1e-4;
                assertThat(rgba[4 * c + 1] & 255).as(f + " tint").isEqualTo(west ? 0 : 255);
            }
            for (int k = 0; k < 3; k++) {
                int a = 3 * t.indices[i + k];
                int b = 3 * t.indices[i + (k + 1) % 3];
                up += t.positions[a] * t.positions[b + 1] - t.positions[b] * t.positions[a + 1];
            }
            double a = alpha(x / 2, 1 - y / 2);
            if (Math.abs(a - CUTOFF) < (root ? 0.5 : 0.29) || up < 1e-5) {
                continue; // at the rim, or a curtain
            }
            int px = image.getRGB((int) Math.min(image.getWidth() - 1, u * image.getWidth()), (int)
                    Math.min(image.getHeight() - 1, v * image.getHeight()));
            boolean hole = image.getColorModel().hasAlpha() && (px >>> 24) < 128;
            seen++;
            holes += hole ? 1 : 0;
            wrong += hole != a < CUTOFF ? 1 : 0;
        }
        assertThat(p.holes()).as(f.toString()).isEqualTo(image.getColorModel().hasAlpha());
        assertThat(p.mediaType()).isEqualTo(ktx2 ? TilePicture.KTX2 : p.holes() ? TilePicture.PNG : TilePicture.JPEG);
        assertThat(wrong).as(f + ": of " + seen + ", holes " + holes).isLessThanOrEqualTo(seen / 50);
    }

    private static byte[] white(int n) {
        byte[] out = new byte[4 * n];
        Arrays.fill(out, (byte) 255);
        return out;
    }
}
