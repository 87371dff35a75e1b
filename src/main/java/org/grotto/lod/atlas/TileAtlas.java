package org.grotto.lod.atlas;

import java.util.List;
import org.grotto.image.Jpeg;
import org.grotto.image.Srgb;
import org.grotto.image.Texels;

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
 * @param jpeg the picture
 * @param scale pixels for one that was asked for: less than 1 where all of them would not fit
 */
public record TileAtlas(int width, int height, float[] uv, byte[] jpeg, double scale) {
    /** Pixels a side; every graphics card has so many. */
    public static final int MOST = 8192;

    private static final float QUALITY = 0.95f;
    /** As many looks a pixel's side as make one look as wide as this many pixels of the source. */
    private static final int LOOK = 4;

    /** One thread's search of the finest surface. */
    public interface Search {
        /** The finest triangle nearest to a place, metres, in the frame of the tile's vertices. */
        int nearest(double x, double y, double z);
    }

    /**
     * The finest surface.
     *
     * @param xyz by vertex, metres
     * @param triangles three vertices each
     * @param source what each is called in the charts
     * @param pixel how wide the source's pixels are on each, metres
     */
    public record Finest(float[] xyz, int[] triangles, int[] source, float[] pixel) {}

    /**
     * Of a finest tile.
     *
     * @param vertices three a triangle
     * @param source what each triangle is called in the charts
     */
    public static TileAtlas cut(Pictures pictures, int[] vertices, int[] source) {
        for (double scale = 1; ; scale *= 0.8) {
            List<Patch> patches = SourcePatches.of(pictures, vertices, source, scale);
            int[] size = Packing.place(patches, MOST);
            if (size != null) {
                Canvas canvas = new Canvas(size[0], size[1]);
                copy(pictures, patches, source, scale, canvas);
                return made(patches, source.length, canvas, scale);
            }
        }
    }

    private static void copy(Pictures pictures, List<Patch> patches, int[] source, double scale, Canvas canvas) {
        Flat f = new Flat();
        float[] rgb = new float[4];
        for (Patch p : patches) {
            Texels x = pictures.colour(p.material);
            float[] times = {
                pictures.material(p.material).red(),
                pictures.material(p.material).green(),
                pictures.material(p.material).blue()
            };
            if (x == null) {
                int c = Pictures.coded(times[0], times[1], times[2]);
                for (int i = 0; i < p.width * p.height; i++) {
                    canvas.paint(p.x + i % p.width, p.y + i / p.width, c);
                }
                continue;
            }
            boolean same = scale == 1 && times[0] == 1 && times[1] == 1 && times[2] == 1;
            for (int i = 0; i < p.triangles.length; i++) {
                f.set(p.at, 6 * i, 0, 0);
                for (int b = f.top(); b <= f.bottom(); b++) {
                    for (int a = f.left(); a <= f.right(); a++) {
                        if (f.outside(a, b) >= Flat.RIM) {
                            continue;
                        }
                        if (same) {
                            int sx = Math.toIntExact(Math.floorMod(p.sourceX + a, 2L * x.width(0)));
                            int sy = Math.toIntExact(Math.floorMod(p.sourceY + b, 2L * x.height(0)));
                            canvas.paint(p.x + a, p.y + b, x.at(0, clamped(x, sx, p.sourceX + a, true), clamped(x, sy, p.sourceY + b, false)) & 0xFFFFFF);
                        } else {
                            double u = (p.sourceX + a + 0.5) / (x.width(0) * scale);
                            double v = (p.sourceY + b + 0.5) / (x.height(0) * scale);
                            x.sample(scale == 1 ? 0 : Math.min(2, (int) Math.round(-Math.log(scale) / Math.log(2))), u, v, rgb);
                            canvas.paint(p.x + a, p.y + b, Pictures.coded(rgb[0] * times[0], rgb[1] * times[1], rgb[2] * times[2]));
                        }
                    }
                }
            }
        }
    }

    /** A place as an int: what repeats may be far away, what is clamped stays beyond the border. */
    private static int clamped(Texels x, int folded, long place, boolean across) {
        boolean clamp = (across ? x.texture().wrapU() : x.texture().wrapV()) == org.grotto.geometry.Texture.Wrap.CLAMP;
        return clamp ? (int) Math.max(-1, Math.min(1 << 20, place)) : folded;
    }

    /**
     * Of a coarser tile.
     *
     * @param triangles three vertices each, of {@code finest.xyz}
     * @param pitch metres a pixel
     * @param lift metres; looked up from so far before the triangle, so that the front of a thin sheet is found
     */
    public static TileAtlas laid(
            Pictures pictures, Finest finest, Search search, int[] triangles, double pitch, double lift) {
        for (double scale = 1; ; scale *= 0.8) {
            double wide = pitch / scale;
            List<Patch> patches = PlanePatches.of(finest.xyz(), triangles, wide);
            int[] size = Packing.place(patches, MOST);
            if (size != null) {
                Canvas canvas = new Canvas(size[0], size[1]);
                new Laying(pictures, finest, search, triangles, wide, lift).paint(patches, canvas);
                return made(patches, triangles.length / 3, canvas, scale);
            }
        }
    }

    private static TileAtlas made(List<Patch> patches, int triangles, Canvas canvas, double scale) {
        canvas.fill();
        float[] uv = new float[6 * triangles];
        for (Patch p : patches) {
            for (int i = 0; i < p.triangles.length; i++) {
                for (int k = 0; k < 3; k++) {
                    uv[6 * p.triangles[i] + 2 * k] = (float) ((p.x + p.at[6 * i + 2 * k]) / canvas.width);
                    uv[6 * p.triangles[i] + 2 * k + 1] = (float) ((p.y + p.at[6 * i + 2 * k + 1]) / canvas.height);
                }
            }
        }
        byte[] jpeg = Jpeg.encode(canvas.rgb, canvas.width, canvas.height, QUALITY);
        return new TileAtlas(canvas.width, canvas.height, uv, jpeg, scale);
    }

    /** Looks the pixels of triangles laid flat up on the finest surface. */
    private static final class Laying {
        private final Pictures pictures;
        private final Finest finest;
        private final Search search;
        private final int[] triangles;
        private final double pitch;
        private final double lift;
        /** The place on the triangle at hand: p + x * dx + y * dy, x and y in pixels of the picture. */
        private final double[] p = new double[3];

        private final double[] dx = new double[3];
        private final double[] dy = new double[3];
        private final double[] at = new double[3];
        private final double[] weight = new double[2];
        private final float[] rgb = new float[4];

        Laying(Pictures pictures, Finest finest, Search search, int[] triangles, double pitch, double lift) {
            this.pictures = pictures;
            this.finest = finest;
            this.search = search;
            this.triangles = triangles;
            this.pitch = pitch;
            this.lift = lift;
        }

        void paint(List<Patch> patches, Canvas canvas) {
            Canvas.Owners owners = new Canvas.Owners(canvas.width, canvas.height);
            double[] place = new double[2 * triangles.length];
            Flat f = new Flat();
            for (Patch patch : patches) {
                for (int i = 0; i < patch.triangles.length; i++) {
                    int t = patch.triangles[i];
                    for (int k = 0; k < 6; k++) {
                        place[6 * t + k] = patch.at[6 * i + k] + (k % 2 == 0 ? patch.x : patch.y);
                    }
                    owners.claim(f.set(place, 6 * t, 0, 0), t);
                }
            }
            int last = -1;
            for (int y = 0; y < canvas.height; y++) {
                for (int x = 0; x < canvas.width; x++) {
                    int t = owners.triangle[y * canvas.width + x];
                    if (t < 0) {
                        continue;
                    }
                    if (t != last) {
                        plane(t, place);
                        last = t;
                    }
                    canvas.paint(x, y, look(x, y));
                }
            }
        }

        /** The map from pixels to places on triangle {@code t}, lifted. */
        private void plane(int t, double[] place) {
            int a = 3 * triangles[3 * t];
            int b = 3 * triangles[3 * t + 1];
            int c = 3 * triangles[3 * t + 2];
            double ux = place[6 * t + 2] - place[6 * t];
            double uy = place[6 * t + 3] - place[6 * t + 1];
            double vx = place[6 * t + 4] - place[6 * t];
            double vy = place[6 * t + 5] - place[6 * t + 1];
            double area = ux * vy - uy * vx;
            float[] xyz = finest.xyz();
            double[] e = new double[3];
            double[] g = new double[3];
            for (int k = 0; k < 3; k++) {
                e[k] = (double) xyz[b + k] - xyz[a + k];
                g[k] = (double) xyz[c + k] - xyz[a + k];
            }
            double nx = e[1] * g[2] - e[2] * g[1];
            double ny = e[2] * g[0] - e[0] * g[2];
            double nz = e[0] * g[1] - e[1] * g[0];
            double l = Math.sqrt(nx * nx + ny * ny + nz * nz);
            double[] n = l > 0 ? new double[] {nx / l, ny / l, nz / l} : new double[3];
            boolean flat = Math.abs(area) > 1e-9;
            for (int k = 0; k < 3; k++) {
                dx[k] = flat ? (e[k] * vy - g[k] * uy) / area : 0;
                dy[k] = flat ? (g[k] * ux - e[k] * vx) / area : 0;
                p[k] = xyz[a + k] - dx[k] * place[6 * t] - dy[k] * place[6 * t + 1] + lift * n[k];
            }
        }

        private int look(int x, int y) {
            int t = nearest(x + 0.5, y + 0.5);
            double wide = pitch / finest.pixel()[t]; // pixels of the source
            int side = wide > LOOK * 1.5 ? (int) Math.min(16, Math.round(wide / LOOK)) : 1;
            if (side == 1) {
                return colour(t, wide);
            }
            float r = 0;
            float g = 0;
            float b = 0;
            for (int j = 0; j < side; j++) {
                for (int i = 0; i < side; i++) {
                    int s = nearest(x + (i + 0.5) / side, y + (j + 0.5) / side);
                    int c = colour(s, wide / side);
                    r += Srgb.linear(c >> 16 & 255);
                    g += Srgb.linear(c >> 8 & 255);
                    b += Srgb.linear(c & 255);
                }
            }
            int n = side * side;
            return Pictures.coded(r / n, g / n, b / n);
        }

        private int nearest(double x, double y) {
            for (int k = 0; k < 3; k++) {
                at[k] = p[k] + x * dx[k] + y * dy[k];
            }
            return search.nearest(at[0], at[1], at[2]);
        }

        /** The colour of finest triangle {@code t} next to the place last asked for. */
        private int colour(int t, double wide) {
            Foot.of(finest.xyz(), finest.triangles(), t, at, weight);
            return pictures.sample(finest.source()[t], weight[0], weight[1], Double.isNaN(wide) ? 1 : wide, rgb);
        }
    }
}
