package org.grotto.pipeline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.grotto.base.GrottoException;
import org.grotto.base.Progress;
import org.grotto.base.Texts;
import org.grotto.base.Work;
import org.grotto.format.cameras.CameraFiles;
import org.grotto.format.cameras.CameraSet;
import org.grotto.format.cameras.Optics;
import org.grotto.geometry.Mesh;
import org.grotto.geometry.Pose;
import org.grotto.geometry.Spread;
import org.grotto.image.PictureSize;
import org.grotto.image.Reduced;
import org.grotto.scene.Lens;
import org.jspecify.annotations.Nullable;

/** Puts the pictures of camera sets into a package, in the frame of the mesh or scans that they belong to. */
final class CameraPhotos {
    private static final int LONGEST = 2048;
    private static final float QUALITY = 0.85f;
    private static final long MOST_BYTES = 1L << 30;
    /** What the largest picture that is decoded whole takes while it is made smaller, bytes. */
    private static final long MEMORY = 1L << 29;

    /** Places that stand for the stone, when it is asked whether a picture shows any. */
    private static final int STONE = 2000;
    /** What lies so many times as far off the middle as the picture's rim may be in it: lenses bend. */
    private static final double BESIDE = 1.3;
    /** Of fewer pictures nothing is told. */
    private static final int FEW = 3;

    private final PhotoFolder folder;
    private final PictureOptions options;
    private final Results results;

    CameraPhotos(PhotoFolder folder, PictureOptions options, Results results) {
        this.folder = folder;
        this.options = options;
        this.results = results;
    }

    /**
     * @param frame of the mesh or the scans
     * @param mesh what the pictures should show
     */
    void add(ScanFile file, Frame frame, Mesh mesh) throws IOException {
        CameraSet set = CameraFiles.read(file.path());
        String name = String.valueOf(file.path().getFileName());
        Frame own = file.frame() == null ? frame : Frame.said(file.frame());
        PictureFinder finder = new PictureFinder(file.path());
        int missing = 0;
        int damaged = 0;
        int flat = 0;
        int placed = 0;
        int seeing = 0;
        Spread stone = Spread.of(mesh, STONE);
        String firstMissing = "";
        String firstDamaged = "";
        List<CameraSet.Shot> shots = set.shots();
        Work work = results.work();
        int atOnce = (int) Math.max(1, Math.min(work.threads(), work.memoryBytes() / MEMORY));
        try (Progress.Step step = work.progress().begin("reading pictures", shots.size(), "pictures")) {
            for (int from = 0; from < shots.size(); from += atOnce) {
                List<CameraSet.Shot> some = shots.subList(from, Math.min(shots.size(), from + atOnce));
                List<@Nullable Path> found = new ArrayList<>();
                for (CameraSet.Shot s : some) {
                    found.add(finder.find(s.picture()));
                }
                List<Carried> carried = work.map(some.size(), i -> {
                    Carried c = carried(found.get(i));
                    step.advance(1);
                    return c;
                });
                for (int i = 0; i < some.size(); i++) {
                    CameraSet.Shot s = some.get(i);
                    Carried c = carried.get(i);
                    PictureSize size = c.size;
                    if (found.get(i) == null) {
                        firstMissing = missing++ == 0 ? s.picture() : firstMissing;
                    }
                    if (c.damage != null) {
                        firstDamaged = damaged++ == 0 ? s.picture() + ": " + c.damage : firstDamaged;
                        work.faults().add("damaged pictures", 1, name + ", " + s.picture());
                    }
                    Optics o = s.optics();
                    Lens lens = o == null
                            ? null
                            : o.lens(size == null ? 0 : size.width(), size == null ? 0 : size.height());
                    boolean sized = lens != null && lens.width() > 0 && lens.height() > 0;
                    Pose pose = placed(file, s.pose(), own);
                    placed += pose == null ? 0 : 1;
                    seeing += pose != null && sees(pose, sized ? lens : null, mesh, stone) ? 1 : 0;
                    flat += s.pose() != null && c.bytes != null && (lens == null || !lens.usable()) ? 1 : 0;
                    folder.add(
                            picture(s.picture()),
                            name,
                            null,
                            pose,
                            sized ? lens : null,
                            c.bytes,
                            c.bytes == null ? null : PictureSize.of(c.bytes),
                            null,
                            Map.of());
                }
            }
        }
        results.warn(Texts.of(
                "build.cameras",
                "file",
                name,
                "format",
                set.format(),
                "count",
                count(set.shots().size()),
                "placed",
                count(set.placed())));
        if (placed >= FEW && 2 * seeing < placed) {
            results.warn(Texts.of(
                    "build.cameras-elsewhere", "file", name, "placed", count(placed), "seeing", count(seeing)));
        }
        for (String lost : set.notKept()) {
            results.warn(Texts.of("build.cameras-lost", "file", name, "what", lost));
        }
        if (missing > 0) {
            results.warn(Texts.of(
                    "build.pictures-missing",
                    "file",
                    name,
                    "missing",
                    count(missing),
                    "count",
                    count(set.shots().size()),
                    "first",
                    firstMissing));
        }
        if (damaged > 0) {
            results.warn(
                    Texts.of("build.pictures-damaged", "file", name, "count", count(damaged), "first", firstDamaged));
        }
        if (flat > 0) {
            results.warn(Texts.of("build.pictures-flat", "file", name, "count", count(flat)));
        }
    }

    /**
     * A picture as it goes into the package.
     *
     * @param size of the whole one; null where it cannot be read
     * @param damage why it is not carried, or null
     */
    private record Carried(
            byte @Nullable [] bytes,
            @Nullable PictureSize size,
            @Nullable String damage) {}

    private Carried carried(@Nullable Path found) {
        if (found == null) {
            return new Carried(null, null, null);
        }
        PictureSize size = null;
        try {
            byte[] all = read(found);
            size = PictureSize.any(all);
            return new Carried(options.none() ? null : carried(all, size), size, null);
        } catch (GrottoException | IOException e) {
            return new Carried(null, size, String.valueOf(e.getMessage()));
        }
    }

    private static String count(long n) {
        return String.format(Locale.ROOT, "%,d", n);
    }

    /** A picture's name without the folders of the machine it was on. */
    private static String picture(String path) {
        String p = path.replace('\\', '/');
        return p.substring(p.lastIndexOf('/') + 1);
    }

    /** Whether any of the stone is in front of a camera and, where its lens is known, in its picture or close beside. */
    private static boolean sees(Pose pose, @Nullable Lens lens, Mesh mesh, Spread stone) {
        if (lens != null && lens.kind() != Lens.Kind.PINHOLE) {
            return true; // a fisheye or a panorama sees all but all
        }
        double far = Double.POSITIVE_INFINITY;
        double wide = lens == null ? far : BESIDE * Math.max(lens.cx(), lens.width() - lens.cx()) / lens.fx();
        double high = lens == null ? far : BESIDE * Math.max(lens.cy(), lens.height() - lens.cy()) / lens.fy();
        double[] m = pose.matrix();
        double[] p = stone.places();
        for (int i = 0; i < p.length; i += 3) {
            double x = p[i] + mesh.originX - pose.tx();
            double y = p[i + 1] + mesh.originY - pose.ty();
            double z = p[i + 2] + mesh.originZ - pose.tz();
            double ahead = -(m[2] * x + m[5] * y + m[8] * z);
            if (ahead > 0
                    && Math.abs(m[0] * x + m[3] * y + m[6] * z) < wide * ahead
                    && Math.abs(m[1] * x + m[4] * y + m[7] * z) < high * ahead) {
                return true;
            }
        }
        return false;
    }

    private static @Nullable Pose placed(ScanFile file, @Nullable Pose own, Frame frame) {
        Pose p = own == null ? null : file.placed(own);
        return p == null ? null : frame.pose(p);
    }

    private static byte[] read(Path file) throws IOException {
        if (Files.size(file) > MOST_BYTES) {
            throw new IOException("more than " + MOST_BYTES + " bytes");
        }
        return Files.readAllBytes(file);
    }

    /** As it is where that is small enough or all is wanted; else smaller, as JPEG. */
    private byte[] carried(byte[] file, PictureSize size) throws IOException {
        boolean shown = isShown(file);
        if (shown && (options.whole() || Math.max(size.width(), size.height()) <= LONGEST)) {
            PictureSize.of(file); // whole to its end
            return file;
        }
        return Reduced.of(file, options.whole() ? Integer.MAX_VALUE : LONGEST).jpeg(QUALITY);
    }

    /** JPEG and PNG are what viewers show. */
    private static boolean isShown(byte[] b) {
        return b.length > 4 && ((b[0] & 255) == 0xFF && (b[1] & 255) == 0xD8 || (b[0] & 255) == 0x89 && b[1] == 'P');
    }

    /** Camera sets among files, each once; a model of several files counts once. */
    static List<ScanFile> of(List<ScanFile> files) {
        return files.stream().filter(f -> CameraFiles.is(f.path())).toList();
    }
}
