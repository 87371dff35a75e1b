package org.grotto.kiosk;

/**
 * Turns presses, moves and releases (of a mouse, or of a finger that the system reports as one) into drags, taps and
 * double taps. Pixels; y up; times in seconds.
 */
final class Gestures {
    /** What is done with them. */
    interface Target {
        /** A press; true where a panel takes it, which then gets no drag or tap. */
        boolean press(double x, double y);

        /** Moving while pressed, also on a panel. */
        void drag(double x, double y, double dx, double dy, boolean onPanel);

        void release(double x, double y, boolean onPanel);

        void doubleTap(double x, double y);
    }

    private static final double TAP_SECONDS = 0.35;
    private static final double DOUBLE_SECONDS = 0.45;

    private final Target target;
    private final double slack;
    private boolean down;
    private boolean moved;
    private boolean onPanel;
    private double startX;
    private double startY;
    private double lastX;
    private double lastY;
    private double downTime;
    private double tapTime = Double.NEGATIVE_INFINITY;
    private double tapX;
    private double tapY;

    /** @param slack how many pixels a finger may tremble and still tap */
    Gestures(Target target, double slack) {
        this.target = target;
        this.slack = slack;
    }

    void press(double x, double y, double time) {
        down = true;
        moved = false;
        startX = x;
        startY = y;
        lastX = x;
        lastY = y;
        downTime = time;
        onPanel = target.press(x, y);
    }

    void move(double x, double y) {
        if (!down) {
            return;
        }
        if (!moved && !onPanel && Math.hypot(x - startX, y - startY) <= slack) {
            return;
        }
        moved = true;
        target.drag(x, y, x - lastX, y - lastY, onPanel);
        lastX = x;
        lastY = y;
    }

    void release(double x, double y, double time) {
        if (!down) {
            return;
        }
        down = false;
        target.release(x, y, onPanel);
        if (onPanel || moved || time - downTime > TAP_SECONDS) {
            tapTime = Double.NEGATIVE_INFINITY;
            return;
        }
        if (time - tapTime <= DOUBLE_SECONDS && Math.hypot(x - tapX, y - tapY) <= 4 * slack) {
            tapTime = Double.NEGATIVE_INFINITY;
            target.doubleTap(x, y);
            return;
        }
        tapTime = time;
        tapX = x;
        tapY = y;
    }
}
