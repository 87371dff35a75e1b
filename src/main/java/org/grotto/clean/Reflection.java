package org.grotto.clean;

/**
 * A plane that stations saw the scene in a second time: a mirror, still water, a polished floor.
 *
 * @param centre of the part that reflects, metres
 * @param normal unit, to the side of what is real
 * @param width along the plane, level, metres; of the box around the part that reflects
 * @param height across that, metres
 * @param points behind it that are reflections
 */
public record Reflection(double[] centre, double[] normal, double width, double height, long points) {
    Reflection with(long points) {
        return new Reflection(centre, normal, width, height, points);
    }
}
