package org.grotto.lod.atlas;

import java.util.List;
import org.grotto.image.Srgb;
import org.grotto.image.Texels;
import org.jspecify.annotations.Nullable;

/** Looks the pixels of a coarser tile's triangles, laid flat, up on the finest surface. One tile's. */
final class Laying {
    /** One look is as wide as this many pixels of the source at the most; wider pixels take several. */
    private static final int LOOK = 4;

    private final Pictures pictures;
    private final TileAtlas.Finest finest;
    private final TileAtlas.Search search;
    private final int[] triangles;
    private final float @Nullable [] corners;
    private final double pitch;
    private final double lift;
    /** The place on the triangle at hand: p + x * dx + y * dy, x and y in pixels of the picture. */
    private final double[] p = new double[3];

    private final double[] dx = new double[3];
    private final double[] dy = new double[3];
    /** Its corners in the picture, from the first, and twice its area. */
    private final double[] edge = new double[4];

    private double x0;
    private double y0;
    private double area;
    private int corner;

    private final double[] at = new double[3];
    private final double[] weight = new double[2];
    private final float[] rgb = new float[4];
    private final double[] normal = new double[3];
    private final double[] sum = new double[3];
    private final double[] u = new double[3];
    private final double[] v = new double[3];
    private final Frame3 source = new Frame3();
    private final Frame3 own = new Frame3();

    Laying(
            Pictures pictures,
            TileAtlas.Finest finest,
            TileAtlas.Search search,
            int[] triangles,
            float @Nullable [] corners,
            double pitch,
            double lift) {
        this.pictures = pictures;
        this.finest = finest;
        this.search = search;
        this.triangles = triangles;
        this.corners = corners;
        this.pitch = pitch;
        this.lift = lift;
    }

    void paint(List<Patch> patches, Sheets sheets) {
        Canvas.Owners owners = new Canvas.Owners(sheets.colour.width, sheets.colour.height);
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
        for (int y = 0; y < sheets.colour.height; y++) {
            for (int x = 0; x < sheets.colour.width; x++) {
                int t = owners.triangle[y * sheets.colour.width + x];
                if (t < 0) {
                    continue;
                }
                if (t != last) {
                    plane(t, place);
                    last = t;
                }
                look(x, y, sheets);
            }
        }
    }

    /** The map from pixels to places on triangle {@code t}, lifted. */
    private void plane(int t, double[] place) {
        corner = 3 * t;
        int a = 3 * triangles[corner];
        int b = 3 * triangles[corner + 1];
        int c = 3 * triangles[corner + 2];
        x0 = place[6 * t];
        y0 = place[6 * t + 1];
        for (int k = 0; k < 4; k++) {
            edge[k] = place[6 * t + 2 + k] - (k % 2 == 0 ? x0 : y0);
        }
        area = edge[0] * edge[3] - edge[1] * edge[2];
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
        double up = l > 0 ? lift / l : 0;
        double[] n = {nx * up, ny * up, nz * up};
        boolean flat = Math.abs(area) > 1e-9;
        for (int k = 0; k < 3; k++) {
            dx[k] = flat ? (e[k] * edge[3] - g[k] * edge[1]) / area : 0;
            dy[k] = flat ? (g[k] * edge[0] - e[k] * edge[2]) / area : 0;
            p[k] = xyz[a + k] - dx[k] * x0 - dy[k] * y0 + n[k];
        }
    }

    private void look(int x, int y, Sheets sheets) {
        int t = nearest(x + 0.5, y + 0.5);
        double wide = pitch / finest.pixel()[t]; // pixels of the source
        int side = wide > LOOK * 1.5 ? (int) Math.min(16, Math.round(wide / LOOK)) : 1;
        double step = Double.isNaN(wide) ? 1 : wide / side;
        float r = 0;
        float g = 0;
        float b = 0;
        double shade = 0;
        int opaque = 0;
        sum[0] = 0;
        sum[1] = 0;
        sum[2] = 0;
        for (int j = 0; j < side; j++) {
            for (int i = 0; i < side; i++) {
                int s = side == 1 ? t : nearest(x + (i + 0.5) / side, y + (j + 0.5) / side);
                Foot.of(finest.xyz(), finest.triangles(), s, at, weight);
                int c = pictures.sample(finest.source()[s], weight[0], weight[1], step, rgb);
                if (side == 1) {
                    sheets.colour.paint(x, y, c);
                } else {
                    r += Srgb.linear(c >> 16 & 255);
                    g += Srgb.linear(c >> 8 & 255);
                    b += Srgb.linear(c & 255);
                }
                if (sheets.opaque != null) {
                    opaque += pictures.opaqueOn(finest.source()[s], weight[0], weight[1], rgb);
                }
                if (sheets.normal != null) {
                    relief(s, step);
                }
                if (sheets.occlusion != null) {
                    shade += occlusion(finest.source()[s], step);
                }
            }
        }
        int n = side * side;
        if (side > 1) {
            sheets.colour.paint(x, y, Pictures.coded(r / n, g / n, b / n));
        }
        if (sheets.normal != null) {
            double b1 = area == 0 ? 0 : ((x + 0.5 - x0) * edge[3] - (y + 0.5 - y0) * edge[2]) / area;
            double b2 = area == 0 ? 0 : ((y + 0.5 - y0) * edge[0] - (x + 0.5 - x0) * edge[1]) / area;
            normal(triangles, corners, corner, b1, b2);
            sheets.normal.paint(x, y, own.set(dx, dy, normal).pixel(sum));
        }
        if (sheets.opaque != null) {
            sheets.opaque(x, y, opaque / n);
        }
        if (sheets.occlusion != null) {
            int o = (int) Math.round(255 * shade / n);
            sheets.occlusion.paint(x, y, o << 16 | o << 8 | o);
        }
    }

    private int nearest(double x, double y) {
        for (int k = 0; k < 3; k++) {
            at[k] = p[k] + x * dx[k] + y * dy[k];
        }
        return search.nearest(at[0], at[1], at[2]);
    }

    /** The shaded normal between a triangle's corners, by their weights. */
    private void normal(int[] of, float @Nullable [] own, int at3, double b1, double b2) {
        float[] n = own == null ? finest.normals() : own;
        int a = 3 * (own == null ? of[at3] : at3);
        int b = 3 * (own == null ? of[at3 + 1] : at3 + 1);
        int c = 3 * (own == null ? of[at3 + 2] : at3 + 2);
        double l = 0;
        for (int k = 0; k < 3; k++) {
            normal[k] = (1 - b1 - b2) * n[a + k] + b1 * n[b + k] + b2 * n[c + k];
            l += normal[k] * normal[k];
        }
        l = Math.sqrt(l);
        for (int k = 0; k < 3; k++) {
            normal[k] = l > 0 ? normal[k] / l : k == 2 ? 1 : 0;
        }
    }

    /** Adds the direction that finest triangle {@code s} and its picture of normals say at the place last looked at. */
    private void relief(int s, double step) {
        int t = finest.source()[s];
        normal(finest.triangles(), finest.corners(), 3 * s, weight[0], weight[1]);
        Texels x = pictures.normal(pictures.charts.material()[t]);
        if (x == null || !tangents(s, t)) {
            for (int k = 0; k < 3; k++) {
                sum[k] += normal[k];
            }
            return;
        }
        pictures.sample(x, t, weight[0], weight[1], step, rgb);
        source.set(u, v, normal).space(2 * rgb[0] - 1, 2 * rgb[1] - 1, 2 * rgb[2] - 1, at);
        for (int k = 0; k < 3; k++) {
            sum[k] += at[k];
        }
    }

    /** Where columns and rows of the picture run on a finest triangle; false where it has no extent in it. */
    private boolean tangents(int s, int t) {
        float[] uv = pictures.charts.uv();
        double u1 = uv[6 * t + 2] - uv[6 * t];
        double v1 = uv[6 * t + 3] - uv[6 * t + 1];
        double u2 = uv[6 * t + 4] - uv[6 * t];
        double v2 = uv[6 * t + 5] - uv[6 * t + 1];
        double det = u1 * v2 - u2 * v1;
        int a = 3 * finest.triangles()[3 * s];
        int b = 3 * finest.triangles()[3 * s + 1];
        int c = 3 * finest.triangles()[3 * s + 2];
        float[] xyz = finest.xyz();
        for (int k = 0; k < 3; k++) {
            double e = (double) xyz[b + k] - xyz[a + k];
            double g = (double) xyz[c + k] - xyz[a + k];
            u[k] = (e * v2 - g * v1) / det;
            v[k] = (g * u1 - e * u2) / det;
        }
        return det != 0;
    }

    private double occlusion(int t, double step) {
        Texels x = pictures.occlusion(pictures.charts.material()[t]);
        if (x == null) {
            return 1;
        }
        pictures.sample(x, t, weight[0], weight[1], step, rgb);
        return rgb[0];
    }
}
