package org.grotto.clean;

import java.util.List;

/**
 * What cleaning found and did, as numbers for the quality report.
 *
 * @param input points given
 * @param kept points left
 * @param removed by reason
 * @param spacing of the kept points, all stations together, metres
 * @param stations what each station's points are like
 * @param normals where they came from: "from the scans" or "from neighbours"
 * @param orientation how their signs were told, in words
 * @param flipped normals of the input that pointed away from their station and were turned
 */
public record CleanReport(
        long input,
        long kept,
        Removed removed,
        List<Reflection> reflections,
        Quantiles spacing,
        List<StationStats> stations,
        String normals,
        String orientation,
        long flipped) {}
