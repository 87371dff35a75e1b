package org.grotto.pipeline;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is to be built: by a project file or by the command line alone.
 *
 * @param file the project file, or null
 * @param scans in the order given
 * @param out the package's folder, or null where the file does not say
 */
public record Project(
        @Nullable Path file, List<ScanFile> scans, @Nullable Path out, Recipe recipe) {}
