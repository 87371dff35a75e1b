package org.grotto.pipeline;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.grotto.base.Faults;
import org.grotto.base.GrottoException;
import org.grotto.base.Progress;
import org.grotto.base.Work;

/**
 * How a package came to be: inputs with their SHA-256, options, versions, machine, times, faults counted, what was
 * dropped. The only part of a package that holds a clock; written to {@code run/run.json}.
 */
public final class RunRecord {
    /** An input file. */
    public record Input(String file, long bytes, String sha256) {}

    /** A stage and how long it took, seconds. */
    public record StageTime(String stage, double seconds) {}

    /** The document as it is written. */
    public record Document(
            String grotto,
            String java,
            String system,
            int processors,
            int threads,
            String started,
            String finished,
            List<Input> inputs,
            Map<String, Object> options,
            double latticeStepMetres,
            List<StageTime> stages,
            Map<String, Faults.Entry> faults,
            List<String> dropped,
            List<String> warnings) {}

    private final Instant started = Instant.now();
    private final List<StageTime> stages = new ArrayList<>();
    private final List<Input> inputs;

    public RunRecord(List<Input> inputs) {
        this.inputs = inputs;
    }

    /** A stage of a build: a piece of work that gives something. */
    interface Stage<T> {
        T run();
    }

    /** Runs a stage and notes its time. */
    <T> T time(String name, Stage<T> stage) {
        long t = System.nanoTime();
        T r = stage.run();
        stages.add(new StageTime(name, Math.round((System.nanoTime() - t) / 1e6) / 1e3));
        return r;
    }

    /** What ran so far, and how long it took. */
    public List<StageTime> stages() {
        return List.copyOf(stages);
    }

    List<Input> inputs() {
        return inputs;
    }

    Document document(
            String version,
            Map<String, Object> options,
            List<String> dropped,
            double latticeStep,
            Work work,
            List<String> warnings) {
        return new Document(
                version,
                System.getProperty("java.vm.name") + " " + Runtime.version(),
                System.getProperty("os.name") + " " + System.getProperty("os.arch"),
                Runtime.getRuntime().availableProcessors(),
                work.threads(),
                started.toString(),
                Instant.now().toString(),
                inputs,
                new LinkedHashMap<>(options),
                latticeStep,
                stages(),
                work.faults().all(),
                dropped,
                warnings);
    }

    /** Reads every input once for its hash. */
    static List<Input> hash(List<Path> files, Work work) {
        long total = 0;
        try {
            for (Path f : files) {
                total += Files.size(f);
            }
        } catch (IOException e) {
            throw GrottoException.io(files.getFirst(), e);
        }
        try (Progress.Step step = work.progress().begin("hashing inputs", total, "bytes")) {
            return work.map(files.size(), i -> hash(files.get(i), step));
        }
    }

    /** The SHA-256 of a text's UTF-8, in small hexadecimal digits. */
    static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256")
                            .digest(text.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Input hash(Path file, Progress.Step step) {
        try (InputStream in = Files.newInputStream(file)) {
            MessageDigest d = MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[1 << 20];
            long bytes = 0;
            for (int n = in.read(buffer); n > 0; n = in.read(buffer)) {
                d.update(buffer, 0, n);
                bytes += n;
                step.advance(n);
            }
            return new Input(
                    String.valueOf(file.getFileName()), bytes, HexFormat.of().formatHex(d.digest()));
        } catch (IOException e) {
            throw GrottoException.io(file, e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
