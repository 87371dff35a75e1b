package org.grotto.kiosk;

import com.jme3.app.Application;
import com.jme3.app.state.BaseAppState;
import com.jme3.input.KeyInput;
import com.jme3.input.MouseInput;
import com.jme3.input.RawInputListener;
import com.jme3.input.event.JoyAxisEvent;
import com.jme3.input.event.JoyButtonEvent;
import com.jme3.input.event.KeyInputEvent;
import com.jme3.input.event.MouseButtonEvent;
import com.jme3.input.event.MouseMotionEvent;
import com.jme3.input.event.TouchEvent;
import com.jme3.math.Vector2f;
import com.jme3.math.Vector3f;
import com.jme3.renderer.Camera;
import org.grotto.kiosk.hud.HudLayout;
import org.grotto.kiosk.hud.HudLayout.Button;
import org.grotto.kiosk.hud.HudLayout.Placed;
import org.grotto.kiosk.hud.HudLegend;
import org.grotto.kiosk.hud.HudState;
import org.grotto.kiosk.move.DollsHouseState;
import org.grotto.kiosk.move.InsideState;
import org.grotto.kiosk.move.WalkState;
import org.grotto.kiosk.show.TilesState;
import org.grotto.kiosk.stream.Rays;
import org.grotto.kiosk.visit.Depths;
import org.grotto.kiosk.visit.KioskModel;
import org.grotto.scene.Palette;
import org.jspecify.annotations.Nullable;

/** The visitor's finger or mouse: first for the panels, then for the light or the way of looking that is chosen. */
final class PointerState extends BaseAppState implements RawInputListener, Gestures.Target {
    private static final double WHEEL_STEP = 0.92;
    private static final double BUTTON_STEP = 0.85;
    private static final double READ_SECONDS = 0.1;

    private final KioskModel model;
    private @Nullable Gestures gestures;
    private @Nullable Button held;
    private double lastRead;
    /** Escape has taken a picture off and is still held. */
    private boolean escaped;

    PointerState(KioskModel model) {
        this.model = model;
    }

    @Override
    protected void initialize(Application app) {
        gestures = new Gestures(this, Math.max(6, app.getCamera().getHeight() / 90.0));
        app.getInputManager().setCursorVisible(true);
        app.getInputManager().addRawInputListener(this);
    }

    @Override
    protected void cleanup(Application app) {
        app.getInputManager().removeRawInputListener(this);
    }

    @Override
    protected void onEnable() {
        // starts with the application
    }

    @Override
    protected void onDisable() {
        held = null;
    }

    private Camera camera() {
        return getApplication().getCamera();
    }

    private double down(double y) {
        return camera().getHeight() - 1 - y;
    }

    private static double now() {
        return System.nanoTime() * 1e-9;
    }

    private void wake() {
        HudState hud = getState(HudState.class);
        if (hud != null) {
            hud.wake();
        }
    }

    @Override
    public boolean press(double x, double y) {
        model.touch();
        HudState hud = getState(HudState.class);
        HudLayout layout = hud == null ? null : hud.layout();
        if (hud == null || layout == null || !layout.takes(x, down(y))) {
            read(x, y);
            return false;
        }
        held = layout.buttonAt(x, down(y)).map(Placed::what).orElse(null);
        layout.layerAt(x, down(y)).ifPresent(model::layer);
        hud.pressed(held);
        getState(WalkState.class).pad(wayOf(held));
        dial(x, y);
        return true;
    }

    private static WalkState.@Nullable Way wayOf(@Nullable Button b) {
        return switch (b) {
            case FORWARD -> WalkState.Way.FORWARD;
            case BACK -> WalkState.Way.BACK;
            case TURN_LEFT -> WalkState.Way.TURN_LEFT;
            case TURN_RIGHT -> WalkState.Way.TURN_RIGHT;
            case null, default -> null;
        };
    }

    private void dial(double x, double y) {
        HudState hud = getState(HudState.class);
        HudLayout layout = hud == null ? null : hud.layout();
        if (held != Button.DIAL || layout == null) {
            return;
        }
        for (Placed<Button> b : layout.buttons) {
            if (b.what() == Button.DIAL) {
                double[] c = layout.dialCircle(b.at());
                double dx = x - c[0];
                double dy = c[1] - down(y);
                double azimuth = Math.hypot(dx, dy) < 2 ? model.lightAzimuth() : Math.toDegrees(Math.atan2(dy, dx));
                model.light(azimuth, 90 - 90 * Math.hypot(dx, dy) / c[2]);
            }
        }
    }

    @Override
    public void drag(double x, double y, double dx, double dy, boolean onPanel) {
        int height = camera().getHeight();
        if (onPanel) {
            dial(x, y);
        } else if (model.tool() == KioskModel.Tool.LIGHT) {
            model.dragLight(dx / height, dy / height);
        } else if (model.go() == KioskModel.Go.DOLLHOUSE) {
            getState(DollsHouseState.class).drag(dx, dy, height);
        } else {
            getState(InsideState.class).drag(dx, dy, height);
        }
    }

    @Override
    public void release(double x, double y, boolean onPanel) {
        HudState hud = getState(HudState.class);
        Button b = held;
        held = null;
        getState(WalkState.class).pad(null);
        if (hud == null) {
            return;
        }
        hud.pressed(null);
        HudLayout layout = hud.layout();
        if (b != null
                && layout != null
                && layout.buttonAt(x, down(y)).map(Placed::what).orElse(null) == b) {
            act(b);
        }
    }

    private void act(Button b) {
        switch (b) {
            case INSIDE -> model.go(KioskModel.Go.INSIDE);
            case WALK -> model.go(KioskModel.Go.WALK);
            case DOLLHOUSE -> model.go(KioskModel.Go.DOLLHOUSE);
            case MESH -> model.show(KioskModel.Show.MESH);
            case POINTS -> model.show(KioskModel.Show.POINTS);
            case LAYERS -> model.list(!model.listed());
            case LIGHT ->
                model.tool(model.tool() == KioskModel.Tool.LIGHT ? KioskModel.Tool.LOOK : KioskModel.Tool.LIGHT);
            case PICTURE -> model.picture();
            case NEXT -> model.nextView(1);
            case LANGUAGE -> model.chinese(!model.chinese());
            case FULL_SCREEN -> ((KioskApp) getApplication()).toggleFullScreen();
            case ZOOM_IN -> zoom(BUTTON_STEP);
            case ZOOM_OUT -> zoom(1 / BUTTON_STEP);
            case FORWARD, BACK, TURN_LEFT, TURN_RIGHT, DIAL -> {
                // held, not tapped
            }
        }
    }

    /** Tells what the layer on show says at a place of the screen. */
    private void read(double x, double y) {
        Palette palette = model.palette();
        if (palette == null) {
            return;
        }
        double[] way = way(x, y);
        Rays.Hit hit = getState(TilesState.class)
                .cast(
                        model.eye.position(),
                        way,
                        Depths.of(model.eye, model.box()).far());
        String words = HudLegend.words(palette, TilesState.step(hit, model.layer()), model.chinese());
        model.readOut(words == null ? "\u2014" : words);
    }

    /** The unit direction that a place of the screen looks in. */
    private double[] way(double x, double y) {
        Vector2f p = new Vector2f((float) x, (float) y);
        Vector3f near = camera().getWorldCoordinates(p, 0);
        Vector3f dir = camera().getWorldCoordinates(p, 0.9f).subtractLocal(near).normalizeLocal();
        return new double[] {dir.x, dir.y, dir.z};
    }

    private void zoom(double factor) {
        if (model.go() == KioskModel.Go.DOLLHOUSE) {
            getState(DollsHouseState.class).zoom(factor);
        } else {
            getState(InsideState.class).zoom(factor);
        }
    }

    @Override
    public void doubleTap(double x, double y) {
        if (model.go() == KioskModel.Go.DOLLHOUSE || model.tool() == KioskModel.Tool.LIGHT) {
            return;
        }
        getState(InsideState.class).step(way(x, y));
    }

    @Override
    public void onMouseMotionEvent(MouseMotionEvent e) {
        wake();
        if (gestures != null && (e.getDX() != 0 || e.getDY() != 0)) {
            gestures.move(e.getX(), e.getY());
            hover(e.getX(), e.getY());
        }
        if (e.getDeltaWheel() != 0) {
            model.touch();
            zoom(Math.pow(WHEEL_STEP, Math.signum(e.getDeltaWheel())));
        }
    }

    /** A mouse that moves over the stone reads it, as a finger's touch does, some times a second. */
    private void hover(double x, double y) {
        HudState hud = getState(HudState.class);
        HudLayout layout = hud == null ? null : hud.layout();
        if (model.palette() != null && layout != null && !layout.takes(x, down(y)) && now() - lastRead > READ_SECONDS) {
            lastRead = now();
            read(x, y);
        }
    }

    @Override
    public void onMouseButtonEvent(MouseButtonEvent e) {
        wake();
        if (gestures == null || e.getButtonIndex() != MouseInput.BUTTON_LEFT) {
            return;
        }
        if (e.isPressed()) {
            gestures.press(e.getX(), e.getY(), now());
        } else {
            gestures.release(e.getX(), e.getY(), now());
        }
    }

    @Override
    public void beginInput() {
        // events come one by one
    }

    @Override
    public void endInput() {
        // events come one by one
    }

    @Override
    public void onKeyEvent(KeyInputEvent e) {
        wake();
        if (e.getKeyCode() == KeyInput.KEY_ESCAPE && model.laid() != null) {
            e.setConsumed(); // else the kiosk would end
            if (e.isPressed()) {
                model.leavePicture();
                escaped = true;
            }
        } else if (e.getKeyCode() == KeyInput.KEY_ESCAPE && escaped) {
            e.setConsumed();
            escaped = !e.isReleased();
        }
    }

    @Override
    public void onJoyAxisEvent(JoyAxisEvent e) {
        // no joystick in a museum
    }

    @Override
    public void onJoyButtonEvent(JoyButtonEvent e) {
        // no joystick in a museum
    }

    @Override
    public void onTouchEvent(TouchEvent e) {
        // touch arrives as mouse
    }
}
