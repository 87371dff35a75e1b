package org.grotto.format.las.laz;

/** What the first layer of a window of points tells the others, one entry a point. */
final class Window {
    /** Which values changed against the last point of the same scanner channel; the bits are in {@link XyLayer}. */
    final byte[] change;

    /** Scanner channel. */
    final byte[] channel;

    /** The context that colours, wave packets and extra bytes are coded in; see {@link ItemContext}. */
    final byte[] item;

    /** The context of z. */
    final byte[] depth;

    Window(int capacity) {
        change = new byte[capacity];
        channel = new byte[capacity];
        item = new byte[capacity];
        depth = new byte[capacity];
    }
}
