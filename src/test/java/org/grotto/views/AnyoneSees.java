package org.grotto.views;

import java.util.ArrayList;
import java.util.List;
import org.grotto.base.Work;
import org.grotto.geometry.Mesh;
import org.grotto.image.Camera;
import org.grotto.image.Glimpse;
import org.grotto.image.Raster;

/**
 * What a first view could show at the best, found by trying: from eyes over the floor all over a surface, in all directions.
 * A surface that is full of holes shows them from everywhere, and nobody stands a metre from the walls of a niche: bars for
 * first views that the surface itself does not reach are what it reaches.
 *
 * @param places how many places are inside, on floor
 * @param widest distance of the nearest stone from the eye that has most room, metres
 * @param stone the largest share of stone in a picture from an eye with nearly as much room, or a metre
 * @param highest height of the eye that a tenth of the places allow, metres; not more than a person's: nobody stands under
 *     a hole in a low ceiling
 */
record AnyoneSees(int places, double widest, double stone, double highest) {
    private static final int TRIED = 240;
    private static final int DIRECTIONS = 16;
    private static final double[] PITCHES = {-20, -5, 10};
    private static final double EYES = 1.6;
    private static final double METRE = 1;
    private static final double FEW = 0.1;

    private record Place(Panorama around, double nearest, double height) {}

    static AnyoneSees of(Mesh m, double fovDegrees, Work work) {
        Stone all = new Stone(m, false, true, work);
        List<Place> places = new ArrayList<>();
        double widest = 0;
        for (double[] foot : feet(m)) {
            double height = Math.min(EYES, 0.55 * gap(m, foot, work));
            if (height > 0) {
                Panorama p = new Panorama(all, new double[] {foot[0], foot[1], foot[2] + height});
                double[] around = p.around();
                if (around[2] < 0.03 && around[1] > 0.4) {
                    places.add(new Place(p, around[0], height));
                    widest = Math.max(widest, around[0]);
                }
            }
        }
        double[] heights = places.stream().mapToDouble(Place::height).sorted().toArray();
        double highest = heights.length == 0 ? 0 : heights[(int) ((1 - FEW) * (heights.length - 1))];
        double stone = 0;
        for (Place p : places) {
            if (p.nearest >= Math.min(METRE, 0.9 * widest) && p.height >= 0.9 * highest) {
                for (int k = 0; k < DIRECTIONS * PITCHES.length; k++) {
                    stone = Math.max(stone, stone(p.around, k, fovDegrees));
                }
            }
        }
        return new AnyoneSees(places.size(), widest, stone, highest);
    }

    private static double stone(Panorama p, int direction, double fovDegrees) {
        double[] d = Standing.direction(
                2 * Math.PI * direction / DIRECTIONS, Math.toRadians(PITCHES[direction / DIRECTIONS]));
        double[] e = p.eye;
        Camera c = Camera.perspective(e, new double[] {e[0] + d[0], e[1] + d[1], e[2] + d[2]}, fovDegrees, 0.02);
        Glimpse g = p.look(c, 64, 36);
        int n = g.shown().length;
        int stone = 0;
        for (int i = 0; i < n; i++) {
            stone += g.front(i) ? 1 : 0;
        }
        return (double) stone / n;
    }

    /** How far it is from a place on the floor to what is over it; a large number where that is nothing. */
    private static double gap(Mesh m, double[] foot, Work work) {
        double[] e = {foot[0], foot[1], foot[2] + 0.05};
        Camera c = Camera.perspective(e, new double[] {e[0], e[1], e[2] + 1}, 20, 0.01);
        Glimpse g = Raster.look(m, c, 3, 3, true, work);
        int middle = g.height() / 2 * g.width() + g.width() / 2;
        return g.front(middle) ? g.depth()[middle] + 0.05 : g.behind(middle) ? 0 : 1e3;
    }

    /** Places on what faces up, spread evenly over its area. */
    private static List<double[]> feet(Mesh m) {
        double all = 0;
        double[] area = new double[m.triangleCount()];
        for (int t = 0; t < area.length; t++) {
            double[] c = m.cross(t);
            double l = Math.sqrt(c[0] * c[0] + c[1] * c[1] + c[2] * c[2]);
            area[t] = l > 0 && c[2] > 0.8 * l ? l : 0;
            all += area[t];
        }
        List<double[]> out = new ArrayList<>();
        double passed = 0;
        double next = all / TRIED / 2;
        for (int t = 0; t < area.length; t++) {
            passed += area[t];
            for (; passed > next; next += all / TRIED) {
                double[] p = {m.originX, m.originY, m.originZ};
                for (int k = 0; k < 9; k++) {
                    p[k % 3] += m.xyz[3 * m.triangles[3 * t + k / 3] + k % 3] / 3.0;
                }
                out.add(p);
            }
        }
        return out;
    }
}
