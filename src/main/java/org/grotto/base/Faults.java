package org.grotto.base;

import java.util.Map;
import java.util.TreeMap;

/**
 * Faults in scan data, counted by name: they do not stop the run, nor vanish. The report and the run record list them.
 * Thread-safe; counts do not depend on the order of the calls, the example kept is the smallest by text.
 */
public final class Faults {
    private final TreeMap<String, Entry> byName = new TreeMap<>();

    /** One kind of fault: how often it occurred and one example in words. */
    public record Entry(long count, String example) {}

    public void add(String name, long count, String example) {
        if (count == 0) {
            return;
        }
        synchronized (byName) {
            byName.merge(
                    name,
                    new Entry(count, example),
                    (a, b) ->
                            new Entry(a.count + b.count, a.example.compareTo(b.example) <= 0 ? a.example : b.example));
        }
    }

    /** A snapshot, sorted by name. */
    public Map<String, Entry> all() {
        synchronized (byName) {
            return new TreeMap<>(byName);
        }
    }
}
