package org.grotto.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.grotto.base.Declared;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Every option that a message or a help names can be given to the command that says it; wrong ones are told first. */
class NamedOptionsTest {
    private static final Pattern NAMED = Pattern.compile("(?<![\\w-])--[a-z][a-z0-9.-]*[a-z0-9]");
    private static final Pattern TEXT = Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*\"");

    /** Files that speak to other programs. */
    private static final Set<String> OTHERS =
            Set.of("PdalProcess.java", "Benchmarks.java", "FormatSpeeds.java", "Peer.java");

    @TempDir
    Path dir;

    private static CommandLine root() {
        return Main.commands();
    }

    private static TreeSet<String> named(String text) {
        TreeSet<String> found = new TreeSet<>();
        Matcher m = NAMED.matcher(text);
        while (m.find()) {
            found.add(m.group());
        }
        return found;
    }

    private static Set<String> options(CommandLine c) {
        TreeSet<String> all = new TreeSet<>(c.getCommandSpec().optionsMap().keySet());
        all.add("--help");
        return all;
    }

    @Test
    void helpNamesOptionsOfItsCommand() {
        for (CommandLine c : root().getSubcommands().values()) {
            assertThat(options(c)).as(c.getCommandName()).containsAll(named(c.getUsageMessage()));
        }
    }

    @Test
    void sentencesNameOptionsThatExist() throws IOException {
        TreeSet<String> known = new TreeSet<>();
        root().getSubcommands().values().forEach(c -> known.addAll(options(c)));
        try (Stream<Path> sources = Files.walk(Path.of("src/main/java"))) {
            for (Path p : sources.filter(f -> f.toString().endsWith(".java")).toList()) {
                if (OTHERS.contains(String.valueOf(p.getFileName()))) {
                    continue;
                }
                Matcher m = TEXT.matcher(Files.readString(p));
                while (m.find()) {
                    assertThat(known).as(p + ": " + m.group()).containsAll(named(m.group()));
                }
            }
        }
    }

    /** What a record says of its components is an option of every command that takes the record. */
    @Test
    void recordsNameTheirOwnOptions() throws IOException {
        Pattern checked = Pattern.compile("Declared\\.(?:check|refused)\\(.*?\"(\\w+)\"", Pattern.DOTALL);
        int found = 0;
        for (CommandLine c : root().getSubcommands().values()) {
            if (!(c.getCommand() instanceof RecordOptions.Stages s)) {
                continue;
            }
            for (Declared d : s.stages()) {
                Class<?> type = d.defaults().getClass();
                Path source = Path.of("src/main/java", type.getName().replace('.', '/') + ".java");
                String text = Files.readString(source).replaceAll("\"(small|great|z|m)\"", "");
                Matcher m = checked.matcher(text);
                while (m.find()) {
                    assertThat(options(c))
                            .as(c.getCommandName() + " " + type.getSimpleName())
                            .contains("--" + Declared.hyphened(m.group(1)));
                    found++;
                }
                assertThat(options(c)).as(c.getCommandName()).containsAll(named(text));
            }
        }
        assertThat(found).isGreaterThan(30);
    }

    private List<String> refused(String... args) {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int code = Main.run(
                args,
                new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
        assertThat(code).as(List.of(args).toString()).isEqualTo(2);
        return err.toString(StandardCharsets.UTF_8)
                .lines()
                .map(String::strip)
                .filter(l -> !l.isEmpty())
                .toList();
    }

    /** The inputs do not exist: a command that opened them first would say so. */
    @Test
    void wrongOptionsAreToldBeforeAnythingIsRead() {
        String in = dir.resolve("missing.e57").toString();
        String out = dir.resolve("out").toString();
        List<List<String>> wrong = new ArrayList<>();
        for (String o : List.of("--neighbours=3", "--max-depth=40", "--trim.distance=0", "--unit=mile", "--up=w")) {
            wrong.add(List.of("surface", in, "-o", out + ".ply", o));
            wrong.add(List.of("build", in, "-o", out, o));
        }
        wrong.add(List.of("build", in, "-o", out, "--tile-triangles=3"));
        wrong.add(List.of("tiles", in, "-o", out, "--tile-triangles=3"));
        wrong.add(List.of("copc", in, "-o", out, "--node-points=3"));
        wrong.add(List.of("simulate", "-o", out, "--stations=0"));
        for (List<String> args : wrong) {
            String option = args.getLast().replaceAll("=.*", "").replace("--trim.", "--");
            assertThat(refused(args.toArray(String[]::new)))
                    .as(args.toString())
                    .singleElement()
                    .asString()
                    .startsWith("grotto: ")
                    .contains(option + " must be ");
        }
        assertThat(refused("build", in)).singleElement().asString().contains("-o cave12/");
    }
}
