package org.grotto.clean;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.grotto.geometry.Columns;
import org.grotto.sight.RangeMap;
import org.grotto.sight.RangeMaps;
import org.grotto.store.Craft;
import org.grotto.store.Engine;
import org.grotto.store.Region;
import org.grotto.store.Store;
import org.jspecify.annotations.Nullable;

/**
 * Finds points that are reflections: what a station saw a second time in a mirror, still water, wet gilding or a polished
 * floor, and wrote down as far behind that plane as it stands before it. Every station sees them and they fit each other,
 * so nothing but the plane gives them away. Without known eyes nothing is found.
 *
 * <p>{@link MirrorCandidates} proposes planes from a {@link Glance} at the scene, {@link Aperture} judges each. Then a
 * point is a reflection where its ray crosses the part of a plane that reflects, and it lies behind by more than noise; at
 * the part's rim its image must have been found, too.
 */
final class Reflections {
    private Reflections() {}

    /**
     * What was found.
     *
     * @param store with reflections marked in its {@link Removed#REASON}; as it was given where nothing reflects
     * @param planes the larger number of points first
     */
    record Found(Store store, List<Reflection> planes) {}

    /** @param noise of each station, metres */
    static Found mark(Store store, List<double @Nullable []> eyes, double[] noise, Engine engine) {
        Glance scene = Glance.of(store, eyes, noise, engine);
        if (scene == null) {
            return new Found(store, List.of());
        }
        Supplier<List<RangeMap>> maps = new Supplier<>() {
            private @Nullable List<RangeMap> made;

            @Override
            public List<RangeMap> get() {
                List<RangeMap> m = made;
                if (m == null) {
                    m = RangeMaps.of(store, eyes, engine);
                    made = m;
                }
                return m;
            }
        };
        List<Aperture> apertures = new ArrayList<>();
        for (MirrorPlane c : MirrorCandidates.of(scene)) {
            Aperture a = Aperture.of(c, store, scene, maps, engine);
            if (a != null) {
                apertures.add(a);
            }
        }
        if (apertures.isEmpty()) {
            return new Found(store, List.of());
        }
        scene.finish();
        Engine.Added<long[]> added = engine.add(
                store,
                List.of(Removed.REASON),
                Craft.of(
                        Set.of(Columns.STATION.name()),
                        0,
                        (region, work) -> marked(region, scene, apertures, maps.get())));
        long[] points = new long[apertures.size()];
        for (long[] part : added.rest()) {
            for (int a = 0; a < points.length; a++) {
                points[a] += part[a];
            }
        }
        List<Reflection> planes = new ArrayList<>();
        for (int a = 0; a < points.length; a++) {
            if (points[a] > 0) {
                planes.add(apertures.get(a).reflection().with(points[a]));
            }
        }
        planes.sort((a, b) -> Long.compare(b.points(), a.points()));
        return new Found(added.store(), List.copyOf(planes));
    }

    private static Craft.Both<long[]> marked(
            Region region, Glance scene, List<Aperture> apertures, List<RangeMap> maps) {
        char[] station = Objects.requireNonNull(region.cloud().station());
        byte[] reason = new byte[region.count()];
        long[] points = new long[apertures.size()];
        Glance.Match match = scene.new Match();
        double[] uv = new double[2];
        double step = region.cloud().lattice.step();
        for (int i = region.from(); i < region.to(); i++) {
            int st = station[i];
            if (st >= scene.eyes.length || scene.eyes[st].length == 0) {
                continue;
            }
            double x = region.cloud().x[i] * step;
            double y = region.cloud().y[i] * step;
            double z = region.cloud().z[i] * step;
            for (int a = 0; a < points.length; a++) {
                if (apertures.get(a).reflected(st, x, y, z, match, maps, uv)) {
                    reason[i - region.from()] = Removed.REFLECTED;
                    points[a]++;
                    break;
                }
            }
        }
        return new Craft.Both<>(Columns.NONE.with(Removed.REASON, reason), Arrays.copyOf(points, points.length));
    }
}
