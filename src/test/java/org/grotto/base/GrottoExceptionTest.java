package org.grotto.base;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A refusal names its files once, in words. */
class GrottoExceptionTest {
    private static String said(String sentence, Path output, String... inputs) {
        GrottoException e = GrottoException.badRequest(sentence)
                .about(java.util.Arrays.stream(inputs).map(Path::of).toList(), output);
        assertThat(e.kind()).isEqualTo(GrottoException.Kind.BAD_REQUEST);
        return String.valueOf(e.getMessage());
    }

    @Test
    void sentencesWithoutAFileGetTheInputs() {
        Path out = Path.of("out", "m.ply");
        assertThat(said("The points lie on a line.", out, "in/a.e57")).isEqualTo("in/a.e57: the points lie on a line.");
        assertThat(said("E57 packets are full.", out, "a", "b")).isEqualTo("a and b: E57 packets are full.");
        assertThat(said("no.", out, "a", "b", "c", "d", "e")).isEqualTo("a and 4 more: no.");
    }

    @Test
    void sentencesThatNameAnInputOrTheOutputStay() {
        Path out = Path.of("out", "m.ply");
        assertThat(said("in/a.e57: is empty.", out, "in/a.e57")).isEqualTo("in/a.e57: is empty.");
        assertThat(said("a.e57: is empty.", out, "b.e57", "in/a.e57")).isEqualTo("a.e57: is empty.");
        assertThat(said("out/m.ply: the disk is full.", out, "a")).isEqualTo("out/m.ply: the disk is full.");
    }

    /** A full disk is met in a file within the output folder; it is no fault of the input. */
    @Test
    void aFailedWriteNamesItsOwnFileOnly() {
        GrottoException e = GrottoException.io(
                Path.of("cave", "mesh", "0.glb"), new java.io.IOException("No space left on device"));
        assertThat(e.about(List.of(Path.of("a.e57")), Path.of("cave"))).isSameAs(e);
    }

    @Test
    void stoppingOnRequestIsNoFaultOfAFile() {
        GrottoException e = GrottoException.cancelled();
        assertThat(e.about(List.of(Path.of("a")), null)).isSameAs(e);
    }

    /** A kiosk's visitor meets no folder of the machine and no English alone. */
    @Test
    void everyKindHasWordsForVisitorsWithoutFolders() {
        for (GrottoException.Kind kind : GrottoException.Kind.values()) {
            Text text = new GrottoException(kind, "/home/kiosk/cave.json: is not \u0007 good.", null).text();
            assertThat(text.zh()).containsPattern("\\p{IsHan}").doesNotContain("/home", "{");
            assertThat(text.en()).endsWith(".").doesNotContain("/home", "{");
        }
        Path file = Path.of("/home/kiosk/caves/tile-7.glb");
        for (GrottoException e : List.of(
                GrottoException.badInput(file, "no."),
                GrottoException.badInput(file, 7, "no."),
                GrottoException.badLine(file, 7, "no."),
                GrottoException.unsupported(file, "no."),
                GrottoException.io(file, new java.io.IOException("No space left on device")))) {
            assertThat(e.getMessage()).startsWith("/home/kiosk/caves/tile-7.glb: ");
            assertThat(e.text().zh()).doesNotContain("tile", "/home");
            assertThat(e.text().en()).doesNotContain("tile", "/home");
            assertThat(e.about(List.of(Path.of("a.e57")), null).text())
                    .as("said of other files, the words for visitors stay")
                    .isEqualTo(e.text());
        }
    }

    @Test
    void aFailureWithWordsOfItsOwnKeepsTheSentenceForTheLog() {
        GrottoException e = GrottoException.badInput(Path.of("caves", "12"), "has no cave.json.");
        GrottoException told = e.told("failures.no-package");
        assertThat(told).hasMessage(e.getMessage());
        assertThat(told.kind()).isEqualTo(e.kind());
        assertThat(told.text()).isEqualTo(Texts.of("failures.no-package")).isNotEqualTo(e.text());
    }
}
