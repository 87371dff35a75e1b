package org.grotto.base;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;

/**
 * Outputs appear whole or not at all: they are written under a temporary name beside their place and moved when
 * complete. What is unfinished when its {@link Job} is cancelled, or the process ends, is deleted: from the request on
 * nothing is begun or moved to its place any more. What a process that was killed outright left behind, the next one that
 * writes to the same place deletes.
 */
public final class Outputs {
    /** As many as Linux follows. */
    private static final int LINKS = 40;

    private Outputs() {}

    /** Writes to a path that it is given. */
    @FunctionalInterface
    public interface Writer {
        void write(Path temporary) throws IOException;
    }

    /** Writes a file: {@code writer} fills a temporary one, which then takes the name {@code file}, replacing it. */
    public static void file(Path file, Writer writer) {
        whole(file, false, writer);
    }

    /**
     * Writes a folder: {@code writer} fills a fresh temporary one, which then takes the name {@code folder}.
     *
     * @throws GrottoException of kind BAD_REQUEST when {@code folder} exists and is not empty
     */
    public static void folder(Path folder, Writer writer) {
        refuseExisting(folder);
        whole(folder, true, writer);
    }

    /** Refuses an output folder that exists and is not empty; nothing of the user's is overwritten. */
    public static void refuseExisting(Path folder) {
        if (Files.isRegularFile(folder)) {
            throw GrottoException.badRequest(
                    folder + ": is a file, but a folder is to be written; name another output.");
        }
        if (Files.isDirectory(folder)) {
            try (var list = Files.list(folder)) {
                if (list.findAny().isPresent()) {
                    throw GrottoException.badRequest(folder
                            + ": exists already and is not empty; name another output folder or remove this one.");
                }
            } catch (IOException e) {
                throw GrottoException.io(folder, e);
            }
        }
    }

    /** Refuses an output file that is one of the inputs, by whatever name or link: it would be replaced. */
    public static void refuseInput(Path out, List<Path> inputs) {
        for (Path in : inputs) {
            try {
                if (Files.exists(out) && Files.exists(in) && Files.isSameFile(out, in)) {
                    throw GrottoException.badRequest(
                            out + ": is an input, and would be replaced by the output; name another output.");
                }
            } catch (IOException e) {
                throw GrottoException.io(in, e);
            }
        }
    }

    private static void whole(Path target, boolean folder, Writer writer) {
        Path absolute = followed(target);
        Path parent = absolute.getParent();
        Path name = absolute.getFileName();
        if (parent == null || name == null) {
            throw GrottoException.badRequest(target + ": is no place for an output.");
        }
        Job job = Job.current();
        Path temporary = parent.resolve(Leftovers.temporaryName(name.toString(), job));
        if (!folder && Files.exists(absolute) && !Files.isRegularFile(absolute)) {
            throw GrottoException.badRequest(
                    target + ": exists and is no plain file; name another output, it would be replaced.");
        }
        try {
            Files.createDirectories(parent);
            Leftovers.sweep(parent, name.toString());
            job.begin(temporary);
            job.check();
            if (folder) {
                Files.createDirectory(temporary);
            }
            writer.write(temporary);
            job.<IOException>place(() -> {
                if (folder && Files.isDirectory(absolute)) {
                    Files.delete(absolute); // empty, as checked before
                }
                Files.move(temporary, absolute, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            });
        } catch (GrottoException e) {
            throw e.naming(temporary, target);
        } catch (UncheckedIOException e) {
            throw GrottoException.io(target, new IOException(e.getMessage(), e));
        } catch (IOException e) {
            throw GrottoException.io(target, e);
        } finally {
            job.finish(temporary);
        }
    }

    /** Where {@code target} leads: a symbolic link stays and what it points to is written, whether it exists or not. */
    private static Path followed(Path target) {
        Path at = target.toAbsolutePath();
        for (int hop = 0; Files.isSymbolicLink(at); hop++) {
            if (hop == LINKS) {
                throw GrottoException.badRequest(
                        target + ": is a symbolic link that leads in a circle; name another output.");
            }
            Path parent = at.getParent();
            try {
                Path next = Files.readSymbolicLink(at);
                at = parent == null ? next : parent.resolve(next);
            } catch (IOException e) {
                throw GrottoException.io(target, e);
            }
        }
        return at;
    }

    /** A fresh folder for temporary files; {@link #discard} it, else it goes when its job ends. */
    public static Path scratch(String name) {
        try {
            Leftovers.sweepScratch(Path.of(System.getProperty("java.io.tmpdir")), name);
            Path folder = Files.createTempDirectory(Leftovers.scratchName(name));
            Job.current().begin(folder);
            return folder;
        } catch (IOException e) {
            throw GrottoException.io(Path.of(System.getProperty("java.io.tmpdir")), e);
        }
    }

    /** Deletes a folder of {@link #scratch}. */
    public static void discard(Path scratch) {
        Job.current().finish(scratch);
    }

    static void deleteQuietly(Path path) {
        try {
            deleteTree(path);
        } catch (IOException e) {
            // nothing more can be done for a temporary file on the way out
        }
    }

    /** Deletes {@code path} and all below it; nothing happens where it does not exist. */
    public static void deleteTree(Path path) throws IOException {
        if (!Files.exists(path, java.nio.file.LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        Files.walkFileTree(path, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path dir, @org.jspecify.annotations.Nullable IOException e)
                    throws IOException {
                Files.delete(dir);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
