package org.grotto.kiosk.show;

import com.jme3.bounding.BoundingBox;
import com.jme3.material.MatParamOverride;
import com.jme3.material.Material;
import com.jme3.math.Vector3f;
import com.jme3.renderer.Renderer;
import com.jme3.renderer.TextureUnitException;
import com.jme3.scene.Geometry;
import com.jme3.scene.Mesh;
import com.jme3.scene.VertexBuffer;
import com.jme3.shader.VarType;
import com.jme3.texture.Image;
import com.jme3.texture.Texture;
import com.jme3.texture.Texture2D;
import com.jme3.texture.image.ColorSpace;
import com.jme3.util.NativeObject;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.grotto.format.gltf.Curtain;
import org.grotto.geometry.Box;
import org.grotto.image.Mips;
import org.grotto.kiosk.stream.Node;
import org.grotto.kiosk.stream.PackedMesh;
import org.grotto.kiosk.stream.Streamer;
import org.grotto.kiosk.stream.TilePixels;
import org.jspecify.annotations.Nullable;

/** The tiles on the graphics card; those that are chosen hang on {@link #parent}. For the render thread only. */
final class TileGeometries implements Streamer.Sink {
    /** What the material calls the pictures of each kind. */
    private static final List<String> PARAMETERS = List.of("Picture", "Bumps", "Open");

    private static final int ANISOTROPY = 8;

    final com.jme3.scene.Node parent;

    private final Renderer renderer;
    private final Material material;
    private final Map<Node, Geometry> geometries = new HashMap<>();
    private final Map<Node, List<Strip>> curtains = new HashMap<>();
    private int layer = -1;
    private final Set<Node> attached = new HashSet<>();

    /** A part of a tile's curtain, which hangs down to a level's border. */
    private record Strip(int level, Geometry geometry) {}

    TileGeometries(String name, Renderer renderer, Material material) {
        this.parent = new com.jme3.scene.Node(name);
        this.renderer = renderer;
        this.material = material;
    }

    /** Exchanges what is shown, all at once. */
    void show(List<Node> shown) {
        Set<Node> now = new HashSet<>(shown);
        attached.removeIf(n -> {
            Geometry g = geometries.get(n);
            if (g != null && !now.contains(n)) {
                g.removeFromParent();
                strips(n).forEach(c -> c.geometry.removeFromParent());
                return true;
            }
            return g == null;
        });
        for (Node n : shown) {
            Geometry g = geometries.get(n);
            if (g != null && attached.add(n)) {
                parent.attachChild(g);
            }
            for (Strip c : strips(n)) {
                boolean hangs = c.level >= n.reach();
                if (hangs && c.geometry.getParent() == null) {
                    parent.attachChild(c.geometry);
                } else if (!hangs) {
                    c.geometry.removeFromParent();
                }
            }
        }
    }

    private List<Strip> strips(Node n) {
        return curtains.getOrDefault(n, List.of());
    }

    /** Brings another layer onto the card, by its place in the package's list; -1 for none: four bytes a vertex go up. */
    void layer(int which) {
        if (which == layer) {
            return;
        }
        layer = which;
        geometries.forEach((node, g) -> {
            PackedMesh p = node.packed();
            if (p != null && which >= 0 && which < p.layers()) {
                p.show(which);
                VertexBuffer vb = g.getMesh().getBuffer(VertexBuffer.Type.Color);
                vb.updateData(p.colours());
                renderer.updateBufferData(vb);
            }
        });
    }

    @Nullable
    Geometry of(Node node) {
        return geometries.get(node);
    }

    @Override
    public void upload(Node node, PackedMesh packed) {
        if (layer >= 0 && layer < packed.layers()) {
            packed.show(layer);
        }
        Mesh mesh = new Mesh();
        mesh.setBuffer(buffer(VertexBuffer.Type.Position, 3, VertexBuffer.Format.Float, false, packed.positions()));
        mesh.setBuffer(buffer(VertexBuffer.Type.Normal, 4, VertexBuffer.Format.Byte, true, packed.normals()));
        mesh.setBuffer(buffer(VertexBuffer.Type.Color, 4, VertexBuffer.Format.UnsignedByte, true, packed.colours()));
        if (packed.triangleCount() > 0) {
            mesh.setBuffer(indices(packed.indices().slice(0, 3 * packed.stoneCount())));
        } else {
            mesh.setMode(Mesh.Mode.Points);
        }
        if (packed.pictured()) {
            mesh.setBuffer(
                    buffer(VertexBuffer.Type.TexCoord, 2, VertexBuffer.Format.UnsignedShort, true, packed.places()));
        }
        Geometry g = geometry(node, mesh);
        for (TilePixels.Kind kind : TilePixels.Kind.values()) {
            Mips mips = packed.picture(kind);
            if (mips != null) {
                Texture2D t = texture(mips, packed.pixels(kind));
                send(t);
                g.addMatParamOverride(new MatParamOverride(VarType.Texture2D, PARAMETERS.get(kind.ordinal()), t));
            }
        }
        geometries.put(node, g);
        List<Strip> strips = new ArrayList<>();
        int from = 3 * packed.stoneCount();
        for (Curtain.Strip s : packed.curtain().strips()) {
            Mesh other = new Mesh();
            for (VertexBuffer vb : mesh.getBufferList()) {
                if (vb.getBufferType() != VertexBuffer.Type.Index) {
                    other.setBuffer(vb);
                }
            }
            other.setBuffer(indices(packed.indices().slice(from, 3 * s.triangles())));
            from += 3 * s.triangles();
            Geometry c = geometry(node, other);
            for (MatParamOverride o : g.getLocalMatParamOverrides()) {
                c.addMatParamOverride(o);
            }
            strips.add(new Strip(s.level(), c));
        }
        curtains.put(node, strips);
    }

    private Geometry geometry(Node node, Mesh mesh) {
        mesh.updateCounts();
        Box b = node.box;
        mesh.setBound(new BoundingBox(
                new Vector3f((float) b.minX(), (float) b.minY(), (float) b.minZ()),
                new Vector3f((float) b.maxX(), (float) b.maxY(), (float) b.maxZ())));
        for (VertexBuffer vb : mesh.getBufferList()) {
            if (vb.getId() == NativeObject.INVALID_ID) {
                renderer.updateBufferData(vb);
            }
        }
        Geometry g = new Geometry("tile " + node.id, mesh);
        g.setMaterial(material);
        return g;
    }

    private static VertexBuffer indices(IntBuffer data) {
        return buffer(VertexBuffer.Type.Index, 3, VertexBuffer.Format.UnsignedInt, false, data);
    }

    private void send(Texture2D t) {
        renderer.setLinearizeSrgbImages(true); // only tiles' pictures say that they are sRGB
        try {
            renderer.setTexture(0, t);
        } catch (TextureUnitException e) {
            throw new IllegalStateException("a card without texture units", e);
        }
    }

    private static Texture2D texture(Mips mips, ByteBuffer pixels) {
        ColorSpace space = mips.coded() ? ColorSpace.sRGB : ColorSpace.Linear;
        Texture2D t =
                new Texture2D(new Image(Image.Format.RGBA8, mips.width(), mips.height(), pixels, mips.sizes(), space));
        t.setMinFilter(Texture.MinFilter.Trilinear);
        t.setMagFilter(Texture.MagFilter.Bilinear);
        t.setWrap(Texture.WrapMode.EdgeClamp);
        t.setAnisotropicFilter(ANISOTROPY);
        return t;
    }

    private static VertexBuffer buffer(
            VertexBuffer.Type type, int components, VertexBuffer.Format format, boolean unit, Buffer data) {
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
        g.getMesh().getBufferList().forEach(TileGeometries::dispose);
        for (Strip c : strips(node)) {
            c.geometry.removeFromParent();
            dispose(c.geometry.getMesh().getBuffer(VertexBuffer.Type.Index)); // all others are the stone's
        }
        curtains.remove(node);
        for (MatParamOverride o : g.getLocalMatParamOverrides()) {
            if (o.getValue() instanceof Texture t && t.getImage().getId() != NativeObject.INVALID_ID) {
                t.getImage().dispose();
            }
        }
    }

    private static void dispose(VertexBuffer vb) {
        if (vb.getId() != NativeObject.INVALID_ID) {
            vb.dispose();
        }
    }
}
