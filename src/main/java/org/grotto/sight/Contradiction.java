package org.grotto.sight;

import org.grotto.geometry.ColumnType;

/** Why a place that one station shows cannot be believed: another one contradicts it. */
public enum Contradiction {
    /** It moved between the scans. */
    MOVED("moved"),
    /** Dust in mid-air. */
    DUST("dust"),
    /** A mixed pixel at an edge: the laser's spot fell on two surfaces. */
    MIXED("mixed"),
    /** One of the two stations stands elsewhere. */
    REGISTRATION("registration"),
    /** It is the mirror image of something: seen in a mirror, still water, a polished floor. Of points alone. */
    REFLECTED("reflected");

    /** Of points and of vertices: {@link #code}, 0 where nothing contradicts. */
    public static final ColumnType COLUMN =
            ColumnType.choice("conflict", ColumnType.Kind.UINT8, "1 moved 2 dust 3 mixed 4 station 5 reflected");

    private final String key;

    Contradiction(String key) {
        this.key = key;
    }

    /** The column's value, from 1. */
    public int code() {
        return ordinal() + 1;
    }

    /** In documents and in names of texts. */
    public String key() {
        return key;
    }
}
