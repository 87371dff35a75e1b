package org.grotto.kiosk.show;

import com.jme3.app.Application;
import com.jme3.app.SimpleApplication;
import com.jme3.app.state.BaseAppState;
import com.jme3.material.Material;
import com.jme3.material.RenderState;
import com.jme3.math.ColorRGBA;
import com.jme3.renderer.queue.RenderQueue;
import com.jme3.scene.Geometry;
import com.jme3.scene.Mesh;
import com.jme3.scene.Node;
import com.jme3.scene.Spatial;
import com.jme3.scene.VertexBuffer;
import com.jme3.texture.Image;
import com.jme3.texture.Texture;
import com.jme3.texture.Texture2D;
import com.jme3.texture.image.ColorSpace;
import com.jme3.util.NativeObject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.grotto.base.Texts;
import org.grotto.image.Reduced;
import org.grotto.kiosk.visit.KioskModel;
import org.grotto.scene.Lens;
import org.grotto.scene.Photos.Placed;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The pictures of one place laid over the stone, as the camera saw it: each a sheet of rays about the place it was taken
 * from, drawn over everything, so that from there it covers the stone it shows. They fade in and out, and are read and made
 * smaller beside the drawing thread.
 */
public final class PhotoState extends BaseAppState {
    private static final Logger LOG = LoggerFactory.getLogger(PhotoState.class);
    private static final double FADE_SECONDS = 0.7;
    /** No side is longer on the graphics card, pixels. */
    private static final int LONGEST = 8192;
    /** A visitor who has gone so far from where a picture was taken sees it no more, metres. */
    private static final double GONE = 0.35;

    private final KioskModel model;
    private final Node node = new Node("pictures");
    private final ExecutorService reads = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("pictures").factory());
    private @Nullable List<Placed> shown;
    private List<Future<@Nullable Reduced>> awaited = List.of();
    private final List<Geometry> sheets = new ArrayList<>();
    private float alpha;

    public PhotoState(KioskModel model) {
        this.model = model;
    }

    /** Whether nothing that is to be shown is still on its way. */
    public boolean settled() {
        return java.util.Objects.equals(shown, model.laid()) && awaited.isEmpty();
    }

    /** Without fading: for a picture of the screen. */
    public void jump() {
        alpha = model.laid() == null ? 0 : 1;
        tint();
    }

    @Override
    public void update(float tpf) {
        List<Placed> laid = model.laid();
        if (laid != null && laid.equals(shown) && !model.arriving() && model.placeDistance(laid) > GONE) {
            model.leavePicture();
            laid = null;
        }
        if (laid != null && !laid.equals(shown)) {
            clear();
            shown = laid;
            alpha = 0;
            awaited = laid.stream().map(p -> reads.submit(() -> read(p))).toList();
        }
        collect();
        boolean in = laid != null && awaited.isEmpty() && !model.arriving();
        alpha = (float) Math.max(0, Math.min(1, alpha + (in ? tpf : -tpf) / FADE_SECONDS));
        if (laid == null && alpha == 0 && shown != null) {
            clear();
        }
        tint();
        scale();
    }

    private void tint() {
        for (Geometry g : sheets) {
            g.getMaterial().setColor("Color", new ColorRGBA(1, 1, 1, alpha));
        }
        node.setCullHint(alpha == 0 ? Spatial.CullHint.Always : Spatial.CullHint.Never);
    }

    /** Sheets stand between the near and the far plane; from their own place the distance is not seen. */
    private void scale() {
        float far = getApplication().getCamera().getFrustumFar();
        float near = getApplication().getCamera().getFrustumNear();
        float reach = Math.min(0.5f * far, Math.max(20 * near, 1));
        for (Geometry g : sheets) {
            g.setLocalScale(reach);
        }
    }

    private static @Nullable Reduced read(Placed p) {
        try {
            Reduced r = Reduced.of(Files.readAllBytes(p.file()), LONGEST);
            return p.mask() == null ? r : r.masked(Reduced.of(Files.readAllBytes(p.mask()), LONGEST));
        } catch (IOException | RuntimeException | OutOfMemoryError e) {
            LOG.warn("{} cannot be shown: {}", p.file(), e.toString());
            return null;
        }
    }

    /** Makes sheets of what has been read, all at once. */
    private void collect() {
        List<Placed> of = shown;
        if (of == null || awaited.isEmpty() || !awaited.stream().allMatch(Future::isDone)) {
            return;
        }
        List<Future<@Nullable Reduced>> done = awaited;
        awaited = List.of();
        for (int i = 0; i < of.size(); i++) {
            Reduced r = done.get(i).resultNow();
            if (r != null) {
                Geometry g = sheet(of.get(i), r);
                sheets.add(g);
                node.attachChild(g);
            }
        }
        if (sheets.isEmpty()) {
            model.leavePicture();
            model.notice(Texts.of("failures.picture"));
        }
    }

    private Geometry sheet(Placed p, Reduced r) {
        Geometry g = new Geometry("picture", mesh(p.lens(), p.pose().matrix()));
        Texture2D t =
                new Texture2D(new Image(Image.Format.RGBA8, r.width(), r.height(), r.pixels(), ColorSpace.Linear));
        t.setMinFilter(Texture.MinFilter.Trilinear);
        t.setMagFilter(Texture.MagFilter.Bilinear);
        t.setWrap(Texture.WrapMode.EdgeClamp);
        t.setAnisotropicFilter(8);
        Material m = new Material(getApplication().getAssetManager(), "Common/MatDefs/Misc/Unshaded.j3md");
        m.setTexture("ColorMap", t);
        m.setColor("Color", new ColorRGBA(1, 1, 1, 0));
        m.getAdditionalRenderState().setBlendMode(RenderState.BlendMode.Alpha);
        m.getAdditionalRenderState().setDepthTest(false);
        m.getAdditionalRenderState().setDepthWrite(false);
        m.getAdditionalRenderState().setFaceCullMode(RenderState.FaceCullMode.Off);
        g.setMaterial(m);
        g.setQueueBucket(RenderQueue.Bucket.Translucent);
        g.setCullHint(Spatial.CullHint.Never);
        double[] o = model.origin;
        g.setLocalTranslation((float) (p.pose().tx() - o[0]), (float) (p.pose().ty() - o[1]), (float)
                (p.pose().tz() - o[2]));
        return g;
    }

    /** The lens' nodes as a mesh about the camera, turned into the cave's axes; places of the picture from its top. */
    private static Mesh mesh(Lens lens, double[] turn) {
        int w = lens.columns();
        int h = lens.rows();
        FloatBuffer xyz = floats(3 * w * h);
        FloatBuffer uv = floats(2 * w * h);
        for (int row = 0; row < h; row++) {
            for (int c = 0; c < w; c++) {
                double[] d = lens.node(c, row);
                for (int a = 0; a < 9; a += 3) {
                    xyz.put((float) (turn[a] * d[0] + turn[a + 1] * d[1] + turn[a + 2] * d[2]));
                }
                uv.put((float) c / (w - 1)).put((float) row / (h - 1));
            }
        }
        IntBuffer triangles = ByteBuffer.allocateDirect(24 * (w - 1) * (h - 1))
                .order(ByteOrder.nativeOrder())
                .asIntBuffer();
        for (int row = 0; row + 1 < h; row++) {
            for (int c = 0; c + 1 < w; c++) {
                int i = row * w + c;
                triangles.put(i).put(i + w).put(i + 1).put(i + 1).put(i + w).put(i + w + 1);
            }
        }
        Mesh m = new Mesh();
        m.setBuffer(VertexBuffer.Type.Position, 3, xyz.flip());
        m.setBuffer(VertexBuffer.Type.TexCoord, 2, uv.flip());
        m.setBuffer(VertexBuffer.Type.Index, 3, triangles.flip());
        m.updateBound();
        return m;
    }

    private static FloatBuffer floats(int n) {
        return ByteBuffer.allocateDirect(4 * n).order(ByteOrder.nativeOrder()).asFloatBuffer();
    }

    private void clear() {
        awaited.forEach(f -> f.cancel(false));
        awaited = List.of();
        shown = null;
        for (Geometry g : sheets) {
            g.removeFromParent();
            Texture t = g.getMaterial().getTextureParam("ColorMap").getTextureValue();
            if (t.getImage().getId() != NativeObject.INVALID_ID) {
                t.getImage().dispose();
            }
        }
        sheets.clear();
    }

    @Override
    protected void initialize(Application app) {
        node.setCullHint(Spatial.CullHint.Always);
    }

    @Override
    protected void cleanup(Application app) {
        reads.shutdownNow();
    }

    @Override
    protected void onEnable() {
        ((SimpleApplication) getApplication()).getRootNode().attachChild(node);
    }

    @Override
    protected void onDisable() {
        node.removeFromParent();
    }
}
