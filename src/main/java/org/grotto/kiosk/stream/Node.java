package org.grotto.kiosk.stream;

import java.util.List;
import org.grotto.base.GrottoException;
import org.grotto.geometry.Box;
import org.jspecify.annotations.Nullable;

/**
 * One tile of the tree as the streaming sees it. What never changes is final; the rest belongs to the render thread.
 * Positions are metres relative to the scene's origin, Z up.
 */
public final class Node {
    /** Where a tile's content is. */
    public enum State {
        /** Not in memory, or on its way. */
        ABSENT,
        /** On the graphics card, ready to be shown. */
        RESIDENT,
        /** Could not be read, and is not tried again yet; its parent stays in its place. */
        FAILED
    }

    /** Unique in the tree; breaks ties, so that equal views give equal cuts. */
    public final int id;

    public final @Nullable Node parent;
    public final Box box;
    /** How far, in metres, showing this tile instead of its children is from the truth; 0 for a leaf. */
    public final double geometricError;
    /** Where the source finds the content; null for a tile that only holds others together. */
    public final @Nullable Object content;

    private List<Node> children = List.of();

    State state = State.ABSENT;

    @Nullable
    PackedMesh packed;

    /** Why it could not be read when it was last tried; null where it could, or was not tried. */
    @Nullable
    GrottoException failure;

    /** How often it failed in a row, and when it is tried again, nanoseconds of the streamer's clock. */
    int failures;

    long retryAt;
    /** The frame in which it was last drawn, an ancestor of what was drawn, or waited for. */
    long lastUsed = -1;
    /** Its error on the screen in the last cut, pixels. */
    double pixels;
    /** Whether its box touched the view in the last cut. */
    boolean inView;
    /** Down to which level its curtain is drawn, see {@link Curtains}. */
    int reach;

    double priority;
    boolean inFlight;
    int estimatedBytes;

    public Node(
            int id,
            @Nullable Node parent,
            Box box,
            double geometricError,
            @Nullable Object content,
            int estimatedBytes) {
        this.id = id;
        this.parent = parent;
        this.box = box;
        this.geometricError = geometricError;
        this.content = content;
        this.estimatedBytes = estimatedBytes;
        this.state = content == null ? State.RESIDENT : State.ABSENT;
    }

    /** Called once by the source, while it builds the tree. */
    public void children(List<Node> nodes) {
        this.children = List.copyOf(nodes);
    }

    public List<Node> children() {
        return children;
    }

    /** The content in memory, or null. */
    public @Nullable PackedMesh packed() {
        return packed;
    }

    public double pixels() {
        return pixels;
    }

    public boolean inView() {
        return inView;
    }

    /** Down to which level its curtain is drawn. */
    public int reach() {
        return reach;
    }

    /** Triangles, or points, that it draws. */
    int triangles() {
        PackedMesh p = packed;
        return p == null ? 0 : p.cost();
    }

    /** What it takes or, while unknown, is expected to take. */
    long bytes() {
        PackedMesh p = packed;
        return content == null ? 0 : p == null ? estimatedBytes : p.slab().bytes();
    }

    boolean resident() {
        return state == State.RESIDENT;
    }

    /** Whether it could not be read and is not here. */
    boolean broken() {
        return failure != null && !resident();
    }
}
