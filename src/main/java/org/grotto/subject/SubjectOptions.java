package org.grotto.subject;

import org.grotto.base.Help;
import org.grotto.scene.Subject;
import org.jspecify.annotations.Nullable;

/** What the user says of the subject. */
public record SubjectOptions(
        @Help(
                "What was scanned: room (walls around the eye: a cave, a hall, several chambers), object (seen from around: a"
                        + " statue, a block, a fragment), panel (a sheet, facing any way: an inscription, a painting), site (ground"
                        + " under the open sky: a courtyard, a cliff, terrain), or auto: told from lines of sight, normals, openness"
                        + " and size. Report and warnings speak accordingly, and it decides where normals without a station point"
                        + " (--side goes before it).")
        Choice subject) {

    /** The kinds, and auto. */
    public enum Choice {
        AUTO(null),
        ROOM(Subject.Kind.ROOM),
        OBJECT(Subject.Kind.OBJECT),
        PANEL(Subject.Kind.PANEL),
        SITE(Subject.Kind.SITE);

        private final Subject.@Nullable Kind kind;

        Choice(Subject.@Nullable Kind kind) {
            this.kind = kind;
        }

        /** The kind that was chosen; null where the data are to tell. */
        public Subject.@Nullable Kind kind() {
            return kind;
        }
    }

    public static final SubjectOptions DEFAULTS = new SubjectOptions(Choice.AUTO);
}
