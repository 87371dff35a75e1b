package org.grotto.kiosk;

import com.jme3.app.Application;
import com.jme3.app.state.BaseAppState;
import com.jme3.bounding.BoundingBox;
import com.jme3.material.Material;
import com.jme3.math.Vector3f;
import com.jme3.renderer.Renderer;
import com.jme3.scene.Geometry;
import com.jme3.scene.Mesh;
import com.jme3.scene.Spatial;
import com.jme3.scene.VertexBuffer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.grotto.geometry.Box;
import org.grotto.kiosk.stream.Limits;
import org.grotto.kiosk.stream.Node;
import org.grotto.kiosk.stream.PackedMesh;
import org.grotto.kiosk.stream.Rays;
import org.grotto.kiosk.stream.Streamer;
import org.grotto.kiosk.stream.TileSource;
import org.grotto.kiosk.stream.View;
import org.jspecify.annotations.Nullable;

/** Brings the cave's tiles onto the graphics card and shows, each frame, those that the streaming chose. */
final class TilesState extends BaseAppState implements Streamer.Sink {
    private static final long UPLOAD_NANOS = 4_000_000;
    private static final int WORKERS = 2;

    /** The parent of all tiles shown. */
    final com.jme3.scene.Node tiles = new com.jme3.scene.Node("tiles");

    private final KioskModel model;
    private final TileSource source;
    private final Limits limits;
    private final Map<Node, Geometry> geometries = new HashMap<>();
    private final Set<Node> attached = new HashSet<>();
    private List<Node> shown = List.of();
    private @Nullable Streamer streamer;
    private @Nullable CaveMaterial material;

    TilesState(KioskModel model, TileSource source, Limits limits) {
        this.model = model;
        this.source = source;
        this.limits = limits;
    }

    @Override
    protected void initialize(Application app) {
        material = new CaveMaterial(app.getAssetManager());
        streamer = new Streamer(source, this, limits, WORKERS);
    }

    @Override
    protected void cleanup(Application app) {
        if (streamer != null) {
            streamer.close();
        }
    }

    @Override
    protected void onEnable() {
        ((KioskApp) getApplication()).getRootNode().attachChild(tiles);
    }

    @Override
    protected void onDisable() {
        tiles.removeFromParent();
    }

    CaveMaterial material() {
        if (material == null) {
            throw new IllegalStateException("not initialised");
        }
        return material;
    }

    Streamer streamer() {
        if (streamer == null) {
            throw new IllegalStateException("not initialised");
        }
        return streamer;
    }

    @Override
    public void render(com.jme3.renderer.RenderManager rm) {
        // nothing: tiles are exchanged in update, all at once
    }

    /** Called by the application after the cameras have moved, before the scene is drawn. */
    void stream(int width, int height) {
        Eye e = model.eye;
        View view = View.perspective(
                e.position(),
                e.direction(),
                new double[] {0, 0, 1},
                Math.toRadians(e.fov()),
                width,
                height,
                KioskApp.NEAR,
                KioskApp.FAR);
        shown = streamer().frame(view, UPLOAD_NANOS);
        Set<Node> now = new HashSet<>(shown);
        attached.removeIf(n -> {
            Geometry g = geometries.get(n);
            if (g != null && !now.contains(n)) {
                g.removeFromParent();
                return true;
            }
            return g == null;
        });
        for (Node n : shown) {
            Geometry g = geometries.get(n);
            if (g != null && attached.add(n)) {
                tiles.attachChild(g);
            }
        }
        boolean asMesh = model.show() != KioskModel.Show.POINTS;
        tiles.setCullHint(asMesh ? Spatial.CullHint.Dynamic : Spatial.CullHint.Always);
    }

    /** The nearest rock on a ray among the tiles in memory. */
    Rays.Hit cast(double[] origin, double[] dir, double longest) {
        return Rays.cast(shown, origin, dir, longest, true);
    }

    @Override
    public void upload(Node node, PackedMesh packed) {
        Mesh mesh = new Mesh();
        mesh.setBuffer(buffer(VertexBuffer.Type.Position, 3, VertexBuffer.Format.Float, false, packed.positions()));
        mesh.setBuffer(buffer(VertexBuffer.Type.Normal, 4, VertexBuffer.Format.Byte, true, packed.normals()));
        mesh.setBuffer(buffer(VertexBuffer.Type.Color, 4, VertexBuffer.Format.UnsignedByte, true, packed.colours()));
        mesh.setBuffer(buffer(VertexBuffer.Type.Index, 3, VertexBuffer.Format.UnsignedInt, false, packed.indices()));
        mesh.updateCounts();
        Box b = node.box;
        mesh.setBound(new BoundingBox(
                new Vector3f((float) b.minX(), (float) b.minY(), (float) b.minZ()),
                new Vector3f((float) b.maxX(), (float) b.maxY(), (float) b.maxZ())));
        Renderer renderer = getApplication().getRenderer();
        for (VertexBuffer vb : mesh.getBufferList()) {
            renderer.updateBufferData(vb);
        }
        Geometry g = new Geometry("tile " + node.id, mesh);
        Material m = material().material();
        g.setMaterial(m);
        geometries.put(node, g);
    }

    private static VertexBuffer buffer(
            VertexBuffer.Type type, int components, VertexBuffer.Format format, boolean unit, java.nio.Buffer data) {
        VertexBuffer vb = new VertexBuffer(type);
        vb.setupData(VertexBuffer.Usage.Static, components, format, data);
        vb.setNormalized(unit);
        return vb;
    }

    /** Frees the graphics card's copy at once; the slab beneath goes back to the pool after this returns. */
    @Override
    public void evict(Node node) {
        Geometry g = geometries.remove(node);
        if (g == null) {
            return;
        }
        g.removeFromParent();
        attached.remove(node);
        for (VertexBuffer vb : g.getMesh().getBufferList()) {
            vb.dispose();
        }
    }
}
