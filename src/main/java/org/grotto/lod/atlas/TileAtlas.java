package org.grotto.lod.atlas;

import java.util.List;
import org.grotto.base.Work;
import org.grotto.geometry.Material;
import org.grotto.geometry.Texture;
import org.grotto.image.Jpeg;
import org.grotto.image.Ktx2;
import org.grotto.image.Ktx2Writer;
import org.grotto.image.Png;
import org.grotto.image.Texels;
import org.jspecify.annotations.Nullable;

/**
 * One tile's picture: the charts of its triangles packed into a rectangle, each with a gutter.
 *
 * <p>A finest tile's charts are pieces of the source, moved by whole pixels: the same pixels, so the tile shows what the
 * source shows. A coarser tile's triangles are laid flat and their pixels looked up on the finest surface, so tiles that
 * meet take the same colour from the same place there. Same tile, same bytes; of a tile nothing but its triangles, the
 * finest surface near them and the pictures is read.
 *
 * @param width pixels
 * @param height pixels
 * @param uv places of the triangles' corners, six numbers a triangle, 0 to 1 from the left and top
 * @param image the picture of its colour: JPEG, or PNG where it has holes; or KTX2
 * @param holes whether pixels less than half opaque are holes
 * @param normal the picture of its normals in tangent space, or null where the mesh has none
 * @param occlusion the picture of the share of light from around, or null
 * @param scale pixels for one that was asked for: less than 1 where all of them would not fit
 */
public record TileAtlas(
        int width,
        int height,
        float[] uv,
        byte[] image,
        boolean holes,
        byte @Nullable [] normal,
        byte @Nullable [] occlusion,
        double scale) {
    /** Pixels a side; every graphics card has so many. */
    public static final int MOST = 8192;

    private static final float QUALITY = 0.95f;
    /** A pixel of normals where stone is flat. */
    static final int FLAT = 0x8080FF;

    /** One thread's search of the finest surface. */
    public interface Search {
        /** The finest triangle nearest to a place, metres, in the frame of the tile's vertices. */
        int nearest(double x, double y, double z);
    }

    /**
     * The finest surface.
     *
     * @param xyz by vertex, metres
     * @param normals by vertex, unit length
     * @param corners by corner of the triangles, where vertices have several; else null
     * @param triangles three vertices each
     * @param source what each is called in the charts
     * @param pixel how wide the source's pixels are on each, metres
     */
    public record Finest(
            float[] xyz, float[] normals, float @Nullable [] corners, int[] triangles, int[] source, float[] pixel) {}

    /**
     * Of a finest tile.
     *
     * @param vertices three a triangle
     * @param source what each triangle is called in the charts
     * @param files how its pictures are written
     */
    public static TileAtlas cut(Pictures pictures, int[] vertices, int[] source, Files files) {
        for (double scale = 1; ; scale *= 0.8) {
            List<Patch> patches = SourcePatches.of(pictures, vertices, source, scale);
            int[] size = Packing.place(patches, MOST);
            if (size != null) {
                Sheets sheets = new Sheets(pictures, size[0], size[1]);
                for (Patch p : patches) {
                    copy(pictures, p, scale, sheets);
                }
                return made(patches, source.length, sheets, scale, files);
            }
        }
    }

    /** Copies a patch's pixels, and one around each triangle. */
    private static void copy(Pictures pictures, Patch p, double asked, Sheets sheets) {
        double scale = asked * pictures.share(p.material);
        Material of = pictures.material(p.material);
        Texels x = pictures.colour(p.material);
        if (x == null) {
            int c = Pictures.coded(of.red(), of.green(), of.blue());
            for (int i = 0; i < p.width * p.height; i++) {
                sheets.plain(p.x + i % p.width, p.y + i / p.width);
                sheets.colour.paint(p.x + i % p.width, p.y + i / p.width, c);
                sheets.opaque(p.x + i % p.width, p.y + i / p.width, 255);
            }
            return;
        }
        boolean same = scale == 1 && of.red() == 1 && of.green() == 1 && of.blue() == 1;
        int level = x.level(scale);
        Texels normal = pictures.normal(p.material);
        Texels occlusion = pictures.occlusion(p.material);
        Flat f = new Flat();
        float[] rgb = new float[4];
        for (int i = 0; i < p.triangles.length; i++) {
            f.set(p.at, 6 * i, 0, 0);
            for (int b = f.top(); b <= f.bottom(); b++) {
                for (int a = f.left(); a <= f.right(); a++) {
                    if (f.outside(a, b) >= Flat.RIM) {
                        continue;
                    }
                    double u = (p.sourceX + a + 0.5) / (x.width(0) * scale);
                    double v = (p.sourceY + b + 0.5) / (x.height(0) * scale);
                    if (same) {
                        int c = x.at(0, near(x, p.sourceX + a, true), near(x, p.sourceY + b, false));
                        sheets.colour.paint(p.x + a, p.y + b, c & 0xFFFFFF);
                    } else {
                        x.sample(level, u, v, rgb);
                        sheets.colour.paint(
                                p.x + a,
                                p.y + b,
                                Pictures.coded(rgb[0] * of.red(), rgb[1] * of.green(), rgb[2] * of.blue()));
                    }
                    sheets.plain(p.x + a, p.y + b);
                    if (sheets.opaque != null) {
                        sheets.opaque(p.x + a, p.y + b, pictures.opaque(p.material, u, v, rgb));
                    }
                    if (sheets.normal != null && normal != null) {
                        normal.sample(level, u, v, rgb);
                        sheets.normal.paint(p.x + a, p.y + b, shares(rgb[0], rgb[1], rgb[2]));
                    }
                    if (sheets.occlusion != null && occlusion != null) {
                        occlusion.sample(level, u, v, rgb);
                        sheets.occlusion.paint(p.x + a, p.y + b, shares(rgb[0], rgb[0], rgb[0]));
                    }
                }
            }
        }
    }

    private static int shares(float r, float g, float b) {
        return Math.round(255 * r) << 16 | Math.round(255 * g) << 8 | Math.round(255 * b);
    }

    /** A place as an int that lies as the long does: what repeats is folded, what is drawn out stays beyond the border. */
    private static int near(Texels x, long place, boolean across) {
        Texture t = x.texture();
        return (across ? t.wrapU() : t.wrapV()) == Texture.Wrap.CLAMP
                ? (int) Math.max(-1, Math.min(1 << 20, place))
                : Math.toIntExact(Math.floorMod(place, 2L * (across ? x.width(0) : x.height(0))));
    }

    /**
     * Of a coarser tile.
     *
     * @param triangles three vertices each, of {@code finest.xyz}
     * @param corners normals of their corners, where vertices have several; else null
     * @param pitch metres a pixel
     * @param lift metres; looked up from so far before the triangle, so that the front of a thin sheet is found
     * @param files how its pictures are written
     */
    public static TileAtlas laid(
            Pictures pictures,
            Finest finest,
            Search search,
            int[] triangles,
            float @Nullable [] corners,
            double pitch,
            double lift,
            Files files) {
        for (double scale = 1; ; scale *= 0.8) {
            double wide = pitch / scale;
            List<Patch> patches = PlanePatches.of(finest.xyz(), triangles, wide);
            int[] size = Packing.place(patches, MOST);
            if (size != null) {
                Sheets sheets = new Sheets(pictures, size[0], size[1]);
                new Laying(pictures, finest, search, triangles, corners, wide, lift).paint(patches, sheets);
                return made(patches, triangles.length / 3, sheets, scale, files);
            }
        }
    }

    private static TileAtlas made(List<Patch> patches, int triangles, Sheets sheets, double scale, Files files) {
        Canvas canvas = sheets.colour;
        float[] uv = new float[6 * triangles];
        for (Patch p : patches) {
            for (int i = 0; i < p.triangles.length; i++) {
                for (int k = 0; k < 3; k++) {
                    uv[6 * p.triangles[i] + 2 * k] = (float) ((p.x + p.at[6 * i + 2 * k]) / canvas.width);
                    uv[6 * p.triangles[i] + 2 * k + 1] = (float) ((p.y + p.at[6 * i + 2 * k + 1]) / canvas.height);
                }
            }
        }
        return new TileAtlas(
                canvas.width,
                canvas.height,
                uv,
                files.colour(canvas, sheets.holes() ? sheets.opaque : null),
                sheets.holes(),
                sheets.normal == null ? null : files.numbers(sheets.normal, Ktx2.Channels.RGB),
                sheets.occlusion == null ? null : files.numbers(sheets.occlusion, Ktx2.Channels.RRR),
                scale);
    }

    /**
     * How pictures become files.
     *
     * @param ktx2 else JPEG, and PNG where there are holes
     * @param work encodes KTX2
     */
    public record Files(boolean ktx2, Work work) {
        private byte[] colour(Canvas c, @Nullable Canvas opaque) {
            c.fill();
            if (opaque == null) {
                return ktx2 ? ktx2(c, null, true, Ktx2.Channels.RGB) : Jpeg.encode(c.rgb, c.width, c.height, QUALITY);
            }
            opaque.fill();
            if (ktx2) {
                return ktx2(c, opaque, true, Ktx2.Channels.RGBA);
            }
            int[] argb = new int[c.rgb.length];
            for (int i = 0; i < argb.length; i++) {
                argb[i] = opaque.rgb[i] << 24 | c.rgb[i] & 0xFFFFFF;
            }
            return Png.encode(argb, c.width, c.height);
        }

        private byte[] numbers(Canvas c, Ktx2.Channels channels) {
            c.fill();
            return ktx2 ? ktx2(c, null, false, channels) : Jpeg.encode(c.rgb, c.width, c.height, QUALITY);
        }

        private byte[] ktx2(Canvas c, @Nullable Canvas opaque, boolean coded, Ktx2.Channels channels) {
            byte[] rgba = new byte[4 * c.rgb.length];
            for (int i = 0; i < c.rgb.length; i++) {
                rgba[4 * i] = (byte) (c.rgb[i] >> 16);
                rgba[4 * i + 1] = (byte) (c.rgb[i] >> 8);
                rgba[4 * i + 2] = (byte) c.rgb[i];
                rgba[4 * i + 3] = opaque == null ? (byte) 255 : (byte) opaque.rgb[i];
            }
            return Ktx2Writer.encode(rgba, c.width, c.height, coded, channels, work);
        }
    }
}
