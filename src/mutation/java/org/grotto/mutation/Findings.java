package org.grotto.mutation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.pitest.mutationtest.ClassMutationResults;
import org.pitest.mutationtest.DetectionStatus;
import org.pitest.mutationtest.ListenerArguments;
import org.pitest.mutationtest.MutationResult;
import org.pitest.mutationtest.MutationResultListener;
import org.pitest.mutationtest.MutationResultListenerFactory;
import org.pitest.mutationtest.engine.MutationDetails;

/**
 * What became of each mutant: {@code mutants.tsv}, a line as soon as one is done; at the end {@code summary.txt} and
 * {@code survivors.txt}, which lists those that no test failed for or reached.
 */
public final class Findings implements MutationResultListenerFactory {
    static final String NAME = "GROTTO";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String description() {
        return "a summary and a list of survivors";
    }

    @Override
    public MutationResultListener getListener(Properties props, ListenerArguments args) {
        return new Listener(Path.of(args.data().getReportDir()));
    }

    private static final class Listener implements MutationResultListener {
        private final Path folder;
        private final List<MutationResult> all = new ArrayList<>();
        private final long start = System.nanoTime();

        Listener(Path folder) {
            this.folder = folder;
        }

        @Override
        public void runStart() {
            write("mutants.tsv", List.of("status\ttests\tplace\twhat\tkilled by\tname"));
        }

        @Override
        public void handleMutationResult(ClassMutationResults results) {
            for (MutationResult r : results.getMutations()) {
                all.add(r);
                MutationDetails m = r.getDetails();
                append(
                        "mutants.tsv",
                        String.join(
                                "\t",
                                r.getStatus().toString(),
                                Integer.toString(r.getNumberOfTestsRun()),
                                place(m),
                                m.getDescription(),
                                r.getKillingTest().orElse("-"),
                                Sample.name(m)));
            }
        }

        @Override
        public void runEnd() {
            Map<DetectionStatus, Integer> count = new EnumMap<>(DetectionStatus.class);
            Map<String, int[]> classes = new TreeMap<>();
            List<String> survivors = new ArrayList<>();
            List<MutationResult> sorted = new ArrayList<>(all);
            sorted.sort(Comparator.comparing(r -> r.getDetails().getId()));
            int found = 0;
            for (MutationResult r : sorted) {
                MutationDetails m = r.getDetails();
                count.merge(r.getStatus(), 1, Integer::sum);
                int[] c = classes.computeIfAbsent(m.getFilename(), k -> new int[2]);
                c[1]++;
                if (r.getStatus().isDetected()) {
                    found++;
                    c[0]++;
                } else {
                    survivors.add(place(m) + "  " + m.getMethod() + "  " + m.getDescription()
                            + (r.getStatus() == DetectionStatus.NO_COVERAGE
                                    ? "  (no test comes here)"
                                    : "  (" + r.getNumberOfTestsRun() + " tests)"));
                }
            }
            List<String> summary = new ArrayList<>();
            summary.add(String.format(
                    Locale.ROOT,
                    "%d of %d mutants, %d found: %.1f %%; %d s with coverage and all",
                    sorted.size(),
                    Sample.from,
                    found,
                    100.0 * found / Math.max(1, sorted.size()),
                    (System.nanoTime() - start) / 1_000_000_000));
            if (Sample.known > 0) {
                int size = sorted.size() + Sample.known;
                summary.add(String.format(
                        Locale.ROOT,
                        "with %d that an earlier run found: %d of %d, %.1f %%",
                        Sample.known,
                        found + Sample.known,
                        size,
                        100.0 * (found + Sample.known) / size));
            }
            count.forEach((status, n) ->
                    summary.add("  " + status.name().toLowerCase(Locale.ROOT).replace('_', ' ') + ": " + n));
            summary.add("found, of so many, by file:");
            classes.forEach((file, c) -> summary.add("  " + file + " " + c[0] + " of " + c[1]));
            write("summary.txt", summary);
            write("survivors.txt", survivors);
        }

        private static String place(MutationDetails m) {
            return m.getFilename() + ":" + m.getLineNumber();
        }

        private void write(String file, List<String> lines) {
            try {
                Files.createDirectories(folder);
                Files.write(folder.resolve(file), lines);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private void append(String file, String line) {
            try {
                Files.write(folder.resolve(file), List.of(line), StandardOpenOption.APPEND);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
