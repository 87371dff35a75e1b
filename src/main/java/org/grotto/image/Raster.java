package org.grotto.image;

import org.grotto.base.Progress;
import org.grotto.base.Work;
import org.grotto.geometry.Mesh;
import org.jspecify.annotations.Nullable;

/**
 * Draws a mesh: which triangle every sample sees, then its light and colour.
 *
 * <p>Four samples a pixel. Corners are snapped to 1/256 of a sample and edges are decided in whole numbers with the
 * top-left rule (Pineda 1988), so that a closed mesh shows no cracks; what turns its back is not drawn, or marked as a back. The work goes by
 * bands of the picture, in each the triangles in the mesh's order: the same picture for any number of threads. Memory:
 * 12 bytes a vertex, about 4 a triangle in sight, 32 a pixel.
 */
public final class Raster {
    private static final int SUB = 256;
    private static final int BAND = 64;
    private static final int BLOCK = 1 << 15;
    static final int NOTHING = -1;

    private final Mesh mesh;
    private final RasterView view;
    private final Work work;
    private final int w;
    private final int h;
    private final int bands;
    /** Screen position of every vertex, 1/256 sample; {@link Integer#MIN_VALUE} in sx: nearer than the near plane. */
    private final int[] sx;

    private final int[] sy;
    /** Nearness: 1/depth, or -depth for parallel rays; linear on the screen. */
    private final float[] near;
    /** The triangle each sample shows, {@link #NOTHING}, or {@link #back} of one that turns its back. */
    private final int[] shown;
    /** Each sample's nearness, or null where nobody asks. */
    private final float @Nullable [] nearness;
    /** Whether triangles that turn their back are drawn. */
    private final boolean backs;

    private Raster(Mesh mesh, Camera camera, int width, int height, boolean backs, boolean deep, Work work) {
        this.mesh = mesh;
        this.backs = backs;
        this.work = work;
        this.w = 2 * width;
        this.h = 2 * height;
        this.bands = (h + BAND - 1) / BAND;
        this.view = new RasterView(mesh, camera, w, h);
        int n = mesh.vertexCount();
        sx = new int[n];
        sy = new int[n];
        near = new float[n];
        shown = new int[w * h];
        nearness = deep ? new float[w * h] : null;
    }

    /** The mark of a triangle seen from behind; its own inverse. */
    static int back(int t) {
        return -2 - t;
    }

    /**
     * Draws {@code mesh}.
     *
     * @param colours 0xRRGGBB of each vertex
     * @param background 0xRRGGBB where nothing is
     * @param backs whether triangles that turn their back are seen, in a plain colour, or seen through
     */
    public static Picture draw(
            Mesh mesh,
            Camera camera,
            int width,
            int height,
            int[] colours,
            Light light,
            int background,
            boolean backs,
            Work work) {
        check(width, height);
        try (Progress.Step step = work.progress().begin("drawing", mesh.triangleCount(), "triangles")) {
            Raster r = new Raster(mesh, camera, width, height, backs, false, work);
            r.project();
            r.see();
            step.advance(mesh.triangleCount());
            return new RasterShade(mesh, r.view, colours, light, camera)
                    .picture(r.shown, width, height, background, work);
        }
    }

    /**
     * What can be seen from a place, without light and colour: which triangles, and how far they are.
     *
     * @param backs whether triangles that turn their back are seen, or seen through
     */
    public static Glimpse look(Mesh mesh, Camera camera, int width, int height, boolean backs, Work work) {
        check(width, height);
        Raster r = new Raster(mesh, camera, width, height, backs, true, work);
        r.project();
        r.see();
        float[] depth = java.util.Objects.requireNonNull(r.nearness);
        for (int i = 0; i < depth.length; i++) {
            float n = depth[i];
            depth[i] = r.shown[i] == NOTHING ? Float.NaN : camera.perspective() ? 1 / n : -n;
        }
        return new Glimpse(r.w, r.h, r.shown, depth);
    }

    private static void check(int width, int height) {
        if (width < 1 || height < 1 || width > 1 << 13 || height > 1 << 13) {
            throw new IllegalArgumentException("a picture of " + width + " x " + height);
        }
    }

    private void project() {
        work.blocks(mesh.vertexCount(), BLOCK, (from, to) -> {
            double[] p = new double[3];
            for (int v = from; v < to; v++) {
                view.toCamera(v, p);
                if (p[2] < view.near) {
                    sx[v] = Integer.MIN_VALUE;
                } else {
                    sx[v] = view.screenX(p, SUB);
                    sy[v] = view.screenY(p, SUB);
                    near[v] = view.nearness(p[2]);
                }
            }
        });
    }

    /** Sorts triangles into bands by counting, then draws each band. */
    private void see() {
        int triangles = mesh.triangleCount();
        int blocks = (triangles + BLOCK - 1) / BLOCK;
        int[][] at = new int[blocks][];
        work.each(blocks, b -> {
            int[] count = new int[bands];
            for (int t = b * BLOCK; t < Math.min(triangles, (b + 1) * BLOCK); t++) {
                long range = range(t);
                for (int k = (int) (range >> 32); k <= (int) range; k++) {
                    count[k]++;
                }
            }
            at[b] = count;
        });
        int[][] list = new int[bands][];
        for (int k = 0; k < bands; k++) {
            int sum = 0;
            for (int[] a : at) {
                int c = a[k];
                a[k] = sum;
                sum += c;
            }
            list[k] = new int[sum];
        }
        work.each(blocks, b -> {
            for (int t = b * BLOCK; t < Math.min(triangles, (b + 1) * BLOCK); t++) {
                long range = range(t);
                for (int k = (int) (range >> 32); k <= (int) range; k++) {
                    list[k][at[b][k]++] = t;
                }
            }
        });
        work.each(bands, k -> band(k, list[k]));
    }

    /** First and last band a triangle may touch, as first &lt;&lt; 32 | last; an empty range where it is out of sight. */
    private long range(int t) {
        final long none = 1L << 32;
        int a = mesh.triangles[3 * t];
        int b = mesh.triangles[3 * t + 1];
        int c = mesh.triangles[3 * t + 2];
        int behind = (sx[a] == Integer.MIN_VALUE ? 1 : 0)
                + (sx[b] == Integer.MIN_VALUE ? 1 : 0)
                + (sx[c] == Integer.MIN_VALUE ? 1 : 0);
        if (behind > 0) {
            return behind == 3 ? none : bands - 1L;
        }
        long turn = ((long) sx[b] - sx[a]) * ((long) sy[c] - sy[a]) - ((long) sy[b] - sy[a]) * ((long) sx[c] - sx[a]);
        if (turn >= 0 && !(backs && turn > 0)) {
            return none; // on the screen y runs down, so a front turns the other way
        }
        int x0 = Math.min(sx[a], Math.min(sx[b], sx[c]));
        int x1 = Math.max(sx[a], Math.max(sx[b], sx[c]));
        int first = firstSample(Math.min(sy[a], Math.min(sy[b], sy[c])));
        int last = lastSample(Math.max(sy[a], Math.max(sy[b], sy[c])));
        if (first > last
                || firstSample(x0) > lastSample(x1)
                || last < 0
                || first >= h
                || lastSample(x1) < 0
                || firstSample(x0) >= w) {
            return none; // between the samples, or outside the picture
        }
        return (long) (Math.max(0, first) / BAND) << 32 | Math.min(h - 1, last) / BAND;
    }

    /** The first sample whose centre is at or beyond a place. */
    private static int firstSample(int s) {
        return (int) (((long) s + SUB / 2 - 1) >> 8);
    }

    private static int lastSample(int s) {
        return (int) (((long) s - SUB / 2) >> 8);
    }

    private void band(int k, int[] list) {
        int y0 = k * BAND;
        int y1 = Math.min(h, y0 + BAND);
        java.util.Arrays.fill(shown, y0 * w, y1 * w, NOTHING);
        float[] depth = new float[(y1 - y0) * w];
        java.util.Arrays.fill(depth, Float.NEGATIVE_INFINITY);
        double[] clip = new double[12];
        int[] px = new int[4];
        int[] py = new int[4];
        float[] pn = new float[4];
        for (int t : list) {
            int a = mesh.triangles[3 * t];
            int b = mesh.triangles[3 * t + 1];
            int c = mesh.triangles[3 * t + 2];
            if (sx[a] != Integer.MIN_VALUE && sx[b] != Integer.MIN_VALUE && sx[c] != Integer.MIN_VALUE) {
                fill(sx[a], sy[a], near[a], sx[b], sy[b], near[b], sx[c], sy[c], near[c], t, y0, y1, depth);
                if (backs) {
                    fill(sx[a], sy[a], near[a], sx[c], sy[c], near[c], sx[b], sy[b], near[b], back(t), y0, y1, depth);
                }
                continue;
            }
            int n = view.clip(a, b, c, clip);
            for (int i = 0; i < n; i++) {
                double[] p = {clip[3 * i], clip[3 * i + 1], clip[3 * i + 2]};
                px[i] = view.screenX(p, SUB);
                py[i] = view.screenY(p, SUB);
                pn[i] = view.nearness(p[2]);
            }
            for (int i = 2; i < n; i++) {
                fill(px[0], py[0], pn[0], px[i - 1], py[i - 1], pn[i - 1], px[i], py[i], pn[i], t, y0, y1, depth);
                if (backs) {
                    int u = back(t);
                    fill(px[0], py[0], pn[0], px[i], py[i], pn[i], px[i - 1], py[i - 1], pn[i - 1], u, y0, y1, depth);
                }
            }
        }
        if (nearness != null) {
            System.arraycopy(depth, 0, nearness, y0 * w, depth.length);
        }
    }

    /** Draws a triangle that turns counter-clockwise as it is seen; any other it leaves. */
    @SuppressWarnings("TooManyParameters")
    private void fill(
            int ax,
            int ay,
            float an,
            int bx,
            int by,
            float bn,
            int cx,
            int cy,
            float cn,
            int t,
            int y0,
            int y1,
            float[] depth) {
        long turn = ((long) cx - ax) * ((long) by - ay) - ((long) cy - ay) * ((long) bx - ax);
        if (turn <= 0) {
            return;
        }
        int left = Math.max(0, firstSample(Math.min(ax, Math.min(bx, cx))));
        int right = Math.min(w - 1, lastSample(Math.max(ax, Math.max(bx, cx))));
        int top = Math.max(y0, firstSample(Math.min(ay, Math.min(by, cy))));
        int bottom = Math.min(y1 - 1, lastSample(Math.max(ay, Math.max(by, cy))));
        if (left > right || top > bottom) {
            return;
        }
        long px = (long) left * SUB + SUB / 2;
        long py = (long) top * SUB + SUB / 2;
        // each edge's value is the weight of the opposite corner times the turn
        long ea = edge(bx, by, cx, cy, px, py);
        long eb = edge(cx, cy, ax, ay, px, py);
        long ec = edge(ax, ay, bx, by, px, py);
        long biasA = topLeft(bx, by, cx, cy);
        long biasB = topLeft(cx, cy, ax, ay);
        long biasC = topLeft(ax, ay, bx, by);
        long ax1 = SUB * ((long) cy - by);
        long bx1 = SUB * ((long) ay - cy);
        long cx1 = SUB * ((long) by - ay);
        long ay1 = SUB * ((long) bx - cx);
        long by1 = SUB * ((long) cx - ax);
        long cy1 = SUB * ((long) ax - bx);
        double scale = 1.0 / turn;
        for (int y = top; y <= bottom; y++) {
            long la = ea;
            long lb = eb;
            long lc = ec;
            for (int x = left; x <= right; x++) {
                if ((la + biasA | lb + biasB | lc + biasC) >= 0) {
                    float n = (float) ((la * (double) an + lb * (double) bn + lc * (double) cn) * scale);
                    int i = (y - y0) * w + x;
                    if (n > depth[i]) {
                        depth[i] = n;
                        shown[y * w + x] = t;
                    }
                }
                la += ax1;
                lb += bx1;
                lc += cx1;
            }
            ea += ay1;
            eb += by1;
            ec += cy1;
        }
    }

    private static long edge(int ax, int ay, int bx, int by, long px, long py) {
        return (px - ax) * ((long) by - ay) - (py - ay) * ((long) bx - ax);
    }

    /** 0 where samples on the edge belong to the triangle, -1 where they belong to its neighbour. */
    private static long topLeft(int ax, int ay, int bx, int by) {
        return by > ay || (by == ay && bx < ax) ? 0 : -1;
    }
}
