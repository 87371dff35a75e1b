package org.grotto.cli;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;
import org.grotto.base.Records;
import org.grotto.format.Camera;
import org.grotto.format.CloudFolders;
import org.grotto.format.Column;
import org.grotto.format.Picture;
import org.grotto.format.PointBatch;
import org.grotto.format.Scan;
import org.grotto.format.e57.E57WriteOptions;
import org.grotto.format.e57.E57Writer;
import org.grotto.geometry.Pose;
import org.grotto.image.Srgb;

/**
 * One small survey, known number for number, in every format that is read: two stations with all that a format has a
 * place for; and one small mesh, two triangles in a plane, so.
 */
final class FormatSamples {
    /** Metres in the common frame, then of what stands beside, in the order of {@link #COLUMNS}. */
    static final List<double[]> TRUTH = new ArrayList<>();

    static final List<String> COLUMNS = List.of(
            Column.INTENSITY,
            Column.RED,
            Column.GREEN,
            Column.BLUE,
            Column.NX,
            Column.NY,
            Column.NZ,
            Column.TIME,
            "moisture");
    /** A quarter turn about Z and a step, so that three decimals stay three. */
    static final List<Pose> POSES =
            List.of(new Pose(Math.sqrt(0.5), 0, 0, Math.sqrt(0.5), 10, 20, 3), new Pose(0, 0, 0, 1, 14, 20, 2));

    private static final double[] FROM = {9, 18, 1};

    static final int EACH = 9;
    static final String CRS = "EPSG:32649";

    static {
        for (int s = 0; s < 2; s++) {
            double[] m = POSES.get(s).matrix();
            for (int i = 0; i < EACH; i++) {
                double[] p = local(s, i);
                TRUTH.add(new double[] {
                    m[0] * p[0] + m[1] * p[1] + m[2] * p[2] + POSES.get(s).tx(),
                    m[3] * p[0] + m[4] * p[1] + m[5] * p[2] + POSES.get(s).ty(),
                    m[6] * p[0] + m[7] * p[1] + m[8] * p[2] + POSES.get(s).tz(),
                    p[3],
                    p[4],
                    p[5],
                    p[6],
                    m[0] * p[7] + m[1] * p[8] + m[2] * p[9],
                    m[3] * p[7] + m[4] * p[8] + m[5] * p[9],
                    m[6] * p[7] + m[7] * p[8] + m[8] * p[9],
                    p[10],
                    p[11]
                });
            }
        }
    }

    private FormatSamples() {}

    /** Position and columns of a point in its station's frame. */
    private static double[] local(int s, int i) {
        boolean side = i % 2 == 0;
        return new double[] {
            1.125 + 0.25 * (i % 3),
            -0.5 + 0.375 * (i / 3),
            0.0625 * (i + 1) + s,
            (i + 1) / 16.0,
            20 + 20 * i,
            240 - 20 * i,
            100 + 10 * s + i,
            side ? 0.6 : 0,
            side ? 0 : -0.8,
            side ? 0.8 : 0.6,
            1000.5 + 2 * i + 100 * s,
            0.125 * (i + 1)
        };
    }

    /** The survey as E57; what further formats are made from, too. */
    static Path e57(Path file) {
        List<Column> columns = COLUMNS.stream()
                .map(c -> c.equals(Column.RED) || c.equals(Column.GREEN) || c.equals(Column.BLUE)
                        ? Column.of(c, Column.Type.UINT8, 0, 255)
                        : c.equals(Column.INTENSITY)
                                ? Column.of(c, Column.Type.FLOAT, 0, 1)
                                : Column.of(c, c.equals(Column.TIME) ? Column.Type.DOUBLE : Column.Type.FLOAT))
                .toList();
        try (E57Writer w = new E57Writer(file, Records.with(E57WriteOptions.DEFAULTS, "crs", CRS))) {
            for (int s = 0; s < 2; s++) {
                w.begin(new Scan(
                        "S" + (s + 1),
                        null,
                        POSES.get(s),
                        new double[3],
                        EACH,
                        columns,
                        null,
                        Column.Type.DOUBLE,
                        null,
                        null,
                        Map.of()));
                PointBatch b = new PointBatch(columns, EACH);
                b.size = EACH;
                for (int i = 0; i < EACH; i++) {
                    double[] p = local(s, i);
                    b.x[i] = p[0];
                    b.y[i] = p[1];
                    b.z[i] = p[2];
                    for (int k = 0; k < columns.size(); k++) {
                        b.columns[k][i] = p[3 + k];
                    }
                }
                w.write(b);
                w.end();
            }
            byte[] picture = png();
            w.picture(new Picture(
                    "P1",
                    null,
                    null,
                    "image/png",
                    picture.length,
                    POSES.getFirst(),
                    new Camera(Camera.Kind.PINHOLE, 8, 8, 0.001, 0.001, 0.01, 4, 4),
                    () -> new ByteArrayInputStream(picture),
                    0,
                    null,
                    Map.of()));
        }
        return file;
    }

    /** The survey as a cloud in a folder, by the tests' own writers; they count whole millimetres from a corner. */
    static Path folder(Path folder, String kind) {
        List<CloudFolders.Point> points = new ArrayList<>();
        for (int i = 0; i < TRUTH.size(); i++) {
            double[] p = TRUTH.get(i);
            points.add(new CloudFolders.Point(
                    (int) Math.round(1000 * (p[0] - FROM[0])),
                    (int) Math.round(1000 * (p[1] - FROM[1])),
                    (int) Math.round(1000 * (p[2] - FROM[2])),
                    (int) Math.round(4096 * p[3]),
                    (int) p[4],
                    (int) p[5],
                    (int) p[6],
                    i % 3));
        }
        try {
            return switch (kind) {
                case "ept" -> CloudFolders.ept(folder, points, "binary", (f, p) -> {});
                case "potree1" -> CloudFolders.potree1(folder, points, "1.7", "", (f, p) -> {});
                case "potree2" -> CloudFolders.potree2(folder, points, true);
                default -> CloudFolders.tiles(folder, points);
            };
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How far a file's points stand from the survey's: those of folders stand about a corner. */
    static double[] moved(Path file) {
        boolean folder = file.toString().matches(".*\\b(ept|potree1|potree2|tiles)\\b.*");
        double[] by = new double[3];
        for (int a = 0; a < 3 && folder; a++) {
            by[a] = CloudFolders.CORNER[a] - FROM[a];
        }
        return by;
    }

    static Path ptx(Path file) {
        StringBuilder s = new StringBuilder();
        for (int k = 0; k < 2; k++) {
            Pose pose = POSES.get(k);
            double[] m = pose.matrix();
            s.append("3\n3\n").append(line(pose.tx(), pose.ty(), pose.tz()));
            for (int c = 0; c < 3; c++) {
                s.append(line(m[c], m[3 + c], m[6 + c]));
            }
            for (int c = 0; c < 3; c++) {
                s.append(line(m[c], m[3 + c], m[6 + c], 0));
            }
            s.append(line(pose.tx(), pose.ty(), pose.tz(), 1));
            for (int i = 0; i < EACH; i++) {
                double[] p = local(k, i);
                s.append(line(p[0], p[1], p[2], p[3])
                        .replace("\n", String.format(Locale.ROOT, " %d %d %d%n", (int) p[4], (int) p[5], (int) p[6])));
            }
        }
        return written(file, s.toString());
    }

    static Path pts(Path file) {
        StringBuilder s = new StringBuilder(TRUTH.size() + "\n");
        for (double[] p : TRUTH) {
            s.append(String.format(
                    Locale.ROOT,
                    "%s %s %s %d %d %d %d%n",
                    p[0],
                    p[1],
                    p[2],
                    Math.round(4096 * p[3]) - 2048,
                    (int) p[4],
                    (int) p[5],
                    (int) p[6]));
        }
        return written(file, s.toString());
    }

    static Path text(Path file) {
        StringBuilder s = new StringBuilder("x y z intensity red green blue nx ny nz time moisture\n");
        TRUTH.forEach(p -> s.append(line(p)));
        return written(file, s.toString());
    }

    static Path pcd(Path file) {
        StringBuilder s = new StringBuilder(String.format(Locale.ROOT, """
                # .PCD v0.7
                VERSION 0.7
                FIELDS x y z intensity r g b normal_x normal_y normal_z timestamp moisture
                SIZE 8 8 8 4 1 1 1 4 4 4 8 4
                TYPE F F F F U U U F F F F F
                COUNT 1 1 1 1 1 1 1 1 1 1 1 1
                WIDTH %1$d
                HEIGHT 1
                VIEWPOINT 0 0 0 1 0 0 0
                POINTS %1$d
                DATA ascii
                """, TRUTH.size()));
        for (double[] p : TRUTH) {
            s.append(line(Arrays.copyOf(p, 4)).replace("\n", " "))
                    .append((int) p[4] + " " + (int) p[5] + " " + (int) p[6] + " ")
                    .append(line(Arrays.copyOfRange(p, 7, 12)));
        }
        return written(file, s.toString());
    }

    /** As photogrammetry writes clouds: without faces. */
    static Path objPoints(Path file) {
        StringBuilder s = new StringBuilder();
        for (double[] p : TRUTH) {
            s.append("v ")
                    .append(line(new double[] {p[0], p[1], p[2], p[4] / 255, p[5] / 255, p[6] / 255}))
                    .append("vn ")
                    .append(line(Arrays.copyOfRange(p, 7, 10)));
        }
        return written(file, s.toString());
    }

    static Path obj(Path file) {
        written(file.resolveSibling("m.mtl"), "newmtl stone\nmap_Kd m.png\n");
        picture(file.resolveSibling("m.png"));
        return written(file, """
                mtllib m.mtl
                v 0 0 1 0.2 0.4 0.6
                v 1 0 1 0.2 0.4 0.6
                v 1 1 1 0.2 0.4 0.6
                v 0 1 1 0.2 0.4 0.6
                vt 0 0
                vt 1 0
                vt 1 1
                vt 0 1
                vn 0 0 1
                usemtl stone
                f 1/1/1 2/2/1 3/3/1 4/4/1
                """);
    }

    static Path plyMesh(Path file) {
        picture(file.resolveSibling("m.png"));
        StringBuilder s = new StringBuilder("""
                ply
                format ascii 1.0
                comment TextureFile m.png
                element vertex 4
                property float x
                property float y
                property float z
                property float nx
                property float ny
                property float nz
                property uchar red
                property uchar green
                property uchar blue
                element face 2
                property list uchar int vertex_indices
                property list uchar float texcoord
                end_header
                """);
        for (int i = 0; i < 4; i++) {
            s.append((i == 1 || i == 2 ? 1 : 0) + " " + (i / 2) + " 1 0 0 1 51 102 153\n");
        }
        s.append("3 0 1 2 6 0 0 1 0 1 1\n3 0 2 3 6 0 0 1 1 0 1\n");
        return written(file, s.toString());
    }

    static Path gltf(Path file) {
        float[] p = {0, 0, 1, 1, 0, 1, 1, 1, 1, 0, 1, 1};
        float[] n = {0, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0, 1};
        float[] uv = {0, 1, 1, 1, 1, 0, 0, 0};
        float[] rgb = {.2f, .4f, .6f, .2f, .4f, .6f, .2f, .4f, .6f, .2f, .4f, .6f};
        ByteBuffer b = ByteBuffer.allocate(188).order(ByteOrder.LITTLE_ENDIAN);
        for (float[] a : List.of(p, n, uv, rgb)) {
            for (float v : a) {
                b.putFloat(v);
            }
        }
        for (short i : new short[] {0, 1, 2, 0, 2, 3}) {
            b.putShort(i);
        }
        String data = Base64.getEncoder().encodeToString(b.array());
        return written(file, """
                {"asset":{"version":"2.0"},"scene":0,"scenes":[{"nodes":[0]}],"nodes":[{"mesh":0}],
                "meshes":[{"primitives":[{"attributes":{"POSITION":0,"NORMAL":1,"TEXCOORD_0":2,"COLOR_0":3},"indices":4,"material":0}]}],
                "materials":[{"pbrMetallicRoughness":{"baseColorTexture":{"index":0}}}],
                "textures":[{"source":0}],"images":[{"uri":"data:image/png;base64,%s"}],
                "accessors":[{"bufferView":0,"componentType":5126,"count":4,"type":"VEC3","min":[0,0,1],"max":[1,1,1]},
                {"bufferView":1,"componentType":5126,"count":4,"type":"VEC3"},
                {"bufferView":2,"componentType":5126,"count":4,"type":"VEC2"},
                {"bufferView":3,"componentType":5126,"count":4,"type":"VEC3"},
                {"bufferView":4,"componentType":5123,"count":6,"type":"SCALAR"}],
                "bufferViews":[{"buffer":0,"byteOffset":0,"byteLength":48},{"buffer":0,"byteOffset":48,"byteLength":48},
                {"buffer":0,"byteOffset":96,"byteLength":32},{"buffer":0,"byteOffset":128,"byteLength":48},
                {"buffer":0,"byteOffset":176,"byteLength":12}],
                "buffers":[{"byteLength":188,"uri":"data:application/octet-stream;base64,%s"}]}
                """.formatted(Base64.getEncoder().encodeToString(png()), data));
    }

    /** The survey as single points of a glTF asset, Y up, colours linear as glTF has them. */
    static Path gltfPoints(Path file) {
        int n = TRUTH.size();
        ByteBuffer b = ByteBuffer.allocate(44 * n).order(ByteOrder.LITTLE_ENDIAN);
        TRUTH.forEach(p -> yUp(b, p, 0));
        TRUTH.forEach(p -> yUp(b, p, 7));
        for (double[] p : TRUTH) {
            for (int k = 4; k < 7; k++) {
                b.putFloat((float) Srgb.decode(p[k] / 255));
            }
        }
        TRUTH.forEach(p -> b.putFloat((float) p[3]));
        TRUTH.forEach(p -> b.putFloat((float) p[11]));
        StringBuilder accessors = new StringBuilder();
        StringBuilder views = new StringBuilder();
        int at = 0;
        for (int k = 0; k < 5; k++) {
            int length = (k < 3 ? 12 : 4) * n;
            accessors.append(k == 0 ? "" : ",").append("""
                    {"bufferView":%d,"componentType":5126,"count":%d,"type":"%s"}""".formatted(k, n, k < 3 ? "VEC3" : "SCALAR"));
            views.append(k == 0 ? "" : ",").append("""
                    {"buffer":0,"byteOffset":%d,"byteLength":%d}""".formatted(at, length));
            at += length;
        }
        return written(
                file, """
                {"asset":{"version":"2.0"},"scene":0,"scenes":[{"nodes":[0]}],"nodes":[{"mesh":0}],
                "meshes":[{"primitives":[{"mode":0,"attributes":{"POSITION":0,"NORMAL":1,"COLOR_0":2,"_INTENSITY":3,"_moisture":4}}]}],
                "accessors":[%s],"bufferViews":[%s],
                "buffers":[{"byteLength":%d,"uri":"data:application/octet-stream;base64,%s"}]}
                """.formatted(accessors, views, at, Base64.getEncoder().encodeToString(b.array())));
    }

    private static void yUp(ByteBuffer b, double[] p, int at) {
        b.putFloat((float) p[at]).putFloat((float) p[at + 2]).putFloat((float) -p[at + 1]);
    }

    /** The mesh as a model beside an instanced tile, which shows it once, where it is. */
    static Path meshTiles(Path file) {
        gltf(file.resolveSibling("m.gltf"));
        byte[] features = "{\"INSTANCES_LENGTH\":1,\"POSITION\":{\"byteOffset\":0}}".getBytes(StandardCharsets.UTF_8);
        byte[] model = "m.gltf".getBytes(StandardCharsets.UTF_8);
        int length = 32 + features.length + 12 + model.length;
        ByteBuffer b = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        b.put("i3dm".getBytes(StandardCharsets.UTF_8)).putInt(1).putInt(length);
        b.putInt(features.length).putInt(12).putInt(0).putInt(0).putInt(0);
        b.put(features).putFloat(0).putFloat(0).putFloat(0).put(model);
        try {
            Files.write(file.resolveSibling("m.i3dm"), b.array());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return written(file, """
                {"asset":{"version":"1.0"},"geometricError":1,"root":{"boundingVolume":{"sphere":[0,0,0,2]},
                "geometricError":0,"content":{"uri":"m.i3dm"}}}
                """);
    }

    static Path stl(Path file) {
        return written(file, """
                solid plane
                facet normal 0 0 1
                outer loop
                vertex 0 0 1
                vertex 1 0 1
                vertex 1 1 1
                endloop
                endfacet
                facet normal 0 0 1
                outer loop
                vertex 0 0 1
                vertex 1 1 1
                vertex 0 1 1
                endloop
                endfacet
                endsolid plane
                """);
    }

    static Path off(Path file) {
        return written(file, """
                CNOFF
                4 2 0
                0 0 1 0 0 1 51 102 153 255
                1 0 1 0 0 1 51 102 153 255
                1 1 1 0 0 1 51 102 153 255
                0 1 1 0 0 1 51 102 153 255
                3 0 1 2
                3 0 2 3
                """);
    }

    static Path threeMf(Path file) {
        String rels =
                "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship"
                        + " Target=\"/3D/m.model\" Id=\"r\" Type=\"http://schemas.microsoft.com/3dmanufacturing/2013/01/3dmodel\"/>"
                        + "</Relationships>";
        String model = """
                <model unit="meter" xmlns="http://schemas.microsoft.com/3dmanufacturing/core/2015/02"
                 xmlns:m="http://schemas.microsoft.com/3dmanufacturing/material/2015/02"><resources>
                <m:texture2d id="1" path="/3D/Textures/m.png" contenttype="image/png"/>
                <m:texture2dgroup id="2" texid="1"><m:tex2coord u="0" v="0"/><m:tex2coord u="1" v="0"/>
                <m:tex2coord u="1" v="1"/><m:tex2coord u="0" v="1"/></m:texture2dgroup>
                <object id="3"><mesh><vertices><vertex x="0" y="0" z="1"/><vertex x="1" y="0" z="1"/>
                <vertex x="1" y="1" z="1"/><vertex x="0" y="1" z="1"/></vertices><triangles>
                <triangle v1="0" v2="1" v3="2" pid="2" p1="0" p2="1" p3="2"/>
                <triangle v1="0" v2="2" v3="3" pid="2" p1="0" p2="2" p3="3"/></triangles></mesh></object></resources>
                <build><item objectid="3"/></build></model>
                """;
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            for (Map.Entry<String, byte[]> part : Map.of(
                            "_rels/.rels", rels.getBytes(StandardCharsets.UTF_8),
                            "3D/m.model", model.getBytes(StandardCharsets.UTF_8),
                            "3D/Textures/m.png", png())
                    .entrySet()) {
                zip.putNextEntry(new ZipEntry(part.getKey()));
                zip.write(part.getValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return file;
    }

    private static void picture(Path file) {
        try {
            Files.write(file, png());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] png() {
        BufferedImage image = new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < 64; i++) {
            image.setRGB(i % 8, i / 8, 0xc08040 + i);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static String line(double... numbers) {
        StringBuilder s = new StringBuilder();
        for (double v : numbers) {
            s.append(s.isEmpty() ? "" : " ").append(v);
        }
        return s.append('\n').toString();
    }

    private static Path written(Path file, String text) {
        try {
            return Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
