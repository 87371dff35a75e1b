package org.grotto.image;

/**
 * How a surface is lit: a lamp carried beside the camera, and a sky that is brighter above. What faces the lamp and the
 * sky shows its own colour.
 *
 * @param lamp what the lamp gives where it falls straight on
 * @param sky what comes from above, and {@code ground} from below
 * @param aside the lamp's direction: 0 at the eye, 1 at 45 degrees from the upper left
 */
public record Light(float lamp, float sky, float ground, float aside) {
    /** Relief stands out. */
    public static final Light RELIEF = new Light(0.85f, 0.3f, 0.16f, 0.75f);
    /** Quiet, so that a colour can be read against its scale. */
    public static final Light MAP = new Light(0.42f, 0.62f, 0.5f, 0.6f);
}
