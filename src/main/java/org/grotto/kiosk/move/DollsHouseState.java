package org.grotto.kiosk.move;

import com.jme3.app.Application;
import com.jme3.app.state.BaseAppState;
import org.grotto.kiosk.visit.Cutaway;
import org.grotto.kiosk.visit.Eye;
import org.grotto.kiosk.visit.KioskModel;
import org.jspecify.annotations.Nullable;

/**
 * The cave from outside, as a doll's house: triangles face into the room and are culled from behind, so the near walls
 * are gone, and what hangs on them is cut off ({@link Cutaway}). Drag turns, wheel comes nearer.
 */
public final class DollsHouseState extends BaseAppState {
    private static final double SECONDS = 1.6;
    private static final double LOWEST = Math.toRadians(-25);
    private static final double HIGHEST = Math.toRadians(80);

    private final KioskModel model;
    private @Nullable Orbit orbit;
    private @Nullable Eye from;
    private double elapsed;
    private boolean first = true;

    public DollsHouseState(KioskModel model) {
        this.model = model;
    }

    @Override
    public void update(float tpf) {
        if (model.go() != KioskModel.Go.DOLLHOUSE) {
            first = false;
            return;
        }
        if (model.viewAsked || orbit == null) {
            model.viewAsked = false;
            orbit = of(model);
            from = first ? null : model.eye;
            elapsed = 0;
        }
        first = false;
        Orbit o = orbit;
        Eye f = from;
        double amount = 1;
        model.eye = o.eye();
        if (f != null) {
            elapsed += tpf;
            model.eye = f.towards(o.eye(), elapsed / SECONDS);
            amount = Math.min(1, elapsed / SECONDS);
            if (elapsed >= SECONDS) {
                from = null;
            }
        }
        model.cut = Cutaway.of(model.room, o.towards(), amount);
    }

    private static Orbit of(KioskModel model) {
        double[] e = model.view().eye().clone();
        double[] t = model.view().target().clone();
        for (int a = 0; a < 3; a++) {
            e[a] -= model.origin[a];
            t[a] -= model.origin[a];
        }
        return Orbit.from(e, t, model.view().fovDegrees(), model.cave.bounds().diagonal());
    }

    public void drag(double dx, double dy, int height) {
        if (orbit != null) {
            double k = Math.PI / height;
            orbit = orbit.turned(-k * dx, -k * dy);
            if (model.encloses) {
                orbit = orbit.above(LOWEST, HIGHEST); // a room is looked into from above
            }
        }
    }

    public void zoom(double factor) {
        if (orbit != null) {
            orbit = orbit.zoomed(factor);
        }
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
        // always enabled; works while the visitor is outside
    }

    @Override
    protected void onDisable() {
        from = null;
    }
}
