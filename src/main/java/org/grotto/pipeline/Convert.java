package org.grotto.pipeline;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.grotto.base.GrottoException;
import org.grotto.base.Outputs;
import org.grotto.base.Progress;
import org.grotto.base.Text;
import org.grotto.base.Work;
import org.grotto.format.Column;
import org.grotto.format.Format;
import org.grotto.format.Picture;
import org.grotto.format.PointBatch;
import org.grotto.format.PointReader;
import org.grotto.format.PointWriter;
import org.grotto.format.Scan;
import org.grotto.geometry.Box;
import org.grotto.geometry.Mesh;
import org.jspecify.annotations.Nullable;

/** From one file format to another, point by point, with a list of what could not be kept. */
public final class Convert {
    private static final int BATCH = 1 << 15;

    private Convert() {}

    /**
     * @param count points, or triangles of a mesh, in the new file
     * @param read points, or triangles, of the input
     * @param lost what the new file does not hold, in words
     * @param understood what the input was taken for where it does not say itself, in words
     */
    public record Done(long count, long read, boolean mesh, List<String> lost, List<String> understood) {}

    /** What of a file is wanted. */
    public enum As {
        /** As the file and the new name's ending say: faces where there are any, else points. */
        AUTO,
        /** Points; of a mesh its vertices. */
        POINTS,
        /** A mesh, or a refusal. */
        MESH
    }

    /** As {@link #run(Path, Path, InputOptions, As, Consumer, Work)}, the file's own word on its frame counting. */
    public static Done run(Path from, Path to, Work work) {
        return run(from, to, InputOptions.DEFAULTS, As.AUTO, t -> {}, work);
    }

    /** As {@link #run(Path, Path, InputOptions, As, Consumer, Work)}, points and meshes as they are. */
    public static Done run(Path from, Path to, InputOptions frame, Consumer<Text> told, Work work) {
        return run(from, to, frame, As.AUTO, told, work);
    }

    /**
     * Converts a file. What is written is in metres with Z up, where the new format does not say a unit itself: a reference
     * system in feet goes from LAS to LAS with its numbers, unless {@code frame} says a unit or an axis.
     *
     * @param as what of the file is wanted
     * @param told gets what a user should be told, before the long work
     */
    public static Done run(Path from, Path to, InputOptions frame, As as, Consumer<Text> told, Work work) {
        return Inputs.naming(List.of(from), to, () -> convert(from, to, frame, as, told, work));
    }

    private static Done convert(Path from, Path to, InputOptions options, As as, Consumer<Text> told, Work work) {
        boolean onlyMesh = meshOutput(to) != null && pointOutput(to) == null;
        if (as == As.POINTS) {
            requirePointEnding(to);
            if (Inputs.onlyMesh(from)) {
                Inputs.MeshInput in = Inputs.readMesh(from, options, work);
                in.told().forEach(told);
                return written(new MeshPoints(from, in), to, work);
            }
        } else if (as == As.MESH || onlyMesh || Inputs.isMesh(from)) {
            if (meshOutput(to) == null) {
                throw GrottoException.badRequest(from + ": is a mesh, and " + to
                        + " is no name for one; a mesh is written as " + Formats.offered(Formats.meshEndings()) + ".");
            }
            Inputs.MeshInput in = Inputs.readMesh(from, options, work);
            in.told().forEach(told);
            Upright.advice(in, work).forEach(told);
            Mesh m = in.mesh();
            List<String> lost = new ArrayList<>(in.notKept());
            lost.addAll(writeMesh(m, to));
            if (m.charts != null && !(m.charts.pictured() && keepsPictures(to))) {
                lost.add(
                        m.charts.pictured()
                                ? "the pictures; each vertex has the colour of its place in them"
                                : "the materials; each vertex has the colour of one of its triangles");
            }
            return new Done(m.triangleCount(), in.triangles(), true, lost, in.understood());
        }
        try (PointReader opened = Inputs.points(from, options.reading(work))) {
            return written(framed(opened, to, options, told), to, work);
        }
    }

    /** Writes all points of {@code in} to a file. */
    private static Done written(PointReader in, Path to, Work work) {
        requirePointEnding(to);
        Format format = formatOf(to);
        boolean same = format != null && format.equals(Formats.of(in.path())) && !(in instanceof FramedReader);
        // a copy in one of these keeps every column as it stands
        boolean exact = same && format != null && (format.gridded() || format.marksInvalid());
        boolean look = format != null && !exact && (format.gridded() || anyColour(in));
        PointReader reader = SurveyedReader.of(in, look, format != null && !format.marksInvalid(), work);
        List<String> lost = new ArrayList<>();
        Copied[] copied = new Copied[1];
        long[] kept = new long[1];
        Outputs.file(to, temporary -> {
            try (PointWriter w = writer(temporary, to, reader, work)) {
                copied[0] = copy(reader, w, work);
                lost.addAll(pictures(reader.pictures(), w));
                kept[0] = w.written();
                lost.addAll(w.lost());
            }
        });
        lost.addAll(0, reader.notKept());
        List<String> understood = new ArrayList<>(reader.understood());
        if (copied[0].unplaced > 0 && kept[0] == copied[0].points) {
            understood.add(String.format(
                    Locale.ROOT,
                    "%,d points have no place (a coordinate is no number); they are kept as they stand",
                    copied[0].unplaced));
        }
        return new Done(kept[0], copied[0].points, false, lost, understood);
    }

    /** Hands the pictures on where the format holds any; gives what is lost. */
    private static List<String> pictures(List<Picture> all, PointWriter w) {
        if (!all.isEmpty() && !w.keepsPictures()) {
            return List.of(Picture.count(all));
        }
        List<String> lost = new ArrayList<>();
        for (Picture p : all) {
            try {
                w.picture(p);
            } catch (GrottoException e) {
                if (e.kind() != GrottoException.Kind.BAD_INPUT) {
                    throw e;
                }
                lost.add("the picture \"" + p.name() + "\", which is damaged: " + e.getMessage());
            }
        }
        return lost;
    }

    /** Whether a scan has colours that may not be what their type says: of more than 8 bits. */
    private static boolean anyColour(PointReader in) {
        for (Scan s : in.scans()) {
            Column red = KeptColumns.column(s, Column.RED);
            if (red != null && red.type() != Column.Type.UINT8) {
                return true;
            }
        }
        return false;
    }

    private static @Nullable Format formatOf(Path to) {
        String ending = Formats.extension(to);
        for (Format f : Formats.ALL) {
            if (f.pointOutputs().containsKey(ending)) {
                return f;
            }
        }
        return null;
    }

    private static void requirePointEnding(Path to) {
        if (pointOutput(to) == null) {
            throw GrottoException.badRequest(to + ": points are written as " + Formats.offered(Formats.pointEndings())
                    + "; choose one of these endings.");
        }
    }

    /** The reader of what is to be written. */
    private static PointReader framed(PointReader in, Path to, InputOptions options, Consumer<Text> told) {
        boolean asked = !options.anyUnit() || !options.anyUp();
        if (!asked && statesUnit(to)) {
            return in;
        }
        Frame frame = Frame.of(options, in);
        told(in, frame, options).forEach(told);
        return frame.identity() ? in : new FramedReader(in, frame);
    }

    /** What a user should be told of a file's unit and axes, from its header alone. */
    public static List<Text> told(PointReader in, InputOptions options) {
        return told(in, Frame.of(options, in), options);
    }

    private static List<Text> told(PointReader in, Frame frame, InputOptions options) {
        List<Text> all = new ArrayList<>(frame.told());
        Text advice = SizeAdvice.of(String.valueOf(in.path().getFileName()), bounds(in, frame));
        if (advice != null && SizeAdvice.wanted(options, List.of(frame))) {
            all.add(advice);
        }
        return all;
    }

    /** What the headers declare, in the frame; empty where a scan declares nothing. */
    private static Box bounds(PointReader in, Frame frame) {
        Box all = Box.EMPTY;
        for (Scan s : in.scans()) {
            Box b = s.bounds();
            if (b == null || b.isEmpty()) {
                return Box.EMPTY;
            }
            double[] m = frame.placed(s.pose());
            for (int k = 0; k < 8; k++) {
                double x = (k & 1) == 0 ? b.minX() : b.maxX();
                double y = (k & 2) == 0 ? b.minY() : b.maxY();
                double z = (k & 4) == 0 ? b.minZ() : b.maxZ();
                all = all.with(
                        m[0] * x + m[1] * y + m[2] * z + m[9],
                        m[3] * x + m[4] * y + m[5] * z + m[10],
                        m[6] * x + m[7] * y + m[8] * z + m[11]);
            }
        }
        return all;
    }

    private static boolean statesUnit(Path to) {
        String ending = Formats.extension(to);
        return Formats.ALL.stream()
                .anyMatch(f -> f.statesUnit() && f.pointOutputs().containsKey(ending));
    }

    private static boolean keepsPictures(Path to) {
        String ending = Formats.extension(to);
        return Formats.ALL.stream()
                .anyMatch(f -> f.keepsPictures() && f.meshOutputs().containsKey(ending));
    }

    private static Format.@Nullable MeshOutput meshOutput(Path to) {
        String ending = Formats.extension(to);
        for (Format f : Formats.ALL) {
            Format.MeshOutput output = f.meshOutputs().get(ending);
            if (output != null) {
                return output;
            }
        }
        return null;
    }

    private static Format.@Nullable PointOutput pointOutput(Path to) {
        String ending = Formats.extension(to);
        for (Format f : Formats.ALL) {
            Format.PointOutput output = f.pointOutputs().get(ending);
            if (output != null) {
                return output;
            }
        }
        return null;
    }

    /** Refuses a name that no mesh can be written to: to be asked before the long work. */
    public static void requireMeshEnding(Path to) {
        meshOutputOrRefuse(to);
    }

    private static Format.MeshOutput meshOutputOrRefuse(Path to) {
        Format.MeshOutput output = meshOutput(to);
        if (output == null) {
            throw GrottoException.badRequest(to + ": a mesh is written as " + Formats.offered(Formats.meshEndings())
                    + "; choose one of these endings.");
        }
        return output;
    }

    /** Writes a mesh in the format of the file's ending; gives what that does not hold beside pictures, in words. */
    public static List<String> writeMesh(Mesh m, Path to) {
        return meshOutputOrRefuse(to).write(m, to);
    }

    /**
     * What was read while it was copied; {@link PointWriter#written} says how many points were kept.
     *
     * @param unplaced of the points, those with a coordinate that is no number
     */
    public record Copied(long points, long unplaced) {}

    /** Copies all scans of {@code reader}. */
    public static Copied copy(PointReader reader, PointWriter w, Work work) {
        long total = 0;
        for (Scan s : reader.scans()) {
            total = total < 0 || s.count() < 0 ? -1 : total + s.count();
        }
        long n = 0;
        long unplaced = 0;
        try (Progress.Step step = work.progress().begin("writing points", total, "points")) {
            for (int i = 0; i < reader.scans().size(); i++) {
                Scan s = reader.scans().get(i);
                w.begin(s);
                PointBatch b = new PointBatch(s.columns(), BATCH);
                try (PointReader.PointCursor c = reader.points(i)) {
                    while (c.next(b)) {
                        w.write(b);
                        n += b.size;
                        for (int k = 0; k < b.size; k++) {
                            unplaced += Double.isFinite(b.x[k] + b.y[k] + b.z[k]) ? 0 : 1;
                        }
                        step.advance(b.size);
                    }
                }
                w.end();
            }
        }
        return new Copied(n, unplaced);
    }

    /** A writer for the format that {@code named} ends in, writing to {@code temporary}. */
    static PointWriter writer(Path temporary, Path named, PointReader reader, Work work) {
        requirePointEnding(named);
        Format.PointOutput output = java.util.Objects.requireNonNull(pointOutput(named));
        return output.create(temporary, reader, work);
    }
}
