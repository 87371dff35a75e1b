package org.grotto;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import javax.imageio.ImageIO;
import org.grotto.base.Work;
import org.grotto.cli.Main;
import org.grotto.format.gltf.TileMesh;
import org.grotto.format.gltf.TilePicture;
import org.grotto.format.gltf.TilesetCheck;
import org.grotto.image.Srgb;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A cube whose faces have six flat colours and share their vertices, told in each way that files tell it: in the tiles of
 * every level each triangle is of its face's colour, to the edge.
 */
class FlatColoursTest {
    private static final int N = 24;
    /** Half an edge, metres. */
    private static final double HALF = 1;

    /** By face: -x, +x, -y, +y, -z, +z; sRGB. */
    private static final int[] COLOURS = {0xC03020, 0x20A040, 0x3050C0, 0xE0C020, 0x101010, 0xF0F0F0};

    @TempDir
    Path dir;

    private final List<double[]> places = new ArrayList<>();
    /** By face, four vertices a square. */
    private final List<List<int[]>> squares = new ArrayList<>();

    private int vertex(double[] p) {
        for (int i = 0; i < places.size(); i++) {
            if (java.util.Arrays.equals(places.get(i), p)) {
                return i;
            }
        }
        places.add(p);
        return places.size() - 1;
    }

    private void cube() {
        for (int face = 0; face < 6; face++) {
            int axis = face / 2;
            List<int[]> all = new ArrayList<>();
            for (int i = 0; i < N; i++) {
                for (int j = 0; j < N; j++) {
                    int[] q = new int[4];
                    for (int k = 0; k < 4; k++) {
                        int a = i + (k == 1 || k == 2 ? 1 : 0);
                        int b = j + (k > 1 ? 1 : 0);
                        double[] p = new double[3];
                        p[axis] = face % 2 == 0 ? -HALF : HALF;
                        p[(axis + 1) % 3] = HALF * (2.0 * a / N - 1);
                        p[(axis + 2) % 3] = HALF * (2.0 * b / N - 1);
                        q[face % 2 == 0 ? 3 - k : k] = vertex(p);
                    }
                    all.add(q);
                }
            }
            squares.add(all);
        }
    }

    private static int part(int face, int k) {
        return COLOURS[face] >> 16 - 8 * k & 255;
    }

    private Path obj() throws IOException {
        StringBuilder o = new StringBuilder("mtllib cube.mtl\n");
        StringBuilder m = new StringBuilder();
        places.forEach(p -> o.append(String.format(Locale.ROOT, "v %.6f %.6f %.6f%n", p[0], p[1], p[2])));
        for (int f = 0; f < 6; f++) {
            m.append(String.format(
                    Locale.ROOT,
                    "newmtl m%d%nKd %.6f %.6f %.6f%n",
                    f,
                    part(f, 0) / 255.0,
                    part(f, 1) / 255.0,
                    part(f, 2) / 255.0));
            o.append("usemtl m").append(f).append('\n');
            for (int[] q : squares.get(f)) {
                o.append(String.format("f %d %d %d %d%n", q[0] + 1, q[1] + 1, q[2] + 1, q[3] + 1));
            }
        }
        Files.writeString(dir.resolve("cube.mtl"), m);
        return Files.writeString(dir.resolve("cube.obj"), o);
    }

    private Path ply() throws IOException {
        StringBuilder s = new StringBuilder("ply\nformat ascii 1.0\nelement vertex " + places.size()
                + "\nproperty float x\nproperty float y\nproperty float z\nelement face " + 6 * N * N
                + "\nproperty list uchar int vertex_indices\nproperty uchar red\nproperty uchar green\nproperty uchar blue\n"
                + "end_header\n");
        places.forEach(p -> s.append(String.format(Locale.ROOT, "%.6f %.6f %.6f%n", p[0], p[1], p[2])));
        for (int f = 0; f < 6; f++) {
            for (int[] q : squares.get(f)) {
                s.append(String.format(
                        "4 %d %d %d %d %d %d %d%n", q[0], q[1], q[2], q[3], part(f, 0), part(f, 1), part(f, 2)));
            }
        }
        return Files.writeString(dir.resolve("cube.ply"), s);
    }

    private Path off() throws IOException {
        StringBuilder s = new StringBuilder("OFF\n" + places.size() + " " + 6 * N * N + " 0\n");
        places.forEach(p -> s.append(String.format(Locale.ROOT, "%.6f %.6f %.6f%n", p[0], p[1], p[2])));
        for (int f = 0; f < 6; f++) {
            for (int[] q : squares.get(f)) {
                s.append(String.format(
                        "4 %d %d %d %d %d %d %d%n", q[0], q[1], q[2], q[3], part(f, 0), part(f, 1), part(f, 2)));
            }
        }
        return Files.writeString(dir.resolve("cube.off"), s);
    }

    /** One accessor of places for six primitives. */
    private Path gltf() throws IOException {
        int corners = 36 * N * N;
        ByteBuffer b = ByteBuffer.allocate(12 * places.size() + 4 * corners).order(ByteOrder.LITTLE_ENDIAN);
        for (double[] p : places) {
            b.putFloat((float) p[0]).putFloat((float) p[2]).putFloat((float) -p[1]);
        }
        StringBuilder accessors = new StringBuilder();
        StringBuilder primitives = new StringBuilder();
        StringBuilder materials = new StringBuilder();
        for (int f = 0; f < 6; f++) {
            for (int[] q : squares.get(f)) {
                for (int k : new int[] {0, 1, 2, 0, 2, 3}) {
                    b.putInt(q[k]);
                }
            }
            accessors.append(String.format(
                    ",{\"bufferView\":1,\"byteOffset\":%d,\"componentType\":5125,\"count\":%d,\"type\":\"SCALAR\"}",
                    4 * f * corners / 6, corners / 6));
            primitives.append(String.format(
                    "%s{\"attributes\":{\"POSITION\":0},\"indices\":%d,\"material\":%d}", f == 0 ? "" : ",", f + 1, f));
            materials.append(String.format(
                    Locale.ROOT,
                    "%s{\"extensions\":{\"KHR_materials_unlit\":{}},\"pbrMetallicRoughness\":{\"baseColorFactor\":[%.7f,%.7f,%.7f,1]}}",
                    f == 0 ? "" : ",",
                    Srgb.linear(part(f, 0)),
                    Srgb.linear(part(f, 1)),
                    Srgb.linear(part(f, 2))));
        }
        String json =
                "{\"asset\":{\"version\":\"2.0\"},\"scene\":0,\"scenes\":[{\"nodes\":[0]}],\"nodes\":[{\"mesh\":0}],"
                        + "\"extensionsUsed\":[\"KHR_materials_unlit\"],\"meshes\":[{\"primitives\":[" + primitives
                        + "]}],"
                        + "\"materials\":[" + materials
                        + "],\"accessors\":[{\"bufferView\":0,\"componentType\":5126,\"count\":"
                        + places.size() + ",\"type\":\"VEC3\",\"min\":[-1,-1,-1],\"max\":[1,1,1]}" + accessors + "],"
                        + "\"bufferViews\":[{\"buffer\":0,\"byteLength\":" + 12 * places.size()
                        + "},{\"buffer\":0,\"byteOffset\":" + 12 * places.size() + ",\"byteLength\":" + 4 * corners
                        + "}],"
                        + "\"buffers\":[{\"byteLength\":" + b.capacity()
                        + ",\"uri\":\"data:application/octet-stream;base64,"
                        + Base64.getEncoder().encodeToString(b.array()) + "\"}]}";
        return Files.writeString(dir.resolve("cube.gltf"), json);
    }

    @ParameterizedTest
    @ValueSource(strings = {"obj", "gltf", "ply", "off"})
    void everyTriangleIsOfItsFacesColour(String format) throws IOException {
        cube();
        Path file = switch (format) {
            case "obj" -> obj();
            case "gltf" -> gltf();
            case "ply" -> ply();
            default -> off();
        };
        Path out = dir.resolve("tiles-" + format);
        PrintStream silent = new PrintStream(PrintStream.nullOutputStream());
        String[] command = {
            "tiles",
            file.toString(),
            "-o",
            out.toString(),
            "--up",
            format.equals("gltf") ? "y" : "z",
            "--unit",
            "m",
            "--tile-triangles",
            "500",
            "--quiet"
        };
        assertThat(Main.run(command, silent, silent)).isZero();
        try (Work work = Work.silent()) {
            assertThat(TilesetCheck.of(out.resolve("tileset.json"), work).problems())
                    .isEmpty();
        }
        List<Path> tiles;
        try (var list = Files.list(out.resolve("tiles"))) {
            tiles = list.sorted().toList();
        }
        assertThat(tiles).hasSizeGreaterThan(8);
        int seen = 0;
        for (Path f : tiles) {
            seen += look(TileMesh.read(ByteBuffer.wrap(Files.readAllBytes(f)), f.toString()), f);
        }
        assertThat(seen).isGreaterThan(12 * N * N);
    }

    /** Holds the triangles of a tile that lie in a face to its colour; returns how many. */
    private static int look(TileMesh t, Path f) throws IOException {
        TilePicture p = Objects.requireNonNull(t.picture, f.toString());
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(p.image()));
        int seen = 0;
        for (int i = 0; i < t.indices.length - 3 * t.curtain.triangles(); i += 3) {
            int face = -1;
            for (int side = 0; side < 6; side++) {
                boolean in = true;
                for (int k = 0; k < 3; k++) {
                    int c = 3 * t.indices[i + k];
                    double[] o = {t.originX, t.originY, t.originZ};
                    double at = o[side / 2] + t.positions[c + side / 2];
                    in &= Math.abs(at - (side % 2 == 0 ? -HALF : HALF)) < 1e-3;
                }
                face = in ? side : face;
            }
            if (face < 0) {
                continue; // a coarse one, across an edge
            }
            seen++;
            for (int k = 0; k < 3; k++) {
                int c = t.indices[i + k];
                int x = (int) Math.min(image.getWidth() - 1, p.uv()[2 * c] * image.getWidth());
                int y = (int) Math.min(image.getHeight() - 1, p.uv()[2 * c + 1] * image.getHeight());
                int rgb = image.getRGB(x, y);
                for (int a = 0; a < 3; a++) {
                    assertThat(rgb >> 16 - 8 * a & 255)
                            .as("%s, face %d: %06x", f.getFileName(), face, rgb & 0xFFFFFF)
                            .isBetween(part(face, a) - 8, part(face, a) + 8);
                }
            }
        }
        return seen;
    }
}
