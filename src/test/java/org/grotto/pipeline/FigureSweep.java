package org.grotto.pipeline;

import java.util.Locale;
import org.grotto.base.Work;
import org.grotto.clean.Clean;
import org.grotto.clean.CleanOptions;
import org.grotto.geometry.KdTree;

/**
 * Prints what becomes of planted figures: a main class for more seeds than tests have time for. {@code FROM TO SCENE...},
 * with {@code -Dstep} the angle between rays in halls, and {@code -Dclean=true} what cleaning keeps alone. Only figure points are counted whose place another scan truly saw 15
 * cm past; the last line sums the points of all seeds.
 */
final class FigureSweep {
    private FigureSweep() {}

    public static void main(String[] args) {
        int from = Integer.parseInt(args[0]);
        int to = Integer.parseInt(args[1]);
        FigureScenes.step = Double.parseDouble(System.getProperty("step", "0.014"));
        double[] all = new double[5];
        for (int a = 2; a < args.length; a++) {
            for (long seed = from; seed < to; seed++) {
                DustyScans d = FigureScenes.of(args[a].replace('-', ' '), seed);
                CleanOptions.Side side =
                        args[a].equals("courtyard") ? CleanOptions.Side.OUTSIDE : CleanOptions.Side.INSIDE;
                if (Boolean.getBoolean("clean")) {
                    cleaned(args[a] + " " + seed, d, side, all);
                    continue;
                }
                DustyScans.Found f = d.run(true, side);
                double[] left = FigureTest.left(d, f);
                all[0] += left[2] > 0 ? left[0] * left[2] : 0;
                all[1] += left[2] > 0 ? left[1] * left[2] : 0;
                all[2] += left[2];
                all[3] += f.all()[0] - f.kept()[0];
                all[4] += f.all()[0];
                System.out.printf(
                        Locale.ROOT,
                        "%s %d: figure %.0f, kept or near %.2f%%, near measured surface %.2f%%; stone lost %.4f%%, covered %.4f closed %.4f wrong %.4f; points %d, removed %s, area %.2f, conflict %s%n",
                        args[a],
                        seed,
                        left[2],
                        100 * left[0],
                        100 * left[1],
                        100 - 100.0 * f.kept()[0] / f.all()[0],
                        f.covered(),
                        f.closed(),
                        f.wrong(),
                        d.points.size(),
                        f.cleaned().report().removed(),
                        f.trim().areaKept(),
                        f.judged().area());
            }
        }
        System.out.printf(
                Locale.ROOT,
                "all, rays %.1f mrad apart: figure %.0f, kept or near %.2f%%, near measured surface %.2f%%; stone lost %.4f%%%n",
                1000 * FigureScenes.step,
                all[2],
                100 * all[0] / all[2],
                100 * all[1] / all[2],
                100 * all[3] / all[4]);
    }

    /** Adds to {@code all} figure points that cleaning keeps, nothing known of a surface, figure points, stone lost, stone. */
    private static void cleaned(String name, DustyScans d, CleanOptions.Side side, double[] all) {
        long[] n = new long[4];
        try (Work work = Work.silent()) {
            CleanOptions options = CleanOptions.DEFAULTS.withSide(side);
            KdTree.Query q = KdTree.of(Clean.run(d.cloud(true), d.stations(), options, work)
                            .cloud())
                    .query();
            for (double[] p : d.points) {
                boolean kept = q.nearest(p[0], p[1], p[2], 1, 2e-6) > 0;
                if (p[4] == DustyScans.STONE) {
                    n[2] += kept ? 0 : 1;
                    n[3]++;
                } else if (d.seenThrough(p, 0.15, 1)) {
                    n[0] += kept ? 1 : 0;
                    n[1]++;
                }
            }
        }
        all[0] += n[0];
        all[1] = Double.NaN;
        all[2] += n[1];
        all[3] += n[2];
        all[4] += n[3];
        System.out.printf(Locale.ROOT, "%s: figure %d, kept %d; stone %d, lost %d%n", name, n[1], n[0], n[3], n[2]);
    }
}
