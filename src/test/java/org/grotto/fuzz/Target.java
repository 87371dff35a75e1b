package org.grotto.fuzz;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * One reader under attack.
 *
 * @param name as the command line names it
 * @param file the name of the file that holds the bytes
 * @param seeds bytes that are read without complaint, or with one
 * @param made the file's bytes of what the search changes: checksums, lengths and wrappings made right, so that the
 *     change gets past them
 * @param read reads the file; a {@link org.grotto.base.GrottoException} is an answer, anything else a finding
 */
record Target(String name, String file, Supplier<List<byte[]>> seeds, UnaryOperator<byte[]> made, Read read) {
    @FunctionalInterface
    interface Read {
        void of(Path file) throws Exception;
    }

    @Override
    public String toString() {
        return name;
    }
}
