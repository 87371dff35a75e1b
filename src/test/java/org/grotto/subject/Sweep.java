package org.grotto.subject;

import org.grotto.base.Work;
import org.grotto.scene.Subject;

/** Many virtual scenes, one line each that is wrong, and the count: {@code Sweep FROM TO known|others}; with a fourth word, all
 * scenes. */
final class Sweep {
    private Sweep() {}

    public static void main(String[] a) {
        long from = Long.parseLong(a[0]);
        long to = Long.parseLong(a[1]);
        boolean all = a.length > 3;
        int right = 0;
        int n = 0;
        int unsure = 0;
        double time = 0;
        try (Work work = Work.silent()) {
            for (String name : a[2].equals("others") ? VirtualScenes.OTHERS : VirtualScenes.NAMES) {
                for (long seed = from; seed < to; seed++) {
                    VirtualScenes s = VirtualScenes.of(name, seed);
                    long t = System.nanoTime();
                    Subject v = Subjects.of(s.cloud, s.stations, SubjectOptions.DEFAULTS, work);
                    time += (System.nanoTime() - t) * 1e-9;
                    n++;
                    boolean ok = v.kind() == s.kind;
                    right += ok ? 1 : 0;
                    unsure += v.sure() ? 0 : 1;
                    if (!ok || all) {
                        System.out.printf(
                                "%s %s %d -> %s%s | %d points, %s%n   %s%n   %s%n",
                                ok ? "  " : "!!",
                                name,
                                seed,
                                v.kind(),
                                v.sure() ? "" : " (unsure)",
                                s.cloud.size,
                                s.told,
                                v.votes(),
                                v.sentence().en());
                    }
                }
            }
        }
        System.out.printf("%d of %d right, %d unsure, %.2f s each%n", right, n, unsure, time / n);
    }
}
