package org.grotto;

/** Whether tests that CI runs shortened run at their whole length: GROTTO_WHOLE=1. */
public final class Whole {
    private Whole() {}

    public static boolean asked() {
        return "1".equals(System.getenv("GROTTO_WHOLE"));
    }
}
