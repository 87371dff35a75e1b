package org.grotto.clean;

import java.util.BitSet;
import java.util.Locale;
import java.util.Set;
import org.grotto.geometry.Box;
import org.grotto.geometry.Cloud;
import org.grotto.store.Craft;
import org.grotto.store.Engine;
import org.grotto.store.Store;

/**
 * Which side of a surface is open, judged by rays through a coarse grid of occupied cells. A ray that leaves the bounding
 * box has gone into the open round an object, but into the rock round a room: a free path counts by its length, a path
 * that leaves counts as the longest for an object and as nothing for a room, and the side with more free path is open.
 *
 * <p>Object or room: a room has something above more than half of its ground plan, and is over 2.5 m long or has more than
 * a tenth of its points where none of 26 directions leads out (the scanner must have been inside); an object or open ground
 * otherwise. Where it is known to be open ground, ground faces up and says so for all that is joined to it.
 */
final class OpenSide {
    private static final int CELLS = 96;
    private static final double ROOM_SIZE = 2.5;
    /** On open ground the way down leads out, too, and what stands on the ground covers the way up: down counts less. */
    private static final double DOWN = 0.1;
    /** What a vote still counts where both ways lead out: open ground, or a plate too thin for the grid. */
    private static final double DOUBTFUL = 0.02;

    private final Box box;
    private final boolean large;
    private final double cell;
    private final int nx;
    private final int ny;
    private final int nz;
    private final BitSet occupied = new BitSet();
    private String reason = "";

    private OpenSide(Box b, long points, double step) {
        // coarse enough that a surface closes: about nine points a cell at least
        double perCell = Math.sqrt(9.0 * 6 / Math.max(1, points)) * b.longest();
        this.cell = Math.max(Math.max(b.longest() / CELLS, perCell), step);
        this.box = b.grow(cell * 0.01);
        this.large = b.longest() > ROOM_SIZE;
        this.nx = (int) (box.sizeX() / cell) + 1;
        this.ny = (int) (box.sizeY() / cell) + 1;
        this.nz = (int) (box.sizeZ() / cell) + 1;
    }

    /** The grid of a store's points. */
    static OpenSide of(Store store, Engine engine) {
        OpenSide sides =
                new OpenSide(store.bounds(), store.size(), store.lattice().step());
        for (BitSet part : engine.map(store, Craft.of(Set.of(), 0, (region, work) -> {
            BitSet cells = new BitSet();
            Cloud c = region.cloud();
            for (int i = region.from(); i < region.to(); i++) {
                cells.set(sides.index(c.px(i), c.py(i), c.pz(i)));
            }
            return cells;
        }))) {
            sides.occupied.or(part);
        }
        return sides;
    }

    private int index(double x, double y, double z) {
        int cx = (int) ((x - box.minX()) / cell);
        int cy = (int) ((y - box.minY()) / cell);
        int cz = (int) ((z - box.minZ()) / cell);
        return (cz * ny + cy) * nx + cx;
    }

    /** How far a ray from point i is free, in metres; negative where it leaves the box. */
    private double free(Cloud cloud, int i, double dx, double dy, double dz) {
        double px = cloud.px(i);
        double py = cloud.py(i);
        double pz = cloud.pz(i);
        for (double t = 2.5 * cell; ; t += 0.5 * cell) {
            double x = px + t * dx;
            double y = py + t * dy;
            double z = pz + t * dz;
            if (!box.contains(x, y, z)) {
                return -t;
            }
            if (occupied.get(index(x, y, z))) {
                return t;
            }
        }
    }

    /** Object or room, as some 4,000 of the points and the grid tell. */
    CleanOptions.Side choose(Store store, Engine engine) {
        long stride = Math.max(1, store.size() / 4000);
        long samples = (store.size() + stride - 1) / stride;
        long unseen = 0;
        for (long part : engine.map(store, Craft.of(Set.of(), 0, (region, work) -> {
            long n = 0;
            for (int i = region.firstOfEvery(stride); i < region.to(); i += (int) stride) {
                n += seenFromOutside(region.cloud(), i) ? 0 : 1;
            }
            return n;
        }))) {
            unseen += part;
        }
        double hidden = (double) unseen / samples;
        double covered = covered();
        boolean room = covered > 0.5 && (large || hidden > 0.1);
        reason = String.format(
                Locale.ROOT,
                "because %.0f %% of the points cannot be seen from outside, %.0f %% of the ground plan has"
                        + " something above it, and the longest side is %.2f m",
                100 * hidden,
                100 * covered,
                box.longest());
        return room ? CleanOptions.Side.INSIDE : CleanOptions.Side.OUTSIDE;
    }

    String reason() {
        return reason;
    }

    /** The share of the ground plan's cells over whose lowest point there is something, three cells up or higher. */
    private double covered() {
        int all = 0;
        int covered = 0;
        for (int c = 0; c < nx * ny; c++) {
            int low = 0;
            while (low < nz && !occupied.get(low * nx * ny + c)) {
                low++;
            }
            if (low == nz) {
                continue;
            }
            all++;
            for (int h = low + 3; h < nz; h++) {
                if (occupied.get(h * nx * ny + c)) {
                    covered++;
                    break;
                }
            }
        }
        return all == 0 ? 0 : (double) covered / all;
    }

    private boolean seenFromOutside(Cloud cloud, int i) {
        for (int dz = -1; dz <= 1; dz++) {
            for (int dy = -1; dy <= 1; dy++) {
                for (int dx = -1; dx <= 1; dx++) {
                    int l = dx * dx + dy * dy + dz * dz;
                    if (l > 0) {
                        double s = Math.sqrt(l);
                        if (free(cloud, i, dx / s, dy / s, dz / s) < 0) {
                            return true;
                        }
                    }
                }
            }
        }
        return false;
    }

    /** From 1, where the given unit normal of point i points to the open side, to -1, where it points away. */
    double vote(CleanOptions.Side side, Cloud cloud, int i, double x, double y, double z) {
        boolean steep = Math.abs(z) > 0.7;
        double ex = steep ? 0 : -y;
        double ey = steep ? -z : x;
        double ez = steep ? y : 0;
        double e = Math.sqrt(ex * ex + ey * ey + ez * ez);
        if (!(e > 0)) {
            return 0;
        }
        ex /= e;
        ey /= e;
        ez /= e;
        double fx = y * ez - z * ey;
        double fy = z * ex - x * ez;
        double fz = x * ey - y * ex;
        double front = 0;
        double back = 0;
        int away = 0;
        int behind = 0;
        int shut = 0;
        int closed = 0;
        for (int k = 0; k < 5; k++) {
            // the normal, and four directions 35 degrees off it
            double c = k == 0 ? 1 : 0.82;
            double a = k == 1 ? 0.57 : k == 2 ? -0.57 : 0;
            double b = k == 3 ? 0.57 : k == 4 ? -0.57 : 0;
            double dx = c * x + a * ex + b * fx;
            double dy = c * y + a * ey + b * fy;
            double dz = c * z + a * ez + b * fz;
            double f = free(cloud, i, dx, dy, dz);
            double g = free(cloud, i, -dx, -dy, -dz);
            front += length(side, f, dz);
            back += length(side, g, -dz);
            away += f < 0 ? 1 : 0;
            behind += g < 0 ? 1 : 0;
            shut += f > 0 && f < 3.5 * cell ? 1 : 0;
            closed += g > 0 && g < 3.5 * cell ? 1 : 0;
        }
        double tie = tie(side, cloud, i, x, y, z);
        double all = front + back + Math.abs(tie);
        double vote = all > 0 ? (front - back + tie) / all : 0;
        if (side == CleanOptions.Side.ABOVE) {
            // who scans open ground stands on it or flies; of walls nobody knows whether a yard or a house is behind
            // them
            boolean ground = steep && away > 2 && behind > 2;
            return ground ? z : DOUBTFUL * vote;
        }
        boolean bothOut = side == CleanOptions.Side.OUTSIDE && large && away > 2 && behind > 2;
        return bothOut || shut > 2 || closed > 2 ? DOUBTFUL * vote : vote;
    }

    /** What a free path counts: all of it, but where it leaves. */
    private double length(CleanOptions.Side side, double free, double dz) {
        if (free > 0) {
            return free;
        }
        if (side == CleanOptions.Side.INSIDE) {
            return 0;
        }
        return large && dz < -0.3 ? DOWN * box.diagonal() : box.diagonal();
    }

    /** Where both sides are alike: upwards for open ground, to the middle for a room's wall. */
    private double tie(CleanOptions.Side side, Cloud cloud, int i, double x, double y, double z) {
        if (side != CleanOptions.Side.INSIDE) {
            return 0.2 * box.diagonal() * z;
        }
        double dx = (box.minX() + box.maxX()) / 2 - cloud.px(i);
        double dy = (box.minY() + box.maxY()) / 2 - cloud.py(i);
        double dz = (box.minZ() + box.maxZ()) / 2 - cloud.pz(i);
        return 0.2 * (dx * x + dy * y + dz * z);
    }
}
