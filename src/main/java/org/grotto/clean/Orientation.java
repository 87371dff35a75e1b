package org.grotto.clean;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.grotto.base.GrottoException;
import org.grotto.geometry.ColumnType;
import org.grotto.geometry.Columns;
import org.grotto.geometry.Morton;
import org.grotto.store.Craft;
import org.grotto.store.Engine;
import org.grotto.store.Region;
import org.grotto.store.Store;

/**
 * Signs of normals where no station tells them. Two neighbours agree as if they mirror each other ({@link Mirror}).
 *
 * <p>What is smooth beyond doubt is joined first, into patches, along a minimum spanning forest (Hoppe et al. 1992) by
 * Kruskal's method: within each region as far as it can be sure ({@link OrientationPatches}), then across their borders.
 * Patches are then joined by the sum of the votes of all pairs of neighbours along their common border, the surest first
 * (Borůvka's method); a single doubtful pair, at which a spanning tree of points would turn a whole pillar, is outvoted.
 * The open side has a vote, too: points all over the cloud are asked which of their sides is free ({@link OpenSide}),
 * which outweighs borders for large patches and counts nothing for small ones. Points of known station are on the right
 * side from the start. The forest is one and votes are whole numbers, so the result depends neither on order nor on how
 * the store is cut. Memory of the global part: some tens of bytes a patch and a border point.
 */
final class Orientation {
    /** Whether a normal has its sign already: 1, or 0. */
    static final ColumnType KNOWN = ColumnType.choice("known", ColumnType.Kind.UINT8, "clean");

    /** About how many points, spread evenly, are asked which side is open. */
    private static final int VOTERS = 40_000;
    /** What a point's view of the open counts, against two neighbours that mirror each other. */
    private static final double SEEN = 0.05;
    /** Of a patch whose side nobody could tell. */
    private static final byte LEFT = 2;
    /** About so many points of each part without a side are asked. */
    private static final int OF_EACH = 3;

    private final Engine engine;
    private final Store store;
    private final List<OrientationPatches.Part> parts;
    /** The number in {@link #forest} of each region's first patch. */
    private final int[] base;
    /** Patches of all regions, and the node after the last: what points to the open side. */
    private final SignedForest forest;

    private final int open;
    private final boolean anyKnown;
    /** Neighbours in different patches: both patches and the vote, positive for alike. */
    private int[] low = new int[0];

    private int[] high = new int[0];
    private double[] vote = new double[0];

    private Orientation(Store store, List<OrientationPatches.Part> parts, Engine engine) {
        this.store = store;
        this.parts = parts;
        this.engine = engine;
        this.base = new int[parts.size() + 1];
        long patches = 0;
        for (int r = 0; r < parts.size(); r++) {
            patches += parts.get(r).size().length;
            if (patches >= Integer.MAX_VALUE) {
                throw GrottoException.badRequest("The points have more than " + Integer.MAX_VALUE
                        + " patches to be turned towards the open side; name their stations, or thin the cloud.");
            }
            base[r + 1] = (int) patches;
        }
        this.open = (int) patches;
        this.forest = new SignedForest(open + 1);
        boolean known = false;
        for (int r = 0; r < parts.size(); r++) {
            if (parts.get(r).open() >= 0) {
                forest.join(base[r] + parts.get(r).open(), open, parts.get(r).openOdd());
                known = true;
            }
        }
        this.anyKnown = known;
    }

    /** The store with its normals turned, and in words, how the parts without known points were. */
    record Turned(Store store, String words) {}

    /**
     * Turns the normals.
     *
     * @param store with normals, and with {@link #KNOWN} for those that have their sign already; that column goes
     * @param reach within what radius neighbours are looked for, metres
     */
    static Turned run(Store store, CleanOptions.Side side, double reach, Engine engine) {
        Engine.Added<OrientationPatches.Part> local =
                engine.add(store, OrientationPatches.gives(), new OrientationPatches(reach));
        Orientation o = new Orientation(local.store(), local.rest(), engine);
        o.grow();
        if (o.anyKnown) {
            o.settle(Views.NONE, true);
        }
        String words = o.told() ? "towards the stations" : o.look(side);
        return new Turned(
                o.turned()
                        .without(List.of(KNOWN.name(), OrientationPatches.PATCH.name(), OrientationPatches.ODD.name())),
                words);
    }

    /** Joins patches along sure edges across borders and those that waited, and notes the votes of all others. */
    private void grow() {
        Ends ends = new Ends(parts, base);
        int waiting = 0;
        int leaving = 0;
        int votes = 0;
        for (OrientationPatches.Part p : parts) {
            waiting = Math.addExact(waiting, p.waiting().key().length);
            leaving = Math.addExact(leaving, p.leaving().key().length);
            votes = Math.addExact(votes, p.votes().sum().length);
        }
        int n = Math.addExact(waiting, leaving);
        long[] key = new long[n];
        int[] a = new int[n];
        int[] b = new int[n];
        boolean[] opposite = new boolean[n];
        low = new int[votes + leaving];
        high = new int[low.length];
        vote = new double[low.length];
        int k = 0;
        int v = 0;
        for (int r = 0; r < parts.size(); r++) {
            OrientationPatches.Edges w = parts.get(r).waiting();
            for (int e = 0; e < w.key().length; e++) {
                key[k] = w.key()[e];
                a[k] = base[r] + w.from()[e];
                b[k] = base[r] + (int) w.to()[e];
                opposite[k++] = w.opposite()[e];
            }
            OrientationPatches.Edges l = parts.get(r).leaving();
            for (int e = 0; e < l.key().length; e++) {
                int end = ends.of(l.to()[e]);
                key[k] = l.key()[e];
                a[k] = base[r] + l.from()[e];
                b[k] = ends.patch[end];
                opposite[k] = l.opposite()[e] ^ ends.odd[end];
                low[v] = a[k];
                high[v] = b[k++];
                vote[v++] = ends.odd[end] ? -l.vote()[e] : l.vote()[e];
            }
            OrientationPatches.Votes s = parts.get(r).votes();
            for (int e = 0; e < s.sum().length; e++) {
                low[v] = base[r] + s.low()[e];
                high[v] = base[r] + s.high()[e];
                vote[v++] = s.sum()[e];
            }
        }
        long unsure = OrientationPatches.unsure();
        for (int e : Morton.sort(key.clone(), engine.work())) {
            if (key[e] < unsure) {
                forest.join(a[e], b[e], opposite[e]);
            }
        }
    }

    /** The points that edges lead to from other regions, by ascending number, with their patches in the forest. */
    private static final class Ends {
        final long[] id;
        final int[] patch;
        final boolean[] odd;

        Ends(List<OrientationPatches.Part> parts, int[] base) {
            int n = 0;
            for (OrientationPatches.Part p : parts) {
                n = Math.addExact(n, p.border().id().length);
            }
            id = new long[n];
            patch = new int[n];
            odd = new boolean[n];
            int at = 0;
            for (int r = 0; r < parts.size(); r++) {
                OrientationPatches.Points p = parts.get(r).border();
                for (int k = 0; k < p.id().length; k++) {
                    id[at] = p.id()[k];
                    patch[at] = base[r] + p.patch()[k];
                    odd[at++] = p.odd()[k];
                }
            }
        }

        int of(long point) {
            return Arrays.binarySearch(id, point);
        }
    }

    /**
     * What points say of the open side.
     *
     * @param patch of each, in the forest
     * @param view positive where the patch's sign points to the open side, whole
     */
    private record Views(int[] patch, double[] view) {
        static final Views NONE = new Views(new int[0], new double[0]);
    }

    /**
     * Joins patches by the votes along their borders and by what some points see, until none that touch are apart.
     *
     * @param pairs whether neighbours have a vote
     */
    private void settle(Views views, boolean pairs) {
        int[] voter = views.patch.clone();
        double[] view = views.view.clone();
        int asked = voter.length;
        for (; ; ) {
            int n = pairs ? apart() : 0;
            int o = forest.find(open);
            int still = 0;
            for (int k = 0; k < asked; k++) {
                if (forest.find(voter[k]) != o) {
                    voter[still] = voter[k];
                    view[still++] = view[k];
                }
            }
            asked = still;
            if (n + asked == 0) {
                return;
            }
            Borders borders = new Borders(n + asked);
            for (int k = 0; k < n; k++) {
                borders.see(forest.find(low[k]), forest.find(high[k]));
            }
            for (int k = 0; k < asked; k++) {
                borders.see(forest.find(voter[k]), o);
            }
            borders.sort();
            for (int k = 0; k < n; k++) {
                int a = forest.find(low[k]);
                int b = forest.find(high[k]);
                borders.vote(a, b, forest.odd(low[k]) ^ forest.odd(high[k]) ? -vote[k] : vote[k]);
            }
            for (int k = 0; k < asked; k++) {
                int a = forest.find(voter[k]);
                borders.vote(a, o, forest.odd(voter[k]) ^ forest.odd(open) ? -view[k] : view[k]);
            }
            for (int p : borders.surest(forest.nodes(), o)) {
                forest.join(borders.low(p), borders.high(p), borders.sum(p) < 0);
            }
        }
    }

    /** Keeps the votes between patches that are not yet joined; gives how many there are. */
    private int apart() {
        int kept = 0;
        for (int k = 0; k < low.length; k++) {
            if (forest.find(low[k]) != forest.find(high[k])) {
                low[kept] = low[k];
                high[kept] = high[k];
                vote[kept++] = vote[k];
            }
        }
        low = Arrays.copyOf(low, kept);
        high = Arrays.copyOf(high, kept);
        vote = Arrays.copyOf(vote, kept);
        return kept;
    }

    /** Whether every patch is joined to what is known. */
    private boolean told() {
        int o = forest.find(open);
        for (int k = 0; k < open; k++) {
            if (forest.find(k) != o) {
                return false;
            }
        }
        return true;
    }

    /** Asks points all over the cloud, then some of each part that none were asked of, which side is open. */
    private String look(CleanOptions.Side side) {
        OpenSide sides = OpenSide.of(store, engine);
        CleanOptions.Side chosen = side == CleanOptions.Side.AUTO ? sides.choose(store, engine) : side;
        long stride = Math.max(1, store.size() / VOTERS);
        settle(ask(sides, chosen, SEEN * stride, region -> (point, patch) -> region.id(point) % stride == 0), true);
        settle(ofEachPart(sides, chosen), false);
        String words = switch (chosen) {
            case INSIDE -> "into the room";
            case ABOVE -> "up from the ground";
            default -> "away from the object";
        };
        return words + (side == CleanOptions.Side.AUTO ? ", " + sides.reason() : ", as asked");
    }

    /** Which points of a region are asked, called in their order. */
    @FunctionalInterface
    private interface Choice {
        boolean asks(int point, int patch);
    }

    private Views ask(OpenSide sides, CleanOptions.Side side, double weight, Function<Region, Choice> choices) {
        List<Views> said = engine.map(store, patches(Set.of(Columns.NORMAL.name()), (region, work) -> {
            float[] n = Objects.requireNonNull(region.cloud().normals());
            int[] patch = patch(region);
            byte[] odd = odd(region);
            Choice choice = choices.apply(region);
            int[] of = new int[16];
            double[] view = new double[16];
            int m = 0;
            for (int i = region.from(); i < region.to(); i++) {
                int p = base[region.index()] + patch[i];
                if (choice.asks(i, p)) {
                    if (m == of.length) {
                        of = Arrays.copyOf(of, 2 * m);
                        view = Arrays.copyOf(view, 2 * m);
                    }
                    double v = sides.vote(side, region.cloud(), i, n[3 * i], n[3 * i + 1], n[3 * i + 2]);
                    of[m] = p;
                    view[m++] = Math.rint(Mirror.VOTE * weight * (odd[i] != 0 ? -v : v));
                }
            }
            return new Views(Arrays.copyOf(of, m), Arrays.copyOf(view, m));
        }));
        int n = 0;
        for (Views v : said) {
            n += v.patch.length;
        }
        Views all = new Views(new int[n], new double[n]);
        int at = 0;
        for (Views v : said) {
            System.arraycopy(v.patch, 0, all.patch, at, v.patch.length);
            System.arraycopy(v.view, 0, all.view, at, v.view.length);
            at += v.patch.length;
        }
        return all;
    }

    /** Asks some three points of each part whose side is not told yet, evenly over the part's points in their order. */
    private Views ofEachPart(OpenSide sides, CleanOptions.Side side) {
        int o = forest.find(open);
        int[] root = new int[open];
        long[] size = new long[open + 1];
        for (int r = 0; r < parts.size(); r++) {
            int[] of = parts.get(r).size();
            for (int k = 0; k < of.length; k++) {
                root[base[r] + k] = forest.find(base[r] + k);
                size[root[base[r] + k]] += of[k];
            }
        }
        // how many points of its part stand in earlier regions, for each patch; patches of one part in a region share
        // one
        int[] shared = new int[open];
        long[] before = new long[open];
        long[] passed = new long[open + 1];
        int[] last = new int[open + 1];
        Arrays.fill(last, -1);
        for (int r = 0; r < parts.size(); r++) {
            for (int p = base[r]; p < base[r + 1]; p++) {
                int t = root[p];
                if (last[t] < base[r]) {
                    last[t] = p;
                    before[p] = passed[t];
                }
                shared[p] = last[t];
            }
            for (int p = base[r]; p < base[r + 1]; p++) {
                passed[root[p]] += parts.get(r).size()[p - base[r]];
            }
        }
        return ask(sides, side, 1, region -> {
            int from = base[region.index()];
            long[] seen = Arrays.copyOfRange(before, from, base[region.index() + 1]);
            return (point, patch) ->
                    root[patch] != o && seen[shared[patch] - from]++ % Math.max(1, size[root[patch]] / OF_EACH) == 0;
        });
    }

    private <R> Craft<R> patches(Set<String> more, Craft.Function<R> run) {
        List<String> needs = new ArrayList<>(more);
        needs.add(OrientationPatches.PATCH.name());
        needs.add(OrientationPatches.ODD.name());
        return Craft.of(Set.copyOf(needs), 0, run);
    }

    private static int[] patch(Region region) {
        return Objects.requireNonNull(region.cloud().columns.ints(OrientationPatches.PATCH.name()));
    }

    private static byte[] odd(Region region) {
        return Objects.requireNonNull(region.cloud().columns.bytes(OrientationPatches.ODD.name()));
    }

    private Store turned() {
        int o = forest.find(open);
        boolean from = forest.odd(open);
        byte[] turn = new byte[open];
        for (int p = 0; p < open; p++) {
            turn[p] = (byte) (forest.find(p) != o ? LEFT : forest.odd(p) ^ from ? 1 : 0);
        }
        List<String> needs = List.of(
                Columns.NORMAL.name(), OrientationPatches.PATCH.name(), OrientationPatches.ODD.name(), KNOWN.name());
        return engine.add(store, Craft.of(Set.copyOf(needs), List.of(Columns.NORMAL), 0, (region, work) -> {
            float[] given = Objects.requireNonNull(region.cloud().normals());
            byte[] known = region.cloud().columns.bytes(KNOWN.name());
            int[] patch = patch(region);
            byte[] odd = odd(region);
            float[] n = Arrays.copyOfRange(given, 3 * region.from(), 3 * region.to());
            for (int i = region.from(); i < region.to(); i++) {
                int p = base[region.index()] + patch[i];
                boolean stays = known != null && known[i] != 0 || turn[p] == LEFT;
                if (!stays && (turn[p] ^ odd[i]) != 0) {
                    for (int k = 3 * (i - region.from()); k < 3 * (i - region.from() + 1); k++) {
                        n[k] = -n[k];
                    }
                }
            }
            return Columns.NONE.with(Columns.NORMAL, n);
        }));
    }
}
