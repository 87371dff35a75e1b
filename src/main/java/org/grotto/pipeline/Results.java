package org.grotto.pipeline;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.grotto.base.Text;
import org.grotto.base.Work;
import org.jspecify.annotations.Nullable;

/**
 * What the stages of a running plan have given and later ones still need. A stage sees what it declared, no more. A result
 * is let go when the last stage that needs it has run, or earlier where that stage takes it.
 */
public final class Results {
    private final Map<Slot<?>, Object> values = new HashMap<>();
    private final List<Text> warnings;
    private final Work work;
    private Stage<?> running = new Stage<>("nothing", 0, Stage.PLAIN, List.of(), List.of(), (o, r) -> {});
    private Set<Slot<?>> last = Set.of();

    Results(Map<Slot<?>, Object> given, List<Text> warnings, Work work) {
        this.values.putAll(given);
        this.warnings = warnings;
        this.work = work;
    }

    /** A result that the running stage needs. */
    public <T> T get(Slot<T> slot) {
        return cast(checked(slot, values.get(slot)));
    }

    /** As {@link #get}; where no later stage needs it, it is not kept here any longer: the caller's frame holds it alone. */
    public <T> T take(Slot<T> slot) {
        return cast(checked(slot, last.contains(slot) ? values.remove(slot) : values.get(slot)));
    }

    /** Hands on a result that the running stage declares. */
    public <T> void give(Slot<T> slot, T value) {
        if (!running.gives().contains(slot)) {
            throw new IllegalStateException(running.name() + " does not declare that it gives " + slot.name());
        }
        values.put(slot, value);
    }

    /** Something a user should be told. */
    public void warn(Text text) {
        warnings.add(text);
    }

    /** What the stages have said so far. */
    List<Text> warnings() {
        return List.copyOf(warnings);
    }

    public Work work() {
        return work;
    }

    /** {@code last} are the needs of {@code stage} that no later stage has. */
    void begin(Stage<?> stage, Set<Slot<?>> last) {
        this.running = stage;
        this.last = new HashSet<>(last);
    }

    /** Lets go of what nobody needs any more; fails where the stage did not give what it declares. */
    void end(Set<Slot<?>> neededLater) {
        for (Slot<?> s : running.gives()) {
            if (!values.containsKey(s)) {
                throw new IllegalStateException(running.name() + " did not give " + s.name());
            }
        }
        values.keySet().retainAll(neededLater);
    }

    /** The results that are held now. */
    Set<Slot<?>> held() {
        return Set.copyOf(values.keySet());
    }

    /** A result after the plan's end. */
    <T> T result(Slot<T> slot) {
        Object v = values.get(slot);
        if (v == null) {
            throw new IllegalStateException("no result " + slot.name());
        }
        return cast(v);
    }

    private Object checked(Slot<?> slot, @Nullable Object value) {
        if (!running.needs().contains(slot)) {
            throw new IllegalStateException(running.name() + " does not declare that it needs " + slot.name());
        }
        if (value == null) {
            throw new IllegalStateException(running.name() + " has taken " + slot.name() + " already");
        }
        return value;
    }

    @SuppressWarnings("unchecked") // give() lets in nothing else
    private static <T> T cast(Object value) {
        return (T) value;
    }
}
