package org.grotto.scene;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;
import org.grotto.base.Text;
import org.grotto.base.Texts;

/**
 * What a package shows, and why that is thought.
 *
 * @param kind what it is taken for
 * @param chosen whether the user said so; else the data did
 * @param sure whether the evidence speaks clearly; what a user chose is sure
 * @param votes the evidence as named numbers: what was measured, and what of 1 speaks for each kind ({@code
 *     for.KIND})
 * @param reasons in words, the weightiest first
 */
public record Subject(Kind kind, boolean chosen, boolean sure, Map<String, Double> votes, List<Text> reasons) {
    /** What can be before a scanner. */
    public enum Kind {
        /** Walls around the eye: a cave, a hall, several chambers. */
        @JsonProperty("room")
        ROOM,

        /** Seen from around: a statue, a block, a fragment. */
        @JsonProperty("object")
        OBJECT,

        /** A sheet, facing any way: an inscription, a painting, a relief. */
        @JsonProperty("panel")
        PANEL,

        /** Ground under the open sky: a courtyard, a cliff, terrain. */
        @JsonProperty("site")
        SITE;

        /** Whether there is a space that stone should enclose all around, so that a gap in it is something not seen. */
        public boolean encloses() {
            return this == ROOM;
        }

        /** Its name for readers. */
        public Text title() {
            return Texts.of(
                    switch (this) {
                        case ROOM -> "subject.room";
                        case OBJECT -> "subject.object";
                        case PANEL -> "subject.panel";
                        case SITE -> "subject.site";
                    });
        }
    }

    /** The kind and its reasons in one sentence. */
    public Text sentence() {
        Text because = reasons.stream()
                .reduce((a, b) -> Texts.of("subject.and", "one", a, "other", b))
                .orElse(new Text("–", "–"));
        return Texts.of(
                chosen ? "subject.chosen" : sure ? "subject.told" : "subject.unsure",
                "kind",
                kind.title(),
                "because",
                because);
    }
}
