package org.grotto.pipeline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.grotto.base.GrottoException;
import org.grotto.base.Text;
import org.grotto.base.Work;
import org.grotto.format.Format;
import org.grotto.format.MeshReader;
import org.grotto.format.PointReader;
import org.grotto.format.Reading;
import org.grotto.format.cameras.CameraFiles;
import org.grotto.format.splat.SplatFile;
import org.grotto.geometry.Mesh;
import org.grotto.lod.atlas.Painted;
import org.jspecify.annotations.Nullable;

/** Opens any file that Grotto reads; {@link Formats} tells what it is. */
public final class Inputs {
    private Inputs() {}

    /** Runs {@code task} on {@code inputs}; where its failure names no file, they are named. */
    public static <T> T naming(List<Path> inputs, @Nullable Path output, Supplier<T> task) {
        try {
            return task.get();
        } catch (GrottoException e) {
            GrottoException unpacked = Packed.naming(e);
            throw unpacked == e ? e.about(inputs, output) : unpacked; // that names the archive already
        } catch (OutOfMemoryError e) {
            throw GrottoException.outOfMemory(GrottoException.subject(inputs), e);
        }
    }

    /** Files in the order of their names, whatever the order of arguments. */
    public static List<Path> ordered(List<Path> files) {
        return SameFiles.orderedPaths(files);
    }

    /**
     * What {@code path} is, or the file in it where it is packed; throws where there is no such file, or it is a folder,
     * empty, or of no known format.
     */
    public static Format kind(Path path) {
        SplatFile splats = SplatFile.of(path);
        Path file = splats == null ? Packed.file(path) : path;
        splats = splats == null ? SplatFile.of(file) : splats;
        if (splats != null) {
            throw GrottoException.unsupported(
                    path,
                    "holds " + splats.count()
                            + " Gaussian splats, which are neither points nor a mesh; \"grotto build\""
                            + " carries them in a package beside scans or a mesh. Export points or a mesh of it.");
        }
        return Formats.of(file);
    }

    /** All files that {@code path} stands for: itself, or those of a cloud in a folder. */
    public static List<Path> files(Path path) {
        if (SplatFile.of(path) != null || CameraFiles.is(path)) {
            return List.of(path);
        }
        Path file = Packed.file(path);
        return Formats.inFolder(path).equals(file) ? kind(path).files(file) : List.of(path);
    }

    /** How many bytes {@link #files} have together. */
    public static long bytes(Path path) {
        long sum = 0;
        for (Path f : files(path)) {
            try {
                sum += Files.size(f);
            } catch (IOException e) {
                throw GrottoException.io(f, e);
            }
        }
        return sum;
    }

    /** True when the file holds a mesh with faces, which goes straight to level of detail. */
    public static boolean isMesh(Path path) {
        return kind(path).holdsMesh(Packed.file(path));
    }

    /** True when the file holds a mesh, and no points beside it. */
    static boolean onlyMesh(Path path) {
        return kind(path).onlyMesh(Packed.file(path));
    }

    /** The same where the user may have said what to take of it. */
    public static boolean isMesh(Path path, InputOptions options) {
        return switch (options.as()) {
            case "points" -> false;
            case "mesh" -> isMesh(path) || kind(path).rangeMap(Packed.file(path));
            default -> isMesh(path);
        };
    }

    /** Opens a file for its points; of a mesh, where that was asked for, for its vertices. */
    static PointReader points(Path path, InputOptions options, Work work) {
        return options.as().equals("points") && onlyMesh(path)
                ? new MeshPoints(path, readMesh(path, options, work))
                : points(path, options.reading(work));
    }

    /** Opens a file for its points, as it says itself. */
    public static PointReader points(Path path, Work work) {
        return points(path, Reading.of(work));
    }

    /** Opens a file for its points. */
    public static PointReader points(Path path, Reading reading) {
        Format.PointInput input = onlyMesh(path) ? null : kind(path).points();
        if (input == null) {
            throw GrottoException.unsupported(
                    path,
                    "is a mesh, but points are wanted here; use \"grotto tiles\" or \"grotto build\", or --as points"
                            + " for its vertices.");
        }
        return input.open(Packed.file(path), reading);
    }

    /**
     * The same points with the bounds and the ranges of colours and intensities that they really have, which costs reading
     * them once more, and without those that are marked as invalid. Closing it closes nothing.
     */
    public static PointReader surveyed(PointReader reader, Work work) {
        return SurveyedReader.of(reader, true, true, work);
    }

    /** Opens a file for its mesh. */
    public static MeshReader meshFile(Path path, Reading reading) {
        Format format = kind(path);
        Format.MeshInput input = format.meshes();
        Path file = Packed.file(path);
        if (format.points() != null && (input == null || !format.holdsMesh(file) && !format.rangeMap(file))) {
            throw GrottoException.unsupported(
                    path,
                    "holds points, but no triangles; lay a surface through them first (\"grotto surface " + path
                            + " -o mesh.ply\"), or build a package of them (\"grotto build\").");
        }
        if (input == null) {
            throw GrottoException.unsupported(path, "is no mesh that Grotto reads (" + Formats.meshesRead() + ").");
        }
        return input.open(file, reading);
    }

    /**
     * A mesh in the cave frame.
     *
     * @param told what a user should be told at once: unit, axes, size
     * @param notKept what the file holds that the mesh does not, in words
     * @param understood what the reader took the file for where it does not say itself, in words
     * @param triangles how many the file has
     * @param guess what of its frame nobody has said
     * @param frame how it was brought to the cave's frame
     */
    public record MeshInput(
            Mesh mesh,
            List<Text> told,
            List<String> notKept,
            List<String> understood,
            int triangles,
            Guess guess,
            Frame frame) {}

    /** Reads a mesh and brings it to the cave frame. */
    public static MeshInput readMesh(Path path, InputOptions options, Work work) {
        try (MeshReader reader = meshFile(path, options.reading(work))) {
            Frame frame = Frame.of(options, reader);
            List<Text> told = new ArrayList<>(frame.told());
            Mesh mesh = frame.apply(reader.read());
            List<String> lost = new ArrayList<>(reader.notKept());
            if (Painted.hides(mesh)) {
                lost.add("the vertices' own colours where pictures lie");
            }
            int triangles = mesh.triangleCount();
            requireArea(path, mesh);
            String file = String.valueOf(path.getFileName());
            mesh = Painted.of(FarParts.without(mesh, file, told, work), work);
            Guess guess = Guess.of(file, options, List.of(frame));
            Text advice = SizeAdvice.of(file, mesh.bounds());
            if (advice != null && guess.unit()) {
                told.add(advice);
            }
            return new MeshInput(mesh, List.copyOf(told), lost, reader.understood(), triangles, guess, frame);
        }
    }

    /** Refuses a mesh whose triangles are all needles and points: of such nothing can be shown or measured. */
    private static void requireArea(Path path, Mesh m) {
        double area = 0;
        for (int t = 0; t < m.triangles.length; t += 3) {
            int a = 3 * m.triangles[t];
            double[] u = new double[3];
            double[] v = new double[3];
            double size = 0;
            for (int k = 0; k < 3; k++) {
                u[k] = (double) m.xyz[3 * m.triangles[t + 1] + k] - m.xyz[a + k];
                v[k] = (double) m.xyz[3 * m.triangles[t + 2] + k] - m.xyz[a + k];
                size += u[k] * u[k] + v[k] * v[k];
            }
            double x = u[1] * v[2] - u[2] * v[1];
            double y = u[2] * v[0] - u[0] * v[2];
            double z = u[0] * v[1] - u[1] * v[0];
            // what float leaves of three places on a line is no area
            area += Math.max(0, Math.sqrt(x * x + y * y + z * z) - 1e-6 * size);
            if (area > 0) {
                return;
            }
        }
        if (m.triangles.length > 0 && area == 0) {
            throw GrottoException.badInput(
                    path,
                    "no triangle has an area: the corners of each lie in one place or on a line. Name another mesh.");
        }
    }

    /** What a user should be told of a mesh's unit and axes, from its header alone. */
    public static List<Text> told(MeshReader reader, InputOptions options) {
        return Frame.of(options, reader).told();
    }

    /** As {@link #readMesh}, the mesh alone. */
    public static Mesh mesh(Path path, InputOptions frame) {
        try (Work work = Work.silent()) {
            return readMesh(path, frame, work).mesh();
        }
    }
}
