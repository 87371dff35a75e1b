package org.grotto.pipeline;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.grotto.base.GrottoException;
import org.grotto.base.Outputs;
import org.grotto.base.Progress;
import org.grotto.base.Work;
import org.grotto.format.Format;
import org.grotto.format.MeshReader;
import org.grotto.format.PointBatch;
import org.grotto.format.PointReader;
import org.grotto.format.PointWriter;
import org.grotto.format.Scan;
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
        boolean onlyMesh = meshOutput(to) != null && pointOutput(to) == null;
        if (onlyMesh || Inputs.isMesh(from)) {
            if (meshOutput(to) == null) {
                throw GrottoException.badRequest(from + ": is a mesh, and " + to
                        + " is no name for one; a mesh is written as " + Formats.offered(Formats.meshEndings()) + ".");
            }
            try (MeshReader reader = Inputs.meshFile(from)) {
                Mesh m = reader.read();
                writeMesh(m, to);
                return new Done(m.triangleCount(), m.triangleCount(), true, reader.notKept());
            }
        }
        try (PointReader reader = Inputs.points(from, work)) {
            List<String> lost = new ArrayList<>(reader.notKept());
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

    /** Writes a mesh in the format of the file's ending. */
    public static void writeMesh(Mesh m, Path to) {
        meshOutputOrRefuse(to).write(m, to);
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

    /** A writer for the format that {@code named} ends in, writing to {@code temporary}. */
    static PointWriter writer(Path temporary, Path named, PointReader reader, Work work) {
        Format.PointOutput output = pointOutput(named);
        if (output == null) {
            throw GrottoException.badRequest(named + ": points are written as "
                    + Formats.offered(Formats.pointEndings()) + "; choose one of these endings.");
        }
        return output.create(temporary, reader, work);
    }
}
