package org.grotto.kiosk.hud;

import com.jme3.app.Application;
import com.jme3.app.SimpleApplication;
import com.jme3.app.state.BaseAppState;
import com.jme3.material.Material;
import com.jme3.material.RenderState;
import com.jme3.math.ColorRGBA;
import com.jme3.renderer.queue.RenderQueue;
import com.jme3.scene.Geometry;
import com.jme3.scene.Node;
import com.jme3.scene.Spatial;
import com.jme3.scene.shape.Quad;
import com.jme3.texture.Image;
import com.jme3.texture.Texture;
import com.jme3.texture.Texture2D;
import com.jme3.texture.image.ColorSpace;
import com.jme3.util.NativeObject;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.grotto.kiosk.hud.HudLayout.Button;
import org.grotto.kiosk.hud.HudLayout.Panel;
import org.grotto.kiosk.hud.HudLayout.Placed;
import org.grotto.kiosk.visit.KioskModel;
import org.jspecify.annotations.Nullable;

/**
 * The panels and buttons over the picture: painted when something on them changes, a quad with a texture each. When
 * nobody has stirred for a while the buttons fade, and the picture stands alone with its title; any move brings them back.
 */
public final class HudState extends BaseAppState {
    /** Seconds without a visitor until the buttons fade, and how long that takes. */
    private static final double IDLE_SECONDS = 20;

    private static final double FADE_SECONDS = 1.5;

    private final KioskModel model;
    private final Node node = new Node("panels");
    private final Map<Panel, Sheet> sheets = new EnumMap<>(Panel.class);
    private @Nullable HudPaint paint;
    private @Nullable HudLayout layout;
    private @Nullable Button pressed;
    private int paintedVersion = -1;
    private int paintedWidth;
    private int paintedHeight;
    private boolean dirty = true;
    private double idle;
    private float shownAlpha = 1;

    /** A panel on the graphics card; its memory is kept for the next painting of the same size. */
    private static final class Sheet {
        final Geometry quad = new Geometry("panel", new Quad(1, 1));
        int width;
        int height;
        ByteBuffer pixels = ByteBuffer.allocate(0);

        @Nullable
        Texture2D texture;
    }

    public HudState(KioskModel model) {
        this.model = model;
    }

    @Override
    protected void initialize(Application app) {
        paint = new HudPaint(Typeface.load());
        node.setCullHint(Spatial.CullHint.Never);
        node.setQueueBucket(RenderQueue.Bucket.Gui);
    }

    @Override
    protected void cleanup(Application app) {
        sheets.values().forEach(HudState::free);
    }

    @Override
    protected void onEnable() {
        ((SimpleApplication) getApplication()).getGuiNode().attachChild(node);
    }

    @Override
    protected void onDisable() {
        node.removeFromParent();
    }

    /** The layout of the last frame. */
    @Nullable
    public HudLayout layout() {
        return layout;
    }

    public void pressed(@Nullable Button b) {
        if (pressed != b) {
            pressed = b;
            dirty = true;
        }
    }

    /** Somebody is there. */
    public void wake() {
        idle = 0;
    }

    /** How strongly the buttons are drawn, 0 to 1, after {@code idle} seconds without a visitor. */
    static double strength(double idle) {
        return Math.max(0, Math.min(1, 1 - (idle - IDLE_SECONDS) / FADE_SECONDS));
    }

    /** What tells where one is, what the colours mean and how to begin stays. */
    private boolean stays(Panel p) {
        return p == Panel.TITLE || p == Panel.LEGEND || p == Panel.HINT && (!model.touched() || model.notice() != null);
    }

    private void fade() {
        float alpha = (float) strength(idle);
        if (alpha != shownAlpha || dirty) {
            shownAlpha = alpha;
            ColorRGBA faded = new ColorRGBA(alpha, alpha, alpha, alpha);
            sheets.forEach((panel, sheet) -> {
                Material m = sheet.quad.getMaterial();
                if (m != null) {
                    m.setColor("Color", stays(panel) ? ColorRGBA.White : faded);
                }
            });
        }
    }

    @Override
    public void update(float tpf) {
        idle += tpf;
        repaint();
        fade();
    }

    private void repaint() {
        int w = getApplication().getCamera().getWidth();
        int h = getApplication().getCamera().getHeight();
        if (!dirty && model.version() == paintedVersion && w == paintedWidth && h == paintedHeight) {
            return;
        }
        dirty = false;
        paintedVersion = model.version();
        paintedWidth = w;
        paintedHeight = h;
        HudLayout now = new HudLayout(w, h, model);
        layout = now;
        List<Panel> seen = new ArrayList<>();
        boolean full = getApplication().getContext().getSettings().isFullscreen();
        for (Placed<Panel> p : now.panels) {
            seen.add(p.what());
            Sheet s = sheets.computeIfAbsent(p.what(), k -> new Sheet());
            if (paint != null) {
                show(s, p, h, paint.paint(p, now, model, pressed, full));
            }
            if (s.quad.getParent() == null) {
                node.attachChild(s.quad);
            }
        }
        sheets.forEach((panel, sheet) -> {
            if (!seen.contains(panel)) {
                sheet.quad.removeFromParent();
            }
        });
    }

    private static void free(Sheet s) {
        if (s.texture != null && s.texture.getImage().getId() != NativeObject.INVALID_ID) {
            s.texture.getImage().dispose();
        }
    }

    private void show(Sheet s, Placed<Panel> p, int screenHeight, BufferedImage image) {
        int w = image.getWidth();
        int h = image.getHeight();
        if (w != s.width || h != s.height) {
            free(s);
            s.width = w;
            s.height = h;
            s.pixels = ByteBuffer.allocateDirect(4 * w * h).order(ByteOrder.nativeOrder());
            s.texture = new Texture2D(new Image(Image.Format.RGBA8, w, h, s.pixels, ColorSpace.Linear));
            s.texture.setMinFilter(Texture.MinFilter.BilinearNoMipMaps);
            s.texture.setMagFilter(Texture.MagFilter.Nearest);
            Material m = new Material(getApplication().getAssetManager(), "Common/MatDefs/Gui/Gui.j3md");
            m.setTexture("Texture", s.texture);
            m.setColor("Color", ColorRGBA.White);
            m.getAdditionalRenderState().setBlendMode(RenderState.BlendMode.PremultAlpha);
            s.quad.setMaterial(m);
        }
        int[] argb = ((DataBufferInt) image.getRaster().getDataBuffer()).getData();
        s.pixels.clear();
        for (int y = h - 1; y >= 0; y--) {
            for (int x = 0; x < w; x++) {
                int c = argb[y * w + x];
                s.pixels
                        .put((byte) (c >> 16))
                        .put((byte) (c >> 8))
                        .put((byte) c)
                        .put((byte) (c >> 24));
            }
        }
        s.pixels.flip();
        if (s.texture != null) {
            s.texture.getImage().setData(s.pixels);
        }
        s.quad.setLocalScale(w, h, 1);
        s.quad.setLocalTranslation(p.at().x(), screenHeight - p.at().y() - h, 0);
    }
}
