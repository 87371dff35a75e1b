package org.grotto.clean;

import org.grotto.geometry.Cloud;

/**
 * A cloud fit for use. Arrays are owned by it: treat them as constant.
 *
 * @param cloud in Morton order, with unit normals on the open side
 * @param spacing of each point to its neighbours, all stations together, metres
 */
public record Cleaned(Cloud cloud, float[] spacing, CleanReport report) {}
