package org.grotto.mutation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.pitest.mutationtest.commandline.MutationCoverageReport;

/**
 * Runs PIT on a sample of one room's mutants, {@code ./mvnw -Pmutation -Droom=clean}. Arguments: room, seed, size of the
 * sample, threads, tests ("-" for those of the room), classes whose mutants are tried (the same), seconds of tests a mutant,
 * whether those of the sample that the last run found are not tried again, the arguments of the Java processes that run
 * tests.
 *
 * <p>Mutants are PIT's defaults (mathematics, conditions and their borders, increments, signs, what is returned, calls of
 * void methods left out) and inline constants. Left out: {@code toString}, {@code hashCode}, {@code equals}, static
 * initialisers.
 */
public final class Mutation {
    private static final Set<String> DETECTED = Set.of("KILLED", "TIMED_OUT", "MEMORY_ERROR");

    private Mutation() {}

    public static void main(String[] args) throws IOException {
        Room room = Room.of(args[0]);
        Quickest.seconds = Double.parseDouble(args[6]);
        Path out = Path.of("target", "mutation", room.name);
        if (Boolean.parseBoolean(args[7])) {
            Sample.found = found(out.resolve("mutants.tsv"));
            out = out.resolve("again");
        }
        List<String> pit = new ArrayList<>();
        option(pit, "reportDir", out.toString());
        option(pit, "sourceDirs", "src/main/java");
        option(
                pit,
                "mutableCodePaths",
                Path.of("target", "classes").toAbsolutePath().toString());
        option(pit, "targetClasses", args[5].equals("-") ? room.classes() : args[5]);
        option(pit, "targetTests", args[4].equals("-") ? room.tests() : args[4]);
        option(pit, "excludedTestClasses", args[4].equals("-") ? room.without() : Room.ROOT + "None");
        option(pit, "excludedMethods", "toString,hashCode,equals");
        option(pit, "excludedGroups", "slow");
        option(pit, "mutators", "DEFAULTS,INLINE_CONSTS");
        option(pit, "features", "+" + Sample.FEATURE + "(seed[" + args[1] + "] size[" + args[2] + "])");
        option(pit, "outputFormats", Findings.NAME + ",XML");
        option(pit, "threads", args[3]);
        option(pit, "timestampedReports", "false");
        option(pit, "verbosity", "QUIET");
        option(pit, "argLine", args[8]);
        MutationCoverageReport.main(pit.toArray(String[]::new));
        Files.readAllLines(out.resolve("summary.txt")).forEach(System.out::println);
        System.out.println("Not found:");
        Files.readAllLines(out.resolve("survivors.txt")).forEach(l -> System.out.println("  " + l));
    }

    private static void option(List<String> to, String name, String value) {
        to.add("--" + name);
        to.add(value);
    }

    private static Set<String> found(Path file) throws IOException {
        Set<String> names = new HashSet<>();
        for (String line : Files.readAllLines(file)) {
            String[] f = line.split("\t");
            if (DETECTED.contains(f[0])) {
                names.add(f[5]);
            }
        }
        return names;
    }
}
