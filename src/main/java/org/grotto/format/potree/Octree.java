package org.grotto.format.potree;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.grotto.format.Column;
import org.grotto.format.PointReader.PointCursor;
import org.grotto.format.Remarks;
import org.grotto.geometry.Box;
import org.jspecify.annotations.Nullable;

/** What the versions of Potree have in common: an octree of nodes that each hold points. */
interface Octree {
    Path file();

    /** "Potree 1.7, binary". */
    String format();

    Box bounds();

    /** How far apart the root's points lie. */
    double spacing();

    /** All nodes, level by level. */
    List<Node> nodes();

    /** How many points the file announces, or -1. */
    long announced();

    /** The reference system as it is written: well-known text, PROJ's words, or nothing. */
    String projection();

    List<Column> columns();

    Column.Type xyzType();

    double @Nullable [] scale();

    double @Nullable [] offset();

    Map<String, String> metadata();

    Remarks remarks();

    PointCursor open(Node node);
}
