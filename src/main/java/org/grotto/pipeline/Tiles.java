package org.grotto.pipeline;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.grotto.base.Text;
import org.grotto.base.Texts;
import org.grotto.scene.Station;
import org.jspecify.annotations.Nullable;

/** Makes one scan again of files that are pieces of it, by what {@link Tiling} tells. */
final class Tiles {
    /** The number of a station that its file gives none. */
    static final int UNNUMBERED = -1;

    private Tiles() {}

    /**
     * A file of one scan of which neither pose nor name is known.
     *
     * @param from its first point, and {@code to} past its last
     * @param stations index by the number that the file's points give it
     */
    record File(Path path, int from, int to, Map<Integer, Integer> stations) {
        String stem() {
            String name = String.valueOf(path.getFileName());
            int dot = name.indexOf('.');
            return dot < 0 ? name : name.substring(0, dot);
        }

        String ending() {
            String name = String.valueOf(path.getFileName());
            return name.substring(stem().length());
        }

        @Nullable
        Path folder() {
            return path.toAbsolutePath().normalize().getParent();
        }
    }

    /**
     * Joins the stations of files that are pieces of one cloud: those that points number alike, or all where they number
     * none. {@code stations} loses those that were joined to another; what was taken is told.
     *
     * @param strays points that decide nothing
     */
    static void join(List<File> files, List<Station> stations, CloudBuilder points, BitSet strays, List<Text> told) {
        Map<String, List<File>> sets = new LinkedHashMap<>();
        for (File f : files) {
            sets.computeIfAbsent(f.folder() + "|" + f.ending(), k -> new ArrayList<>())
                    .add(f);
        }
        int[] into = new int[stations.size()];
        for (int i = 0; i < into.length; i++) {
            into[i] = i;
        }
        boolean any = false;
        for (List<File> set : sets.values()) {
            if (set.size() > 1
                    && Tiling.of(set.stream()
                            .map(f -> new Tiling.Piece(f.stem(), points.box(f.from, f.to, strays)))
                            .toList())) {
                join(set, stations, into);
                any = true;
                told.add(Texts.of(
                        "build.tiles",
                        "count",
                        set.size(),
                        "first",
                        String.valueOf(set.getFirst().path.getFileName()),
                        "last",
                        String.valueOf(set.getLast().path.getFileName())));
            }
        }
        if (any) {
            points.renumber(compacted(stations, into));
        }
    }

    private static void join(List<File> set, List<Station> stations, int[] into) {
        Map<Integer, Integer> kept = new HashMap<>();
        for (File f : set) {
            f.stations.forEach((number, station) -> kept.putIfAbsent(number, station));
        }
        String name = Tiling.name(set.getFirst().folder());
        String source = prefix(set) + "*" + set.getFirst().ending();
        for (File f : set) {
            f.stations.forEach((number, station) -> {
                int to = Objects.requireNonNull(kept.get(number));
                into[station] = to;
                Station s = stations.get(to);
                long more = to == station ? 0 : stations.get(station).points();
                stations.set(
                        to,
                        s.joined(kept.size() == 1 ? name : name + "/" + number, source)
                                .withPoints(s.points() + more));
            });
        }
    }

    /** What all names begin with. */
    private static String prefix(List<File> set) {
        String p = set.getFirst().stem();
        for (File f : set) {
            while (!f.stem().startsWith(p)) {
                p = p.substring(0, p.length() - 1);
            }
        }
        return p;
    }

    /** Takes away the stations that were joined to another; the new number of each old one. */
    private static int[] compacted(List<Station> stations, int[] into) {
        int[] number = new int[into.length];
        List<Station> kept = new ArrayList<>();
        for (int i = 0; i < into.length; i++) {
            if (into[i] == i) {
                number[i] = kept.size();
                kept.add(stations.get(i));
            }
        }
        for (int i = 0; i < into.length; i++) {
            number[i] = number[into[i]];
        }
        stations.clear();
        stations.addAll(kept);
        return number;
    }
}
