package org.grotto.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.grotto.base.Text;
import org.grotto.base.Texts;
import org.grotto.geometry.Box;
import org.jspecify.annotations.Nullable;

/**
 * Advice on the unit where a size is none that a cave temple or what stands in one has. Sizes prove nothing, so nothing is
 * changed by them: a sentence names the option.
 */
final class SizeAdvice {
    /** Metres; longer than this is no cave. */
    private static final double LARGE = 300;
    /** Metres; what is longer along two axes, and half as long along the third, is no cave either, and no tunnel. */
    private static final double BULKY = 100;

    private static final double SMALL = 0.1;
    /** Metres; what is usual, from fragments to halls. */
    private static final double LEAST = 0.05;

    private static final double MOST = 60;
    /** Metres; what is seen from around and longer is rarer than a wrong unit: the largest Buddhas have 30 to 70. */
    private static final double OBJECT = 75;

    private SizeAdvice() {}

    /** Whether the unit is a guess: neither are metres asked for, nor does every file's reference system say its unit. */
    static boolean wanted(InputOptions o, List<Frame> frames) {
        return !o.unit().equals("m") && !frames.stream().allMatch(Frame::unitKnown);
    }

    /** What a user should be told of a size, metres; null where it is usual. */
    static @Nullable Text of(String file, Box b) {
        if (b.isEmpty()) {
            return null;
        }
        double[] side = {b.sizeX(), b.sizeY(), b.sizeZ()};
        java.util.Arrays.sort(side);
        boolean large = side[2] > LARGE || side[1] > BULKY && side[0] > BULKY / 2;
        boolean small = side[2] < SMALL && side[2] > 0;
        return large || small ? advice(large ? "build.large-for-a-cave" : "build.small-for-a-cave", file, b) : null;
    }

    /** The same for what is known to be seen from around. */
    static @Nullable Text ofObject(String file, Box b) {
        return of(file, b) == null && b.longest() > OBJECT ? advice("build.large-object", file, b) : null;
    }

    private static Text advice(String key, String file, Box b) {
        String size = String.format(Locale.ROOT, "%.4g x %.4g x %.4g m", b.sizeX(), b.sizeY(), b.sizeZ());
        List<String> units = new ArrayList<>();
        for (String u : List.of("mm", "cm", "in", "ft")) {
            double s = b.longest() * InputOptions.metres(u);
            if (b.longest() > 1 && s >= LEAST && s <= MOST) {
                units.add(String.format(Locale.ROOT, "--unit %s (%.3g m)", u, s));
            }
        }
        String unit = units.isEmpty() ? "--unit mm, cm, dm, ft, us-ft, in" : String.join(", ", units);
        return switch (key) {
            case "build.large-for-a-cave" ->
                Texts.of("build.large-for-a-cave", "file", file, "size", size, "unit", unit);
            case "build.large-object" -> Texts.of("build.large-object", "file", file, "size", size, "unit", unit);
            default -> Texts.of("build.small-for-a-cave", "file", file, "size", size);
        };
    }
}
