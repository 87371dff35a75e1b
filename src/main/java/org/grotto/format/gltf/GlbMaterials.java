package org.grotto.format.gltf;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.grotto.base.GrottoException;
import org.grotto.geometry.Material;
import org.grotto.geometry.Texture;
import org.grotto.image.AsPng;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Materials and pictures of a GLB (glTF 2.0, clauses 3.8 and 3.9). Pictures go into the file as they are; one that is
 * neither JPEG, PNG nor KTX2 becomes PNG.
 */
final class GlbMaterials {
    private static final int REPEAT = 10497;
    private static final int MIRROR = 33648;
    private static final int CLAMP = 33071;

    private final ObjectNode json;
    /** Each picture once, whatever lies beside it: its bytes by what they are read from. */
    private final Map<Texture, Integer> image = new LinkedHashMap<>();

    private final Map<Texture, Integer> texture = new LinkedHashMap<>();
    private final Map<Integer, Integer> sampler = new LinkedHashMap<>();

    GlbMaterials(ObjectNode json) {
        this.json = json;
    }

    /** What a mesh without pictures is made of: its vertices say the colour. */
    static void plain(ObjectNode material) {
        material.putObject("pbrMetallicRoughness").put("metallicFactor", 0).put("roughnessFactor", 1);
    }

    void add(Material m) {
        ObjectNode node = array("materials").addObject().put("name", m.name());
        ObjectNode surface = node.putObject("pbrMetallicRoughness");
        surface.putArray("baseColorFactor")
                .add(m.red())
                .add(m.green())
                .add(m.blue())
                .add(1);
        reference(surface, "baseColorTexture", m.colour());
        surface.put("metallicFactor", 0).put("roughnessFactor", 1);
        reference(node, "normalTexture", m.normal());
        reference(node, "occlusionTexture", m.occlusion());
        if (m.cutout() > 0) {
            node.put("alphaMode", "MASK").put("alphaCutoff", m.cutout());
        }
    }

    private void reference(ObjectNode from, String name, @Nullable Texture t) {
        if (t == null) {
            return;
        }
        Integer known = texture.get(t);
        if (known == null) {
            Texture file = new Texture(
                    t.name(), t.file(), t.from(), t.length(), t.bytes(), Texture.Wrap.REPEAT, Texture.Wrap.REPEAT);
            int source = image.computeIfAbsent(file, f -> image.size());
            int wraps = wrap(t.wrapU()) << 16 | wrap(t.wrapV());
            int beside = sampler.computeIfAbsent(wraps, w -> {
                array("samplers").addObject().put("wrapS", w >>> 16).put("wrapT", w & 0xFFFF);
                return array("samplers").size() - 1;
            });
            array("textures").addObject().put("sampler", beside).put("source", source);
            known = texture.size();
            texture.put(t, known);
        }
        from.putObject(name).put("index", known);
    }

    private static int wrap(Texture.Wrap w) {
        return switch (w) {
            case REPEAT -> REPEAT;
            case MIRROR -> MIRROR;
            case CLAMP -> CLAMP;
        };
    }

    private ArrayNode array(String name) {
        return json.withArray("/" + name);
    }

    /** Says where the pictures will stand, which is from {@code at} on, one after the other; gives where they end. */
    long lay(ArrayNode views, long at) {
        long next = at;
        for (Map.Entry<Texture, Integer> e : image.entrySet()) {
            Texture t = e.getKey();
            byte[] bytes = bytes(t);
            if (TilePicture.mediaType(bytes).equals(TilePicture.KTX2)) {
                coded(e.getValue());
            }
            views.addObject().put("buffer", 0).put("byteOffset", next).put("byteLength", bytes.length);
            array("images")
                    .addObject()
                    .put("name", t.name())
                    .put("bufferView", views.size() - 1)
                    .put("mimeType", TilePicture.mediaType(bytes));
            next += padded(bytes.length);
        }
        return next;
    }

    /** A picture of KTX2 goes by its extension. */
    private void coded(int source) {
        for (JsonNode n : array("textures")) {
            if (n.path("source").asInt(-1) == source) {
                ObjectNode node = (ObjectNode) n;
                node.remove("source");
                node.putObject("extensions").putObject(TilePictures.KTX2).put("source", source);
            }
        }
        TilePictures.require(json, "extensionsUsed");
        TilePictures.require(json, "extensionsRequired");
    }

    /** The pictures in the order in which they were laid, each with what fills it up to four bytes. */
    Iterable<byte[]> pictures() {
        return () -> image.keySet().stream()
                .map(t -> {
                    byte[] b = bytes(t);
                    return java.util.Arrays.copyOf(b, padded(b.length));
                })
                .iterator();
    }

    private static int padded(int length) {
        return (length + 3) / 4 * 4;
    }

    private static byte[] bytes(Texture t) {
        byte[] file = t.read();
        String type = TilePicture.mediaType(file);
        if (!type.isEmpty()) {
            return file;
        }
        try {
            return AsPng.of(file);
        } catch (IOException e) {
            throw new GrottoException(
                    GrottoException.Kind.BAD_INPUT,
                    "The picture " + t.name() + " cannot be written into a GLB: " + e.getMessage() + ".",
                    e);
        }
    }
}
