package org.grotto.format;

/**
 * Something in a file that breaks its specification, or that is legal and may make a reader stumble.
 *
 * @param fault true where it breaks the specification
 * @param where "byte 1234", "/e57Root/data3D/0/pose", "points"; empty for the file as a whole
 * @param clause the specification and the part of it that is meant, by the name that it has there; empty where none is
 * @param found what was found
 * @param todo what to do about it
 */
public record Finding(boolean fault, String where, String clause, String found, String todo) {

    /** One line: where, what was found, what to do, and by which clause. */
    @Override
    public String toString() {
        return (where.isEmpty() ? "" : where + ": ") + found + (todo.isEmpty() ? "" : "; " + todo) + "."
                + (clause.isEmpty() ? "" : " [" + clause + "]");
    }
}
