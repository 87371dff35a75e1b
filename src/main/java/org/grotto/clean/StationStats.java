package org.grotto.clean;

/**
 * What one station's points are like.
 *
 * @param station index in the list of stations
 * @param points how many are left after cleaning
 * @param spacing of the station's own points, metres
 * @param noise standard deviation across the surface, metres: what a curved patch through 24 of the station's own points
 *     leaves, so roughness finer than the spacing is in it; 0 where too few points say anything
 * @param samples how many places were looked at
 */
public record StationStats(int station, String name, long points, Quantiles spacing, double noise, long samples) {}
