package org.grotto.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.grotto.base.GrottoException;
import org.grotto.base.Progress;
import org.grotto.base.Work;
import org.grotto.format.CloudFolders;
import org.grotto.format.CloudFolders.Point;
import org.grotto.format.Column;
import org.grotto.format.PointBatch;
import org.grotto.format.PointReader;
import org.grotto.format.Reading;
import org.grotto.format.Scan;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Clouds in folders, each kind written by {@link CloudFolders}: every point comes once, with its colour and intensity, as
 * one scan; a resolution stops above the levels that are finer; what is missing is refused, or left out and counted.
 */
class FolderCloudsTest {
    private static final List<Point> POINTS = CloudFolders.points(800);

    @TempDir
    Path dir;

    private Path write(String kind) throws IOException {
        Path folder = dir.resolve(kind.replace(' ', '-') + " 石窟");
        return switch (kind) {
            case "ept binary", "ept zstandard", "ept laszip" ->
                CloudFolders.ept(folder, POINTS, kind.substring(4), this::laz);
            case "potree 1.4", "potree 1.7", "potree 1.8" ->
                CloudFolders.potree1(folder, POINTS, kind.substring(7), "", this::laz);
            case "potree LAZ" -> CloudFolders.potree1(folder, POINTS, "1.7", "LAZ", this::laz);
            case "potree LAS" -> CloudFolders.potree1(folder, POINTS, "1.4", "LAS", this::laz);
            case "potree 2" -> CloudFolders.potree2(folder, POINTS, false);
            case "potree 2 brotli" -> CloudFolders.potree2(folder, POINTS, true);
            default -> CloudFolders.tiles(folder, POINTS);
        };
    }

    private void laz(Path file, List<Point> points) throws IOException {
        StringBuilder s = new StringBuilder("x,y,z,intensity,red,green,blue\n");
        double[] c = CloudFolders.CORNER;
        for (Point p : points) {
            s.append(String.format(
                    Locale.ROOT,
                    "%.3f,%.3f,%.3f,%d,%d,%d,%d%n",
                    c[0] + p.x() / 1e3,
                    c[1] + p.y() / 1e3,
                    c[2] + p.z() / 1e3,
                    p.intensity(),
                    p.red(),
                    p.green(),
                    p.blue()));
        }
        Path csv = Files.writeString(dir.resolve("tile.csv"), s);
        try (Work work = Work.silent()) {
            Convert.run(csv, file, work);
        }
    }

    private record Read(List<String> told, List<String> understood, List<String> lost, Scan scan, PointReader reader) {}

    private static Read read(Path path, boolean keepGoing, double resolution, int threads) {
        List<String> told = new ArrayList<>();
        try (Work work = new Work(threads, 256L << 20, Progress.NONE);
                PointReader r = Inputs.points(path, new Reading(work, List.of(), keepGoing, resolution, Double.NaN))) {
            assertThat(r.scans()).hasSize(1);
            Scan s = r.scans().getFirst();
            PointBatch b = new PointBatch(s.columns(), 701);
            int[] c = {
                b.indexOf(Column.INTENSITY), b.indexOf(Column.RED), b.indexOf(Column.GREEN), b.indexOf(Column.BLUE)
            };
            double full = c[1] < 0 ? 1 : s.columns().get(c[1]).max() / 255;
            try (PointReader.PointCursor cursor = r.points(0)) {
                while (cursor.next(b)) {
                    for (int i = 0; i < b.size; i++) {
                        StringBuilder t = new StringBuilder();
                        double[] p = {b.x[i], b.y[i], b.z[i]};
                        for (int k = 0; k < 3; k++) {
                            double mm = 1e3 * (p[k] - CloudFolders.CORNER[k]);
                            assertThat(mm).isCloseTo(Math.rint(mm), org.assertj.core.data.Offset.offset(0.02));
                            t.append(Math.round(mm)).append(' ');
                        }
                        t.append(Math.round(b.columns[c[0]][i]));
                        for (int k = 1; k < 4; k++) {
                            t.append(' ').append(Math.round(b.columns[c[k]][i] / full));
                        }
                        told.add(t.toString());
                    }
                }
            }
            return new Read(told, r.understood(), r.notKept(), s, r);
        }
    }

    private static List<String> expected(int levels) {
        return POINTS.stream().filter(p -> p.level() < levels).map(Point::told).toList();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ept binary",
                "ept zstandard",
                "ept laszip",
                "potree 1.4",
                "potree 1.7",
                "potree 1.8",
                "potree LAS",
                "potree LAZ",
                "potree 2",
                "potree 2 brotli",
                "tiles"
            })
    void everyPointComesOnceFromFileOrFolder(String kind) throws IOException {
        Path file = write(kind);
        Read one = read(file, false, 0, 1);
        assertThat(one.told).containsExactlyInAnyOrderElementsOf(expected(3));
        assertThat(one.scan.count()).isEqualTo(POINTS.size());
        assertThat(one.lost).noneMatch(l -> l.contains("damaged"));
        Read side = read(file.getParent(), false, 0, 3);
        assertThat(side.told).as("the same order for any number of threads").isEqualTo(one.told);
        assertThat(side.scan.name()).isEqualTo(String.valueOf(file.getParent().getFileName()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ept zstandard", "ept laszip", "potree 1.4", "potree 1.7", "potree 2", "potree 2 brotli"})
    void aResolutionLeavesFinerLevelsUnread(String kind) throws IOException {
        Path file = write(kind);
        // spacing 0.5 m at level 0
        Read two = read(file, false, 0.2, 1);
        assertThat(two.told).containsExactlyInAnyOrderElementsOf(expected(2));
        assertThat(two.understood).anyMatch(u -> u.contains("levels 0 to 1 of 2"));
        assertThat(read(file, false, 0.25, 1).told).hasSameSizeAs(expected(2));
        assertThat(read(file, false, 0.26, 1).told).containsExactlyInAnyOrderElementsOf(expected(1));
        assertThat(read(file, false, 50, 1).told).containsExactlyInAnyOrderElementsOf(expected(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ept binary", "ept laszip", "potree 1.4", "potree 1.7", "tiles"})
    void aMissingFileIsRefusedOrLeftOutAndCounted(String kind) throws IOException {
        Path file = write(kind);
        Path gone;
        try (Stream<Path> all = Files.walk(file.getParent())) {
            gone = all.filter(p -> p.toString().matches(".*\\.(bin|laz|pnts)"))
                    .sorted()
                    .toList()
                    .getLast();
        }
        Files.delete(gone);
        assertThatThrownBy(() -> read(file, false, 0, 1))
                .isInstanceOf(GrottoException.class)
                .hasMessageContaining(String.valueOf(gone.getFileName()))
                .hasMessageContaining("missing")
                .hasMessageContaining("--keep-going");
        Read rest = read(file, true, 0, 2);
        assertThat(rest.told).isNotEmpty().hasSizeLessThan(POINTS.size());
        assertThat(expected(3)).containsAll(rest.told);
        assertThat(String.join("; ", rest.lost)).contains("missing or damaged");
        if (!kind.equals("tiles")) { // where nobody else says how many points a tile has
            assertThat(rest.lost.getFirst())
                    .startsWith(POINTS.size() - rest.told.size() + " points of 1 piece of the cloud");
        }
    }

    @Test
    void aDamagedNodeOfPotree2IsLeftOutAlone() throws IOException {
        Path file = write("potree 2 brotli");
        Path octree = file.resolveSibling("octree.bin");
        byte[] b = Files.readAllBytes(octree);
        for (int i = 0; i < 40; i++) {
            b[b.length / 2 + i] = (byte) 0xFF;
        }
        Files.write(octree, b);
        assertThatThrownBy(() -> read(file, false, 0, 1)).hasMessageContaining("octree.bin: at byte");
        Read rest = read(file, true, 0, 1);
        assertThat(rest.told).isNotEmpty().hasSizeLessThan(POINTS.size());
        assertThat(expected(3)).containsAll(rest.told);
    }

    @Test
    void pathsOutOfTheFolderAndAddressesAreRefused() throws IOException {
        Path file = write("tiles");
        String json = Files.readString(file);
        Files.copy(file.resolveSibling("r.pnts"), dir.resolve("outside.pnts"));
        for (String uri : List.of(
                "../outside.pnts",
                "%2e%2e/outside.pnts",
                dir.resolve("outside.pnts").toString(),
                "http://127.0.0.1/r.pnts",
                "file:///etc/passwd",
                "sub/../../outside.pnts")) {
            Files.writeString(file, json.replace("\"r.pnts\"", "\"" + uri + "\""));
            assertThatThrownBy(() -> read(file, false, 0, 1))
                    .as(uri)
                    .isInstanceOf(GrottoException.class)
                    .hasMessageContaining("no path inside");
        }
        Path potree = write("potree 1.4");
        Files.writeString(
                potree, Files.readString(potree).replace("\"octreeDir\":\"data\"", "\"octreeDir\":\"../ept\""));
        assertThatThrownBy(() -> read(potree, false, 0, 1)).hasMessageContaining("no path inside");
    }

    @Test
    void circlesEnd() throws IOException {
        Path tiles = write("tiles");
        Path next = tiles.resolveSibling("sub folder").resolve("next.json");
        Files.writeString(next, Files.readString(next).replace("../fine.pnts", "../tileset.json"));
        assertThatThrownBy(() -> read(tiles, false, 0, 1)).hasMessageContaining("circle");
        Path ept = write("ept binary");
        Path top = ept.resolveSibling("ept-hierarchy").resolve("0-0-0-0.json");
        Files.writeString(
                top,
                Files.readString(top).replaceFirst("\\{", "{\"0-0-0-0\":-1,").replaceFirst(",\"0-0-0-0\":[0-9]+", ""));
        assertThatThrownBy(() -> read(ept, false, 0, 1)).hasMessageContaining("circle");
    }

    @Test
    void nothingButHeadsIsReadToSayWhatThereIs() throws IOException {
        Path file = write("potree 2");
        Path octree = file.resolveSibling("octree.bin");
        byte[] b = Files.readAllBytes(octree);
        Files.write(octree, new byte[b.length]);
        try (Work work = Work.silent();
                PointReader r = Inputs.points(file, work)) {
            assertThat(r.scans().getFirst().count()).isEqualTo(POINTS.size());
            assertThat(r.metadata().get("levels")).isEqualTo("0 to 2, spacing 0.5000 to 0.1250, points 200 200 400");
        }
    }

    @Test
    void aFolderOfTwoCloudsIsRefusedByTheirNames() throws IOException {
        Path file = write("potree 2");
        Files.writeString(file.resolveSibling("ept.json"), "{}");
        assertThatThrownBy(() -> Inputs.kind(file.getParent()))
                .hasMessageContaining("ept.json")
                .hasMessageContaining("metadata.json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ept binary", "potree LAZ", "tiles"})
    void aBuildTakesAFolderAsOneStationAndHashesAllOfIt(String kind) throws IOException {
        Path file = write(kind);
        try (Work work = Work.silent()) {
            Loaded loaded = Load.run(List.of(file.getParent()), InputOptions.DEFAULTS, work);
            assertThat(loaded.cloud().size).isEqualTo(POINTS.size());
            assertThat(loaded.stations()).hasSize(1);
            assertThat(loaded.stations().getFirst().name())
                    .isEqualTo(String.valueOf(file.getParent().getFileName()));
            RunRecord.Input before =
                    RunRecord.hashInputs(List.of(file.getParent()), work).getFirst();
            assertThat(before.bytes()).isEqualTo(Inputs.bytes(file)).isGreaterThan(Files.size(file));
            assertThat(before.file()).endsWith("/" + file.getFileName());
            Path tile;
            try (Stream<Path> all = Files.walk(file.getParent())) {
                tile = all.filter(p -> p.toString().matches(".*\\.(bin|laz|pnts)"))
                        .findFirst()
                        .orElseThrow();
            }
            byte[] b = Files.readAllBytes(tile);
            b[b.length - 1] ^= 1;
            Files.write(tile, b);
            assertThat(RunRecord.hashInputs(List.of(file), work).getFirst().sha256())
                    .isNotEqualTo(before.sha256());
        }
    }

    /** PROJ's words without a unit mean metres, as PROJ takes them. */
    @ParameterizedTest
    @CsvSource({
        "+proj=utm +zone=43, 1",
        "+proj=utm +zone=43 +units=us-ft, 0.3048006096",
        "+proj=utm +zone=43 +to_meter=0.3048, 0.3048",
        "+proj=longlat +datum=WGS84, NaN"
    })
    void whatAProjectionSaysOfTheUnit(String words, double metres) throws IOException {
        Path cloud = CloudFolders.potree1(dir.resolve("units"), CloudFolders.points(60), "1.7", "", (f, p) -> {});
        Path js = cloud.endsWith("cloud.js") ? cloud : cloud.resolve("cloud.js");
        Files.writeString(js, Files.readString(js).replace("+proj=utm +zone=43 +units=m", words));
        try (Work work = Work.silent();
                PointReader r = Inputs.points(js, work)) {
            assertThat(r.metadata().get("crs")).isEqualTo(words);
            if (Double.isNaN(metres)) {
                assertThat(r.stated().degrees()).isTrue();
            } else {
                assertThat(r.stated().metres()).isCloseTo(metres, within(1e-9));
            }
        }
    }
}
