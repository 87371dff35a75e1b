package org.grotto.pipeline;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.grotto.base.GrottoException;
import org.grotto.base.Job;
import org.grotto.base.Outputs;
import org.grotto.base.Work;
import org.grotto.format.FileHead;
import org.grotto.format.Format;
import org.grotto.format.PointReader;
import org.grotto.format.Reading;
import org.grotto.format.text.TextFormat;

/**
 * Files inside gzip and zip archives: unpacked once to a temporary folder, which goes with its job. A zip archive holds
 * one file that Grotto reads, and whatever belongs to it, such as materials and pictures. What grows too much on the way,
 * or would fill the disk, is refused.
 */
final class Packed {
    /** More than this of one byte, from {@link #SUSPECT} bytes on, no scan or mesh gives. */
    private static final int RATIO = 250;

    private static final long SUSPECT = 64L << 20;
    private static final int ENTRIES = 20_000;
    private static final int NAMED = 8;
    private static final Charset[] NAMES = {StandardCharsets.UTF_8, Charset.forName("GB18030")};

    /** Of one job: what it unpacked goes with it, whoever else reads the same archive. */
    private record Key(Job job, Path file, long size, long modified) {}

    private static final Map<Key, Path> UNPACKED = new LinkedHashMap<>();

    private Packed() {}

    /** The file to read for {@code path}: itself, or the one inside it, where it is an archive, or a cloud in a folder. */
    static Path file(Path given) {
        Path path = Formats.inFolder(given);
        FileHead head = FileHead.of(path);
        boolean gzip = head.startsWith("\u001f\u008b");
        boolean zip = head.startsWith("PK\u0003\u0004") && isPlainZip(path);
        if (!gzip && !zip) {
            return path;
        }
        try {
            Key key = new Key(
                    Job.current(),
                    path.toAbsolutePath().normalize(),
                    Files.size(path),
                    Files.getLastModifiedTime(path).toMillis());
            synchronized (UNPACKED) {
                Path known = UNPACKED.get(key);
                if (known == null || !Files.isRegularFile(known)) {
                    UNPACKED.values().removeIf(p -> !Files.isRegularFile(p)); // gone with the jobs that made them
                    known = unpacked(path, gzip);
                    UNPACKED.put(key, known);
                }
                return known;
            }
        } catch (IOException e) {
            throw GrottoException.io(path, e);
        }
    }

    /** A failure on an unpacked file as one of its archive. */
    static GrottoException naming(GrottoException e) {
        GrottoException named = e;
        synchronized (UNPACKED) {
            for (Map.Entry<Key, Path> u : UNPACKED.entrySet()) {
                named = named.naming(
                        u.getValue(),
                        Path.of(u.getKey().file() + ", in it " + u.getValue().getFileName()));
            }
        }
        return named;
    }

    /** Whether a zip archive is no more than that: some formats are zip archives, too. */
    private static boolean isPlainZip(Path path) {
        String ending = Formats.extension(path);
        return ending.equals("zip") || ending.isEmpty();
    }

    private static Path unpacked(Path path, boolean gzip) {
        Path folder = Outputs.scratch("grotto-packed");
        try {
            return gzip ? gunzip(path, folder) : unzip(path, folder);
        } catch (ZipException | EOFException e) {
            Outputs.discard(folder);
            throw GrottoException.badInput(
                    path,
                    "is no whole archive (" + e.getMessage() + "); copy it again, or unpack it and name the file.",
                    e);
        } catch (IOException e) {
            Outputs.discard(folder);
            throw GrottoException.io(path, e);
        } catch (RuntimeException e) {
            Outputs.discard(folder);
            throw e;
        }
    }

    private static Path gunzip(Path path, Path folder) throws IOException {
        String name = String.valueOf(path.getFileName());
        String inner = name.toLowerCase(Locale.ROOT).endsWith(".gz") ? name.substring(0, name.length() - 3) : name;
        Path to = folder.resolve(inner);
        try (InputStream in = new GZIPInputStream(Files.newInputStream(path), 1 << 16)) {
            copy(path, in, to, Files.size(path), new long[1]);
        }
        return to;
    }

    private static Path unzip(Path path, Path folder) throws IOException {
        try (ZipFile zip = open(path)) {
            if (zip.size() > ENTRIES) {
                throw GrottoException.unsupported(
                        path, "is an archive of " + zip.size() + " files; unpack it and name those to read.");
            }
            List<Path> readable = new ArrayList<>();
            long[] total = new long[1];
            for (ZipEntry e : zip.stream().toList()) {
                String name = e.getName().replace('\\', '/');
                if (e.isDirectory() || name.startsWith("__MACOSX/") || name.matches("(.*/)?\\._?[^/]*")) {
                    continue;
                }
                Path to = inside(path, folder, name);
                Files.createDirectories(java.util.Objects.requireNonNull(to.getParent()));
                try (InputStream in = zip.getInputStream(e)) {
                    copy(path, in, to, Files.size(path), total);
                }
                if (reads(to)) {
                    readable.add(to);
                }
            }
            // the tiles of a cloud in a folder belong to its one file
            List<Path> whole = readable.stream()
                    .filter(p -> Formats.ALL.stream().anyMatch(f -> isWhole(f, p)))
                    .toList();
            if (readable.size() > 1 && whole.size() != 1) {
                List<Path> notes = readable.stream().filter(Packed::isNote).toList();
                readable.removeAll(notes.size() < readable.size() ? notes : List.of());
            }
            if (readable.size() == 1 || whole.size() == 1) {
                return whole.size() == 1 ? whole.getFirst() : readable.getFirst();
            }
            throw GrottoException.unsupported(
                    path,
                    readable.isEmpty()
                            ? "is an archive without a file that Grotto reads (" + Formats.pointsRead() + "; "
                                    + Formats.meshesRead() + ")."
                            : "is an archive of " + readable.size() + " files that Grotto reads ("
                                    + names(folder, readable) + "); unpack it and name those you want.");
        }
    }

    private static ZipFile open(Path path) throws IOException {
        ZipException refused = null;
        for (Charset c : NAMES) {
            try {
                return new ZipFile(path.toFile(), c);
            } catch (ZipException e) {
                refused = refused == null ? e : refused; // its names may be written in the next one
            }
        }
        throw java.util.Objects.requireNonNull(refused);
    }

    private static Path inside(Path archive, Path folder, String name) {
        try {
            Path to =
                    folder.resolve(name.replaceAll("[<>:\"|?*\\p{Cntrl}]", "_")).normalize();
            if (to.startsWith(folder) && !to.equals(folder)) {
                return to;
            }
        } catch (InvalidPathException e) {
            // as one that leads out of the archive
        }
        throw GrottoException.badInput(archive, "holds a file whose name leads out of the archive: \"" + name + "\".");
    }

    /** Whether a file is the one that a cloud in a folder is told by. */
    private static boolean isWhole(Format f, Path file) {
        return f.names().contains(String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT));
    }

    /** Whether a text holds no points: a licence, say, that came with a mesh. */
    private static boolean isNote(Path file) {
        if (!(Formats.of(file) instanceof TextFormat text)) {
            return false;
        }
        try (Work work = Work.silent();
                PointReader points =
                        java.util.Objects.requireNonNull(text.points()).open(file, Reading.of(work))) {
            return points.scans().isEmpty();
        } catch (GrottoException e) {
            return e.kind() != GrottoException.Kind.BAD_REQUEST; // points that can be read in two ways
        }
    }

    private static boolean reads(Path file) {
        try {
            if (Files.size(file) == 0) {
                return false;
            }
            FileHead head = FileHead.of(file);
            for (Format f : Formats.ALL) {
                if (f.extensions().contains(Formats.extension(file)) || f.begins(head) || isWhole(f, file)) {
                    return true;
                }
            }
            return false;
        } catch (IOException e) {
            throw GrottoException.io(file, e);
        }
    }

    private static String names(Path folder, List<Path> files) {
        List<String> names = new ArrayList<>();
        for (Path f : files.subList(0, Math.min(NAMED, files.size()))) {
            names.add(folder.relativize(f).toString());
        }
        return String.join(", ", names) + (files.size() > NAMED ? " and " + (files.size() - NAMED) + " more" : "");
    }

    /** Copies a stream; {@code total[0]} is what the archive has given so far. */
    private static void copy(Path archive, InputStream in, Path to, long packed, long[] total) throws IOException {
        byte[] buffer = new byte[1 << 16];
        long room = Files.getFileStore(java.util.Objects.requireNonNull(to.getParent()))
                        .getUsableSpace()
                / 10
                * 9;
        long written = 0;
        try (OutputStream out = Files.newOutputStream(to)) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                total[0] += n;
                written += n;
                if (total[0] > SUSPECT && total[0] / RATIO > packed) {
                    throw GrottoException.badInput(
                            archive,
                            "unpacks to more than " + RATIO + " times its " + packed
                                    + " bytes, which no scan or mesh does; it was not unpacked.");
                }
                if (written > room) {
                    throw GrottoException.unsupported(
                            archive,
                            "unpacks to more than the " + (room >> 20) + " MB that the temporary folder has room for;"
                                    + " unpack it elsewhere and name the file.");
                }
                out.write(buffer, 0, n);
            }
        }
    }
}
