package org.grotto.format.las.laz;

/**
 * Which models and which last value an item (colour, wave packet, extra bytes) is coded with. In version 4 both belong to
 * the scanner channel. Version 3, as LASzip has written it for years, moves to another channel's models at once, but on
 * returning to a channel it still takes, and overwrites, the last value of the one it left.
 */
final class ItemContext {
    private final boolean lastFollows;
    private final boolean[] used = new boolean[4];
    /** Whose models to use. */
    int models;
    /** Whose last value to use and to overwrite. */
    int last;
    /** True when {@link #models} is new: its last value is to be copied from {@link #origin}. */
    boolean fresh;

    int origin;

    ItemContext(boolean lastFollows, int first) {
        this.lastFollows = lastFollows;
        models = first;
        last = first;
        used[first] = true;
    }

    /** Moves to the next point, whose context is {@code context}. */
    void next(int context) {
        last = models;
        fresh = false;
        if (context != models) {
            fresh = !used[context];
            origin = models;
            used[context] = true;
            models = context;
            if (fresh || lastFollows) {
                last = context;
            }
        }
    }
}
