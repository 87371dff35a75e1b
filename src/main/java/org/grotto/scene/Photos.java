package org.grotto.scene;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.grotto.base.GrottoException;
import org.grotto.base.Json;
import org.grotto.geometry.Pose;
import org.jspecify.annotations.Nullable;

/**
 * The pictures that a package holds, and their lenses: {@code pictures/pictures.json}.
 *
 * @param format {@link #FORMAT}
 */
public record Photos(String format, List<Lens> lenses, List<Photo> pictures) {
    /** The value of {@link #format}. */
    public static final String FORMAT = "pictures/1";

    public static final String PATH = "pictures/pictures.json";
    public static final Photos NONE = new Photos(FORMAT, List.of(), List.of());
    /** Pictures taken nearer to each other than this were taken at one place, metres. */
    public static final double ONE_PLACE = 0.1;

    /** A picture that can be laid over the stone. */
    public record Placed(
            Photo photo,
            Lens lens,
            Pose pose,
            Path file,
            @Nullable Path mask) {
        public double distance(double x, double y, double z) {
            return Math.hypot(pose.tx() - x, Math.hypot(pose.ty() - y, pose.tz() - z));
        }

        /** The unit direction, in the cave frame, of the picture's middle. */
        public double[] ahead() {
            Lens.Rays r = lens.rays();
            double[] d = r == null
                    ? lens.direction(lens.width() / 2.0, lens.height() / 2.0)
                    : lens.node(r.columns() / 2, r.rows() / 2);
            return turned(pose.matrix(), d);
        }

        /** Its vertical field of view, degrees, as upright viewers see it: no less than 20 and no more than 100. */
        public double fov() {
            boolean round = lens.kind() == Lens.Kind.SPHERICAL || lens.kind() == Lens.Kind.CYLINDRICAL;
            double up = Math.abs(pose.matrix()[7]); // how upright the picture's y stands
            double side = up < 0.7 ? lens.width() / lens.fx() : lens.height() / lens.fy();
            double fov = Math.toDegrees(2 * Math.atan(side / 2));
            return round ? 75 : Math.max(20, Math.min(100, 1.1 * fov));
        }
    }

    static double[] turned(double[] m, double[] d) {
        double[] w = {
            m[0] * d[0] + m[1] * d[1] + m[2] * d[2],
            m[3] * d[0] + m[4] * d[1] + m[5] * d[2],
            m[6] * d[0] + m[7] * d[1] + m[8] * d[2]
        };
        double l = Math.sqrt(w[0] * w[0] + w[1] * w[1] + w[2] * w[2]);
        return new double[] {w[0] / l, w[1] / l, w[2] / l};
    }

    /**
     * The pictures of a package that can be laid over the stone: those whose place, lens and file are there. Lenient as
     * {@link PackageReader}: what is half is passed over.
     */
    public static List<Placed> placed(Path folder, CaveInfo info) {
        String path = info.deliverables().stream()
                .filter(d -> d.kind().equals("pictures"))
                .map(CaveInfo.Deliverable::path)
                .findFirst()
                .orElse(null);
        if (path == null || !PackagePath.legal(path) || !Files.isRegularFile(folder.resolve(path))) {
            return List.of();
        }
        Photos p;
        try {
            p = Json.lenient(folder.resolve(path), Photos.class);
        } catch (GrottoException e) {
            return List.of();
        }
        List<Placed> all = new ArrayList<>();
        for (Photo photo : p.pictures == null ? List.<Photo>of() : p.pictures) {
            Placed one = photo == null ? null : placed(folder, p.lenses, photo);
            if (one != null) {
                all.add(one);
            }
        }
        return List.copyOf(all);
    }

    private static @Nullable Placed placed(Path folder, @Nullable List<Lens> lenses, Photo photo) {
        Integer at = photo.lens();
        Pose pose = photo.pose();
        String path = photo.path();
        if (lenses == null || at == null || at < 0 || at >= lenses.size() || pose == null || path == null) {
            return null;
        }
        Lens lens = lenses.get(at);
        if (lens == null || !lens.usable() || !PackagePath.legal(path)) {
            return null;
        }
        Path file = folder.resolve(path);
        String mask = photo.mask();
        Path cut = mask != null && PackagePath.legal(mask) ? folder.resolve(mask) : null;
        return Files.isRegularFile(file)
                ? new Placed(photo, lens, pose, file, cut != null && Files.isRegularFile(cut) ? cut : null)
                : null;
    }
}
