package org.grotto.pipeline;

import java.util.List;
import org.grotto.base.Declared;

/**
 * A step of a build: a name, a version, options, what it needs and gives, and one run method.
 *
 * @param name as command line, project file and run record know it
 * @param version rises where the same options and inputs give another result than before
 * @param defaults its options where nothing else is said; their components with {@code @Help} are the declaration
 * @param needs results of earlier stages, or what the caller of the plan gives
 * @param gives results for later stages
 * @param <O> the record of its options
 */
public record Stage<O extends Record>(
        String name, int version, O defaults, List<Slot<?>> needs, List<Slot<?>> gives, Body<O> body) {

    /** The options of a stage that has none. */
    public record Plain() {}

    static final Plain PLAIN = new Plain();

    /** What a stage does: takes what it needs from {@code results}, puts there what it gives. */
    @FunctionalInterface
    public interface Body<O> {
        void run(O options, Results results) throws java.io.IOException;
    }

    /** The options as help, command line and project file read them. */
    public Declared declared() {
        return new Declared(name, defaults);
    }

    /** Whether a user can choose anything. */
    boolean hasOptions() {
        return !(defaults instanceof Plain);
    }
}
