package org.grotto.pipeline;

/**
 * The name of a result that stages hand on; every slot is one object.
 *
 * @param <T> what the result is
 */
public record Slot<T>(String name) {}
