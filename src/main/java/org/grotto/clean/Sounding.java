package org.grotto.clean;

import java.util.Arrays;
import java.util.Set;
import org.grotto.geometry.Box;
import org.grotto.geometry.Cloud;
import org.grotto.geometry.Columns;
import org.grotto.geometry.PlaneFit;
import org.grotto.store.Store;
import org.jspecify.annotations.Nullable;

/**
 * Looks at one place of one station: how far its nearest neighbour lies, and the window of points around it as a
 * {@link Sheet}. Which points belong to the window is told by their direction from the station's eye alone (by their place
 * across the surface, where no eye is known), never by their depth, so that noise as large as the spacing or many times
 * larger chooses no neighbours. From an eye depth is taken as the inverse of range, in which planes are planes whatever
 * their incidence. All that is looked at are boxes around the place, so nothing depends on regions. One a thread.
 */
final class Sounding {
    private static final Set<String> NEEDS = Set.of(Columns.STATION.name());
    /** Points of the station looked for in a box, about. */
    private static final int WANTED = 300;

    private static final int FEWEST = 140;
    /** Points of all stations in a box, at most. */
    private static final int MOST = 400_000;
    /** Points of the station next to the place from which the first guess of the spacing is made. */
    private static final int NEAR = 12;
    /** Half of a box is more than this many standard deviations of the noise, so that it cuts no points off. */
    private static final double DEEP = 6;

    private final Store store;
    private final double[] near = new double[NEAR];
    private final double[] off = new double[Sheet.POINTS];
    private double[] pu = {};
    private double[] pv = {};
    private double[] pd = {};
    private double[] pw = {};
    private double[] far = {};
    private double[] key = {};
    private int count;
    private final PlaneFit plane = new PlaneFit();

    /** What {@link #window} found. */
    final Sheet sheet = new Sheet();
    /** Distance to the nearest other point of the station, metres; infinite where there is none. */
    double nearest;

    /** The place on the lattice. */
    int x;

    int y;
    int z;
    private double px;
    private double py;
    private double pz;
    private double guess;

    Sounding(Store store) {
        this.store = store;
    }

    /**
     * Goes to point {@code id} of {@code station} and finds its {@link #nearest} neighbour.
     *
     * @param station all points, where negative
     */
    void go(long id, int station) {
        long size = store.size();
        int found = 0;
        for (long half = 128; ; half *= 8) {
            long first = Math.max(0, id - half);
            Cloud c = store.run(first, Math.min(size, id + half + 1), NEEDS);
            found = nearest(c, (int) (id - first), station);
            if (found == NEAR || (first == 0 && id + half + 1 >= size)) {
                break;
            }
        }
        if (found == 0) {
            nearest = Double.POSITIVE_INFINITY;
            guess = 0;
            return;
        }
        guess = near[found - 1] * Math.sqrt(WANTED * Math.PI / (4 * found));
        // what lies within this is surely in the box, and something does
        nearest = near[0];
        double step = store.lattice().step();
        Cloud c = store.within(box(nearest + step), NEEDS);
        char[] of = c.station();
        for (int j = 0; j < c.size; j++) {
            if (station < 0 || (of != null && of[j] == station)) {
                double d = distance(c, j);
                if (d > 0 && d < nearest) {
                    nearest = d;
                }
            }
        }
    }

    private Box box(double half) {
        return new Box(px - half, py - half, pz - half, px + half, py + half, pz + half);
    }

    private double distance(Cloud c, int j) {
        double x = c.px(j) - px;
        double y = c.py(j) - py;
        double z = c.pz(j) - pz;
        return Math.sqrt(x * x + y * y + z * z);
    }

    /** The nearest of a run of points to one of them, ascending, in {@link #near}; gives how many. */
    private int nearest(Cloud c, int i, int station) {
        x = c.x[i];
        y = c.y[i];
        z = c.z[i];
        px = c.px(i);
        py = c.py(i);
        pz = c.pz(i);
        char[] of = c.station();
        int n = 0;
        for (int j = 0; j < c.size; j++) {
            if (station >= 0 && (of == null || of[j] != station)) {
                continue;
            }
            double d = distance(c, j);
            if (!(d > 0) || (n == NEAR && d >= near[n - 1])) {
                continue;
            }
            int at = n < NEAR ? n++ : n - 1;
            while (at > 0 && near[at - 1] > d) {
                near[at] = near[at - 1];
                at--;
            }
            near[at] = d;
        }
        return n;
    }

    /**
     * Measures the window around the place; {@link #sheet} holds what was found.
     *
     * @param eye where the station stood, or null
     * @return false where the station has no sheet of enough points there
     */
    boolean window(int station, double @Nullable [] eye) {
        if (!(guess > 0)) {
            return false;
        }
        double half = guess;
        for (int round = 0; round < 9; round++) {
            Cloud c = store.within(box(half), NEEDS);
            int[] own = own(c, station);
            if (own.length < FEWEST && round < 6 && c.size < store.size()) {
                half *= Math.min(2.5, Math.max(1.2, Math.sqrt((double) WANTED / Math.max(1, own.length))));
                continue;
            }
            if (own.length > 8 * WANTED && round == 0) {
                half *= Math.max(0.25, Math.sqrt((double) WANTED / own.length));
                continue;
            }
            if (own.length < Sheet.LEAST || c.size > MOST) {
                return false;
            }
            double reach = look(c, own, eye);
            if (!(reach >= 0)) {
                return false;
            }
            boolean whole = c.size == store.size();
            if (reach > 0.9 * half && !whole) {
                half *= 1.5;
                continue;
            }
            if (!sheet.measure(2 * store.lattice().step())) {
                // a box within the noise looks like a heap
                if (round < 2 && !whole) {
                    half *= 2;
                    continue;
                }
                return false;
            }
            double sigma = Math.sqrt(sheet.squares[Sheet.QUARTER] / sheet.freedom[Sheet.QUARTER]);
            if (half < DEEP * sigma && !whole) {
                half = Math.min(3 * half, Math.max(1.5 * half, 1.2 * DEEP * sigma));
                continue;
            }
            return true;
        }
        return false;
    }

    private static int[] own(Cloud c, int station) {
        char[] of = c.station();
        int[] own = new int[c.size];
        int n = 0;
        for (int j = 0; j < c.size; j++) {
            if (station < 0 || (of != null && of[j] == station)) {
                own[n++] = j;
            }
        }
        return Arrays.copyOf(own, n);
    }

    /** Puts the points nearest across the beams into the sheet; gives how far they reach along an axis, negative for none. */
    private double look(Cloud c, int[] own, double @Nullable [] eye) {
        if (own.length > pu.length) {
            int size = Math.max(own.length, 2 * pu.length);
            pu = new double[size];
            pv = new double[size];
            pd = new double[size];
            pw = new double[size];
            far = new double[size];
            key = new double[size];
        }
        if (eye == null ? !flat(c, own) : !seen(c, own, eye)) {
            return -1;
        }
        double reach = pick(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
        if (sheet.n < Sheet.LEAST || !sheet.plane(off)) {
            return -1;
        }
        return apart(reach);
    }

    /** Where the window holds two layers with nothing between them, the one of the place alone. */
    private double apart(double reach) {
        int n = sheet.n;
        double[] sorted = Arrays.copyOf(off, n);
        Arrays.sort(sorted);
        int from = n / 10;
        int to = n - 1 - n / 10;
        double gap = 0;
        double middle = 0;
        for (int k = from; k < to; k++) {
            if (sorted[k + 1] - sorted[k] > gap) {
                gap = sorted[k + 1] - sorted[k];
                middle = (sorted[k + 1] + sorted[k]) / 2;
            }
        }
        if (gap <= 0.5 * (sorted[to] - sorted[from])) {
            return reach;
        }
        // offsets from the window's plane of all points in the box, by the same plane
        double mu = 0;
        double mv = 0;
        double md = 0;
        for (int k = 0; k < n; k++) {
            mu += sheet.u[k] / n;
            mv += sheet.v[k] / n;
            md += (sheet.depth[k] - off[k] / sheet.weight[k]) / n;
        }
        double here = -md + sheet.slopeU * mu + sheet.slopeV * mv;
        for (int k = 0; k < count; k++) {
            pw[k] = Math.abs(pw[k]);
            double o = pw[k] * (pd[k] - md - sheet.slopeU * (pu[k] - mu) - sheet.slopeV * (pv[k] - mv));
            if (o > middle != here > middle) {
                pw[k] = -pw[k];
            }
        }
        double again = pick(0, Double.POSITIVE_INFINITY);
        return sheet.n < Sheet.LEAST || !sheet.plane(off) ? -1 : again;
    }

    /** The points as seen from the eye. */
    private boolean seen(Cloud c, int[] own, double[] eye) {
        double ax = px - eye[0];
        double ay = py - eye[1];
        double az = pz - eye[2];
        double range = Math.sqrt(ax * ax + ay * ay + az * az);
        if (!(range > 0)) {
            return false;
        }
        frame(ax / range, ay / range, az / range);
        count = 0;
        for (int j : own) {
            double x = c.px(j) - eye[0];
            double y = c.py(j) - eye[1];
            double z = c.pz(j) - eye[2];
            double d = x * nx + y * ny + z * nz;
            if (d < 0.2 * range) {
                continue;
            }
            double a = (x * ex + y * ey + z * ez) / d;
            double b = (x * fx + y * fy + z * fz) / d;
            double r = d / range;
            pu[count] = a * range;
            pv[count] = b * range;
            pd[count] = range * (1 - 1 / r);
            pw[count] = r * r * Math.sqrt(1 + a * a + b * b);
            far[count] = chebyshev(c, j);
            count++;
        }
        return true;
    }

    /** The points over the plane through them. */
    private boolean flat(Cloud c, int[] own) {
        plane.clear();
        for (int j : own) {
            plane.add(1, c.px(j) - px, c.py(j) - py, c.pz(j) - pz);
        }
        if (!plane.solve()) {
            return false;
        }
        frame(plane.normalX, plane.normalY, plane.normalZ);
        count = 0;
        for (int j : own) {
            double x = c.px(j) - px;
            double y = c.py(j) - py;
            double z = c.pz(j) - pz;
            pu[count] = x * ex + y * ey + z * ez;
            pv[count] = x * fx + y * fy + z * fz;
            pd[count] = x * nx + y * ny + z * nz;
            pw[count] = 1;
            far[count] = chebyshev(c, j);
            count++;
        }
        return true;
    }

    private double chebyshev(Cloud c, int j) {
        return Math.max(Math.abs(c.px(j) - px), Math.max(Math.abs(c.py(j) - py), Math.abs(c.pz(j) - pz)));
    }

    private double nx;
    private double ny;
    private double nz;
    private double ex;
    private double ey;
    private double ez;
    private double fx;
    private double fy;
    private double fz;

    private void frame(double x, double y, double z) {
        nx = x;
        ny = y;
        nz = z;
        boolean steep = Math.abs(z) > 0.7;
        ex = steep ? 0 : -y;
        ey = steep ? -z : x;
        ez = steep ? y : 0;
        double e = Math.sqrt(ex * ex + ey * ey + ez * ez);
        ex /= e;
        ey /= e;
        ez /= e;
        fx = ny * ez - nz * ey;
        fy = nz * ex - nx * ez;
        fz = nx * ey - ny * ex;
    }

    /** The points nearest across, of those whose weight lies in (least, most); gives how far they reach along an axis. */
    private double pick(double least, double most) {
        int n = 0;
        for (int k = 0; k < count; k++) {
            if (pw[k] > least && pw[k] < most) {
                key[n++] = pu[k] * pu[k] + pv[k] * pv[k];
            }
        }
        double last = Double.POSITIVE_INFINITY;
        if (n > Sheet.POINTS) {
            double[] sorted = Arrays.copyOf(key, n);
            Arrays.sort(sorted);
            last = sorted[Sheet.POINTS - 1];
        }
        int m = 0;
        double reach = 0;
        n = 0;
        for (int k = 0; k < count && m < Sheet.POINTS; k++) {
            if (!(pw[k] > least && pw[k] < most)) {
                continue;
            }
            if (key[n++] <= last) {
                sheet.u[m] = pu[k];
                sheet.v[m] = pv[k];
                sheet.depth[m] = pd[k];
                sheet.weight[m] = pw[k];
                reach = Math.max(reach, far[k]);
                m++;
            }
        }
        sheet.n = m;
        return reach;
    }
}
