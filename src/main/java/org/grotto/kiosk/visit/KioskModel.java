package org.grotto.kiosk.visit;

import java.util.List;
import org.grotto.base.GrottoException;
import org.grotto.base.Text;
import org.grotto.base.Texts;
import org.grotto.geometry.Box;
import org.grotto.scene.CaveInfo;
import org.grotto.scene.Palette;
import org.grotto.scene.Photos;
import org.grotto.scene.Room;
import org.grotto.scene.Subject;
import org.jspecify.annotations.Nullable;

/** What the visitor has chosen; all states read it, the input writes it. For the render thread only. */
public final class KioskModel {
    /** What is shown of the cave. */
    public enum Show {
        MESH,
        POINTS,
        /** The mesh, painted by the layer that is chosen. */
        LAYER
    }

    /** How the visitor moves. */
    public enum Go {
        INSIDE,
        WALK,
        DOLLHOUSE
    }

    /** What a drag does. */
    public enum Tool {
        LOOK,
        LIGHT
    }

    public final CaveInfo cave;
    /** The point of the cave frame that is the scene's origin, metres. */
    public final double[] origin;

    /** Where the walls stand, relative to the scene's origin; null where nobody says. */
    public final @Nullable Room room;

    public final boolean hasPoints;

    /** Whether stone stands around the visitor, so that walls are seen through from behind; else all has two sides. */
    public final boolean encloses;

    /** Whether a visitor can stand and walk there; around an object or before a panel one turns it. */
    public final boolean walkable;

    /** Whether it lies under the open sky: nothing there is inside, and nothing is cut away. */
    public final boolean site;

    /** The layers that the package has on its mesh, in the order of their buttons. */
    public final List<Palette> layers;

    private final Places places;
    private @Nullable List<Photos.Placed> laid;
    private @Nullable Go goBefore;
    private boolean told;

    private int layer = -1;
    private boolean listed;
    private @Nullable String readOut;
    private Show show = Show.MESH;
    private Go go = Go.INSIDE;
    private Tool tool = Tool.LOOK;
    private boolean chinese;
    private CaveInfo.View view;
    private double lightAzimuth;
    private double lightElevation;
    private boolean touched;
    private @Nullable Text notice;
    private double noticeSeconds;
    private int version;

    /** The eye of this frame, set by whichever camera is in charge. */
    public Eye eye = new Eye(0, 0, 0, 0, 0, 60);
    /** What of the cave is left out of the picture. */
    public Cutaway cut = Cutaway.NOTHING;
    /** Set to ask for another view; the cameras glide there. */
    public boolean viewAsked = true;

    public KioskModel(CaveInfo cave, double[] origin, boolean hasPoints, KioskOptions options, CaveInfo.View first) {
        this(cave, origin, hasPoints, List.of(), options, first);
    }

    /** @param pictures that can be laid over the stone */
    public KioskModel(
            CaveInfo cave,
            double[] origin,
            boolean hasPoints,
            List<Photos.Placed> pictures,
            KioskOptions options,
            CaveInfo.View first) {
        this.places = Places.of(pictures, origin);
        this.cave = cave;
        this.origin = origin;
        this.room = Cutaway.room(cave, origin);
        this.hasPoints = hasPoints;
        Subject.Kind subject = cave.subject() == null ? Subject.Kind.ROOM : cave.subject();
        this.encloses = subject.encloses();
        this.site = subject == Subject.Kind.SITE;
        this.walkable = encloses || site;
        this.chinese = options.language().equals("zh");
        this.lightAzimuth = options.lightAzimuth();
        this.lightElevation = options.lightElevation();
        this.view = first;
        this.go = goOf(first);
        this.layers = cave.vertexLayers().stream().map(Palette::new).toList();
        first(options);
        List<Photos.Placed> asked = cave.views().contains(first) ? null : places.named(options.view());
        if (asked != null) {
            goBefore = go;
            laid = asked;
        }
    }

    private void first(KioskOptions options) {
        String wanted = options.show();
        if (wanted.equals("points")) {
            if (!hasPoints) {
                throw GrottoException.badRequest(options.packageFolder() + ": has no points to show; use --show mesh.");
            }
            show = Show.POINTS;
        } else if (!wanted.equals("mesh")) {
            List<String> ids = layers.stream().map(p -> p.layer().id()).toList();
            if (!ids.contains(wanted)) {
                throw GrottoException.badRequest(options.packageFolder() + ": has no layer \"" + wanted
                        + "\" to show; it has mesh" + (hasPoints ? ", points" : "")
                        + ids.stream().map(i -> ", " + i).collect(java.util.stream.Collectors.joining()) + ".");
            }
            layer(ids.indexOf(wanted));
        }
    }

    private static Go goOf(CaveInfo.View v) {
        return v.kind().equals("dollhouse") ? Go.DOLLHOUSE : Go.INSIDE;
    }

    /** Changes whenever something that the panels show has changed. */
    public int version() {
        return version;
    }

    public Show show() {
        return show;
    }

    public Go go() {
        return go;
    }

    /** Whether what is seen stands under an even sky: all but the inside of a room. */
    public boolean outdoors() {
        return go == Go.DOLLHOUSE || !encloses;
    }

    public Tool tool() {
        return tool;
    }

    public boolean chinese() {
        return chinese;
    }

    public CaveInfo.View view() {
        return view;
    }

    public double lightAzimuth() {
        return lightAzimuth;
    }

    public double lightElevation() {
        return lightElevation;
    }

    /** Whether the visitor has done anything yet; until then a hint tells how to begin. */
    public boolean touched() {
        return touched;
    }

    /** How long a sentence stands, seconds. */
    private static final double NOTICE_SECONDS = 9;

    /** A sentence for the visitor, or null. */
    @Nullable
    public Text notice() {
        return notice;
    }

    public void show(Show s) {
        if (s != Show.POINTS || hasPoints) {
            show = s;
            listed = false;
            readOut = null;
            version++;
        }
    }

    /** Shows the mesh painted by the layer at that place in {@link #layers}. */
    public void layer(int which) {
        layer = which;
        show = Show.LAYER;
        readOut = null;
        version++;
    }

    /** The place of the layer on show in {@link #layers}, or -1. */
    public int layer() {
        return show == Show.LAYER ? layer : -1;
    }

    /** The layer on show, or null. */
    @Nullable
    public Palette palette() {
        return layer() < 0 ? null : layers.get(layer);
    }

    /** Whether the list of layers stands open. */
    public boolean listed() {
        return listed;
    }

    /** Opens or closes the list of layers. */
    public void list(boolean open) {
        listed = open;
        version++;
    }

    /** What the layer says under the pointer, in words, or null. */
    @Nullable
    public String readOut() {
        return readOut;
    }

    public void readOut(@Nullable String words) {
        if (!java.util.Objects.equals(readOut, words)) {
            readOut = words;
            version++;
        }
    }

    /** The points cannot be shown: back to the mesh, and say so. */
    public void pointsFailed() {
        show = Show.MESH;
        notice(Texts.of("failures.points"));
    }

    /** Whether there are pictures that can be laid over the stone. */
    public boolean pictured() {
        return !places.all().isEmpty();
    }

    /** The pictures of the place that are laid over the stone, or null. */
    public @Nullable List<Photos.Placed> laid() {
        return laid;
    }

    /** Whether the eye is still on its way to where the pictures were taken. */
    public boolean arriving() {
        return arriving;
    }

    /** Set by whoever moves the eye. */
    public boolean arriving;

    /** How far the eye is from where pictures were taken, metres. */
    public double placeDistance(List<Photos.Placed> place) {
        return places.distance(place, eye);
    }

    /** Whether the visitor stands where a picture was taken. */
    public boolean atPicture() {
        List<Photos.Placed> near = go == Go.DOLLHOUSE ? null : places.nearest(eye, 0);
        return near != null && placeDistance(near) <= AT_PLACE;
    }

    /** Nearer than this to where a picture was taken one is there, metres. */
    private static final double AT_PLACE = 0.5;

    /** Lays the pictures over the stone that were taken where the visitor stands, or nearest to it; or takes them off. */
    public void picture() {
        if (laid != null) {
            leavePicture();
            return;
        }
        List<Photos.Placed> near = places.nearest(eye, cave.bounds().diagonal());
        if (near != null) {
            lay(near);
        }
    }

    private void lay(List<Photos.Placed> place) {
        if (laid == null) {
            goBefore = go;
        }
        laid = place;
        go = Go.INSIDE;
        double[] look = eye.direction();
        Photos.Placed best = place.getFirst();
        double most = -2;
        for (Photos.Placed p : place) {
            double[] a = p.ahead();
            double s = a[0] * look[0] + a[1] * look[1] + a[2] * look[2];
            if (s > most) {
                most = s;
                best = p;
            }
        }
        view = viewOf(best);
        viewAsked = true;
        version++;
    }

    /** Takes the pictures off the stone; the visitor stays, or is outside again. */
    public void leavePicture() {
        Go before = goBefore;
        laid = null;
        goBefore = null;
        version++;
        if (before == Go.DOLLHOUSE) {
            cave.views().stream()
                    .filter(v -> goOf(v) == Go.DOLLHOUSE)
                    .findFirst()
                    .ifPresent(v -> view = v);
            go = before;
            viewAsked = true;
        } else if (before != null) {
            go = before;
        }
    }

    /** A view from where a picture was taken, into its middle. */
    static CaveInfo.View viewOf(Photos.Placed p) {
        double[] e = {p.pose().tx(), p.pose().ty(), p.pose().tz()};
        double[] a = p.ahead();
        double[] t = {e[0] + a[0], e[1] + a[1], e[2] + a[2]};
        String name = p.photo().name();
        return new CaveInfo.View(name, new Text(name, name), "inside", e, t, p.fov());
    }

    /** Goes inside, walking or outside; a change between room and outside asks for a fitting view. */
    public void go(Go g) {
        laid = null;
        goBefore = null;
        boolean outside = g == Go.DOLLHOUSE;
        if (outside != (go == Go.DOLLHOUSE)) {
            for (CaveInfo.View v : cave.views()) {
                if ((goOf(v) == Go.DOLLHOUSE) == outside) {
                    view = v;
                    viewAsked = true;
                    break;
                }
            }
        }
        go = g;
        version++;
    }

    /** Goes to the next view of the same kind. */
    public void nextView(int by) {
        List<Photos.Placed> place = laid;
        if (place != null) {
            lay(places.next(place, by));
            return;
        }
        List<CaveInfo.View> same = cave.views().stream()
                .filter(v -> (goOf(v) == Go.DOLLHOUSE) == (go == Go.DOLLHOUSE))
                .toList();
        int i = same.indexOf(view);
        if (!same.isEmpty()) {
            view = same.get(Math.floorMod(i + by, same.size()));
            viewAsked = true;
            version++;
        }
    }

    public void tool(Tool t) {
        tool = t;
        version++;
    }

    public void chinese(boolean on) {
        chinese = on;
        version++;
    }

    public void light(double azimuth, double elevation) {
        lightAzimuth = Math.IEEEremainder(azimuth, 360);
        lightElevation = Math.max(5, Math.min(85, elevation));
        version++;
    }

    /** Pulls the light over the surface; 1 is the picture's height. The light's mark on the dial follows the finger. */
    public void dragLight(double dx, double dy) {
        double r = 90 - lightElevation;
        double a = Math.toRadians(lightAzimuth);
        double x = r * Math.cos(a) + 160 * dx;
        double y = r * Math.sin(a) + 160 * dy;
        light(Math.toDegrees(Math.atan2(y, x)), 90 - Math.hypot(x, y));
    }

    public void touch() {
        if (!touched) {
            touched = true;
            version++;
        }
    }

    /** Tells the visitor something, for some seconds; null takes back what was told. */
    public void notice(@Nullable Text sentence) {
        noticeSeconds = NOTICE_SECONDS;
        if (!java.util.Objects.equals(notice, sentence)) {
            notice = sentence;
            version++;
        }
    }

    /** Time goes on; a picture stands still. */
    public void pass(double seconds) {
        noticeSeconds -= seconds;
        boolean here = pictured() && laid == null && atPicture();
        if (here != told) {
            told = here;
            version++;
            if (here && notice == null) {
                notice(Texts.of("kiosk.picture-here"));
            }
        }
        if (notice != null && noticeSeconds <= 0) {
            notice(null);
        }
    }

    /** The cave's bounds relative to the scene's origin, metres. */
    public Box box() {
        Box b = cave.bounds();
        return new Box(
                b.minX() - origin[0],
                b.minY() - origin[1],
                b.minZ() - origin[2],
                b.maxX() - origin[0],
                b.maxY() - origin[1],
                b.maxZ() - origin[2]);
    }

    public String text(Text t) {
        return t.in(chinese);
    }
}
