package org.grotto;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Packages of npm by which what we read and write is judged. */
public final class Npm {
    private Npm() {}

    /**
     * Installs packages, once; gives where they stand.
     *
     * @param folder under target/npm, of their own: npm removes from a folder what the latest call did not name
     * @param packages as name@version
     */
    public static synchronized Path modules(String folder, String... packages)
            throws IOException, InterruptedException {
        Path in = Need.root().resolve("target/npm").resolve(folder);
        Path modules = in.resolve("node_modules");
        Path npm = Need.program("npm");
        if (!List.of(packages).stream()
                .allMatch(p -> Files.isDirectory(modules.resolve(p.substring(0, p.indexOf('@')))))) {
            Files.createDirectories(in);
            List<String> command = new ArrayList<>(List.of(
                    npm.toString(), "install", "--no-save", "--no-audit", "--no-fund", "--prefix", in.toString()));
            command.addAll(List.of(packages));
            Process p = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(in.resolve("install.log").toFile())
                    .start();
            boolean done = p.waitFor(3, TimeUnit.MINUTES) && p.exitValue() == 0;
            Need.require(done, "npm packages " + String.join(" and ", packages));
        }
        return modules;
    }
}
