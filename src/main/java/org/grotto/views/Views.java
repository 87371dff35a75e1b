package org.grotto.views;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.grotto.base.Text;
import org.grotto.base.Texts;
import org.grotto.base.Work;
import org.grotto.geometry.Box;
import org.grotto.geometry.Mesh;
import org.grotto.geometry.Pose;
import org.grotto.image.Camera;
import org.grotto.scene.CaveInfo.View;
import org.grotto.scene.Room;
import org.grotto.scene.Station;
import org.grotto.scene.Subject;
import org.grotto.store.Engine;
import org.grotto.store.Store;
import org.jspecify.annotations.Nullable;

/**
 * The views every package starts with. Each is the best of many, judged by the picture that it would make of a coarse mesh:
 * in a room and on a site where a visitor stands ({@link Standing}), then all of it from outside; an object and a panel
 * whole, the side with most to see first, then its other sides; and one view from each station.
 */
public final class Views {
    private static final double INSIDE_FOV = 65;
    private static final double NARROWEST_FOV = 40;
    /** The picture shows so much more than the wall that it is made for. */
    private static final double AROUND = 1.18;
    /** A doll's house, and a site, are seen from so high, degrees. */
    private static final double ABOVE = 31;
    /** An object is seen from so high, degrees: a bust from before it, a slab from over it. */
    private static final double[] HEIGHTS = {6, 30, 62};
    /** What is higher than its breadth in plan by this factor is looked at from its own height only: nobody hovers over a statue. */
    private static final double TALL = 1.3;
    /** What is lower than that by this factor may be looked at steeply. */
    private static final double LOW = 0.6;
    /** Directions in which an object, and a doll's house, is tried. */
    private static final int DIRECTIONS = 24;
    /** What stands upright is looked at from its height; from above only where that shows clearly more. */
    private static final double UPRIGHT = 0.25;
    /** About so many samples say where a visitor can stand. */
    private static final int STANDING = 300_000;
    /** Who stands on a site and sees less stone than this share of the picture looks away from it. */
    private static final double LEAST_STONE = 0.35;
    /** A sheet lies that faces no further than this from straight up or down: the sine of 17 degrees. */
    private static final double LYING = 0.3;
    /** What has one side alone faces there with so much of its area: half a ball with a half, a scanned face with more. */
    private static final double OPEN_BEHIND = 0.4;
    /** Unless it faces up, as ground does that a thing stands on: the sine of 45 degrees. */
    private static final double LYING_UP = 0.7;
    /** Who sees so much that is not stone stands outside the room: then all of it comes first. */
    private static final double BARE = 0.35;
    /** Who looks straight down has no up: so far from it, of the distance. */
    private static final double ASIDE = 0.05;
    /** What fills so much of the picture when it is seen whole, from before it, has a face: no field does. */
    private static final double FACADE = 0.1;
    /** Who stands on a site with a face and sees less than this share of what is seen from before it stands too near. */
    private static final double LITTLE = 0.5;
    /** What is even about a plane is seen along it where that shows so much of its broadest side: heads are, horses are not. */
    private static final double FRONTAL = 0.6;
    /** And where that picture is nearly as good as the best: of what lies it would show the foot, or the crown. */
    private static final double SHOWS = 0.9;
    /**
     * A thing whose plane runs north by no more than this, radians, was set so by who modelled it, and then it faces south: in
     * glTF the front of what has Y up faces +Z, and so it is in all programs that have a front view.
     */
    private static final double SET = Math.toRadians(8);
    /** Of two opposite sides the one that bends more by this factor is the front: backs are smooth. */
    private static final double CARVED = 1.4;
    /** Then its south side is its front though the other shows more, up to so much: of a helmet the back bends most. */
    private static final double SOUTH = 0.85;
    /** Pictures that are judged, pixels. */
    private static final int WIDTH = 64;

    private static final int HEIGHT = 48;

    private Views() {}

    /**
     * The views of scans.
     *
     * @param mesh all of the surface, coarse
     * @param points with their spacing, and the station that saw each where that is known
     * @param room where the walls stand; null where that is not known
     */
    public static List<View> of(
            Mesh mesh, Store points, List<Station> stations, Subject.Kind subject, @Nullable Room room, Engine engine) {
        List<double[]> eyes = new ArrayList<>();
        for (Station s : stations) {
            Pose p = s.pose();
            if (p != null && s.points() > 0) {
                eyes.add(new double[] {p.tx(), p.ty(), p.tz()});
            }
        }
        List<View> views = new ArrayList<>(ofMesh(mesh, subject, room, eyes, engine.work()));
        Box box = points.bounds();
        double[][] looksAt = StationLooks.of(points, stations.size(), engine);
        double[] finest = StationLooks.finest(looksAt, middle(box));
        int close = 0;
        int other = 0;
        for (int i = 0; i < stations.size(); i++) {
            Station s = stations.get(i);
            Pose p = s.pose();
            if (p != null && s.points() > 0) {
                boolean near = looksOneWay(p, looksAt[i]);
                // what a scanner calls its set-ups is no visitor's business; it stays the view's name
                Text title = near ? Texts.of("views.close-up", "n", ++close) : Texts.of("views.numbered", "n", ++other);
                views.add(near ? closeUp(s.name(), title, p, looksAt[i]) : standpoint(s.name(), title, p, finest, box));
            }
        }
        return views;
    }

    /** The views of a mesh without scans. */
    public static List<View> ofMesh(Mesh mesh, Subject.Kind subject, @Nullable Room room, Work work) {
        return ofMesh(mesh, subject, room, List.of(), work);
    }

    /** @param stations where scanners stood, metres */
    static List<View> ofMesh(Mesh mesh, Subject.Kind subject, @Nullable Room room, List<double[]> stations, Work work) {
        boolean around = subject == Subject.Kind.OBJECT || subject == Subject.Kind.PANEL;
        Stone stone = new Stone(mesh, around, subject.encloses(), work);
        if (mesh.triangleCount() == 0 || !(stone.diagonal > 0)) {
            return List.of();
        }
        return switch (subject) {
            case ROOM, SITE -> standing(stone, subject, room, stations);
            case OBJECT -> object(stone);
            case PANEL -> panel(stone);
        };
    }

    private static List<View> standing(
            Stone stone, Subject.Kind subject, @Nullable Room room, List<double[]> stations) {
        boolean enclosed = subject.encloses();
        View outside = enclosed ? dollhouse(stone, room) : whole(stone, ABOVE, "dollhouse", "views.above");
        Standing.Found found = Standing.of(stone, enclosed, stands(stone.mesh), stations);
        if (found == null || !enclosed) {
            // nothing to stand on but a ledge, or too near: a cliff is seen as from the ground before it
            View before = whole(stone, HEIGHTS[0], "front", "views.front");
            Prospect whole = Prospect.of(stone, camera(before), WIDTH, HEIGHT, true);
            if (found == null
                    || found.shows().stone() < LEAST_STONE
                    || whole.stone() > FACADE && found.shows().seen() < LITTLE * whole.seen()) {
                return List.of(before, outside);
            }
        }
        double far = found.shows().middle();
        double[] e = found.eye();
        double[] d = found.direction();
        View inside = new View(
                "inside",
                Texts.of(enclosed ? "views.inside" : "views.front"),
                "inside",
                round(e[0], e[1], e[2]),
                round(e[0] + far * d[0], e[1] + far * d[1], e[2] + far * d[2]),
                found.fovDegrees());
        boolean without = enclosed && found.shows().open() > BARE;
        return without ? List.of(outside, inside) : List.of(inside, outside);
    }

    /** All of it from outside, without the walls that face the eye, from where most can be seen. */
    private static View dollhouse(Stone stone, @Nullable Room room) {
        return best(stone, new double[] {ABOVE}, List.of(), room, true, "dollhouse", "views.dollhouse").view;
    }

    /** All of it, from where most can be seen at that height. */
    private static View whole(Stone stone, double height, String name, String title) {
        return best(stone, new double[] {height}, List.of(), null, false, name, title).view;
    }

    private static List<View> object(Stone stone) {
        double[] n = stone.mesh.facing();
        double l = Math.sqrt(n[0] * n[0] + n[1] * n[1] + n[2] * n[2]);
        if (l > OPEN_BEHIND * n[3] && n[2] < LYING_UP * l) {
            return List.of(face(stone, n)); // scanned from one side: from all others it is seen from behind
        }
        double slender = Shape.slender(stone.mesh);
        int heights = slender < LOW ? 3 : slender < TALL ? 2 : 1;
        Best front = best(
                stone, Arrays.copyOf(HEIGHTS, heights), Fronts.of(stone.mesh), null, false, "whole", "views.whole");
        List<View> views = new ArrayList<>();
        views.add(front.view);
        String[] sides = {"left", "back", "right"};
        for (int i = 0; i < sides.length; i++) {
            double a = front.azimuth + (i + 1) * Math.PI / 2; // counter-clockwise from above: its own left comes first
            Fit f = Fit.of(stone.mesh, Standing.direction(a, Math.toRadians(front.height)), null);
            views.add(view(f, sides[i], Texts.of("views." + sides[i])));
        }
        return views;
    }

    /** A sheet from where it faces, its longer side level where it lies flat. */
    private static List<View> panel(Stone stone) {
        double[] n = stone.mesh.facing();
        double l = Math.sqrt(n[0] * n[0] + n[1] * n[1] + n[2] * n[2]);
        // a closed slab faces everywhere alike: then across it, the side that shows more
        if (l < 0.1 * n[3]) {
            double[] axes = Shape.axes(stone.mesh);
            double[] a = {axes[0], axes[1], axes[2]};
            double[] b = {-a[0], -a[1], -a[2]};
            return List.of(shown(stone, a) >= shown(stone, b) ? face(stone, a) : face(stone, b));
        }
        return List.of(face(stone, n));
    }

    private static double shown(Stone stone, double[] towards) {
        return Prospect.of(stone, camera(face(stone, towards)), WIDTH, HEIGHT, true)
                .whole(1, stone.meanInterest);
    }

    private static View face(Stone stone, double[] towards) {
        double[] d = towards.clone();
        double l = Math.sqrt(d[0] * d[0] + d[1] * d[1] + d[2] * d[2]);
        if (StrictMath.hypot(d[0], d[1]) < LYING * l) {
            // what lies has no top: it is seen from the side that makes its longer side level, never quite along the
            // axis
            // that is up in the picture
            double[] across = Shape.across(stone.mesh);
            double aside = d[0] * across[0] + d[1] * across[1];
            aside = aside >= 0 ? Math.max(aside, ASIDE * l) : Math.min(aside, -ASIDE * l);
            d[0] = aside * across[0];
            d[1] = aside * across[1];
        }
        return view(Fit.of(stone.mesh, d, null), "whole", Texts.of("views.whole"));
    }

    private record Best(View view, double azimuth, double height) {}

    /**
     * The best of the directions around, at some heights, degrees; {@code cut} without what faces the eye.
     *
     * @param fronts directions, radians, two opposite ones each; one is taken that shows nearly as broad a side as any
     */
    private static Best best(
            Stone stone,
            double[] heights,
            List<Double> fronts,
            @Nullable Room room,
            boolean cut,
            String name,
            String title) {
        int around = DIRECTIONS + fronts.size();
        int n = around * heights.length;
        Prospect[] shows = new Prospect[n];
        View[] views = new View[n];
        double[] broad = new double[n];
        double broadest = 1e-300;
        double fullest = 1e-300;
        for (int i = 0; i < n; i++) {
            double a = azimuth(i % around, fronts);
            double[] towards = Standing.direction(a, Math.toRadians(heights[i / around]));
            boolean[] keep = cut && room != null ? keep(stone.mesh, room, towards) : null;
            views[i] = view(Fit.of(stone.mesh, towards, keep), name, Texts.of(title));
            Stone seen = keep == null ? stone : stone.only(keep);
            shows[i] = Prospect.of(seen, camera(views[i]), WIDTH, HEIGHT, !cut);
            broad[i] = shows[i].covers();
            broadest = Math.max(broadest, broad[i]);
            fullest = Math.max(fullest, shows[i].stone());
        }
        int best = 0;
        double most = Double.NEGATIVE_INFINITY;
        int front = 0;
        double face = Double.NEGATIVE_INFINITY;
        double[] worth = new double[n];
        for (int i = 0; i < n; i++) {
            double share = broad[i] / broadest;
            if (cut) {
                // of a room's inside there is no broadest side: what fills the picture counts as much
                share = Math.sqrt(share * shows[i].stone() / fullest);
            }
            double value = shows[i].whole(share, stone.meanInterest) - UPRIGHT * (i / around);
            worth[i] = value;
            if (value > most) {
                most = value;
                best = i;
            }
            if (i % around >= DIRECTIONS && broad[i] >= FRONTAL * broadest && value > face) {
                face = value;
                front = i;
            }
        }
        if (face > SHOWS * most) {
            // the sides of a plane follow each other
            int other = front + ((front % around - DIRECTIONS) % 2 == 0 ? 1 : -1);
            boolean south =
                    Math.abs(Math.IEEEremainder(azimuth(other % around, fronts) + Math.PI / 2, 2 * Math.PI)) < SET;
            // two such sides have one outline, so that nothing tells but what is carved within it
            double here = shows[front].interest();
            double there = shows[other].interest();
            boolean carved = there > CARVED * here;
            boolean usual = south && worth[other] > SOUTH * face && here <= CARVED * there;
            best = carved || usual ? other : front;
        }
        return new Best(views[best], azimuth(best % around, fronts), heights[best / around]);
    }

    private static double azimuth(int direction, List<Double> fronts) {
        return direction < DIRECTIONS
                ? -Math.PI / 2 + 2 * Math.PI * direction / DIRECTIONS
                : fronts.get(direction - DIRECTIONS);
    }

    /** What of a mesh a doll's house shows to the eye of a view. */
    static Mesh without(Mesh mesh, Room room, View v) {
        double[] d = new double[3];
        double l = 0;
        for (int k = 0; k < 3; k++) {
            d[k] = v.eye()[k] - v.target()[k];
            l += d[k] * d[k];
        }
        for (int k = 0; k < 3; k++) {
            d[k] /= Math.sqrt(l);
        }
        return Stone.part(mesh, Stone.some(mesh, keep(mesh, room, d)));
    }

    private static boolean[] keep(Mesh mesh, Room room, double[] towards) {
        Box k = room.keep(towards, 1);
        double[] t = room.turn();
        boolean[] keep = new boolean[mesh.vertexCount()];
        boolean any = false;
        for (int v = 0; v < keep.length; v++) {
            double px = mesh.originX + mesh.xyz[3 * v];
            double py = mesh.originY + mesh.xyz[3 * v + 1];
            double x = t[0] * px + t[1] * py;
            double y = t[0] * py - t[1] * px;
            double z = mesh.originZ + mesh.xyz[3 * v + 2];
            keep[v] =
                    x >= k.minX() && x <= k.maxX() && y >= k.minY() && y <= k.maxY() && z >= k.minZ() && z <= k.maxZ();
            any |= keep[v];
        }
        if (!any) {
            Arrays.fill(keep, true);
        }
        return keep;
    }

    private static Camera camera(View v) {
        return Camera.perspective(v.eye(), v.target(), v.fovDegrees(), 1e-3 * Math.sqrt(squareDistance(v)));
    }

    private static double squareDistance(View v) {
        double d = 0;
        for (int k = 0; k < 3; k++) {
            d += (v.eye()[k] - v.target()[k]) * (v.eye()[k] - v.target()[k]);
        }
        return d;
    }

    /** A view that turns about its target. */
    private static View view(Fit f, String name, Text title) {
        return new View(name, title, "dollhouse", round(f.eye(), f), round(f.target(), f), f.fovDegrees());
    }

    /** To a ten-thousandth of the distance, and of a metre at the most. */
    private static double[] round(double[] p, Fit f) {
        double d = 0;
        for (int k = 0; k < 3; k++) {
            d += (f.eye()[k] - f.target()[k]) * (f.eye()[k] - f.target()[k]);
        }
        double step = StrictMath.pow(10, Math.min(-4, Math.floor(StrictMath.log10(Math.sqrt(d))) - 4));
        double per = 1 / step;
        return new double[] {Math.rint(p[0] * per) / per, Math.rint(p[1] * per) / per, Math.rint(p[2] * per) / per};
    }

    private static double[] middle(Box b) {
        return new double[] {(b.minX() + b.maxX()) / 2, (b.minY() + b.maxY()) / 2, (b.minZ() + b.maxZ()) / 2};
    }

    /** Places spread evenly over the area of a mesh, with the normals of their triangles. */
    private static List<Stand> stands(Mesh m) {
        int n = m.triangleCount();
        double[] upTo = new double[n + 1];
        float[] each = new float[3 * n];
        for (int t = 0; t < n; t++) {
            double[] cross = m.cross(t);
            double l = Math.sqrt(cross[0] * cross[0] + cross[1] * cross[1] + cross[2] * cross[2]);
            upTo[t + 1] = upTo[t] + l / 2;
            for (int k = 0; l > 0 && k < 3; k++) {
                each[3 * t + k] = (float) (cross[k] / l);
            }
        }
        if (!(upTo[n] > 0)) {
            return List.of();
        }
        float[] at = new float[3 * STANDING];
        float[] normal = new float[3 * STANDING];
        int t = 0;
        for (int i = 0; i < STANDING; i++) {
            double here = (i + 0.5) / STANDING * upTo[n];
            while (upTo[t + 1] < here) {
                t++;
            }
            // the plastic number's sequence fills a triangle as evenly as a square (Roberts 2018)
            double u = (0.5 + i * 0.7548776662466927) % 1;
            double v = (0.5 + i * 0.5698402909980532) % 1;
            boolean over = u + v > 1;
            double a = over ? 1 - u : u;
            double b = over ? 1 - v : v;
            for (int k = 0; k < 3; k++) {
                float p = m.xyz[3 * m.triangles[3 * t] + k];
                float q = m.xyz[3 * m.triangles[3 * t + 1] + k];
                float r = m.xyz[3 * m.triangles[3 * t + 2] + k];
                at[3 * i + k] = (float) (p + a * (q - p) + b * (r - p));
                normal[3 * i + k] = each[3 * t + k];
            }
        }
        return Stand.all(at, normal, new double[] {m.originX, m.originY, m.originZ}, Standing.PLACES);
    }

    /** Whether a station scanned what lies in one direction; see {@link StationLooks#of}. */
    private static boolean looksOneWay(Pose p, double[] own) {
        return own[3] > 0 && away(p, own) > 1.5 * own[4];
    }

    private static double away(Pose p, double[] own) {
        double dx = own[0] - p.tx();
        double dy = own[1] - p.ty();
        double dz = own[2] - p.tz();
        return Math.sqrt(dx * dx + dy * dy + dz * dz);
    }

    /** From a station, of all that it scanned. */
    private static View closeUp(String name, Text title, Pose p, double[] own) {
        double half = StrictMath.atan2(1.6 * own[4], away(p, own));
        double fov = Math.min(INSIDE_FOV, Math.max(NARROWEST_FOV, 2 * StrictMath.toDegrees(half)));
        return new View(
                name, title, "inside", round(p.tx(), p.ty(), p.tz()), round(own[0], own[1], own[2]), Math.rint(fov));
    }

    /** From a station, towards what matters in the cave. */
    private static View standpoint(String name, Text title, Pose p, double[] finest, Box box) {
        double[] t = Math.hypot(finest[0] - p.tx(), finest[1] - p.ty()) < 0.3
                ? new double[] {p.tx(), p.ty() + 1, p.tz()}
                : finest;
        return framed(name, title, p, t, new double[] {box.minZ(), box.maxZ()});
    }

    /**
     * A view with all of {@code heights} at a place in the picture. Where that is too high for one picture, the place
     * itself stands in its upper half.
     */
    private static View framed(String name, Text title, Pose p, double[] t, double[] heights) {
        double flat = StrictMath.hypot(t[0] - p.tx(), t[1] - p.ty());
        double down = StrictMath.atan2(heights[0] - p.tz(), flat);
        double up = StrictMath.atan2(heights[1] - p.tz(), flat);
        double narrowest = Math.toRadians(NARROWEST_FOV);
        double widest = Math.toRadians(INSIDE_FOV);
        double fov = Math.min(widest, Math.max(narrowest, AROUND * (up - down)));
        double pitch = (up + down) / 2;
        if (up - down > widest) {
            double matters = StrictMath.atan2(t[2] - p.tz(), flat);
            pitch = Math.min(Math.max(matters - fov / 6, down + fov / 2), up - fov / 2);
        }
        return new View(
                name,
                title,
                "inside",
                round(p.tx(), p.ty(), p.tz()),
                round(t[0], t[1], p.tz() + flat * StrictMath.tan(pitch)),
                Math.rint(StrictMath.toDegrees(fov)));
    }

    private static double[] round(double x, double y, double z) {
        return new double[] {Math.rint(x * 1e4) / 1e4, Math.rint(y * 1e4) / 1e4, Math.rint(z * 1e4) / 1e4};
    }
}
