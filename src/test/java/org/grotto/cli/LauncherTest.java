package org.grotto.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launchers: one set of rules for both systems, and any folder, locale or lack of a home. */
class LauncherTest {
    private static final Path ROOT =
            Path.of(System.getProperty("grotto.root", ".")).toAbsolutePath();

    @TempDir
    Path dir;

    private Path home;

    /** A copy of the launcher in a folder with a Chinese name and a blank, with this build's classes. */
    @BeforeEach
    void copy() throws IOException {
        home = Files.createDirectories(dir.resolve("洞窟 12"));
        Files.createDirectories(home.resolve(".mvn"));
        Files.copy(ROOT.resolve("grotto"), home.resolve("grotto"));
        assertThat(home.resolve("grotto").toFile().setExecutable(true)).isTrue();
        Files.copy(ROOT.resolve(".mvn/find-jdk.sh"), home.resolve(".mvn/find-jdk.sh"));
        Files.createDirectory(home.resolve("target"));
        Files.createFile(home.resolve("target/.built"));
    }

    private static String text(String file) throws IOException {
        return Files.readString(ROOT.resolve(file));
    }

    /** The options for Java, in order, without what each system quotes in its own way. */
    private static List<String> flags(String script) {
        List<String> all = new ArrayList<>();
        Matcher told =
                Pattern.compile("(?s)\"?(?:GROTTO_FLAGS|flags)=\"?(.*?)\"").matcher(script);
        assertThat(told.find()).isTrue();
        Matcher m = Pattern.compile("-[-\\w][^\\s\"]*").matcher(told.group(1));
        while (m.find()) {
            all.add(m.group());
        }
        return all;
    }

    @Test
    void bothLaunchersGiveJavaTheSameFlags() throws IOException {
        assertThat(flags(text("grotto")))
                .hasSizeGreaterThan(6)
                .contains("-XX:+UseParallelGC", "--enable-native-access=ALL-UNNAMED")
                .isEqualTo(flags(text("grotto.cmd")));
        for (String word : List.of(
                "GROTTO_JAVA_HOME",
                "JAVA_HOME",
                "GROTTO_JAVA_OPTS",
                "MaxRAMPercentage=70",
                "--memory",
                "adoptium.net",
                "org.grotto.cli.Main",
                "org.grotto.cli.Rehearsal",
                "-XX:AOTCacheOutput=",
                "-XX:AOTCache=",
                "-q -B -DskipTests -Dmaven.test.skip=true package")) {
            assertThat(text("grotto") + text(".mvn/find-jdk.sh")).contains(word);
            assertThat(text("grotto.cmd")).contains(word);
        }
    }

    @Test
    void theWindowsLauncherIsAsciiWithWindowsLineEnds() throws IOException {
        String cmd = Files.readString(ROOT.resolve("grotto.cmd"), StandardCharsets.US_ASCII);
        assertThat(cmd.replace("\r\n", "")).doesNotContain("\n").doesNotContain("\r");
        assertThat(cmd).endsWith("\r\n");
        assertThat(text(".gitattributes")).contains("*.cmd eol=crlf");
    }

    private List<String> run(Map<String, String> environment, String... words) throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/bin/sh")));
        List<String> command = new ArrayList<>(List.of(home.resolve("grotto").toString()));
        command.addAll(List.of(words));
        ProcessBuilder b = new ProcessBuilder(command).redirectErrorStream(true);
        b.environment().clear();
        b.environment().put("PATH", "/usr/bin:/bin");
        b.environment().putAll(environment);
        Process p = b.start();
        p.getOutputStream().close();
        String out = new String(p.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(p.waitFor()).as(out).isZero();
        return out.lines().toList();
    }

    /** A JDK that tells how it was called. */
    private String standIn(int version) throws IOException {
        Path jdk = Files.createDirectories(dir.resolve("jdk-" + version).resolve("bin"));
        for (String name : List.of("java", "javac")) {
            Path file = Files.writeString(
                    jdk.resolve(name),
                    "#!/bin/sh\nfor a in \"$@\"; do echo \"$a\"; done\necho \"LC_ALL=$LC_ALL\"\necho \"HOME=$HOME\"\n");
            assertThat(file.toFile().setExecutable(true)).isTrue();
        }
        Files.writeString(jdk.resolveSibling("release"), "JAVA_VERSION=\"" + version + ".0.1\"\n");
        return jdk.getParent().toString();
    }

    @Test
    void withoutAHomeAndInTheCLocaleJavaGetsUtf8AndAHome() throws Exception {
        List<String> said = run(Map.of("GROTTO_JAVA_HOME", standIn(25), "LC_ALL", "C"), "info", "洞.ply");
        assertThat(said).contains("LC_ALL=C.UTF-8", "-Dgrotto.home=" + home, "info", "洞.ply");
        assertThat(said).noneMatch("HOME="::equals);
        assertThat(run(Map.of("GROTTO_JAVA_HOME", standIn(25), "LANG", "zh_CN.UTF-8"), "info"))
                .contains("LC_ALL=");
    }

    @Test
    void anOlderJdkIsPassedOverAndMemoryIsTheHeap() throws Exception {
        Map<String, String> both = Map.of("GROTTO_JAVA_HOME", standIn(17), "JAVA_HOME", standIn(25), "HOME", "/");
        assertThat(run(both, "info", "--memory", "900m")).contains("-Xmx900m", "HOME=/");
        assertThat(run(both, "info", "--memory=8g")).contains("-Xmx8g");
        assertThat(run(both, "info", "--memory", "lots")).contains("-XX:MaxRAMPercentage=70");
        assertThat(run(both, "info")).contains("-XX:MaxRAMPercentage=70");
    }

    /** The built classes as the launcher wants them. */
    private static void jar(Path classes, Path jar) throws IOException {
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
                Stream<Path> all = Files.walk(classes)) {
            for (Path p : all.filter(Files::isRegularFile).toList()) {
                out.putNextEntry(new JarEntry(classes.relativize(p).toString().replace('\\', '/')));
                Files.copy(p, out);
                out.closeEntry();
            }
        }
    }

    @Test
    void ofTwoStartedAtOnceOneBuildsAndBothRun() throws Exception {
        Files.delete(home.resolve("target/.built"));
        Files.createDirectories(home.resolve("src/main"));
        Files.createDirectory(home.resolve("assets"));
        Files.createFile(home.resolve("pom.xml"));
        Path builds = dir.resolve("builds");
        Path mvnw = Files.writeString(home.resolve("mvnw"), "#!/bin/sh\necho built >> '" + builds + "'\nsleep 2\n");
        assertThat(mvnw.toFile().setExecutable(true)).isTrue();
        Map<String, String> environment = Map.of("GROTTO_JAVA_HOME", standIn(25));
        Files.createSymbolicLink(home.resolve("target/.building"), Path.of("999999999")); // left by one that was killed
        try (ExecutorService both = Executors.newFixedThreadPool(2)) {
            List<Future<List<String>>> said = List.of(
                    both.submit(() -> run(environment, "info", "one")),
                    both.submit(() -> run(environment, "info", "two")));
            assertThat(said.get(0).get()).contains("one");
            assertThat(said.get(1).get()).contains("two");
        }
        assertThat(Files.readAllLines(builds)).hasSize(1);
        assertThat(home.resolve("target/.building")).doesNotExist();
        assertThat(Files.isSymbolicLink(home.resolve("target/.building"))).isFalse();
    }

    @Test
    void whatJavaLearnedWhileBuildingIsUsed() throws Exception {
        Map<String, String> environment = Map.of("GROTTO_JAVA_HOME", standIn(25));
        assertThat(run(environment, "info")).noneMatch(l -> l.startsWith("-XX:AOTCache"));
        Path learned = Files.createFile(home.resolve("target/grotto.aot"));
        assertThat(run(environment, "info")).contains("-XX:AOTCache=" + learned);
    }

    @Test
    void aCacheThatDoesNotFitIsPassedOverInSilence() throws Exception {
        jar(ROOT.resolve("target/classes"), home.resolve("target/grotto.jar"));
        Files.createSymbolicLink(home.resolve("target/lib"), ROOT.resolve("target/lib"));
        Files.writeString(home.resolve("target/grotto.aot"), "no cache");
        assertThat(run(Map.of("GROTTO_JAVA_HOME", System.getProperty("java.home")), "--version"))
                .singleElement()
                .satisfies(l -> assertThat(l).startsWith("grotto "));
    }

    /** The real Java, from a folder and on a file with Chinese names, as a service without locale or home runs it. */
    @Test
    void aFileWithAChineseNameIsReadInTheCLocale() throws Exception {
        jar(ROOT.resolve("target/classes"), home.resolve("target/grotto.jar"));
        Files.createSymbolicLink(home.resolve("target/lib"), ROOT.resolve("target/lib"));
        Path scan = Files.writeString(dir.resolve("第12窟 北壁.xyz"), "0 0 0\n1 0 0\n0 1 0\n");
        String java = System.getProperty("java.home");
        assertThat(run(Map.of("GROTTO_JAVA_HOME", java, "LC_ALL", "C"), "info", scan.toString()))
                .anyMatch(l -> l.contains("第12窟 北壁.xyz"));
    }
}
