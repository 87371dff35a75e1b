package org.grotto.format.pcd;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.grotto.Need;
import org.grotto.base.Work;
import org.grotto.pipeline.Convert;
import org.grotto.pipeline.InputOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Grids of points whose axes are those of a depth camera's picture are told from a scanner's, a map's, and any other. */
class PcdCameraTest {
    private static final int W = 80;
    private static final int H = 60;

    @TempDir
    Path dir;

    /** A place for a row and a column; null where nothing was measured. */
    private interface Place {
        double[] at(int row, int column);
    }

    private Path file(String head, String viewpoint, Place p) throws IOException {
        StringBuilder s = new StringBuilder(head + "VERSION 0.7\nFIELDS x y z\nSIZE 4 4 4\nTYPE F F F\nCOUNT 1 1 1\n"
                + "WIDTH " + W + "\nHEIGHT " + H + "\nVIEWPOINT " + viewpoint + "\nPOINTS " + W * H
                + "\nDATA ascii\n");
        for (int r = 0; r < H; r++) {
            for (int c = 0; c < W; c++) {
                double[] q = p.at(r, c);
                s.append(
                        q == null ? "nan nan nan\n" : String.format(Locale.ROOT, "%.5f %.5f %.5f\n", q[0], q[1], q[2]));
            }
        }
        return Files.writeString(dir.resolve("a.pcd"), s);
    }

    private static final String HERE = "0 0 0 1 0 0 0";

    /** A room with a sloping floor and a ball, through a pinhole, whose depth has steps as a Kinect's; with holes. */
    private static double[] seen(int r, int c) {
        double u = (c - 38.2) / 66.0;
        double v = (r - 29.1) / 66.0;
        double z = 3 + 0.4 * u;
        z = v > 0.1 ? Math.min(z, 0.9 / v) : z;
        z = Math.hypot(u - 0.1, v - 0.05) < 0.15 ? 1.2 : z;
        z = Math.rint(z * 200) / 200;
        return r % 11 == 3 && c % 7 == 2 ? null : new double[] {u * z, v * z, z};
    }

    private static String up(Path file) {
        return PcdReader.open(file).stated().up();
    }

    @Test
    void aDepthCamerasPictureHasItsUpInItsRows() throws IOException {
        Path f = file("", HERE, PcdCameraTest::seen);
        assertThat(up(f)).isEqualTo("-y");
        List<String> told = new ArrayList<>();
        try (Work work = Work.silent()) {
            Convert.run(f, dir.resolve("a.csv"), InputOptions.DEFAULTS, t -> told.add(t.en()), work);
        }
        assertThat(told)
                .contains("a.pcd: taken with -y up, as its grid, a camera's picture whose rows run down, says;"
                        + " --up z undoes it.");
        // the first row is the picture's uppermost: now the highest
        String[] first = Files.readAllLines(dir.resolve("a.csv")).get(1).split(",");
        double[] was = seen(0, 0);
        assertThat(Double.parseDouble(first[2])).isCloseTo(-was[1], org.assertj.core.api.Assertions.within(1e-5));
        // as OpenGL has it: y up, looking along -z
        Path gl = file("", HERE, (r, c) -> {
            double[] q = seen(r, c);
            return q == null ? null : new double[] {q[0], -q[1], -q[2]};
        });
        assertThat(up(gl)).isEqualTo("y");
    }

    @Test
    void whatAFileSaysCountsMore() throws IOException {
        assertThat(up(file("# Z up\n", HERE, PcdCameraTest::seen))).isEqualTo("z");
        assertThat(up(file("", "1 2 3 0.5 0.5 -0.5 0.5", PcdCameraTest::seen)))
                .as("a pose says where the scanner's axes stand")
                .isNull();
    }

    @Test
    void otherGridsSayNothing() throws IOException {
        // a scanner with Z up in a room of 6 x 4 x 3 m, its rows over elevations from above, its columns over azimuths
        Place scanner = (r, c) -> {
            double e = Math.toRadians(60 - 2.0 * r);
            double a = Math.toRadians(-40 + c);
            double[] d = {Math.cos(e) * Math.cos(a), -Math.cos(e) * Math.sin(a), Math.sin(e)};
            double t = Math.min(3 / Math.abs(d[0]), Math.min(2 / Math.abs(d[1]), 1.5 / Math.abs(d[2])));
            return new double[] {t * d[0], t * d[1], t * d[2]};
        };
        assertThat(up(file("", HERE, scanner))).isNull();
        // the same within a narrow window, where angles are nearly their tangents
        Place narrow = (r, c) -> {
            double e = Math.toRadians(6 - 0.2 * r);
            double a = Math.toRadians(4 - 0.1 * c);
            return new double[] {3, 3 * Math.tan(a), 3 * Math.tan(e) / Math.cos(a)};
        };
        assertThat(up(file("", HERE, narrow))).isNull();
        // a map of heights far above 0, its rows from the north or from the south
        Random random = new Random(2);
        for (int sign : new int[] {-1, 1}) {
            assertThat(up(file(
                            "", HERE, (r, c) -> new double[] {
                                0.5 * c, sign * 0.5 * r, 1340 + 3 * Math.sin(0.2 * c) + random.nextDouble()
                            })))
                    .isNull();
        }
        // nothing but a wall straight before a camera is as well a map
        assertThat(up(file("", HERE, (r, c) -> new double[] {0.1 * c, 0.1 * r, 5})))
                .isNull();
        // mirrored, and points on both sides
        assertThat(up(file("", HERE, (r, c) -> {
                    double[] q = seen(r, c);
                    return q == null ? null : new double[] {-q[0], q[1], q[2]};
                })))
                .isNull();
        assertThat(up(file("", HERE, (r, c) -> {
                    double[] q = seen(r, c);
                    return q == null ? null : new double[] {q[0], q[1], c == 70 ? -q[2] : q[2]};
                })))
                .isNull();
        assertThat(up(file("", HERE, (r, c) -> null))).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"room_scan1.pcd", "room_scan2.pcd", "pairwise/capture0001.pcd"})
    void scansOfTheLibrarysOwnSayNothing(String name) {
        assertThat(up(Need.data("pcl-bsd/" + name))).isNull();
    }
}
