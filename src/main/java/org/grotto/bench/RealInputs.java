package org.grotto.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.grotto.base.GrottoException;
import org.grotto.base.Json;
import org.grotto.base.Outputs;
import org.grotto.pipeline.Formats;
import tools.jackson.databind.JsonNode;

/**
 * Builds a package of each real input of a folder, each in a process of its own, and says in a line what Grotto took it for:
 * the table is there to be read by a person who knows what was scanned. An input is a file, or a folder whose files are
 * built together.
 */
final class RealInputs {
    /** Warnings and refusals are cut to so many characters. */
    private static final int WIDE = 400;

    static final String HEAD = """
        | input | result | subject | size, m | registration | noise, mm | taken out | in conflict, m2 | open, m2 | told | CPU s | MiB |
        |---|---|---|---|---|---|---|---|---|---|---|---|\
        """;

    private final Path scratch;

    RealInputs(Path scratch) {
        this.scratch = scratch;
    }

    /** The inputs of a folder, by name. */
    static List<Path> of(Path folder) {
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(p -> !files(p).isEmpty()).sorted().toList();
        } catch (IOException e) {
            throw GrottoException.io(folder, e);
        }
    }

    private static boolean known(Path file) {
        String ending = Formats.extension(file);
        return Files.isRegularFile(file)
                && Formats.ALL.stream().anyMatch(f -> f.extensions().contains(ending));
    }

    private static List<Path> files(Path input) {
        if (!Files.isDirectory(input)) {
            return known(input) ? List.of(input) : List.of();
        }
        try (Stream<Path> all = Files.list(input)) {
            return all.filter(RealInputs::known).sorted().toList();
        } catch (IOException e) {
            throw GrottoException.io(input, e);
        }
    }

    /** What came of one input, as a line of the table. */
    String line(Path input) {
        Path out = scratch.resolve("package");
        Path log = scratch.resolve("log.txt");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + Runtime.getRuntime().maxMemory() / 1024 / 1024 + "m",
                "-cp",
                System.getProperty("java.class.path"),
                "org.grotto.cli.Main",
                "build",
                "--quiet",
                "-o",
                out.toString()));
        files(input).forEach(p -> command.add(p.toString()));
        String name = String.valueOf(input.getFileName());
        try {
            Outputs.deleteTree(out);
            Peer.Ran ran = Peer.run(command, ProcessBuilder.Redirect.to(log.toFile()));
            String said = Files.readString(log);
            if (ran.code() != 0) {
                return row(name, "exit " + ran.code(), "", "", "", "", "", "", "", told(said), ran.took());
            }
            return made(name, out, said, ran.took());
        } catch (IOException e) {
            throw GrottoException.io(input, e);
        }
    }

    private static String made(String name, Path out, String said, Peer.Took took) throws IOException {
        JsonNode cave = Json.mapper().readTree(out.resolve("cave.json").toFile());
        Path quality = out.resolve("quality/report.json");
        JsonNode report = Json.mapper().readTree(Files.exists(quality) ? Files.readString(quality) : "{}");
        JsonNode b = cave.path("bounds");
        String size = String.format(
                Locale.ROOT,
                "%.3g x %.3g x %.3g",
                b.path("maxX").asDouble() - b.path("minX").asDouble(),
                b.path("maxY").asDouble() - b.path("minY").asDouble(),
                b.path("maxZ").asDouble() - b.path("minZ").asDouble());
        List<String> noise = new ArrayList<>();
        for (JsonNode s : report.path("stations")) {
            noise.add((s.path("noiseAtMost").asBoolean() ? "<= " : "")
                    + String.format(Locale.ROOT, "%.3g", s.path("noiseMm").asDouble(Double.NaN)));
        }
        List<String> removed = new ArrayList<>();
        for (JsonNode r : report.path("removed")) {
            if (r.path("points").asLong() > 0) {
                removed.add(r.path("points").asLong() + " "
                        + r.path("reason").path("en").asString());
            }
        }
        double open = 0;
        for (JsonNode o : report.path("openings")) {
            open += o.path("areaM2").asDouble();
        }
        JsonNode subject = report.path("subjectTold");
        return row(
                name,
                "built",
                cave.path("subject").asString() + (subject.path("sure").asBoolean(true) ? "" : " (not sure)"),
                size,
                report.path("registration").path("said").path("en").asString(),
                shortened(noise),
                String.join("; ", removed),
                conflicts(report),
                String.format(Locale.ROOT, "%.3g", open),
                told(said),
                took);
    }

    /** Area that stations contradict, by reason. */
    private static String conflicts(JsonNode report) {
        List<String> all = new ArrayList<>();
        for (JsonNode c : report.path("conflicts")) {
            if (c.path("areaM2").asDouble() > 0) {
                all.add(String.format(
                        Locale.ROOT,
                        "%.3g %s",
                        c.path("areaM2").asDouble(),
                        c.path("reason").path("en").asString()));
            }
        }
        return String.join("; ", all);
    }

    private static String shortened(List<String> all) {
        int most = 6;
        return String.join(", ", all.subList(0, Math.min(most, all.size())))
                + (all.size() > most ? ", ... of " + all.size() : "");
    }

    /** What the program said, notes and errors, in one cell. */
    private static String told(String said) {
        List<String> lines = said.lines()
                .filter(l -> l.startsWith("grotto: "))
                .map(l -> l.substring(8).replace("note: ", "").replace("|", "/"))
                .toList();
        String all = String.join(" // ", lines);
        return all.length() > WIDE ? all.substring(0, WIDE) + " ..." : all;
    }

    private static String row(
            String name,
            String result,
            String subject,
            String size,
            String registration,
            String noise,
            String removed,
            String conflicts,
            String open,
            String told,
            Peer.Took took) {
        return String.format(
                Locale.ROOT,
                "| %s | %s | %s | %s | %s | %s | %s | %s | %s | %s | %.1f | %.0f |",
                name,
                result,
                subject,
                size,
                registration,
                noise,
                removed,
                conflicts,
                open,
                told,
                took.cpu(),
                took.memory());
    }
}
