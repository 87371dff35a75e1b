package org.grotto.format.gltf;

import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** Walks the nodes of an asset's scene and gives each mesh with the matrix that places it, instance by instance. */
final class GltfScene {
    private static final int MAX_DEPTH = 200;
    private static final String INSTANCING = "EXT_mesh_gpu_instancing";
    /** (x, y, z) to (x, -z, y), column by column: Y up becomes Z up. */
    static final double[] TURN = {1, 0, 0, 0, 0, 0, 1, 0, 0, -1, 0, 0, 0, 0, 0, 1};

    /** Who takes the meshes. */
    interface Show {
        /**
         * @param node that shows the mesh; a missing one where the asset has no scene
         * @param place of the node, column by column
         */
        void mesh(JsonNode mesh, JsonNode node, double[] place);
    }

    private final Gltf gltf;
    private final Set<Long> seen = new HashSet<>();

    GltfScene(Gltf gltf) {
        this.gltf = gltf;
    }

    /** The scene that is shown first; null where the asset has none. */
    static @Nullable JsonNode of(Gltf gltf) {
        JsonNode scenes = gltf.list(gltf.json, "scenes");
        return scenes.isEmpty() ? null : gltf.item("scenes", gltf.whole(gltf.json, "scene", 0));
    }

    /** Gives {@code show} each mesh of {@code scene}, or of the asset where it is null. */
    static void walk(Gltf gltf, @Nullable JsonNode scene, Show show) {
        GltfScene walk = new GltfScene(gltf);
        if (scene == null) {
            for (int m = 0; m < gltf.list(gltf.json, "meshes").size(); m++) {
                show.mesh(gltf.item("meshes", m), MissingNode.getInstance(), TURN);
            }
            return;
        }
        JsonNode nodes = gltf.list(scene, "nodes");
        for (int i = 0; i < nodes.size(); i++) {
            walk.node(walk.index(nodes.path(i), "scene.nodes"), TURN, 0, show);
        }
    }

    long index(JsonNode n, String at) {
        if (!n.isNumber() || n.doubleValue() < 0 || n.doubleValue() != Math.rint(n.doubleValue())) {
            throw gltf.bad(at + " holds " + Gltf.shown(n) + " instead of an index");
        }
        return (long) n.doubleValue();
    }

    /** Refuses nodes that lie too deep, as those below themselves do. */
    static void checkDepth(Gltf gltf, long index, int depth) {
        if (depth > MAX_DEPTH) {
            throw gltf.bad("nodes[" + index + "] is shown twice, lies below itself, or lies deeper than " + MAX_DEPTH
                    + " nodes");
        }
    }

    private void node(long index, double[] parent, int depth, Show show) {
        JsonNode node = gltf.item("nodes", index);
        checkDepth(gltf, index, seen.add(index) ? depth : MAX_DEPTH + 1);
        double[] m = times(parent, local(node));
        if (node.has("mesh")) {
            JsonNode mesh = gltf.item("meshes", gltf.whole(node, "mesh"));
            JsonNode many = node.path("extensions").path(INSTANCING).path("attributes");
            if (many.isObject() && !many.isEmpty()) {
                if (node.has("skin")) {
                    throw gltf.unsupported(
                            "nodes[" + index + "] shows a mesh with a skin in many places, of which glTF does"
                                    + " not say what it means");
                }
                instances(mesh, node, many, m, show);
            } else {
                show.mesh(mesh, node, m);
            }
        }
        JsonNode children = gltf.list(node, "children");
        for (int i = 0; i < children.size(); i++) {
            node(index(children.path(i), "nodes[" + index + "].children"), m, depth + 1, show);
        }
    }

    private void instances(JsonNode mesh, JsonNode node, JsonNode attributes, double[] m, Show show) {
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
            show.mesh(mesh, node, times(m, local));
        }
        if (count < 0) {
            show.mesh(mesh, node, m); // attributes of other kinds alone say nothing of places
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

    /** The place of a node below its parent. */
    double[] local(JsonNode node) {
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

    static double[] times(double[] a, double[] b) {
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
