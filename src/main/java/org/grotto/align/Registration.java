package org.grotto.align;

import java.util.ArrayList;
import java.util.List;
import org.grotto.align.Registered.Pair;
import org.grotto.geometry.Columns;
import org.grotto.geometry.UnionFind;
import org.grotto.store.Engine;
import org.grotto.store.Store;
import org.jspecify.annotations.Nullable;

/**
 * Judges whether the stations of a survey fit each other. Works on a bounded number of patches of each station
 * ({@link Gather}), pair by pair ({@link Judge}), close-ups by all points of the other there ({@link CloseUp}), and looks at the graph of pairs for the station that is wrong
 * ({@link Culprits}). The result does not depend on regions or threads.
 */
public final class Registration {
    /** So many stations are compared each with each; of more, those that can meet. */
    private static final int FEW = 12;

    private Registration() {}

    /**
     * Judges.
     *
     * @param points cleaned, with normals, spacing and stations
     * @param eyes where each station stood, cave frame, metres; null where nobody knows
     * @param spacing a large value (95 %) of each station's own spacing, metres; 0 where nobody knows
     */
    public static Registered of(Store points, List<double @Nullable []> eyes, double[] spacing, Engine engine) {
        boolean told = points.columns().stream().anyMatch(t -> t.name().equals(Columns.STATION.name()));
        if (!told || eyes.size() < 2 || points.size() == 0) {
            return Culprits.alone(eyes.size());
        }
        Gather gather = new Gather(points, eyes, spacing, engine);
        Patches[] patches = gather.run();
        List<int[]> pairs = new ArrayList<>();
        for (int i = 0; i < patches.length; i++) {
            for (int j = i + 1; j < patches.length; j++) {
                if (patches[i].size > 0
                        && patches[j].size > 0
                        && (patches.length <= FEW || meet(patches[i], patches[j]))) {
                    pairs.add(new int[] {i, j});
                }
            }
        }
        List<Judge> judged =
                engine.work().map(pairs.size(), k -> judge(points, patches[pairs.get(k)[0]], patches[pairs.get(k)[1]]));
        UnionFind groups = new UnionFind(patches.length);
        for (int k = 0; k < pairs.size(); k++) {
            if (judged.get(k).said().verdict() == Registered.Verdict.CONSISTENT) {
                groups.join(pairs.get(k)[0], pairs.get(k)[1]);
            }
        }
        List<Pair> said = engine.work()
                .map(
                        pairs.size(),
                        k -> groups.root(pairs.get(k)[0]) == groups.root(pairs.get(k)[1])
                                ? judged.get(k).said()
                                : judged.get(k).otherwise());
        return Culprits.of(said, patches, gather.present());
    }

    /** Two as they are given; beside a close-up all points of the other there. */
    private static Judge judge(Store points, Patches a, Patches b) {
        boolean second = CloseUp.is(a, b);
        if (second || CloseUp.is(b, a)) {
            Patches detail = second ? b : a;
            Judge near = Judge.of(CloseUp.points(points, second ? a : b, detail), detail);
            if (near.said().reason() != Registered.Reason.FEW) {
                return near.beside(a, b);
            }
        }
        return Judge.of(a, b);
    }

    /** Whether a part of one lies near the other, as seen by a few hundred of its places. */
    private static boolean meet(Patches a, Patches b) {
        Patches from = a.size <= b.size ? a : b;
        Patches to = from == a ? b : a;
        double near = 0.25 * Math.min(a.extent, b.extent) + Math.max(a.step, b.step);
        var q = to.tree.query();
        int step = Math.max(1, from.size / 400);
        int n = 0;
        int met = 0;
        for (int i = 0; i < from.size; i += step) {
            n++;
            met += q.nearest(from.place[3 * i], from.place[3 * i + 1], from.place[3 * i + 2], 1, near);
        }
        return met * 50 >= n;
    }
}
