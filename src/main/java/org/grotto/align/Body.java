package org.grotto.align;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.grotto.align.Registered.Motion;
import org.grotto.align.Registered.Pair;
import org.grotto.align.Registered.Verdict;
import org.grotto.base.Work;
import org.grotto.geometry.KdTree;
import org.grotto.geometry.UnionFind;

/**
 * A thing scanned from around by stations that fit each other, and one more that says nowhere how it stands and shares too
 * little with each of them for a pair to tell: beside all of them as one it is named, where a small move makes it theirs.
 * Else it had seen another thing, alike, that stands so near that the two would stand in each other.
 */
final class Body {
    /** Of the sphere around a place within stone, the surface fills more than this share: all but what it stands on. */
    private static final double ENCLOSED = 0.7;
    /** Where more than this share of a thing's places lies in another's stone, it is not by what noise and gaps leave. */
    private static final double WITHIN = 0.02;

    /** Two lie together that share so many places, such a share of all, and hardly anything that contradicts. */
    private static final int SHARED = 100;

    private static final double LEAST = 0.05;
    private static final double HARDLY = 0.03;

    private static final int PLACES = 1_000;
    private static final int SURFACE = 3_000;
    private static final int NEAR = 9;

    private Body() {}

    /** The verdicts on pairs, and in place of one of each station that is named so, that one. */
    static List<Pair> beside(List<Pair> said, Patches[] patches, Work work) {
        UnionFind groups = new UnionFind(patches.length);
        boolean[] told = new boolean[patches.length];
        boolean[] fits = new boolean[patches.length];
        for (Pair p : said) {
            boolean fit = p.verdict() == Verdict.CONSISTENT;
            boolean contradict = p.verdict() == Verdict.INCONSISTENT;
            fits[p.a()] |= fit;
            fits[p.b()] |= fit;
            if (fit || !contradict && together(p)) {
                groups.join(p.a(), p.b());
            }
            told[p.a()] |= contradict;
            told[p.b()] |= contradict;
        }
        List<Patches> most = most(patches, groups);
        if (most.stream().noneMatch(p -> fits[p.station])) {
            return said;
        }
        List<Patches> lone = new ArrayList<>();
        for (Patches p : patches) {
            boolean alone = part(patches, groups, p.station).size() == 1;
            if (alone && !told[p.station] && p.size > 0 && p.ownFrame()) {
                lone.add(p);
            }
        }
        if (lone.isEmpty()) {
            return said;
        }
        Patches body = joined(most);
        List<Pair> out = new ArrayList<>(said);
        for (Optional<Pair> named : work.map(lone.size(), k -> judged(body, most, lone.get(k)))) {
            named.ifPresent(p -> {
                out.removeIf(q -> q.a() == p.a() && q.b() == p.b());
                out.add(p);
            });
        }
        return out;
    }

    /** Whether what two share lies together, though it is too little for a verdict. */
    private static boolean together(Pair p) {
        return p.samples() >= SHARED && p.share() >= LEAST && p.against() <= HARDLY;
    }

    /** The stations of the largest part that hangs together. */
    private static List<Patches> most(Patches[] patches, UnionFind groups) {
        List<Patches> best = List.of();
        for (Patches p : patches) {
            List<Patches> own = groups.root(p.station) == p.station ? part(patches, groups, p.station) : List.of();
            best = own.size() > best.size() ? own : best;
        }
        return best;
    }

    /** The stations that hang together with one. */
    private static List<Patches> part(Patches[] patches, UnionFind groups, int station) {
        int root = groups.root(station);
        return Arrays.stream(patches)
                .filter(p -> p.size > 0 && groups.root(p.station) == root)
                .toList();
    }

    /** The verdict on a station beside a body, as one beside that of its members with which it has most in common. */
    private static Optional<Pair> judged(Patches body, List<Patches> members, Patches lone) {
        Judge.Astray astray = Judge.astray(body, lone);
        if (astray == null || within(body, astray.move()) < WITHIN) {
            return Optional.empty();
        }
        int other = -1;
        int most = -1;
        for (Patches member : members) {
            int fit = new Couple(member, lone).count(astray.move(), 1000).fit();
            if (fit > most) {
                most = fit;
                other = member.station;
            }
        }
        Pair p = astray.said();
        Motion m = p.motion();
        boolean first = lone.station < other;
        return Optional.of(new Pair(
                Math.min(lone.station, other),
                Math.max(lone.station, other),
                p.verdict(),
                p.reason(),
                first && m != null ? Culprits.back(m) : m,
                p.samples(),
                p.share(),
                p.against(),
                p.wall(),
                p.wallError(),
                first ? 1 / (1 + p.stretch()) - 1 : p.stretch(),
                p.known(),
                p.loose(),
                p.elsewhere()));
    }

    /** All patches of several stations, seen from nowhere. */
    static Patches joined(List<Patches> parts) {
        int n = parts.stream().mapToInt(p -> p.size).sum();
        double[] place = new double[3 * n];
        float[] data = new float[Patches.ROW * n];
        double[] sigma = new double[n];
        double[] radius = new double[n];
        double step = 0;
        double noise = 0;
        int at = 0;
        for (Patches p : parts) {
            System.arraycopy(p.place, 0, place, 3 * at, 3 * p.size);
            System.arraycopy(p.data, 0, data, Patches.ROW * at, Patches.ROW * p.size);
            for (int i = 0; i < p.size; i++, at++) {
                sigma[at] = p.sigma(i);
                radius[at] = p.data[Patches.ROW * i + 7];
            }
            step = Math.max(step, p.step);
            noise = Math.max(noise, p.noise);
        }
        Arrays.sort(sigma);
        Arrays.sort(radius);
        Patches first = parts.getFirst();
        return new Patches(
                first.station, place, data, first.origin, null, step, noise, sigma[n / 2], radius[n / 2], false);
    }

    /**
     * The share of a moved body's places that lie in the stone of the body where it is: where its surface, seen from its back,
     * fills the sphere (winding number; Jacobson, Kavan and Sorkine-Hornung 2013).
     */
    static double within(Patches body, Move move) {
        int step = Math.max(1, body.size / SURFACE);
        int n = (body.size + step - 1) / step;
        float[] xyz = new float[3 * n];
        for (int i = 0; i < xyz.length; i++) {
            xyz[i] = (float) body.place[3 * step * (i / 3) + i % 3];
        }
        // each stands for the disc that holds its nearest ones, shared among them
        KdTree.Query q = KdTree.of(xyz).query();
        double[] area = new double[n];
        for (int i = 0; i < n; i++) {
            int found = q.nearest(xyz[3 * i], xyz[3 * i + 1], xyz[3 * i + 2], NEAR);
            area[i] = Math.PI * q.distance[found - 1] / found;
        }
        int every = Math.max(1, body.size / PLACES);
        int all = 0;
        int in = 0;
        double[] x = new double[3];
        for (int k = 0; k < body.size; k += every) {
            move.apply(body.place[3 * k], body.place[3 * k + 1], body.place[3 * k + 2], x);
            double sum = 0;
            for (int i = 0; i < n; i++) {
                double dx = xyz[3 * i] - x[0];
                double dy = xyz[3 * i + 1] - x[1];
                double dz = xyz[3 * i + 2] - x[2];
                int row = Patches.ROW * step * i;
                double d = Math.max(area[i], dx * dx + dy * dy + dz * dz);
                sum += area[i]
                        * (dx * body.data[row] + dy * body.data[row + 1] + dz * body.data[row + 2])
                        / (d * Math.sqrt(d));
            }
            all++;
            in += sum > 4 * Math.PI * ENCLOSED ? 1 : 0;
        }
        return in / (double) Math.max(1, all);
    }
}
