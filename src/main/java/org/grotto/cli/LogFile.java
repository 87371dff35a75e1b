package org.grotto.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/**
 * A log that stays small: FILE and the older FILE.1 to FILE.4, each of at most 1 MiB; a line an event, stack traces below
 * it. The file is opened for each event and closed again, so it can be moved on Windows, too. A log that cannot be
 * written stops nothing.
 */
final class LogFile extends Handler {
    static final long LIMIT = 1 << 20;
    static final int OLDER = 4;

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSxxx");

    /** Held here, for the logging room forgets loggers that nobody holds. */
    private static final Logger OURS = Logger.getLogger("org.grotto");

    private final Path file;
    private final long limit;

    LogFile(Path file, long limit) {
        this.file = file;
        this.limit = limit;
        setFormatter(new SimpleFormatter());
    }

    /** From now on all that is logged goes to {@code file}, and nothing to the console. */
    static LogFile install(Path file) {
        Logger root = Logger.getLogger("");
        for (Handler h : root.getHandlers()) {
            root.removeHandler(h);
        }
        root.setLevel(Level.WARNING);
        OURS.setLevel(Level.INFO);
        LogFile log = new LogFile(file, LIMIT);
        root.addHandler(log);
        return log;
    }

    @Override
    public synchronized void publish(LogRecord event) {
        if (!isLoggable(event)) {
            return;
        }
        try {
            String lines = lines(event);
            if (Files.exists(file) && Files.size(file) + lines.length() > limit) {
                turn();
            }
            Files.writeString(file, lines, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException | RuntimeException e) {
            // a full disk must not stop a museum's screen
        }
    }

    private String lines(LogRecord event) {
        StringWriter s = new StringWriter();
        PrintWriter w = new PrintWriter(s);
        String name = String.valueOf(event.getLoggerName());
        w.print(TIME.format(event.getInstant().atZone(ZoneId.systemDefault())));
        w.print(" " + event.getLevel().getName() + " " + name.substring(name.lastIndexOf('.') + 1) + ": ");
        w.println(getFormatter().formatMessage(event).replaceAll("\\R", " | "));
        if (event.getThrown() != null) {
            event.getThrown().printStackTrace(w);
        }
        w.flush();
        return s.toString();
    }

    private void turn() throws IOException {
        for (int i = OLDER; i > 0; i--) {
            Path from = i == 1 ? file : older(i - 1);
            if (Files.exists(from)) {
                Files.move(from, older(i), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    private Path older(int i) {
        return file.resolveSibling(file.getFileName() + "." + i);
    }

    @Override
    public void flush() {
        // each event is written as it comes
    }

    @Override
    public void close() {
        // nothing is held open
    }
}
