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
import org.jspecify.annotations.Nullable;

/**
 * How a package came to be: inputs with their SHA-256, options, versions, machine, times, faults counted, what was
 * dropped. The only part of a package that holds a clock; written to {@code run/run.json}.
 */
public final class RunRecord {
    /** An input file; of a cloud in a folder all its files, one behind the other. */
    public record Input(String file, long bytes, String sha256) {}

    /**
     * A stage that has run.
     *
     * @param version of the stage, 0 where it is none of a plan
     * @param seconds how long it took
     * @param key what its results are named by; null where it is none of a plan
     */
    public record StageTime(
            String stage,
            int version,
            double seconds,
            @Nullable String key) {}

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
            List<Recipe.Person> people,
            List<String> instruments,
            Map<String, String> dates,
            double latticeStepMetres,
            List<StageTime> stages,
            Map<String, Faults.Entry> faults,
            List<String> dropped,
            List<String> warnings) {}

    private final Instant started = Instant.now();
    private final List<StageTime> stages = new ArrayList<>();
    private final List<Input> inputs;
    private final @Nullable Input project;

    public RunRecord(List<Input> inputs) {
        this(inputs, null);
    }

    /**
     * @param inputs the scans and meshes
     * @param project the project file, or null where the command line said all
     */
    RunRecord(List<Input> inputs, @Nullable Input project) {
        this.inputs = inputs;
        this.project = project;
    }

    /** Runs a stage and notes its time and key. */
    void time(String name, int version, @Nullable String key, Runnable stage) {
        long t = System.nanoTime();
        stage.run();
        stages.add(new StageTime(name, version, Math.round((System.nanoTime() - t) / 1e6) / 1e3, key));
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
            Recipe recipe,
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
                everything(),
                new LinkedHashMap<>(options),
                recipe.people(),
                recipe.instruments(),
                recipe.dates(),
                latticeStep,
                stages(),
                work.faults().all(),
                dropped,
                warnings);
    }

    private List<Input> everything() {
        List<Input> all = new ArrayList<>(inputs);
        if (project != null) {
            all.add(project);
        }
        return all;
    }

    /** Reads every input once for its hash, with all files that belong to it. */
    static List<Input> hashInputs(List<Path> inputs, Work work) {
        return hashAll(inputs.stream().map(Inputs::files).toList(), work);
    }

    /** Reads every file once for its hash. */
    static List<Input> hash(List<Path> files, Work work) {
        return hashAll(files.stream().map(List::of).toList(), work);
    }

    private static List<Input> hashAll(List<List<Path>> inputs, Work work) {
        long total = 0;
        for (List<Path> files : inputs) {
            for (Path f : files) {
                try {
                    total += Files.size(f);
                } catch (IOException e) {
                    throw GrottoException.io(f, e);
                }
            }
        }
        try (Progress.Step step = work.progress().begin("hashing inputs", total, "bytes")) {
            return work.map(inputs.size(), i -> hash(inputs.get(i), step));
        }
    }

    private static Input hash(List<Path> files, Progress.Step step) {
        Path file = files.getFirst();
        try {
            MessageDigest d = MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[1 << 20];
            long bytes = 0;
            for (Path f : files) {
                file = f;
                try (InputStream in = Files.newInputStream(f)) {
                    for (int n = in.read(buffer); n > 0; n = in.read(buffer)) {
                        d.update(buffer, 0, n);
                        bytes += n;
                        step.advance(n);
                    }
                }
            }
            Path folder = files.getFirst().toAbsolutePath().normalize().getParent();
            String within = files.size() > 1 && folder != null && folder.getFileName() != null
                    ? folder.getFileName() + "/"
                    : "";
            return new Input(
                    within + files.getFirst().getFileName(),
                    bytes,
                    HexFormat.of().formatHex(d.digest()));
        } catch (IOException e) {
            throw GrottoException.io(file, e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
