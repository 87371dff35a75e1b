package org.grotto.format;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.grotto.base.GrottoException;

/** The rule for files that a file of a cloud in a folder names: they are beside it or below, and no addresses. */
public final class InFolder {
    private InFolder() {}

    /** {@code first}, and all files in the folders that {@code parts} name, in the order of their paths. */
    public static List<Path> files(Path first, List<Path> parts) {
        List<Path> out = new ArrayList<>();
        for (Path part : parts) {
            if (!Files.exists(part)) {
                continue;
            }
            try (Stream<Path> all = Files.walk(part)) {
                all.filter(Files::isRegularFile).forEach(out::add);
            } catch (IOException | UncheckedIOException e) {
                throw GrottoException.io(part, e instanceof IOException io ? io : new IOException(e));
            }
        }
        out.remove(first);
        out.sort(null);
        out.addFirst(first);
        return out;
    }

    /**
     * The file that is meant.
     *
     * @param folder that may not be left
     * @param from the file in it that names another, relative to its own folder
     * @throws GrottoException BAD_INPUT for a path that leaves the folder, an absolute one or an address
     */
    public static Path file(Path folder, Path from, String name) {
        Path top = folder.toAbsolutePath().normalize();
        try {
            Path beside = from.toAbsolutePath().normalize().getParent();
            boolean plain = !name.isEmpty()
                    && name.indexOf(0) < 0
                    && !Beside.isAddress(name)
                    && !name.startsWith("/")
                    && !name.startsWith("\\");
            Path p = plain && beside != null ? beside.resolve(name).normalize() : top;
            if (p.startsWith(top) && !p.equals(top)) {
                return p;
            }
        } catch (InvalidPathException e) {
            // as one that leads elsewhere
        }
        throw GrottoException.badInput(
                from,
                "names the file \"" + Remarks.shown(name) + "\", which is no path inside " + top.getFileName()
                        + "; addresses and files elsewhere are not followed.");
    }
}
