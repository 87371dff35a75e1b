package org.grotto.format.obj;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.grotto.format.Beside;
import org.grotto.format.Remarks;
import org.grotto.geometry.Charts;
import org.grotto.geometry.Texture;
import org.jspecify.annotations.Nullable;

/**
 * What the triangles of an OBJ file are made of: which material each names, and the MTL files that say what those are. A
 * file that is not where the OBJ says is looked for beside it.
 */
final class ObjMaterials {
    /** As many tiles as are looked for before a mesh is read. */
    private static final int TILES = 100;

    private final Path path;
    private final Path folder;
    private final Remarks remarks;
    private final List<String> libraries = new ArrayList<>();
    /** Names of materials, one character a byte, in the order of their use; the first is that of triangles without. */
    private final Map<String, Integer> ids = new LinkedHashMap<>();
    /** Runs of triangles of one material: the first triangle, the material. */
    private int[] runs = {0, 0};

    private int ends = 2;
    /** The materials by their names in small letters, once somebody asks. */
    private final Map<String, Mtl> folded = new HashMap<>();

    ObjMaterials(Path path, Remarks remarks) {
        this.path = path;
        this.folder = Objects.requireNonNull(path.toAbsolutePath().getParent());
        this.remarks = remarks;
        ids.put("", 0);
    }

    /** Triangles from {@code triangle} on are of the material of that name. */
    void use(String name, int triangle) {
        int id = ids.computeIfAbsent(name, n -> ids.size());
        if (runs[ends - 2] == triangle) {
            runs[ends - 1] = id;
            return;
        }
        if (ends + 2 > runs.length) {
            runs = Arrays.copyOf(runs, Math.max(64, ObjMesh.grown(path, ends)));
        }
        runs[ends++] = triangle;
        runs[ends++] = id;
    }

    /** Counts triangles anew, of which some are gone. */
    void without(BitSet gone) {
        int before = 0;
        int at = gone.nextSetBit(0);
        for (int r = 0; r < ends; r += 2) {
            for (; at >= 0 && at < runs[r]; at = gone.nextSetBit(at + 1)) {
                before++;
            }
            runs[r] -= before;
        }
    }

    void library(String rest) {
        if (!libraries.contains(rest)) {
            libraries.add(rest);
        }
    }

    /** How pictures and colours lie on the triangles; null where there are none. */
    @Nullable
    Charts charts(ObjFaces faces, double[] vt, int texels, boolean vertexColours) {
        Map<String, Mtl> known = new HashMap<>();
        for (String rest : libraries) {
            read(rest, known);
        }
        boolean named = ids.size() > 1;
        Path own = folder.resolve(stem() + ".mtl");
        if (known.isEmpty() && named && Files.isRegularFile(own)) {
            remarks.understood("materials from " + own.getFileName() + ", which has the mesh's name");
            Mtl.read(own, remarks).forEach(known::putIfAbsent);
        }
        ObjCharts charts = new ObjCharts(folder, remarks);
        boolean[] used = new boolean[ids.size()];
        for (int r = 0; r < ends; r += 2) {
            used[runs[r + 1]] |= (r + 2 < ends ? runs[r + 2] : faces.count()) > runs[r];
        }
        List<String> names = new ArrayList<>(ids.keySet());
        for (int id = 0; id < used.length; id++) {
            charts.material(used[id] ? material(names.get(id), known, named) : null);
        }
        return charts.make(faces, runs, ends, vt, texels, vertexColours);
    }

    /** The pictures of all materials that the libraries define. */
    List<Texture> pictures() {
        Map<String, Mtl> known = new HashMap<>();
        libraries.forEach(rest -> read(rest, known));
        ObjPictures pictures = new ObjPictures(folder, remarks);
        Map<Path, Texture> out = new TreeMap<>();
        for (Mtl m : known.values()) {
            for (Mtl.Picture p : new Mtl.@Nullable Picture[] {m.colour, m.normal, m.occlusion, m.alpha}) {
                boolean tiled = pictures.tiled(m, p);
                for (int tile = 0; tile < (tiled ? TILES : 1); tile++) {
                    Texture t = pictures.texture(m, p, tiled ? ObjPictures.FIRST + tile : 0);
                    if (t != null && t.file() != null) {
                        out.put(t.file(), t);
                    }
                }
            }
        }
        return List.copyOf(out.values());
    }

    private @Nullable Mtl material(String name, Map<String, Mtl> known, boolean named) {
        if (name.isEmpty()) {
            if (named || known.size() != 1) {
                return null;
            }
            remarks.understood("the only material of its file lies on all triangles, which name none");
            return known.values().iterator().next();
        }
        Mtl m = known.get(name);
        int comment = m == null ? name.indexOf('#') : -1;
        if (comment > 0) {
            m = known.get(name.substring(0, comment).strip());
        }
        if (m == null) {
            m = folded(known).get(Mtl.text(name).toLowerCase(Locale.ROOT)); // another encoding, or letters' case
        }
        if (m == null) {
            remarks.lost(known.isEmpty() ? "materials" : "materials that no file defines", Mtl.text(name));
        }
        return m;
    }

    private Map<String, Mtl> folded(Map<String, Mtl> known) {
        if (folded.isEmpty()) {
            known.forEach((name, m) -> folded.put(Mtl.text(name).toLowerCase(Locale.ROOT), m));
        }
        return folded;
    }

    private String stem() {
        String name = String.valueOf(path.getFileName());
        int dot = name.lastIndexOf('.');
        return dot > 0 ? name.substring(0, dot) : name;
    }

    /** Reads what a line "mtllib" names: one file whose name may have blanks, or several. */
    private void read(String rest, Map<String, Mtl> known) {
        if (!rest.isEmpty() && !take(rest, known)) {
            int comment = rest.indexOf(" #");
            List<String> parts = parts(comment > 0 ? rest.substring(0, comment).strip() : rest);
            for (String part : parts) {
                if (part.equals(rest) || !take(part, known)) {
                    remarks.lost("files of materials that are not there", Mtl.text(part));
                }
            }
        }
    }

    /** Cuts behind each word that ends in ".mtl"; at each blank where none does. */
    private static List<String> parts(String rest) {
        List<String> out = new ArrayList<>();
        StringBuilder at = new StringBuilder();
        for (String word : rest.split("[ \t]+")) {
            at.append(at.isEmpty() ? "" : " ").append(word);
            if (word.toLowerCase(Locale.ROOT).endsWith(".mtl")) {
                out.add(at.toString());
                at.setLength(0);
            }
        }
        if (!at.isEmpty()) {
            out.add(at.toString());
        }
        return out;
    }

    private boolean take(String raw, Map<String, Mtl> known) {
        Beside.Found found = find(folder, folder, raw);
        if (found == null) {
            return false;
        }
        if (found.moved()) {
            remarks.understood("files beside the mesh in place of those that it names", Mtl.text(raw));
        }
        Mtl.read(found.file(), remarks).forEach(known::putIfAbsent);
        return true;
    }

    /** The file that a name means, seen from one folder or another, where it lies as named first. */
    static Beside.@Nullable Found find(Path one, Path other, String raw) {
        Beside.Found near = null;
        for (String name : Beside.readings(Mtl.bytes(raw))) {
            for (Path from : one.equals(other) ? List.of(one) : List.of(one, other)) {
                Beside.Found f = Beside.find(from, name);
                if (f != null && !f.moved()) {
                    return f;
                }
                near = near == null ? f : near;
            }
        }
        return near;
    }
}
