package org.grotto.base;

/** Where a craft tells how far it is, and learns that the user wants it to stop. Safe to call from any thread. */
public interface Progress {

    /** Says nothing, never cancels. */
    Progress NONE = (name, total, unit) -> n -> {};

    /**
     * Starts a step.
     *
     * @param name what is being done, in the present participle: "reading scans"
     * @param total how many units there are, or -1 where unknown
     * @param unit "points", "triangles", "tiles", "bytes"
     */
    Step begin(String name, long total, String unit);

    /** One step under way; closing it says that it is done. */
    interface Step extends AutoCloseable {
        /**
         * Reports {@code n} more units done. Call it at least every tenth of a second of work.
         *
         * @throws GrottoException of kind CANCELLED when the user asked to stop
         */
        void advance(long n);

        @Override
        default void close() {}
    }
}
