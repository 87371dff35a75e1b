package org.grotto.format.cameras;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.grotto.geometry.Pose;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Meshroom's and AliceVision's .sfm (aliceVision/sfmDataIO/jsonIO, versions 1.0 to 1.2.11): numbers stand in quotes; rotations
 * take the world to the camera, column by column, which looks along +z with y down; beside them the camera's centre. A rig's
 * camera turns further from its rig. The principal point counts from the upper left before version 1.2.1 and from the
 * picture's middle since; focal lengths are pixels before 1.2.2 and millimetres since, of y since 1.2.11.
 */
final class AliceVision {
    private AliceVision() {}

    private record Placed(double[] r, double[] c) {}

    static CameraSet read(Path file) {
        JsonNode all = OpenMvg.json(file);
        int version = version(all.path("version"));
        Map<String, Optics> lenses = new HashMap<>();
        for (JsonNode i : all.path("intrinsics")) {
            Optics o = lens(file, i, version);
            if (o != null) {
                lenses.put(i.path("intrinsicId").asString(""), o);
            }
        }
        Map<String, Placed> poses = new HashMap<>();
        for (JsonNode p : all.path("poses")) {
            poses.put(p.path("poseId").asString(""), placed(file, p.path("pose").path("transform")));
        }
        Map<String, Placed> rigs = new HashMap<>();
        for (JsonNode rig : all.path("rigs")) {
            int n = 0;
            for (JsonNode sub : rig.path("subPoses")) {
                rigs.put(rig.path("rigId").asString("") + "/" + n++, placed(file, sub.path("pose")));
            }
        }
        List<CameraSet.Shot> shots = new ArrayList<>();
        for (JsonNode v : all.path("views")) {
            Placed p = poses.get(v.path("poseId").asString(""));
            String rig = v.path("rigId").asString("");
            if (p != null && !rig.isEmpty()) {
                Placed sub = rigs.get(rig + "/" + v.path("subPoseId").asString(""));
                p = sub == null ? null : after(sub, p);
            }
            Optics o = lenses.get(v.path("intrinsicId").asString(""));
            Pose pose = p == null ? null : CameraSet.looking(p.r, p.c);
            shots.add(new CameraSet.Shot(v.path("path").asString(""), pose, o));
        }
        return new CameraSet("AliceVision", List.copyOf(shots), List.of());
    }

    private static int version(JsonNode list) {
        int v = 0;
        for (int i = 0; i < 3; i++) {
            v = 1000 * v + (int) OpenMvg.number(list.path(i), 0);
        }
        return v;
    }

    private static Placed placed(Path file, JsonNode transform) {
        double[] m = OpenMvg.numbers(file, transform.path("rotation"), 9, "rotation");
        double[] r = {m[0], m[3], m[6], m[1], m[4], m[7], m[2], m[5], m[8]};
        return new Placed(r, OpenMvg.numbers(file, transform.path("center"), 3, "center"));
    }

    /** A camera on a rig: sub (rig (world)). */
    private static Placed after(Placed sub, Placed rig) {
        double[] r = new double[9];
        for (int i = 0; i < 9; i++) {
            for (int k = 0; k < 3; k++) {
                r[i] += sub.r[i / 3 * 3 + k] * rig.r[3 * k + i % 3];
            }
        }
        double[] c = new double[3];
        for (int i = 0; i < 3; i++) {
            c[i] = rig.c[i] + rig.r[i] * sub.c[0] + rig.r[3 + i] * sub.c[1] + rig.r[6 + i] * sub.c[2];
        }
        return new Placed(r, c);
    }

    private static @Nullable Optics lens(Path file, JsonNode i, int version) {
        double w = OpenMvg.number(i.path("width"), 0);
        double h = OpenMvg.number(i.path("height"), 0);
        if (!(w > 0 && h > 0 && w < 1 << 24 && h < 1 << 24)) {
            return null;
        }
        double[] f = focal(file, i, version, w);
        double[] pp = OpenMvg.numbers(file, i.path("principalPoint"), 2, "principalPoint");
        boolean fromMiddle = version >= 1_002_001;
        double cx = fromMiddle ? w / 2 + pp[0] : pp[0];
        double cy = fromMiddle ? h / 2 + pp[1] : pp[1];
        JsonNode params = i.path("distortionParams");
        double[] k = params.isArray() && !params.isEmpty()
                ? OpenMvg.numbers(file, params, 1, "distortionParams")
                : new double[0];
        String type = i.path("type").asString("pinhole").toLowerCase(Locale.ROOT);
        String bent = i.path("distortionType").asString(type).toLowerCase(Locale.ROOT);
        boolean equidistant = type.startsWith("equidistant");
        Bend bend = equidistant ? null : bend(bent, k);
        String[] names = new String[k.length];
        for (int n = 0; n < names.length; n++) {
            names[n] = "distortion" + (n + 1);
        }
        if (!(f[0] > 0 && f[1] > 0)) {
            return null;
        }
        String model = "alicevision:" + type + (bent.equals(type) ? "" : ":" + bent);
        boolean fisheye = equidistant || bent.startsWith("fisheye") && k.length > 0;
        return Optics.of(model, fisheye, (int) w, (int) h, f[0], f[1], cx, cy, 0, names, k, bend);
    }

    private static double[] focal(Path file, JsonNode i, int version, double w) {
        if (version < 1_002_002) {
            double[] f = OpenMvg.numbers(file, i.path("pxFocalLength"), 1, "pxFocalLength");
            return new double[] {f[0], f.length > 1 ? f[1] : f[0]};
        }
        double px = OpenMvg.number(i.path("focalLength"), 0) * w / OpenMvg.number(i.path("sensorWidth"), 36);
        double ratio = OpenMvg.number(i.path("pixelRatio"), 1);
        if (version < 1_002_005) {
            return new double[] {px, px / ratio};
        }
        return version < 1_002_011 ? new double[] {px, px * ratio} : new double[] {px / ratio, px};
    }

    private static @Nullable Bend bend(String type, double[] k) {
        boolean none = k.length == 0 || java.util.Arrays.stream(k).allMatch(v -> v == 0);
        if (none && !type.startsWith("fisheye")) {
            return Bend.NONE;
        }
        return switch (type) {
            case "radial1", "radialk1" -> Bend.brown(new double[] {k[0], 0, 0, 0, 0, 0}, 0, 0);
            case "radial3", "radialk3" ->
                k.length < 3 ? null : Bend.brown(new double[] {k[0], k[1], k[2], 0, 0, 0}, 0, 0);
            case "brown" -> k.length < 5 ? null : Bend.brown(new double[] {k[0], k[1], k[2], 0, 0, 0}, k[3], k[4]);
            case "fisheye4", "fisheye" -> k.length < 4 ? null : Bend.fisheye(k);
            case "fisheye1" -> k.length < 1 ? null : Bend.fov(k[0]);
            case "none", "pinhole" -> Bend.NONE;
            default -> null;
        };
    }
}
