package org.grotto.scene;

import java.util.ArrayList;
import java.util.List;
import org.grotto.base.Text;
import org.grotto.base.Texts;
import org.grotto.geometry.Box;
import org.jspecify.annotations.Nullable;

/**
 * Makes of a {@code cave.json} as it stands one that viewers can rely on. Nothing in it is trusted to be there but the
 * bounds.
 */
final class Lenient {
    private static final double USUAL_FOV = 60;
    private static final double EYE_HEIGHT = 1.6;
    /** A view stands at most so many diagonals of the bounds away from them. */
    private static final double FARTHEST_VIEW = 100;
    /** A title is cut after so many characters: it has one line. */
    private static final int LONGEST_TITLE = 120;

    private static final int LONGEST_UNIT = 12;
    /** Viewers list no more layers than this; each costs a byte a vertex. */
    private static final int MOST_LAYERS = 24;

    /** Nothing is shown brighter by more than this, or darker. */
    private static final double MOST_EXPOSED = 16;

    private static final Text NOTHING = new Text("", "");

    private Lenient() {}

    static CaveInfo complete(CaveInfo c) {
        String id = c.id() == null ? "cave" : c.id();
        CaveInfo.Rights rights = c.rights();
        List<Layer> layers = c.layers();
        return new CaveInfo(
                c.grotto(),
                id,
                text(c.title(), Texts.of("views.untitled")),
                frame(c.frame()),
                c.bounds(),
                present(c.stations()).stream().map(Lenient::station).toList(),
                views(c),
                present(c.deliverables()).stream()
                        .filter(d -> d.kind() != null && d.path() != null)
                        .toList(),
                rights == null ? new CaveInfo.Rights(null, null, null) : rights,
                room(c.room(), c.bounds()),
                layers == null ? null : layers(present(layers)),
                c.revision(),
                c.subject(),
                c.subjectReasons() == null
                        ? null
                        : present(c.subjectReasons()).stream()
                                .map(t -> text(t, NOTHING))
                                .toList(),
                exposure(c.exposure()));
    }

    private static @Nullable Double exposure(@Nullable Double e) {
        return e != null && e >= 1 / MOST_EXPOSED && e <= MOST_EXPOSED ? e : null;
    }

    private static <T> List<T> present(@Nullable List<@Nullable T> list) {
        List<T> all = new ArrayList<>();
        if (list != null) {
            for (T t : list) {
                if (t != null) {
                    all.add(t);
                }
            }
        }
        return all;
    }

    /** Both languages, in one line; one stands for the other, {@code otherwise} for both. */
    private static Text text(@Nullable Text t, Text otherwise) {
        String zh = line(t == null ? null : t.zh());
        String en = line(t == null ? null : t.en());
        if (zh.isEmpty() && en.isEmpty()) {
            return otherwise;
        }
        return new Text(zh.isEmpty() ? en : zh, en.isEmpty() ? zh : en);
    }

    /** Without what no screen shows, controls and marks that turn the direction of writing, and no longer than a line. */
    private static String line(@Nullable String s) {
        String plain = s == null
                ? ""
                : s.replaceAll("[\\p{Cc}\\p{Cf}\\p{Cs}\u2028\u2029]+", " ").strip();
        return plain.codePointCount(0, plain.length()) <= LONGEST_TITLE
                ? plain
                : plain.substring(0, plain.offsetByCodePoints(0, LONGEST_TITLE)) + "…";
    }

    private static CaveInfo.Frame frame(CaveInfo.@Nullable Frame f) {
        if (f == null) {
            return new CaveInfo.Frame("m", "+Z", new double[3], 0, null);
        }
        return new CaveInfo.Frame(
                f.unit() == null ? "m" : f.unit(),
                f.up() == null ? "+Z" : f.up(),
                point(f.origin()) ? f.origin() : new double[3],
                f.latticeStep(),
                f.crs());
    }

    private static boolean point(double @Nullable [] p) {
        return p != null && p.length == 3 && Double.isFinite(p[0] + p[1] + p[2]);
    }

    private static Station station(Station s) {
        return new Station(
                s.name() == null ? "" : s.name(),
                s.source() == null ? "" : s.source(),
                s.guid(),
                s.pose(),
                s.points(),
                s.intensity(),
                s.clock());
    }

    /** Those that stand somewhere; and one from outside, and of what can be walked in one inside, where none does. */
    private static List<CaveInfo.View> views(CaveInfo c) {
        List<CaveInfo.View> all = new ArrayList<>();
        for (CaveInfo.View v : present(c.views())) {
            if (point(v.eye()) && point(v.target()) && apart(v.eye(), v.target()) && near(v.eye(), c.bounds())) {
                String name = v.name() == null ? "view " + (all.size() + 1) : v.name();
                double fov = v.fovDegrees() >= 1 && v.fovDegrees() <= 170 ? v.fovDegrees() : USUAL_FOV;
                Text numbered = Texts.of("views.numbered", "n", all.size() + 1);
                all.add(new CaveInfo.View(
                        name, text(v.title(), numbered), kind(v, c.bounds()), v.eye(), v.target(), fov));
            }
        }
        boolean around = c.subject() == Subject.Kind.OBJECT || c.subject() == Subject.Kind.PANEL;
        if (!around && all.stream().noneMatch(v -> v.kind().equals("inside"))) {
            all.add(inside(c));
        }
        if (all.stream().noneMatch(v -> v.kind().equals("dollhouse"))) {
            all.add(dollhouse(c.bounds(), c.subject()));
        }
        return List.copyOf(all);
    }

    private static boolean apart(double[] eye, double[] target) {
        double d = Math.hypot(target[0] - eye[0], Math.hypot(target[1] - eye[1], target[2] - eye[2]));
        return d > 0 && Double.isFinite(d);
    }

    /** Whether anything could be seen from there. */
    private static boolean near(double[] eye, Box b) {
        return b.grow(FARTHEST_VIEW * Math.max(0.01, b.diagonal())).contains(eye[0], eye[1], eye[2]);
    }

    private static String kind(CaveInfo.View v, Box b) {
        if (v.kind() != null && (v.kind().equals("inside") || v.kind().equals("dollhouse"))) {
            return v.kind();
        }
        return b.contains(v.eye()[0], v.eye()[1], v.eye()[2]) ? "inside" : "dollhouse";
    }

    /** From the first station that knows its place, else from the middle, along the longer side. */
    private static CaveInfo.View inside(CaveInfo c) {
        Box b = c.bounds();
        double[] m = middle(b);
        double[] eye = {m[0], m[1], Math.min(b.minZ() + EYE_HEIGHT, m[2])};
        for (Station s : present(c.stations())) {
            double[] stood = s.pose() == null
                    ? eye
                    : new double[] {s.pose().tx(), s.pose().ty(), s.pose().tz()};
            if (s.pose() != null && near(stood, b)) {
                eye = stood;
                break;
            }
        }
        double[] target = b.sizeX() > b.sizeY()
                ? new double[] {b.maxX() + 1, m[1], eye[2]}
                : new double[] {m[0], b.maxY() + 1, eye[2]};
        Text title = Texts.of(c.subject() == Subject.Kind.SITE ? "views.on-site" : "views.inside");
        return new CaveInfo.View("inside", title, "inside", eye, target, 65);
    }

    private static CaveInfo.View dollhouse(Box b, Subject.@Nullable Kind subject) {
        Text title = Texts.of(
                switch (subject) {
                    case SITE -> "views.above";
                    case OBJECT, PANEL -> "views.whole";
                    case ROOM -> "views.dollhouse";
                    case null -> "views.dollhouse";
                });
        double[] m = middle(b);
        double d = Math.max(1e-3, b.diagonal());
        double[] eye = {m[0] + 0.45 * d, m[1] - 0.9 * d, m[2] + 0.75 * d};
        return new CaveInfo.View("dollhouse", title, "dollhouse", eye, m, 42);
    }

    private static double[] middle(Box b) {
        return new double[] {(b.minX() + b.maxX()) / 2, (b.minY() + b.maxY()) / 2, (b.minZ() + b.maxZ()) / 2};
    }

    /** Walls that could be those of what lies in {@code bounds}, or null. */
    private static @Nullable Room room(@Nullable Room r, Box bounds) {
        if (r == null
                || r.box() == null
                || !PackageReader.sane(r.box())
                || r.box().diagonal() > 2 * bounds.diagonal()) {
            return null;
        }
        return Double.isFinite(r.azimuthDegrees()) ? r : null;
    }

    private static List<Layer> layers(List<Layer> all) {
        List<Layer> out = new ArrayList<>();
        for (Layer l : all) {
            Layer whole = layer(l, out.size() + 1);
            if (whole != null && out.size() < MOST_LAYERS) {
                out.add(whole);
            }
        }
        return out;
    }

    /** A layer that can be shown, or null: it has a place, a name, and colours or classes. */
    private static @Nullable Layer layer(Layer l, int number) {
        if (l.id() == null || l.column() == null || l.carrier() == null) {
            return null;
        }
        Layer.Scale s = l.scale();
        List<String> colours = s == null ? List.of() : present(s.colours());
        boolean scaled = s != null && colours.size() > 1 && Double.isFinite(s.to() - s.from());
        List<Layer.Band> classes = present(l.classes()).stream()
                .map(b -> new Layer.Band(b.from(), b.to(), text(b.title(), NOTHING), b.colour(), b.hatch()))
                .toList();
        if (!scaled && classes.isEmpty()) {
            return null;
        }
        Text title = text(l.title(), Texts.of("layers.numbered", "n", number));
        return new Layer(
                l.id(),
                title,
                l.carrier(),
                l.column(),
                text(l.quantity(), title),
                l.unit() == null || l.unit().length() > LONGEST_UNIT ? "1" : l.unit(),
                l.times() == 0 || !Double.isFinite(l.times()) ? 1 : l.times(),
                Math.max(0, Math.min(12, l.decimals())),
                l.none(),
                l.uncertainty(),
                scaled && s != null ? new Layer.Scale(s.from(), s.to(), colours) : null,
                l.named(),
                l.classes() == null ? null : classes,
                l.open() == null || text(l.open(), NOTHING).equals(NOTHING) ? null : text(l.open(), NOTHING),
                l.source() == null ? "" : l.source());
    }
}
