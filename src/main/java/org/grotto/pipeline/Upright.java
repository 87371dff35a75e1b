package org.grotto.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.grotto.base.Text;
import org.grotto.base.Texts;
import org.grotto.base.Work;
import org.grotto.geometry.Mesh;
import org.grotto.scene.Subject;
import org.grotto.subject.Stance;
import org.grotto.subject.SubjectOptions;
import org.grotto.subject.Subjects;

/**
 * A mesh as all that show it take it: the faces of a closed object look outwards; where nobody says its axes, and it is an
 * object with one base that faces along X or Y, or that stands on its feet with Y up alone, it is set upright by a quarter
 * turn; and both are told, the turn with the option that undoes it. Where a mesh is only handed on, it stays as it is, and
 * its stance is said as advice.
 *
 * @param mesh set upright
 * @param frame how it was brought there
 * @param told what a user should be told of its stance and of its size as a thing
 */
public record Upright(Mesh mesh, Subject subject, Frame frame, List<Text> told) {
    /** Of an object so much of the surface looks inwards where its faces were written inside out. */
    private static final double INWARDS = 0.9;

    /** What is open faces one side with more than this share of its area, and may be hollow: a mask seen from behind. */
    private static final double OPEN = 0.2;

    /** Sets a mesh upright, and turns the faces of an object outwards that all look in: nobody would see but their backs. */
    static Upright of(Mesh given, Frame frame, Guess guess, SubjectOptions o, Work work) {
        Subject s = Subjects.of(given, o, work);
        if (!looksIn(s) || given.oneSided() > OPEN) {
            return set(given, s, frame, guess, o, work);
        }
        Mesh out = given.turnedOver();
        Upright u = set(out, Subjects.of(out, o, work), frame, guess, o, work);
        List<Text> told = new ArrayList<>(u.told);
        told.add(Texts.of("build.turned-out", "file", guess.file()));
        return new Upright(u.mesh, u.subject, u.frame, told);
    }

    private static boolean looksIn(Subject s) {
        return s.kind() == Subject.Kind.OBJECT && s.votes().getOrDefault("normals-in", 0.0) > INWARDS;
    }

    private static Upright set(Mesh m, Subject subject, Frame frame, Guess guess, SubjectOptions o, Work work) {
        Look look = new Look(m, subject, guess);
        if (!look.aside()) {
            return new Upright(m, look.subject, frame, look.told(m, guess));
        }
        Mesh turned = FramedMesh.of(m, Frame.said(new InputOptions("m", look.axis)));
        Subject s = Subjects.of(turned, o, work);
        List<Text> told = new ArrayList<>();
        told.add(Texts.of("build.up-taken", "file", guess.file(), "up", look.axis));
        told.addAll(guess.withUp().advice(s, turned.bounds(), FlatBase.of(turned)));
        return new Upright(turned, s, frame.turned(look.axis), told);
    }

    /** Sets a mesh upright that was read. */
    public static Upright of(Inputs.MeshInput in, Work work) {
        return of(in.mesh(), in.frame(), in.guess(), SubjectOptions.DEFAULTS, work);
    }

    /** What a user should be told of the stance of a mesh that is handed on as it is. */
    static List<Text> advice(Inputs.MeshInput in, Work work) {
        Subject subject = Subjects.of(in.mesh(), SubjectOptions.DEFAULTS, work);
        Look look = new Look(in.mesh(), subject, in.guess());
        return look.aside()
                ? List.of(Texts.of("build.up-kept", "file", in.guess().file(), "up", look.axis))
                : look.told(in.mesh(), in.guess());
    }

    /** What a mesh is, and which way is up of it where its shape is asked. */
    private static final class Look {
        private final Subject subject;
        private final double[] up;
        private final String axis;

        Look(Mesh m, Subject subject, Guess guess) {
            this.subject = subject;
            up = guess.asksForUp(subject) ? Stance.up(m) : new double[0];
            axis = Stance.axis(up);
        }

        /** Whether it stands on a base that faces along X or Y. */
        boolean aside() {
            return !axis.isEmpty() && !axis.endsWith("z");
        }

        List<Text> told(Mesh m, Guess guess) {
            List<Text> out = new ArrayList<>();
            boolean askew = up.length > 0 && axis.isEmpty();
            if (askew) {
                String way = String.format(Locale.ROOT, "%.3f,%.3f,%.3f", up[0], up[1], up[2]);
                out.add(Texts.of("build.up-tilted", "file", guess.file(), "up", way));
            }
            out.addAll(
                    (askew || axis.equals("z") ? guess.withUp() : guess).advice(subject, m.bounds(), FlatBase.of(m)));
            return out;
        }
    }
}
