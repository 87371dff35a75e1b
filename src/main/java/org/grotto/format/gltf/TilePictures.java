package org.grotto.format.gltf;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A tile's pictures as images, textures and a material of glTF. Their files stand in the GLB's binary chunk as they are;
 * KTX2 goes by KHR_texture_basisu, without a second picture for programs that lack it.
 */
final class TilePictures {
    static final String KTX2 = "KHR_texture_basisu";

    private static final int LINEAR = 9729;
    private static final int LINEAR_MIPMAP_LINEAR = 9987;
    private static final int CLAMP_TO_EDGE = 33071;

    private TilePictures() {}

    /** Bytes that the pictures take in the binary chunk at most. */
    static long bound(TilePicture p) {
        return p.image().length
                + (p.normal() == null ? 0 : p.normal().length)
                + (p.occlusion() == null ? 0 : p.occlusion().length)
                + 12;
    }

    /** Puts the files into {@code bin}, which stays at whole words, and tells of them in the asset and its material. */
    static void write(TilePicture p, ByteBuffer bin, ArrayNode views, ObjectNode asset, ObjectNode material) {
        if (!p.mediaType().equals(TilePicture.mediaType(p.image()))) {
            throw new IllegalArgumentException("a tile's picture is no " + p.mediaType());
        }
        ObjectNode sampler = asset.putArray("samplers").addObject();
        sampler.put("magFilter", LINEAR).put("minFilter", LINEAR_MIPMAP_LINEAR);
        sampler.put("wrapS", CLAMP_TO_EDGE).put("wrapT", CLAMP_TO_EDGE);
        ObjectNode pbr = (ObjectNode) material.path("pbrMetallicRoughness");
        pbr.putArray("baseColorFactor").add(1).add(1).add(1).add(1);
        pbr.putObject("baseColorTexture").put("index", texture(p.image(), bin, views, asset));
        if (p.holes()) {
            material.put("alphaMode", "MASK").put("alphaCutoff", 0.5);
        }
        if (p.normal() != null) {
            material.putObject("normalTexture").put("index", texture(p.normal(), bin, views, asset));
        }
        if (p.occlusion() != null) {
            material.putObject("occlusionTexture").put("index", texture(p.occlusion(), bin, views, asset));
        }
    }

    private static int texture(byte[] file, ByteBuffer bin, ArrayNode views, ObjectNode asset) {
        String type = TilePicture.mediaType(file);
        if (type.isEmpty()) {
            throw new IllegalArgumentException("a tile's picture is neither JPEG, PNG nor KTX2");
        }
        views.addObject().put("buffer", 0).put("byteOffset", bin.position()).put("byteLength", file.length);
        bin.put(file);
        while (bin.position() % 4 != 0) {
            bin.put((byte) 0);
        }
        ArrayNode images = asset.withArray("/images");
        images.addObject().put("bufferView", views.size() - 1).put("mimeType", type);
        ArrayNode textures = asset.withArray("/textures");
        ObjectNode texture = textures.addObject().put("sampler", 0);
        if (type.equals(TilePicture.KTX2)) {
            texture.putObject("extensions").putObject(KTX2).put("source", images.size() - 1);
            require(asset, "extensionsUsed");
            require(asset, "extensionsRequired");
        } else {
            texture.put("source", images.size() - 1);
        }
        return textures.size() - 1;
    }

    /** Lists the extension of KTX2 under a key of the asset, once. */
    static void require(ObjectNode asset, String key) {
        ArrayNode list = asset.withArray("/" + key);
        for (JsonNode n : list) {
            if (n.asString("").equals(KTX2)) {
                return;
            }
        }
        list.add(KTX2);
    }

    /**
     * The pictures of a tile's primitive, their files copied out; null where its material has no picture of its colour, or
     * its vertices no places in one.
     *
     * @throws org.grotto.base.GrottoException where what is named is not there, or is none of what a tile has
     */
    static @Nullable TilePicture read(Gltf gltf, JsonNode primitive, int vertices) {
        if (!primitive.has("material")) {
            return null;
        }
        JsonNode material = gltf.item("materials", gltf.whole(primitive, "material"));
        JsonNode colour = material.path("pbrMetallicRoughness").path("baseColorTexture");
        if (!colour.isObject() || !primitive.path("attributes").has("TEXCOORD_0")) {
            return null;
        }
        JsonNode image = image(gltf, colour, "baseColorTexture");
        byte[] normal = optional(gltf, material, "normalTexture");
        byte[] occlusion = optional(gltf, material, "occlusionTexture");
        return new TilePicture(
                places(gltf, primitive.path("attributes"), vertices),
                bytes(gltf, image),
                image.path("mimeType").asString(""),
                normal,
                occlusion,
                material.path("alphaMode").asString("").equals("MASK"));
    }

    private static byte @Nullable [] optional(Gltf gltf, JsonNode material, String key) {
        JsonNode texture = material.path(key);
        return texture.isObject() ? bytes(gltf, image(gltf, texture, key)) : null;
    }

    private static JsonNode image(Gltf gltf, JsonNode texture, String key) {
        if (gltf.whole(texture, "texCoord", 0) != 0
                || texture.path("extensions").has("KHR_texture_transform")) {
            throw gltf.unsupported("a tile's " + key + " lies by TEXCOORD_0 as it is");
        }
        JsonNode t = gltf.item("textures", gltf.whole(texture, "index"));
        JsonNode basis = t.path("extensions").path(KTX2);
        return gltf.item("images", gltf.whole(t.has("source") ? t : basis, "source"));
    }

    private static byte[] bytes(Gltf gltf, JsonNode image) {
        if (!image.has("bufferView")) {
            throw gltf.unsupported("a tile's pictures stand in the tile itself");
        }
        ByteBuffer view = gltf.view(gltf.whole(image, "bufferView"));
        byte[] out = new byte[view.remaining()];
        view.get(view.position(), out);
        return out;
    }

    private static float[] places(Gltf gltf, JsonNode attributes, int vertices) {
        Accessor a = Accessor.of(gltf, gltf.whole(attributes, "TEXCOORD_0"));
        if (a.components() != 2 || a.count() != vertices) {
            throw gltf.bad("TEXCOORD_0 has " + a.count() + " elements of " + a.components() + " numbers, but there are "
                    + vertices + " vertices");
        }
        float[] uv = new float[2 * vertices];
        for (int i = 0; i < uv.length; i++) {
            float f = (float) a.value(i / 2, i % 2);
            if (!(f >= 0 && f <= 1)) {
                throw gltf.bad(
                        "vertex " + i / 2 + " lies at " + f + " in the tile's picture, which reaches from 0 to 1");
            }
            uv[i] = f;
        }
        return uv;
    }
}
