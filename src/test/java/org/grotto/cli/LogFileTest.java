package org.grotto.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.grotto.base.GrottoException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The log holds what failed, stays small, and stops nothing. */
class LogFileTest {
    private static final Logger ROOT = Logger.getLogger("");
    private static final Logger OURS = Logger.getLogger("org.grotto");

    @TempDir
    Path dir;

    private Handler[] before;
    private Level rootLevel;
    private Level level;

    @BeforeEach
    void remember() {
        before = ROOT.getHandlers();
        rootLevel = ROOT.getLevel();
        level = OURS.getLevel();
    }

    @AfterEach
    void restore() {
        for (Handler h : ROOT.getHandlers()) {
            ROOT.removeHandler(h);
        }
        for (Handler h : before) {
            ROOT.addHandler(h);
        }
        ROOT.setLevel(rootLevel);
        OURS.setLevel(level);
    }

    private static LogRecord event(String message) {
        LogRecord r = new LogRecord(Level.INFO, message);
        r.setLoggerName("org.grotto.web.Gate");
        return r;
    }

    @Test
    void anEventIsOneLineWithTimeLevelPlaceAndTheStackBelow() throws IOException {
        Path file = dir.resolve("洞窟.log");
        LogRecord r = event("404 GET /a\n2026 forged");
        r.setThrown(new IOException("洞"));
        new LogFile(file, 1000).publish(r);
        String[] lines = Files.readString(file).split("\\R");
        assertThat(lines[0])
                .matches("\\d{4}-\\d\\d-\\d\\dT[0-9:.]+[+-]\\d\\d:\\d\\d INFO Gate: 404 GET /a \\| 2026 forged");
        assertThat(lines[1]).isEqualTo("java.io.IOException: 洞");
        assertThat(lines[2]).contains("at org.grotto.cli.LogFileTest");
    }

    @Test
    void sizeAndCountAreBoundedAndTheNewestStays() throws IOException {
        Path file = dir.resolve("kiosk.log");
        LogFile log = new LogFile(file, 1000);
        for (int i = 0; i < 500; i++) {
            log.publish(event("event " + i));
        }
        try (Stream<Path> files = Files.list(dir)) {
            assertThat(files.map(f -> f.getFileName().toString()))
                    .containsExactlyInAnyOrder("kiosk.log", "kiosk.log.1", "kiosk.log.2", "kiosk.log.3", "kiosk.log.4");
        }
        try (Stream<Path> files = Files.list(dir)) {
            assertThat(files).allSatisfy(f -> assertThat(Files.size(f)).isBetween(1L, 1000L));
        }
        assertThat(Files.readString(file)).endsWith("event 499\n");
        assertThat(Files.readString(dir.resolve("kiosk.log.1"))).doesNotContain("event 499\n");
    }

    @Test
    void aLogThatCannotBeWrittenStopsNothing() {
        new LogFile(dir.resolve("none").resolve("kiosk.log"), 1000).publish(event("lost"));
        assertThat(dir).isEmptyDirectory();
    }

    @Test
    void itsPlaceIsTheStateFolderAndWithoutAHomeATemporaryOne() throws IOException {
        Path home = Files.createDirectory(dir.resolve("家"));
        Path tmp = Files.createDirectory(dir.resolve("tmp"));
        assertThat(LogOption.folder(Map.of("HOME", home.toString()), tmp))
                .isEqualTo(home.resolve(".local/state/grotto"))
                .isDirectory();
        Path state = dir.resolve("state");
        assertThat(LogOption.folder(Map.of("HOME", home.toString(), "XDG_STATE_HOME", state.toString()), tmp))
                .isEqualTo(state.resolve("grotto"))
                .isDirectory();
        assertThat(LogOption.folder(
                        Map.of("LOCALAPPDATA", dir.resolve("AppData").toString()), tmp))
                .isEqualTo(dir.resolve("AppData").resolve("Grotto"));
        Path file = Files.writeString(dir.resolve("file"), "");
        assertThat(LogOption.folder(Map.of("HOME", file.toString(), "XDG_STATE_HOME", "relative"), tmp))
                .isEqualTo(tmp);
        assertThat(LogOption.folder(Map.of(), tmp)).isEqualTo(tmp);
    }

    /** The whole sentence and the stack are in the log; the console has the sentence alone. */
    @Test
    void whatStopsTheKioskStandsInTheLogAndNotOnTheConsole() throws IOException {
        Path file = dir.resolve("logs").resolve("kiosk.log");
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        PrintStream to = new PrintStream(err, true);
        int code =
                Main.run(new String[] {"kiosk", dir.resolve("nowhere").toString(), "--log", file.toString()}, to, to);
        assertThat(code).isEqualTo(5);
        assertThat(Files.readString(file))
                .contains("INFO Kiosk: begins: package " + dir.resolve("nowhere"))
                .contains("SEVERE Kiosk: failed: " + dir.resolve("nowhere"))
                .contains("at org.grotto.kiosk.visit.CavePackage.open");
        assertThat(err.toString().strip())
                .startsWith("grotto: ")
                .hasLineCount(1)
                .doesNotContain("\tat ");
    }

    @Test
    void aLogThatIsAskedForAndCannotBeIsRefused() {
        LogOption option = new LogOption();
        option.log = dir;
        assertThatThrownBy(() -> option.open("kiosk"))
                .isInstanceOf(GrottoException.class)
                .hasMessageContaining(dir.toString());
    }
}
