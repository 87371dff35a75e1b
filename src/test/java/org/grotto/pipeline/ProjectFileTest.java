package org.grotto.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.grotto.base.GrottoException;
import org.grotto.base.Progress;
import org.grotto.base.Text;
import org.grotto.base.Work;
import org.grotto.geometry.Cloud;
import org.grotto.geometry.Pose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A project file says all that a build needs, in words that are checked line by line. */
class ProjectFileTest {
    @TempDir
    Path dir;

    private Project read(String yaml) throws IOException {
        return ProjectFile.read(Files.writeString(dir.resolve("p.yaml"), yaml), Build.declared());
    }

    private void scans(String... names) throws IOException {
        for (String n : names) {
            Path f = dir.resolve(n);
            Files.createDirectories(f.getParent());
            Files.writeString(f, "1 2 3\n2 2 3\n2 3 3\n1 2 4\n5 6 7\n");
        }
    }

    private void refused(String yaml, String... words) {
        assertThatThrownBy(() -> read(yaml))
                .isInstanceOf(GrottoException.class)
                .hasMessageContainingAll(words)
                .hasMessageStartingWith(dir.resolve("p.yaml").toString());
    }

    /** Found by fuzzing: brackets that are not closed, a name that no file system takes. */
    @Test
    void whatNamesNoFileIsRefusedByItsLine() throws IOException {
        scans("a.xyz");
        refused("scans: ['b*.las [x']\n", "line 1", "names no file");
        refused("scans: [\"a\\0.xyz\"]\n", "line 1", "names no file");
        refused("scans: [a.xyz]\nout: \"c\\0d\"\n", "line 2", "no name of a folder");
    }

    /** The example of the README, with files of its names. */
    @Test
    void theReadmesExampleIsRead() throws IOException {
        Matcher m =
                Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL).matcher(Files.readString(Path.of("README.md")));
        assertThat(m.find()).isTrue();
        scans("scans/a.e57", "scans/b.e57", "raw/north.ply");
        Project p = read(m.group(1));
        assertThat(p.scans())
                .extracting(s -> String.valueOf(s.path().getFileName()))
                .containsExactly("a.e57", "b.e57", "north.ply");
        ScanFile north = p.scans().getLast();
        assertThat(north.station()).isEqualTo("North wall");
        assertThat(north.frame()).isEqualTo(new InputOptions("mm", "auto"));
        assertThat(north.pose()).isNotNull();
        assertThat(p.out()).isEqualTo(dir.resolve("cave12"));
        assertThat(p.recipe().title()).isEqualTo(new Text("第十二窟", "Cave 12"));
        assertThat(p.recipe().surface().samplesPerNode()).isEqualTo(3);
        assertThat(p.recipe().people()).isNotEmpty();
    }

    @Test
    void patternsNameFilesInOrderFromTheFilesFolder() throws IOException {
        scans("s/b.xyz", "s/a.xyz", "s/deep/c.xyz", "s/a.txt", "窟 1/一.xyz");
        assertThat(read("scans: [s/*.xyz]").scans())
                .extracting(ScanFile::path)
                .containsExactly(dir.resolve("s/a.xyz"), dir.resolve("s/b.xyz"));
        assertThat(read("scans: [\"s/**.xyz\", 窟 1/一.xyz]").scans()).hasSize(4);
        refused("scans:\n  - s/*.laz\n", "line 2", "no file fits \"s/*.laz\"");
    }

    @Test
    void whatItDoesNotKnowIsRefusedWithLineAndNearestWord() throws IOException {
        scans("a.xyz");
        refused("scans: [a.xyz]\ntitel: x\n", "line 2", "\"titel\"", "is \"title\" meant?");
        refused("scans:\n  - file: a.xyz\n    posse: 1\n", "line 3", "is \"pose\" meant?");
        refused("scans: [a.xyz]\nstages:\n  surfaces: {}\n", "line 3", "is \"surface\" meant?");
        refused(
                "scans: [a.xyz]\nstages:\n  surface:\n    max-depth: 9\n    samplesPerNode: 3\n",
                "line 5",
                "is \"samples-per-node\" meant?");
        refused("scans: [a.xyz]\nrights: {owner: x, license: y}\n", "line 2", "is \"licence\" meant?");
    }

    @Test
    void wrongValuesAreToldByLine() throws IOException {
        scans("a.xyz", "b.xyz");
        refused(
                "scans: [a.xyz]\nstages:\n  surface:\n    spacing: 0.01\n    max-depth: 40\n",
                "line 5",
                "max-depth must be 3 to 20");
        refused("scans: [a.xyz]\nstages: {clean: {neighbours: few}}\n", "line 2", "whole number", "few");
        refused("scans: [a.xyz]\nstages: {clean: {mixed-pixels: maybe}}\n", "true or false", "maybe");
        refused("scans: [a.xyz]\nstages: {clean: {side: under}}\n", "auto, outside, inside", "under");
        refused("scans:\n  - {file: a.xyz, unit: mile}\n", "line 2", "unit must be one of auto, m", "mile");
        refused("scans:\n  - {file: \"*.xyz\", station: x}\n", "line 2", "cannot stand for 2 files");
        refused("scans:\n  - {file: a.xyz, position: [1, 2]}\n", "line 2", "three numbers", "found 2");
        refused("out: x\n", "names no scans");
        refused("", "names no scans");
        refused("scans: [a.xyz]\nscans: [b.xyz]\n", "line 2");
        refused("scans: [a.xyz\nout: x\n", "is no YAML");
    }

    private static String matrix(String... lines) {
        return "scans:\n  - file: a.xyz\n    pose: |\n      " + String.join("\n      ", lines) + "\n";
    }

    @Test
    void aPoseIsARigidMoveOrRefused() throws IOException {
        scans("a.xyz");
        Pose p = read(matrix("0 -1 0 10", "1 0 0 20", "0 0 1 30", "0 0 0 1"))
                .scans()
                .getFirst()
                .pose();
        assertThat(p).isNotNull();
        double h = Math.sqrt(0.5);
        assertThat(p).isEqualTo(new Pose(p.qw(), 0, 0, p.qz(), 10, 20, 30));
        assertThat(p.qw()).isCloseTo(h, within(1e-15));
        assertThat(p.qz()).isCloseTo(h, within(1e-15));
        Project list = read("scans:\n  - file: a.xyz\n    pose: [[0,-1,0,10],[1,0,0,20],[0,0,1,30],[0,0,0,1]]\n");
        assertThat(list.scans().getFirst().pose()).isEqualTo(p);
        refused(matrix("2 0 0 0", "0 2 0 0", "0 0 2 0", "0 0 0 1"), "line 3", "scales or shears");
        refused(matrix("1 0.001 0 0", "0 1 0 0", "0 0 1 0", "0 0 0 1"), "scales or shears");
        refused(matrix("-1 0 0 0", "0 1 0 0", "0 0 1 0", "0 0 0 1"), "mirrors");
        refused(matrix("1 0 0 0", "0 1 0 0", "0 0 1 0", "5 6 7 1"), "column by column");
        refused(matrix("1 0 0 0", "0 1 0 0", "0 0 1 0"), "found 12 numbers");
        refused(matrix("1 0 0 0", "0 1 0 0", "0 0 1 x", "0 0 0 1"), "\"x\" is no number");
    }

    private static List<double[]> positions(Cloud c) {
        List<double[]> all = new ArrayList<>();
        for (int i = 0; i < c.size; i++) {
            all.add(new double[] {c.px(i), c.py(i), c.pz(i)});
        }
        return all;
    }

    /**
     * A quarter turn about Z and a move, in millimetres with Y up: the matrix acts on the file's own numbers, as where they
     * are shown; unit and axis come after.
     */
    @Test
    void aPoseActsInTheFilesOwnUnitsBeforeUnitAndAxis() throws IOException {
        Files.writeString(dir.resolve("a.xyz"), "1000 0 0\n0 1000 0\n0 0 1000\n3000 4000 5000\n");
        Project p = read("""
                scans:
                  - file: a.xyz
                    unit: mm
                    up: y
                    station: 北
                    position: [2000, 0, 0]
                    pose: |
                      0 -1 0 100
                      1 0 0 200
                      0 0 1 300
                      0 0 0 1
                """);
        try (Work work = new Work(1, 1L << 28, Progress.NONE)) {
            Loaded l = Load.files(p.scans(), InputOptions.DEFAULTS, work);
            // moved: (100, 1200, 300); up is y: (x, -z, y)
            assertThat(positions(l.cloud()))
                    .usingElementComparator((a, b) ->
                            Math.abs(a[0] - b[0]) + Math.abs(a[1] - b[1]) + Math.abs(a[2] - b[2]) < 1e-5 ? 0 : 1)
                    .contains(
                            new double[] {0.1, -0.3, 1.2}, new double[] {-0.9, -0.3, 0.2}, new double[] {0.1, -1.3, 0.2
                            });
            assertThat(l.stations().getFirst().name()).isEqualTo("北");
            assertThat(l.eyes().getFirst()).containsExactly(new double[] {0.1, -0.3, 2.2}, within(1e-12));
        }
    }

    /** A scan that brings a pose is moved after it: new = matrix * old, points, normals' frame and station alike. */
    @Test
    void aPoseActsAfterTheScansOwn() throws IOException {
        // a station at (5, 0, 0), turned by a quarter about Z
        Files.writeString(
                dir.resolve("a.ptx"),
                "2\n2\n5 0 0\n0 1 0\n-1 0 0\n0 0 1\n0 1 0 0\n-1 0 0 0\n0 0 1 0\n5 0 0 1\n"
                        + "1 0 0 0.5\n2 0 0 0.5\n1 0 1 0.5\n3 1 0 0.5\n");
        Pose m = new Pose(Math.sqrt(0.5), Math.sqrt(0.5), 0, 0, 0, 0, 7);
        ScanFile plain = ScanFile.of(dir.resolve("a.ptx"));
        ScanFile moved = new ScanFile(plain.path(), null, m, null, null);
        try (Work work = new Work(1, 1L << 28, Progress.NONE)) {
            Loaded a = Load.files(List.of(plain), InputOptions.DEFAULTS, work);
            Loaded b = Load.files(List.of(moved), InputOptions.DEFAULTS, work);
            List<double[]> old = positions(a.cloud());
            List<double[]> now = positions(b.cloud());
            for (double[] p : old) {
                // a quarter about X: y to z, z to -y; then up by 7
                double[] q = {p[0], -p[2], p[1] + 7};
                assertThat(now)
                        .anyMatch(n -> Math.abs(n[0] - q[0]) + Math.abs(n[1] - q[1]) + Math.abs(n[2] - q[2]) < 1e-5);
            }
            assertThat(b.eyes().getFirst()).containsExactly(new double[] {5, 0, 7}, within(1e-12));
            ScanFile twice = new ScanFile(plain.path(), null, null, null, new double[] {0, 0, 0});
            assertThatThrownBy(() -> Load.files(List.of(twice), InputOptions.DEFAULTS, work))
                    .hasMessageContaining("leave \"position\" out");
        }
    }
}
