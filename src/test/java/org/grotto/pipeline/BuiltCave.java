package org.grotto.pipeline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.grotto.base.Outputs;
import org.grotto.base.Progress;
import org.grotto.base.Work;
import org.grotto.simulate.SimulateOptions;

/** A package as Build writes it, of a small virtual cave scanned thinly; built once for all tests of a run. */
public final class BuiltCave {
    private static final Path FOLDER = build();

    private BuiltCave() {}

    /** Not to be changed. */
    public static Path folder() {
        return FOLDER;
    }

    /** A copy, to be changed. */
    public static Path copy(Path to) {
        try (Stream<Path> all = Files.walk(FOLDER)) {
            for (Path p : (Iterable<Path>) all::iterator) {
                Path q = to.resolve(FOLDER.relativize(p).toString());
                if (Files.isDirectory(p)) {
                    Files.createDirectories(q);
                } else {
                    Files.copy(p, q);
                }
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return to;
    }

    private static Path build() {
        SimulateOptions o = new SimulateOptions("small", 3, 0, 0.06, 1, 0.001, 0, 0, false, 0.001, false);
        Path scratch = Outputs.scratch("built-cave"); // goes with the process
        Path cave = scratch.resolve("cave");
        try (Work work = new Work(2, 1L << 30, Progress.NONE)) {
            List<Path> scans =
                    Simulate.run(o, "e57", scratch.resolve("scans"), work).files();
            Build.run(scans, Recipe.DEFAULTS, cave, "test", p -> {}, work);
        }
        Contract.assertKept(cave);
        return cave;
    }
}
