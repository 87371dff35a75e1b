package org.grotto.format.gltf;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The vertices of a primitive as its node shows them while nothing moves: shifted by morph targets as far as these weigh,
 * then brought to their place by the joints of a skin, or by the node.
 */
final class Posed {
    /** A column of so many numbers a vertex; null where there is none. */
    interface Reader {
        @Nullable
        Accessor column(JsonNode attributes, String key, int least, int most);
    }

    private record Target(
            double weight,
            @Nullable Accessor position,
            @Nullable Accessor normal) {}

    private final Accessor position;
    private final @Nullable Accessor normal;
    private final List<Target> targets = new ArrayList<>();
    private final List<Accessor> joints = new ArrayList<>();
    private final List<Accessor> weights = new ArrayList<>();
    private double[][] skin = {};
    private int[] which = {};
    private double[] much = {};

    /** The place of the vertex asked for last, before {@link #matrix}, and its normal. */
    final double[] at = new double[3];

    final double[] facing = new double[3];

    /** What brings that vertex into the scene, column by column. */
    final double[] matrix;

    Posed(Accessor position, @Nullable Accessor normal, double[] place) {
        this.position = position;
        this.normal = normal;
        matrix = place.clone();
    }

    /** @param weights of the targets; those without one do not count */
    void morph(JsonNode targets, JsonNode weights, Reader reader) {
        for (int i = 0; i < targets.size(); i++) {
            double w = weights.path(i).isNumber() ? weights.path(i).doubleValue() : 0;
            if (w != 0 && Double.isFinite(w)) {
                JsonNode t = targets.path(i);
                this.targets.add(new Target(w, reader.column(t, "POSITION", 3, 3), reader.column(t, "NORMAL", 3, 3)));
            }
        }
    }

    /** @param skin a matrix for each joint */
    void hang(Gltf gltf, double[][] skin, JsonNode attributes, Reader reader) {
        for (int set = 0; attributes.has("JOINTS_" + set); set++) {
            Accessor j = reader.column(attributes, "JOINTS_" + set, 4, 4);
            Accessor w = reader.column(attributes, "WEIGHTS_" + set, 4, 4);
            if (j != null && w != null) {
                joints.add(j);
                weights.add(w);
            }
        }
        which = new int[4 * joints.size()];
        much = new double[which.length];
        for (int i = 0; i < position.count(); i++) {
            hung(i);
            for (int k = 0; k < which.length; k++) {
                if (!(which[k] >= 0 && which[k] < skin.length)) {
                    throw gltf.bad("vertex " + i + " of a mesh hangs on joint " + which[k] + ", but its skin has only "
                            + skin.length);
                }
            }
        }
        this.skin = joints.isEmpty() ? new double[0][] : skin;
    }

    boolean skinned() {
        return skin.length > 0;
    }

    private void hung(int i) {
        for (int k = 0; k < which.length; k++) {
            which[k] = (int) joints.get(k / 4).raw(i, k % 4);
            double w = weights.get(k / 4).value(i, k % 4);
            much[k] = w > 0 && Double.isFinite(w) ? w : 0;
        }
    }

    /** Asks for vertex {@code i}. */
    void vertex(int i) {
        for (int k = 0; k < 3; k++) {
            at[k] = position.value(i, k);
            facing[k] = normal == null ? 0 : normal.value(i, k);
            for (Target t : targets) {
                at[k] += t.position == null ? 0 : t.weight * t.position.value(i, k);
                facing[k] += t.normal == null ? 0 : t.weight * t.normal.value(i, k);
            }
        }
        if (skinned()) {
            hung(i);
            GltfSkins.blend(skin, which, much, matrix);
        }
    }
}
