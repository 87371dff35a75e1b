package org.grotto.subject;

import java.util.ArrayList;
import java.util.List;
import org.grotto.base.Text;
import org.grotto.base.Texts;
import org.grotto.base.Work;
import org.grotto.geometry.Cloud;
import org.grotto.geometry.Mesh;
import org.grotto.scene.Station;
import org.grotto.scene.Subject;

/**
 * Tells what was scanned. At most 200,000 places are looked at, thinned to some 10,000 discs ({@link Surfels}), so the
 * cost is one pass over the points and about half a second. Does not depend on the order of points or the number of
 * threads.
 */
public final class Subjects {
    private Subjects() {}

    /**
     * What some points show.
     *
     * @param points as loaded: with normals and stations, or without
     * @param stations what {@link Cloud#station} counts; a pose that the points contradict is passed over
     */
    public static Subject of(Cloud points, List<Station> stations, SubjectOptions o, Work work) {
        Surfels s = Surfels.of(Candidates.of(points, work), true, work);
        return chosen(Verdict.of(Evidence.of(s, stations, work)), o);
    }

    /** What a mesh shows; the side its triangles face is evidence. */
    public static Subject of(Mesh mesh, SubjectOptions o, Work work) {
        Surfels s = Surfels.of(Candidates.of(mesh), false, work);
        return chosen(Verdict.of(Evidence.of(s, List.of(), work)), o);
    }

    private static Subject chosen(Subject told, SubjectOptions o) {
        Subject.Kind kind = o.subject().kind();
        if (kind == null) {
            return told;
        }
        List<Text> reasons = new ArrayList<>();
        reasons.add(Texts.of("subject.reason.chosen"));
        if (kind != told.kind()) {
            reasons.add(Texts.of("subject.reason.data-say", "kind", told.kind().title()));
            reasons.addAll(told.reasons());
        }
        return new Subject(kind, true, true, told.votes(), List.copyOf(reasons));
    }
}
