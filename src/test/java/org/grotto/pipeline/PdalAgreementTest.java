package org.grotto.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.grotto.Need;
import org.grotto.base.GrottoException;
import org.grotto.base.Work;
import org.grotto.format.Column;
import org.grotto.format.Format;
import org.grotto.format.PointBatch;
import org.grotto.format.PointReader;
import org.grotto.format.Reading;
import org.grotto.geometry.Pose;
import org.junit.jupiter.api.Test;

/**
 * Our readers and PDAL's on the same files: as many points, at the same places in the same order, with the same colours and
 * intensities. Runs by hand only, where GROTTO_PDAL names the program; GROTTO_PDAL_FILES names a folder of other files.
 */
class PdalAgreementTest {
    private static final List<String> ENDINGS = List.of(".las", ".laz", ".e57", ".ply", ".pcd", ".pts", ".ptx");
    private static final long LARGEST = 30_000_000;

    /** Why one of both reads a file otherwise, and which is right. */
    private static final Map<String, String> KNOWN = Map.of(
            "cartesian_invalid_state_single.e57", "PDAL hands on points that are marked as invalid",
            "tiny_spherical.e57", "the same",
            "bunny_8.pts", "it holds a point more than it counts, which we tell and keep",
            "pdrf7-v4-1.4.laz", "PDAL's colours are not those of the LAS file beside it, ours are (LazPairsTest)");

    /** Of a file: places in the common frame, and by name what else both may have. */
    private record Read(List<double[]> places, Map<String, List<Double>> columns) {}

    private static Read read(PointReader r) {
        List<double[]> places = new ArrayList<>();
        Map<String, List<Double>> columns = new TreeMap<>();
        for (int s = 0; s < r.scans().size(); s++) {
            Pose pose = r.scans().get(s).pose();
            double[] m = (pose == null ? Pose.IDENTITY : pose).matrix();
            PointBatch b = new PointBatch(r.scans().get(s).columns(), 1 << 13);
            int invalid = b.indexOf(Column.INVALID);
            try (PointReader.PointCursor c = r.points(s)) {
                while (c.next(b)) {
                    for (int i = 0; i < b.size; i++) {
                        if (invalid >= 0 && b.columns[invalid][i] != 0) {
                            continue;
                        }
                        double[] p = new double[3];
                        for (int a = 0; a < 3; a++) {
                            p[a] = m[3 * a] * b.x[i] + m[3 * a + 1] * b.y[i] + m[3 * a + 2] * b.z[i];
                        }
                        if (pose != null) {
                            p[0] += pose.tx();
                            p[1] += pose.ty();
                            p[2] += pose.tz();
                        }
                        places.add(p);
                        for (int k = 0; k < b.columns.length; k++) {
                            columns.computeIfAbsent(b.schema.get(k).name(), n -> new ArrayList<>())
                                    .add(b.columns[k][i]);
                        }
                    }
                }
            }
        }
        return new Read(places, columns);
    }

    @Test
    void bothReadTheSame() throws IOException {
        assumeTrue(System.getenv("GROTTO_PDAL") != null, "GROTTO_PDAL is not set");
        String folder = System.getenv("GROTTO_PDAL_FILES");
        List<Path> files;
        try (Stream<Path> s = Files.walk(folder == null ? Need.data(".") : Path.of(folder))) {
            files = s.filter(Files::isRegularFile)
                    .filter(f -> ENDINGS.stream()
                            .anyMatch(e -> f.toString().toLowerCase(Locale.ROOT).endsWith(e)))
                    .sorted()
                    .toList();
        }
        List<String> differ = new ArrayList<>();
        int same = 0;
        int one = 0;
        try (Work work = Work.silent()) {
            for (Path f : files) {
                if (Files.size(f) > LARGEST) {
                    continue;
                }
                Read ours = null;
                Read theirs = null;
                String no = "";
                try (PointReader r = Inputs.points(f, Reading.of(work))) {
                    ours = read(r);
                } catch (GrottoException e) {
                    no += " ours: " + e.getMessage();
                }
                Format input = Formats.REST;
                try (PointReader r =
                        java.util.Objects.requireNonNull(input.points()).open(f, Reading.of(work))) {
                    theirs = read(r);
                } catch (GrottoException e) {
                    no += " PDAL: " + e.getMessage();
                }
                if (ours == null || theirs == null) {
                    one++;
                    System.out.println("one  " + f + no);
                    continue;
                }
                if (f.toString().endsWith(".copc.laz")) { // its nodes come in another order
                    sort(ours);
                    sort(theirs);
                }
                String difference = difference(ours, theirs);
                System.out.println((difference.isEmpty() ? "same " : "DIFF ") + f + " " + difference);
                if (difference.isEmpty()) {
                    same++;
                } else if (!KNOWN.containsKey(String.valueOf(f.getFileName()))) {
                    differ.add(f + ": " + difference);
                }
            }
        }
        System.out.println(same + " the same, " + one + " read by one or none");
        assertThat(differ).isEmpty();
        assertThat(same).isPositive();
    }

    /** Each axis and each column by itself. */
    private static void sort(Read r) {
        for (int a = 0; a < 3; a++) {
            int axis = a;
            double[] v = r.places.stream().mapToDouble(p -> p[axis]).sorted().toArray();
            for (int i = 0; i < v.length; i++) {
                r.places.get(i)[a] = v[i];
            }
        }
        r.columns.values().forEach(c -> c.sort(null));
    }

    private static String difference(Read a, Read b) {
        if (a.places.size() != b.places.size()) {
            return a.places.size() + " and " + b.places.size() + " points";
        }
        double[] low = {1e300, 1e300, 1e300};
        double[] high = {-1e300, -1e300, -1e300};
        for (double[] p : b.places) {
            for (int k = 0; k < 3; k++) {
                low[k] = Math.min(low[k], p[k]);
                high[k] = Math.max(high[k], p[k]);
            }
        }
        double worst = 0;
        for (int i = 0; i < a.places.size(); i++) {
            for (int k = 0; k < 3; k++) {
                // PDAL hands on whole steps of 2^-31 of the extent; E57's single floats and poses are rounded, too
                double step =
                        Math.max((high[k] - low[k]) * 1e-9, Math.abs(a.places.get(i)[k]) * 1e-7 + 1e-9);
                worst = Math.max(worst, Math.abs(a.places.get(i)[k] - b.places.get(i)[k]) / step);
            }
        }
        StringBuilder s = new StringBuilder();
        if (!(worst <= 1)) {
            s.append(String.format(Locale.ROOT, "places %.1f steps off; ", worst));
        }
        for (String name : List.of(
                Column.RED,
                Column.GREEN,
                Column.BLUE,
                Column.INTENSITY,
                Column.CLASSIFICATION,
                Column.TIME,
                Column.RETURN)) {
            List<Double> x = a.columns.get(name);
            List<Double> y = b.columns.get(name);
            if (x == null || y == null) {
                continue;
            }
            double most = 0;
            double ratio = 0;
            for (int i = 0; i < x.size(); i++) {
                most = Math.max(most, Math.abs(x.get(i)));
            }
            boolean proportional = true;
            boolean scanner = x.stream().anyMatch(v -> v < 0) && y.stream().noneMatch(v -> v < 0);
            for (int i = 0; i < x.size(); i++) {
                if (Math.abs(x.get(i)) >= 0.5 * most && most > 0) {
                    // of -2048 to 2047 PDAL makes 0 to 4095
                    double r = name.equals(Column.INTENSITY) && scanner
                            ? (y.get(i) - 2048) / x.get(i)
                            : y.get(i) / x.get(i);
                    ratio = ratio == 0 ? r : ratio;
                    proportional &= Math.abs(r - ratio) <= 0.02 * Math.abs(ratio);
                }
            }
            if (!proportional) {
                s.append(name).append(" differs; ");
            }
        }
        return s.toString();
    }
}
