package org.grotto.pipeline;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;
import org.grotto.base.GrottoException;
import org.grotto.base.Work;
import org.grotto.format.PointReader;
import org.grotto.format.e57.E57Reader;
import org.grotto.format.gltf.GlbReader;
import org.grotto.format.las.LasReader;
import org.grotto.format.obj.ObjMesh;
import org.grotto.format.pdal.PdalHome;
import org.grotto.format.pdal.PdalReader;
import org.grotto.format.ply.PlyMesh;
import org.grotto.format.ply.PlyReader;
import org.grotto.format.ptx.PtxReader;
import org.grotto.format.text.TextReader;
import org.grotto.geometry.Mesh;
import org.jspecify.annotations.Nullable;

/** Opens any file that Grotto reads: what it is, is told from its first bytes, then from its name. */
public final class Inputs {
    private static final Set<String> TEXT = Set.of("xyz", "txt", "csv", "asc", "pts", "neu");

    /** The kinds of file. */
    public enum Kind {
        E57,
        LAS,
        PLY,
        PTX,
        TEXT,
        OBJ,
        GLTF,
        /** Left to PDAL. */
        OTHER
    }

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

    /** What {@code path} is; throws where there is no such file, or it is a folder or empty. */
    public static Kind kind(Path path) {
        byte[] head = new byte[16];
        int n;
        try {
            if (Files.isDirectory(path)) {
                throw GrottoException.badRequest(path + ": is a folder; name the scan files in it (" + path + "/*).");
            }
            try (InputStream in = Files.newInputStream(path)) {
                n = in.readNBytes(head, 0, head.length);
            }
        } catch (IOException e) {
            throw GrottoException.io(path, e);
        }
        if (n == 0) {
            throw GrottoException.badInput(path, "is empty (0 bytes); copy it again from its source.");
        }
        String magic = new String(head, 0, n, java.nio.charset.StandardCharsets.ISO_8859_1);
        String e = extension(path);
        if (magic.startsWith("ASTM-E57") || e.equals("e57")) {
            return Kind.E57;
        }
        if (magic.startsWith("LASF") || e.equals("las") || e.equals("laz")) {
            return Kind.LAS;
        }
        if (magic.startsWith("glTF") || e.equals("glb") || e.equals("gltf")) {
            return Kind.GLTF;
        }
        if (magic.startsWith("ply\n") || magic.startsWith("ply\r") || e.equals("ply")) {
            return Kind.PLY;
        }
        if (e.equals("ptx")) {
            return Kind.PTX;
        }
        if (e.equals("obj")) {
            return Kind.OBJ;
        }
        return TEXT.contains(e) ? Kind.TEXT : Kind.OTHER;
    }

    /** The name's ending in small letters, without the dot. */
    public static String extension(Path path) {
        String name = String.valueOf(path.getFileName()).toLowerCase(Locale.ROOT);
        int dot = name.lastIndexOf('.');
        return dot < 0 ? "" : name.substring(dot + 1);
    }

    /** True when the file holds a mesh with faces, which goes straight to level of detail. */
    public static boolean isMesh(Path path) {
        return switch (kind(path)) {
            case OBJ, GLTF -> true;
            case PLY -> {
                try (PlyReader r = PlyReader.open(path)) {
                    yield r.hasFaces();
                }
            }
            default -> false;
        };
    }

    /** Opens a file for its points. */
    public static PointReader points(Path path, Work work) {
        return switch (kind(path)) {
            case PLY -> PlyReader.open(path);
            case PTX -> PtxReader.open(path);
            case E57 -> E57Reader.open(path);
            case LAS -> LasReader.open(path, work);
            case TEXT -> TextReader.open(path);
            case OBJ, GLTF ->
                throw GrottoException.unsupported(
                        path, "is a mesh, but points are wanted here; use \"grotto tiles\" or \"grotto build\".");
            case OTHER -> PdalReader.open(path, PdalHome.find(System.getenv()), las -> LasReader.open(las, work));
        };
    }

    /** Reads a mesh and turns it into the cave frame. */
    public static Mesh mesh(Path path, FrameOptions frame) {
        Mesh m = switch (kind(path)) {
            case PLY -> PlyMesh.read(path);
            case OBJ -> ObjMesh.read(path);
            case GLTF -> GlbReader.read(path);
            default ->
                throw GrottoException.unsupported(path, "is no mesh that Grotto reads (PLY, OBJ, uncompressed GLB).");
        };
        return turn(m, frame);
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
