package org.grotto.kiosk.show;

import com.jme3.asset.AssetManager;
import com.jme3.material.Material;
import com.jme3.material.RenderState;
import com.jme3.math.ColorRGBA;
import com.jme3.math.Matrix4f;
import com.jme3.math.Vector2f;
import com.jme3.math.Vector3f;
import com.jme3.math.Vector4f;
import com.jme3.texture.Image;
import com.jme3.texture.Texture;
import com.jme3.texture.Texture2D;
import com.jme3.texture.image.ColorSpace;
import com.jme3.util.BufferUtils;
import java.nio.ByteBuffer;
import java.util.List;
import org.grotto.geometry.Box;
import org.grotto.kiosk.visit.Cutaway;
import org.grotto.scene.Palette;
import org.jspecify.annotations.Nullable;

/** The materials of stone and of points: all tiles share them, so light and mode change everywhere in the same frame. */
public final class CaveMaterial {
    static final String ASSETS = "org/grotto/assets/kiosk/";

    /** Stripes a metre where hatched, and up to which size they stay as they are, metres. */
    private static final double STRIPES = 12;

    private static final double STRIPED = 4;

    private final Material material;
    private final Material points;
    private final List<Material> both;
    private @Nullable Palette shown;

    /** @param exposure by which the light of the stone's own colours is multiplied */
    CaveMaterial(AssetManager assets, double exposure) {
        material = new Material(assets, ASSETS + "Cave.j3md");
        points = new Material(assets, ASSETS + "Points.j3md");
        both = List.of(material, points);
        material.setFloat("Cavity", 3f);
        both.forEach(m -> m.setFloat("Exposure", (float) exposure));
        cut(Cutaway.NOTHING);
        layer(null);
        indoors(45);
        lamp(new Vector3f(0, 0, 2), 2);
    }

    Material material() {
        return material;
    }

    Material points() {
        return points;
    }

    /** Whether both sides of a surface are seen, the back in a plain colour; else it is seen through from behind. */
    public void sheet(boolean on) {
        material.setBoolean("Sheet", on);
        material.getAdditionalRenderState()
                .setFaceCullMode(on ? RenderState.FaceCullMode.Off : RenderState.FaceCullMode.Back);
    }

    /** @param metres across all: hatching is as wide as suits something of that size */
    public void size(double metres) {
        material.setFloat("Stripes", (float) (STRIPES * Math.min(Math.max(1, STRIPED / metres), 1e4)));
    }

    /** @param pixelsPerTangent pixels that a length of 1 takes at distance 1 */
    void pointScale(float pixelsPerTangent) {
        points.setFloat("PixelsPerTangent", pixelsPerTangent);
    }

    /**
     * A lamp's warm light in a dim room. The lower the lamp stands over the surface, the stronger it is and the dimmer the
     * room, as a photographer would have it: grazing light falls thinly.
     */
    public void indoors(double elevationDegrees) {
        both.forEach(m -> m.setBoolean("Outside", false));
        float s = (float) Math.sin(Math.toRadians(elevationDegrees));
        float room = 0.6f + 0.5f * s;
        float lamp = 0.5f / (0.3f + 0.7f * s);
        colours(
                new ColorRGBA(0.215f, 0.215f, 0.220f, 1).multLocal(room),
                new ColorRGBA(0.135f, 0.112f, 0.092f, 1).multLocal(room),
                new ColorRGBA(0.20f, 0.195f, 0.19f, 1).multLocal(room),
                new ColorRGBA(2.35f, 2.12f, 1.85f, 1).multLocal(lamp));
    }

    /** A model under an even sky. */
    public void outdoors() {
        both.forEach(m -> m.setBoolean("Outside", true));
        colours(
                new ColorRGBA(0.50f, 0.505f, 0.52f, 1),
                new ColorRGBA(0.20f, 0.175f, 0.16f, 1),
                new ColorRGBA(0.10f, 0.10f, 0.10f, 1),
                new ColorRGBA(1.9f, 1.75f, 1.52f, 1));
    }

    private void colours(ColorRGBA sky, ColorRGBA ground, ColorRGBA head, ColorRGBA lamp) {
        both.forEach(m -> m.setColor("Sky", sky));
        both.forEach(m -> m.setColor("Ground", ground));
        both.forEach(m -> m.setColor("Head", head));
        both.forEach(m -> m.setColor("LampColour", lamp));
    }

    /** @param reach metres at which the lamp's light has fallen to a half */
    void lamp(Vector3f position, float reach) {
        both.forEach(m -> m.setVector3("Lamp", position));
        both.forEach(m -> m.setFloat("LampReach", reach));
    }

    public void cut(Cutaway cut) {
        Box k = cut.keep();
        Vector2f turn = new Vector2f((float) cut.cos(), (float) cut.sin());
        Box t = cut.through();
        Vector3f min = new Vector3f((float) k.minX(), (float) k.minY(), (float) k.minZ());
        Vector3f max = new Vector3f((float) k.maxX(), (float) k.maxY(), (float) k.maxZ());
        Vector3f throughMin = new Vector3f((float) t.minX(), (float) t.minY(), (float) t.minZ());
        Vector3f throughMax = new Vector3f((float) t.maxX(), (float) t.maxY(), (float) t.maxZ());
        for (Material m : both) {
            m.setVector2("CutTurn", turn);
            m.setVector3("CutMin", min);
            m.setVector3("CutMax", max);
            m.setVector3("ThroughMin", throughMin);
            m.setVector3("ThroughMax", throughMax);
        }
    }

    /** Paints stone by a layer's steps; null leaves it as it is. */
    public void layer(@Nullable Palette palette) {
        if (palette == shown) {
            return;
        }
        shown = palette;
        material.setBoolean("Layer", palette != null);
        material.setBoolean("Named", palette != null && palette.layer().named());
        if (palette != null) {
            material.setTexture("Palette", texture(palette));
        }
    }

    /** Two rows of a colour a step: the colour and how far it covers the stone's own; whether it is hatched. */
    private static Texture2D texture(Palette palette) {
        ByteBuffer pixels = BufferUtils.createByteBuffer(2 * 4 * 256);
        for (int step = 0; step < 256; step++) {
            int c = palette.colour(step);
            pixels.put((byte) (c >> 16)).put((byte) (c >> 8)).put((byte) c).put((byte) (palette.own(step) ? 0 : 255));
        }
        for (int step = 0; step < 256; step++) {
            byte hatched = (byte) (palette.hatched(step) ? 255 : 0);
            pixels.put(hatched).put(hatched).put(hatched).put((byte) 255);
        }
        pixels.flip();
        Texture2D t = new Texture2D(new Image(Image.Format.RGBA8, 256, 2, pixels, ColorSpace.Linear));
        t.setMinFilter(Texture.MinFilter.NearestNoMipMaps);
        t.setMagFilter(Texture.MagFilter.Nearest);
        return t;
    }

    /**
     * @param near and {@code far}: the depths that the shadow's picture holds, metres
     * @param spread how many widths of that picture a metre spans at 1 m from the lamp
     * @param radius of the lamp, metres: the larger, the softer its shadows
     * @param bias what lies so little behind something is not in its shadow, metres
     */
    void shadow(Texture2D depth, Matrix4f toLamp, double near, double far, double spread, double radius, double bias) {
        material.setFloat("Bias", (float) bias);
        material.setTexture("Shadow", depth);
        material.setMatrix4("ShadowMatrix", toLamp);
        material.setVector4("ShadowLens", new Vector4f((float) near, (float) far, (float) spread, (float) radius));
    }
}
