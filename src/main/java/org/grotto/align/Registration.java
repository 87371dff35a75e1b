package org.grotto.align;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import org.grotto.align.Registered.Pair;
import org.grotto.base.Work;
import org.grotto.geometry.Columns;
import org.grotto.geometry.UnionFind;
import org.grotto.store.Engine;
import org.grotto.store.Store;
import org.jspecify.annotations.Nullable;

/**
 * Judges whether the stations of a survey fit each other. Works on a bounded number of patches of each station
 * ({@link Gather}), pair by pair ({@link Judge}), close-ups by all points of the other there ({@link CloseUp}), what no pair tells by all that fit each
 * other ({@link Body}), and looks at the graph of pairs for the station that is wrong
 * ({@link Culprits}). The result does not depend on regions or threads.
 */
public final class Registration {
    /** So many stations are compared each with each; of more, each with those it shares most with. */
    private static final int FEW = 12;
    /** Of more, each is compared with so many that share most with it, and with those of which it is one. */
    private static final int MOST = 16;

    private static final double LEAST_SHARED = 0.02;

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
        List<int[]> pairs = pairs(patches, engine.work());
        List<Judge> judged =
                engine.work().map(pairs.size(), k -> judge(points, patches[pairs.get(k)[0]], patches[pairs.get(k)[1]]));
        UnionFind groups = linked(pairs, judged, patches.length, engine.work());
        List<Pair> said = engine.work()
                .map(
                        pairs.size(),
                        k -> groups.root(pairs.get(k)[0]) == groups.root(pairs.get(k)[1])
                                ? judged.get(k).linked()
                                : judged.get(k).otherwise());
        return Culprits.of(Body.beside(said, patches, engine.work()), patches, gather.present());
    }

    /**
     * The stations that fit each other, and nowhere else. What two pairs say the third need not be asked: of pairs that fit in
     * place those that share most and make no ring are asked whether another place fits as well, until no more can join.
     */
    private static UnionFind linked(List<int[]> pairs, List<Judge> judged, int stations, Work work) {
        List<Integer> left = new ArrayList<>();
        for (int k = 0; k < pairs.size(); k++) {
            if (judged.get(k).pending()) {
                left.add(k);
            }
        }
        left.sort(Comparator.<Integer>comparingLong(k -> -judged.get(k).said().samples())
                .thenComparing(k -> k));
        UnionFind groups = new UnionFind(stations);
        while (true) {
            left.removeIf(k -> groups.root(pairs.get(k)[0]) == groups.root(pairs.get(k)[1]));
            if (left.isEmpty()) {
                return groups;
            }
            UnionFind tree = new UnionFind(stations);
            for (int s = 0; s < stations; s++) {
                tree.join(s, groups.root(s));
            }
            List<Integer> asked = new ArrayList<>();
            for (int k : left) {
                int[] p = pairs.get(k);
                if (tree.root(p[0]) != tree.root(p[1])) {
                    tree.join(p[0], p[1]);
                    asked.add(k);
                }
            }
            left.removeAll(asked);
            List<Judge> answers =
                    work.map(asked.size(), i -> judged.get(asked.get(i)).asked());
            for (int i = 0; i < asked.size(); i++) {
                if (answers.get(i).said().verdict() == Registered.Verdict.CONSISTENT) {
                    groups.join(pairs.get(asked.get(i))[0], pairs.get(asked.get(i))[1]);
                }
            }
        }
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

    /**
     * The pairs to compare: of few stations all; of many, each station with those it shares most with, so that the cost
     * grows with the stations and not with their square.
     */
    private static List<int[]> pairs(Patches[] patches, Work work) {
        List<int[]> all = new ArrayList<>();
        for (int i = 0; i < patches.length; i++) {
            for (int j = i + 1; j < patches.length; j++) {
                if (patches[i].size > 0 && patches[j].size > 0) {
                    all.add(new int[] {i, j});
                }
            }
        }
        if (patches.length <= FEW) {
            return all;
        }
        List<Double> shared = work.map(all.size(), k -> shared(patches[all.get(k)[0]], patches[all.get(k)[1]]));
        return chosen(all, shared, patches.length);
    }

    /** Of all pairs and the shares that they have in common, those to compare; what can be linked at all stays linked. */
    static List<int[]> chosen(List<int[]> all, List<Double> shared, int stations) {
        List<Integer> order = new ArrayList<>();
        for (int k = 0; k < all.size(); k++) {
            if (shared.get(k) >= LEAST_SHARED) {
                order.add(k);
            }
        }
        order.sort(Comparator.<Integer, Double>comparing(shared::get).reversed().thenComparing(k -> k));
        int[] compared = new int[stations];
        UnionFind linked = new UnionFind(stations);
        BitSet taken = new BitSet();
        for (int k : order) {
            int[] p = all.get(k);
            if (Math.min(compared[p[0]], compared[p[1]]) < MOST || linked.root(p[0]) != linked.root(p[1])) {
                compared[p[0]]++;
                compared[p[1]]++;
                linked.join(p[0], p[1]);
                taken.set(k);
            }
        }
        return taken.stream().mapToObj(all::get).toList();
    }

    /** The share of a few hundred places of the smaller that lie near the other, 0 to 1. */
    private static double shared(Patches a, Patches b) {
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
        return (double) met / n;
    }
}
