package org.grotto.format.gltf;

import java.util.HashSet;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Walks the nodes of an asset's scene and gives each mesh with the matrix that places it, instance by instance. */
final class GltfScene {
    private static final int MAX_DEPTH = 200;
    private static final String INSTANCING = "EXT_mesh_gpu_instancing";
    /** (x, y, z) to (x, -z, y), column by column: Y up becomes Z up. */
    private static final double[] TURN = {1, 0, 0, 0, 0, 0, 1, 0, 0, -1, 0, 0, 0, 0, 0, 1};

    private final Gltf gltf;
    private final BiConsumer<JsonNode, double[]> show;
    private final Set<Long> seen = new HashSet<>();

    private GltfScene(Gltf gltf, BiConsumer<JsonNode, double[]> show) {
        this.gltf = gltf;
        this.show = show;
    }

    /** The scene that is shown first; null where the asset has none. */
    static @Nullable JsonNode of(Gltf gltf) {
        JsonNode scenes = gltf.list(gltf.json, "scenes");
        return scenes.isEmpty() ? null : gltf.item("scenes", gltf.whole(gltf.json, "scene", 0));
    }

    /** Gives {@code show} each mesh of {@code scene}, or of the asset where it is null, and its matrix, column by column. */
    static void walk(Gltf gltf, @Nullable JsonNode scene, BiConsumer<JsonNode, double[]> show) {
        GltfScene walk = new GltfScene(gltf, show);
        if (scene == null) {
            for (int m = 0; m < gltf.list(gltf.json, "meshes").size(); m++) {
                show.accept(gltf.item("meshes", m), TURN);
            }
            return;
        }
        JsonNode nodes = gltf.list(scene, "nodes");
        for (int i = 0; i < nodes.size(); i++) {
            walk.node(walk.index(nodes.path(i), "scene.nodes"), TURN, 0);
        }
    }

    private long index(JsonNode n, String at) {
        if (!n.isNumber() || n.doubleValue() < 0 || n.doubleValue() != Math.rint(n.doubleValue())) {
            throw gltf.bad(at + " holds " + Gltf.shown(n) + " instead of an index");
        }
        return (long) n.doubleValue();
    }

    private void node(long index, double[] parent, int depth) {
        JsonNode node = gltf.item("nodes", index);
        if (depth > MAX_DEPTH || !seen.add(index)) {
            throw gltf.bad("nodes[" + index + "] is shown twice, lies below itself, or lies deeper than " + MAX_DEPTH
                    + " nodes");
        }
        double[] m = times(parent, local(node));
        if (node.has("mesh")) {
            JsonNode mesh = gltf.item("meshes", gltf.whole(node, "mesh"));
            JsonNode many = node.path("extensions").path(INSTANCING).path("attributes");
            if (many.isObject() && !many.isEmpty()) {
                instances(mesh, many, m);
            } else {
                show.accept(mesh, m);
            }
        }
        JsonNode children = gltf.list(node, "children");
        for (int i = 0; i < children.size(); i++) {
            node(index(children.path(i), "nodes[" + index + "].children"), m, depth + 1);
        }
    }

    private void instances(JsonNode mesh, JsonNode attributes, double[] m) {
        Accessor t = attribute(attributes, "TRANSLATION", 3);
        Accessor r = attribute(attributes, "ROTATION", 4);
        Accessor s = attribute(attributes, "SCALE", 3);
        int count = -1;
        for (Accessor a : new @Nullable Accessor[] {t, r, s}) {
            if (a != null && count >= 0 && a.count() != count) {
                throw gltf.bad("the attributes of " + INSTANCING + " have different counts");
            }
            count = a == null ? count : a.count();
        }
        for (int i = 0; i < count; i++) {
            double[] local = local(
                    values(t, i, new double[] {0, 0, 0}),
                    unit(values(r, i, new double[] {0, 0, 0, 1})),
                    values(s, i, new double[] {1, 1, 1}));
            show.accept(mesh, times(m, local));
        }
        if (count < 0) {
            show.accept(mesh, m); // attributes of other kinds alone say nothing of places
        }
    }

    private @Nullable Accessor attribute(JsonNode attributes, String key, int components) {
        if (!attributes.has(key)) {
            return null;
        }
        Accessor a = Accessor.of(gltf, gltf.whole(attributes, key));
        if (a.components() != components) {
            throw gltf.bad(INSTANCING + ": " + key + " has " + a.components() + " numbers instead of " + components);
        }
        return a;
    }

    private double[] values(@Nullable Accessor a, int i, double[] absent) {
        for (int k = 0; a != null && k < absent.length; k++) {
            absent[k] = a.value(i, k);
            if (!Double.isFinite(absent[k])) {
                throw gltf.bad(INSTANCING + ": instance " + i + " has a number that is none");
            }
        }
        return absent;
    }

    /** Quaternions of few bits are not quite of unit length. */
    private static double[] unit(double[] q) {
        double l = Math.sqrt(q[0] * q[0] + q[1] * q[1] + q[2] * q[2] + q[3] * q[3]);
        for (int k = 0; k < 4; k++) {
            q[k] = l > 0 ? q[k] / l : k == 3 ? 1 : 0;
        }
        return q;
    }

    private double[] local(JsonNode node) {
        if (node.has("matrix")) {
            return numbers(node, "matrix", new double[16]);
        }
        return local(
                numbers(node, "translation", new double[3]),
                numbers(node, "rotation", new double[] {0, 0, 0, 1}),
                numbers(node, "scale", new double[] {1, 1, 1}));
    }

    private static double[] local(double[] t, double[] q, double[] s) {
        double x = q[0];
        double y = q[1];
        double z = q[2];
        double w = q[3];
        return new double[] {
            s[0] * (1 - 2 * (y * y + z * z)),
            s[0] * 2 * (x * y + w * z),
            s[0] * 2 * (x * z - w * y),
            0,
            s[1] * 2 * (x * y - w * z),
            s[1] * (1 - 2 * (x * x + z * z)),
            s[1] * 2 * (y * z + w * x),
            0,
            s[2] * 2 * (x * z + w * y),
            s[2] * 2 * (y * z - w * x),
            s[2] * (1 - 2 * (x * x + y * y)),
            0,
            t[0],
            t[1],
            t[2],
            1
        };
    }

    private double[] numbers(JsonNode node, String key, double[] absent) {
        if (!node.has(key)) {
            return absent;
        }
        JsonNode list = node.path(key);
        double[] out = new double[absent.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = list.isArray() && list.size() == out.length && list.path(i).isNumber()
                    ? list.path(i).doubleValue()
                    : Double.NaN;
            if (!Double.isFinite(out[i])) {
                throw gltf.bad("a node's " + key + " must be " + out.length + " finite numbers");
            }
        }
        return out;
    }

    private static double[] times(double[] a, double[] b) {
        double[] c = new double[16];
        for (int col = 0; col < 4; col++) {
            for (int row = 0; row < 4; row++) {
                for (int k = 0; k < 4; k++) {
                    c[4 * col + row] += a[4 * k + row] * b[4 * col + k];
                }
            }
        }
        return c;
    }
}
