package org.grotto.kiosk;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.grotto.Need;
import org.grotto.Whole;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tiles come and go by the thousand and the process does not grow: 2,000 loads, or 5,000 with GROTTO_WHOLE=1. */
class KioskSoakTest {
    private static final int LOADS = Whole.asked() ? 5000 : 2000;

    @TempDir
    Path folder;

    @Test
    void tileLoadsLeaveTheResidentSizeFlat() throws Exception {
        String display = System.getenv("DISPLAY");
        Need.require(display != null && !display.isBlank(), "a display (run under xvfb-run -a)");
        Need.require(Files.exists(Path.of("/proc/self/status")), "Linux's /proc");
        Path cave = TestRoom.write(folder.resolve("cave"), 400, 1024);
        Path log = folder.resolve("soak.log");
        List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-Xmx256m",
                "-Xms256m",
                "-XX:+AlwaysPreTouch",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Djava.awt.headless=true",
                "-cp",
                System.getProperty("java.class.path"),
                KioskSoak.class.getName(),
                cave.toString(),
                Integer.toString(LOADS),
                "24"));
        Process p = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        boolean ended = p.waitFor(30, TimeUnit.MINUTES);
        p.destroyForcibly();
        List<String> lines = Files.readAllLines(log, StandardCharsets.UTF_8).stream()
                .filter(l -> l.startsWith("loads "))
                .toList();
        assertThat(ended).as(String.join("\n", Files.readAllLines(log))).isTrue();
        lines.forEach(System.out::println);
        assertThat(lines).as(Files.readString(log)).hasSizeGreaterThanOrEqualTo(LOADS / 500);
        long early = resident(lines.getFirst());
        long half = resident(lines.get(LOADS / 1000 - 1));
        long late = resident(lines.get(LOADS / 500 - 1));
        assertThat(lines).allMatch(l -> l.contains("failures 0"));
        // some 130 KiB of tile go through with each load; the compiler and the driver still warm up in the first half
        assertThat(late / (double) early).as("grown from 500 loads on").isLessThan(1.12);
        assertThat(late - half).as("KiB grown in the second half").isLessThan(24 * 1024);
    }

    private static long resident(String line) {
        return Long.parseLong(line.replaceAll(".*resident (\\d+) KiB.*", "$1"));
    }
}
