package org.grotto.kiosk;

import static org.assertj.core.api.Assertions.assertThat;

import com.jme3.app.Application;
import com.jme3.app.state.BaseAppState;
import com.jme3.input.MouseInput;
import com.jme3.input.event.MouseButtonEvent;
import com.jme3.input.event.MouseMotionEvent;
import com.jme3.system.JmeContext;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.grotto.Need;
import org.grotto.kiosk.hud.HudLayout;
import org.grotto.kiosk.hud.HudLayout.Button;
import org.grotto.kiosk.hud.HudLayout.Rect;
import org.grotto.kiosk.hud.HudState;
import org.grotto.kiosk.show.PackageTiles;
import org.grotto.kiosk.visit.CavePackage;
import org.grotto.kiosk.visit.Eye;
import org.grotto.kiosk.visit.KioskModel;
import org.grotto.kiosk.visit.KioskOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A visitor at a real window: presses buttons, drags, taps. Events enter where the engine would deliver them. */
class KioskWindowTest {
    @TempDir
    Path folder;

    /** Does one thing a few frames after another; each sees the window as the one before left it. */
    private static final class Visitor extends BaseAppState {
        private final Deque<Runnable> deeds = new ArrayDeque<>();
        private int frame;

        void then(Runnable deed) {
            deeds.add(deed);
        }

        void waitFrames(int n) {
            for (int i = 0; i < n; i++) {
                deeds.add(() -> {});
            }
        }

        @Override
        public void update(float tpf) {
            if (frame++ % 2 == 0) {
                Runnable deed = deeds.poll();
                if (deed == null) {
                    getApplication().stop(false);
                } else {
                    deed.run();
                }
            }
        }

        private PointerState pointer() {
            return getState(PointerState.class);
        }

        void button(int x, int y, boolean down) {
            pointer().onMouseButtonEvent(new MouseButtonEvent(MouseInput.BUTTON_LEFT, down, x, y));
        }

        void move(int x, int y, int dx, int dy, int wheel) {
            pointer().onMouseMotionEvent(new MouseMotionEvent(x, y, dx, dy, 0, wheel));
        }

        int[] middle(Button b) {
            HudLayout l = getState(HudState.class).layout();
            Rect r = l.buttons.stream()
                    .filter(p -> p.what() == b)
                    .findFirst()
                    .orElseThrow(() -> new AssertionError(b + " is not on the screen"))
                    .at();
            int height = getApplication().getCamera().getHeight();
            return new int[] {r.x() + r.w() / 2, height - 1 - (r.y() + r.h() / 2)};
        }

        void tap(Button b) {
            then(() -> button(middle(b)[0], middle(b)[1], true));
            then(() -> button(middle(b)[0], middle(b)[1], false));
        }

        /** Taps the row of a layer in the open list. */
        void tapLayer(int which) {
            int[] at = new int[2];
            then(() -> {
                HudLayout.Rect r = java.util.Objects.requireNonNull(
                                getStateManager().getState(HudState.class).layout())
                        .rows
                        .get(which)
                        .at();
                at[0] = r.x() + r.w() / 2;
                at[1] = getApplication().getCamera().getHeight() - 1 - (r.y() + r.h() / 2);
                button(at[0], at[1], true);
            });
            then(() -> button(at[0], at[1], false));
        }

        void drag(int x, int y, int dx, int dy) {
            then(() -> button(x, y, true));
            for (int i = 1; i <= 5; i++) {
                int k = i;
                then(() -> move(x + k * dx / 5, y + k * dy / 5, dx / 5, dy / 5, 0));
            }
            then(() -> button(x + dx, y + dy, false));
        }

        @Override
        protected void initialize(Application app) {
            ((KioskApp) app).lamp().setEnabled(false); // shadows take most of a frame where the processor draws
        }

        @Override
        protected void cleanup(Application app) {
            // holds nothing of the engine
        }

        @Override
        protected void onEnable() {
            // starts with the application
        }

        @Override
        protected void onDisable() {
            // ends with the application
        }
    }

    @Test
    void aVisitorLooksWalksLightsTurnsAndLeaves() throws IOException {
        String display = System.getenv("DISPLAY");
        Need.require(display != null && !display.isBlank(), "a display (run under xvfb-run -a)");
        Path cave = TestRoom.write(folder.resolve("cave"), 60, 4096);
        KioskOptions options = KioskOptions.of(cave).withSize(480, 360);
        CavePackage pack = CavePackage.open(cave);
        KioskModel m = Kiosk.model(pack, options);
        Visitor v = new Visitor();
        Map<String, Object> seen = new HashMap<>();
        v.waitFrames(30);
        v.then(() -> seen.put("start", m.eye));
        v.drag(300, 300, 100, 0);
        v.then(() -> seen.put("dragged", m.eye));
        v.then(() -> v.move(300, 300, 0, 0, 120));
        v.then(() -> seen.put("wheeled", m.eye));
        v.tap(Button.LANGUAGE);
        v.then(() -> seen.put("chinese", m.chinese()));
        v.tap(Button.LAYERS);
        v.waitFrames(3);
        v.tapLayer(0);
        v.then(() -> seen.put("show", m.show()));
        v.then(() -> seen.put("layer", m.palette().layer().id()));
        v.tap(Button.LAYERS);
        v.waitFrames(3);
        v.then(() -> v.move(500, 380, 1, 1, 0));
        v.then(() -> seen.put("read", String.valueOf(m.readOut())));
        v.tap(Button.LIGHT);
        v.then(() -> seen.put("azimuth", m.lightAzimuth()));
        v.drag(300, 300, -150, 0);
        v.then(() -> seen.put("azimuth after", m.lightAzimuth()));
        v.then(() -> seen.put("eye after light", m.eye));
        v.tap(Button.LIGHT);
        v.tap(Button.WALK);
        v.then(() -> seen.put("before walk", m.eye));
        v.then(() -> v.button(v.middle(Button.FORWARD)[0], v.middle(Button.FORWARD)[1], true));
        v.waitFrames(40);
        v.then(() -> v.button(v.middle(Button.FORWARD)[0], v.middle(Button.FORWARD)[1], false));
        v.waitFrames(20);
        v.then(() -> seen.put("walked", m.eye));
        v.tap(Button.DOLLHOUSE);
        v.waitFrames(60);
        v.then(() -> seen.put("outside", m.eye));
        v.tap(Button.INSIDE);
        v.waitFrames(60);
        v.then(() -> seen.put("back", m.eye));
        v.tap(Button.FULL_SCREEN);
        v.waitFrames(10);
        v.then(() -> seen.put("full", v.getApplication().getCamera().getWidth()));
        v.then(() -> seen.put(
                "stats",
                ((KioskApp) v.getApplication()).tiles().streamer().stats().tilesShown()));
        KioskApp app = new KioskApp(
                m,
                options,
                PackageTiles.open(pack),
                java.util.List.of(),
                a -> a.getStateManager().attach(v));
        Kiosk.quietEngine();
        app.begin(JmeContext.Type.Display, 1);
        Kiosk.await(app, app.ended());
        app.join();

        Eye start = (Eye) seen.get("start");
        Eye dragged = (Eye) seen.get("dragged");
        assertThat(dragged.yaw() - start.yaw())
                .as("pulling to the right turns to the left")
                .isGreaterThan(0.1);
        assertThat(((Eye) seen.get("wheeled")).fov()).isLessThan(dragged.fov());
        assertThat(seen.get("chinese")).isEqualTo(false);
        assertThat(seen.get("show")).isEqualTo(KioskModel.Show.LAYER);
        assertThat(seen.get("layer")).isEqualTo("evidence");
        assertThat((String) seen.get("read")).isIn("Measured by the scanner", "Inferred from its surroundings");
        assertThat((double) seen.get("azimuth after")).isNotEqualTo(seen.get("azimuth"));
        assertThat(seen.get("eye after light")).isEqualTo(seen.get("wheeled"));
        Eye before = (Eye) seen.get("before walk");
        Eye walked = (Eye) seen.get("walked");
        double far = Math.hypot(walked.x() - before.x(), walked.y() - before.y());
        assertThat(far).as("metres walked").isGreaterThan(0.1);
        double ahead =
                (walked.x() - before.x()) * before.direction()[0] + (walked.y() - before.y()) * before.direction()[1];
        assertThat(ahead).as("forward").isGreaterThan(0.05);
        Eye outside = (Eye) seen.get("outside");
        assertThat(Math.sqrt(outside.x() * outside.x() + outside.y() * outside.y() + outside.z() * outside.z()))
                .isGreaterThan(4);
        Eye back = (Eye) seen.get("back");
        assertThat(Math.abs(back.x()) < 2.5 && Math.abs(back.y()) < 2.5)
                .as("inside again")
                .isTrue();
        assertThat((int) seen.get("full")).as("the whole screen").isGreaterThan(480);
        assertThat((int) seen.get("stats")).as("tiles outlive the new window").isPositive();
    }
}
