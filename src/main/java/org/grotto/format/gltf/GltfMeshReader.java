package org.grotto.format.gltf;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.grotto.base.GrottoException;
import org.grotto.format.MeshReader;
import org.grotto.format.Remarks;
import org.grotto.format.Salvage;
import org.grotto.format.Stated;
import org.grotto.geometry.Mesh;
import org.grotto.geometry.Texture;
import tools.jackson.databind.JsonNode;

/** A glTF asset open for its mesh: opening reads its JSON, reading its buffers. */
final class GltfMeshReader implements MeshReader {
    private static final List<String> PASSED = List.of("skins", "animations", "cameras");

    private final Path path;
    private final Gltf gltf;
    /** Whether the asset is the file, and no part of one. */
    private final boolean whole;

    private final Remarks remarks = new Remarks();

    private GltfMeshReader(Path path, Gltf gltf, boolean whole) {
        this.path = path;
        this.gltf = gltf;
        this.whole = whole;
    }

    static GltfMeshReader open(Path path) {
        return open(path, false);
    }

    static GltfMeshReader open(Path path, long from, long length) {
        return new GltfMeshReader(path, Gltf.file(path, from, length, false), false);
    }

    /** @param keepGoing take of a damaged file the triangles that are whole; else it is refused, and told how many it has */
    static GltfMeshReader open(Path path, boolean keepGoing) {
        try {
            return new GltfMeshReader(path, Gltf.file(path, 0, -1, keepGoing), true);
        } catch (GrottoException e) {
            throw keepGoing ? e : offering(path, e);
        }
    }

    private static GrottoException offering(Path path, GrottoException e) {
        return Salvage.offering(e, () -> {
            try (Gltf damaged = Gltf.file(path, 0, -1, true)) {
                return GlbReader.read(damaged, new Remarks());
            }
        });
    }

    @Override
    public Path path() {
        return path;
    }

    @Override
    public String format() {
        return "glTF " + gltf.json.path("asset").path("version").asString("");
    }

    @Override
    public long vertices() {
        return -1;
    }

    @Override
    public long faces() {
        return -1;
    }

    @Override
    public Map<String, String> metadata() {
        Map<String, String> out = new TreeMap<>();
        for (String key : List.of("copyright", "generator")) {
            String value = gltf.json.path("asset").path(key).asString("");
            if (!value.isEmpty()) {
                out.put(key, value);
            }
        }
        return out;
    }

    @Override
    public Stated stated() {
        return new Stated(1, 1, false, "y", true, "glTF", null);
    }

    @Override
    public List<String> notKept() {
        List<String> out = new ArrayList<>();
        for (String part : PASSED) {
            JsonNode list = gltf.json.path(part);
            if (list.isArray() && !list.isEmpty()) {
                out.add(list.size() + " " + (list.size() == 1 ? part.substring(0, part.length() - 1) : part));
            }
        }
        int scenes = gltf.json.path("scenes").size() - 1;
        if (scenes > 0) {
            out.add(scenes + " further " + (scenes == 1 ? "scene" : "scenes"));
        }
        out.addAll(remarks.notKept());
        return out;
    }

    @Override
    public List<String> understood() {
        return remarks.understood();
    }

    @Override
    public List<Texture> pictures() {
        GltfImages images = new GltfImages(gltf, new Remarks());
        Map<String, Texture> out = new LinkedHashMap<>();
        for (int i = 0; i < gltf.json.path("textures").size(); i++) {
            Texture t = images.texture(i);
            if (t != null) {
                out.putIfAbsent(t.name() + " " + t.from() + " " + t.file(), t);
            }
        }
        return List.copyOf(out.values());
    }

    @Override
    public Mesh read() {
        remarks.clear();
        try {
            return GlbReader.read(gltf, remarks);
        } catch (GrottoException e) {
            throw gltf.keepGoing || !whole ? e : offering(path, e);
        }
    }

    @Override
    public void close() {
        gltf.close();
    }
}
