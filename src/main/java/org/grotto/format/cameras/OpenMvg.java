package org.grotto.format.cameras;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.grotto.base.GrottoException;
import org.grotto.base.Json;
import org.grotto.geometry.Pose;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * OpenMVG's {@code sfm_data.json} (openMVG/sfm/sfm_data_io_cereal): rotations take the world to the camera, row by row, which
 * looks along +z with y down; beside them the camera's centre. The principal point counts from the upper left.
 */
final class OpenMvg {
    private static final long MOST = 1L << 30;

    private OpenMvg() {}

    static JsonNode json(Path file) {
        try {
            return Json.mapper().readTree(Words.bytes(file, MOST));
        } catch (JacksonException e) {
            throw GrottoException.badInput(
                    file, "is not whole JSON: " + e.getOriginalMessage() + "; export the cameras again.", e);
        }
    }

    static CameraSet read(Path file) {
        JsonNode all = json(file);
        Map<Long, Optics> lenses = new HashMap<>();
        Map<Long, String> kinds = new HashMap<>();
        for (JsonNode i : all.path("intrinsics")) {
            JsonNode v = i.path("value");
            long kind = v.path("polymorphic_id").asLong(0) & 0x7FFFFFFFL;
            if (v.path("polymorphic_name").isString()) {
                kinds.put(kind, v.path("polymorphic_name").asString());
            }
            lenses.put(i.path("key").asLong(-1), lens(file, kinds.getOrDefault(kind, ""), v));
        }
        Map<Long, Pose[]> poses = new HashMap<>();
        for (JsonNode e : all.path("extrinsics")) {
            double[] r = numbers(file, e.path("value").path("rotation"), 9, "rotation");
            double[] c = numbers(file, e.path("value").path("center"), 3, "center");
            poses.put(e.path("key").asLong(-1), new Pose[] {CameraSet.looking(r, c), Colmap.sphere(r, c)});
        }
        String root = all.path("root_path").asString("");
        List<CameraSet.Shot> shots = new ArrayList<>();
        for (JsonNode v : all.path("views")) {
            JsonNode d = v.path("value").path("ptr_wrapper").path("data");
            String folder = text(d, "local_path");
            String name = text(d, "filename");
            Pose[] p = poses.get(id(d, "id_pose"));
            Optics o = lenses.get(id(d, "id_intrinsic"));
            Pose pose = p == null ? null : p[o != null && o.spherical() ? 1 : 0];
            String path = join(join(root, folder), name);
            shots.add(new CameraSet.Shot(path, pose, o));
        }
        return new CameraSet("OpenMVG", List.copyOf(shots), List.of());
    }

    private static String join(String a, String b) {
        return a.isEmpty() ? b : a.endsWith("/") || a.endsWith("\\") || b.isEmpty() ? a + b : a + "/" + b;
    }

    private static String text(JsonNode d, String name) {
        JsonNode n = field(d, name);
        return n == null ? "" : n.asString("");
    }

    private static long id(JsonNode d, String name) {
        JsonNode n = field(d, name);
        return n == null ? -1 : n.asLong(-1);
    }

    /** A field of the object or of one in it: cereal nests base classes. */
    private static @Nullable JsonNode field(JsonNode d, String name) {
        JsonNode own = d.get(name);
        if (own != null) {
            return own;
        }
        for (JsonNode c : d) {
            JsonNode n = c.isObject() ? field(c, name) : null;
            if (n != null) {
                return n;
            }
        }
        return null;
    }

    private static @Nullable Optics lens(Path file, String kind, JsonNode value) {
        JsonNode d = value.path("ptr_wrapper").path("data");
        JsonNode w = field(d, "width");
        JsonNode h = field(d, "height");
        JsonNode f = field(d, "focal_length");
        JsonNode pp = field(d, "principal_point");
        if (w == null || h == null || w.asInt(0) <= 0 || h.asInt(0) <= 0) {
            return null;
        }
        if (kind.equals("spherical")) {
            return Optics.sphere("openmvg:spherical", w.asInt(), h.asInt());
        }
        if (f == null || pp == null || !(f.asDouble(0) > 0)) {
            return null;
        }
        double[] c = numbers(file, pp, 2, "principal_point");
        double fx = f.asDouble();
        String[] names = {"k1", "k2", "k3", "t1", "t2"};
        double[] k = new double[0];
        Bend bend = Bend.NONE;
        boolean fisheye = false;
        String model = kind.isEmpty() ? "pinhole" : kind;
        if (field(d, "fisheye") != null) {
            k = numbers(file, field(d, "fisheye"), 4, "fisheye");
            names = new String[] {"k1", "k2", "k3", "k4"};
            bend = Bend.fisheye(k);
            fisheye = true;
        } else if (field(d, "disto_t2") != null) {
            k = numbers(file, field(d, "disto_t2"), 5, "disto_t2");
            bend = Bend.brown(new double[] {k[0], k[1], k[2], 0, 0, 0}, k[3], k[4]);
        } else if (field(d, "disto_k3") != null) {
            k = numbers(file, field(d, "disto_k3"), 3, "disto_k3");
            bend = Bend.brown(new double[] {k[0], k[1], k[2], 0, 0, 0}, 0, 0);
        } else if (field(d, "disto_k1") != null) {
            k = numbers(file, field(d, "disto_k1"), 1, "disto_k1");
            bend = Bend.brown(new double[] {k[0], 0, 0, 0, 0, 0}, 0, 0);
        }
        return Optics.of("openmvg:" + model, fisheye, w.asInt(), h.asInt(), fx, fx, c[0], c[1], 0, names, k, bend);
    }

    /** All numbers of a list, or of a list of lists; numbers in quotes, too. */
    static double[] numbers(Path file, @Nullable JsonNode list, int n, String what) {
        List<Double> v = new ArrayList<>();
        if (list != null) {
            gather(list, v);
        }
        if (v.size() < n || v.stream().anyMatch(x -> !Double.isFinite(x))) {
            throw GrottoException.badInput(
                    file,
                    "\"" + what + "\" needs " + n + " numbers and has " + v.size() + "; export the cameras again.");
        }
        return v.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private static void gather(JsonNode node, List<Double> into) {
        if (into.size() > 1000) {
            return;
        }
        if (node.isArray()) {
            node.forEach(c -> gather(c, into));
        } else {
            into.add(number(node, Double.NaN));
        }
    }

    /** A number, maybe in quotes. */
    static double number(JsonNode node, double otherwise) {
        if (node.isNumber()) {
            return node.asDouble();
        }
        try {
            return node.isString() ? Double.parseDouble(node.asString().strip()) : otherwise;
        } catch (NumberFormatException e) {
            return otherwise;
        }
    }
}
