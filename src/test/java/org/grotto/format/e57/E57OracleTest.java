package org.grotto.format.e57;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.grotto.Need;
import org.grotto.base.GrottoException;
import org.grotto.format.Column;
import org.grotto.format.PointReader.PointCursor;
import org.grotto.format.Scan;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Against libE57Format, both ways. Runs by hand only, where GROTTO_E57DUMP and GROTTO_E57COPY name two small programs
 * on top of it: {@code e57dump FILE} prints a FNV-1a hash of every field, {@code e57copy IN OUT} rewrites a file.
 */
class E57OracleTest {
    private static @Nullable String dumper;
    private static @Nullable String copier;

    @TempDir
    Path temporary;

    @BeforeAll
    static void programs() {
        dumper = System.getProperty("GROTTO_E57DUMP", System.getenv("GROTTO_E57DUMP"));
        copier = System.getProperty("GROTTO_E57COPY", System.getenv("GROTTO_E57COPY"));
        assumeTrue(dumper != null && copier != null, "GROTTO_E57DUMP and GROTTO_E57COPY are not set");
    }

    /** E57 field to {count, FNV hash}, for each scan. */
    private record Dump(String head, Map<String, String> fields) {}

    private static String run(String... command) throws IOException, InterruptedException {
        Process p = new ProcessBuilder(command).redirectErrorStream(true).start();
        String out = new String(p.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return p.waitFor() + "\n" + out;
    }

    private static List<Dump> dump(Path file) throws Exception {
        String text = run(dumper, file.toString());
        assertThat(text).as("%s", file).startsWith("0\n");
        List<Dump> scans = new ArrayList<>();
        Pattern field =
                Pattern.compile("    field (\\S+) count (\\d+) sum \\S+ min \\S+ max \\S+ nan \\d+ fnv ([0-9a-f]+)");
        StringBuilder head = new StringBuilder();
        Map<String, String> fields = new LinkedHashMap<>();
        for (String line : text.split("\n")) {
            if (line.startsWith("scan ")) {
                head = new StringBuilder();
                fields = new LinkedHashMap<>();
                scans.add(new Dump("", fields));
            }
            Matcher m = field.matcher(line);
            if (m.matches()) {
                fields.put(m.group(1), m.group(2) + " " + m.group(3));
            } else if (!scans.isEmpty() && line.startsWith("  ") && !line.startsWith("    ")) {
                head.append(line).append('\n');
                scans.set(scans.size() - 1, new Dump(head.toString(), fields));
            }
        }
        return scans;
    }

    /** The same from our reader, spherical fields as stored. */
    private static List<Dump> ours(Path file) {
        List<Dump> dumps = new ArrayList<>();
        try (E57Reader reader = E57Reader.open(file)) {
            for (E57Scan s : reader.sources) {
                E57Scan raw = new E57Scan(s.scan(), s.prototype(), s.position(), false, s.columns(), -1);
                Map<String, String> fields = new LinkedHashMap<>();
                Scan scan = s.scan();
                E57Findings findings = new E57Findings();
                try (PointCursor cursor = new E57Cursor(reader.pages, raw, null, findings)) {
                    Map<String, double[]> values = Columns.read(cursor, scan, 613);
                    if (values.containsKey(Column.RETURN) && findings.said().isEmpty()) { // stored from 0, read from 1
                        values.computeIfPresent(
                                Column.RETURN,
                                (name, v) -> Arrays.stream(v).map(x -> x - 1).toArray());
                    }
                    List<double[]> list = new ArrayList<>(values.values());
                    for (int i = 0; i < s.prototype().fields().size(); i++) {
                        for (int k = 0; k < 3 + s.columns().length; k++) {
                            if ((k < 3 ? s.position()[k] : s.columns()[k - 3]) == i) {
                                fields.put(
                                        s.prototype().fields().get(i).name(),
                                        scan.count() + " " + String.format("%016x", Columns.hash(list.get(k))));
                            }
                        }
                    }
                }
                dumps.add(new Dump("", fields));
            }
        }
        return dumps;
    }

    private static List<Map<String, String>> fields(List<Dump> dumps) {
        return dumps.stream().map(Dump::fields).toList();
    }

    private static List<Path> goodFiles() throws Exception {
        List<Path> good = new ArrayList<>();
        for (Path f : allFiles()) {
            if (run(dumper, f.toString()).startsWith("0\n")) {
                good.add(f);
            }
        }
        assertThat(good).hasSizeGreaterThan(30);
        return good;
    }

    private static List<Path> allFiles() throws IOException {
        List<Path> files = new ArrayList<>();
        for (String dir : new String[] {"e57-cc0", "e57-mit", "pdal-bsd/e57", "malformed/pointclouds"}) {
            try (Stream<Path> s = Files.walk(Need.data(dir))) {
                s.filter(f -> f.toString().endsWith(".e57")).sorted().forEach(files::add);
            }
        }
        return files;
    }

    @Test
    void whatLibE57FormatReadsWeReadEqual() throws Exception {
        for (Path f : goodFiles()) {
            assertThat(fields(ours(f))).as("%s", f).isEqualTo(fields(dump(f)));
        }
    }

    @Test
    void whatLibE57FormatRefusesWeRefuse() throws Exception {
        int refused = 0;
        for (Path f : allFiles()) {
            if (!run(dumper, f.toString()).startsWith("0\n")) {
                refused++;
                assertThatThrownBy(() -> ours(f)).as("%s", f).isInstanceOf(GrottoException.class);
            }
        }
        assertThat(refused).isGreaterThan(5);
    }

    @Test
    void whatLibE57FormatWritesWeReadEqual() throws Exception {
        for (Path f : goodFiles()) {
            Path copy = temporary.resolve("copy.e57");
            assertThat(run(copier, f.toString(), copy.toString())).as("%s", f).startsWith("0\n");
            assertThat(fields(ours(copy))).as("%s", f).isEqualTo(fields(ours(f)));
            try (E57Reader a = E57Reader.open(f);
                    E57Reader b = E57Reader.open(copy)) {
                for (int i = 0; i < a.scans().size(); i++) {
                    assertThat(b.scans().get(i).pose())
                            .isEqualTo(a.scans().get(i).pose());
                    assertThat(b.scans().get(i).guid())
                            .isEqualTo(a.scans().get(i).guid());
                }
            }
        }
    }

    @Test
    void whatWeWriteLibE57FormatReadsEqual() throws Exception {
        int scans = 0;
        for (E57WriteOptions options : List.of(E57WriteOptions.DEFAULTS, packed())) {
            for (Path f : goodFiles()) {
                if (f.endsWith("read_error.e57")) {
                    continue; // all its returns stand at the scanner: no points
                }
                Path copy = temporary.resolve("ours.e57");
                Columns.copy(f, copy, options);
                List<Dump> theirs = dump(copy);
                assertThat(fields(theirs)).as("%s", f).isEqualTo(fields(ours(copy)));
                List<Dump> original = dump(f);
                for (int i = 0; i < original.size(); i++) {
                    scans++;
                    assertThat(byMeaning(theirs.get(i).fields()))
                            .as("%s", f)
                            .containsAllEntriesOf(byMeaning(original.get(i).fields()));
                    if (!original.get(i).head().contains("name (none)")) {
                        assertThat(theirs.get(i).head().lines().limit(4))
                                .isEqualTo(
                                        original.get(i).head().lines().limit(4).toList());
                    }
                }
            }
        }
        assertThat(scans).isGreaterThan(60);
    }

    private static E57WriteOptions packed() {
        return new E57WriteOptions(E57WriteOptions.Coordinates.AS_GIVEN, 1e-4, true, "", "", "");
    }

    /** Without prefixes, spherical fields, which we write as cartesian, and returns, which we write counted from 0. */
    private static Map<String, String> byMeaning(Map<String, String> fields) {
        Map<String, String> m = new TreeMap<>();
        fields.forEach((name, value) -> {
            if (!name.startsWith("spherical") && !name.equals("returnIndex")) {
                m.put(name.substring(name.indexOf(':') + 1), value);
            }
        });
        return m;
    }

    @Test
    void ourOwnFilesSurviveACopyByLibE57Format() throws Exception {
        Map<String, double[]> values = new HashMap<>();
        Scan scan = Samples.everyType(values, 4321);
        Path ours = temporary.resolve("all.e57");
        try (E57Writer w = new E57Writer(ours, E57WriteOptions.DEFAULTS)) {
            Columns.write(w, scan, values, 1000);
            Columns.write(w, Samples.empty(scan), Samples.none(values), 1000);
        }
        Path copy = temporary.resolve("copy.e57");
        assertThat(run(copier, ours.toString(), copy.toString())).startsWith("0\n");
        assertThat(fields(dump(ours))).isEqualTo(fields(ours(ours))).isEqualTo(fields(ours(copy)));
        try (E57Reader a = E57Reader.open(ours);
                E57Reader b = E57Reader.open(copy)) {
            for (int i = 0; i < 2; i++) {
                Scan x = a.scans().get(i);
                Scan y = b.scans().get(i);
                assertThat(y.columns()).isEqualTo(x.columns());
                assertThat(y.name()).isEqualTo(x.name());
                assertThat(y.pose()).isEqualTo(x.pose());
                assertThat(y.bounds()).isEqualTo(x.bounds());
                assertThat(y.metadata().get("acquisitionStart"))
                        .isEqualTo(x.metadata().get("acquisitionStart"));
            }
        }
    }
}
