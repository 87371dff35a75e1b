package org.grotto.format.threemf;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.grotto.base.GrottoException;
import org.grotto.format.Materials;
import org.grotto.format.Remarks;
import org.grotto.format.Repeats;
import org.grotto.format.UsedVertices;
import org.grotto.geometry.Columns;
import org.grotto.geometry.Material;
import org.grotto.geometry.Mesh;
import org.grotto.geometry.Places;
import org.grotto.geometry.Texture;
import org.grotto.image.Srgb;
import org.jspecify.annotations.Nullable;

/**
 * Builds the mesh of what a 3MF file's build shows: each item with its components, placed, in the file's unit. Colours of
 * base materials and pictures become materials; those of corners (colour groups) go to the vertices, as their means. A
 * file that shows a mesh very often is refused.
 */
final class ThreeMfScene {
    private static final int MOST_DEPTH = 50;
    private static final int[] WHITE = {255, 255, 255};
    private static final int MOST_MATERIALS = 1 << 16;

    private final Path path;
    private final Package parts;
    private final String root;
    private final boolean keepGoing;
    private final Remarks remarks;
    private final Map<String, Model> models = new HashMap<>();
    private final Map<String, Integer> numbers = new HashMap<>();
    private final List<Material> materials = new ArrayList<>();
    private long most = Repeats.most();
    private long shown;

    private double[] xyz = {};
    private int vertices;
    private int[] triangles = {};
    private int count;
    /** Triangles with a corner that has no place. */
    private long damaged;

    private float[] uv = {};
    private char[] material = {};
    /** Colours of triangles whose corners have some, NaN for the others; empty where none has. */
    private float[] colours = {};

    /** @param keepGoing leave out what is damaged; else it is refused */
    ThreeMfScene(Path path, Package parts, String root, boolean keepGoing, Remarks remarks) {
        this.path = path;
        this.parts = parts;
        this.root = root;
        this.keepGoing = keepGoing;
        this.remarks = remarks;
    }

    Mesh read() {
        Model model = model(root);
        double[] unmoved = {1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0};
        for (Model.Placed item : model.items) {
            show(item, root, unmoved, 0);
        }
        if (model.items.isEmpty()) {
            remarks.understood("all objects, since the file builds none");
            for (String id : model.unplaced()) {
                show(new Model.Placed(id, "", unmoved), root, unmoved, 0);
            }
        }
        if (damaged > 0) {
            remarks.lost(damaged + " damaged triangles: a corner has no place");
        }
        if (count == 0) {
            String other = remarks.notKept().stream()
                    .filter(Model.OTHER_SHAPES::contains)
                    .findFirst()
                    .orElse(null);
            throw other == null
                    ? GrottoException.badInput(
                            path, "shows no triangle" + (damaged > 0 ? " that is whole" : "") + "; export it again.")
                    : GrottoException.unsupported(
                            path, "shows " + other + " alone, which are not read; export them as a mesh.");
        }
        int[] t = Arrays.copyOf(triangles, 3 * count);
        byte[] rgb = colours.length == 0 ? null : UsedVertices.colours(colours, t, vertices, 1);
        if (rgb != null) {
            remarks.understood("colours of corners, given to their vertices");
        }
        int[] from = UsedVertices.of(t, vertices, remarks);
        byte[] kept = rgb == null ? null : new byte[3 * from.length];
        for (int i = 0; i < from.length; i++) {
            for (int a = 0; a < 3; a++) {
                xyz[3 * i + a] = xyz[3 * from[i] + a];
                if (kept != null && rgb != null) {
                    kept[3 * i + a] = rgb[3 * from[i] + a];
                }
            }
        }
        float[] placed = uv.length == 0 ? uv : Arrays.copyOf(uv, 6 * count);
        return Places.of(xyz, 3 * from.length)
                .mesh(Columns.NONE.with(Columns.RGB8, kept), t)
                .with(Materials.charts(placed, Arrays.copyOf(material, count), materials, rgb != null, remarks));
    }

    private Model model(String part) {
        Model known = models.get(part);
        if (known == null) {
            known = Model.read(path, parts, part, keepGoing, remarks);
            models.put(part, known);
            for (Model.Thing t : known.things.values()) {
                most += 8L * t.count + 8L * t.vertices;
            }
        }
        return known;
    }

    private void show(Model.Placed p, String part, double[] parent, int depth) {
        String in = p.part().isEmpty() ? part : p.part();
        if (keepGoing && !parts.has(in)) {
            remarks.lost("objects that are not there", p.object());
            return;
        }
        Model model = model(in);
        Model.Thing thing = model.things.get(p.object());
        if (thing == null) {
            if (keepGoing) {
                remarks.lost("objects that are not there", p.object());
                return;
            }
            throw GrottoException.badInput(
                    path, "places object \"" + Remarks.shown(p.object()) + "\", which is not there; export it again.");
        }
        shown += 1L + thing.count + thing.vertices;
        if (depth > MOST_DEPTH || shown > most) {
            throw GrottoException.unsupported(
                    path,
                    depth > MOST_DEPTH
                            ? "shows its meshes so deep in each other, in more than " + MOST_DEPTH
                                    + " levels, that it grows beyond all use."
                            : Repeats.tooMany(shown, "vertices and triangles", most) + ".");
        }
        double[] m = times(p.place(), parent);
        mesh(model, in, thing, m);
        for (Model.Placed c : thing.components) {
            show(c, in, m, depth + 1);
        }
    }

    /** First {@code a}, then {@code b}; both as 3MF writes them, four rows of three that a row (x y z 1) goes by. */
    private static double[] times(double[] a, double[] b) {
        double[] c = new double[12];
        for (int r = 0; r < 4; r++) {
            for (int k = 0; k < 3; k++) {
                c[3 * r + k] =
                        a[3 * r] * b[k] + a[3 * r + 1] * b[3 + k] + a[3 * r + 2] * b[6 + k] + (r == 3 ? b[9 + k] : 0);
            }
        }
        return c;
    }

    private void mesh(Model model, String part, Model.Thing t, double[] m) {
        if (vertices + (long) t.vertices > Integer.MAX_VALUE / 4 || !Materials.fits(count + (long) t.count)) {
            throw GrottoException.unsupported(path, "has more triangles than fit into one mesh; split it.");
        }
        xyz = xyz.length < 3 * (vertices + t.vertices) ? Arrays.copyOf(xyz, room(3 * (vertices + t.vertices))) : xyz;
        for (int i = 0; i < t.vertices; i++) {
            for (int k = 0; k < 3; k++) {
                double v = t.xyz[3 * i] * m[k] + t.xyz[3 * i + 1] * m[3 + k] + t.xyz[3 * i + 2] * m[6 + k] + m[9 + k];
                if (!(Math.abs(v) <= 1e30) && !keepGoing) {
                    throw GrottoException.badInput(path, "places a vertex nowhere; export it again.");
                }
                xyz[3 * (vertices + i) + k] = Math.abs(v) <= 1e30 ? v : Double.NaN;
            }
        }
        boolean mirrored = m[0] * (m[4] * m[8] - m[5] * m[7])
                        - m[1] * (m[3] * m[8] - m[5] * m[6])
                        + m[2] * (m[3] * m[7] - m[4] * m[6])
                < 0;
        int all = count + t.count;
        if (triangles.length < 3 * all) {
            triangles = Arrays.copyOf(triangles, room(3 * all));
            material = Arrays.copyOf(material, triangles.length / 3);
        }
        for (int i = 0; i < t.count; i++) {
            int second = mirrored ? 2 : 1;
            triangles[3 * count] = vertices + t.triangles[3 * i];
            triangles[3 * count + 1] = vertices + t.triangles[3 * i + second];
            triangles[3 * count + 2] = vertices + t.triangles[3 * i + 3 - second];
            if (keepGoing && nowhere(3 * count)) {
                damaged++;
                continue;
            }
            dress(
                    model,
                    part,
                    t.groups.get(t.group[i]),
                    t.property[3 * i],
                    t.property[3 * i + second],
                    t.property[3 * i + 3 - second]);
            count++;
        }
        vertices += t.vertices;
    }

    /** Whether the triangle at {@code corner} has a corner without a place. */
    private boolean nowhere(int corner) {
        for (int k = corner; k < corner + 3; k++) {
            int v = 3 * triangles[k];
            if (Double.isNaN(xyz[v] + xyz[v + 1] + xyz[v + 2])) {
                return true;
            }
        }
        return false;
    }

    private static int room(int least) {
        return (int) Math.min(Integer.MAX_VALUE / 4 * 3L, Math.max(least, least / 6 * 9L));
    }

    /** Gives the triangle {@link #count} what properties of a group its corners name. */
    private void dress(Model model, String part, String id, int p1, int p2, int p3) {
        Model.Group group = model.groups.get(id);
        int number;
        if (group == null) {
            if (!id.isEmpty()) {
                remarks.lost("properties of groups that are not there, or of other kinds");
            }
            number = number("", () -> Material.plain());
        } else if (!group.picture.isEmpty()) {
            number = picture(model, part, id, group, new int[] {p1, p2, p3});
        } else if (group.corners) {
            number = number("", () -> Material.plain());
            int had = colours.length;
            if (had < 3 * count + 3) {
                colours = Arrays.copyOf(colours, triangles.length);
                Arrays.fill(colours, had, colours.length, Float.NaN);
            }
            for (int a = 0; a < 3; a++) {
                colours[3 * count + a] = (colour(group, p1)[a] + colour(group, p2)[a] + colour(group, p3)[a]) / 3f;
            }
        } else {
            int[] c = colour(group, p1);
            number = number(
                    part + "\n" + id + "\n" + p1,
                    () -> Material.of(id + "." + p1, Srgb.linear(c[0]), Srgb.linear(c[1]), Srgb.linear(c[2])));
        }
        material[count] = (char) number;
    }

    private int[] colour(Model.Group group, int index) {
        if (index >= group.colours.size()) {
            missing(index, group.colours.size());
            return WHITE;
        }
        return group.colours.get(index);
    }

    private void missing(int index, int size) {
        if (!keepGoing) {
            throw GrottoException.badInput(
                    path, "a triangle names property " + index + " of a group of " + size + "; export it again.");
        }
        remarks.lost("properties that are not there");
    }

    private int picture(Model model, String part, String id, Model.Group group, int[] p) {
        Texture texture = texture(model, part, group.picture);
        if (texture == null) {
            return number("", () -> Material.plain());
        }
        uv = uv.length < 6 * count + 6 ? Arrays.copyOf(uv, 2 * triangles.length) : uv;
        for (int k = 0; k < 3; k++) {
            if (p[k] >= group.places.size()) {
                missing(p[k], group.places.size());
            }
            double[] at = p[k] < group.places.size() ? group.places.get(p[k]) : new double[2];
            uv[6 * count + 2 * k] = (float) at[0];
            uv[6 * count + 2 * k + 1] = (float) (1 - at[1]); // v counts from below
        }
        return number(part + "\n" + id + "\n", () -> new Material(texture.name(), 1, 1, 1, texture, null, null, 0));
    }

    private final Map<String, @Nullable Texture> textures = new HashMap<>();

    private @Nullable Texture texture(Model model, String part, String id) {
        String key = part + "\n" + id;
        if (textures.containsKey(key)) {
            return textures.get(key);
        }
        String[] said = model.pictures.get(id);
        Texture made = null;
        if (said == null || !parts.has(said[0])) {
            remarks.lost("pictures that are not there", said == null ? id : said[0]);
        } else {
            String name = said[0].substring(said[0].lastIndexOf('/') + 1);
            byte[] bytes = bytes(said[0]);
            made = bytes == null ? null : new Texture(name, null, 0, bytes.length, bytes, wrap(said[1]), wrap(said[2]));
        }
        textures.put(key, made);
        return made;
    }

    private byte @Nullable [] bytes(String part) {
        try {
            return parts.bytes(part);
        } catch (GrottoException e) {
            if (!keepGoing || e.kind() != GrottoException.Kind.BAD_INPUT) {
                throw e;
            }
            remarks.lost("damaged pictures", part);
            return null;
        }
    }

    private static Texture.Wrap wrap(String style) {
        return switch (style) {
            case "clamp", "none" -> Texture.Wrap.CLAMP;
            case "mirror" -> Texture.Wrap.MIRROR;
            default -> Texture.Wrap.REPEAT;
        };
    }

    private int number(String key, java.util.function.Supplier<Material> make) {
        Integer known = numbers.get(key);
        if (known != null) {
            return known;
        }
        if (materials.size() == MOST_MATERIALS) {
            throw GrottoException.unsupported(
                    path, "has more than " + MOST_MATERIALS + " materials; join some of them.");
        }
        materials.add(make.get());
        numbers.put(key, materials.size() - 1);
        return materials.size() - 1;
    }
}
