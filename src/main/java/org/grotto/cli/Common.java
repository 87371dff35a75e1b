package org.grotto.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.grotto.base.Faults;
import org.grotto.base.GrottoException;
import org.grotto.base.Json;
import org.grotto.base.Progress;
import org.grotto.base.Work;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Options that every command has, and how it speaks. */
final class Common {
    private static final int LINES = 12;

    @Spec(Spec.Target.MIXEE)
    @Nullable
    CommandSpec spec;

    @Option(names = "--json", description = "print the result as JSON on standard output")
    boolean json;

    @Option(names = "--quiet", description = "print only errors and notes (and the JSON, if asked for)")
    boolean quiet;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "how many threads work (default: one a core); the result does not depend on it")
    int threads = Runtime.getRuntime().availableProcessors();

    @Option(
            names = "--memory",
            paramLabel = "SIZE",
            description =
                    "memory to plan with, as 8g or 900m (default: 70 %% of the machine's); the launcher gives it to"
                            + " Java")
    @Nullable
    String memory;

    Work work() {
        return new Work(threads, memoryBytes(), quiet ? Progress.NONE : new ConsoleProgress(err()));
    }

    private long memoryBytes() {
        String m = memory;
        if (m == null) {
            return Runtime.getRuntime().maxMemory();
        }
        String s = m.toLowerCase(Locale.ROOT);
        if (!s.matches("[0-9]+[gmk]?")) {
            throw GrottoException.badRequest("--memory is a number with g or m behind it, as 8g; found \"" + m + "\".");
        }
        long unit = s.endsWith("g") ? 1L << 30 : s.endsWith("m") ? 1L << 20 : s.endsWith("k") ? 1L << 10 : 1;
        return Math.min(Runtime.getRuntime().maxMemory(), Long.parseLong(s.replaceAll("[gmk]", "")) * unit);
    }

    private CommandSpec command() {
        return java.util.Objects.requireNonNull(spec);
    }

    PrintWriter out() {
        return command().commandLine().getOut();
    }

    PrintWriter err() {
        return command().commandLine().getErr();
    }

    /** A line for people; nothing with --json or --quiet. */
    void say(String line) {
        if (!json && !quiet) {
            out().println(line);
            out().flush();
        }
    }

    /** A line that must be seen, on standard error. */
    void warn(String line) {
        err().println("grotto: note: " + line);
        err().flush();
    }

    /** What of the files is not in the result, and which faults in them were counted: a few lines, then how many more. */
    void notKept(List<String> dropped, Map<String, Faults.Entry> faults) {
        List<String> lines = new ArrayList<>();
        faults.forEach(
                (name, f) -> lines.add(String.format(Locale.ROOT, "%s: %,d (%s)", name, f.count(), f.example())));
        dropped.forEach(d -> lines.add("not kept, or changed: " + d));
        lines.stream().limit(LINES).forEach(this::warn);
        if (lines.size() > LINES) {
            warn("and " + (lines.size() - LINES) + " more of this kind; run/run.json of a package lists all.");
        }
    }

    /** The command's result: JSON where asked for. */
    void result(Object value) {
        if (json) {
            out().print(Json.text(value));
            out().flush();
        }
    }
}
