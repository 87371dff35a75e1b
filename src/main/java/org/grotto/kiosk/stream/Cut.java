package org.grotto.kiosk.stream;

import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Chooses which tiles stand for the cave in one view. Starts with the root and always exchanges the tile with the
 * largest error on the screen for its children, until every tile is fine enough or the limits are reached; so a budget
 * costs detail where it is seen least. A tile gives way only when all its children are resident (REPLACE without
 * holes); what is missing is asked for. Cost: O(tiles touched x log).
 */
final class Cut {
    /** Tiles out of view but this near to the eye are kept at a tenth of the detail: feet and walls are felt for there. */
    private static final double FELT_METRES = 3;

    private static final double FELT_WEIGHT = 0.1;

    /** The tiles that together cover the cave, those out of view among them. */
    final List<Node> shown = new ArrayList<>();
    /** The tiles to load, most urgent first. */
    final List<Node> missing = new ArrayList<>();
    /** The largest error on the screen among the tiles shown and in view, pixels. */
    double maxPixels;

    long triangles;
    /** Whether the limits, not the error, ended the refinement. */
    boolean limited;

    private long bytes;
    private final View view;
    private final Limits limits;
    private final long frame;
    private final PriorityQueue<Node> open =
            new PriorityQueue<>((a, b) -> a.pixels != b.pixels ? Double.compare(b.pixels, a.pixels) : a.id - b.id);

    private Cut(View view, Limits limits, long frame) {
        this.view = view;
        this.limits = limits;
        this.frame = frame;
    }

    static Cut of(Node root, View view, Limits limits, long frame) {
        Cut cut = new Cut(view, limits, frame);
        cut.look(root);
        root.lastUsed = frame;
        if (root.resident()) {
            cut.take(root);
        } else if (root.state == Node.State.ABSENT) {
            root.priority = Double.MAX_VALUE;
            cut.missing.add(root);
        }
        for (Node n = cut.open.poll(); n != null; n = cut.open.poll()) {
            if (!cut.refine(n)) {
                cut.show(n);
            }
        }
        cut.missing.sort((a, b) -> a.priority != b.priority ? Double.compare(b.priority, a.priority) : a.id - b.id);
        return cut;
    }

    private void take(Node n) {
        triangles += n.triangles();
        bytes += n.bytes();
        open.add(n);
    }

    private void show(Node n) {
        if (n.packed != null) {
            shown.add(n);
        }
        if (n.inView && !n.children().isEmpty()) {
            maxPixels = Math.max(maxPixels, n.pixels);
        }
    }

    private void look(Node n) {
        n.inView = view.sees(n.box);
        double pixels = view.pixels(n.geometricError, n.box);
        boolean felt = !n.inView && view.distance(n.box) < FELT_METRES;
        n.pixels = n.inView ? pixels : felt ? pixels * FELT_WEIGHT : 0;
        if (n.content == null && !n.children().isEmpty()) {
            n.pixels = Double.MAX_VALUE; // nothing to show in its place: its children are always needed
        }
    }

    /** True when {@code n} has given way to its children. */
    private boolean refine(Node n) {
        List<Node> children = n.children();
        if (children.isEmpty() || n.pixels <= limits.pixels()) {
            return false;
        }
        long moreTriangles = -n.triangles();
        long moreBytes = 0;
        @Nullable Node absent = null;
        for (Node c : children) {
            if (c.state == Node.State.FAILED) {
                return false;
            }
            absent = c.resident() ? absent : c;
            moreTriangles += c.triangles();
            moreBytes += c.bytes();
        }
        boolean needed = n.content == null;
        if (!needed && (triangles + moreTriangles > limits.triangles() || bytes + moreBytes > limits.bytes())) {
            limited = true;
            return false;
        }
        for (Node c : children) {
            look(c);
            c.lastUsed = frame;
        }
        if (absent == null) {
            triangles -= n.triangles(); // its bytes stay: an ancestor of what is shown is not thrown out
        } else if (!needed) {
            bytes += moreBytes; // kept free for what was asked for
        }
        for (Node c : children) {
            if (absent == null || (needed && c.resident())) {
                take(c);
            } else if (!c.resident()) {
                c.priority = n.pixels * (c.inView ? 0.75 + 0.25 * view.cosine(c.box) : 0.25);
                missing.add(c);
            }
        }
        return absent == null || needed;
    }
}
