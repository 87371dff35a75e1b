package org.grotto.format.threemf;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.grotto.base.GrottoException;
import org.grotto.base.Job;
import org.grotto.format.Numbers;
import org.grotto.format.Remarks;
import org.jspecify.annotations.Nullable;

/** One model part of a 3MF file (3MF Core 1.3; of its Materials extension colours and pictures) as data. */
final class Model {
    /** Elements that mean something in one place only: in what, and in what that stands. */
    private static final Map<String, String[]> PLACES = Map.of(
            "vertex", new String[] {"vertices", "mesh"},
            "triangle", new String[] {"triangles", "mesh"},
            "component", new String[] {"components", "object"},
            "item", new String[] {"build", "model"},
            "base", new String[] {"basematerials", "resources"},
            "color", new String[] {"colorgroup", "resources"},
            "tex2coord", new String[] {"texture2dgroup", "resources"});

    /** Shapes that are no triangles. */
    static final List<String> OTHER_SHAPES = List.of("lattices of beams", "shapes that functions give", "slices");

    private static final String DRAFT = "materials of the draft of 2013";

    private static final int CHECKED = 1 << 16;

    /** One object: a mesh, or others placed. */
    static final class Thing {
        String pid = "";
        int pindex;
        double[] xyz = {};
        int vertices;
        /** Vertices of each triangle, three; and what they say of its property: group and indices of its corners. */
        int[] triangles = {};

        int count;
        /** Numbers of {@link #groups}, -1 for the object's own. */
        int[] group = {};

        int[] property = {};
        final List<String> groups = new ArrayList<>();
        final List<Placed> components = new ArrayList<>();
    }

    /** An object in its place. @param part the model part that it stands in, or empty for this one */
    record Placed(String object, String part, double[] place) {}

    /** A group of properties: colours of materials or corners, or places in a picture. */
    static final class Group {
        /** RGB a property, 0 to 255; of base materials and colour groups. */
        final List<int[]> colours = new ArrayList<>();

        final List<double[]> places = new ArrayList<>();
        String picture = "";
        boolean corners;
    }

    final Map<String, Thing> things = new HashMap<>();
    final Map<String, Group> groups = new HashMap<>();
    /** Parts that pictures lie in, by their ids; and how they go on beyond their borders. */
    final Map<String, String[]> pictures = new HashMap<>();

    final List<Placed> items = new ArrayList<>();
    private @Nullable Thing thing;
    private @Nullable Group group;
    private final Path path;
    private final Remarks remarks;

    private Model(Path path, Remarks remarks) {
        this.path = path;
        this.remarks = remarks;
    }

    /** @param keepGoing pass over damaged elements: vertices without a place stay, so that numbers mean the same */
    static Model read(Path path, Package parts, String part, boolean keepGoing, Remarks remarks) {
        Model m = new Model(path, remarks);
        Map<String, Integer> damaged = new TreeMap<>();
        try (Package.Xml xml = parts.xml(part)) {
            for (long n = 0; xml.next(); n++) {
                if (n % CHECKED == 0) {
                    Job.current().check();
                }
                String element = xml.element();
                if (PLACES.containsKey(element) && !m.counts(xml, element)) {
                    if (element.equals("color") && xml.in("resources", "model")) {
                        remarks.lost(DRAFT);
                    }
                    continue; // of a slice, or of an extension
                }
                try {
                    m.take(xml, element);
                } catch (GrottoException e) {
                    if (!keepGoing || e.kind() != GrottoException.Kind.BAD_INPUT) {
                        throw e;
                    }
                    damaged.merge(element, 1, Integer::sum);
                    m.stand(element);
                }
            }
        }
        damaged.forEach((element, n) -> remarks.lost("damaged elements", n + " of \"" + element + "\" in " + part));
        return m;
    }

    /** The objects that are no component of another, in the order of their names. */
    List<String> unplaced() {
        Set<String> placed = new HashSet<>();
        for (Thing t : things.values()) {
            t.components.stream().filter(c -> c.part().isEmpty()).forEach(c -> placed.add(c.object()));
        }
        return things.keySet().stream()
                .filter(id -> !placed.contains(id))
                .sorted()
                .toList();
    }

    private void take(Package.Xml xml, String element) {
        switch (element) {
            case "object" -> {
                thing = new Thing();
                thing.pid = xml.get("pid");
                things.put(xml.get("id"), thing);
                thing.pindex = thing.pid.isEmpty() ? 0 : whole(xml, "pindex", 0);
            }
            case "vertex" -> vertex(xml, inside(thing, xml));
            case "triangle" -> triangle(xml, inside(thing, xml));
            case "component" -> inside(thing, xml).components.add(placed(xml));
            case "item" -> items.add(placed(xml));
            case "basematerials", "colorgroup", "texture2dgroup" -> {
                group = new Group();
                group.picture = xml.get("texid");
                group.corners = xml.is("colorgroup");
                groups.put(xml.get("id"), group);
            }
            case "base" -> in(group, xml).colours.add(colour(xml, xml.get("displaycolor")));
            case "color" -> in(group, xml).colours.add(colour(xml, xml.get("color")));
            case "tex2coord" -> in(group, xml).places.add(new double[] {number(xml, "u"), number(xml, "v")});
            case "texture2d" ->
                pictures.put(
                        xml.get("id"), new String[] {xml.get("path"), xml.get("tilestyleu"), xml.get("tilestylev")});
            case "compositematerials", "multiproperties" -> remarks.lost("mixed materials");
            case "beamlattice" -> remarks.lost(OTHER_SHAPES.get(0));
            case "levelset" -> remarks.lost(OTHER_SHAPES.get(1));
            case "volumedata" -> remarks.lost("properties that functions give");
            case "displacementmesh" -> remarks.lost("displacements");
            case "material" -> remarks.lost(DRAFT);
            case "slicestack" -> remarks.lost(OTHER_SHAPES.get(2));
            default -> {}
        }
    }

    /** Puts in the place of a damaged element what keeps the numbers of those behind it. */
    private void stand(String element) {
        switch (element) {
            case "vertex" -> {
                if (thing != null) {
                    put(thing, Double.NaN, Double.NaN, Double.NaN);
                }
            }
            case "base", "color" -> {
                if (group != null) {
                    group.colours.add(new int[] {255, 255, 255});
                }
            }
            case "tex2coord" -> {
                if (group != null) {
                    group.places.add(new double[2]);
                }
            }
            default -> {}
        }
    }

    private boolean counts(Package.Xml xml, String element) {
        String[] around = PLACES.getOrDefault(element, new String[2]);
        return xml.in(around[0], around[1]);
    }

    private GrottoException bad(Package.Xml xml, String what) {
        return GrottoException.badInput(path, "line " + xml.line() + " of its model: " + what + "; export it again.");
    }

    private Thing inside(@Nullable Thing t, Package.Xml xml) {
        if (t == null) {
            throw bad(xml, "\"" + xml.element() + "\" stands outside an object");
        }
        return t;
    }

    private Group in(@Nullable Group g, Package.Xml xml) {
        if (g == null) {
            throw bad(xml, "\"" + xml.element() + "\" stands outside a group");
        }
        return g;
    }

    private void vertex(Package.Xml xml, Thing t) {
        put(t, number(xml, "x"), number(xml, "y"), number(xml, "z"));
    }

    private void put(Thing t, double x, double y, double z) {
        if (3 * t.vertices + 3 > t.xyz.length) {
            t.xyz = Arrays.copyOf(t.xyz, grown(t.xyz.length));
        }
        t.xyz[3 * t.vertices] = x;
        t.xyz[3 * t.vertices + 1] = y;
        t.xyz[3 * t.vertices + 2] = z;
        t.vertices++;
    }

    private void triangle(Package.Xml xml, Thing t) {
        int at = 3 * t.count;
        if (at + 3 > t.triangles.length) {
            t.triangles = Arrays.copyOf(t.triangles, grown(t.triangles.length));
            t.property = Arrays.copyOf(t.property, t.triangles.length);
            t.group = Arrays.copyOf(t.group, t.triangles.length / 3);
        }
        t.triangles[at] = whole(xml, "v1", -1);
        t.triangles[at + 1] = whole(xml, "v2", -1);
        t.triangles[at + 2] = whole(xml, "v3", -1);
        for (int k = 0; k < 3; k++) {
            if (t.triangles[at + k] >= t.vertices) {
                throw bad(xml, "a triangle uses vertex " + t.triangles[at + k] + ", but there are " + t.vertices);
            }
        }
        String pid = xml.get("pid");
        int p1 = whole(xml, "p1", -2);
        int own = p1 < 0 ? t.pindex : p1;
        t.property[at] = own;
        t.property[at + 1] = p1 < 0 ? own : whole(xml, "p2", p1);
        t.property[at + 2] = p1 < 0 ? own : whole(xml, "p3", p1);
        String named = p1 < 0 || pid.isEmpty() ? t.pid : pid;
        int g = t.groups.isEmpty() || !t.groups.getLast().equals(named) ? t.groups.indexOf(named) : t.groups.size() - 1;
        if (g < 0) {
            g = t.groups.size();
            t.groups.add(named);
        }
        t.group[t.count++] = g;
    }

    private int grown(int length) {
        if (length > Integer.MAX_VALUE / 3 * 2) {
            throw GrottoException.unsupported(path, "more than 715 million vertices or triangles; split the mesh.");
        }
        return length == 0 ? 192 : length / 6 * 9;
    }

    private Placed placed(Package.Xml xml) {
        String words = xml.get("transform").strip();
        double[] place = {1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0};
        if (!words.isEmpty()) {
            String[] w = words.split("\\s+");
            for (int i = 0; i < 12; i++) {
                place[i] = w.length == 12 ? parse(w[i]) : Double.NaN;
                if (!Double.isFinite(place[i])) {
                    throw bad(xml, "a transform is no twelve numbers");
                }
            }
        }
        return new Placed(xml.get("objectid"), xml.get("path"), place);
    }

    private static double parse(String word) {
        byte[] b = word.getBytes(StandardCharsets.ISO_8859_1);
        return Numbers.parse(b, 0, b.length);
    }

    private double number(Package.Xml xml, String attribute) {
        double v = parse(xml.get(attribute).strip());
        if (!(Math.abs(v) <= 1e30)) {
            throw bad(xml, attribute + " is \"" + Remarks.shown(xml.get(attribute)) + "\" instead of a number");
        }
        return v;
    }

    /** @param absent what it is where it is not there; -1 where it must be */
    private int whole(Package.Xml xml, String attribute, int absent) {
        String s = xml.get(attribute).strip();
        if (s.isEmpty() && absent != -1) {
            return absent;
        }
        double v = parse(s);
        if (!(v >= 0 && v < Integer.MAX_VALUE && v == Math.rint(v))) {
            throw bad(xml, attribute + " is \"" + Remarks.shown(s) + "\" instead of a whole number");
        }
        return (int) v;
    }

    private int[] colour(Package.Xml xml, String s) {
        if (!s.matches("#[0-9A-Fa-f]{6}([0-9A-Fa-f]{2})?")) {
            throw bad(xml, "a colour is \"" + Remarks.shown(s) + "\" instead of #RRGGBB");
        }
        if (s.length() == 9 && !s.endsWith("FF") && !s.endsWith("ff")) {
            remarks.lost("transparency of materials");
        }
        int c = Integer.parseInt(s.substring(1, 7), 16);
        return new int[] {c >> 16, c >> 8 & 255, c & 255};
    }
}
