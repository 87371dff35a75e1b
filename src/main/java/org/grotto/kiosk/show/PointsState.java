package org.grotto.kiosk.show;

import com.jme3.app.Application;
import com.jme3.app.SimpleApplication;
import com.jme3.app.state.BaseAppState;
import com.jme3.material.MatParamOverride;
import com.jme3.scene.Geometry;
import com.jme3.scene.Spatial;
import com.jme3.shader.VarType;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.grotto.base.GrottoException;
import org.grotto.kiosk.stream.Limits;
import org.grotto.kiosk.stream.Node;
import org.grotto.kiosk.stream.PackedMesh;
import org.grotto.kiosk.stream.Streamer;
import org.grotto.kiosk.stream.View;
import org.grotto.kiosk.visit.KioskModel;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Shows the package's point clouds in place of the mesh; they are opened when a visitor first asks for them. */
public final class PointsState extends BaseAppState {
    private static final int WORKERS = 2;
    private static final Logger LOG = LoggerFactory.getLogger(PointsState.class);

    private final KioskModel model;
    private final TilesState tiles;
    private final List<Path> files;
    private final Limits limits;
    private @Nullable PointTiles source;
    private @Nullable Streamer streamer;
    private @Nullable TileGeometries geometries;
    private double drawnPerPixel = 1;
    private @Nullable GrottoException failure;

    public PointsState(KioskModel model, TilesState tiles, List<Path> files, Limits limits) {
        this.model = model;
        this.tiles = tiles;
        this.files = files;
        this.limits = limits;
    }

    private void open() {
        try {
            PointTiles s = new PointTiles(files, model.origin);
            failure = s.failures().isEmpty() ? null : s.failures().getFirst();
            TileGeometries g = new TileGeometries(
                    "points", getApplication().getRenderer(), tiles.material().points());
            source = s;
            geometries = g;
            streamer = new Streamer(s, g, limits, WORKERS);
            ((SimpleApplication) getApplication()).getRootNode().attachChild(g.parent);
        } catch (GrottoException e) {
            failed(e);
        }
    }

    private void failed(GrottoException e) {
        LOG.error("the points failed: {}", e.getMessage(), e);
        failure = e;
        model.pointsFailed();
    }

    /** Lets go of all; the next visitor who asks for points has them opened anew. */
    private void close() {
        if (streamer != null) {
            streamer.close();
        }
        if (source != null) {
            source.close();
        }
        if (geometries != null) {
            geometries.parent.removeFromParent();
        }
        streamer = null;
        source = null;
        geometries = null;
    }

    /** Why points, or some of them, could not be shown when they were last asked for; null where all could. */
    public @Nullable GrottoException failure() {
        Streamer s = streamer;
        GrottoException missed = s == null ? null : s.stats().failure();
        return missed == null ? failure : missed;
    }

    /** Called by the application after the cameras have moved. */
    public void stream(View view) {
        boolean on = model.show() == KioskModel.Show.POINTS;
        if (on && streamer == null) {
            open();
        }
        Streamer s = streamer;
        TileGeometries g = geometries;
        PointTiles from = source;
        if (s == null || g == null || from == null) {
            return;
        }
        g.parent.setCullHint(on ? Spatial.CullHint.Dynamic : Spatial.CullHint.Always);
        if (!on) {
            return;
        }
        tiles.material().pointScale((float) (view.pixelsPerTangent() * drawnPerPixel));
        List<Node> shown = s.frame(view, TilesState.UPLOAD_NANOS);
        g.show(shown);
        sizes(shown, g, from);
        GrottoException missed = s.stats().failure();
        if (missed != null && missed.kind() == GrottoException.Kind.IO) {
            close(); // what was open is of no use when the disk comes back
            failed(missed);
        }
    }

    /** @param scale how many pixels are drawn for each pixel of the picture, along a side */
    public void supersampling(double scale) {
        drawnPerPixel = scale;
    }

    /** Tells each node down to which level its part of the octree is shown. */
    private static void sizes(List<Node> shown, TileGeometries g, PointTiles from) {
        Map<Node, Integer> deepest = new HashMap<>();
        for (Node n : shown) {
            int level = from.level(n);
            for (Node a = n; a != null; a = a.parent) {
                deepest.merge(a, level, Math::max);
            }
        }
        for (Node n : shown) {
            Geometry geometry = g.of(n);
            if (geometry != null) {
                set(geometry, "Level", deepest.getOrDefault(n, from.level(n)).floatValue());
                set(geometry, "Spacing", (float) from.spacing(n));
                PackedMesh packed = n.packed();
                set(geometry, "OwnLevel", from.level(n));
                set(geometry, "OwnSpacing", packed == null ? 0 : packed.spacing());
            }
        }
    }

    private static void set(Geometry g, String name, float value) {
        for (MatParamOverride p : g.getLocalMatParamOverrides()) {
            if (p.getName().equals(name)) {
                p.setValue(value);
                return;
            }
        }
        g.addMatParamOverride(new MatParamOverride(VarType.Float, name, value));
    }

    public boolean settled() {
        return model.show() != KioskModel.Show.POINTS || (streamer != null && streamer.settled());
    }

    @Override
    protected void initialize(Application app) {
        // the clouds are opened when they are asked for
    }

    @Override
    protected void cleanup(Application app) {
        close();
    }

    @Override
    protected void onEnable() {
        // works while points are shown
    }

    @Override
    protected void onDisable() {
        // works while points are shown
    }
}
