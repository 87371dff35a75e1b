package org.grotto.format.potree;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.grotto.format.Column;
import org.grotto.format.PointReader.PointCursor;
import org.grotto.format.Remarks;
import org.grotto.geometry.Box;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What the versions of Potree have in common: an octree of nodes that each hold points. */
abstract class Octree {
    /** The cloud's first file. */
    final Path file;

    final JsonNode json;
    final Remarks remarks = new Remarks();

    Octree(Path file, JsonNode json) {
        this.file = file;
        this.json = json;
    }

    /** "Potree 1.7, binary". */
    abstract String format();

    abstract Box bounds();

    /** How far apart the root's points lie. */
    double spacing() {
        return json.path("spacing").asDouble(Double.NaN);
    }

    /** All nodes, level by level. */
    abstract List<Node> nodes();

    /** How many points the file announces, or -1. */
    long announced() {
        return json.path("points").asLong(-1);
    }

    /** The reference system as it is written: well-known text, PROJ's words, or nothing. */
    String projection() {
        return json.path("projection").asString("").strip();
    }

    abstract List<Column> columns();

    abstract Column.Type xyzType();

    abstract double @Nullable [] scale();

    abstract double @Nullable [] offset();

    abstract Map<String, String> metadata();

    abstract PointCursor open(Node node);
}
