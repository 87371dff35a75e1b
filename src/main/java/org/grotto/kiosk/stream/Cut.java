package org.grotto.kiosk.stream;

import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import org.grotto.base.GrottoException;
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

    /** Why a tile that this view needs could not be read; null where all could. */
    @Nullable
    GrottoException failure;

    private int failing = Integer.MAX_VALUE;

    private long bytes;
    private final View view;
    private final Limits limits;
    private final long frame;
    private final boolean additive;
    private final PriorityQueue<Node> open =
            new PriorityQueue<>((a, b) -> a.pixels != b.pixels ? Double.compare(b.pixels, a.pixels) : a.id - b.id);

    private Cut(View view, Limits limits, long frame, boolean additive) {
        this.view = view;
        this.limits = limits;
        this.frame = frame;
        this.additive = additive;
    }

    /** @param additive whether parents stay when their children are shown, which then come one by one */
    static Cut of(Node root, View view, Limits limits, long frame, boolean additive) {
        Cut cut = new Cut(view, limits, frame, additive);
        cut.look(root);
        root.lastUsed = frame;
        if (!cut.gives(root)) {
            cut.notice(root);
        }
        if (root.resident() || root.broken()) {
            cut.take(root);
        }
        if (root.state == Node.State.ABSENT) {
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
        if (gives(n)) {
            n.pixels = Double.MAX_VALUE; // nothing to show in its place: its children are always needed
        }
    }

    /** Whether a tile has nothing to show but its children. */
    private boolean gives(Node n) {
        return !additive && (n.content == null || n.broken()) && !n.children().isEmpty();
    }

    /** The children of a tile; in place of those that cannot be read, and have some, their own. */
    private List<Node> standIns(Node n) {
        if (n.children().stream().noneMatch(Node::broken)) {
            return n.children();
        }
        List<Node> all = new ArrayList<>();
        for (Node c : n.children()) {
            if (!gives(c)) {
                all.add(c);
                continue;
            }
            all.addAll(standIns(c));
            if (c.state == Node.State.ABSENT && c.content != null) {
                c.priority = 0; // tried again once nothing else is missing
                missing.add(c);
            }
        }
        return all;
    }

    private void notice(Node n) {
        if (n.broken() && n.id < failing) {
            failing = n.id; // of several always the same, whatever the way of the cut
            failure = n.failure;
        }
    }

    /** True when {@code n} has given way to its children. */
    private boolean refine(Node n) {
        if (n.children().isEmpty() || n.pixels <= limits.pixels()) {
            return false;
        }
        List<Node> children = additive ? n.children() : standIns(n);
        long moreTriangles = additive ? 0 : -n.triangles();
        long moreBytes = 0;
        boolean needed = gives(n);
        @Nullable Node absent = null;
        for (Node c : children) {
            notice(c);
            if (c.state == Node.State.FAILED && !additive && !needed) {
                return false;
            }
            absent = c.state == Node.State.ABSENT ? c : absent;
            moreTriangles += c.triangles();
            moreBytes += c.bytes();
        }
        boolean oneByOne = needed || additive;
        if (!needed && (triangles + moreTriangles > limits.triangles() || bytes + moreBytes > limits.bytes())) {
            limited = true;
            return false;
        }
        for (Node c : children) {
            look(c);
            c.lastUsed = frame;
        }
        if (additive) {
            show(n);
        } else if (absent == null) {
            triangles -= n.triangles(); // its bytes stay: an ancestor of what is shown is not thrown out
        }
        for (Node c : children) {
            if (absent == null || oneByOne && c.resident()) {
                take(c);
            } else {
                bytes += c.bytes(); // kept free for what is asked for
            }
            if (c.state == Node.State.ABSENT) {
                c.priority = n.pixels * (c.inView ? 0.75 + 0.25 * view.cosine(c.box) : 0.25);
                missing.add(c);
            }
        }
        return absent == null || oneByOne;
    }
}
