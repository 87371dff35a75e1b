package org.grotto.base;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The one failure that Grotto raises on purpose. Its message is a whole English sentence for a user at the command line
 * and for the log: which file, where in it, what was found, what to do. {@link #text} says it to a visitor, in both
 * languages and without any file. Anything else that is thrown is a bug of ours.
 */
public final class GrottoException extends RuntimeException {

    /** Whose fault it is; the command line turns this into an exit code. */
    public enum Kind {
        /** The data cannot be what it says it is. */
        BAD_INPUT,
        /** The options or arguments do not make sense. */
        BAD_REQUEST,
        /** Sound, but beyond what this version handles. */
        UNSUPPORTED,
        /** Reading or writing failed: missing file, full disk, no permission. */
        IO,
        /** A program or library that this needs is not installed. */
        MISSING,
        /** The user stopped it. */
        CANCELLED
    }

    private final Kind kind;
    /** Names a text of the catalogue; without one the kind has words for it. */
    private final @Nullable String key;

    public GrottoException(Kind kind, String message, @Nullable Throwable cause) {
        this(kind, message, cause, null);
    }

    private GrottoException(Kind kind, String message, @Nullable Throwable cause, @Nullable String key) {
        super(printable(message), cause);
        this.kind = kind;
        this.key = key;
    }

    private static GrottoException of(Kind kind, Path file, String sentence, @Nullable Throwable cause) {
        return new GrottoException(kind, file + ": " + sentence, cause);
    }

    /** The same failure with words of its own for visitors, by their key in the catalogue. */
    public GrottoException told(String words) {
        return new GrottoException(kind, String.valueOf(getMessage()), getCause(), words);
    }

    /** What a visitor of a kiosk or a page is told: one sentence without files and folders, which are no visitor's business. */
    public Text text() {
        return Texts.of(key == null ? usual() : key);
    }

    private String usual() {
        return switch (kind) {
            case BAD_INPUT -> "failures.bad-data";
            case UNSUPPORTED -> "failures.unsupported";
            case IO -> "failures.unreadable";
            case BAD_REQUEST -> "failures.bad-request";
            case MISSING -> "failures.missing";
            case CANCELLED -> "failures.cancelled";
        };
    }

    /** One line, whatever bytes of a broken file are quoted in it: a terminal obeys control characters. */
    private static String printable(String message) {
        StringBuilder s = new StringBuilder(message.length());
        message.codePoints()
                .map(c -> Character.isISOControl(c) || c == 0x2028 || c == 0x2029 ? '?' : c)
                .forEach(s::appendCodePoint);
        return s.toString();
    }

    /** The same failure with {@code shown} in place of {@code hidden}: users know no temporary files. */
    public GrottoException naming(Path hidden, Path shown) {
        String message = String.valueOf(getMessage());
        String renamed = message.replace(hidden.toString(), shown.toString());
        return renamed.equals(message) ? this : new GrottoException(kind, renamed, this, key);
    }

    /**
     * The same failure said of the files that were worked on, for a sentence that could not know them. One that names any
     * of them stays as it is, and so does a failed reading or writing, which always names its file, and a stop on request.
     */
    public GrottoException about(List<Path> inputs, @Nullable Path output) {
        String message = String.valueOf(getMessage());
        boolean named = kind == Kind.CANCELLED || kind == Kind.IO || output != null && names(message, output);
        for (Path p : inputs) {
            named = named || names(message, p);
        }
        return named ? this : new GrottoException(kind, subject(inputs) + ": " + continued(message), this, key);
    }

    /** A sentence after a colon: its first word in small letters, where it is a word. */
    private static String continued(String sentence) {
        boolean word = sentence.length() > 1
                && Character.isUpperCase(sentence.charAt(0))
                && (Character.isLowerCase(sentence.charAt(1)) || sentence.charAt(1) == ' ');
        return word ? Character.toLowerCase(sentence.charAt(0)) + sentence.substring(1) : sentence;
    }

    private static boolean names(String message, Path file) {
        return message.contains(file.getFileName() + ":") || message.contains(file + ":");
    }

    /** The files as a sentence names them: all of a few, else the first and how many more. */
    public static String subject(List<Path> files) {
        int shown = files.size() <= 3 ? files.size() : 1;
        StringBuilder s = new StringBuilder();
        for (int i = 0; i < shown; i++) {
            s.append(i == 0 ? "" : i == files.size() - 1 ? " and " : ", ").append(files.get(i));
        }
        return shown < files.size() ? s + " and " + (files.size() - shown) + " more" : s.toString();
    }

    /** The heap does not do for {@code subject}, which may be empty. */
    public static GrottoException outOfMemory(String subject, @Nullable OutOfMemoryError e) {
        long heap = Runtime.getRuntime().maxMemory() >> 20;
        return new GrottoException(
                Kind.UNSUPPORTED,
                (subject.isEmpty() ? "" : subject + ": ") + heap
                        + " MB of memory are not enough for this; raise --memory, or give it less at once.",
                e);
    }

    public Kind kind() {
        return kind;
    }

    /** Bad data in {@code file} as a whole; {@code sentence} says what was found and what to do. */
    public static GrottoException badInput(Path file, String sentence) {
        return of(Kind.BAD_INPUT, file, sentence, null);
    }

    /** Bad data in {@code file}, found by another's code. */
    public static GrottoException badInput(Path file, String sentence, Throwable cause) {
        return of(Kind.BAD_INPUT, file, sentence, cause);
    }

    /** Bad data at byte {@code offset} (or line, for text: use {@link #badLine}) of {@code file}. */
    public static GrottoException badInput(Path file, long offset, String sentence) {
        return of(Kind.BAD_INPUT, file, "at byte " + offset + ": " + sentence, null);
    }

    /** Bad data in line {@code line} (from 1) of a text file. */
    public static GrottoException badLine(Path file, long line, String sentence) {
        return of(Kind.BAD_INPUT, file, "line " + line + ": " + sentence, null);
    }

    public static GrottoException badRequest(String sentence) {
        return new GrottoException(Kind.BAD_REQUEST, sentence, null);
    }

    public static GrottoException unsupported(Path file, String sentence) {
        return of(Kind.UNSUPPORTED, file, sentence, null);
    }

    public static GrottoException missing(String sentence) {
        return new GrottoException(Kind.MISSING, sentence, null);
    }

    public static GrottoException cancelled() {
        return new GrottoException(Kind.CANCELLED, "Stopped on request; nothing was left half-written.", null);
    }

    /** An I/O failure on {@code file}, in words: a full disk, a missing file and a refused one are told apart. */
    public static GrottoException io(Path file, IOException e) {
        String reason = switch (e) {
            case java.nio.file.NoSuchFileException n -> "no such file or folder; check the path.";
            case java.nio.file.AccessDeniedException n ->
                "access refused; check the permissions of the file and its folder.";
            case java.nio.file.FileAlreadyExistsException n -> "exists already; name another output.";
            case java.io.EOFException n -> "ends too early; the file is truncated, copy it again.";
            default -> ioReason(e);
        };
        return of(Kind.IO, file, reason, e);
    }

    private static String ioReason(IOException e) {
        String m = String.valueOf(e.getMessage());
        if (m.contains("No space left")) {
            return "the disk is full; free some space or name an output on another disk.";
        }
        return "cannot be read or written (" + m + ").";
    }
}
