package org.grotto.kiosk.move;

import com.jme3.app.Application;
import com.jme3.app.state.BaseAppState;
import com.jme3.input.InputManager;
import com.jme3.input.KeyInput;
import com.jme3.input.controls.ActionListener;
import com.jme3.input.controls.KeyTrigger;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import org.grotto.kiosk.show.TilesState;
import org.grotto.kiosk.visit.Eye;
import org.grotto.kiosk.visit.KioskModel;
import org.jspecify.annotations.Nullable;

/** Walking by WASD, arrow keys or the pads on the screen; keeps off the walls and follows the floor. */
public final class WalkState extends BaseAppState {
    /** A direction in which a key or pad is held. */
    public enum Way {
        FORWARD(KeyInput.KEY_W, KeyInput.KEY_UP),
        BACK(KeyInput.KEY_S, KeyInput.KEY_DOWN),
        LEFT(KeyInput.KEY_A, -1),
        RIGHT(KeyInput.KEY_D, -1),
        TURN_LEFT(KeyInput.KEY_Q, KeyInput.KEY_LEFT),
        TURN_RIGHT(KeyInput.KEY_E, KeyInput.KEY_RIGHT);

        private final int key;
        private final int other;

        Way(int key, int other) {
            this.key = key;
            this.other = other;
        }

        String mapping() {
            return "walk " + name().toLowerCase(Locale.ROOT);
        }
    }

    private static final double METRES_PER_SECOND = 1.1;
    /** What is wider than this is not crossed at a walking pace, metres. */
    private static final double WALKED = 40;

    private static final double TURN_PER_SECOND = Math.toRadians(50);
    /** Longer pauses between frames than this do not make longer strides. */
    private static final double LONGEST_FRAME = 0.1;

    private final KioskModel model;
    private final Walker walker;
    private final Set<Way> held = EnumSet.noneOf(Way.class);
    private final Set<Way> padHeld = EnumSet.noneOf(Way.class);
    private final ActionListener keys = (name, pressed, tpf) -> {
        for (Way w : Way.values()) {
            if (w.mapping().equals(name)) {
                hold(held, w, pressed);
            }
        }
    };
    private double pace;
    private double turnPace;

    public WalkState(KioskModel model, TilesState tiles) {
        this.model = model;
        this.walker = new Walker(tiles::cast);
    }

    /** Over a wide site one goes faster than one walks. */
    private double haste() {
        return Math.max(1, Math.sqrt(model.cave.bounds().diagonal() / WALKED));
    }

    private static void hold(Set<Way> set, Way w, boolean on) {
        if (on) {
            set.add(w);
        } else {
            set.remove(w);
        }
    }

    /** A pad on the screen is held, or let go with null. */
    public void pad(@Nullable Way way) {
        padHeld.clear();
        if (way != null) {
            padHeld.add(way);
        }
    }

    private double axis(Way plus, Way minus) {
        boolean p = held.contains(plus) || padHeld.contains(plus);
        boolean m = held.contains(minus) || padHeld.contains(minus);
        return (p ? 1 : 0) - (m ? 1 : 0);
    }

    @Override
    public void update(float tpf) {
        double seconds = Math.min(LONGEST_FRAME, tpf);
        double ahead = axis(Way.FORWARD, Way.BACK);
        double side = axis(Way.LEFT, Way.RIGHT);
        double turn = axis(Way.TURN_LEFT, Way.TURN_RIGHT);
        boolean inside = model.go() != KioskModel.Go.DOLLHOUSE;
        double k = 1 - Math.exp(-8 * seconds);
        pace += k * ((ahead != 0 || side != 0 ? 1 : 0) - pace);
        turnPace += k * (turn - turnPace);
        if (!inside) {
            if (turn != 0 || ahead != 0) {
                DollsHouseState outside = getState(DollsHouseState.class);
                outside.drag(-turn * seconds * 300, 0, 720);
                outside.zoom(Math.exp(-ahead * seconds));
            }
            return;
        }
        if (Math.abs(turnPace) > 1e-3) {
            model.eye = model.eye.turned(turnPace * TURN_PER_SECOND * seconds, 0);
        }
        if (ahead == 0 && side == 0) {
            if (model.go() == KioskModel.Go.WALK && !getState(InsideState.class).gliding()) {
                model.eye = walker.settle(model.eye, seconds);
            }
            return;
        }
        model.touch();
        double n = Math.hypot(ahead, side);
        double c = Math.cos(model.eye.yaw());
        double s = Math.sin(model.eye.yaw());
        double far = pace * METRES_PER_SECOND * haste() * seconds / n;
        Eye next = walker.step(model.eye, far * (ahead * c - side * s), far * (ahead * s + side * c));
        model.eye = walker.settle(next, seconds);
    }

    @Override
    protected void initialize(Application app) {
        InputManager input = app.getInputManager();
        if (input == null) {
            return;
        }
        for (Way w : Way.values()) {
            input.addMapping(w.mapping(), new KeyTrigger(w.key));
            if (w.other >= 0) {
                input.addMapping(w.mapping(), new KeyTrigger(w.other));
            }
            input.addListener(keys, w.mapping());
        }
    }

    @Override
    protected void cleanup(Application app) {
        InputManager input = app.getInputManager();
        if (input != null) {
            input.removeListener(keys);
            for (Way w : Way.values()) {
                input.deleteMapping(w.mapping());
            }
        }
    }

    @Override
    protected void onEnable() {
        held.clear();
    }

    @Override
    protected void onDisable() {
        held.clear();
        padHeld.clear();
    }
}
