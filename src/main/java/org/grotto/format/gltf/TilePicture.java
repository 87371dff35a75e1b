package org.grotto.format.gltf;

import org.jspecify.annotations.Nullable;

/**
 * The pictures that lie on one tile: of its colour and, by the same places, of its normals and of its occlusion (glTF 2.0,
 * clause 3.9.3). Nothing lies beyond their borders. Arrays are owned by the record: treat them as constant.
 *
 * @param uv two numbers a vertex: in widths of the picture from its left, in heights from its top, each 0 to 1
 * @param image the picture of its colour, sRGB: a whole file, JPEG, PNG or KTX2; not decoded, and perhaps damaged where a
 *     tile was read
 * @param mediaType of {@code image}; as the tile says where one was read, perhaps empty
 * @param normal the file of its normals in tangent space (x right, y up in the picture, z out of the stone), or null
 * @param occlusion the file whose red channel is the share of the light from around that arrives, linear, or null
 * @param holes whether pixels less than half opaque are holes (glTF: alphaMode MASK)
 */
public record TilePicture(
        float[] uv,
        byte[] image,
        String mediaType,
        byte @Nullable [] normal,
        byte @Nullable [] occlusion,
        boolean holes) {
    public static final String JPEG = "image/jpeg";
    public static final String PNG = "image/png";
    public static final String KTX2 = "image/ktx2";

    public TilePicture {
        for (float f : uv) {
            if (!(f >= 0 && f <= 1)) {
                throw new IllegalArgumentException("a place in a tile's picture at " + f);
            }
        }
    }

    public TilePicture(float[] uv, byte[] image, String mediaType) {
        this(uv, image, mediaType, null, null, false);
    }

    /** One without holes. */
    public TilePicture(
            float[] uv, byte[] image, String mediaType, byte @Nullable [] normal, byte @Nullable [] occlusion) {
        this(uv, image, mediaType, normal, occlusion, false);
    }

    /** What a file is by its first bytes: one of the three media types, or empty. */
    public static String mediaType(byte[] file) {
        if (begins(file, 0xFF, 0xD8, 0xFF)) {
            return JPEG;
        }
        if (begins(file, 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n')) {
            return PNG;
        }
        return begins(file, 0xAB, 'K', 'T', 'X', ' ', '2', '0', 0xBB, '\r', '\n', 0x1A, '\n') ? KTX2 : "";
    }

    private static boolean begins(byte[] file, int... with) {
        for (int i = 0; i < with.length; i++) {
            if (i >= file.length || (file[i] & 0xFF) != with[i]) {
                return false;
            }
        }
        return true;
    }
}
