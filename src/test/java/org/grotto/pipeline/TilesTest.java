package org.grotto.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.grotto.base.Work;
import org.grotto.geometry.Box;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that are pieces of one cloud are one scan; scans of one place, however named, are not. */
class TilesTest {
    @TempDir
    Path dir;

    private static final InputOptions FRAME = InputOptions.DEFAULTS;

    /** Points on a wavy floor of 4 m by 4 m. */
    private static List<double[]> floor(int n, double dx) {
        Random random = new Random(7);
        List<double[]> all = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            double x = 4 * random.nextDouble();
            double y = 4 * random.nextDouble();
            all.add(new double[] {x + dx, y, 0.3 * Math.sin(x) * Math.cos(y)});
        }
        return all;
    }

    private Path write(String name, List<double[]> points) throws IOException {
        StringBuilder s = new StringBuilder();
        for (double[] p : points) {
            s.append(String.format(Locale.ROOT, "%.4f %.4f %.4f%n", p[0], p[1], p[2]));
        }
        return Files.writeString(dir.resolve(name), s);
    }

    private Loaded load(List<Path> files) {
        try (Work work = Work.silent()) {
            return Load.run(files, FRAME, work);
        }
    }

    /** Node by node, as Potree writes them: a few points of each node stay there, the rest go down. */
    private List<Path> octree(Map<String, List<double[]>> nodes) throws IOException {
        List<Path> files = new ArrayList<>();
        for (Map.Entry<String, List<double[]>> e : nodes.entrySet()) {
            files.add(write(e.getKey() + ".xyz", e.getValue()));
        }
        return files;
    }

    private static void insert(
            String name, List<double[]> points, double[] low, double size, int depth, Map<String, List<double[]>> out) {
        if (points.size() <= 60 || depth == 0) {
            out.put(name, points);
            return;
        }
        out.put(name, points.subList(0, 60));
        for (int octant = 0; octant < 8; octant++) {
            double half = size / 2;
            double[] at = {
                low[0] + ((octant >> 2) & 1) * half, low[1] + ((octant >> 1) & 1) * half, low[2] + (octant & 1) * half
            };
            List<double[]> in = points.subList(60, points.size()).stream()
                    .filter(p -> inside(p, at, half))
                    .toList();
            if (!in.isEmpty()) {
                insert(name + octant, in, at, half, depth - 1, out);
            }
        }
    }

    private static boolean inside(double[] p, double[] low, double size) {
        for (int a = 0; a < 3; a++) {
            if (p[a] < low[a] || p[a] >= low[a] + size) {
                return false;
            }
        }
        return true;
    }

    @Test
    void nodesOfAnOctreeAreOneScan() throws IOException {
        Map<String, List<double[]>> nodes = new TreeMap<>();
        insert("r", floor(3000, 0), new double[] {0, 0, -2}, 4, 3, nodes);
        assertThat(nodes).hasSizeGreaterThan(20);
        Loaded one = load(octree(nodes));
        assertThat(one.cloud().size).isEqualTo(3000);
        assertThat(one.stations()).singleElement().satisfies(s -> {
            assertThat(s.points()).isEqualTo(3000);
            assertThat(s.source()).isEqualTo("r*.xyz");
        });
        assertThat(one.cloud().station()).containsOnly((char) 0);
        assertThat(one.warnings()).anyMatch(t -> t.en().contains(nodes.size() + " files (r.xyz to "));
    }

    @Test
    void scansOfOnePlaceThatAreNamedLikeNodesStayApart() throws IOException {
        Loaded three = load(List.of(
                write("r.xyz", floor(500, 0)), write("r1.xyz", floor(400, 0.1)), write("r2.xyz", floor(300, 0.2))));
        assertThat(three.stations()).hasSize(3);
    }

    @Test
    void tilesSideBySideAreOneScan() throws IOException {
        List<double[]> all = floor(4000, 0);
        List<Path> files = new ArrayList<>();
        for (int k = 0; k < 4; k++) {
            double x = 2 * (k & 1);
            double y = 2 * (k >> 1);
            files.add(write(
                    "block_" + k + ".xyz",
                    all.stream()
                            .filter(p -> p[0] >= x && p[0] < x + 2 && p[1] >= y && p[1] < y + 2)
                            .toList()));
        }
        assertThat(load(files).stations())
                .singleElement()
                .satisfies(s -> assertThat(s.points()).isEqualTo(4000));
        assertThat(load(files.subList(0, 2)).stations()).as("too few to tell").hasSize(2);
    }

    @Test
    void aStrayInOneTileDecidesNothing() throws IOException {
        List<double[]> all = floor(4000, 0);
        List<Path> files = new ArrayList<>();
        for (int k = 0; k < 4; k++) {
            double x = 2 * (k & 1);
            double y = 2 * (k >> 1);
            List<double[]> own = new ArrayList<>(all.stream()
                    .filter(p -> p[0] >= x && p[0] < x + 2 && p[1] >= y && p[1] < y + 2)
                    .toList());
            if (k == 2) {
                own.add(new double[] {900, 900, 900});
            }
            files.add(write("block_" + k + ".xyz", own));
        }
        Loaded one = load(files);
        assertThat(one.stations())
                .singleElement()
                .satisfies(s -> assertThat(s.points()).isEqualTo(4000));
        assertThat(one.warnings()).anyMatch(t -> t.en().contains("block_2.xyz"));
    }

    @Test
    void scansThatOverlapStayApart() throws IOException {
        List<Path> files = new ArrayList<>();
        for (int k = 0; k < 5; k++) {
            files.add(write("scan_" + k + ".xyz", floor(500, 1.5 * k)));
        }
        assertThat(load(files).stations()).hasSize(5);
    }

    @Test
    void nodesOfAnEptOctreeAreToldByTheirNumbers() {
        Box whole = new Box(0, 0, 0, 4, 4, 4);
        Box low = new Box(0, 0, 0, 2, 2, 2);
        Box high = new Box(2, 2, 2, 4, 4, 4);
        List<Tiling.Piece> nodes = List.of(
                new Tiling.Piece("0-0-0-0", whole),
                new Tiling.Piece("1-0-0-0", low),
                new Tiling.Piece("1-1-1-1", high));
        assertThat(Tiling.of(nodes)).isTrue();
        assertThat(Tiling.of(List.of(nodes.get(0), nodes.get(1), new Tiling.Piece("1-1-1-1", whole))))
                .isFalse();
        assertThat(Tiling.of(List.of(new Tiling.Piece("1-0-0-0", low), new Tiling.Piece("1-1-1-1", high))))
                .isFalse();
    }
}
