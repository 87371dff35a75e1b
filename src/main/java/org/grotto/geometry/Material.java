package org.grotto.geometry;

import org.jspecify.annotations.Nullable;

/**
 * What the triangles of a part of a mesh are made of.
 *
 * @param name the file's own, or its number
 * @param red linear light, 0 to 1, with green and blue: multiplies the picture, or is the colour where there is none
 * @param colour the picture of its colour, sRGB, or null
 * @param normal the picture of its normals in tangent space (glTF: x right, y up in the picture, z out), or null
 * @param occlusion the picture whose red channel is the share of light from around that arrives, linear, or null
 * @param cutout pixels whose alpha is below this are holes, 0 to 1; 0 where nothing is cut out
 * @param opacity a picture of its own in place of the colour's alpha: its alpha, or where that is 1 everywhere its red
 *     channel; null where the colour's counts
 */
public record Material(
        String name,
        float red,
        float green,
        float blue,
        @Nullable Texture colour,
        @Nullable Texture normal,
        @Nullable Texture occlusion,
        float cutout,
        @Nullable Texture opacity) {
    /** One whose holes, if any, are the colour's. */
    public Material(
            String name,
            float red,
            float green,
            float blue,
            @Nullable Texture colour,
            @Nullable Texture normal,
            @Nullable Texture occlusion,
            float cutout) {
        this(name, red, green, blue, colour, normal, occlusion, cutout, null);
    }

    /** A material of one colour, linear light. */
    public static Material of(String name, float red, float green, float blue) {
        return new Material(name, red, green, blue, null, null, null, 0);
    }

    /** White, as triangles without a material are. */
    public static Material plain() {
        return of("", 1, 1, 1);
    }

    /** Whether any picture lies on it. */
    public boolean pictured() {
        return colour != null || normal != null || occlusion != null;
    }
}
