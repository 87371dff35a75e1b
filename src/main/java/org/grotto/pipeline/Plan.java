package org.grotto.pipeline;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.grotto.base.Declared;
import org.grotto.base.Text;
import org.grotto.base.Work;

/**
 * A declared list of stages, and what runs it: in order, each timed, each result let go after its last consumer, each
 * named by a key. A key is the SHA-256 of the stage's name, version and options and of the keys of what it needs, so that
 * equal keys mean equal results.
 *
 * @param stages in the order in which they run
 */
public record Plan(List<Stage<?>> stages) {
    /** Something that the caller gives, and its key. */
    public record Given(Object value, String key) {}

    public Plan {
        stages = List.copyOf(stages);
        Set<String> names = new HashSet<>();
        for (Stage<?> s : stages) {
            if (!names.add(s.name())) {
                throw new IllegalArgumentException("two stages are named " + s.name());
            }
        }
    }

    /** The declarations of all stages that have options. */
    public List<Declared> declared() {
        return stages.stream().filter(Stage::hasOptions).map(Stage::declared).toList();
    }

    /** The options of every stage by its name, as {@code recipe} has them. */
    public Map<String, Object> options(Recipe recipe) {
        Map<String, Object> m = new LinkedHashMap<>();
        for (Stage<?> s : stages) {
            if (s.hasOptions()) {
                m.put(s.name(), recipe.of(s));
            }
        }
        return m;
    }

    /** Fails unless every need has a producer before it and none is produced twice. */
    void check(Set<Slot<?>> given) {
        Set<Slot<?>> there = new HashSet<>(given);
        for (Stage<?> s : stages) {
            for (Slot<?> need : s.needs()) {
                if (!there.contains(need)) {
                    throw new IllegalArgumentException(
                            "stage " + s.name() + " needs " + need.name() + ", which no stage before it gives");
                }
            }
            for (Slot<?> gift : s.gives()) {
                if (!there.add(gift)) {
                    throw new IllegalArgumentException(
                            "stage " + s.name() + " gives " + gift.name() + ", which is given already");
                }
            }
        }
    }

    /**
     * Runs all stages.
     *
     * @param given what no stage gives
     * @param wanted results that are kept for the caller
     * @param record notes times and keys
     * @param warnings where stages put what a user should be told
     */
    Results run(
            Map<Slot<?>, Given> given,
            Set<Slot<?>> wanted,
            Recipe recipe,
            RunRecord record,
            List<Text> warnings,
            Work work) {
        check(given.keySet());
        Map<Slot<?>, Object> values = new HashMap<>();
        Map<Slot<?>, String> keys = new HashMap<>();
        given.forEach((slot, g) -> {
            values.put(slot, g.value());
            keys.put(slot, g.key());
        });
        Results results = new Results(values, warnings, work);
        values.clear();
        for (int i = 0; i < stages.size(); i++) {
            Stage<?> s = stages.get(i);
            String key = key(s, recipe.of(s), keys);
            s.gives().forEach(slot -> keys.put(slot, key + "/" + slot.name()));
            Set<Slot<?>> later = neededFrom(i + 1, wanted);
            Set<Slot<?>> last = new HashSet<>(s.needs());
            last.removeAll(later);
            results.begin(s, last);
            record.time(s.name(), s.version(), key, () -> run(s, recipe, results));
            results.end(later);
        }
        return results;
    }

    private static <O extends Record> void run(Stage<O> stage, Recipe recipe, Results results) {
        try {
            stage.body().run(recipe.of(stage), results);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Set<Slot<?>> neededFrom(int first, Set<Slot<?>> wanted) {
        Set<Slot<?>> all = new HashSet<>(wanted);
        for (Stage<?> s : stages.subList(first, stages.size())) {
            all.addAll(s.needs());
        }
        return all;
    }

    private static String key(Stage<?> s, Record options, Map<Slot<?>, String> keys) {
        List<String> inputs = new ArrayList<>();
        for (Slot<?> need : s.needs()) {
            inputs.add(String.valueOf(keys.get(need)));
        }
        return Keys.of(s.name(), s.version(), options, inputs);
    }
}
