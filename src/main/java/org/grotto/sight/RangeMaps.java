package org.grotto.sight;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.grotto.base.Work;
import org.grotto.geometry.Cloud;
import org.grotto.geometry.Columns;
import org.grotto.geometry.Morton;
import org.grotto.store.Craft;
import org.grotto.store.Engine;
import org.grotto.store.Region;
import org.grotto.store.Store;
import org.jspecify.annotations.Nullable;

/**
 * Makes the {@link RangeMap} of every station: regions tell, of the stations they have points of, how many, which
 * directions, and the shortest range in each pixel; put together these are small enough to be shown to all.
 */
public final class RangeMaps {
    private final Store store;
    private final List<double @Nullable []> eyes;
    private final Engine engine;

    private RangeMaps(Store store, List<double @Nullable []> eyes, Engine engine) {
        this.store = store;
        this.eyes = eyes;
        this.engine = engine;
    }

    /** The maps of the stations whose eye is known and that have points; none where points have no station. */
    public static List<RangeMap> of(Store store, List<double @Nullable []> eyes, Engine engine) {
        boolean told = store.columns().stream().anyMatch(t -> t.name().equals(Columns.STATION.name()));
        return told ? new RangeMaps(store, eyes, engine).run() : List.of();
    }

    /**
     * The maps without some of their points: pixels that held none of these stay as they are, the others are seen anew.
     *
     * @param maps of all points of {@code store}
     * @param gone a column of one byte: what is not 0 there is left out
     */
    public static List<RangeMap> without(List<RangeMap> maps, Store store, String gone, Engine engine) {
        Set<String> needs = Set.of(Columns.STATION.name(), gone);
        int most = maps.stream().mapToInt(RangeMap::station).max().orElse(-1) + 1;
        @Nullable RangeMap[] of = new RangeMap[most];
        maps.forEach(m -> of[m.station()] = m);
        long[][] anew = new long[most][0];
        List<List<Seen<RangeMap.Pixels>>> lost =
                engine.map(store, Craft.of(needs, 0, (region, work) -> some(region, gone, true, of, anew, work)));
        for (int s = 0; s < most; s++) {
            int at = s;
            anew[s] = lost.stream()
                    .flatMap(List::stream)
                    .filter(p -> p.station == at)
                    .flatMapToLong(p -> Arrays.stream(p.what.keys()))
                    .sorted()
                    .distinct()
                    .toArray();
        }
        List<List<Seen<RangeMap.Pixels>>> left =
                engine.map(store, Craft.of(needs, 0, (region, work) -> some(region, gone, false, of, anew, work)));
        List<RangeMap> out = new ArrayList<>();
        for (RangeMap m : maps) {
            List<RangeMap.Pixels> parts = left.stream()
                    .flatMap(List::stream)
                    .filter(p -> p.station == m.station())
                    .map(Seen::what)
                    .toList();
            out.add(anew[m.station()].length == 0 ? m : new RangeMap(m, anew[m.station()], parts));
        }
        return out;
    }

    /** The pixels of a region's points that are gone, or of those that are not and fall into the pixels {@code anew}. */
    private static List<Seen<RangeMap.Pixels>> some(
            Region region, String column, boolean gone, @Nullable RangeMap[] of, long[][] anew, Work work) {
        Cloud c = region.cloud();
        char[] station = Objects.requireNonNull(c.station());
        byte[] reason = Objects.requireNonNull(c.columns.bytes(column));
        double[] uv = new double[2];
        long[][] keys = new long[of.length][0];
        float[][] range = new float[of.length][0];
        int[] n = new int[of.length];
        for (int i = region.from(); i < region.to(); i++) {
            int s = station[i];
            RangeMap m = s < of.length ? of[s] : null;
            if (m == null || reason[i] != 0 != gone || !gone && anew[s].length == 0) {
                continue;
            }
            long key = m.pixel(c.px(i), c.py(i), c.pz(i), 0, uv);
            if (gone || Arrays.binarySearch(anew[s], key) >= 0) {
                if (n[s] == keys[s].length) {
                    keys[s] = Arrays.copyOf(keys[s], Math.max(16, 2 * n[s]));
                    range[s] = Arrays.copyOf(range[s], keys[s].length);
                }
                keys[s][n[s]] = key;
                range[s][n[s]++] = (float) m.distance(c.px(i), c.py(i), c.pz(i));
            }
        }
        List<Seen<RangeMap.Pixels>> out = new ArrayList<>();
        for (int s = 0; s < n.length; s++) {
            if (n[s] > 0) {
                long[] k = Arrays.copyOf(keys[s], n[s]);
                out.add(new Seen<>(s, shortest(k, range[s], Morton.sort(k, work))));
            }
        }
        return out;
    }

    private List<RangeMap> run() {
        int count = eyes.size();
        long[] n = new long[count];
        for (long[] part : map((region, work) -> counts(region))) {
            for (int s = 0; s < count; s++) {
                n[s] += part[s];
            }
        }
        double[] scale = scales(n);
        List<List<RangeMap.Pixels>> seen = new ArrayList<>();
        for (int s = 0; s < count; s++) {
            seen.add(new ArrayList<>());
        }
        for (List<Seen<RangeMap.Pixels>> part : map((region, work) -> pixels(region, scale, work))) {
            part.forEach(p -> seen.get(p.station).add(p.what));
        }
        List<RangeMap> maps = new ArrayList<>();
        for (int s = 0; s < count; s++) {
            double[] eye = eyes.get(s);
            if (eye != null && n[s] > 0) {
                maps.add(new RangeMap(s, eye, scale[s], seen.get(s)));
            }
        }
        return maps;
    }

    private <R> List<R> map(Craft.Function<R> function) {
        return engine.map(store, Craft.of(Set.of(Columns.STATION.name()), 0, function));
    }

    private record Seen<T>(int station, T what) {}

    /** Points by station, of those whose eye is known. */
    private long[] counts(Region region) {
        char[] station = Objects.requireNonNull(region.cloud().station());
        long[] n = new long[eyes.size()];
        for (int i = region.from(); i < region.to(); i++) {
            if (station[i] < n.length && eyes.get(station[i]) != null) {
                n[station[i]]++;
            }
        }
        return n;
    }

    /** Pixels a unit of face, from the angle between rays: the number of points on the share of the sphere they cover. */
    private double[] scales(long[] n) {
        double[] d = new double[n.length];
        for (int s = 0; s < d.length; s++) {
            d[s] = Math.sqrt(24.0 / Math.max(1, n[s])); // of the cube's surface, 24 square units
        }
        for (int round = 0; round < 2; round++) {
            int[] cells = new int[n.length];
            BitSet[] seen = new BitSet[n.length];
            for (int s = 0; s < d.length; s++) {
                cells[s] = (int) Math.max(1, Math.min(2048, Math.ceil(2 / (4 * d[s]))));
                seen[s] = new BitSet();
            }
            for (List<Seen<int[]>> part : map((region, work) -> cells(region, cells))) {
                for (Seen<int[]> p : part) {
                    for (int c : p.what) {
                        seen[p.station].set(c);
                    }
                }
            }
            for (int s = 0; s < d.length; s++) {
                double side = 2.0 / cells[s];
                d[s] = Math.min(0.5, Math.sqrt(Math.max(1, seen[s].cardinality()) * side * side / Math.max(1, n[s])));
            }
        }
        double[] scale = new double[n.length];
        for (int s = 0; s < d.length; s++) {
            scale[s] = RangeMap.scale(Math.max(d[s], 2e-5));
        }
        return scale;
    }

    /** The cells of each station's cube that the region's points lie behind. */
    private List<Seen<int[]>> cells(Region region, int[] cells) {
        Cloud c = region.cloud();
        double[] uv = new double[2];
        List<Seen<int[]>> out = new ArrayList<>();
        for (Seen<int[]> members : members(region)) {
            int s = members.station;
            double[] eye = Objects.requireNonNull(eyes.get(s));
            int m = cells[s];
            BitSet seen = new BitSet();
            for (int i : members.what) {
                int f = RangeMap.face(c.px(i) - eye[0], c.py(i) - eye[1], c.pz(i) - eye[2], uv);
                int u = Math.min(m - 1, (int) ((uv[0] + 1) / 2 * m));
                int v = Math.min(m - 1, (int) ((uv[1] + 1) / 2 * m));
                seen.set((f * m + v) * m + u);
            }
            out.add(new Seen<>(s, seen.stream().toArray()));
        }
        return out;
    }

    private List<Seen<RangeMap.Pixels>> pixels(Region region, double[] scale, Work work) {
        Cloud c = region.cloud();
        double[] uv = new double[2];
        List<Seen<RangeMap.Pixels>> out = new ArrayList<>();
        for (Seen<int[]> members : members(region)) {
            int s = members.station;
            double[] eye = Objects.requireNonNull(eyes.get(s));
            int n = members.what.length;
            long[] key = new long[n];
            float[] range = new float[n];
            for (int j = 0; j < n; j++) {
                int i = members.what[j];
                double x = c.px(i) - eye[0];
                double y = c.py(i) - eye[1];
                double z = c.pz(i) - eye[2];
                int f = RangeMap.face(x, y, z, uv);
                key[j] = RangeMap.key(f, (int) Math.floor(uv[0] * scale[s]), (int) Math.floor(uv[1] * scale[s]));
                range[j] = (float) Math.sqrt(x * x + y * y + z * z);
            }
            out.add(new Seen<>(s, shortest(key, range, Morton.sort(key, work))));
        }
        return out;
    }

    private static RangeMap.Pixels shortest(long[] key, float[] range, int[] order) {
        long[] keys = new long[key.length];
        float[] least = new float[key.length];
        int m = 0;
        for (int j : order) {
            if (m > 0 && keys[m - 1] == key[j]) {
                least[m - 1] = Math.min(least[m - 1], range[j]);
            } else {
                keys[m] = key[j];
                least[m++] = range[j];
            }
        }
        return new RangeMap.Pixels(Arrays.copyOf(keys, m), Arrays.copyOf(least, m));
    }

    /** The core's points by station, of the stations that have any and whose eye is known. */
    private List<Seen<int[]>> members(Region region) {
        char[] station = Objects.requireNonNull(region.cloud().station());
        long[] n = counts(region);
        int[][] members = new int[n.length][];
        List<Seen<int[]>> out = new ArrayList<>();
        for (int s = 0; s < n.length; s++) {
            members[s] = new int[(int) n[s]];
            if (n[s] > 0) {
                out.add(new Seen<>(s, members[s]));
            }
        }
        int[] at = new int[n.length];
        for (int i = region.from(); i < region.to(); i++) {
            int s = station[i];
            if (s < n.length && n[s] > 0) {
                members[s][at[s]++] = i;
            }
        }
        return out;
    }
}
