package org.grotto.cli;

import java.util.ListResourceBundle;
import org.grotto.pipeline.Formats;

/** The lists of formats that help texts name as {@code ${bundle:points.read}} and so on. */
public final class FormatWords extends ListResourceBundle {
    static final String NAME = "org.grotto.cli.FormatWords";

    @Override
    protected Object[][] getContents() {
        return new Object[][] {
            {"points.read", Formats.pointsRead()},
            {"meshes.read", Formats.meshesRead()},
            {"points.written", Formats.offered(Formats.pointEndings())},
            {"points.endings", String.join(", ", Formats.pointEndings())},
            {"meshes.written", Formats.offered(Formats.meshEndings())},
        };
    }
}
