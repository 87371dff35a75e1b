package org.grotto.kiosk.stream;

import java.util.ArrayList;
import java.util.List;
import org.grotto.geometry.Box;

/**
 * How far down the tiles on show hang their curtains, which close the step to a neighbour of another level. The finest tiles
 * meet each other exactly, vertex for vertex; and where a wall is thinner than a curtain is deep, as in a house, the curtain
 * stands in the next room. So it is drawn only of a tile that is not of the finest, and of those that touch such a one in
 * view, and no further down than to the coarsest level of them.
 *
 * <p>Cost, in a frame in which something changes: as many boxes compared as there are tiles, for each one in view that is not
 * of the finest.
 */
final class Curtains {
    /** Boxes that are no further apart than this share of a tile's diagonal touch: their numbers are rounded. */
    private static final double SLACK = 1e-3;

    /** Further down than that no strip hangs. */
    private static final int NONE = Integer.MAX_VALUE;

    private List<Node> before = List.of();
    private List<Node> coarse = List.of();

    /** Says so of each tile. */
    void of(List<Node> shown) {
        List<Node> now = new ArrayList<>();
        for (Node n : shown) {
            if (n.inView && !n.children().isEmpty()) {
                now.add(n);
            }
        }
        if (shown.equals(before) && now.equals(coarse)) {
            return;
        }
        before = shown;
        coarse = now;
        for (Node n : shown) {
            boolean finest = n.children().isEmpty();
            int level = level(n);
            int reach = finest ? NONE : level;
            for (Node c : coarse) {
                // a finest tile meets what is no coarser exactly
                boolean coarser = level < 0 || level(c) < Math.min(reach, level);
                if (coarser && touch(n.box, c.box)) {
                    reach = level(c);
                }
            }
            n.reach = reach;
        }
    }

    private static int level(Node n) {
        PackedMesh p = n.packed;
        return p == null ? 0 : p.curtain().level();
    }

    private static boolean touch(Box a, Box b) {
        double s = SLACK * Math.min(a.diagonal(), b.diagonal());
        return a.minX() <= b.maxX() + s
                && b.minX() <= a.maxX() + s
                && a.minY() <= b.maxY() + s
                && b.minY() <= a.maxY() + s
                && a.minZ() <= b.maxZ() + s
                && b.minZ() <= a.maxZ() + s;
    }
}
