package org.grotto.pipeline;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.grotto.base.GrottoException;
import org.grotto.base.Outputs;
import org.grotto.base.Progress;
import org.grotto.base.Records;
import org.grotto.base.Work;
import org.grotto.format.PointBatch;
import org.grotto.format.PointReader;
import org.grotto.format.PointWriter;
import org.grotto.format.Scan;
import org.grotto.format.e57.E57WriteOptions;
import org.grotto.format.e57.E57Writer;
import org.grotto.format.gltf.GlbWriter;
import org.grotto.format.las.LasWriteOptions;
import org.grotto.format.las.LasWriter;
import org.grotto.format.ply.PlyMesh;
import org.grotto.format.ply.PlyWriter;
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
     */
    public record Done(long count, long read, boolean mesh, List<String> lost) {}

    public static Done run(Path from, Path to, Work work) {
        return Inputs.naming(List.of(from), to, () -> convert(from, to, work));
    }

    private static Done convert(Path from, Path to, Work work) {
        String ending = Inputs.extension(to);
        boolean mesh = ending.equals("glb") || Inputs.isMesh(from);
        if (mesh) {
            if (!isMeshEnding(to)) {
                throw GrottoException.badRequest(
                        from + ": is a mesh, and " + to + " is no name for one; a mesh is written as .ply or .glb.");
            }
            Mesh m = Inputs.mesh(from, FrameOptions.DEFAULTS);
            writeMesh(m, to);
            return new Done(m.triangleCount(), m.triangleCount(), true, List.of());
        }
        try (PointReader reader = Inputs.points(from, work)) {
            List<String> lost = new ArrayList<>(reader.notKept());
            if (ending.equals("ply") && crs(reader) != null) {
                lost.add("the coordinate reference system (PLY has no place for it)");
            }
            long[] n = new long[2];
            Outputs.file(to, temporary -> {
                try (PointWriter w = writer(temporary, to, reader, work)) {
                    n[1] = copy(reader, w, work);
                    n[0] = w.written();
                    lost.addAll(w.lost());
                }
            });
            return new Done(n[0], n[1], false, lost);
        }
    }

    private static boolean isMeshEnding(Path to) {
        return Inputs.extension(to).matches("ply|glb");
    }

    /** Refuses a name that no mesh can be written to: to be asked before the long work. */
    public static void requireMeshEnding(Path to) {
        if (!isMeshEnding(to)) {
            throw GrottoException.badRequest(to + ": a mesh is written as .ply or .glb; choose one of these endings.");
        }
    }

    /** Writes a mesh in the format of the file's ending. */
    public static void writeMesh(Mesh m, Path to) {
        requireMeshEnding(to);
        switch (Inputs.extension(to)) {
            case "ply" -> PlyMesh.write(m, to);
            default -> GlbWriter.write(m, to);
        }
    }

    /** Copies all scans of {@code reader}; returns how many points it has; {@link PointWriter#written} says how many were kept. */
    public static long copy(PointReader reader, PointWriter w, Work work) {
        long total = 0;
        for (Scan s : reader.scans()) {
            total = total < 0 || s.count() < 0 ? -1 : total + s.count();
        }
        long n = 0;
        try (Progress.Step step = work.progress().begin("writing points", total, "points")) {
            for (int i = 0; i < reader.scans().size(); i++) {
                Scan s = reader.scans().get(i);
                w.begin(s);
                PointBatch b = new PointBatch(s.columns(), BATCH);
                try (PointReader.PointCursor c = reader.points(i)) {
                    while (c.next(b)) {
                        w.write(b);
                        n += b.size;
                        step.advance(b.size);
                    }
                }
                w.end();
            }
        }
        return n;
    }

    private static @Nullable String crs(PointReader reader) {
        return reader.metadata().get("crs");
    }

    /** A writer for the format that {@code named} ends in, writing to {@code temporary}. */
    static PointWriter writer(Path temporary, Path named, PointReader reader, Work work) {
        return switch (Inputs.extension(named)) {
            case "ply" -> new PlyWriter(temporary, reader.scans());
            case "las" -> new LasWriter(temporary, LasWriteOptions.LAS.withCrs(crs(reader)), reader.scans(), work);
            case "laz" -> new LasWriter(temporary, LasWriteOptions.DEFAULTS.withCrs(crs(reader)), reader.scans(), work);
            case "e57" -> {
                String crs = crs(reader);
                yield new E57Writer(temporary, Records.with(E57WriteOptions.DEFAULTS, "crs", crs == null ? "" : crs));
            }
            default ->
                throw GrottoException.badRequest(
                        named + ": points are written as .e57, .las, .laz or .ply; choose one of these endings.");
        };
    }
}
