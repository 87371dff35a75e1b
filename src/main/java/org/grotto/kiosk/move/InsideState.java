package org.grotto.kiosk.move;

import com.jme3.app.Application;
import com.jme3.app.state.BaseAppState;
import org.grotto.kiosk.show.TilesState;
import org.grotto.kiosk.visit.Cutaway;
import org.grotto.kiosk.visit.Eye;
import org.grotto.kiosk.visit.KioskModel;
import org.grotto.scene.CaveInfo;
import org.jspecify.annotations.Nullable;

/**
 * Standing in the cave: look around by dragging, step by a double tap on the floor, zoom with the wheel. Steps and changes
 * of view glide, so that a visitor never loses the way.
 */
public final class InsideState extends BaseAppState {
    private static final double STEP_SECONDS = 0.9;
    private static final double VIEW_SECONDS = 1.6;
    private static final double FARTHEST_STEP = 25;
    private static final double UPRIGHT = 1.2;
    private static final double MOST_UPRIGHT = 80;

    private final KioskModel model;
    private final Walker walker;
    private @Nullable Eye from;
    private @Nullable Eye to;
    private double elapsed;
    private double duration;
    private boolean first = true;

    public InsideState(KioskModel model, TilesState tiles) {
        this.model = model;
        this.walker = new Walker(tiles::cast);
    }

    private boolean here() {
        return model.go() != KioskModel.Go.DOLLHOUSE;
    }

    @Override
    public void update(float tpf) {
        if (!here()) {
            to = null;
            first = false;
            return;
        }
        model.cut = Cutaway.NOTHING;
        if (model.viewAsked) {
            model.viewAsked = false;
            Eye e = eyeOf(model.view(), model.origin, upright());
            if (first) {
                model.eye = e;
            } else {
                glide(e, VIEW_SECONDS);
            }
        }
        first = false;
        Eye f = from;
        Eye t = to;
        if (f != null && t != null) {
            elapsed += tpf;
            model.eye = f.towards(t, elapsed / duration);
            if (elapsed >= duration) {
                to = null;
            }
        }
        model.arriving = to != null;
    }

    /** Whether the screen is higher than wide. */
    private boolean upright() {
        return getApplication().getCamera().getHeight()
                > getApplication().getCamera().getWidth();
    }

    /** On an upright screen the field of view, which is a view's vertical one, is widened as the page does. */
    static Eye eyeOf(CaveInfo.View v, double[] origin, boolean upright) {
        double[] e = v.eye();
        double[] t = v.target();
        return Eye.lookingAt(
                e[0] - origin[0],
                e[1] - origin[1],
                e[2] - origin[2],
                t[0] - origin[0],
                t[1] - origin[1],
                t[2] - origin[2],
                upright ? Math.min(MOST_UPRIGHT, UPRIGHT * v.fovDegrees()) : v.fovDegrees());
    }

    private void glide(Eye target, double seconds) {
        from = model.eye;
        to = target;
        elapsed = 0;
        duration = seconds;
    }

    boolean gliding() {
        return to != null;
    }

    /** Turns the head as if the picture were pulled; pixels, y up, of a picture {@code height} pixels high. */
    public void drag(double dx, double dy, int height) {
        to = null;
        double k = Math.toRadians(model.eye.fov()) / height;
        model.eye = model.eye.turned(k * dx, -k * dy);
    }

    /** Steps to the floor that a ray through the picture meets. */
    public void step(double[] dir) {
        double[] stand = walker.standAt(
                model.eye.position(),
                dir,
                Math.max(FARTHEST_STEP, 0.25 * model.box().diagonal()));
        if (stand != null) {
            Eye e = model.eye;
            double far = Math.hypot(stand[0] - e.x(), stand[1] - e.y());
            glide(e.at(stand[0], stand[1], stand[2]), STEP_SECONDS + 0.15 * far);
        }
    }

    public void zoom(double factor) {
        to = null;
        model.eye = model.eye.zoomed(factor);
    }

    @Override
    protected void initialize(Application app) {
        // holds nothing of the engine
    }

    @Override
    protected void cleanup(Application app) {
        // holds nothing of the engine
    }

    @Override
    protected void onEnable() {
        // always enabled; works while the visitor is inside
    }

    @Override
    protected void onDisable() {
        to = null;
    }
}
