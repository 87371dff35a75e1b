package org.grotto.fuzz;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.grotto.Need;
import org.grotto.base.GrottoException;
import org.grotto.base.Progress;
import org.grotto.base.Work;
import org.grotto.format.MeshReader;
import org.grotto.format.PointBatch;
import org.grotto.format.PointReader;
import org.grotto.format.Reading;
import org.grotto.format.cameras.CameraFiles;
import org.grotto.format.cameras.CameraSet;
import org.grotto.format.gltf.TileMesh;
import org.grotto.format.gltf.TileWriter;
import org.grotto.format.gltf.Tileset;
import org.grotto.format.las.CopcNode;
import org.grotto.format.las.CopcReader;
import org.grotto.geometry.Charts;
import org.grotto.geometry.Columns;
import org.grotto.geometry.Material;
import org.grotto.geometry.Mesh;
import org.grotto.image.Ktx2;
import org.grotto.image.Ktx2Check;
import org.grotto.image.Ktx2Samples;
import org.grotto.image.PictureFile;
import org.grotto.pipeline.Build;
import org.grotto.pipeline.Convert;
import org.grotto.pipeline.Formats;
import org.grotto.pipeline.Inputs;
import org.grotto.pipeline.ProjectFile;
import org.grotto.scene.PackageReader;

/** Every reader of the program: each format of {@link Formats#ALL}, and the documents of packages and projects. */
final class Targets {
    /** Larger files make a search slow and find nothing that smaller ones do not. */
    private static final int SEED = 40_000;

    private static final int SEEDS = 60;
    /** A reading ends here: what repeats shows nothing new. */
    private static final long POINTS = 20_000;

    private static final String XYZ = "0 0 0\n1 0 0.5\n0 1 0.25\n1.5 -2 1\n";
    /**
     * Endings with targets of their own, those that are read as csv, pts and xyz are, and tiles of kinds that are read as
     * pnts and i3dm are.
     */
    private static final Set<String> OTHERWISE = Set.of(
            "3mf", "e57", "txt", "asc", "neu", "xyzrgb", "xyzn", "xyzi", "tsv", "dat", "b3dm", "cmpt", "i3dm", "pnts");

    private static final UnaryOperator<byte[]> AS_IS = b -> b;
    private static final Work WORK = new Work(1, 256L << 20, Progress.NONE);

    static final List<Target> ALL = all();

    private Targets() {}

    static Target of(String name) {
        return ALL.stream().filter(t -> t.name().equals(name)).findFirst().orElseThrow();
    }

    private static List<Target> all() {
        Map<String, Target> all = new TreeMap<>();
        for (String ending : Formats.ALL.stream()
                .flatMap(f -> f.extensions().stream())
                .filter(e -> !OTHERWISE.contains(e))
                .toList()) {
            boolean glb = ending.equals("glb");
            add(all, ending, "f." + ending, files(ending), glb ? Repair::glb : AS_IS, Targets::read);
        }
        add(all, "e57", "f.e57", after(files("e57"), Repair::logical), Repair::e57, Targets::read);
        add(all, "validate-e57", "f.e57", after(files("e57"), Repair::logical), Repair::e57, Targets::validate);
        for (String ending : List.of("las", "laz", "copc.laz")) {
            add(all, "validate-" + ending, "f." + ending, files(ending), AS_IS, Targets::validate);
        }
        add(all, "3mf", "f.3mf", Targets::models, Repair::threeMf, Targets::read);
        add(all, "3mf-archive", "f.3mf", after(Targets::models, Repair::threeMf), AS_IS, Targets::read);
        add(all, "pnts", "f.pnts", () -> List.of(TileSamples.pnts()), AS_IS, Targets::read);
        add(
                all,
                "i3dm",
                "f.i3dm",
                () -> List.of(TileSamples.i3dm(true), TileSamples.i3dm(false)),
                AS_IS,
                Targets::read);
        add(all, "nvm", "f.nvm", () -> List.of(bytes(TileSamples.NVM)), AS_IS, Targets::cameras);
        add(all, "opensfm", "f.json", () -> List.of(bytes(TileSamples.OPEN_SFM)), AS_IS, Targets::cameras);
        add(all, "gzip", "f.xyz.gz", () -> List.of(Repair.gzip(bytes(XYZ))), AS_IS, Targets::read);
        add(all, "zip", "f.zip", () -> List.of(Repair.zip("a.xyz", bytes(XYZ))), AS_IS, Targets::read);
        add(all, "mtl", "m.mtl", Targets::materials, AS_IS, Targets::material);
        add(all, "copc", "f.copc.laz", files("copc.laz"), AS_IS, Targets::copc);
        add(all, "cave-json", "cave.json", Targets::caves, AS_IS, f -> PackageReader.read(parent(f)));
        add(all, "tileset-json", "tileset.json", Targets::tilesets, AS_IS, Tileset::read);
        add(all, "tile", "t.glb", Targets::tiles, Repair::glb, Targets::tile);
        add(all, "ktx2", "p.ktx2", Targets::ktx2, AS_IS, Targets::ktx2);
        add(all, "project", "p.yaml", Targets::projects, AS_IS, f -> ProjectFile.read(f, Build.declared()));
        return List.copyOf(all.values());
    }

    private static void add(
            Map<String, Target> all,
            String name,
            String file,
            Supplier<List<byte[]>> seeds,
            UnaryOperator<byte[]> made,
            Target.Read read) {
        all.put(name, new Target(name, file, seeds, made, read));
    }

    private static Path parent(Path file) {
        Path p = file.getParent();
        return p == null ? Path.of("") : p;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    // ---- reading ----

    private static void read(Path file) {
        for (boolean keepGoing : new boolean[] {false, true}) {
            Reading reading = new Reading(WORK, List.of(), keepGoing);
            try {
                if (Inputs.isMesh(file)) {
                    mesh(file, reading);
                } else {
                    points(file, reading);
                }
            } catch (GrottoException e) {
                if (keepGoing) {
                    throw e;
                }
            }
        }
    }

    private static void points(Path file, Reading reading) {
        try (PointReader r = Inputs.points(file, reading)) {
            r.stated();
            require(!r.format().isBlank() && r.metadata() != null, "format");
            long left = POINTS;
            for (int i = 0; i < r.scans().size() && left > 0; i++) {
                PointBatch b = new PointBatch(r.scans().get(i).columns(), 64);
                try (PointReader.PointCursor c = r.points(i)) {
                    while (left > 0 && c.next(b)) {
                        require(b.size > 0, "an empty batch");
                        left -= b.size;
                    }
                }
            }
            r.notKept().forEach(s -> require(!s.isBlank() && s.length() < 5000, "what is not kept: " + s));
            r.understood().forEach(s -> require(!s.isBlank() && s.length() < 5000, "what was understood: " + s));
        }
    }

    private static void mesh(Path file, Reading reading) {
        try (MeshReader r = Inputs.meshFile(file, reading)) {
            r.stated();
            require(!r.format().isBlank() && r.metadata() != null, "format");
            Mesh m = r.read();
            int vertices = m.vertexCount();
            for (int t : m.triangles) {
                require(t >= 0 && t < vertices, "a corner " + t + " of " + vertices + " vertices");
            }
            Charts c = m.charts;
            if (c != null) {
                for (char k : c.material()) {
                    require(k < c.materials().size(), "a material that is none");
                }
                for (float v : c.uv()) {
                    require(Float.isFinite(v), "a place on a picture that is no number");
                }
                for (Material k : c.materials()) {
                    require(k.red() >= 0 && k.red() <= 1, "a colour");
                }
            }
            r.notKept().forEach(s -> require(s.length() < 5000, "what is not kept"));
            r.understood().forEach(s -> require(s.length() < 5000, "what was understood"));
        }
    }

    private static void require(boolean held, String what) {
        if (!held) {
            throw new IllegalStateException(what);
        }
    }

    private static void cameras(Path file) {
        if (CameraFiles.is(file)) {
            CameraSet set = CameraFiles.read(file);
            require(set.placed() <= set.shots().size(), "cameras");
        }
    }

    private static void copc(Path file) throws IOException {
        try (CopcReader r = CopcReader.open(FileChannel.open(file, StandardOpenOption.READ), file)) {
            long left = POINTS;
            for (CopcNode n : r.nodes()) {
                left -= n.points();
                if (left > 0) {
                    require(r.points(n).size == n.points(), "points of a node");
                }
            }
        }
    }

    private static void validate(Path file) {
        Formats.of(file)
                .check(file, WORK)
                .forEach(f -> require(!f.found().isBlank() && f.toString().length() < 2000, "a finding: " + f));
    }

    private static void material(Path mtl) throws IOException {
        Path obj = Files.writeString(
                mtl.resolveSibling("o.obj"),
                "mtllib m.mtl\nv 0 0 0\nv 1 0 0\nv 0 1 0\nvt 0 0\nvt 1.5 0\nvt 0 1\nusemtl m\nf 1/1 2/2 3/3\nusemtl 洞\n"
                        + "f 1/1 2/2 3/3\nusemtl k\nf 1 2 3\n");
        Files.write(mtl.resolveSibling("t.1001.png"), new byte[] {1});
        Files.write(mtl.resolveSibling("t.1002.png"), new byte[] {2});
        read(obj);
    }

    private static void tile(Path file) throws IOException {
        TileMesh m = TileMesh.read(ByteBuffer.wrap(Files.readAllBytes(file)), "t.glb");
        for (int i : m.indices) {
            require(i >= 0 && i < m.vertexCount(), "a corner");
        }
    }

    private static void ktx2(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        for (boolean colour : new boolean[] {true, false}) {
            Ktx2Check.of(bytes, colour)
                    .forEach(b -> require(!b.found().isBlank() && b.found().length() < 500, "a finding"));
        }
        try (PictureFile p = PictureFile.open(bytes)) {
            p.check();
        } catch (IOException e) {
            throw new GrottoException(GrottoException.Kind.BAD_INPUT, String.valueOf(e.getMessage()), e);
        }
    }

    // ---- seeds ----

    private static List<byte[]> ktx2() {
        List<byte[]> all = new ArrayList<>();
        for (Ktx2.Channels c : Ktx2.Channels.values()) {
            boolean colour = c == Ktx2.Channels.RGB || c == Ktx2.Channels.RGBA;
            all.add(Ktx2Samples.file(Ktx2Samples.picture(32, 16, c == Ktx2.Channels.RGBA, 1), 32, 16, colour, c));
        }
        all.add(Ktx2Samples.blocks(12, 1));
        return all;
    }

    private static Supplier<List<byte[]>> after(Supplier<List<byte[]>> seeds, UnaryOperator<byte[]> how) {
        return () -> seeds.get().stream().map(how).toList();
    }

    /** Small files with an ending: of our own writers, and of the test data where it is there. */
    private static Supplier<List<byte[]>> files(String ending) {
        return () -> {
            List<byte[]> all = new ArrayList<>(written(ending));
            switch (ending) {
                case "csv" -> {
                    all.add(bytes(
                            "点号;X [m];\"Y [m]\";Z [m];R;G;B\nP1;1,5;2,5;3,5;200;100;50\nP2;\"1.234,5\";2;3;1;2;3\n"));
                    all.add(bytes("x,y,z,intensity\n0,1,2,0.5\n1,2,3,1\n4,5,6,0\n"));
                }
                case "off" -> {
                    all.add(bytes("COFF\n4 2 0\n0 0 0 1 0 0 1\n1 0 0 0 1 0 1\n0.2 0.2 0 0 0 1 1 # c\n0 1 0 1 1 1 1\n"
                            + "4 0 1 2 3 255 0 0\n3 0 1 2 1\n"));
                    String two = "@\0\0\0"; // 2 as a float
                    String none = "\0\0\0\0";
                    all.add(bytes("OFF BINARY\n\0\0\0\3\0\0\0\1" + none.repeat(4) + two + none.repeat(3) + two
                            + none.repeat(2) + "\0\0\0\3" + none + "\0\0\0\1\0\0\0\2\0\0\0\3" + two + none.repeat(2)));
                }
                case "stl" ->
                    all.add(bytes("solid a\nfacet normal 0 0 1\nouter loop\nvertex 0 0 0\nvertex 1 0 0\nvertex 0 1 0\n"
                            + "endloop\nendfacet\nendsolid a\n"));
                case "gltf" -> all.add(gltf());
                case "pts" -> all.add(bytes("2\n1.5 2 3 -5 1 2 3\n4 5 6 7 8 9 10\n1\n1 2 3 4 200 100 50\n"));
                default -> {}
            }
            for (String root : List.of("data", "cases/files")) {
                Path shared = Need.root().resolveSibling("shared").resolve(root);
                if (!Files.isDirectory(shared)) {
                    continue;
                }
                try (Stream<Path> walk = Files.walk(shared)) {
                    for (Path p : walk.sorted().toList()) {
                        if (p.toString().endsWith("." + ending)
                                && Files.size(p) < SEED
                                && Files.size(p) > 0
                                && all.size() < SEEDS) {
                            all.add(Files.readAllBytes(p));
                        }
                    }
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
            if (all.isEmpty()) {
                all.add(bytes(XYZ));
            }
            return all;
        };
    }

    /** Some points, or a triangle, written by the program itself. */
    private static List<byte[]> written(String ending) {
        boolean points = Formats.pointEndings().contains(ending);
        boolean mesh = Formats.meshEndings().contains(ending);
        if (!points && !mesh) {
            return List.of();
        }
        List<byte[]> all = new ArrayList<>();
        try {
            Path dir = Files.createTempDirectory("seeds");
            Path xyz = Files.writeString(dir.resolve("s.csv"), rows());
            Path obj = Files.writeString(
                    dir.resolve("s.obj"), "v 0 0 0 0.1 0.2 0.3\nv 1 0 0 1 1 1\nv 0 1 0 0 0 0\nf 1 2 3\n");
            for (Path from : List.of(xyz, obj)) {
                Path to = dir.resolve("s-out." + ending);
                if (from.equals(xyz) ? points : mesh) {
                    try (Work work = Work.silent()) {
                        Convert.run(from, to, work);
                    }
                    all.add(Files.readAllBytes(to));
                    Files.delete(to);
                }
            }
            Files.delete(xyz);
            Files.delete(obj);
            Files.delete(dir);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return all;
    }

    private static byte[] gltf() {
        ByteBuffer b = ByteBuffer.allocate(48).order(java.nio.ByteOrder.LITTLE_ENDIAN);
        b.putFloat(12, 1).putFloat(28, 1).putShort(38, (short) 1).putShort(40, (short) 2);
        return bytes("{\"asset\":{\"version\":\"2.0\"},\"scene\":0,\"scenes\":[{\"nodes\":[0]}],\"nodes\":[{\"mesh\":0,"
                + "\"translation\":[1,2,3],\"children\":[1]},{\"mesh\":0,\"scale\":[-1,1,1]}],\"meshes\":[{\"primitives\":"
                + "[{\"attributes\":{\"POSITION\":0},\"indices\":1,\"mode\":4,\"material\":0}]}],\"materials\":[{"
                + "\"pbrMetallicRoughness\":{\"baseColorFactor\":[1,0.5,0,1]}}],\"accessors\":[{\"bufferView\":0,"
                + "\"componentType\":5126,\"count\":3,\"type\":\"VEC3\"},{\"bufferView\":1,\"componentType\":5123,"
                + "\"count\":3,\"type\":\"SCALAR\"}],\"bufferViews\":[{\"buffer\":0,\"byteLength\":36},{\"buffer\":0,"
                + "\"byteOffset\":36,\"byteLength\":6}],\"buffers\":[{\"byteLength\":48,\"uri\":"
                + "\"data:application/octet-stream;base64,"
                + java.util.Base64.getEncoder().encodeToString(b.array())
                + "\"}]}");
    }

    private static String rows() {
        StringBuilder s = new StringBuilder("x,y,z,intensity,r,g,b,nx,ny,nz\n");
        for (int i = 0; i < 60; i++) {
            s.append(i % 8)
                    .append(',')
                    .append(i / 8)
                    .append(',')
                    .append(i * 0.01)
                    .append(',')
                    .append(i);
            s.append(",255,").append(i).append(",0,0,0,1\n");
        }
        return s.toString();
    }

    private static List<byte[]> models() {
        String core = "xmlns=\"http://schemas.microsoft.com/3dmanufacturing/core/2015/02\"";
        String mesh = "<mesh><vertices><vertex x=\"0\" y=\"0\" z=\"0\"/><vertex x=\"1\" y=\"0\" z=\"0\"/><vertex"
                + " x=\"0\" y=\"1\" z=\"0\"/></vertices><triangles><triangle v1=\"0\" v2=\"1\" v3=\"2\" pid=\"5\""
                + " p1=\"0\"/></triangles></mesh>";
        return List.of(
                bytes("<model unit=\"centimeter\" " + core + "><resources><basematerials id=\"5\"><base name=\"a\""
                        + " displaycolor=\"#FF0080\"/></basematerials><object id=\"1\" type=\"model\">" + mesh
                        + "</object><object id=\"2\"><components><component objectid=\"1\" transform=\"1 0 0 0 1 0 0 0"
                        + " 1 5 0 0\"/><component objectid=\"1\"/></components></object></resources><build><item"
                        + " objectid=\"2\" transform=\"0 1 0 -1 0 0 0 0 1 0 0 0\"/></build></model>"),
                bytes("<?xml version=\"1.0\" encoding=\"UTF-8\"?><model " + core
                        + "><metadata name=\"Title\">x</metadata>"
                        + "<resources><object id=\"1\">" + mesh + "</object></resources><build><item objectid=\"1\"/>"
                        + "</build></model>"));
    }

    private static List<byte[]> materials() {
        return List.of(
                bytes("newmtl m\nKd 0.5 0.5 0.5\nmap_Kd -s 2 2 1 -o 0,5 0 -clamp on t.1001.png\nmap_d t.1001.png\n"
                        + "newmtl 洞\nmap_Kd t.<UDIM>.png\nnorm -bm 1 t.<UDIM>.png\nTr 0.5\nnewmtl k\nKd 1 0 0\n"));
    }

    private static List<byte[]> caves() {
        return List.of(
                bytes("{\"grotto\":\"cave-package/1\",\"id\":\"a\",\"title\":{\"zh\":\"窟\",\"en\":\"cave\"},\"frame\":{"
                        + "\"crs\":\"local\",\"unit\":\"metre\",\"up\":\"z\"},\"bounds\":{\"minX\":-1,\"minY\":-1,\"minZ\":-1,"
                        + "\"maxX\":1,\"maxY\":1,\"maxZ\":1},\"stations\":[{\"name\":\"s\",\"position\":[0,0,0],"
                        + "\"points\":5}],\"views\":[{\"title\":{\"zh\":\"a\",\"en\":\"b\"},\"eye\":[0,0,0],\"target\":[1,0,0],"
                        + "\"kind\":\"inside\"}],\"deliverables\":[{\"kind\":\"mesh\",\"path\":\"mesh/tileset.json\","
                        + "\"bytes\":1}],\"rights\":{\"holder\":\"x\",\"licence\":\"CC0\"},\"room\":null,\"layers\":[{\"id\":"
                        + "\"evidence\",\"carrier\":\"VERTEX\",\"column\":\"_EVIDENCE\",\"title\":{\"zh\":\"a\",\"en\":\"b\"},"
                        + "\"unit\":\"mm\",\"factor\":1000,\"decimals\":1}],\"revision\":1,\"subject\":\"ROOM\"}"));
    }

    private static List<byte[]> tilesets() {
        return List.of(
                bytes(
                        "{\"asset\":{\"version\":\"1.1\"},\"geometricError\":1,\"root\":{\"transform\":[1,0,0,0,0,1,0,0,0,0,1,"
                                + "0,5,6,7,1],\"boundingVolume\":{\"box\":[0,0,0,1,0,0,0,1,0,0,0,1]},\"geometricError\":0.5,"
                                + "\"refine\":\"REPLACE\",\"content\":{\"uri\":\"tiles/r.glb\"},\"children\":[{\"boundingVolume\":{"
                                + "\"box\":[0,0,0,1,0,0,0,1,0,0,0,1]},\"geometricError\":0,\"content\":{\"uri\":\"tiles/r0.glb\"}}]}}"));
    }

    private static List<byte[]> tiles() {
        int n = 12;
        int[] xyz = new int[3 * n * n];
        float[] normals = new float[3 * n * n];
        byte[] rgb = new byte[3 * n * n];
        int[] triangles = new int[6 * (n - 1) * (n - 1)];
        int t = 0;
        for (int i = 0; i < n * n; i++) {
            xyz[3 * i] = 100 * (i % n);
            xyz[3 * i + 1] = 100 * (i / n);
            xyz[3 * i + 2] = i * 7919 % 97;
            normals[3 * i + 2] = 1;
            rgb[3 * i] = (byte) i;
            if (i % n < n - 1 && i / n < n - 1) {
                int[] quad = {i, i + 1, i + n, i + 1, i + n + 1, i + n};
                System.arraycopy(quad, 0, triangles, t, 6);
                t += 6;
            }
        }
        byte[] coloured = TileWriter.write(xyz, 0x1p-10, normals, Columns.NONE.with(Columns.RGB8, rgb), triangles);
        byte[] plain = TileWriter.write(
                Arrays.copyOf(xyz, 9), 0x1p-10, Arrays.copyOf(normals, 9), Columns.NONE, new int[] {0, 1, 2});
        return List.of(coloured, plain);
    }

    private static List<byte[]> projects() {
        return List.of(
                bytes("scans:\n"
                        + "  - file: a.e57\n"
                        + "    unit: mm\n"
                        + "    up: y\n"
                        + "    columns: x y z\n"
                        + "    pose: [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 5, 6, 7, 1]\n"
                        + "  - 'b*.las'\n"
                        + "out: cave12\n"
                        + "title: {zh: 第十二窟, en: Cave 12}\n"
                        + "rights:\n"
                        + "  holder: x\n"
                        + "  licence: CC0\n"
                        + "people: [a, b]\n"
                        + "instruments: [{name: s}]\n"
                        + "dates: 2024-05-06\n"
                        + "stages:\n"
                        + "  clean:\n"
                        + "    duplicates: true\n"
                        + "  surface:\n"
                        + "    depth: 9\n"),
                bytes("# comment\nscans: [a.ply, \"b \\u00e9.ply\"]\ntitle: >\n  folded\n  text\n"));
    }

    /** Every word of the seeds, once: what a search puts together anew. */
    static Set<String> words(Target t) {
        Set<String> words = new java.util.TreeSet<>(List.of(
                "0",
                "-1",
                "2147483647",
                "4294967295",
                "-2147483648",
                "9223372036854775807",
                "1e308",
                "1e-320",
                "nan",
                "inf",
                "99999999999999999999",
                "1,5",
                "0x10",
                "3000000000"));
        ByteArrayOutputStream word = new ByteArrayOutputStream();
        for (byte[] seed : t.seeds().get()) {
            for (int i = 0; i < seed.length && words.size() < 600; i++) {
                boolean letter =
                        seed[i] == '_' || seed[i] == ':' || Character.isLetterOrDigit(seed[i] & 127) && seed[i] > 0;
                if (letter) {
                    word.write(seed[i]);
                } else {
                    if (word.size() >= 3 && word.size() <= 32) {
                        words.add(word.toString(StandardCharsets.US_ASCII));
                    }
                    word.reset();
                }
            }
        }
        return words;
    }
}
