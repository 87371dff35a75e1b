package org.grotto.kiosk;

import com.jme3.app.Application;
import com.jme3.app.state.BaseAppState;
import com.jme3.material.Material;
import com.jme3.math.ColorRGBA;
import com.jme3.renderer.queue.RenderQueue;
import com.jme3.scene.Geometry;
import com.jme3.scene.Spatial;
import com.jme3.scene.shape.Quad;
import org.jspecify.annotations.Nullable;

/** What is seen where there is no rock: near black inside, a calm dark gradient about the doll's house. */
final class BackdropState extends BaseAppState {
    private final KioskModel model;
    private final Geometry quad = new Geometry("backdrop", new Quad(1, 1));
    private @Nullable Material material;

    BackdropState(KioskModel model) {
        this.model = model;
    }

    @Override
    protected void initialize(Application app) {
        Material m = new Material(app.getAssetManager(), KioskApp.ASSETS + "Backdrop.j3md");
        quad.setMaterial(m);
        quad.setQueueBucket(RenderQueue.Bucket.Sky);
        quad.setCullHint(Spatial.CullHint.Never);
        material = m;
    }

    @Override
    public void update(float tpf) {
        boolean outside = model.go() == KioskModel.Go.DOLLHOUSE;
        if (material != null) {
            material.setColor("Top", outside ? grey(0.105f, 0.110f, 0.120f) : grey(0.020f, 0.019f, 0.018f));
            material.setColor("Bottom", outside ? grey(0.045f, 0.046f, 0.050f) : grey(0.012f, 0.011f, 0.011f));
            material.setColor("Glow", outside ? grey(0.115f, 0.112f, 0.108f) : grey(0.010f, 0.009f, 0.008f));
        }
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
        ((KioskApp) getApplication()).getRootNode().attachChild(quad);
    }

    @Override
    protected void onDisable() {
        quad.removeFromParent();
    }
}
