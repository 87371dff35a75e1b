package org.grotto.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.grotto.base.Help;
import org.grotto.base.Progress;
import org.grotto.base.Work;
import org.junit.jupiter.api.Test;

/** Plans are checked before they run, let go of what nobody needs, and name results by what made them. */
class PlanTest {
    record Factor(@Help("times this") int times) {}

    private static final Slot<Integer> SEED = new Slot<>("seed");
    private static final Slot<Integer> ONE = new Slot<>("one");
    private static final Slot<Integer> TWO = new Slot<>("two");
    private static final Slot<Integer> END = new Slot<>("end");

    private final List<String> ran = new ArrayList<>();
    private final List<Set<Slot<?>>> held = new ArrayList<>();

    private Stage<Factor> first(int version) {
        return new Stage<>("first", version, new Factor(2), List.of(SEED), List.of(ONE), (o, r) -> {
            ran.add("first");
            r.give(ONE, r.get(SEED) * o.times());
        });
    }

    private final Stage<Stage.Plain> second =
            new Stage<>("second", 1, Stage.PLAIN, List.of(ONE), List.of(TWO), (o, r) -> {
                ran.add("second");
                held.add(r.held());
                r.give(TWO, r.take(ONE) + 1);
                held.add(r.held());
            });

    private final Stage<Stage.Plain> third =
            new Stage<>("third", 1, Stage.PLAIN, List.of(TWO), List.of(END), (o, r) -> {
                ran.add("third");
                held.add(r.held());
                r.give(END, r.get(TWO) * 10);
            });

    private RunRecord run(Plan plan, Recipe recipe, String seedKey) {
        RunRecord record = new RunRecord(List.of());
        try (Work work = new Work(1, 1L << 28, Progress.NONE)) {
            Results r = plan.run(
                    Map.of(SEED, new Plan.Given(4, seedKey)), Set.of(END), recipe, record, new ArrayList<>(), work);
            assertThat(r.held()).containsExactly(END);
        }
        return record;
    }

    private static List<String> keys(RunRecord r) {
        return r.stages().stream().map(s -> String.valueOf(s.key())).toList();
    }

    @Test
    void aResultIsLetGoWithItsLastConsumer() {
        run(new Plan(List.of(first(1), second, third)), Recipe.DEFAULTS, "a");
        assertThat(ran).containsExactly("first", "second", "third");
        assertThat(held).containsExactly(Set.of(ONE), Set.of(TWO), Set.of(TWO));
    }

    @Test
    void aNeedWithoutProducerIsFoundBeforeAnythingRuns() {
        Plan gap = new Plan(List.of(first(1), third));
        assertThatThrownBy(() -> run(gap, Recipe.DEFAULTS, "a")).hasMessageContaining("third needs two");
        Plan backwards = new Plan(List.of(second, first(1)));
        assertThatThrownBy(() -> run(backwards, Recipe.DEFAULTS, "a")).hasMessageContaining("second needs one");
        assertThatThrownBy(() -> new Plan(List.of(third, third))).hasMessageContaining("third");
        assertThat(ran).isEmpty();
    }

    @Test
    void aStageSeesWhatItDeclaresAlone() {
        Stage<Stage.Plain> peeks =
                new Stage<>("peeks", 1, Stage.PLAIN, List.of(ONE), List.of(END), (o, r) -> r.give(END, r.get(SEED)));
        Stage<Stage.Plain> forgets = new Stage<>("forgets", 1, Stage.PLAIN, List.of(ONE), List.of(END), (o, r) -> {});
        assertThatThrownBy(() -> run(new Plan(List.of(first(1), peeks)), Recipe.DEFAULTS, "a"))
                .hasMessageContaining("does not declare that it needs seed");
        assertThatThrownBy(() -> run(new Plan(List.of(first(1), forgets)), Recipe.DEFAULTS, "a"))
                .hasMessageContaining("did not give end");
    }

    @Test
    void aKeyChangesWithVersionOptionsAndInputsOfItselfAndAllBeforeIt() {
        Plan plan = new Plan(List.of(first(1), second, third));
        List<String> as = keys(run(plan, Recipe.DEFAULTS, "a"));
        assertThat(as).doesNotHaveDuplicates().allMatch(k -> k.matches("[0-9a-f]{64}"));
        assertThat(keys(run(plan, Recipe.DEFAULTS, "a"))).isEqualTo(as);
        assertThat(keys(run(plan, Recipe.DEFAULTS.with("first", new Factor(2)), "a")))
                .isEqualTo(as);
        List<List<String>> others = List.of(
                keys(run(plan, Recipe.DEFAULTS, "b")),
                keys(run(plan, Recipe.DEFAULTS.with("first", new Factor(3)), "a")),
                keys(run(new Plan(List.of(first(2), second, third)), Recipe.DEFAULTS, "a")));
        for (List<String> o : others) {
            assertThat(o).doesNotContainAnyElementsOf(as);
        }
    }

    /** Written out once by hand: the same stage has this name on every machine. */
    @Test
    void aKeyIsTheHashOfCanonicalJson() {
        String json = "[\"first\",1,{\"times\":2},[\"a\"]]";
        assertThat(keys(run(new Plan(List.of(first(1), second, third)), Recipe.DEFAULTS, "a"))
                        .getFirst())
                .isEqualTo(Keys.sha256(json));
        record Mixed(
                String zeta,
                @org.jspecify.annotations.Nullable String alpha) {}
        assertThat(Keys.of(new Mixed("z", null))).isEqualTo(Keys.sha256("[{\"alpha\":null,\"zeta\":\"z\"}]"));
    }
}
