package org.grotto.kiosk;

import com.jme3.asset.AssetManager;
import com.jme3.material.Material;
import com.jme3.math.ColorRGBA;
import com.jme3.math.Matrix4f;
import com.jme3.math.Vector3f;
import com.jme3.texture.Texture2D;

/** The stone's one material: all tiles share it, so light and mode change everywhere in the same frame. */
final class CaveMaterial {
    private final Material material;

    CaveMaterial(AssetManager assets) {
        material = new Material(assets, KioskApp.ASSETS + "Cave.j3md");
        material.setFloat("Cavity", 2.2f);
        material.setFloat("Clip", 0f);
        material.setBoolean("Evidence", false);
        indoors();
        lamp(new Vector3f(0, 0, 2), 2);
    }

    Material material() {
        return material;
    }

    /** A lamp's warm light in a dim room. */
    void indoors() {
        colours(new ColorRGBA(0.20f, 0.185f, 0.175f, 1), new ColorRGBA(0.10f, 0.078f, 0.06f, 1),
                new ColorRGBA(0.20f, 0.195f, 0.19f, 1), new ColorRGBA(2.5f, 2.2f, 1.82f, 1), 1.0f);
    }

    /** A model under an even sky. */
    void outdoors() {
        colours(new ColorRGBA(0.34f, 0.35f, 0.37f, 1), new ColorRGBA(0.14f, 0.12f, 0.11f, 1),
                new ColorRGBA(0.10f, 0.10f, 0.10f, 1), new ColorRGBA(1.9f, 1.75f, 1.52f, 1), 1.0f);
    }

    private void colours(ColorRGBA sky, ColorRGBA ground, ColorRGBA head, ColorRGBA lamp, float exposure) {
        material.setColor("Sky", sky);
        material.setColor("Ground", ground);
        material.setColor("Head", head);
        material.setColor("LampColour", lamp);
        material.setFloat("Exposure", exposure);
    }

    /** @param reach metres at which the lamp's light has fallen to a half */
    void lamp(Vector3f position, float reach) {
        material.setVector3("Lamp", position);
        material.setFloat("LampReach", reach);
    }

    void clip(float metres) {
        material.setFloat("Clip", metres);
    }

    void evidence(boolean on) {
        material.setBoolean("Evidence", on);
    }

    void shadow(Texture2D depth, Matrix4f toLamp, float texel) {
        material.setTexture("Shadow", depth);
        material.setMatrix4("ShadowMatrix", toLamp);
        material.setFloat("ShadowTexel", texel);
    }
}
