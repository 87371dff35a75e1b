package org.grotto.format.text;

import java.util.List;
import org.grotto.format.Format;

/** Tables of numbers in text: points, read; told by the name alone. */
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
}
