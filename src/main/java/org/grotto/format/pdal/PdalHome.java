package org.grotto.format.pdal;

import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.time.Duration;
import java.util.Map;
import org.grotto.base.GrottoException;
import org.jspecify.annotations.Nullable;

/**
 * Where PDAL is on this machine.
 *
 * @param program the {@code pdal} program, or null
 * @param library a class path that holds pdal-java and the worker, or null
 * @param patience how long PDAL may take on top of a second for each 100 kB of the file
 */
public record PdalHome(@Nullable Path program, @Nullable String library, Duration patience) {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /**
     * Looks at GROTTO_PDAL (the program), the PATH, the active conda environment and Homebrew's folder, for pdal-java at
     * GROTTO_PDAL_JAVA (a class path) and Grotto's own class path; GROTTO_PDAL_SECONDS changes the patience.
     */
    public static PdalHome find(Map<String, String> environment) {
        String seconds = environment.getOrDefault("GROTTO_PDAL_SECONDS", "");
        if (!seconds.matches("[0-9]{0,6}")) {
            throw GrottoException.badRequest("GROTTO_PDAL_SECONDS is a number of seconds, found \"" + seconds + "\".");
        }
        return new PdalHome(
                program(environment),
                library(environment.get("GROTTO_PDAL_JAVA")),
                seconds.isEmpty() ? PATIENCE : Duration.ofSeconds(Long.parseLong(seconds)));
    }

    private static @Nullable Path program(Map<String, String> environment) {
        String set = environment.get("GROTTO_PDAL");
        if (set != null && !set.isEmpty()) {
            if (!Files.isExecutable(Path.of(set))) {
                throw GrottoException.missing("GROTTO_PDAL names " + set + ", which is no program; correct it.");
            }
            return Path.of(set);
        }
        String folders = environment.getOrDefault("PATH", "");
        String conda = environment.get("CONDA_PREFIX");
        if (conda != null) {
            folders +=
                    File.pathSeparator + Path.of(conda, "bin") + File.pathSeparator + Path.of(conda, "Library", "bin");
        }
        folders += File.pathSeparator + "/opt/homebrew/bin";
        for (String folder : folders.split(File.pathSeparator, -1)) {
            for (String name : new String[] {"pdal", "pdal.exe"}) {
                Path p = Path.of(folder).resolve(name);
                if (!folder.isEmpty() && Files.isRegularFile(p) && Files.isExecutable(p)) {
                    return p;
                }
            }
        }
        return null;
    }

    private static @Nullable String library(@Nullable String set) {
        if (set == null || set.isEmpty()) {
            boolean bundled = PdalHome.class.getClassLoader().getResource("io/pdal/Pipeline.class") != null;
            return bundled ? System.getProperty("java.class.path") : null;
        }
        CodeSource own = PdalHome.class.getProtectionDomain().getCodeSource();
        try {
            return own == null ? null : Path.of(own.getLocation().toURI()) + File.pathSeparator + set;
        } catch (URISyntaxException e) {
            return null;
        }
    }
}
