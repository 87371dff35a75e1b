package org.grotto.format.gltf;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * Where the joints of skins bring their vertices, with all nodes as they stand in the file, no animation run (glTF 2.0, clause
 * 3.7.3): for each joint its node's place in the scene after the inverse of that which the vertices were bound in. The place
 * of the node that shows the mesh has no part in it.
 */
final class GltfSkins {
    private final Gltf gltf;
    private final GltfScene scene;
    private final Map<Long, double[][]> known = new HashMap<>();
    private final Map<Long, double[]> places = new HashMap<>();
    private final Map<Long, Long> parents = new HashMap<>();

    GltfSkins(Gltf gltf) {
        this.gltf = gltf;
        scene = new GltfScene(gltf);
        JsonNode nodes = gltf.json.path("nodes");
        boolean skins = !gltf.json.path("skins").isEmpty();
        for (int i = 0; skins && i < nodes.size(); i++) {
            for (JsonNode child : gltf.list(nodes.path(i), "children")) {
                parents.put(scene.index(child, "nodes[" + i + "].children"), (long) i);
            }
        }
    }

    /** A matrix for each joint, column by column, Z up. */
    double[][] joints(long skin) {
        double[][] out = known.get(skin);
        if (out == null) {
            out = read(skin);
            known.put(skin, out);
        }
        return out;
    }

    private double[][] read(long skin) {
        JsonNode json = gltf.item("skins", skin);
        JsonNode joints = gltf.list(json, "joints");
        double[][] out = new double[joints.size()][];
        for (int j = 0; j < out.length; j++) {
            out[j] = place(scene.index(joints.path(j), "skins[" + skin + "].joints"), 0);
        }
        if (json.has("inverseBindMatrices")) {
            Accessor bound = Accessor.of(gltf, gltf.whole(json, "inverseBindMatrices"));
            if (bound.components() != 16 || bound.count() < out.length) {
                throw gltf.bad("skins[" + skin + "] has " + out.length + " joints, but " + bound.count()
                        + " matrices of " + bound.components() + " numbers");
            }
            for (int j = 0; j < out.length; j++) {
                double[] inverse = new double[16];
                for (int k = 0; k < 16; k++) {
                    inverse[k] = bound.value(j, k);
                }
                out[j] = GltfScene.times(out[j], inverse);
            }
        }
        return out;
    }

    private double[] place(long node, int depth) {
        double[] out = places.get(node);
        if (out == null) {
            GltfScene.checkDepth(gltf, node, depth);
            Long parent = parents.get(node);
            double[] above = parent == null ? GltfScene.TURN : place(parent, depth + 1);
            out = GltfScene.times(above, scene.local(gltf.item("nodes", node)));
            places.put(node, out);
        }
        return out;
    }

    /** The sum of matrices by weight, which is one all in all, into {@code out}. */
    static void blend(double[][] joints, int[] which, double[] weights, double[] out) {
        double all = Arrays.stream(weights).sum();
        Arrays.fill(out, 0);
        for (int k = 0; k < which.length; k++) {
            double w = all > 0 ? weights[k] / all : k == 0 ? 1 : 0; // unweighted: all on the first that it names
            for (int e = 0; w != 0 && e < 16; e++) {
                out[e] += w * joints[which[k]][e];
            }
        }
    }
}
