package org.grotto.format.cameras;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.grotto.base.GrottoException;
import org.grotto.geometry.Pose;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * OpenSfM's and OpenDroneMap's {@code reconstruction.json} (OpenSfM's documentation, "Geometric Models" and "Dataset
 * Structure"): poses take the world to the camera, which looks along +z with y down; rotations are axes as long as their
 * angle. What lenses say counts from the picture's middle, in widths of its longer side.
 */
final class OpenSfm {
    /** Metres. */
    private static final double FARTHEST = 1e30;

    private OpenSfm() {}

    static CameraSet read(Path file) {
        JsonNode all = OpenMvg.json(file);
        JsonNode first = all.path(0);
        JsonNode listed = first.path("shots");
        if (!listed.isObject()) {
            throw GrottoException.badInput(file, "has no shots in its first reconstruction; export the cameras again.");
        }
        Map<String, Optics> lenses = new HashMap<>();
        for (Map.Entry<String, JsonNode> c : first.path("cameras").properties()) {
            Optics o = lens(c.getValue());
            if (o != null) {
                lenses.put(c.getKey(), o);
            }
        }
        List<CameraSet.Shot> shots = new ArrayList<>();
        for (Map.Entry<String, JsonNode> s : listed.properties()) {
            Optics o = lenses.get(s.getValue().path("camera").asString(""));
            shots.add(new CameraSet.Shot(s.getKey(), pose(file, s.getValue(), o), o));
        }
        List<String> lost = new ArrayList<>();
        int points = first.path("points").size();
        if (points > 0) {
            lost.add(points + " sparse points");
        }
        if (all.size() > 1) {
            lost.add("further models, each in a frame of its own: the next has "
                    + all.path(1).path("shots").size() + " cameras");
        }
        return new CameraSet("OpenSfM", List.copyOf(shots), List.copyOf(lost));
    }

    private static @Nullable Pose pose(Path file, JsonNode shot, @Nullable Optics lens) {
        if (!shot.has("rotation") || !shot.has("translation")) {
            return null;
        }
        double[] v = OpenMvg.numbers(file, shot.path("rotation"), 3, "rotation");
        double[] t = OpenMvg.numbers(file, shot.path("translation"), 3, "translation");
        double angle = Math.sqrt(v[0] * v[0] + v[1] * v[1] + v[2] * v[2]);
        if (!(angle < 1e6) || !(Math.abs(t[0]) + Math.abs(t[1]) + Math.abs(t[2]) < FARTHEST)) {
            throw GrottoException.badInput(
                    file,
                    "turns a camera by " + angle + " rad, or places it farther than any is; export the cameras again.");
        }
        double s = angle < 1e-12 ? 0.5 : Math.sin(angle / 2) / angle;
        double[] r = new Pose(Math.cos(angle / 2), s * v[0], s * v[1], s * v[2], 0, 0, 0).matrix();
        double[] c = CameraSet.centre(r, t);
        return lens != null && lens.spherical() ? Colmap.sphere(r, c) : CameraSet.looking(r, c);
    }

    private static @Nullable Optics lens(JsonNode c) {
        double w = OpenMvg.number(c.path("width"), 0);
        double h = OpenMvg.number(c.path("height"), 0);
        if (!(w >= 1 && h >= 1 && w < 1 << 24 && h < 1 << 24)) {
            return null;
        }
        String type = c.path("projection_type").asString("perspective");
        String model = "opensfm:" + type;
        if (type.equals("spherical") || type.equals("equirectangular")) {
            return Optics.sphere(model, (int) w, (int) h);
        }
        double unit = Math.max(w, h);
        double f = number(c, "focal");
        double fx = unit * (c.has("focal_x") ? number(c, "focal_x") : f);
        double fy = unit * (c.has("focal_y") ? number(c, "focal_y") : f);
        if (!(fx > 0 && fy > 0)) {
            return null;
        }
        String[] names = {"k1", "k2", "k3", "k4", "k5", "k6", "p1", "p2"};
        double[] k = new double[names.length];
        for (int i = 0; i < k.length; i++) {
            k[i] = number(c, names[i]);
        }
        Bend bend = switch (type) {
            case "perspective", "simple_radial", "radial", "brown" ->
                Bend.brown(new double[] {k[0], k[1], k[2], 0, 0, 0}, k[6], k[7]);
            case "fisheye", "fisheye_opencv" -> Bend.fisheye(k[0], k[1], k[2], k[3]);
            case "fisheye62" -> Bend.fisheyeBrown(k, k[6], k[7]);
            case "dual" -> Bend.dual(k[0], k[1], OpenMvg.number(c.path("transition"), 0.5));
            default -> null;
        };
        boolean fisheye = type.startsWith("fisheye") || type.equals("dual");
        double cx = w / 2 + unit * number(c, "c_x");
        double cy = h / 2 + unit * number(c, "c_y");
        return Optics.of(model, fisheye, (int) w, (int) h, fx, fy, cx, cy, 0, names, k, bend);
    }

    private static double number(JsonNode c, String name) {
        double v = OpenMvg.number(c.path(name), 0);
        return Double.isFinite(v) ? v : 0;
    }
}
