package org.grotto.format.pdal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.grotto.base.GrottoException;
import org.grotto.base.Job;
import org.grotto.base.Json;
import org.grotto.format.pdal.worker.PdalWorker;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/**
 * Runs PDAL on one file, as a program or as a worker JVM, and never waits for ever: a truncated file can hang or abort
 * it. All talk goes through files, so no full pipe stops it.
 */
final class PdalProcess {
    private static final long BYTES_PER_SECOND = 100_000;
    private static final long LARGEST_REPORT = 16 << 20;
    private static final int LONGEST_REASON = 240;

    private final Path input;
    /** What {@link #translate} returns where PDAL does not know before reading how many points there are. */
    static final long UNKNOWN = -1;

    private static final String NO_SUMMARY = "No summary data available";

    private final PdalHome home;
    private final Path folder;

    private PdalProcess(Path input, PdalHome home, Path folder) {
        this.input = input;
        this.home = home;
        this.folder = folder;
    }

    /** Writes {@code input} to {@code las}; returns how many points the input's header announces. */
    static long translate(Path input, PdalHome home, Path folder, Path las) {
        PdalProcess p = new PdalProcess(input, home, folder);
        try {
            Path program = home.program();
            String library = home.library();
            if (program != null) {
                return p.byProgram(program, las);
            }
            if (library != null) {
                return p.byLibrary(library, las);
            }
        } catch (IOException e) {
            throw GrottoException.io(input, e);
        }
        throw missing(
                input,
                "is of no format that Grotto reads itself (E57, LAS, LAZ, COPC, PLY, PTX, XYZ, CSV, PTS),"
                        + " and PDAL, which may read it, is not installed");
    }

    private static GrottoException missing(Path input, String found) {
        return GrottoException.missing(input + ": " + found
                + ". Install it with \"conda install -c conda-forge pdal\" (any system) or \"brew install pdal\" (macOS),"
                + " or name its program in GROTTO_PDAL.");
    }

    private long byProgram(Path program, Path las) throws IOException {
        Path summary = folder.resolve("summary.json");
        long announced = UNKNOWN;
        try {
            run(List.of(program.toString(), "info", "--summary", absolute()), null, summary);
            announced = announced(summary);
        } catch (GrottoException e) {
            if (!String.valueOf(e.getMessage()).contains(NO_SUMMARY)) {
                throw e;
            } // many of its readers have none: text, PTX, SBET
        }
        Path pipeline = Files.writeString(folder.resolve("pipeline.json"), pipeline(las));
        // streaming, it knows no bounds, and takes 1 for a step that it is to find: whole metres
        run(List.of(program.toString(), "pipeline", "--nostream", "--stdin"), pipeline, folder.resolve("out"));
        return announced;
    }

    private long byLibrary(String library, Path las) throws IOException {
        Path reading = Files.writeString(folder.resolve("reading.json"), Json.text(List.of(absolute())));
        Path pipeline = Files.writeString(folder.resolve("pipeline.json"), pipeline(las));
        Path info = folder.resolve("info.json");
        run(
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        library,
                        PdalWorker.class.getName(),
                        reading.toString(),
                        pipeline.toString(),
                        info.toString()),
                null,
                folder.resolve("out"));
        return announced(info);
    }

    private String absolute() {
        return input.toAbsolutePath().toString();
    }

    /** Reader by the file's name, then uncompressed LAS 1.4 with every dimension, at the finest step that fits. */
    private String pipeline(Path las) {
        return Json.text(List.of(
                absolute(),
                Map.ofEntries(
                        Map.entry("type", "writers.las"),
                        Map.entry("filename", las.toString()),
                        Map.entry("minor_version", 4),
                        Map.entry("dataformat_id", 7),
                        Map.entry("extra_dims", "all"),
                        Map.entry("scale_x", "auto"),
                        Map.entry("scale_y", "auto"),
                        Map.entry("scale_z", "auto"),
                        Map.entry("offset_x", "auto"),
                        Map.entry("offset_y", "auto"),
                        Map.entry("offset_z", "auto"))));
    }

    private void run(List<String> command, @Nullable Path in, Path out) throws IOException {
        Path err = folder.resolve("err");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
        if (in != null) {
            builder.redirectInput(in.toFile());
        }
        Process process = builder.start();
        if (in == null) {
            process.getOutputStream().close();
        }
        long seconds = home.patience().toSeconds() + Files.size(input) / BYTES_PER_SECOND;
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        try {
            while (!process.waitFor(50, TimeUnit.MILLISECONDS)) {
                Job.current().check();
                if (System.nanoTime() > deadline) {
                    throw GrottoException.badInput(
                            input,
                            "PDAL has not finished after " + seconds + " s and was ended; a damaged file can hang it."
                                    + " Copy the file again, or allow more with GROTTO_PDAL_SECONDS.");
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw GrottoException.cancelled();
        } finally {
            if (process.isAlive()) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
        }
        int code = process.exitValue();
        if (code != 0) {
            refuse(code, reason(err));
        }
    }

    private void refuse(int code, String reason) {
        if (reason.contains("UnsatisfiedLinkError") || reason.contains("NoClassDefFoundError")) {
            throw missing(input, "pdal-java is there, but not the PDAL library that it needs (" + reason + ")");
        }
        String how = code > 128 ? "crashed (exit code " + code + ")" : "refused it (exit code " + code + ")";
        throw GrottoException.badInput(
                input, "PDAL " + how + (reason.isEmpty() ? "" : ": " + reason) + "; check the file, or copy it again.");
    }

    /** The first line that PDAL printed to its error stream, without its prefix. */
    private static String reason(Path err) throws IOException {
        byte[] head;
        try (var in = Files.newInputStream(err)) {
            head = in.readNBytes(4096);
        }
        String first = new String(head, StandardCharsets.UTF_8)
                .lines()
                .map(String::strip)
                .filter(l -> !l.isEmpty() && !l.startsWith("WARNING:"))
                .findFirst()
                .orElse("")
                .replaceFirst("^PDAL: ", "");
        return first.length() <= LONGEST_REASON ? first : first.substring(0, LONGEST_REASON) + "...";
    }

    private long announced(Path summary) throws IOException {
        if (!Files.isRegularFile(summary) || Files.size(summary) > LARGEST_REPORT) {
            throw GrottoException.badInput(input, "PDAL says nothing, or too much, about the file; check it.");
        }
        List<JsonNode> found = new ArrayList<>();
        try {
            found.addAll(new ObjectMapper().readTree(Files.readString(summary)).findValues("num_points"));
        } catch (JacksonException e) {
            throw GrottoException.badInput(input, "PDAL's summary of the file is no JSON; check its version.");
        }
        if (found.isEmpty() || !found.getFirst().canConvertToLong()) {
            throw GrottoException.badInput(input, "PDAL does not know how many points are in the file; check it.");
        }
        return found.getFirst().asLong();
    }
}
