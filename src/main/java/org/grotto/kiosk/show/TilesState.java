package org.grotto.kiosk.show;

import com.jme3.app.Application;
import com.jme3.app.SimpleApplication;
import com.jme3.app.state.BaseAppState;
import com.jme3.scene.Spatial;
import java.util.List;
import org.grotto.kiosk.stream.Limits;
import org.grotto.kiosk.stream.Node;
import org.grotto.kiosk.stream.PackedMesh;
import org.grotto.kiosk.stream.Rays;
import org.grotto.kiosk.stream.Streamer;
import org.grotto.kiosk.stream.TileSource;
import org.grotto.kiosk.stream.View;
import org.grotto.kiosk.visit.KioskModel;
import org.grotto.scene.Palette;
import org.jspecify.annotations.Nullable;

/** Brings the cave's tiles onto the graphics card and shows, each frame, those that the streaming chose. */
public final class TilesState extends BaseAppState {
    static final long UPLOAD_NANOS = 4_000_000;
    private static final int WORKERS = 2;

    private final KioskModel model;
    private final TileSource source;
    private final Limits limits;
    private List<Node> shown = List.of();
    private @Nullable TileGeometries geometries;
    private @Nullable Streamer streamer;
    private @Nullable CaveMaterial material;

    public TilesState(KioskModel model, TileSource source, Limits limits) {
        this.model = model;
        this.source = source;
        this.limits = limits;
    }

    @Override
    protected void initialize(Application app) {
        CaveMaterial m = new CaveMaterial(app.getAssetManager(), model.cave.exposed());
        TileGeometries g = new TileGeometries("tiles", app.getRenderer(), m.material());
        material = m;
        geometries = g;
        streamer = new Streamer(source, g, limits, WORKERS);
    }

    @Override
    protected void cleanup(Application app) {
        if (streamer != null) {
            streamer.close();
        }
    }

    @Override
    protected void onEnable() {
        ((SimpleApplication) getApplication()).getRootNode().attachChild(scene());
    }

    @Override
    protected void onDisable() {
        scene().removeFromParent();
    }

    /** The parent of all tiles shown. */
    com.jme3.scene.Node scene() {
        return initialised(geometries).parent;
    }

    /** Which layer's steps the vertices carry; -1 for none. */
    public void layer(int which) {
        initialised(geometries).layer(which);
    }

    /** The step of a layer at a hit: that of the nearest corner, lest a value be made up between a known and an unknown. */
    public static int step(Rays.Hit hit, int layer) {
        PackedMesh p = hit.mesh();
        return p == null || layer >= p.layers() ? Palette.NONE : p.steps(layer).get(hit.vertex()) & 255;
    }

    public CaveMaterial material() {
        return initialised(material);
    }

    public Streamer streamer() {
        return initialised(streamer);
    }

    private static <T> T initialised(@Nullable T t) {
        if (t == null) {
            throw new IllegalStateException("not initialised");
        }
        return t;
    }

    /** Called by the application after the cameras have moved, before the scene is drawn. */
    public void stream(View view) {
        shown = streamer().frame(view, UPLOAD_NANOS);
        initialised(geometries).show(shown);
        boolean asMesh = model.show() != KioskModel.Show.POINTS;
        scene().setCullHint(asMesh ? Spatial.CullHint.Dynamic : Spatial.CullHint.Always);
    }

    /** The nearest rock on a ray among the tiles in memory. */
    public Rays.Hit cast(double[] origin, double[] dir, double longest) {
        return Rays.cast(shown, origin, dir, longest, true);
    }
}
