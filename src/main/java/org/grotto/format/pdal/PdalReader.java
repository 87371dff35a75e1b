package org.grotto.format.pdal;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.grotto.base.GrottoException;
import org.grotto.base.Outputs;
import org.grotto.format.PointReader;
import org.grotto.format.Scan;
import org.grotto.geometry.Box;
import org.jspecify.annotations.Nullable;

/**
 * Reads any format that PDAL reads: PDAL, in a child process, translates the file to uncompressed LAS in a temporary
 * folder, and the caller's LAS reader reads that. Costs the file's points once more on the disk, and PDAL's own memory
 * (about 120 bytes a point). Positions are rounded to 2^-31 of the extent; PDAL merges the scans of a file into one.
 *
 * <p>PDAL is called as a program where there is one, else through pdal-java. The project's tests use a stand-in for the
 * program; the real one is exercised where it is installed.
 */
public final class PdalReader implements PointReader {
    /** The widest step of places, of their extent; asked for is 2^-31. */
    private static final double COARSEST = 1e-6;

    private final Path path;
    private final PointReader las;
    private final Path folder;
    private final Map<String, String> metadata;

    private PdalReader(Path path, PointReader las, Path folder) {
        this.path = path;
        this.las = las;
        this.folder = folder;
        this.metadata = new TreeMap<>(las.metadata());
        metadata.put("read by", "PDAL");
    }

    /**
     * Translates {@code path} and opens the result.
     *
     * @param las opens a LAS file
     * @throws GrottoException MISSING where there is no PDAL; BAD_INPUT where it refuses, crashes, hangs, or delivers
     *     another number of points than the file announces
     */
    public static PointReader open(Path path, PdalHome home, Function<Path, PointReader> las) {
        Path folder = Outputs.scratch("grotto-pdal");
        try {
            Path file = folder.resolve("points.las");
            long announced = PdalProcess.translate(path, home, folder, file);
            if (!Files.isRegularFile(file)) {
                throw GrottoException.badInput(path, "PDAL ended without writing a point; check the file.");
            }
            PointReader reader = las.apply(file);
            long found = reader.scans().stream().mapToLong(Scan::count).sum();
            if (announced != PdalProcess.UNKNOWN && announced != found) {
                reader.close();
                throw GrottoException.badInput(
                        path,
                        "announces " + announced + " points, but PDAL delivered " + found
                                + "; the file is truncated or damaged, copy it again.");
            }
            String coarse = coarse(reader);
            if (coarse != null) {
                reader.close();
                throw GrottoException.unsupported(path, coarse);
            }
            return new PdalReader(path, reader, folder);
        } catch (RuntimeException e) {
            Outputs.discard(folder);
            throw e;
        }
    }

    /** A PDAL that did not find the finest step itself rounds what no one would look for: says so, null where it did not. */
    private static @Nullable String coarse(PointReader reader) {
        for (Scan s : reader.scans()) {
            double[] step = s.xyzScale();
            Box box = s.bounds();
            double extent = box == null ? 0 : box.diagonal();
            for (int a = 0; step != null && extent > 0 && a < 3; a++) {
                if (step[a] > COARSEST * extent) {
                    return "this PDAL rounds places to steps of " + step[a] + " in an extent of " + extent
                            + "; update PDAL.";
                }
            }
        }
        return null;
    }

    @Override
    public Path path() {
        return path;
    }

    @Override
    public String format() {
        return "read by PDAL";
    }

    @Override
    public List<Scan> scans() {
        return las.scans();
    }

    @Override
    public Map<String, String> metadata() {
        return metadata;
    }

    @Override
    public List<String> notKept() {
        return las.notKept();
    }

    @Override
    public List<String> understood() {
        return las.understood();
    }

    @Override
    public PointCursor points(int index) {
        return las.points(index);
    }

    @Override
    public void close() {
        las.close();
        Outputs.discard(folder);
    }
}
