package org.grotto.kiosk;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.grotto.base.Json;
import org.grotto.base.Records;
import org.grotto.format.gltf.Checker;
import org.grotto.format.gltf.TilePicture;
import org.grotto.geometry.Pose;
import org.grotto.scene.CaveInfo;
import org.grotto.scene.Lens;
import org.grotto.scene.Photo;
import org.grotto.scene.Photos;

/**
 * {@link PicturedRoom} in which photographs were taken, traced ray by ray after ASTM E2807's formulas, in opposite colours,
 * so that a photograph is told from the stone that it shows.
 */
public final class PhotoRoom {
    public static final BufferedImage WALL = PicturedRoom.image(512);

    private PhotoRoom() {}

    /** A camera rolled, off the walls' axes, its principal point off the middle. */
    public static final Pose PINHOLE = looking(0.6, -0.9, 0.3, 101, -9, 17);

    public static final Lens PINHOLE_LENS =
            new Lens(Lens.Kind.PINHOLE, "e57:pinhole", 1000, 700, 690, 660, 460, 390, null, null);
    public static final Pose SPHERE =
            Pose.of(turn(25, 4, -3), at(-0.4, 0.2, 0.1)[0], at(-0.4, 0.2, 0.1)[1], at(-0.4, 0.2, 0.1)[2]);
    public static final Lens SPHERE_LENS = new Lens(
            Lens.Kind.SPHERICAL,
            "e57:spherical",
            2400,
            1200,
            2400 / (2 * Math.PI),
            1200 / Math.PI,
            1200,
            600,
            null,
            null);
    public static final Lens CYLINDER_LENS = new Lens(
            Lens.Kind.CYLINDRICAL, "e57:cylindrical", 2400, 900, 2400 / (2 * Math.PI), 400, 1200, 430, null, null);

    private static double[] at(double x, double y, double z) {
        return new double[] {TestRoom.MIDDLE[0] + x, TestRoom.MIDDLE[1] + y, TestRoom.MIDDLE[2] + z};
    }

    /** Rotations about z, then y, then x, degrees. */
    private static double[] turn(double z, double y, double x) {
        double[] a = {Math.toRadians(z), Math.toRadians(y), Math.toRadians(x)};
        double[] rz = {Math.cos(a[0]), -Math.sin(a[0]), 0, Math.sin(a[0]), Math.cos(a[0]), 0, 0, 0, 1};
        double[] ry = {Math.cos(a[1]), 0, Math.sin(a[1]), 0, 1, 0, -Math.sin(a[1]), 0, Math.cos(a[1])};
        double[] rx = {1, 0, 0, 0, Math.cos(a[2]), -Math.sin(a[2]), 0, Math.sin(a[2]), Math.cos(a[2])};
        return times(times(rz, ry), rx);
    }

    private static double[] times(double[] a, double[] b) {
        double[] c = new double[9];
        for (int i = 0; i < 9; i++) {
            for (int k = 0; k < 3; k++) {
                c[i] += a[i / 3 * 3 + k] * b[3 * k + i % 3];
            }
        }
        return c;
    }

    /** A pinhole camera: yaw from +x, pitch up, roll about its axis, degrees. */
    public static Pose looking(double x, double y, double z, double yaw, double pitch, double roll) {
        double[] p = at(x, y, z);
        // camera x, y, z to ahead -z, up y: columns are right, up, back for a camera that looks along +x
        double[] level = {0, 0, -1, -1, 0, 0, 0, 1, 0};
        double[] ofX = turn(yaw, -pitch, roll);
        return Pose.of(times(ofX, level), p[0], p[1], p[2]);
    }

    /** Where a ray from a place in the room goes: 0xRRGGBB of the wall there. */
    public static int wall(double[] from, double[] way) {
        double[] half = {2, 2, 1.5};
        double t = Double.POSITIVE_INFINITY;
        int axis = 0;
        for (int a = 0; a < 3; a++) {
            double o = from[a] - TestRoom.MIDDLE[a];
            double d = ((way[a] > 0 ? half[a] : -half[a]) - o) / way[a];
            if (way[a] != 0 && d < t) {
                t = d;
                axis = a;
            }
        }
        double x = from[0] - TestRoom.MIDDLE[0] + t * way[0];
        double y = from[1] - TestRoom.MIDDLE[1] + t * way[1];
        double z = from[2] - TestRoom.MIDDLE[2] + t * way[2];
        boolean plus = way[axis] > 0;
        double u = axis == 0 ? (plus ? 2 - y : y + 2) / 4 : axis == 1 ? (plus ? x + 2 : 2 - x) / 4 : (x + 2) / 4;
        double v = axis == 2 ? (plus ? (y + 2) / 4 : (2 - y) / 4) : (1.5 - z) / 3;
        int n = WALL.getWidth();
        return WALL.getRGB(clamp(u * n, n), clamp(v * n, n)) & 0xFFFFFF;
    }

    private static int clamp(double v, int n) {
        return (int) Math.max(0, Math.min(n - 1, Math.floor(v)));
    }

    private static double[] turned(double[] m, double[] d) {
        return new double[] {
            m[0] * d[0] + m[1] * d[1] + m[2] * d[2],
            m[3] * d[0] + m[4] * d[1] + m[5] * d[2],
            m[6] * d[0] + m[7] * d[1] + m[8] * d[2]
        };
    }

    /** Column and row at which a direction of the cave meets a photograph, or null beside it. */
    public static double[] meets(Lens l, Pose p, double[] way) {
        double[] m = p.matrix();
        double[] d = turned(new double[] {m[0], m[3], m[6], m[1], m[4], m[7], m[2], m[5], m[8]}, way);
        double u;
        double v;
        if (l.kind() == Lens.Kind.PINHOLE) {
            if (d[2] >= 0) {
                return null;
            }
            u = l.cx() + l.fx() * d[0] / -d[2];
            v = l.cy() - l.fy() * d[1] / -d[2];
        } else {
            double tan = d[2] / Math.hypot(d[0], d[1]);
            u = l.cx() - l.fx() * Math.atan2(d[1], d[0]);
            v = l.cy() - l.fy() * (l.kind() == Lens.Kind.SPHERICAL ? Math.atan(tan) : tan);
        }
        return u < 0 || v < 0 || u >= l.width() || v >= l.height() ? null : new double[] {u, v};
    }

    /** The photograph: what each pixel's middle sees, in opposite colours. */
    public static BufferedImage photograph(Lens l, Pose p) {
        BufferedImage image = new BufferedImage(l.width(), l.height(), BufferedImage.TYPE_INT_RGB);
        double[] from = {p.tx(), p.ty(), p.tz()};
        for (int y = 0; y < l.height(); y++) {
            for (int x = 0; x < l.width(); x++) {
                double a = (x + 0.5 - l.cx()) / l.fx();
                double b = (l.cy() - y - 0.5) / l.fy();
                double[] d = switch (l.kind()) {
                    case SPHERICAL -> new double[] {Math.cos(b) * Math.cos(a), -Math.cos(b) * Math.sin(a), Math.sin(b)};
                    case CYLINDRICAL -> new double[] {Math.cos(a), -Math.sin(a), b};
                    default -> new double[] {a, b, -1};
                };
                image.setRGB(x, y, ~wall(from, turned(p.matrix(), d)) & 0xFFFFFF);
            }
        }
        return image;
    }

    /** The room as a package with its photographs, "pinhole", "sphere" and "cylinder". */
    public static Path write(Path folder) throws IOException {
        byte[] wall = Checker.file(WALL, "png");
        PicturedRoom.write(folder, new TilePicture(PicturedRoom.uv(), wall, TilePicture.mediaType(wall), null, null));
        Files.createDirectories(folder.resolve("pictures"));
        List<Photo> all = new ArrayList<>();
        List<Lens> lenses = List.of(PINHOLE_LENS, SPHERE_LENS, CYLINDER_LENS);
        String[] names = {"pinhole", "sphere", "cylinder"};
        Pose raised = new Pose(
                SPHERE.qw(), SPHERE.qx(), SPHERE.qy(), SPHERE.qz(), SPHERE.tx() + 0.5, SPHERE.ty(), SPHERE.tz());
        Pose[] poses = {PINHOLE, SPHERE, raised};
        for (int i = 0; i < 3; i++) {
            byte[] png = Checker.file(photograph(lenses.get(i), poses[i]), "png");
            String path = "pictures/" + i + ".png";
            Files.write(folder.resolve(path), png);
            all.add(new Photo(
                    names[i], "made.e57", null, poses[i], i, path, "image/png", png.length, 1, 1, null, null));
        }
        Json.write(folder.resolve(Photos.PATH), new Photos(Photos.FORMAT, lenses, all));
        CaveInfo info = TestRoom.info();
        List<CaveInfo.Deliverable> files = new ArrayList<>(info.deliverables());
        files.add(new CaveInfo.Deliverable("pictures", Photos.PATH, "application/json", 0));
        Json.write(folder.resolve("cave.json"), Records.with(info, "deliverables", files));
        return folder;
    }

    /**
     * Compares a picture of the screen with what it must show: the photograph where it reaches, pixel by pixel, but for
     * those at edges.
     *
     * @param eye {@code target}: metres; {@code fov} vertical, degrees
     * @param margin share of the screen left out on each side, where panels may be
     * @param slack pixels: no pixel is compared that has an edge so near
     * @param off degrees that the view is turned by before it is compared: 0, or what must be seen as wrong
     * @return share of compared pixels that are wrong, and how many were compared
     */
    public static double[] wrong(
            BufferedImage screen,
            double[] eye,
            double[] target,
            double fov,
            Lens l,
            Pose p,
            double margin,
            double slack,
            double off) {
        double[] f = turned(turn(off, 0, 0), unit(target[0] - eye[0], target[1] - eye[1], target[2] - eye[2]));
        double[] r = unit(f[1], -f[0], 0);
        double[] up = {r[1] * f[2] - r[2] * f[1], r[2] * f[0] - r[0] * f[2], r[0] * f[1] - r[1] * f[0]};
        int w = screen.getWidth();
        int h = screen.getHeight();
        double s = Math.tan(Math.toRadians(fov / 2)) / (h / 2.0);
        double[] from = {p.tx(), p.ty(), p.tz()};
        long all = 0;
        long bad = 0;
        for (int y = (int) (margin * h); y < (1 - margin) * h; y++) {
            for (int x = (int) (margin * w); x < (1 - margin) * w; x++) {
                int wanted = -1;
                boolean edge = false;
                for (int k = 0; k < 5 && !edge; k++) {
                    double dx = (x + 0.5 + slack * (k == 1 ? 1 : k == 2 ? -1 : 0) - w / 2.0) * s;
                    double dy = (h / 2.0 - y - 0.5 + slack * (k == 3 ? 1 : k == 4 ? -1 : 0)) * s;
                    double[] d = {
                        f[0] + dx * r[0] + dy * up[0], f[1] + dx * r[1] + dy * up[1], f[2] + dx * r[2] + dy * up[2]
                    };
                    int c = meets(l, p, d) == null ? -1 : ~wall(from, d) & 0xFFFFFF;
                    edge = c < 0 || k > 0 && c != wanted;
                    wanted = c;
                }
                if (edge) {
                    continue;
                }
                all++;
                int c = screen.getRGB(x, y);
                for (int b = 0; b <= 16; b += 8) {
                    if (Math.abs((c >> b & 255) - (wanted >> b & 255)) > 24) {
                        bad++;
                        break;
                    }
                }
            }
        }
        return new double[] {(double) bad / Math.max(1, all), all};
    }

    private static double[] unit(double x, double y, double z) {
        double n = Math.sqrt(x * x + y * y + z * z);
        return new double[] {x / n, y / n, z / n};
    }
}
