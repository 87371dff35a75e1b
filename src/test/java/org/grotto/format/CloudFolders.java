package org.grotto.format;

import com.aayushatharva.brotli4j.Brotli4jLoader;
import com.aayushatharva.brotli4j.encoder.Encoder;
import io.airlift.compress.zstd.ZstdCompressor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** Writes one small cloud in a folder of each kind, after the formats' own descriptions and nothing of their readers. */
public final class CloudFolders {
    /** Metres; the octree's cube begins at {@link #CORNER} along each axis. */
    public static final int SIDE = 8;

    public static final double[] CORNER = {100, -50, 7};

    /** A point: whole millimetres from the corner, intensity, colour of 8 bits. */
    public record Point(int x, int y, int z, int intensity, int red, int green, int blue, int level) {
        int cell(int axis) {
            int v = axis == 0 ? x : axis == 1 ? y : z;
            return v * (1 << level) / (1000 * SIDE);
        }

        /** The node that holds it, as Potree names it. */
        String node() {
            StringBuilder s = new StringBuilder("r");
            for (int l = level - 1; l >= 0; l--) {
                s.append((cell(0) >> l & 1) << 2 | (cell(1) >> l & 1) << 1 | cell(2) >> l & 1);
            }
            return s.toString();
        }

        String key() {
            return level + "-" + cell(0) + "-" + cell(1) + "-" + cell(2);
        }

        public String told() {
            return x + " " + y + " " + z + " " + intensity + " " + red + " " + green + " " + blue;
        }
    }

    private CloudFolders() {}

    /** {@code n} points, a quarter of them at level 0 and the others at 1 and 2. */
    public static List<Point> points(int n) {
        Random r = new Random(5);
        List<Point> all = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            int level = i % 4 == 0 ? 0 : 1 + i % 2;
            boolean fine = level > 0; // these lie in few nodes: each is a file
            all.add(new Point(
                    r.nextInt(1000 * SIDE),
                    fine ? 4000 + r.nextInt(4000) : r.nextInt(1000 * SIDE),
                    fine ? 2000 + r.nextInt(2000) : r.nextInt(1000 * SIDE),
                    r.nextInt(65536),
                    r.nextInt(256),
                    r.nextInt(256),
                    r.nextInt(256),
                    level));
        }
        return all;
    }

    private static Map<String, List<Point>> nodes(List<Point> points, boolean ept) {
        Map<String, List<Point>> out = new TreeMap<>();
        for (Point p : points) {
            out.computeIfAbsent(ept ? p.key() : p.node(), k -> new ArrayList<>())
                    .add(p);
        }
        return out;
    }

    private static ByteBuffer buffer(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static void text(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private static void bytes(Path file, byte[] b) throws IOException {
        Files.createDirectories(file.getParent());
        Files.write(file, b);
    }

    /** Makes a LAZ or LAS file of points; the tests' own way to one. */
    public interface Las {
        void write(Path file, List<Point> points) throws IOException;
    }

    /**
     * EPT 1.0. The nodes of level 2 are told by hierarchy files of their own.
     *
     * @param type "binary", "zstandard" or "laszip"
     */
    public static Path ept(Path folder, List<Point> points, String type, Las las) throws IOException {
        String dims = dim("X", 4, "signed", 0.001, CORNER[0] + 1)
                + dim("Y", 4, "signed", 0.001, CORNER[1] + 1)
                + dim("Z", 4, "signed", 0.001, CORNER[2] + 1)
                + dim("Intensity", 2, "unsigned", 1, 0)
                + dim("Red", 2, "unsigned", 1, 0)
                + dim("Green", 2, "unsigned", 1, 0)
                + dim("Blue", 2, "unsigned", 1, 0)
                + dim("Half", 8, "float", 1, 0)
                + dim("Odd", 1, "signed", 0.5, 3);
        double[] c = CORNER;
        text(
                folder.resolve("ept.json"),
                "{\"bounds\":[" + c[0] + "," + c[1] + "," + c[2] + "," + (c[0] + SIDE) + "," + (c[1] + SIDE) + ","
                        + (c[2] + SIDE) + "],\"boundsConforming\":[" + c[0] + "," + c[1] + "," + c[2] + ","
                        + (c[0] + SIDE) + "," + (c[1] + SIDE) + "," + (c[2] + SIDE) + "],\"dataType\":\"" + type
                        + "\",\"hierarchyType\":\"json\",\"points\":" + points.size() + ",\"schema\":["
                        + dims.substring(1) + "],\"span\":16,\"srs\":{\"authority\":\"EPSG\",\"horizontal\":\"32643\"},"
                        + "\"version\":\"1.0.0\"}");
        text(folder.resolve("ept-sources/list.json"), "[{\"path\":\"/a/b/east hall.e57\"},{\"path\":\"west.e57\"}]");
        StringBuilder top = new StringBuilder();
        Map<String, StringBuilder> links = new TreeMap<>();
        for (Map.Entry<String, List<Point>> e : nodes(points, true).entrySet()) {
            Point any = e.getValue().getFirst();
            String entry = ",\"" + e.getKey() + "\":" + e.getValue().size();
            if (any.level < 2) {
                top.append(entry);
            } else {
                String root = "1-" + any.cell(0) / 2 + "-" + any.cell(1) / 2 + "-" + any.cell(2) / 2;
                links.computeIfAbsent(root, k -> new StringBuilder()).append(entry);
            }
            Path data = folder.resolve("ept-data");
            if (type.equals("laszip")) {
                Files.createDirectories(data);
                las.write(data.resolve(e.getKey() + ".laz"), e.getValue());
                continue;
            }
            ByteBuffer b = buffer(29 * e.getValue().size());
            for (Point p : e.getValue()) {
                b.putInt(p.x - 1000).putInt(p.y - 1000).putInt(p.z - 1000).putShort((short) p.intensity);
                b.putShort((short) (257 * p.red))
                        .putShort((short) (257 * p.green))
                        .putShort((short) (257 * p.blue));
                b.putDouble(p.x / 2.0).put((byte) -p.level);
            }
            bytes(
                    data.resolve(e.getKey() + (type.equals("binary") ? ".bin" : ".zst")),
                    type.equals("binary") ? b.array() : zstd(b.array()));
        }
        for (Map.Entry<String, StringBuilder> e : links.entrySet()) {
            // the file of a link tells its own node again, as Entwine writes it
            String own = ",\"" + e.getKey() + "\":";
            int at = top.indexOf(own);
            String count = at < 0 ? "0" : top.substring(at + own.length()).replaceFirst(",.*", "");
            if (at >= 0) {
                top.replace(at, at + own.length() + count.length(), own + "-1");
            } else {
                top.append(own).append("-1");
            }
            text(
                    folder.resolve("ept-hierarchy/" + e.getKey() + ".json"),
                    "{\"" + e.getKey() + "\":" + count + e.getValue() + "}");
        }
        text(folder.resolve("ept-hierarchy/0-0-0-0.json"), "{" + top.substring(1) + "}");
        return folder.resolve("ept.json");
    }

    private static String dim(String name, int size, String type, double scale, double offset) {
        return ",{\"name\":\"" + name + "\",\"size\":" + size + ",\"type\":\"" + type + "\""
                + (scale == 1 ? "" : ",\"scale\":" + scale + ",\"offset\":" + offset) + "}";
    }

    private static byte[] zstd(byte[] b) {
        ZstdCompressor z = new ZstdCompressor();
        byte[] out = new byte[z.maxCompressedLength(b.length)];
        return java.util.Arrays.copyOf(out, z.compress(b, 0, b.length, out, 0, out.length));
    }

    /** All nodes down to the given ones, with those between that hold nothing. */
    private static TreeMap<String, Integer> tree(Map<String, List<Point>> nodes) {
        TreeMap<String, Integer> all = new TreeMap<>();
        nodes.forEach((name, p) -> {
            for (int l = 1; l < name.length(); l++) {
                all.putIfAbsent(name.substring(0, l), 0);
            }
            all.put(name, p.size());
        });
        return all;
    }

    private static int children(TreeMap<String, Integer> tree, String node) {
        int mask = 0;
        for (int k = 0; k < 8; k++) {
            mask |= tree.containsKey(node + k) ? 1 << k : 0;
        }
        return mask;
    }

    /**
     * Potree 1.
     *
     * @param version "1.4" has its nodes in cloud.js, "1.7" in chunks of one level, "1.8" describes its attributes
     * @param tiles "LAS", "LAZ" or "" for binary ones
     */
    public static Path potree1(Path folder, List<Point> points, String version, String tiles, Las las)
            throws IOException {
        double[] c = CORNER;
        String box = "{\"lx\":" + c[0] + ",\"ly\":" + c[1] + ",\"lz\":" + c[2] + ",\"ux\":" + (c[0] + SIDE) + ",\"uy\":"
                + (c[1] + SIDE) + ",\"uz\":" + (c[2] + SIDE) + "}";
        boolean listed = version.equals("1.4");
        Map<String, List<Point>> nodes = nodes(points, false);
        TreeMap<String, Integer> tree = tree(nodes);
        StringBuilder list = new StringBuilder();
        tree.forEach((name, n) -> list.append(",[\"" + name + "\"," + n + "]"));
        String attributes = !tiles.isEmpty()
                ? "\"" + tiles + "\""
                : version.equals("1.8")
                        ? "[" + attribute1("POSITION_CARTESIAN", "uint32", 3, 4) + ","
                                + attribute1("COLOR_PACKED", "uint8", 4, 1) + ","
                                + attribute1("INTENSITY", "uint16", 1, 2) + ","
                                + attribute1("NORMAL_OCT16", "uint8", 2, 1) + "]"
                        : "[\"POSITION_CARTESIAN\",\"COLOR_PACKED\",\"INTENSITY\",\"NORMAL_OCT16\"]";
        text(
                folder.resolve("cloud.js"),
                "{\"version\":\"" + version
                        + "\",\"octreeDir\":\"data\",\"projection\":\"+proj=utm +zone=43 +units=m\","
                        + "\"points\":" + points.size() + ",\"boundingBox\":" + box + ",\"tightBoundingBox\":" + box
                        + ",\"pointAttributes\":" + attributes + ",\"spacing\":0.5,\"scale\":0.001"
                        + (listed ? ",\"hierarchy\":[" + list.substring(1) + "]" : ",\"hierarchyStepSize\":1") + "}");
        for (Map.Entry<String, Integer> e : tree.entrySet()) {
            String name = e.getKey();
            String own = listed ? "" : "r/" + String.join("/", name.substring(1).split("")) + "/";
            Path base = folder.resolve("data").resolve(own.replace("//", "/"));
            Files.createDirectories(base);
            List<Point> in = nodes.getOrDefault(name, List.of());
            if (!tiles.isEmpty()) {
                if (!in.isEmpty()) {
                    las.write(base.resolve(name + "." + tiles.toLowerCase(java.util.Locale.ROOT)), in);
                }
            } else if (!in.isEmpty()) {
                bytes(base.resolve(name + ".bin"), rows1(name, in));
            }
            if (!listed && children(tree, name) != 0) {
                ByteArrayOutputStream chunk = new ByteArrayOutputStream();
                chunk.writeBytes(entry1(tree, name));
                for (int k = 0; k < 8; k++) {
                    if (tree.containsKey(name + k)) {
                        chunk.writeBytes(entry1(tree, name + k));
                    }
                }
                bytes(base.resolve(name + ".hrc"), chunk.toByteArray());
            }
        }
        return folder.resolve("cloud.js");
    }

    private static String attribute1(String name, String type, int elements, int size) {
        return "{\"name\":\"" + name + "\",\"size\":" + elements * size + ",\"elements\":" + elements
                + ",\"elementSize\":" + size + ",\"type\":\"" + type + "\",\"description\":\"\"}";
    }

    private static byte[] entry1(TreeMap<String, Integer> tree, String name) {
        return buffer(5)
                .put((byte) children(tree, name))
                .putInt(tree.getOrDefault(name, 0))
                .array();
    }

    private static byte[] rows1(String name, List<Point> in) {
        int[] corner = new int[3];
        int half = 1000 * SIDE;
        for (char d : name.substring(1).toCharArray()) {
            half /= 2;
            for (int k = 0; k < 3; k++) {
                corner[k] += (d - '0' >> 2 - k & 1) * half;
            }
        }
        ByteBuffer b = buffer(20 * in.size());
        for (Point p : in) {
            b.putInt(p.x - corner[0]).putInt(p.y - corner[1]).putInt(p.z - corner[2]);
            b.put((byte) p.red).put((byte) p.green).put((byte) p.blue).put((byte) 255);
            b.putShort((short) p.intensity).put((byte) 255).put((byte) 128);
        }
        return b.array();
    }

    /** Potree 2.0; level 2 stands in parts of the hierarchy of its own. */
    public static Path potree2(Path folder, List<Point> points, boolean brotli) throws IOException {
        double[] c = CORNER;
        String corner = "[" + c[0] + "," + c[1] + "," + c[2] + "]";
        String far = "[" + (c[0] + SIDE) + "," + (c[1] + SIDE) + "," + (c[2] + SIDE) + "]";
        Map<String, List<Point>> nodes = nodes(points, false);
        TreeMap<String, Integer> tree = tree(nodes);
        ByteArrayOutputStream octree = new ByteArrayOutputStream();
        Map<String, long[]> places = new TreeMap<>();
        for (Map.Entry<String, List<Point>> e : nodes.entrySet()) {
            byte[] b = brotli ? brotli(columns2(e.getValue())) : rows2(e.getValue());
            places.put(e.getKey(), new long[] {octree.size(), b.length});
            octree.writeBytes(b);
        }
        List<String> top = new ArrayList<>();
        List<String> proxies = new ArrayList<>();
        tree.keySet().stream()
                .filter(n -> n.length() <= 2)
                .sorted(java.util.Comparator.comparingInt(String::length).thenComparing(n -> n))
                .forEach(top::add);
        top.stream().filter(n -> n.length() == 2 && children(tree, n) != 0).forEach(proxies::add);
        ByteArrayOutputStream below = new ByteArrayOutputStream();
        Map<String, long[]> chunks = new TreeMap<>();
        int first = 22 * top.size();
        for (String p : proxies) {
            ByteArrayOutputStream chunk = new ByteArrayOutputStream();
            chunk.writeBytes(entry2(0, children(tree, p), tree.get(p), places.getOrDefault(p, new long[2])));
            for (int k = 0; k < 8; k++) {
                if (tree.containsKey(p + k)) {
                    chunk.writeBytes(entry2(1, 0, tree.get(p + k), places.getOrDefault(p + k, new long[2])));
                }
            }
            chunks.put(p, new long[] {first + below.size(), chunk.size()});
            below.writeBytes(chunk.toByteArray());
        }
        ByteArrayOutputStream hierarchy = new ByteArrayOutputStream();
        for (String n : top) {
            boolean proxy = chunks.containsKey(n);
            hierarchy.writeBytes(entry2(
                    proxy ? 2 : 0,
                    children(tree, n),
                    tree.get(n),
                    proxy ? chunks.get(n) : places.getOrDefault(n, new long[2])));
        }
        hierarchy.writeBytes(below.toByteArray());
        text(
                folder.resolve("metadata.json"),
                "{\"version\":\"2.0\",\"name\":\"hall\",\"points\":" + points.size()
                        + ",\"projection\":\"\",\"hierarchy\":{\"firstChunkSize\":" + first
                        + ",\"stepSize\":4,\"depth\":2},\"offset\":" + corner
                        + ",\"scale\":[0.001,0.001,0.001],\"spacing\":0.5,\"boundingBox\":{\"min\":" + corner
                        + ",\"max\":"
                        + far + "},\"encoding\":\"" + (brotli ? "BROTLI" : "DEFAULT") + "\",\"attributes\":["
                        + attribute2("position", "int32", 3, 4) + "," + attribute2("intensity", "uint16", 1, 2) + ","
                        + attribute2("rgb", "uint16", 3, 2) + "]}");
        bytes(folder.resolve("octree.bin"), octree.toByteArray());
        bytes(folder.resolve("hierarchy.bin"), hierarchy.toByteArray());
        return folder.resolve("metadata.json");
    }

    private static String attribute2(String name, String type, int elements, int size) {
        return "{\"name\":\"" + name + "\",\"description\":\"\",\"size\":" + elements * size + ",\"numElements\":"
                + elements + ",\"elementSize\":" + size + ",\"type\":\"" + type + "\",\"min\":[0],\"max\":[1]}";
    }

    private static byte[] entry2(int type, int children, int points, long[] place) {
        return buffer(22)
                .put((byte) type)
                .put((byte) children)
                .putInt(points)
                .putLong(place[0])
                .putLong(place[1])
                .array();
    }

    private static byte[] rows2(List<Point> in) {
        ByteBuffer b = buffer(20 * in.size());
        for (Point p : in) {
            b.putInt(p.x).putInt(p.y).putInt(p.z).putShort((short) p.intensity);
            b.putShort((short) (257 * p.red)).putShort((short) (257 * p.green)).putShort((short) (257 * p.blue));
        }
        return b.array();
    }

    private static byte[] columns2(List<Point> in) {
        ByteBuffer b = buffer(26 * in.size());
        for (Point p : in) {
            b.putLong(mixed(p.x >> 16, p.y >> 16, p.z >> 16)).putLong(mixed(p.x, p.y, p.z));
        }
        for (Point p : in) {
            b.putShort((short) p.intensity);
        }
        for (Point p : in) {
            b.putLong(mixed(257 * p.red, 257 * p.green, 257 * p.blue));
        }
        return b.array();
    }

    /** The lower 16 bits of three numbers, bit by bit in turn. */
    private static long mixed(int x, int y, int z) {
        long m = 0;
        for (int k = 0; k < 16; k++) {
            m |= (long) (x >> k & 1) << 3 * k | (long) (y >> k & 1) << 3 * k + 1 | (long) (z >> k & 1) << 3 * k + 2;
        }
        return m;
    }

    private static byte[] brotli(byte[] b) throws IOException {
        Brotli4jLoader.ensureAvailability();
        return Encoder.compress(b);
    }

    /** Two pnts tiles below an empty root: plain ones and quantised, moved by their transforms. */
    public static Path tiles(Path folder, List<Point> points) throws IOException {
        double[] c = CORNER;
        String box =
                "\"boundingVolume\":{\"box\":[" + SIDE / 2 + "," + SIDE / 2 + "," + SIDE / 2 + ",4,0,0,0,4,0,0,0,4]}";
        text(
                folder.resolve("tileset.json"),
                "{\"asset\":{\"version\":\"1.0\"},\"geometricError\":8,\"root\":{" + box
                        + ",\"geometricError\":4,\"refine\":\"ADD\",\"transform\":[1,0,0,0,0,1,0,0,0,0,1,0," + c[0]
                        + ","
                        + c[1] + "," + c[2] + ",1],\"content\":{\"uri\":\"r.pnts\"},\"children\":[{" + box
                        + ",\"geometricError\":0,\"content\":{\"url\":\"sub%20folder/next.json?v=2\"}}]}}");
        text(
                folder.resolve("sub folder/next.json"),
                "{\"asset\":{\"version\":\"1.1\"},\"geometricError\":1,\"root\":{" + box
                        + ",\"geometricError\":0,\"content\":{\"uri\":\"../fine.pnts\"}}}");
        List<Point> coarse = points.stream().filter(p -> p.level == 0).toList();
        List<Point> fine = points.stream().filter(p -> p.level > 0).toList();
        bytes(folder.resolve("r.pnts"), pnts(coarse, false));
        bytes(folder.resolve("fine.pnts"), pnts(fine, true));
        return folder.resolve("tileset.json");
    }

    private static byte[] pnts(List<Point> in, boolean quantised) {
        int n = in.size();
        int width = quantised ? 6 : 12;
        int rgb = n * width;
        String features = "{\"POINTS_LENGTH\":" + n + ",\"RTC_CENTER\":[1,2,3],"
                + (quantised
                        ? "\"POSITION_QUANTIZED\":{\"byteOffset\":0},\"QUANTIZED_VOLUME_OFFSET\":[-1,-2,-3],"
                                + "\"QUANTIZED_VOLUME_SCALE\":[65.535,65.535,65.535]"
                        : "\"POSITION\":{\"byteOffset\":0}")
                + ",\"RGB\":{\"byteOffset\":" + rgb + "}}";
        String batch = "{\"Intensity\":{\"byteOffset\":0,\"componentType\":\"UNSIGNED_SHORT\",\"type\":\"SCALAR\"}}";
        byte[] f = padded(features);
        byte[] j = padded(batch);
        ByteBuffer b = buffer(28 + f.length + n * (width + 3) + j.length + 2 * n);
        b.put("pnts".getBytes(StandardCharsets.US_ASCII)).putInt(1).putInt(b.capacity());
        b.putInt(f.length)
                .putInt(n * (width + 3))
                .putInt(j.length)
                .putInt(2 * n)
                .put(f);
        for (Point p : in) {
            if (quantised) {
                b.putShort((short) p.x).putShort((short) p.y).putShort((short) p.z);
            } else {
                b.putFloat(p.x / 1000f - 1).putFloat(p.y / 1000f - 2).putFloat(p.z / 1000f - 3);
            }
        }
        for (Point p : in) {
            b.put((byte) p.red).put((byte) p.green).put((byte) p.blue);
        }
        b.put(j);
        for (Point p : in) {
            b.putShort((short) p.intensity);
        }
        return b.array();
    }

    private static byte[] padded(String json) {
        return (json + " ".repeat((8 - (json.length() + 4) % 8) % 8)).getBytes(StandardCharsets.UTF_8);
    }
}
