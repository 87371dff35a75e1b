package org.grotto.pipeline;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.grotto.base.GrottoException;
import org.grotto.base.Text;
import org.grotto.base.Texts;
import org.grotto.base.Work;
import org.grotto.format.Format;
import org.grotto.format.MeshReader;
import org.grotto.format.PointReader;
import org.grotto.geometry.Box;
import org.grotto.geometry.Mesh;
import org.jspecify.annotations.Nullable;

/** Opens any file that Grotto reads; {@link Formats} tells what it is. */
public final class Inputs {
    private static final double LARGE = 300;
    private static final double SMALL = 0.1;

    private Inputs() {}

    /** Runs {@code task} on {@code inputs}; where its failure names no file, they are named. */
    public static <T> T naming(List<Path> inputs, @Nullable Path output, Supplier<T> task) {
        try {
            return task.get();
        } catch (GrottoException e) {
            throw e.about(inputs, output);
        } catch (OutOfMemoryError e) {
            throw GrottoException.outOfMemory(GrottoException.subject(inputs), e);
        }
    }

    /** Files in the order of their names, whatever the order of arguments. */
    public static List<Path> ordered(List<Path> files) {
        return SameFiles.orderedPaths(files);
    }

    /** What {@code path} is; throws where there is no such file, or it is a folder or empty. */
    public static Format kind(Path path) {
        return Formats.of(path);
    }

    /** True when the file holds a mesh with faces, which goes straight to level of detail. */
    public static boolean isMesh(Path path) {
        return kind(path).holdsMesh(path);
    }

    /** Opens a file for its points. */
    public static PointReader points(Path path, Work work) {
        Format.PointInput input = kind(path).points();
        if (input == null) {
            throw GrottoException.unsupported(
                    path, "is a mesh, but points are wanted here; use \"grotto tiles\" or \"grotto build\".");
        }
        return input.open(path, work);
    }

    /** Opens a file for its mesh. */
    public static MeshReader meshFile(Path path) {
        Format.MeshInput input = kind(path).meshes();
        if (input == null) {
            throw GrottoException.unsupported(path, "is no mesh that Grotto reads (" + Formats.meshesRead() + ").");
        }
        return input.open(path);
    }

    /** What a user should be told of a size that no cave has, metres: another unit is likelier; else null. */
    public static @Nullable Text sizeAdvice(Box b) {
        double d = b.longest();
        String size = String.format(Locale.ROOT, "%.4g x %.4g x %.4g m", b.sizeX(), b.sizeY(), b.sizeZ());
        return d > LARGE
                ? Texts.of("build.large-for-a-cave", "size", size)
                : d < SMALL && d > 0 ? Texts.of("build.small-for-a-cave", "size", size) : null;
    }

    /** Reads a mesh and turns it into the cave frame. */
    public static Mesh mesh(Path path, FrameOptions frame) {
        try (MeshReader reader = meshFile(path)) {
            return turn(reader.read(), frame);
        }
    }

    private static Mesh turn(Mesh m, FrameOptions frame) {
        double s = frame.metres();
        double[] r = frame.rotation();
        if (s == 1 && frame.up().equals("z")) {
            return m;
        }
        double[] o = apply(r, m.originX * s, m.originY * s, m.originZ * s);
        float[] xyz = new float[m.xyz.length];
        float[] normals = m.normals() == null ? null : new float[m.xyz.length];
        for (int i = 0; i < xyz.length; i += 3) {
            double[] p = apply(r, m.xyz[i] * s, m.xyz[i + 1] * s, m.xyz[i + 2] * s);
            for (int a = 0; a < 3; a++) {
                xyz[i + a] = (float) p[a];
            }
            if (normals != null && m.normals() != null) {
                double[] n = apply(r, m.normals()[i], m.normals()[i + 1], m.normals()[i + 2]);
                for (int a = 0; a < 3; a++) {
                    normals[i + a] = (float) n[a];
                }
            }
        }
        return new Mesh(o[0], o[1], o[2], xyz, normals, m.rgb(), m.evidence(), m.triangles);
    }

    private static double[] apply(double[] r, double x, double y, double z) {
        return new double[] {
            r[0] * x + r[1] * y + r[2] * z, r[3] * x + r[4] * y + r[5] * z, r[6] * x + r[7] * y + r[8] * z
        };
    }
}
