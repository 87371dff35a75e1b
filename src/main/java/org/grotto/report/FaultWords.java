package org.grotto.report;

import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.grotto.base.Text;
import org.grotto.base.Texts;

/** Chinese names of the faults that Grotto counts; what a reader of a format counts itself stays as it is named there. */
final class FaultWords {
    private static final Map<String, Text> BY_ENGLISH =
            Texts.room("faults").values().stream().collect(Collectors.toMap(Text::en, Function.identity()));

    private FaultWords() {}

    static Text of(String english) {
        return BY_ENGLISH.getOrDefault(english, new Text(english, english));
    }
}
