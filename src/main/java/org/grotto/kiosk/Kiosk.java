package org.grotto.kiosk;

import com.jme3.system.JmeContext;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.imageio.ImageIO;
import org.grotto.base.GrottoException;
import org.grotto.base.Outputs;
import org.grotto.kiosk.show.PackageTiles;
import org.grotto.kiosk.stream.Streamer;
import org.grotto.kiosk.stream.TileSource;
import org.grotto.kiosk.visit.CavePackage;
import org.grotto.kiosk.visit.KioskModel;
import org.grotto.kiosk.visit.KioskOptions;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** The museum screen: opens a cave package and lets visitors stand in it. */
public final class Kiosk {
    /** No frame for this long means that the engine hangs; loading tiles does not stop frames. */
    private static final long HANG_SECONDS = 90;

    /** The engine tells of its start and of loaders that are not here; only what goes wrong is of interest. */
    private static final Logger ENGINE_LOG = Logger.getLogger("com.jme3");

    private static final Logger LOADER_LOG = Logger.getLogger("com.jme3.asset.AssetConfig");

    private static final org.slf4j.Logger LOG = LoggerFactory.getLogger(Kiosk.class);

    private Kiosk() {}

    /**
     * What a picture was made of.
     *
     * @param tiles and {@code triangles}: how much was drawn of the mesh
     * @param maxPixelError the largest error of a tile on the screen, pixels; above 1 only where the budget ended
     * @param lack why something of the package that the picture should show is not in it, or null
     */
    public record Picture(
            int width,
            int height,
            int tiles,
            long triangles,
            double maxPixelError,
            boolean limited,
            @Nullable String lack) {}

    /**
     * Shows a package in a window or full screen; returns when the visitor closes it.
     *
     * @throws GrottoException where the package is bad or there is no display
     */
    public static void show(KioskOptions options) {
        logged(options, () -> {
            window(options);
            return options;
        });
    }

    /** What a screen does stands in the log: nobody sits before its console. */
    private static <T> T logged(KioskOptions options, Supplier<T> shows) {
        LOG.info(
                "begins: package {}, view {}, show {}; Java {}, {} {}",
                options.packageFolder().toAbsolutePath(),
                options.view(),
                options.show(),
                Runtime.version(),
                System.getProperty("os.name"),
                System.getProperty("os.version"));
        try {
            T result = shows.get();
            LOG.info("ends");
            return result;
        } catch (RuntimeException | Error e) {
            LOG.error("failed: {}", e.getMessage(), e);
            throw e;
        }
    }

    private static void window(KioskOptions options) {
        CavePackage cave = CavePackage.open(options.packageFolder());
        KioskModel model = model(cave, options);
        PackageTiles tiles = PackageTiles.open(
                cave, options.memoryBytes() / 2); // a broken package is told with or without a display
        requireDisplay("kiosk");
        KioskApp app = new KioskApp(model, options, tiles, cave.points(), null);
        quietEngine();
        app.begin(JmeContext.Type.Display, 1);
        await(app, app.ended());
    }

    /**
     * Takes a picture of a view into {@code png}, without a window; waits for all tiles that it needs at 1 pixel error.
     *
     * @throws GrottoException where the package is bad, the view unknown, there is no display or it cannot be written
     */
    public static Picture screenshot(KioskOptions options, Path png) {
        return logged(options, () -> picture(options, png));
    }

    private static Picture picture(KioskOptions options, Path png) {
        CavePackage cave = CavePackage.open(options.packageFolder());
        KioskModel model = model(cave, options);
        PackageTiles tiles = PackageTiles.open(cave, options.memoryBytes() / 2);
        requireDisplay("kiosk --screenshot");
        ShotState.Shot shot = shoot(model, options, tiles, cave.points());
        Outputs.file(png, temporary -> {
            if (!ImageIO.write(shot.image(), "png", temporary.toFile())) {
                throw new IOException("no PNG writer");
            }
        });
        Streamer.Stats s = shot.stats();
        return new Picture(
                options.width(),
                options.height(),
                s.tilesShown(),
                s.trianglesShown(),
                s.maxPixels(),
                s.limited(),
                shot.lack() == null ? null : shot.lack().getMessage());
    }

    /** What a visitor of a package begins with. */
    public static KioskModel model(CavePackage cave, KioskOptions options) {
        return new KioskModel(
                cave.info(),
                cave.origin(),
                !cave.points().isEmpty(),
                cave.pictures(),
                options,
                cave.view(options.view()));
    }

    static ShotState.Shot shoot(KioskModel model, KioskOptions options, TileSource source, List<Path> points) {
        ShotState state = new ShotState();
        KioskApp app = new KioskApp(
                model, options, source, points, a -> a.getStateManager().attach(state));
        quietEngine();
        app.begin(JmeContext.Type.OffscreenSurface, ShotState.SCALE);
        CompletableFuture<ShotState.Shot> either = new CompletableFuture<>();
        state.result().whenComplete((shot, t) -> complete(either, shot, t));
        app.ended().whenComplete((v, t) -> {
            if (t != null) {
                either.completeExceptionally(t);
            }
        });
        try {
            return await(app, either);
        } finally {
            app.join();
        }
    }

    static void quietEngine() {
        ENGINE_LOG.setLevel(Level.WARNING);
        LOADER_LOG.setLevel(Level.SEVERE);
    }

    private static <T> void complete(CompletableFuture<T> to, T value, @Nullable Throwable t) {
        if (t != null) {
            to.completeExceptionally(t);
        } else {
            to.complete(value);
        }
    }

    /** Waits for the engine as long as it draws frames; it can hang without a word, and must not take us with it. */
    static <T> T await(KioskApp app, CompletableFuture<T> future) {
        long seen = -1;
        while (true) {
            try {
                return future.get(HANG_SECONDS, TimeUnit.SECONDS);
            } catch (TimeoutException e) {
                if (app.frames() == seen || app.frames() == 0) {
                    throw new GrottoException(
                                    GrottoException.Kind.MISSING,
                                    "The screen does not answer: no picture was drawn for " + HANG_SECONDS
                                            + " seconds; check the graphics driver (OpenGL 3.3 is needed).",
                                    e)
                            .told("failures.screen-hangs");
                }
                seen = app.frames();
            } catch (InterruptedException e) {
                app.stop(false);
                Thread.currentThread().interrupt();
                throw GrottoException.cancelled();
            } catch (ExecutionException e) {
                throw failure(app, e.getCause());
            }
        }
    }

    private static RuntimeException failure(KioskApp app, @Nullable Throwable t) {
        for (Throwable c = t; c != null; c = c.getCause()) {
            if (c instanceof GrottoException g) {
                return g;
            }
        }
        if (!app.started()) {
            Throwable cause = t == null ? null : t.getCause();
            String reason = String.valueOf(cause == null ? t : cause.getMessage());
            return new GrottoException(GrottoException.Kind.MISSING, noDisplay("kiosk", reason), t)
                    .told("failures.no-display");
        }
        return new IllegalStateException("the kiosk's engine failed", t);
    }

    /** On Linux an engine without a display hangs; say so at once instead. */
    private static void requireDisplay(String command) {
        String os = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        if (os.contains("linux") && blank("DISPLAY") && blank("WAYLAND_DISPLAY")) {
            throw GrottoException.missing(noDisplay(command, "DISPLAY is not set"))
                    .told("failures.no-display");
        }
    }

    private static boolean blank(String variable) {
        String v = System.getenv(variable);
        return v == null || v.isBlank();
    }

    private static String noDisplay(String command, String found) {
        return "There is no display to draw on (" + found
                + "); run it in a desktop session, or under a virtual display: "
                + "`apt-get install xvfb libgl1-mesa-dri`, then `xvfb-run -a ./grotto " + command + " ...`.";
    }
}
