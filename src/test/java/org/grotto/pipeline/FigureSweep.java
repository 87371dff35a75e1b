package org.grotto.pipeline;

import java.util.Locale;
import org.grotto.clean.CleanOptions;

/**
 * Prints what becomes of planted figures: a main class for more seeds than tests have time for. {@code FROM TO SCENE...},
 * with {@code -Dstep} the angle between rays in halls. Only figure points are counted whose place another scan truly saw 15
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
                DustyScans.Found f =
                        d.run(true, args[a].equals("courtyard") ? CleanOptions.Side.OUTSIDE : CleanOptions.Side.INSIDE);
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
}
