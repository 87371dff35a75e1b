package org.grotto.format.gltf;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.grotto.format.Remarks;
import org.grotto.geometry.Texture;
import org.grotto.image.Ktx2;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The pictures of a glTF asset where they lie: a file beside it, bytes of a buffer, text in its JSON. What is not there, or
 * coded as neither JPEG, PNG nor KTX2 of UASTC, is named as lost; where a texture has a plain picture to fall back to, that is taken.
 */
final class GltfImages {
    private static final List<String> CODED =
            List.of("KHR_texture_basisu", "EXT_texture_webp", "EXT_texture_avif", "MSFT_texture_dds");

    private static final String OTHER = "pictures that are neither JPEG, PNG nor KTX2";

    private final Gltf gltf;
    private final Remarks remarks;
    private final Map<Long, @Nullable Texture> textures = new HashMap<>();

    GltfImages(Gltf gltf, Remarks remarks) {
        this.gltf = gltf;
        this.remarks = remarks;
    }

    @Nullable
    Texture texture(long index) {
        if (!textures.containsKey(index)) {
            textures.put(index, gltf.tolerant(() -> load(index), "damaged pictures", remarks));
        }
        return textures.get(index);
    }

    private @Nullable Texture load(long index) {
        JsonNode json = gltf.item("textures", index);
        JsonNode basis = json.path("extensions").path(TilePictures.KTX2);
        String coded =
                CODED.stream().filter(json.path("extensions")::has).findFirst().orElse(null);
        if (!json.has("source") && !basis.has("source")) {
            remarks.lost(
                    coded == null ? "textures without a picture" : OTHER, coded == null ? "texture " + index : coded);
            return null;
        }
        boolean plain = json.has("source");
        long image = gltf.whole(plain ? json : basis, "source");
        Texture t = image(
                gltf.item("images", image), "image " + image, !plain, sampler(json, "wrapS"), sampler(json, "wrapT"));
        if (!plain) {
            return t;
        }
        if (t != null && coded != null) {
            remarks.understood("the plain pictures in place of the coded ones", coded);
        }
        return t;
    }

    private Texture.Wrap sampler(JsonNode texture, String key) {
        if (!texture.has("sampler")) {
            return Texture.Wrap.REPEAT;
        }
        return switch ((int) gltf.whole(gltf.item("samplers", gltf.whole(texture, "sampler")), key, 10497)) {
            case 33071 -> Texture.Wrap.CLAMP;
            case 33648 -> Texture.Wrap.MIRROR;
            default -> Texture.Wrap.REPEAT;
        };
    }

    /** @param coded whether it must be KTX2 */
    private @Nullable Texture image(JsonNode json, String number, boolean coded, Texture.Wrap u, Texture.Wrap v) {
        String own = json.path("name").asString("");
        String name = own.isEmpty() ? number : own;
        Gltf.Part part;
        String uri = json.path("uri").asString("");
        if (json.has("bufferView")) {
            part = gltf.part(gltf.whole(json, "bufferView"));
        } else {
            name = uri.startsWith("data:") ? name : uri;
            part = uri.isEmpty() ? null : gltf.picture(uri, name, remarks);
        }
        if (part == null) {
            if (uri.isEmpty()) {
                remarks.lost("pictures that are not there", name);
            }
            return null;
        }
        String kind = kind(part.begin());
        if (!kind.isEmpty()) {
            remarks.lost(OTHER, name + " (" + kind + ")");
            return null;
        }
        if (coded && !isKtx2(part.begin())) {
            remarks.lost(OTHER, TilePictures.KTX2);
            return null;
        }
        Path file = part.file();
        Texture t = file != null && part.length() < 0
                ? new Texture(String.valueOf(file.getFileName()), file, 0, -1, null, u, v)
                : new Texture(name, file, part.from(), part.length(), part.bytes(), u, v);
        return isKtx2(part.begin()) && !read(t, name) ? null : t;
    }

    private static boolean isKtx2(ByteBuffer b) {
        byte[] first = new byte[Math.min(16, b.remaining())];
        b.duplicate().get(first);
        return Ktx2.is(first);
    }

    /** Whether a KTX2 picture holds what is decoded here; else it is named as lost, with what it is. */
    private boolean read(Texture t, String name) {
        try {
            Ktx2.open(t.read());
            return true;
        } catch (IOException e) {
            remarks.lost("pictures that are not decoded", name + ", " + e.getMessage());
            return false;
        }
    }

    /** The coding that nobody here reads; empty where it is not known to be one. */
    private static String kind(ByteBuffer b) {
        if (b.remaining() < 12) {
            return "";
        }
        int first = b.get(0) & 255;
        if (first == 0xAB && b.get(1) == 'K' && b.get(2) == 'T' && b.get(3) == 'X' && !isKtx2(b)) {
            return "KTX";
        }
        if (first == 'R' && b.get(1) == 'I' && b.get(8) == 'W' && b.get(9) == 'E' && b.get(10) == 'B') {
            return "WebP";
        }
        if (b.get(4) == 'f' && b.get(5) == 't' && b.get(6) == 'y' && b.get(7) == 'p') {
            return "AVIF";
        }
        return first == 'D' && b.get(1) == 'D' && b.get(2) == 'S' && b.get(3) == ' ' ? "DDS" : "";
    }
}
