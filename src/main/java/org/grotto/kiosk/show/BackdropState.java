package org.grotto.kiosk.show;

import com.jme3.app.Application;
import com.jme3.app.SimpleApplication;
import com.jme3.app.state.BaseAppState;
import com.jme3.material.Material;
import com.jme3.math.ColorRGBA;
import com.jme3.math.Vector2f;
import com.jme3.math.Vector3f;
import com.jme3.math.Vector4f;
import com.jme3.renderer.queue.RenderQueue;
import com.jme3.scene.Geometry;
import com.jme3.scene.Spatial;
import com.jme3.scene.shape.Quad;
import org.grotto.geometry.Box;
import org.grotto.kiosk.visit.Cutaway;
import org.grotto.kiosk.visit.KioskModel;
import org.grotto.scene.Room;
import org.jspecify.annotations.Nullable;

/**
 * What is seen where there is no rock: inside, hatched dark stone, which says that no scanner looked there (darker still
 * and plainer where the layer on show says what open places mean); about the doll's house a calm grey, on which the house throws a soft shadow.
 */
public final class BackdropState extends BaseAppState {
    /** The colour of what was not seen, sRGB 0 to 1; the fourth: how strongly it is hatched. */
    public static final ColorRGBA UNSEEN = new ColorRGBA(0.215f, 0.190f, 0.163f, 0.020f);

    private static final ColorRGBA UNSEEN_EVIDENCE = new ColorRGBA(0.080f, 0.080f, 0.086f, 0.13f);
    private static final float EVERYTHING = 1e6f;
    /** The shadow on the ground reaches this share of the room's diagonal around it. */
    private static final double SOFT = 0.27;

    private static final float DARK = 0.65f;

    private final KioskModel model;
    private final Geometry quad = new Geometry("backdrop", new Quad(1, 1));
    private @Nullable Material material;

    public BackdropState(KioskModel model) {
        this.model = model;
    }

    @Override
    protected void initialize(Application app) {
        Material m = new Material(app.getAssetManager(), CaveMaterial.ASSETS + "Backdrop.j3md");
        quad.setMaterial(m);
        quad.setQueueBucket(RenderQueue.Bucket.Sky);
        quad.setCullHint(Spatial.CullHint.Never);
        Room room = model.room;
        Box b = room == null ? model.box() : room.box();
        m.setVector4(
                "Stand",
                new Vector4f(
                        (float) (b.minX() + b.maxX()) / 2,
                        (float) (b.minY() + b.maxY()) / 2,
                        (float) b.sizeX() / 2,
                        (float) b.sizeY() / 2));
        m.setVector3(
                "Shadow", new Vector3f((float) (b.minZ() - 0.03 * b.sizeZ()), (float) (SOFT * b.diagonal()), DARK));
        material = m;
    }

    @Override
    public void update(float tpf) {
        boolean outside = model.outdoors();
        boolean evidence = model.palette() != null && model.palette().layer().open() != null;
        if (material == null) {
            return;
        }
        material.setColor("Unseen", evidence ? UNSEEN_EVIDENCE : UNSEEN);
        material.setColor("Top", grey(0.150f, 0.152f, 0.158f));
        material.setColor("Bottom", grey(0.125f, 0.124f, 0.124f));
        material.setColor("Glow", grey(0.330f, 0.322f, 0.308f));
        Cutaway cut = model.cut;
        Box k = cut.keep();
        Room room = model.room;
        Vector3f min = new Vector3f(-EVERYTHING, -EVERYTHING, -EVERYTHING);
        Vector3f max = new Vector3f(EVERYTHING, EVERYTHING, EVERYTHING);
        if (outside && room == null) {
            max.set(min); // no ray passes through it
        } else if (outside && room != null) {
            Box r = room.box();
            min.set((float) Math.max(k.minX(), r.minX()), (float) Math.max(k.minY(), r.minY()), (float)
                    Math.max(k.minZ(), r.minZ()));
            max.set((float) Math.min(k.maxX(), r.maxX()), (float) Math.min(k.maxY(), r.maxY()), (float)
                    Math.min(k.maxZ(), r.maxZ()));
        }
        material.setVector2("CutTurn", new Vector2f((float) cut.cos(), (float) cut.sin()));
        material.setVector3("RoomMin", min);
        material.setVector3("RoomMax", max);
    }

    private static ColorRGBA grey(float r, float g, float b) {
        return new ColorRGBA(r, g, b, 1);
    }

    @Override
    protected void cleanup(Application app) {
        quad.removeFromParent();
    }

    @Override
    protected void onEnable() {
        ((SimpleApplication) getApplication()).getRootNode().attachChild(quad);
    }

    @Override
    protected void onDisable() {
        quad.removeFromParent();
    }
}
