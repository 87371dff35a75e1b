package org.grotto.format.gltf;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;
import java.util.Map.Entry;
import org.grotto.base.GrottoException;
import org.grotto.format.DracoContent;
import org.grotto.format.Rows;
import tools.jackson.databind.JsonNode;

/** The triangles and attributes of a primitive that is compressed with Draco (KHR_draco_mesh_compression). */
final class Draco {
    static final String EXTENSION = "KHR_draco_mesh_compression";

    private final Gltf gltf;
    private final DracoContent mesh;
    private final Map<String, Integer> ids = new HashMap<>();

    private Draco(Gltf gltf, DracoContent mesh, JsonNode attributes) {
        this.gltf = gltf;
        this.mesh = mesh;
        for (Entry<String, JsonNode> e : attributes.properties()) {
            ids.put(e.getKey(), (int) gltf.whole(attributes, e.getKey()));
        }
    }

    /**
     * @param extension of the primitive
     * @param maxVertices that are still allowed, and triangles
     */
    static Draco of(Gltf gltf, JsonNode extension, int maxVertices, int maxTriangles) {
        ByteBuffer view = gltf.view(gltf.whole(extension, "bufferView"));
        byte[] bytes = new byte[view.remaining()];
        view.get(view.position(), bytes);
        DracoContent.Refusals refusals = new DracoContent.Refusals() {
            @Override
            public GrottoException bad(String sentence) {
                return gltf.bad(sentence);
            }

            @Override
            public GrottoException unsupported(String sentence) {
                return gltf.unsupported(sentence);
            }
        };
        return new Draco(
                gltf, DracoContent.mesh(bytes, maxVertices, maxTriangles, refusals), extension.path("attributes"));
    }

    /** Three vertices a triangle. */
    int[] indices() {
        return mesh.triangles();
    }

    boolean has(String attribute) {
        return ids.containsKey(attribute);
    }

    /** An attribute by its name in glTF, one element a vertex; its accessor says whether whole numbers are normalised. */
    Accessor accessor(String attribute, boolean normalized) {
        DracoContent.Values v = mesh.attribute(ids.getOrDefault(attribute, -1), attribute);
        int type = switch (v.type()) {
            case INT8 -> Accessor.BYTE;
            case UINT8 -> Accessor.UNSIGNED_BYTE;
            case INT16 -> Accessor.SHORT;
            case UINT16 -> Accessor.UNSIGNED_SHORT;
            case UINT32 -> Accessor.UNSIGNED_INT;
            case FLOAT -> Accessor.FLOAT;
            default ->
                throw gltf.unsupported(
                        "the Draco attribute " + attribute + " is of type " + v.type() + ", which glTF does not have");
        };
        ByteBuffer bytes = ByteBuffer.wrap(v.bytes()).order(ByteOrder.LITTLE_ENDIAN);
        return new Accessor(bytes, mesh.count(), v.elements() * Rows.size(v.type()), v.elements(), type, normalized);
    }
}
