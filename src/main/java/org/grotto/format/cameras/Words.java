package org.grotto.format.cameras;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.grotto.base.GrottoException;

/** Numbers in lines of text, with their place in a failure. */
final class Words {
    private Words() {}

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
