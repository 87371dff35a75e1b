package org.grotto.format.gltf;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Set;
import org.grotto.format.Remarks;
import org.grotto.geometry.Material;
import org.grotto.geometry.Texture;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The materials of a glTF asset as a mesh has them: base colour (or the diffuse one of
 * KHR_materials_pbrSpecularGlossiness), normals, occlusion, each with its picture. One placement serves all three: that of
 * the colour, else of the first there is; pictures placed otherwise are named as lost, and so is all that is not stone.
 */
final class GltfMaterials {
    private static final int MOST = 1 << 16;
    private static final String GLOSSY = "KHR_materials_pbrSpecularGlossiness";
    private static final Set<String> OF_ALL_MATERIALS = Set.of("KHR_materials_unlit", GLOSSY);

    private final Gltf gltf;
    private final Remarks remarks;
    private final GltfImages images;
    private final List<Material> materials = new ArrayList<>();
    private final Map<Long, Surface> surfaces = new HashMap<>();
    private final Map<Long, Integer> numbers = new HashMap<>();

    GltfMaterials(Gltf gltf, Remarks remarks) {
        this.gltf = gltf;
        this.remarks = remarks;
        this.images = new GltfImages(gltf, remarks);
    }

    /**
     * What a primitive is made of.
     *
     * @param material with its pictures
     * @param set which texture coordinates place the pictures
     * @param place what becomes of these: u' = p0 u + p1 v + p2, v' = p3 u + p4 v + p5
     */
    record Surface(Material material, long set, double[] place) {
        boolean pictured() {
            return material.pictured();
        }
    }

    /** How a triangle wears its material. */
    enum Worn {
        WHOLE,
        /** Without pictures. */
        BARE,
        /** Its colour stands in the vertices already. */
        WHITE
    }

    /** The placement of a picture, and the texture it is of. */
    private record Placed(JsonNode info, long set, double[] place) {
        boolean like(Placed other) {
            return set == other.set && Arrays.equals(place, other.place);
        }
    }

    List<Material> all() {
        return materials;
    }

    /** The material that a primitive names, or white. */
    Surface of(JsonNode primitive) {
        long index = gltf.whole(primitive, "material", -1);
        Surface known = surfaces.get(index);
        if (known == null) {
            if (index >= 0) {
                known = gltf.tolerant(
                        () -> surface(gltf.item("materials", index), index), "damaged materials", remarks);
            }
            known = known == null ? new Surface(Material.plain(), 0, new double[6]) : known;
            surfaces.put(index, known);
        }
        return known;
    }

    /** The number of a material in {@link #all}, as it is worn. */
    int number(JsonNode primitive, Worn worn) {
        Surface s = of(primitive);
        Material m = s.material;
        boolean plain = worn == Worn.WHOLE && !m.pictured();
        long key = 4 * (gltf.whole(primitive, "material", -1) + 1) + (plain ? Worn.BARE : worn).ordinal();
        Integer known = numbers.get(key);
        if (known != null) {
            return known;
        }
        if (materials.size() == MOST) {
            throw gltf.unsupported("it has more than " + MOST + " materials; join some of them");
        }
        materials.add(
                worn == Worn.WHOLE
                        ? m
                        : worn == Worn.WHITE
                                ? Material.of(m.name(), 1, 1, 1)
                                : Material.of(m.name(), m.red(), m.green(), m.blue()));
        numbers.put(key, materials.size() - 1);
        return materials.size() - 1;
    }

    private Surface surface(JsonNode json, long index) {
        String name = json.path("name").asString("");
        String shown = name.isEmpty() ? "material " + index : name;
        JsonNode glossy = json.path("extensions").path(GLOSSY);
        JsonNode rough = json.path("pbrMetallicRoughness");
        JsonNode colourInfo = glossy.isObject() ? glossy.path("diffuseTexture") : rough.path("baseColorTexture");
        double[] factor = factor(glossy.isObject() ? glossy.path("diffuseFactor") : rough.path("baseColorFactor"));
        Placed colourAt = placed(colourInfo);
        Placed normalAt = placed(json.path("normalTexture"));
        Placed occlusionAt = placed(json.path("occlusionTexture"));
        Placed first = colourAt != null ? colourAt : normalAt != null ? normalAt : occlusionAt;
        Texture colour = texture(colourAt, first, "baseColorTexture");
        Texture normal = texture(normalAt, first, "normalTexture");
        Texture occlusion = texture(occlusionAt, first, "occlusionTexture");
        if (normal != null && strength(json.path("normalTexture").path("scale")) != 1
                || occlusion != null && strength(json.path("occlusionTexture").path("strength")) != 1) {
            remarks.lost("strengths of normal or occlusion maps, of materials", shown);
        }
        String mode = json.path("alphaMode").asString("OPAQUE");
        double cutoff = 0;
        if (mode.equals("MASK") && colour != null) {
            double c = json.path("alphaCutoff").isNumber()
                    ? json.path("alphaCutoff").doubleValue()
                    : 0.5;
            cutoff = factor[3] > 0 ? Math.max(0, Math.min(1, c / factor[3])) : 1;
        } else if (mode.equals("BLEND")) {
            remarks.lost("transparency of materials", shown);
        }
        told(json, rough, glossy);
        Material m = new Material(
                name, (float) factor[0], (float) factor[1], (float) factor[2], colour, normal, occlusion, (float)
                        cutoff);
        return new Surface(m, first == null ? 0 : first.set, first == null ? new double[6] : first.place);
    }

    /** Names the pictures and properties of a material that nobody shows. */
    private void told(JsonNode json, JsonNode rough, JsonNode glossy) {
        other(json, "emissiveTexture");
        other(rough, "metallicRoughnessTexture");
        other(glossy, "specularGlossinessTexture");
        if (glossy.isObject()) {
            JsonNode base = rough.path("baseColorTexture");
            if (base.isObject() && !base.equals(glossy.path("diffuseTexture"))) {
                remarks.lost("pictures of other kinds", "baseColorTexture beside a diffuseTexture");
            }
        }
        for (Entry<String, JsonNode> e : json.path("extensions").properties()) {
            if (!OF_ALL_MATERIALS.contains(e.getKey())) {
                remarks.lost("properties of materials", e.getKey());
            }
        }
    }

    private void other(JsonNode parent, String key) {
        if (parent.path(key).isObject()) {
            remarks.lost("pictures of other kinds", key);
        }
    }

    private static double strength(JsonNode n) {
        return n.isNumber() ? n.doubleValue() : 1;
    }

    private double[] factor(JsonNode list) {
        double[] out = {1, 1, 1, 1};
        for (int i = 0; i < 4 && list.isArray() && list.size() >= 3 && i < list.size(); i++) {
            double v = list.path(i).isNumber() ? list.path(i).doubleValue() : Double.NaN;
            if (!(v >= 0)) {
                throw gltf.bad("a colour's factor is " + Gltf.shown(list) + " instead of numbers from 0 to 1");
            }
            out[i] = Math.min(1, v);
        }
        return out;
    }

    private @Nullable Placed placed(JsonNode info) {
        if (!info.isObject()) {
            return null;
        }
        long set = gltf.whole(info, "texCoord", 0);
        JsonNode moved = info.path("extensions").path("KHR_texture_transform");
        double[] place = {1, 0, 0, 0, 1, 0};
        if (moved.isObject()) {
            set = gltf.whole(moved, "texCoord", set);
            double a = finite(moved.path("rotation"));
            double c = Math.cos(a);
            double s = Math.sin(a);
            double su = pair(moved.path("scale"), 0, 1);
            double sv = pair(moved.path("scale"), 1, 1);
            // counter-clockwise as it is seen, with v down; the matrix in the extension's own listing is the other way
            place = new double[] {
                c * su, s * sv, pair(moved.path("offset"), 0, 0), -s * su, c * sv, pair(moved.path("offset"), 1, 0)
            };
        }
        return new Placed(info, set, place);
    }

    private static double finite(JsonNode n) {
        return n.isNumber() && Double.isFinite(n.doubleValue()) ? n.doubleValue() : 0;
    }

    private static double pair(JsonNode list, int i, double absent) {
        JsonNode n = list.isArray() && list.size() == 2 ? list.path(i) : null;
        return n != null && n.isNumber() && Double.isFinite(n.doubleValue()) ? n.doubleValue() : absent;
    }

    private @Nullable Texture texture(@Nullable Placed at, @Nullable Placed first, String key) {
        if (at == null || first == null) {
            return null;
        }
        if (!at.like(first)) {
            remarks.lost("pictures placed otherwise than the colour", key);
            return null;
        }
        return images.texture(gltf.whole(at.info, "index"));
    }
}
