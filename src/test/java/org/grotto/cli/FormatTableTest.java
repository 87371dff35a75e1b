package org.grotto.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.grotto.base.Progress;
import org.grotto.base.Work;
import org.grotto.format.Format;
import org.grotto.format.MeshReader;
import org.grotto.format.PointBatch;
import org.grotto.format.PointReader;
import org.grotto.format.Reading;
import org.grotto.format.Scan;
import org.grotto.geometry.Mesh;
import org.grotto.geometry.Pose;
import org.grotto.pipeline.Formats;
import org.grotto.pipeline.Inputs;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code docs/formats.md}: what of each format is read and written, found by reading one known survey and one known mesh
 * in every format, and what {@code convert} and {@code copc} write of them; never by what anybody declares. Each "no" has
 * its reason here, and a reason where there is a "yes" fails, too.
 */
class FormatTableTest {
    enum What {
        READ("read"),
        WRITTEN("written"),
        STREAMED("streamed"),
        POSES("poses"),
        PICTURES("pictures"),
        COLOUR("colour"),
        INTENSITY("intensity"),
        NORMALS("normals"),
        TEXTURE("texture"),
        CRS("reference system"),
        TIME("time"),
        FURTHER("further columns");

        final String title;

        What(String title) {
            this.title = title;
        }
    }

    /**
     * @param sample makes the known survey or mesh, of a file to write
     * @param ending of a file to write; null where the format is not written
     */
    record Row(
            String title,
            Class<?> format,
            boolean mesh,
            @Nullable UnaryOperator<Path> sample,
            String name,
            @Nullable String ending) {}

    private static final List<Row> ROWS = List.of(
            row("E57", "e57", FormatSamples::e57, "a.e57", "e57"),
            row("LAS", "las", null, "a.las", "las"),
            row("LAZ", "las", null, "a.laz", "laz"),
            row("COPC", "las", null, "a.copc.laz", "copc.laz"),
            row("PTX", "ptx", FormatSamples::ptx, "a.ptx", null),
            row("PTS", "text", FormatSamples::pts, "a.pts", null),
            row("text (XYZ, CSV, ...)", "text", FormatSamples::text, "a.txt", "csv"),
            row("PCD", "pcd", FormatSamples::pcd, "a.pcd", null),
            row("PLY, points", "ply", null, "a.ply", "ply"),
            row("OBJ, points", "obj", FormatSamples::objPoints, "a.obj", null),
            row("glTF, points", "gltf", FormatSamples::gltfPoints, "a.gltf", null),
            row("EPT", "ept", f -> FormatSamples.folder(f, "ept"), "ept", null),
            row("Potree 1", "potree", f -> FormatSamples.folder(f, "potree1"), "potree1", null),
            row("Potree 2", "potree", f -> FormatSamples.folder(f, "potree2"), "potree2", null),
            row("3D Tiles, points", "tiles3d", f -> FormatSamples.folder(f, "tiles"), "tiles", null),
            mesh("PLY, mesh", "ply", FormatSamples::plyMesh, "m.ply", "ply"),
            mesh("OBJ, mesh", "obj", FormatSamples::obj, "m.obj", "obj"),
            mesh("glTF, mesh", "gltf", FormatSamples::gltf, "m.gltf", "glb"),
            mesh("3D Tiles, mesh", "tiles3d", FormatSamples::meshTiles, "tileset.json", null),
            mesh("STL", "stl", FormatSamples::stl, "m.stl", null),
            mesh("OFF", "off", FormatSamples::off, "m.off", null),
            mesh("3MF", "threemf", FormatSamples::threeMf, "m.3mf", null));

    private static Row row(
            String title, String room, @Nullable UnaryOperator<Path> sample, String name, @Nullable String ending) {
        return new Row(title, room(room), false, sample, name, ending);
    }

    private static Row mesh(
            String title, String room, UnaryOperator<Path> sample, String name, @Nullable String ending) {
        return new Row(title, room(room), true, sample, name, ending);
    }

    private static Class<?> room(String name) {
        return Formats.ALL.stream()
                .<Class<?>>map(Format::getClass)
                .filter(c -> c.getPackageName().endsWith("." + name))
                .findFirst()
                .orElseThrow();
    }

    @TempDir
    Path folder;

    @Test
    void theTableIsWhatTheFilesSay() throws IOException {
        Set<Class<?>> known = new java.util.HashSet<>();
        ROWS.forEach(r -> known.add(r.format));
        Formats.ALL.forEach(f -> assertThat(known).as("a row for " + f.name()).contains(f.getClass()));

        Set<Class<?>> streamed = streamed();
        Map<Row, Map<What, Boolean[]>> cells = new LinkedHashMap<>();
        for (Row row : ROWS) {
            Map<What, Boolean[]> of = new LinkedHashMap<>();
            Set<What> read = row.sample == null ? null : row.mesh ? mesh(sample(row)) : points(sample(row));
            Path out = folder.resolve("written").resolve("out." + row.ending);
            Set<What> written = row.ending == null ? Set.of() : written(row, out);
            for (What w : What.values()) {
                boolean r = (read == null ? written : read).contains(w);
                of.put(w, new Boolean[] {r, written.contains(w)});
            }
            of.put(What.WRITTEN, new Boolean[] {row.ending != null, row.ending != null});
            boolean s = streamed.contains(row.format) && !row.mesh;
            of.put(What.STREAMED, new Boolean[] {s, s});
            cells.put(row, of);
        }
        String table = table(cells);
        Path kept = Path.of("docs/formats.md");
        if (!Files.exists(kept) || !Files.readString(kept).equals(table)) {
            Path made = Files.writeString(Path.of("target/formats.md"), table);
            assertThat(Files.exists(kept) ? Files.readString(kept) : "")
                    .as("docs/formats.md is not what the files say; " + made + " is: copy it there")
                    .isEqualTo(table);
        }
    }

    private Path sample(Row row) throws IOException {
        Path place = Files.createDirectories(folder.resolve(row.title.replaceAll("\\W", "_")))
                .resolve(row.name);
        return java.util.Objects.requireNonNull(row.sample).apply(place);
    }

    /** What of the survey, or the mesh, stands in the file that a command writes. */
    private Set<What> written(Row row, Path out) throws IOException {
        Files.createDirectories(out.getParent());
        if (row.mesh) {
            // one with a picture, and one whose vertices' own colours no picture hides
            Set<What> found = EnumSet.noneOf(What.class);
            for (Path from :
                    List.of(FormatSamples.obj(folder.resolve("m.obj")), FormatSamples.off(folder.resolve("m.off")))) {
                command("convert", from.toString(), out.toString());
                found.addAll(mesh(out));
            }
            return found;
        }
        Path from = FormatSamples.e57(folder.resolve("from.e57"));
        if (out.toString().endsWith(".copc.laz")) {
            command("copc", from.toString(), "-o", out.toString());
        } else {
            command("convert", from.toString(), out.toString());
        }
        return points(out);
    }

    private static void command(String... args) {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        PrintStream to = new PrintStream(said, true, StandardCharsets.UTF_8);
        assertThat(RunCommand.run(args, to, to))
                .as(() -> String.join(" ", args) + "\n" + said.toString(StandardCharsets.UTF_8))
                .isZero();
    }

    /** What of the known survey a file's reader hands on, each value looked at. */
    private static Set<What> points(Path file) {
        Set<What> found = EnumSet.noneOf(What.class);
        try (Work work = new Work(2, 1L << 28, Progress.NONE);
                PointReader reader = Inputs.points(file, work)) {
            List<Scan> scans = reader.scans();
            double[][] rows = new double[FormatSamples.TRUTH.size()][];
            boolean posed = scans.size() == 2;
            int n = 0;
            for (int s = 0; s < scans.size(); s++) {
                Pose pose = scans.get(s).pose();
                posed &= pose != null && near(pose, FormatSamples.POSES.get(s));
                double[] moved = FormatSamples.moved(file);
                n += gather(reader, s, pose == null ? Pose.IDENTITY : pose, moved, rows);
            }
            if (!reader.pictures().isEmpty()) {
                found.add(What.PICTURES);
            }
            assertThat(n).as(file + ": points").isEqualTo(rows.length);
            for (int i = 0; i < rows.length; i++) {
                assertThat(rows[i]).as(file + ": the point " + i).isNotNull();
            }
            found.add(What.READ);
            if (posed) {
                found.add(What.POSES);
            }
            if (proportional(rows, 1, 1) && proportional(rows, 2, 1) && proportional(rows, 3, 1)) {
                found.add(What.COLOUR);
            }
            // a scanner's numbers run from -2048 to 2047, or from 0
            if (proportional(rows, 0, 1) || proportional(rows, 0, 4096)) {
                found.add(What.INTENSITY);
            }
            if (same(rows, 4) && same(rows, 5) && same(rows, 6)) {
                found.add(What.NORMALS);
            }
            if (apart(rows, 7)) {
                found.add(What.TIME);
            }
            if (same(rows, 8)) {
                found.add(What.FURTHER);
            }
            if (reader.metadata().getOrDefault("crs", "").contains("326")) {
                found.add(What.CRS);
            }
        }
        return found;
    }

    /** Puts what stands beside each point at the place of the true point that it is, in the common frame. */
    private static int gather(PointReader reader, int s, Pose pose, double[] moved, double[][] rows) {
        PointBatch b = new PointBatch(reader.scans().get(s).columns(), 5);
        double[] m = pose.matrix();
        int n = 0;
        try (PointReader.PointCursor c = reader.points(s)) {
            while (c.next(b)) {
                for (int i = 0; i < b.size; i++, n++) {
                    double[] at = turned(m, b.x[i], b.y[i], b.z[i]);
                    double[] row = new double[FormatSamples.COLUMNS.size()];
                    for (int k = 0; k < row.length; k++) {
                        int column = b.indexOf(FormatSamples.COLUMNS.get(k));
                        row[k] = column < 0 ? Double.NaN : b.columns[column][i];
                    }
                    double[] normal = turned(m, row[4], row[5], row[6]);
                    System.arraycopy(normal, 0, row, 4, 3);
                    for (int t = 0; t < rows.length; t++) {
                        double[] truth = FormatSamples.TRUTH.get(t);
                        if (Math.abs(at[0] + pose.tx() - truth[0] - moved[0]) < 1e-3
                                && Math.abs(at[1] + pose.ty() - truth[1] - moved[1]) < 1e-3
                                && Math.abs(at[2] + pose.tz() - truth[2] - moved[2]) < 1e-3) {
                            rows[t] = row;
                        }
                    }
                }
            }
        }
        return n;
    }

    private static double[] turned(double[] m, double x, double y, double z) {
        return new double[] {
            m[0] * x + m[1] * y + m[2] * z, m[3] * x + m[4] * y + m[5] * z, m[6] * x + m[7] * y + m[8] * z
        };
    }

    private static boolean near(Pose a, Pose b) {
        double dot = Math.abs(a.qw() * b.qw() + a.qx() * b.qx() + a.qy() * b.qy() + a.qz() * b.qz());
        return dot > 1 - 1e-9
                && Math.abs(a.tx() - b.tx()) + Math.abs(a.ty() - b.ty()) + Math.abs(a.tz() - b.tz()) < 1e-6;
    }

    /** Whether a column is the truth times a positive number, whatever each format's own range is. */
    private static boolean proportional(double[][] rows, int k, double range) {
        double ratio = 0;
        for (int i = 0; i < rows.length; i++) {
            double truth = FormatSamples.TRUTH.get(i)[3 + k];
            double value = range == 1 ? rows[i][k] : (rows[i][k] + range / 2) / range;
            if (i == 0) {
                ratio = value / truth;
            }
            if (!(ratio > 0) || Math.abs(value / truth / ratio - 1) > 0.01) {
                return false;
            }
        }
        return true;
    }

    private static boolean same(double[][] rows, int k) {
        for (int i = 0; i < rows.length; i++) {
            if (!(Math.abs(rows[i][k] - FormatSamples.TRUTH.get(i)[3 + k]) < 1e-3)) {
                return false;
            }
        }
        return true;
    }

    /** Whether times lie as far apart as they should: each format has an epoch of its own. */
    private static boolean apart(double[][] rows, int k) {
        for (int i = 1; i < rows.length; i++) {
            double true_ =
                    FormatSamples.TRUTH.get(i)[3 + k] - FormatSamples.TRUTH.get(0)[3 + k];
            if (!(Math.abs(rows[i][k] - rows[0][k] - true_) < 1e-3)) {
                return false;
            }
        }
        return true;
    }

    /** What of the known mesh a file's reader hands on. */
    private static Set<What> mesh(Path file) {
        Set<What> found = EnumSet.noneOf(What.class);
        try (Work work = new Work(2, 1L << 28, Progress.NONE);
                MeshReader reader = Inputs.meshFile(file, Reading.of(work))) {
            Mesh m = reader.read();
            assertThat(m.triangleCount()).as(file + ": triangles").isEqualTo(2);
            found.add(What.READ);
            byte[] rgb = m.rgb();
            if (rgb != null && (rgb[0] & 255) > 20 && (rgb[2] & 255) > (rgb[0] & 255)) {
                found.add(What.COLOUR);
            }
            float[] normals = m.normals();
            if (normals != null && Math.abs(normals[2]) > 0.99 || normals != null && Math.abs(normals[1]) > 0.99) {
                found.add(What.NORMALS);
            }
            if (m.charts != null && m.charts.pictured()) {
                found.add(What.TEXTURE);
            }
        }
        return found;
    }

    /** The rooms whose readers read files of many times the memory they have: each in one small process. */
    private Set<Class<?>> streamed() throws IOException {
        return StreamedFormats.measured(folder);
    }

    private static String table(Map<Row, Map<What, Boolean[]>> cells) {
        StringBuilder s = new StringBuilder("""
                # File formats

                Made by `FormatTableTest` from files: one small survey of two stations and one small mesh, known number for number, are read in every format and written by `grotto convert` and `grotto copc`; a cell says what arrived. "yes": read, and written where the format is written; "read": read only. "Streamed": files of many times the memory are read. Whatever does not arrive is named by the command that reads the file.

                """);
        s.append("| format |");
        for (What w : What.values()) {
            s.append(' ').append(w.title).append(" |");
        }
        s.append("\n|---|").append("---|".repeat(What.values().length)).append('\n');
        List<String> notes = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        for (var e : cells.entrySet()) {
            Row row = e.getKey();
            s.append("| ").append(row.title).append(" |");
            for (What w : What.values()) {
                boolean r = e.getValue().get(w)[0];
                boolean written = e.getValue().get(w)[1];
                boolean whole = r && (written || row.ending == null) || w == What.READ && r;
                String reason = WhyNot.reason(row.title, row.mesh, w);
                if (whole) {
                    if (WhyNot.own(row.title, w) != null) {
                        missing.add(row.title + ", " + w.title + ": a reason, and yet it arrives");
                    }
                    s.append(" yes |");
                    continue;
                }
                if (reason == null) {
                    missing.add(row.title + ", " + w.title + ": why not?");
                    reason = "?";
                }
                if (!notes.contains(reason)) {
                    notes.add(reason);
                }
                s.append(r ? " read" : written ? " written" : " no")
                        .append(" [")
                        .append(notes.indexOf(reason) + 1)
                        .append("] |");
            }
            s.append('\n');
        }
        s.append('\n');
        for (int i = 0; i < notes.size(); i++) {
            s.append(i + 1).append(". ").append(notes.get(i)).append(".\n");
        }
        s.append("""

                What is packed with gzip or zip is read as what it holds. Whatever else PDAL reads arrives as LAS, by PDAL, where it is installed.
                """);
        assertThat(missing).as(s.toString()).isEmpty();
        return s.toString();
    }
}
