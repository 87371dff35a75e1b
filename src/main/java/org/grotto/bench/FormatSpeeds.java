package org.grotto.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.grotto.base.Outputs;
import org.grotto.base.Work;
import org.grotto.format.PointBatch;
import org.grotto.format.PointReader;
import org.grotto.geometry.Mesh;
import org.grotto.pipeline.Convert;
import org.grotto.pipeline.Formats;
import org.grotto.pipeline.InputOptions;
import org.grotto.pipeline.Inputs;

/**
 * What each reader and writer takes of the processor, all threads, reading and writing the same points or triangles; each
 * runs twice and the second counts, so that the compiler has seen the code. Where GROTTO_PDAL and GROTTO_ASSIMP name the
 * programs pdal and assimp, these read the same files beside it. A file that both have just read lies in the system's cache.
 */
final class FormatSpeeds {
    /** Takes a figure: what it is of, its value and its unit. */
    interface Sink {
        void figure(String name, double value, String unit);
    }

    /** The ending of what PDAL has a writer for, and the writer. */
    private static final Map<String, String> PDAL_WRITERS = Map.of(
            "las", "writers.las",
            "laz", "writers.las",
            "e57", "writers.e57",
            "ply", "writers.ply",
            "csv", "writers.text");

    /** What PDAL understands as it stands; text has to be told its columns. */
    private static final List<String> PDAL_READS = List.of("las", "laz", "e57", "ply");

    private final Path scratch;
    private final Work work;
    private final Sink sink;

    FormatSpeeds(Path scratch, Work work, Sink sink) {
        this.scratch = scratch;
        this.work = work;
        this.sink = sink;
    }

    /** All endings that points are written to, from a LAS file that holds {@code las}'s points. */
    void points(Path las) throws IOException {
        long n = drain(las);
        double source = cpu(() -> drain(las));
        String pdal = System.getenv("GROTTO_PDAL");
        double theirSource = pdal == null
                ? 0
                : theirs(List.of(pdal, "translate", las.toString(), nowhere(), "--writer", "writers.null"));
        for (String ending : Formats.pointEndings()) {
            Path file = scratch.resolve("points." + ending);
            Convert.run(las, file, work);
            double wrote = cpu(() -> Convert.run(las, file, work)) - source;
            drain(file);
            double read = cpu(() -> drain(file));
            rate(ending + ": written", n, wrote, "points");
            rate(ending + ": read", n, read, "points");
            if (pdal != null && PDAL_READS.contains(ending)) {
                rate(
                        ending + ": read by PDAL",
                        n,
                        theirs(List.of(pdal, "translate", file.toString(), nowhere(), "--writer", "writers.null")),
                        "points");
            }
            if (pdal != null && PDAL_WRITERS.containsKey(ending)) {
                Path copy = scratch.resolve("theirs." + ending);
                rate(
                        ending + ": written by PDAL",
                        n,
                        theirs(List.of(
                                        pdal,
                                        "translate",
                                        las.toString(),
                                        copy.toString(),
                                        "--writer",
                                        PDAL_WRITERS.getOrDefault(ending, "")))
                                - theirSource,
                        "points");
                Files.deleteIfExists(copy);
            }
            Outputs.deleteTree(file);
        }
    }

    /** All endings that a mesh is written to. */
    void meshes(Mesh mesh) throws IOException {
        long n = mesh.triangleCount();
        String assimp = System.getenv("GROTTO_ASSIMP");
        for (String ending : Formats.meshEndings()) {
            Path file = scratch.resolve("mesh." + ending);
            Convert.writeMesh(mesh, file);
            double wrote = cpu(() -> Convert.writeMesh(mesh, file));
            Inputs.readMesh(file, InputOptions.DEFAULTS, work);
            double read = cpu(() -> Inputs.readMesh(file, InputOptions.DEFAULTS, work));
            rate(ending + ": written", n, wrote, "triangles");
            rate(ending + ": read", n, read, "triangles");
            if (assimp != null) {
                rate(ending + ": read by assimp", n, theirs(List.of(assimp, "info", file.toString())), "triangles");
            }
            Outputs.deleteTree(file);
        }
    }

    private String nowhere() {
        return scratch.resolve("none").toString();
    }

    private void rate(String name, long n, double seconds, String of) {
        if (!Double.isNaN(seconds)) {
            sink.figure(name, n / Math.max(1e-3, seconds) * 1e-6, "M " + of + "/CPU s");
        }
    }

    /** CPU seconds of another program; NaN where it does not read the file. */
    private static double theirs(List<String> command) {
        Peer.Ran ran = Peer.run(command, ProcessBuilder.Redirect.DISCARD);
        return ran.code() == 0 ? ran.took().cpu() : Double.NaN;
    }

    private static double cpu(Runnable craft) {
        double before = Resident.cpu(ProcessHandle.current());
        craft.run();
        return Resident.cpu(ProcessHandle.current()) - before;
    }

    /** Reads all points of a file and forgets them; returns how many there were. */
    private long drain(Path file) {
        long n = 0;
        try (PointReader reader = Inputs.points(file, work)) {
            for (int i = 0; i < reader.scans().size(); i++) {
                PointBatch batch = new PointBatch(reader.scans().get(i).columns(), 1 << 15);
                try (PointReader.PointCursor cursor = reader.points(i)) {
                    while (cursor.next(batch)) {
                        n += batch.size;
                    }
                }
            }
        }
        return n;
    }
}
