package org.grotto.format.cameras;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.grotto.base.GrottoException;
import org.jspecify.annotations.Nullable;

/** Numbers in lines of text, with their place in a failure. */
final class Words {
    private Words() {}

    /** A longer line is no text: the pictures' lists of a large set take a hundredth of that. */
    private static final int LONGEST = 1 << 24;

    /**
     * The next line without its end; null at the file's end.
     *
     * @param before number of the line before it, for a failure
     */
    static @Nullable String line(BufferedReader in, Path file, int before) throws IOException {
        StringBuilder s = new StringBuilder();
        for (int c = in.read(); c >= 0; c = in.read()) {
            if (c == '\n') {
                return s.toString();
            }
            if (c == '\r') {
                in.mark(1);
                if (in.read() != '\n') {
                    in.reset();
                }
                return s.toString();
            }
            if (s.length() == LONGEST) {
                throw GrottoException.badInput(
                        file,
                        "line " + (before + 1) + " has more than " + LONGEST
                                + " characters: no list of cameras; export them again.");
            }
            s.append((char) c);
        }
        return s.isEmpty() ? null : s.toString();
    }

    static double[] numbers(Path file, int line, String[] words, int from, int n) {
        if (words.length < from + n) {
            throw GrottoException.badInput(
                    file,
                    "line " + line + " has " + words.length + " words, where " + (from + n)
                            + " are needed; export the cameras again.");
        }
        double[] v = new double[n];
        for (int i = 0; i < n; i++) {
            v[i] = number(file, line, words[from + i]);
        }
        return v;
    }

    static double number(Path file, int line, String word) {
        try {
            double v = Double.parseDouble(word);
            if (Double.isFinite(v)) {
                return v;
            }
        } catch (NumberFormatException e) {
            // told below
        }
        throw GrottoException.badInput(
                file, "line " + line + ": \"" + word + "\" is no number; export the cameras again.");
    }

    static byte[] bytes(Path file, long most) {
        try {
            long size = Files.size(file);
            if (size > most) {
                throw GrottoException.unsupported(
                        file,
                        "has " + size + " bytes; camera sets of more than " + most
                                + " are not read. Export the cameras without points.");
            }
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw GrottoException.io(file, e);
        }
    }
}
