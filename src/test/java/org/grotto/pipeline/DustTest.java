package org.grotto.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import org.grotto.clean.CleanOptions;
import org.grotto.simulate.Cave;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Dust in one point of a hundred, along the rays or spread evenly through the air, takes nothing from the surface that
 * is there without it: in a hall, a cave, around a statue, and where noise is wider than the spacing; with stations that
 * are known and without.
 */
class DustTest {
    private enum Dust {
        NONE,
        ALONG,
        HAZE
    }

    private static DustyScans hall(double along, double percent, double noise, double step) {
        DustyScans.Stone s = DustyScans.nearest(
                DustyScans.room(6, 5, 3), DustyScans.ball(3, 2.5, 1.6, 0.5), DustyScans.drum(3, 2.5, 0.2, 0, 1.2));
        return new DustyScans(s, noise, 3)
                .scan(new double[] {1, 1, 1.5}, 1.25 * step, null, along)
                .scan(new double[] {5, 1.2, 1.4}, 1.6 * step, null, along)
                .scan(new double[] {3.2, 4.5, 1.6}, step, null, along)
                .haze(
                        percent,
                        new double[] {0.1, 0.1, 0.1},
                        new double[] {5.9, 4.9, 2.9},
                        (x, y, z) -> (x - 3) * (x - 3) + (y - 2.5) * (y - 2.5) > 0.3);
    }

    private static DustyScans statue(double along, double percent) {
        DustyScans.Stone s = DustyScans.nearest(
                DustyScans.drum(0, 0, 0.5, 0, 0.4),
                DustyScans.drum(0, 0, 0.3, 0.4, 1.2),
                DustyScans.ball(0, 0, 1.4, 0.28));
        DustyScans d = new DustyScans(s, 0.0005, 3);
        for (int k = 0; k < 5; k++) {
            double a = 0.4 * Math.PI * k;
            d.scan(new double[] {2.2 * Math.cos(a), 2.2 * Math.sin(a), 1.1 + 0.5 * (k % 2)}, 0.006, null, along);
        }
        return d.haze(
                percent,
                new double[] {-1.5, -1.5, 0},
                new double[] {1.5, 1.5, 2},
                (x, y, z) -> x * x + y * y > 0.27 || z > 1.7);
    }

    private static DustyScans cave(double along, double percent) {
        Cave c = Cave.of("small", 3);
        DustyScans d = new DustyScans(DustyScans.cave(c), 0.001, 3);
        for (double[] e : new double[][] {{0.9, -0.4, 1.5}, {-0.9, -0.5, 1.4}, {0, 0.7, 1.5}}) {
            d.scan(e, 0.016, null, along);
        }
        return d.haze(
                percent,
                new double[] {-1.8, -1.6, 0.1},
                new double[] {1.8, 1.6, 3.3},
                (x, y, z) -> c.f(x, y, z) > 0.05);
    }

    private static DustyScans scene(String name, Dust dust) {
        double along = dust == Dust.ALONG ? 0.01 : 0;
        double percent = dust == Dust.HAZE ? 1 : 0;
        return switch (name) {
            case "hall" -> hall(along, percent, 0.001, 0.016);
            case "noisy hall" -> hall(along, percent, 0.015, 0.011);
            case "statue" -> statue(along, percent);
            default -> cave(along, percent);
        };
    }

    private static DustyScans.Found run(String name, boolean stations, Dust dust) {
        CleanOptions.Side side = name.equals("statue") ? CleanOptions.Side.OUTSIDE : CleanOptions.Side.INSIDE;
        return scene(name, dust).run(stations, side);
    }

    private static double lost(DustyScans.Found f, int kind) {
        return 1 - (double) f.kept()[kind] / f.all()[kind];
    }

    @ParameterizedTest
    @CsvSource({
        "hall, true",
        "hall, false",
        "cave, true",
        "cave, false",
        "statue, true",
        "statue, false",
        "noisy hall, false"
    })
    void dustTakesNothing(String name, boolean stations) {
        DustyScans.Found clear = run(name, stations, Dust.NONE);
        for (Dust dust : new Dust[] {Dust.ALONG, Dust.HAZE}) {
            DustyScans.Found f = run(name, stations, dust);
            if (!name.equals("statue")) { // nothing encloses a statue: what closes the surface there says nothing
                assertThat(f.closed()).as("%s: closed coverage", dust).isGreaterThan(clear.closed() - 0.01);
            }
            assertThat(f.covered()).as("%s: covered stone", dust).isGreaterThan(clear.covered() - 0.006);
            assertThat(f.wrong()).as("%s: surface in the air", dust).isLessThan(clear.wrong() + 0.01);
            assertThat(lost(f, DustyScans.STONE)).as("%s: stone lost", dust).isLessThan(0.001);
            assertThat(lost(f, DustyScans.DUST)).as("%s: dust found", dust).isGreaterThan(0.85);
        }
        assertThat(clear.covered()).isGreaterThan(name.startsWith("noisy") ? 0.85 : 0.99);
        assertThat(lost(clear, DustyScans.STONE)).isLessThan(0.001);
    }
}
