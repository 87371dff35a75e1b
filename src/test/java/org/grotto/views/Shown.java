package org.grotto.views;

import org.grotto.base.Work;
import org.grotto.geometry.Mesh;
import org.grotto.geometry.TriangleTree;
import org.grotto.image.Camera;
import org.grotto.image.Glimpse;
import org.grotto.image.Raster;
import org.grotto.scene.CaveInfo.View;

/**
 * What the picture of a view shows, measured on the picture.
 *
 * @param stone share of samples with faces of stone
 * @param behind with stone from behind
 * @param open with nothing
 * @param nearest distance of the nearest stone from the eye, in any direction, metres
 * @param floor height of the eye over what lies below it, metres; NaN where that is nothing or is seen from behind
 * @param side the longer side of what is shown, beside the picture's
 * @param cropped whether stone reaches the picture's rim
 */
record Shown(double stone, double behind, double open, double nearest, double floor, double side, boolean cropped) {
    static final int WIDTH = 480;
    static final int HEIGHT = 270;

    /** Of a view of a mesh, in a picture of 16 : 9; {@code backs} whether stone from behind hides what is beyond. */
    static Shown of(Mesh m, View v, boolean backs, Work work) {
        Glimpse g = Raster.look(m, camera(v), WIDTH, HEIGHT, backs, work);
        int w = g.width();
        int h = g.height();
        int n = g.shown().length;
        int stone = 0;
        int behind = 0;
        int x0 = w;
        int x1 = -1;
        int y0 = h;
        int y1 = -1;
        for (int i = 0; i < n; i++) {
            stone += g.front(i) ? 1 : 0;
            behind += g.behind(i) ? 1 : 0;
            if (g.front(i) || g.behind(i)) {
                x0 = Math.min(x0, i % w);
                x1 = Math.max(x1, i % w);
                y0 = Math.min(y0, i / w);
                y1 = Math.max(y1, i / w);
            }
        }
        double[] e = v.eye();
        return new Shown(
                (double) stone / n,
                (double) behind / n,
                1 - (double) (stone + behind) / n,
                new TriangleTree(m, work).distance(e[0], e[1], e[2], Double.POSITIVE_INFINITY),
                floor(m, e, work),
                x1 < 0 ? 0 : Math.max((double) (x1 - x0 + 1) / w, (double) (y1 - y0 + 1) / h),
                x0 == 0 || y0 == 0 || x1 == w - 1 || y1 == h - 1);
    }

    static Camera camera(View v) {
        double d = 0;
        for (int k = 0; k < 3; k++) {
            d += (v.eye()[k] - v.target()[k]) * (v.eye()[k] - v.target()[k]);
        }
        return Camera.perspective(v.eye(), v.target(), v.fovDegrees(), 1e-3 * Math.sqrt(d));
    }

    private static double floor(Mesh m, double[] e, Work work) {
        Camera c = Camera.perspective(e, new double[] {e[0], e[1], e[2] - 1}, 20, 0.01);
        Glimpse down = Raster.look(m, c, 9, 9, true, work);
        int middle = down.height() / 2 * down.width() + down.width() / 2;
        return down.front(middle) ? down.depth()[middle] : Double.NaN;
    }
}
