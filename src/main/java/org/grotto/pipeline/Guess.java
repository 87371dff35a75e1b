package org.grotto.pipeline;

import java.util.ArrayList;
import java.util.List;
import org.grotto.base.Text;
import org.grotto.base.Texts;
import org.grotto.geometry.Box;
import org.grotto.scene.Subject;

/**
 * What of a frame nobody has said, so that the shape may be asked.
 *
 * @param file what sentences name
 * @param unit true where the unit is taken to be the metre without a word for it
 * @param up true where Z is taken to be up without a word for it
 */
public record Guess(String file, boolean unit, boolean up) {
    /** An object's longest side is clearly so. */
    private static final double LONGER = 1.5;

    /** What the user says and what the files say. */
    static Guess of(String file, InputOptions o, List<Frame> frames) {
        return new Guess(
                file,
                SizeAdvice.wanted(o, frames),
                o.anyUp() && !frames.stream().allMatch(Frame::upKnown));
    }

    /** Whether the shape is to say where up is. */
    boolean asksForUp(Subject subject) {
        return up && subject.kind() == Subject.Kind.OBJECT && subject.sure();
    }

    /** The same, with all said of where up is. */
    Guess withUp() {
        return new Guess(file, unit, false);
    }

    /**
     * What a user should be told of a thing that is seen from around; nothing of all else, which has no base.
     *
     * @param box its bounds, metres
     * @param base what {@link FlatBase} gives
     */
    List<Text> advice(Subject subject, Box box, String base) {
        List<Text> out = new ArrayList<>();
        if (subject.kind() != Subject.Kind.OBJECT || !subject.sure()) {
            return out;
        }
        Text size = SizeAdvice.ofObject(file, box);
        if (unit && size != null) {
            out.add(size);
        }
        String axis = box.sizeX() > LONGER * Math.max(box.sizeY(), box.sizeZ())
                ? "x"
                : box.sizeY() > LONGER * Math.max(box.sizeX(), box.sizeZ()) ? "y" : "";
        boolean tall = box.sizeZ() > LONGER * Math.max(box.sizeX(), box.sizeY());
        if (up && !base.isEmpty() && !base.equals("-z")) {
            String to = base.startsWith("-") ? base.substring(1) : "-" + base;
            out.add(Texts.of("build.up-by-base", "file", file, "base", base, "up", to));
        } else if (up && base.isEmpty() && !axis.isEmpty()) {
            out.add(Texts.of("build.up-by-length", "file", file, "axis", axis));
        } else if (up && base.isEmpty() && !tall) {
            out.add(Texts.of("build.up-unknown", "file", file));
        }
        return out;
    }
}
