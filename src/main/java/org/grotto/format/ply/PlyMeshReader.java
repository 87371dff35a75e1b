package org.grotto.format.ply;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.grotto.base.GrottoException;
import org.grotto.format.MeshReader;
import org.grotto.format.Remarks;
import org.grotto.format.Salvage;
import org.grotto.format.Stated;
import org.grotto.geometry.Mesh;
import org.grotto.geometry.Texture;
import org.jspecify.annotations.Nullable;

/** A PLY file open for its mesh. */
public final class PlyMeshReader implements MeshReader {
    private static final Set<String> KEPT = Set.of(
            "x",
            "y",
            "z",
            "nx",
            "ny",
            "nz",
            "normal_x",
            "normal_y",
            "normal_z",
            "red",
            "green",
            "blue",
            "r",
            "g",
            "b",
            "diffuse_red",
            "diffuse_green",
            "diffuse_blue",
            "evidence");

    private final Path path;
    private final PlyHeader header;
    private final Remarks remarks = new Remarks();
    /** What was taken beside {@link #KEPT}, as "ELEMENT PROPERTY". */
    private final Set<String> taken = new HashSet<>();

    private boolean read;

    private final boolean keepGoing;

    private PlyMeshReader(Path path, PlyHeader header, boolean keepGoing) {
        this.path = path;
        this.header = header;
        this.keepGoing = keepGoing;
    }

    /** Opens a file and checks its header. */
    public static PlyMeshReader open(Path path) {
        return open(path, false);
    }

    /** @param keepGoing take of a damaged file the triangles that are whole; else it is refused, and told how many it has */
    static PlyMeshReader open(Path path, boolean keepGoing) {
        try (PlyRows rows = PlyRows.open(path, keepGoing)) {
            return new PlyMeshReader(path, rows.header, keepGoing);
        } catch (GrottoException e) {
            throw keepGoing ? e : offering(path, e);
        }
    }

    private static GrottoException offering(Path path, GrottoException e) {
        return Salvage.offering(e, () -> PlyMeshData.read(path, true, new Remarks(), new HashSet<>()));
    }

    @Override
    public Path path() {
        return path;
    }

    @Override
    public String format() {
        return header.format();
    }

    @Override
    public long vertices() {
        return count(header.element("vertex"));
    }

    @Override
    public long faces() {
        return count(header.element(PlyMesh.STRIPS)) > 0 ? -1 : count(header.element("face"));
    }

    private static long count(PlyHeader.@Nullable Element e) {
        return e == null ? 0 : e.count();
    }

    @Override
    public Map<String, String> metadata() {
        return comments(header);
    }

    /** The comments of a header, numbered from 1. */
    static Map<String, String> comments(PlyHeader header) {
        Map<String, String> metadata = new TreeMap<>();
        for (int i = 0; i < header.comments().size(); i++) {
            metadata.put("comment." + (i + 1), header.comments().get(i));
        }
        return metadata;
    }

    @Override
    public Stated stated() {
        return Stated.words(header.comments());
    }

    @Override
    public List<String> notKept() {
        List<String> out = new ArrayList<>(remarks.notKept());
        for (PlyHeader.Element e : header.elements()) {
            if (e.name().equals("vertex") || e.name().equals("face") || e.name().equals(PlyMesh.STRIPS)) {
                e.properties().stream()
                        .map(PlyHeader.Property::name)
                        .filter(n -> !kept(e.name(), n))
                        .forEach(n -> out.add("property \"" + n + "\" of element \"" + e.name() + "\""));
            } else if (e.count() > 0) {
                out.add(e.count() + " of element \"" + e.name() + "\"");
            }
        }
        return out;
    }

    private boolean kept(String element, String property) {
        boolean face = !element.equals("vertex");
        boolean always = face ? property.startsWith("vertex_ind") : KEPT.contains(property);
        return always || taken.contains(element + " " + property) || !read && expected(face, property);
    }

    /** What a file that is not read yet will give by its header. */
    private boolean expected(boolean face, String property) {
        PlyHeader.Element vertex = header.element("vertex");
        boolean colour = face && property.matches("(diffuse_)?(red|green|blue)");
        boolean place = property.matches(face ? "texcoord|texnumber" : "[stuv]|texture_[uv]");
        return colour && vertex != null && vertex.indexOf("red", "r", "diffuse_red") < 0
                || place && !PlyPictures.names(header).isEmpty();
    }

    @Override
    public List<String> understood() {
        return remarks.understood();
    }

    @Override
    public List<Texture> pictures() {
        Remarks none = new Remarks();
        return PlyPictures.names(header).stream()
                .distinct()
                .map(n -> PlyPictures.texture(path, n, none))
                .filter(Objects::nonNull)
                .toList();
    }

    @Override
    public Mesh read() {
        remarks.clear();
        taken.clear();
        read = true;
        try {
            return PlyMeshData.read(path, keepGoing, remarks, taken);
        } catch (GrottoException e) {
            throw keepGoing ? e : offering(path, e);
        }
    }

    @Override
    public void close() {}
}
