package org.grotto.kiosk;

import com.jme3.app.Application;
import com.jme3.app.state.BaseAppState;
import com.jme3.renderer.ViewPort;
import com.jme3.texture.FrameBuffer;
import com.jme3.texture.FrameBuffer.FrameBufferTarget;
import com.jme3.texture.Image;
import com.jme3.texture.Texture2D;
import java.awt.image.BufferedImage;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import org.grotto.base.GrottoException;
import org.grotto.image.Srgb;
import org.grotto.kiosk.show.PhotoState;
import org.grotto.kiosk.show.PointsState;
import org.grotto.kiosk.stream.Streamer;
import org.grotto.kiosk.visit.KioskModel;
import org.jspecify.annotations.Nullable;

/**
 * Takes one picture: nothing is drawn until every tile that the view needs is resident, then one frame is drawn at twice
 * the size and averaged in linear light, so that edges and writing are smooth.
 */
final class ShotState extends BaseAppState {
    /** The picture, what it was made of, and why something of what it should show is not in it. */
    record Shot(
            BufferedImage image,
            Streamer.Stats stats,
            @Nullable GrottoException lack) {}

    static final int SCALE = 2;
    /** Frames after the last tile: the lamp needs one to find the rock it lights. */
    private static final int FRAMES_AFTER = 3;

    private final CompletableFuture<Shot> result = new CompletableFuture<>();
    private @Nullable FrameBuffer target;
    private int settledFrames;
    private boolean read;

    CompletableFuture<Shot> result() {
        return result;
    }

    @Override
    protected void initialize(Application app) {
        int w = app.getCamera().getWidth();
        int h = app.getCamera().getHeight();
        FrameBuffer fb = new FrameBuffer(w, h, 1);
        fb.addColorTarget(FrameBufferTarget.newTarget(new Texture2D(w, h, Image.Format.RGBA8)));
        fb.setDepthTarget(FrameBufferTarget.newTarget(Image.Format.Depth24));
        for (ViewPort p : new ViewPort[] {app.getViewPort(), app.getGuiViewPort()}) {
            p.setOutputFrameBuffer(fb);
        }
        target = fb;
        ((KioskApp) app).model.touch(); // a picture needs no word on how to begin
        draw(app, false);
    }

    private void draw(Application app, boolean on) {
        app.getViewPort().setEnabled(on);
        app.getGuiViewPort().setEnabled(on);
        ((KioskApp) app).lamp().setEnabled(on);
    }

    @Override
    public void update(float tpf) {
        KioskApp app = (KioskApp) getApplication();
        Streamer streamer = app.tiles().streamer();
        Streamer.Stats stats = streamer.stats();
        PointsState points = getState(PointsState.class);
        PhotoState photos = getState(PhotoState.class);
        boolean ready =
                streamer.settled() && (points == null || points.settled()) && (photos == null || photos.settled());
        GrottoException refused = ready ? refused(app, stats) : null;
        if (refused != null) {
            result.completeExceptionally(refused);
            app.stop(false);
        }
        settledFrames = ready ? settledFrames + 1 : 0;
        if (settledFrames == 1) {
            app.lamp().jump();
        }
        if (settledFrames > 0 && photos != null) {
            photos.jump();
        }
        if (settledFrames == FRAMES_AFTER) {
            draw(app, true);
        }
    }

    /** Why there is no such picture as was asked for, or null. */
    private static @Nullable GrottoException refused(KioskApp app, Streamer.Stats stats) {
        if (app.options().show().equals("points") && app.model.show() != KioskModel.Show.POINTS) {
            return app.lackOfPoints();
        }
        if (stats.tilesShown() > 0) {
            return null;
        }
        return stats.failure() != null
                ? stats.failure()
                : GrottoException.badInput(app.options().packageFolder(), "has a mesh without triangles.");
    }

    @Override
    public void postRender() {
        FrameBuffer fb = target;
        if (settledFrames < FRAMES_AFTER || fb == null || read) {
            return;
        }
        read = true;
        KioskApp app = (KioskApp) getApplication();
        try (Arena arena = Arena.ofConfined()) {
            ByteBuffer pixels =
                    arena.allocate(4L * fb.getWidth() * fb.getHeight()).asByteBuffer();
            app.getRenderer().readFrameBufferWithFormat(fb, pixels, Image.Format.RGBA8);
            BufferedImage image = average(pixels, fb.getWidth(), fb.getHeight());
            Streamer.Stats stats = app.tiles().streamer().stats();
            boolean points = app.model.show() == KioskModel.Show.POINTS;
            result.complete(new Shot(image, stats, points ? app.lackOfPoints() : stats.failure()));
        }
        app.stop(false);
    }

    /** Halves a picture whose first row is the lowest; every pixel is the mean of four in linear light. */
    static BufferedImage average(ByteBuffer rgba, int width, int height) {
        double[] linear = new double[256];
        for (int i = 0; i < 256; i++) {
            linear[i] = Srgb.decode(i / 255.0);
        }
        int w = width / SCALE;
        int h = height / SCALE;
        BufferedImage out = new BufferedImage(w, h, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < h; y++) {
            for (int x = 0; x < w; x++) {
                int value = 0;
                for (int c = 0; c < 3; c++) {
                    double sum = 0;
                    for (int k = 0; k < SCALE * SCALE; k++) {
                        int row = height - 1 - (SCALE * y + k / SCALE);
                        sum += linear[rgba.get(4 * (row * width + SCALE * x + k % SCALE) + c) & 255];
                    }
                    double m = sum / (SCALE * SCALE);
                    value = value << 8 | (int) Math.round(255 * Srgb.encode(m));
                }
                out.setRGB(x, y, value);
            }
        }
        return out;
    }

    @Override
    protected void cleanup(Application app) {
        result.completeExceptionally(new IllegalStateException("the engine stopped before the picture was taken"));
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
