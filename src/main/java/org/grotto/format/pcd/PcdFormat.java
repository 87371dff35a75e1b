package org.grotto.format.pcd;

import java.util.List;
import java.util.Locale;
import org.grotto.format.FileHead;
import org.grotto.format.Format;

/** PCD: points, read; told by its first lines. */
public final class PcdFormat implements Format {
    @Override
    public String name() {
        return "PCD";
    }

    @Override
    public List<String> extensions() {
        return List.of("pcd");
    }

    @Override
    public boolean begins(FileHead head) {
        String s = head.text().toUpperCase(Locale.ROOT);
        return s.startsWith("# .PCD") || s.startsWith("VERSION") && (s.contains("\nFIELDS") || s.contains("\nCOLUMNS"));
    }

    @Override
    public PointInput points() {
        return PcdReader::open;
    }
}
