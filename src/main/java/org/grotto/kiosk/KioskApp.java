package org.grotto.kiosk;

import com.jme3.app.SimpleApplication;
import com.jme3.app.state.AppState;
import com.jme3.math.Vector3f;
import com.jme3.system.AppSettings;
import com.jme3.system.JmeContext;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.grotto.base.GrottoException;
import org.grotto.kiosk.hud.HudState;
import org.grotto.kiosk.move.DollsHouseState;
import org.grotto.kiosk.move.InsideState;
import org.grotto.kiosk.move.WalkState;
import org.grotto.kiosk.show.BackdropState;
import org.grotto.kiosk.show.CaveMaterial;
import org.grotto.kiosk.show.LampState;
import org.grotto.kiosk.show.PhotoState;
import org.grotto.kiosk.show.PointsState;
import org.grotto.kiosk.show.TilesState;
import org.grotto.kiosk.stream.Limits;
import org.grotto.kiosk.stream.TileSource;
import org.grotto.kiosk.stream.View;
import org.grotto.kiosk.visit.Depths;
import org.grotto.kiosk.visit.Eye;
import org.grotto.kiosk.visit.KioskModel;
import org.grotto.kiosk.visit.KioskOptions;
import org.jspecify.annotations.Nullable;

/**
 * The kiosk's loop: each frame the states listen to the visitor and move the eye, then the tiles for it are streamed in,
 * then the lamp is put up, then all is drawn. One state a feature; the scene is Z up, in metres, near its origin.
 */
final class KioskApp extends SimpleApplication {
    /** Points nearer to each other than this on the screen are close enough, pixels. */
    private static final double POINT_PIXELS = 1.5;

    private static final long LONGEST_END_MILLIS = 20_000;

    final KioskModel model;
    private final KioskOptions options;
    private final TilesState tiles;
    private final PointsState points;
    private final LampState lamp;
    private final @Nullable Consumer<KioskApp> extras;
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private int scale = 1;
    private volatile long frames;
    private final Lack surfaceLack;
    private final Lack pointsLack;
    private volatile @Nullable Thread loop;

    /** @param extras attaches further states once the application runs (a screenshot, a test's flight), or null */
    KioskApp(
            KioskModel model,
            KioskOptions options,
            TileSource source,
            List<Path> points,
            @Nullable Consumer<KioskApp> extras) {
        super(new AppState[0]);
        this.model = model;
        this.options = options;
        this.extras = extras;
        this.tiles = new TilesState(model, source, new Limits(1, options.triangles(), options.memoryBytes()));
        this.points = new PointsState(
                model, tiles, points, new Limits(POINT_PIXELS, options.triangles(), options.memoryBytes()));
        this.lamp = new LampState(model, tiles);
        this.surfaceLack = new Lack(model, "surface");
        this.pointsLack = new Lack(model, "points");
    }

    /** Starts the engine on its own thread. */
    void begin(JmeContext.Type type, int supersampling) {
        scale = supersampling;
        points.supersampling(scale);
        AppSettings s = new AppSettings(true);
        s.setRenderer(AppSettings.LWJGL_OPENGL33);
        s.setAudioRenderer(null);
        String wayland = System.getenv("WAYLAND_DISPLAY");
        s.setX11PlatformPreferred(wayland == null || wayland.isBlank()); // else the system complains of no Wayland
        s.setUseJoysticks(false);
        s.setGammaCorrection(false); // the shaders work in linear light and encode sRGB themselves
        s.setTitle(model.cave.title().zh() + " · " + model.cave.title().en());
        s.setWidth(options.width() * scale);
        s.setHeight(options.height() * scale);
        s.setSamples(type == JmeContext.Type.Display ? 4 : 0);
        s.setResizable(true);
        s.setFullscreen(options.fullScreen());
        s.setVSync(true);
        if (options.fullScreen()) {
            s.setWidth(-1);
            s.setHeight(-1);
        }
        setSettings(s);
        setShowSettings(false);
        setPauseOnLostFocus(false);
        start(type, false);
    }

    @Override
    public void simpleInitApp() {
        loop = Thread.currentThread();
        stateManager.attachAll(
                new BackdropState(model),
                tiles,
                points,
                lamp,
                new InsideState(model, tiles),
                new WalkState(model, tiles),
                new DollsHouseState(model),
                new PhotoState(model));
        if (options.panels()) {
            stateManager.attach(new HudState(model));
        }
        if (context.getType() == JmeContext.Type.Display) {
            stateManager.attach(new PointerState(model));
        }
        if (extras != null) {
            extras.accept(this);
        }
    }

    @Override
    public void simpleUpdate(float tpf) {
        Eye e = model.eye;
        double[] d = e.direction();
        cam.setLocation(new Vector3f((float) e.x(), (float) e.y(), (float) e.z()));
        cam.lookAtDirection(new Vector3f((float) d[0], (float) d[1], (float) d[2]), Vector3f.UNIT_Z);
        Depths depths = Depths.of(e, model.box());
        cam.setFrustumPerspective(
                (float) e.fov(), (float) cam.getWidth() / cam.getHeight(), (float) depths.near(), (float) depths.far());
        View view = View.perspective(
                e.position(),
                d,
                new double[] {0, 0, 1},
                Math.toRadians(e.fov()),
                cam.getWidth() / scale,
                cam.getHeight() / scale,
                depths.near(),
                depths.far());
        tiles.stream(view);
        points.stream(view);
        CaveMaterial m = tiles.material();
        m.cut(model.cut);
        m.layer(model.palette());
        m.sheet(!model.encloses);
        m.size(model.cave.bounds().diagonal());
        tiles.layer(model.layer());
        if (model.outdoors()) {
            m.outdoors();
        } else {
            m.indoors(model.lightElevation());
        }
        lamp.place(tpf);
        if (context.getType() == JmeContext.Type.Display) {
            model.pass(tpf);
        }
        var stats = tiles.streamer().stats();
        GrottoException failure = stats.failure();
        String words = stats.tilesShown() == 0
                ? "failures.surface"
                : failure != null && failure.kind() == GrottoException.Kind.IO
                        ? "failures.away"
                        : "failures.surface-part";
        surfaceLack.look(failure, words, tpf);
        boolean points = model.show() == KioskModel.Show.POINTS;
        pointsLack.look(points ? lackOfPoints() : null, "failures.points-part", tpf);
        frames++;
    }

    /** Why points that were asked for, or some of them, cannot be shown, or null. */
    @Nullable
    GrottoException lackOfPoints() {
        return points.failure();
    }

    /** Between window and full screen; the engine makes the window anew and keeps what is on the graphics card. */
    void toggleFullScreen() {
        boolean full = !settings.isFullscreen();
        settings.setFullscreen(full);
        settings.setWidth(full ? -1 : options.width());
        settings.setHeight(full ? -1 : options.height());
        restart();
        model.touched();
    }

    TilesState tiles() {
        return tiles;
    }

    LampState lamp() {
        return lamp;
    }

    KioskOptions options() {
        return options;
    }

    /** How many frames there have been: a watchdog sees by it that the engine lives. */
    long frames() {
        return frames;
    }

    /** Completes when the engine has stopped, exceptionally where it failed. */
    CompletableFuture<Void> ended() {
        return ended;
    }

    /** Whether the engine got a screen to draw on. */
    boolean started() {
        return loop != null;
    }

    /** Waits until the engine has given the screen back, so that another may start. */
    void join() {
        Thread t = loop;
        try {
            if (t != null) {
                t.join(LONGEST_END_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The engine would log this and leave with exit code 0; here it reaches the caller. */
    @Override
    public void handleError(String message, @Nullable Throwable t) {
        ended.completeExceptionally(new IllegalStateException(message, t));
        stop(false);
    }

    @Override
    public void destroy() {
        super.destroy();
        ended.complete(null);
    }
}
