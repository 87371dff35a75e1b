package org.grotto.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.grotto.base.GrottoException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where a command that runs for days keeps its log. */
final class LogOption {
    @Option(
            names = "--log",
            paramLabel = "FILE",
            description = "log of what failed (default: in $XDG_STATE_HOME/grotto, ~/.local/state/grotto or"
                    + " %%LOCALAPPDATA%%\\Grotto); at most 5 MB with its older parts")
    @Nullable
    Path log;

    /** Logs to the file that was asked for, else to {@code name}.log in the user's folder for such things. */
    void open(String name) {
        Path file = log;
        if (file != null) {
            try {
                Path parent = file.toAbsolutePath().getParent();
                if (parent != null) {
                    Files.createDirectories(parent);
                }
                Files.writeString(file, "", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            } catch (IOException e) {
                throw GrottoException.io(file, e);
            }
            LogFile.install(file);
        } else {
            LogFile.install(folder(System.getenv(), Path.of(System.getProperty("java.io.tmpdir")))
                    .resolve(name + ".log"));
        }
    }

    /** The first folder that can be written: the state folder of the system's custom, else one for temporary files. */
    static Path folder(Map<String, String> environment, Path temporary) {
        for (Path p : candidates(environment)) {
            try {
                Files.createDirectories(p);
                if (Files.isWritable(p)) {
                    return p;
                }
            } catch (IOException e) {
                // the next one
            }
        }
        return temporary;
    }

    private static List<Path> candidates(Map<String, String> environment) {
        List<Path> all = new ArrayList<>();
        add(all, environment.get("LOCALAPPDATA"), "Grotto");
        add(all, environment.get("XDG_STATE_HOME"), "grotto");
        add(all, environment.get("HOME"), ".local/state/grotto");
        return all;
    }

    /** Only whole paths: what is relative would change with the folder one stands in. */
    private static void add(List<Path> all, @Nullable String folder, String inside) {
        try {
            if (folder != null && Path.of(folder).isAbsolute()) {
                all.add(Path.of(folder).resolve(inside));
            }
        } catch (InvalidPathException e) {
            // no folder of this system
        }
    }
}
