package org.grotto.pipeline;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.grotto.base.GrottoException;
import org.grotto.base.Outputs;
import org.grotto.base.Work;
import org.grotto.format.PointWriter;
import org.grotto.simulate.SimulateOptions;
import org.grotto.simulate.SimulatedScans;
import org.grotto.simulate.Simulation;
import org.grotto.simulate.TruthFile;

/** Writes a virtual scan campaign as a folder: the scans in one file, and truth.json. */
public final class Simulate {
    private Simulate() {}

    /** What was written: files with their final names. */
    public record Done(List<Path> files, long points) {}

    /**
     * @param format an ending that points are written to
     * @param folder is written whole or not at all; must not exist
     */
    public static Done run(SimulateOptions options, String format, Path folder, Work work) {
        if (!Formats.pointEndings().contains(format)) {
            throw GrottoException.badRequest(
                    "--format is one of " + String.join(", ", Formats.pointEndings()) + "; found \"" + format + "\".");
        }
        String name = options.cave() + "." + format;
        long[] points = {0};
        Outputs.folder(folder, temporary -> {
            Simulation simulation = Simulation.plan(options);
            Path file = temporary.resolve(name);
            try (SimulatedScans scans = new SimulatedScans(simulation, work);
                    PointWriter w = Convert.writer(file, file, scans, work)) {
                Convert.copy(scans, w, work);
                points[0] = w.written();
            }
            TruthFile.of(simulation).write(temporary.resolve(TruthFile.NAME));
        });
        List<Path> files = new ArrayList<>();
        files.add(folder.resolve(name));
        return new Done(files, points[0]);
    }
}
