package org.grotto.fuzz;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The search that coverage leads: Jazzer (libFuzzer over instrumented classes) on each target in a process of its own, with
 * the corpus that earlier runs left in {@code target/fuzz/NAME}. Arguments: seconds for each target, then names of targets
 * (none: all). What it finds lies in {@code target/fuzz/NAME/found}; it ends with 1 where there is something.
 */
public final class Fuzz {
    private static final int LONGEST = 65_536;
    private static final Pattern DONE = Pattern.compile("Done (\\d+) runs in (\\d+) second");
    private static final Pattern COVERED = Pattern.compile("cov: (\\d+) ft: (\\d+) corp: (\\d+)");

    private Fuzz() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        String seconds = args.length > 0 ? args[0] : "60";
        List<String> wanted = Arrays.stream(args)
                .skip(1)
                .flatMap(a -> Arrays.stream(a.split("[ ,]+", -1)))
                .filter(a -> !a.isEmpty() && !a.equals("all"))
                .toList();
        boolean found = false;
        for (Target t : Targets.ALL) {
            if (wanted.isEmpty() || wanted.contains(t.name())) {
                found |= run(t, seconds);
            }
        }
        System.exit(found ? 1 : 0);
    }

    /** Searches; whether something was found. */
    private static boolean run(Target t, String seconds) throws IOException, InterruptedException {
        Path home = Path.of("target", "fuzz", t.name());
        Path corpus = Files.createDirectories(home.resolve("corpus"));
        Path found = Files.createDirectories(home.resolve("found"));
        int n = 0;
        for (byte[] seed : t.seeds().get()) {
            Files.write(corpus.resolve("seed-" + n++), seed);
        }
        StringBuilder words = new StringBuilder();
        for (String w : Targets.words(t)) {
            words.append('"').append(w).append("\"\n");
        }
        Path dictionary = Files.writeString(home.resolve("words.txt"), words);
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1200m",
                "-XX:ActiveProcessorCount=1",
                "-ea",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-XX:+EnableDynamicAgentLoading",
                "-Xshare:auto",
                "-Djava.awt.headless=true",
                "-Dgrotto.fuzz.target=" + t.name(),
                "-Dgrotto.root=" + System.getProperty("grotto.root", "."),
                "-cp",
                System.getProperty("java.class.path"),
                "com.code_intelligence.jazzer.Jazzer",
                "--target_class=" + FuzzOne.class.getName(),
                "--instrumentation_includes=org.grotto.**",
                "--instrumentation_excludes=org.grotto.fuzz.**",
                "--disabled_hooks=com.code_intelligence.jazzer.sanitizers.FilePathTraversal",
                "--keep_going=30",
                "--reproducer_path=" + home,
                "-artifact_prefix=" + found + "/",
                "-dict=" + dictionary,
                "-max_total_time=" + seconds,
                "-max_len=" + LONGEST,
                "-timeout=30",
                "-rss_limit_mb=0",
                "-print_final_stats=0",
                corpus.toString()));
        Process p = new ProcessBuilder(command).redirectErrorStream(true).start();
        String runs = "0";
        String took = seconds;
        String covered = "";
        List<String> findings = new ArrayList<>();
        Path log = home.resolve("log.txt");
        try (BufferedReader in = p.inputReader(StandardCharsets.UTF_8);
                var out = Files.newBufferedWriter(log)) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                Matcher done = DONE.matcher(line);
                Matcher cov = COVERED.matcher(line);
                if (done.find()) {
                    runs = done.group(1);
                    took = done.group(2);
                } else if (cov.find()) {
                    covered = cov.group(1) + " edges, corpus " + cov.group(3);
                    continue;
                }
                if (line.contains("AssertionError: ") || line.contains("ERROR: libFuzzer")) {
                    findings.add(line.strip());
                }
                out.write(line);
                out.newLine();
            }
        }
        int rc = p.waitFor();
        long files = 0;
        try (Stream<Path> all = Files.list(found);
                Attempt again = new Attempt(t)) {
            for (Path f : all.sorted().toList()) {
                String name = String.valueOf(f.getFileName());
                // a first slow one loads classes; and what watches every comparison takes time and memory of its own
                boolean feigned = name.startsWith("slow-unit") || name.startsWith("crash-") && reads(again, f);
                files += feigned ? 0 : 1;
            }
        }
        System.out.printf(
                Locale.ROOT, "%-14s %10s runs %6s s  %s  %d found (rc %d)%n", t.name(), runs, took, covered, files, rc);
        findings.stream().distinct().limit(20).forEach(f -> System.out.println("    " + f));
        return files > 0;
    }

    /** Whether a file is read or refused as it should be where nothing watches. */
    private static boolean reads(Attempt again, Path file) throws IOException {
        try {
            again.of(Files.readAllBytes(file));
            return true;
        } catch (AssertionError e) {
            return false;
        }
    }
}
