package org.grotto.format;

import java.util.List;
import java.util.Map;
import org.grotto.geometry.Box;
import org.grotto.geometry.Pose;
import org.jspecify.annotations.Nullable;

/**
 * One scan in a file, as its header describes it; nothing of it needs the points to be read.
 *
 * @param name the scan's name, or the file's where it has none
 * @param guid the scan's identity, or null
 * @param pose scan frame to common frame, or null where the file does not give one. Batches hold scan-frame positions:
 *     apply it.
 * @param eye where the scanner stood in the scan's own frame, or null where unknown: {0,0,0} for E57 and PTX scans with
 *     a pose
 * @param count how many points the header declares, or -1 where the format does not say
 * @param columns what stands beside x, y, z
 * @param bounds as declared, scan frame, or null
 * @param xyzType how positions are stored
 * @param xyzScale the step of scaled positions, {x, y, z}, or null
 * @param xyzOffset the offset of scaled positions, or null
 * @param metadata whatever else the header says (sensor, dates, temperature, ...), sorted by key
 */
public record Scan(
        String name,
        @Nullable String guid,
        @Nullable Pose pose,
        double @Nullable [] eye,
        long count,
        List<Column> columns,
        @Nullable Box bounds,
        Column.Type xyzType,
        double @Nullable [] xyzScale,
        double @Nullable [] xyzOffset,
        Map<String, String> metadata) {}
