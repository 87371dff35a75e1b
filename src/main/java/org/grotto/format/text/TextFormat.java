package org.grotto.format.text;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.grotto.format.Format;

/** Tables of numbers in text: points, read and written; told by the name alone. */
public final class TextFormat implements Format {
    @Override
    public String name() {
        return "text (.xyz, .txt, .csv, .asc, .pts, .neu)";
    }

    @Override
    public List<String> extensions() {
        return List.of("xyz", "txt", "csv", "asc", "pts", "neu", "xyzrgb", "xyzn", "xyzi", "tsv", "dat");
    }

    @Override
    public PointInput points() {
        return TextReader::open;
    }

    @Override
    public Map<String, PointOutput> pointOutputs() {
        Map<String, PointOutput> all = new LinkedHashMap<>();
        all.put("xyz", (temporary, source, work) -> new TextWriter(temporary, source, ' '));
        all.put("txt", (temporary, source, work) -> new TextWriter(temporary, source, ' '));
        all.put("csv", (temporary, source, work) -> new TextWriter(temporary, source, ','));
        return all;
    }
}
