package org.grotto.format;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds the files that a file names, its pictures and materials, as they come from other machines: written in another
 * encoding, with other letters' case, with backslashes, with a path that exists nowhere here. Where the path leads nowhere,
 * the file of that name beside the one that names it is meant.
 */
public final class Beside {
    private static final Pattern SCHEME = Pattern.compile("^[A-Za-z][A-Za-z0-9+.-]+:.*", Pattern.DOTALL);
    private static final Pattern ROOTED = Pattern.compile("^(/|[A-Za-z]:).*", Pattern.DOTALL);
    private static final int MOST_ENTRIES = 200_000;
    private static final int MOST_PARTS = 100;

    private Beside() {}

    /**
     * A file that was found.
     *
     * @param moved true where its place is not the one that was named, or its name only nearly
     */
    public record Found(Path file, boolean moved) {}

    /** What the bytes of a name may mean, the likeliest first: UTF-8 where they can be that, else GB18030 or Latin. */
    public static List<String> readings(byte[] name) {
        String utf8 = decoded(name, StandardCharsets.UTF_8);
        if (utf8 != null) {
            return List.of(utf8);
        }
        List<String> out = new ArrayList<>();
        for (String charset : List.of("GB18030", "Big5", "windows-1252")) {
            String s = decoded(name, Charset.forName(charset));
            if (s != null) {
                out.add(s);
            }
        }
        out.add(new String(name, StandardCharsets.ISO_8859_1));
        return out;
    }

    private static @Nullable String decoded(byte[] b, Charset charset) {
        try {
            return charset.newDecoder().decode(ByteBuffer.wrap(b)).toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    /** Whether a name is an address on a network or otherwise no file: "http:", "file:", "data:". */
    public static boolean isAddress(String name) {
        return SCHEME.matcher(name.strip()).matches();
    }

    /** The file that {@code name} means, seen from {@code folder}; null where there is none. Addresses are never followed. */
    public static @Nullable Found find(Path folder, String name) {
        String s = name.strip();
        if (s.length() > 1 && s.startsWith("\"") && s.endsWith("\"")) {
            s = s.substring(1, s.length() - 1).strip();
        }
        if (s.isEmpty() || s.indexOf(0) >= 0 || isAddress(s)) {
            return null;
        }
        Path as = path(folder, s);
        if (as != null && Files.isRegularFile(as)) {
            return new Found(as, false);
        }
        String slashed = s.replace('\\', '/');
        as = path(folder, slashed);
        if (as != null && Files.isRegularFile(as)) {
            return new Found(as, false);
        }
        if (!ROOTED.matcher(slashed).matches()) {
            Path near = nearly(folder, slashed.split("/+"));
            if (near != null) {
                return new Found(near, true);
            }
        }
        String last = slashed.substring(slashed.lastIndexOf('/') + 1).replaceFirst("^[A-Za-z]:", "");
        Path near = nearly(folder, new String[] {last});
        return near == null ? null : new Found(near, true);
    }

    private static @Nullable Path path(Path folder, String name) {
        try {
            return folder.resolve(name);
        } catch (InvalidPathException e) {
            return null;
        }
    }

    /** Follows a path whose names may differ in their letters' case, or in how accents are written. */
    private static @Nullable Path nearly(Path folder, String[] parts) {
        Path at = folder;
        for (int i = 0; i < parts.length && i < MOST_PARTS; i++) {
            if (parts[i].isEmpty() || parts[i].equals(".")) {
                continue;
            }
            Path next = path(at, parts[i]);
            if (next == null || !Files.exists(next)) {
                next = alike(at, parts[i]);
            }
            if (next == null) {
                return null;
            }
            at = next;
        }
        return Files.isRegularFile(at) ? at : null;
    }

    private static @Nullable Path alike(Path folder, String name) {
        String wanted = plain(name);
        Path best = null;
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            int seen = 0;
            for (Path p : entries) {
                if (seen++ > MOST_ENTRIES) {
                    break;
                }
                if (plain(String.valueOf(p.getFileName())).equals(wanted) && (best == null || p.compareTo(best) < 0)) {
                    best = p;
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            return null;
        }
        return best;
    }

    private static String plain(String name) {
        return Normalizer.normalize(name, Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
    }
}
