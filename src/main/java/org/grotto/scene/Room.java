package org.grotto.scene;

import org.grotto.geometry.Box;

/**
 * Where the room's own walls, floor and ceiling stand, without what lies deeper in the rock (niches, cracks, doors): what
 * a doll's house may cut away.
 *
 * @param azimuthDegrees how far the walls are turned from the frame's axes, counter-clockwise from +X, -45 to 45
 * @param box in the turned axes through the frame's zero, metres: x = X cos a + Y sin a, y = Y cos a - X sin a, z = Z
 */
public record Room(double azimuthDegrees, Box box) {}
