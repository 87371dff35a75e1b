package org.grotto.kiosk.show;

import com.jme3.app.Application;
import com.jme3.app.state.BaseAppState;
import com.jme3.math.Vector3f;
import com.jme3.post.SceneProcessor;
import com.jme3.profile.AppProfiler;
import com.jme3.renderer.Camera;
import com.jme3.renderer.RenderManager;
import com.jme3.renderer.ViewPort;
import com.jme3.renderer.queue.RenderQueue;
import com.jme3.texture.FrameBuffer;
import com.jme3.texture.FrameBuffer.FrameBufferTarget;
import com.jme3.texture.Image;
import com.jme3.texture.Texture;
import com.jme3.texture.Texture2D;
import org.grotto.kiosk.stream.Rays;
import org.grotto.kiosk.visit.Eye;
import org.grotto.kiosk.visit.KioskModel;
import org.jspecify.annotations.Nullable;

/**
 * The light in the visitor's hand. Azimuth and elevation stand over the surface that is looked at (the mean of the normals
 * about the middle of the picture), so a low elevation rakes along a wall whichever way one faces it. The lamp casts
 * shadows: the cave is drawn once more from the lamp, depth only.
 */
public final class LampState extends BaseAppState implements SceneProcessor {
    private static final int SHADOW_SIZE = 2048;
    private static final int RAYS = 7;
    private static final double INSIDE_FOV = 125;
    /** Of the visitor's lamp, metres, a metre from what it lights: a lantern, not a spot, so that shadows are soft. */
    private static final double LAMP_RADIUS = 0.06;
    /** The lamp keeps so far from rock where it can, metres. */
    private static final double CLEARANCE = 0.6;

    /** What lies so little behind something is not in its shadow, metres. */
    private static final double BIAS = 0.008;

    private final KioskModel model;
    private final TilesState tiles;
    private final Camera camera = new Camera(SHADOW_SIZE, SHADOW_SIZE);
    private final Texture2D depth = new Texture2D(SHADOW_SIZE, SHADOW_SIZE, Image.Format.Depth24);
    private @Nullable ViewPort port;
    private @Nullable RenderManager renderManager;
    private final double[] lamp = new double[3];
    private final double[] aim = new double[3];
    private boolean placed;

    public LampState(KioskModel model, TilesState tiles) {
        this.model = model;
        this.tiles = tiles;
    }

    @Override
    protected void initialize(Application app) {
        depth.setMinFilter(Texture.MinFilter.NearestNoMipMaps);
        depth.setMagFilter(Texture.MagFilter.Nearest);
        FrameBuffer target = new FrameBuffer(SHADOW_SIZE, SHADOW_SIZE, 1);
        target.setDepthTarget(FrameBufferTarget.newTarget(depth));
        ViewPort p = app.getRenderManager().createPreView("lamp", camera);
        p.setClearFlags(true, true, false);
        p.setOutputFrameBuffer(target);
        p.attachScene(tiles.scene());
        p.addProcessor(this);
        port = p;
    }

    @Override
    protected void cleanup(Application app) {
        if (port != null) {
            app.getRenderManager().removePreView(port);
        }
    }

    @Override
    protected void onEnable() {
        if (port != null) {
            port.setEnabled(true);
        }
    }

    @Override
    protected void onDisable() {
        if (port != null) {
            port.setEnabled(false);
        }
    }

    /** Puts the lamp where the model says; called after the cameras have moved. */
    public void place(double seconds) {
        CaveMaterial m = tiles.material();
        Eye eye = model.eye;
        boolean outside = model.outdoors();
        double[] to = new double[3];
        double[] at = new double[3];
        double reach = outside ? outside(eye, to, at) : inside(eye, to, at);
        double k = placed ? 1 - Math.exp(-8 * seconds) : 1;
        placed = tiles.streamer().root().packed() != null;
        for (int a = 0; a < 3; a++) {
            lamp[a] += k * (to[a] - lamp[a]);
            aim[a] += k * (at[a] - aim[a]);
        }
        m.lamp(vector(lamp), (float) reach);
        Vector3f dir = vector(aim).subtractLocal(vector(lamp)).normalizeLocal();
        camera.setLocation(vector(lamp));
        camera.lookAtDirection(dir, Math.abs(dir.z) > 0.98f ? Vector3f.UNIT_X : Vector3f.UNIT_Z);
        double distance = vector(aim).distance(vector(lamp));
        double fov = outside ? 2 * Math.atan(0.75 * size() / distance) : Math.toRadians(INSIDE_FOV);
        double near = outside ? distance - 0.8 * size() : Math.min(0.06, 0.02 * size());
        double far = outside ? distance + 0.8 * size() : Math.max(60, size());
        camera.setFrustumPerspective((float) Math.toDegrees(fov), 1, (float) near, (float) far);
        camera.update();
        double radius = outside ? 0.04 * distance : LAMP_RADIUS * Math.max(1, distance);
        double bias = outside ? 0.0008 * size() : Math.max(BIAS, 1e-5 * far);
        m.shadow(depth, camera.getViewProjectionMatrix(), near, far, 0.5 / Math.tan(fov / 2), radius, bias);
    }

    /** Forgets where the lamp was: the next frame puts it in its place without gliding. */
    public void jump() {
        placed = false;
    }

    private double size() {
        return model.cave.bounds().diagonal();
    }

    private double inside(Eye eye, double[] to, double[] at) {
        double[] f = eye.direction();
        double[] r = {Math.sin(eye.yaw()), -Math.cos(eye.yaw()), 0};
        double[] u = cross(r, f);
        double ty = Math.tan(Math.toRadians(eye.fov()) / 2) * 0.45;
        double longest = Math.max(40, size());
        double[] n = new double[3];
        double sum = 0;
        int hits = 0;
        for (int j = 0; j < RAYS; j++) {
            for (int i = 0; i < RAYS; i++) {
                double sx = ty * 1.4 * (2.0 * i / (RAYS - 1) - 1);
                double sy = ty * (2.0 * j / (RAYS - 1) - 1);
                double[] d = unit(new double[] {
                    f[0] + sx * r[0] + sy * u[0], f[1] + sx * r[1] + sy * u[1], f[2] + sx * r[2] + sy * u[2]
                });
                Rays.Hit h = tiles.cast(eye.position(), d, longest);
                if (h.distance() < longest) {
                    n[0] += h.nx();
                    n[1] += h.ny();
                    n[2] += h.nz();
                    sum += h.distance() * (d[0] * f[0] + d[1] * f[1] + d[2] * f[2]);
                    hits++;
                }
            }
        }
        double distance = hits == 0 ? 3 : sum / hits;
        double[] w = length(n) < 0.2 * Math.max(1, hits) ? negative(f) : unit(n);
        for (int a = 0; a < 3; a++) {
            at[a] = eye.position()[a] + distance * f[a];
        }
        double[] dir = over(w, r, f);
        // start a little off the surface, and stop before the rock opposite
        double[] from = {at[0] + 0.05 * w[0], at[1] + 0.05 * w[1], at[2] + 0.05 * w[2]};
        double wanted = Math.max(0.4, 0.85 * distance);
        double free = tiles.cast(from, dir, wanted / 0.8).distance();
        double far = clearest(from, dir, Math.min(wanted, Math.max(0.25, 0.8 * free)));
        for (int a = 0; a < 3; a++) {
            to[a] = from[a] + far * dir[a];
        }
        return 1.6 * Math.max(far, 0.5);
    }

    /** How far out the lamp stands: as far as {@code most}, nearer where rock beside it would throw a huge shadow. */
    private double clearest(double[] from, double[] dir, double most) {
        double best = most;
        double value = -1;
        for (double share = 1; share > 0.45; share -= 0.1) {
            double far = share * most;
            double[] p = {from[0] + far * dir[0], from[1] + far * dir[1], from[2] + far * dir[2]};
            double clear = CLEARANCE;
            for (int i = 0; i < 8; i++) {
                double a = Math.PI * i / 4;
                double[] d = unit(new double[] {Math.cos(a), Math.sin(a), i % 2 == 0 ? 0 : -0.7});
                clear = Math.min(clear, tiles.cast(p, d, CLEARANCE).distance());
            }
            if (clear > value + 0.02) {
                value = clear;
                best = far;
            }
        }
        return best;
    }

    private double outside(Eye eye, double[] to, double[] at) {
        double[] f = eye.direction();
        double[] r = {Math.sin(eye.yaw()), -Math.cos(eye.yaw()), 0};
        double[] w = unit(new double[] {-f[0], -f[1], -f[2] + 0.55});
        double[] dir = over(w, r, f);
        var b = model.box();
        at[0] = (b.minX() + b.maxX()) / 2;
        at[1] = (b.minY() + b.maxY()) / 2;
        at[2] = (b.minZ() + b.maxZ()) / 2;
        double far = 3 * size();
        for (int a = 0; a < 3; a++) {
            to[a] = at[a] + far * dir[a];
        }
        return far;
    }

    /** The direction of the model's azimuth and elevation over a surface with normal {@code w}. */
    private double[] over(double[] w, double[] right, double[] forward) {
        double k = right[0] * w[0] + right[1] * w[1] + right[2] * w[2];
        double[] x = {right[0] - k * w[0], right[1] - k * w[1], right[2] - k * w[2]};
        x = length(x) < 1e-3 ? unit(cross(w, forward)) : unit(x);
        double[] y = cross(w, x);
        double az = Math.toRadians(model.lightAzimuth());
        double el = Math.toRadians(model.lightElevation());
        double c = Math.cos(el) * Math.cos(az);
        double s = Math.cos(el) * Math.sin(az);
        double h = Math.sin(el);
        return new double[] {
            c * x[0] + s * y[0] + h * w[0], c * x[1] + s * y[1] + h * w[1], c * x[2] + s * y[2] + h * w[2]
        };
    }

    private static Vector3f vector(double[] a) {
        return new Vector3f((float) a[0], (float) a[1], (float) a[2]);
    }

    private static double[] cross(double[] a, double[] b) {
        return new double[] {a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]};
    }

    private static double length(double[] a) {
        return Math.sqrt(a[0] * a[0] + a[1] * a[1] + a[2] * a[2]);
    }

    private static double[] unit(double[] a) {
        double n = length(a);
        return new double[] {a[0] / n, a[1] / n, a[2] / n};
    }

    private static double[] negative(double[] a) {
        return new double[] {-a[0], -a[1], -a[2]};
    }

    @Override
    public void initialize(RenderManager rm, ViewPort vp) {
        renderManager = rm;
    }

    @Override
    public void reshape(ViewPort vp, int w, int h) {
        // the shadow keeps its own size
    }

    @Override
    public void preFrame(float tpf) {
        if (renderManager != null) {
            renderManager.setForcedTechnique("Depth");
        }
    }

    @Override
    public void postQueue(RenderQueue rq) {
        // the tiles are drawn as they were queued
    }

    @Override
    public void postFrame(FrameBuffer out) {
        if (renderManager != null) {
            renderManager.setForcedTechnique(null);
        }
    }

    @Override
    public void setProfiler(@Nullable AppProfiler profiler) {
        // not profiled
    }
}
