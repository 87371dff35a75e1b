package org.grotto.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.grotto.base.Declared;
import org.grotto.base.Text;
import org.grotto.base.Work;
import org.grotto.format.Column;
import org.grotto.format.MeshReader;
import org.grotto.format.PointReader;
import org.grotto.format.Scan;
import org.grotto.format.cameras.CameraFiles;
import org.grotto.format.cameras.CameraSet;
import org.grotto.format.cameras.Optics;
import org.grotto.format.splat.SplatFile;
import org.grotto.geometry.Box;
import org.grotto.geometry.Pose;
import org.grotto.geometry.Texture;
import org.grotto.image.PictureFile;
import org.grotto.pipeline.Convert;
import org.grotto.pipeline.InputOptions;
import org.grotto.pipeline.Inputs;
import org.grotto.pipeline.SurfaceStage;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "info",
        mixinStandardHelpOptions = true,
        resourceBundle = FormatWords.NAME,
        description = "Says what is in a file: scans, poses, counts, columns, bounds; reads headers only.")
final class InfoCommand implements Callable<Integer>, RecordOptions.Stages {
    @Mixin
    Common common = new Common();

    @Spec
    @Nullable
    CommandSpec spec;

    @Parameters(
            arity = "1..*",
            paramLabel = "FILE",
            description = "scan or mesh files: ${bundle:points.read}, ${bundle:meshes.read}")
    List<Path> files = List.of();

    record ScanInfo(
            String name,
            @Nullable String guid,
            long points,
            @Nullable Pose pose,
            @Nullable Box bounds,
            String positions,
            List<String> columns,
            Map<String, String> metadata) {}

    record FileInfo(
            String file,
            String format,
            long bytes,
            long points,
            List<ScanInfo> scans,
            List<String> columns,
            List<PictureInfo> pictures,
            List<String> understood,
            List<String> lost,
            Map<String, String> metadata,
            List<String> told) {}

    /** Gaussian splats: how many, and the degree of their colours' spherical harmonics. */
    record SplatInfo(String file, String format, long bytes, long splats, int degree) {}

    /** A camera set: pictures, those with a place, the lenses' models, the sizes of pictures. */
    record CameraInfo(String file, String format, long pictures, long placed, List<String> lenses, List<String> lost) {}

    /** A picture in a scan file. */
    record PictureInfo(
            String name,
            String kind,
            int width,
            int height,
            String mediaType,
            long bytes,
            boolean placed,
            boolean mask) {}

    /** A picture that lies on a mesh, pixels; 0 where it cannot be read. */
    record MeshPicture(String name, int width, int height) {}

    record MeshInfo(
            String file,
            String format,
            long bytes,
            long vertices,
            long faces,
            List<MeshPicture> pictures,
            List<String> understood,
            List<String> lost,
            Map<String, String> metadata,
            List<String> told) {}

    @Override
    public List<Declared> stages() {
        return List.of(SurfaceStage.LOAD.declared());
    }

    @Override
    public Integer call() throws Exception {
        InputOptions options =
                RecordOptions.read(Objects.requireNonNull(spec), SurfaceStage.LOAD.name(), InputOptions.DEFAULTS);
        List<Object> all = new ArrayList<>();
        try (Work work = common.work()) {
            for (Path f : files) {
                all.add(Inputs.naming(List.of(f), null, () -> file(f, options, work)));
            }
        }
        common.result(all.size() == 1 ? all.getFirst() : all);
        return 0;
    }

    private Object file(Path f, InputOptions options, Work work) {
        SplatFile splats = SplatFile.of(f);
        if (splats != null) {
            SplatInfo info =
                    new SplatInfo(f.toString(), splats.format(), Inputs.bytes(f), splats.count(), splats.degree());
            print(info);
            return info;
        }
        if (CameraFiles.is(f)) {
            CameraInfo info = cameras(f);
            print(info);
            return info;
        }
        if (Inputs.kind(f).points() == null || Inputs.isMesh(f, options)) {
            MeshInfo info = mesh(f, options, work);
            print(info);
            return info;
        }
        FileInfo info = info(f, options, work);
        print(info);
        return info;
    }

    private static FileInfo info(Path f, InputOptions options, Work work) {
        try (PointReader r = Inputs.points(f, options.reading(work))) {
            List<ScanInfo> scans = new ArrayList<>();
            long total = 0;
            for (Scan s : r.scans()) {
                total = total < 0 || s.count() < 0 ? -1 : total + s.count();
                scans.add(new ScanInfo(
                        s.name(),
                        s.guid(),
                        s.count(),
                        s.pose(),
                        s.bounds(),
                        s.xyzType().toString().toLowerCase(Locale.ROOT),
                        s.columns().stream().map(c -> c.name() + ":" + type(c)).toList(),
                        s.metadata()));
            }
            return new FileInfo(
                    f.toString(),
                    r.format(),
                    Inputs.bytes(f),
                    total,
                    scans,
                    columns(r.scans()),
                    r.pictures().stream()
                            .map(p -> new PictureInfo(
                                    p.name(),
                                    p.camera().kind().toString().toLowerCase(Locale.ROOT),
                                    p.camera().width(),
                                    p.camera().height(),
                                    p.mediaType(),
                                    p.size(),
                                    p.pose() != null,
                                    p.mask() != null))
                            .toList(),
                    r.understood(),
                    r.notKept(),
                    r.metadata(),
                    english(Convert.told(r, options)));
        }
    }

    /** The names of all that stands beside positions, and of these. */
    private static List<String> columns(List<Scan> scans) {
        LinkedHashSet<String> all = new LinkedHashSet<>(List.of("x", "y", "z"));
        scans.forEach(s -> s.columns().forEach(c -> all.add(c.name())));
        return List.copyOf(all);
    }

    private static List<String> english(List<Text> told) {
        return told.stream().map(Text::en).toList();
    }

    private static CameraInfo cameras(Path f) {
        CameraSet set = CameraFiles.read(f);
        LinkedHashSet<String> lenses = new LinkedHashSet<>();
        for (CameraSet.Shot s : set.shots()) {
            Optics o = s.optics();
            if (o != null) {
                lenses.add(o.toString());
            }
        }
        return new CameraInfo(
                f.toString(), set.format(), set.shots().size(), set.placed(), List.copyOf(lenses), set.notKept());
    }

    private void print(CameraInfo i) {
        common.say(i.file());
        common.say(String.format(
                Locale.ROOT,
                "  a camera set of %s: %,d pictures, %,d of them with a place",
                i.format(),
                i.pictures(),
                i.placed()));
        i.lenses().forEach(l -> common.say("  lens " + l));
        if (!i.lost().isEmpty()) {
            common.say("  also in the file, not read: " + String.join("; ", i.lost()));
        }
    }

    private void print(SplatInfo i) {
        common.say(i.file());
        common.say(String.format(
                Locale.ROOT,
                "  %s, %,d bytes, %,d Gaussian splats, spherical harmonics of degree %d; carried in a package beside"
                        + " scans or a mesh, not shown yet",
                i.format(),
                i.bytes(),
                i.splats(),
                i.degree()));
    }

    private static MeshInfo mesh(Path f, InputOptions options, Work work) {
        try (MeshReader r = Inputs.meshFile(f, options.reading(work))) {
            return new MeshInfo(
                    f.toString(),
                    r.format(),
                    Inputs.bytes(f),
                    r.vertices(),
                    r.faces(),
                    r.pictures().stream().map(InfoCommand::picture).toList(),
                    r.understood(),
                    r.notKept(),
                    r.metadata(),
                    english(Inputs.told(r, options)));
        }
    }

    private static MeshPicture picture(Texture t) {
        int[] size = PictureFile.size(t);
        return new MeshPicture(t.name(), size == null ? 0 : size[0], size == null ? 0 : size[1]);
    }

    private static String type(Column c) {
        return c.type().toString().toLowerCase(Locale.ROOT);
    }

    private void print(FileInfo i) {
        common.say(i.file());
        common.say(String.format(
                Locale.ROOT,
                "  %s, %,d bytes, %s points in %d scan%s",
                i.format(),
                i.bytes(),
                counted(i.points()),
                i.scans().size(),
                i.scans().size() == 1 ? "" : "s"));
        for (ScanInfo s : i.scans()) {
            common.say(String.format(
                    Locale.ROOT, "  scan \"%s\": %s points", s.name(), s.points() < 0 ? "?" : "" + s.points()));
            Pose p = s.pose();
            if (p != null) {
                common.say(String.format(
                        Locale.ROOT,
                        "    stands at %.4f %.4f %.4f, turned by the quaternion %.6f %.6f %.6f %.6f (w x y z)",
                        p.tx(),
                        p.ty(),
                        p.tz(),
                        p.qw(),
                        p.qx(),
                        p.qy(),
                        p.qz()));
            }
            Box b = s.bounds();
            if (b != null && !b.isEmpty()) {
                common.say(String.format(
                        Locale.ROOT,
                        "    spans %.4f..%.4f, %.4f..%.4f, %.4f..%.4f (%.3f x %.3f x %.3f)",
                        b.minX(),
                        b.maxX(),
                        b.minY(),
                        b.maxY(),
                        b.minZ(),
                        b.maxZ(),
                        b.sizeX(),
                        b.sizeY(),
                        b.sizeZ()));
            }
            common.say("    positions as " + s.positions() + "; " + String.join(", ", s.columns()));
        }
        for (PictureInfo p : i.pictures()) {
            common.say(String.format(
                    Locale.ROOT,
                    "  picture \"%s\": %s, %d x %d pixels, %,d bytes%s%s",
                    p.name(),
                    p.kind(),
                    p.width(),
                    p.height(),
                    p.bytes(),
                    p.placed() ? "" : ", without a place",
                    p.mask() ? ", with a mask" : ""));
        }
        printRest(i.understood(), i.metadata(), i.lost(), i.told());
    }

    private void print(MeshInfo i) {
        common.say(i.file());
        common.say(String.format(
                Locale.ROOT,
                "  %s, %,d bytes, a mesh of %s vertices and %s faces",
                i.format(),
                i.bytes(),
                counted(i.vertices()),
                counted(i.faces())));
        for (MeshPicture p : i.pictures()) {
            common.say("  picture \"" + p.name() + "\": "
                    + (p.width() == 0 ? "cannot be read" : p.width() + " x " + p.height() + " pixels"));
        }
        printRest(i.understood(), i.metadata(), i.lost(), i.told());
    }

    private static String counted(long n) {
        return n < 0 ? "an unstated number of" : String.format(Locale.ROOT, "%,d", n);
    }

    private void printRest(
            List<String> understood, Map<String, String> metadata, List<String> lost, List<String> told) {
        understood.forEach(u -> common.say("  read as " + u));
        told.forEach(t -> common.say("  " + t));
        metadata.forEach((k, v) -> common.say("  " + k + ": " + (v.length() > 120 ? v.substring(0, 120) + "…" : v)));
        if (!lost.isEmpty()) {
            common.say("  also in the file, not read: " + String.join("; ", lost));
        }
    }
}
