package org.grotto.format.stl;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.grotto.base.GrottoException;
import org.grotto.format.FileHead;
import org.grotto.format.MeshReader;
import org.grotto.format.Stated;
import org.grotto.geometry.Mesh;

/**
 * An STL file open for its mesh. STL repeats each corner in every triangle around it: equal corners become one vertex.
 * The normals of its triangles follow from their corners and are not read.
 */
final class StlReader implements MeshReader {
    private final Path path;
    private final StlHead head;
    private List<String> notKept = List.of();

    private StlReader(Path path, StlHead head) {
        this.path = path;
        this.head = head;
    }

    static StlReader open(Path path) {
        StlHead head = StlHead.of(FileHead.of(path));
        if (head.size() < StlHead.HEADER && head.binary()) {
            throw GrottoException.badInput(
                    path,
                    "has " + head.size() + " bytes and does not begin with \"solid\"; an STL file begins so or with 84"
                            + " bytes of header. Export it again.");
        }
        if (head.binary() && !head.fits()) {
            throw GrottoException.badInput(
                    path,
                    StlHead.HEADER - 4,
                    "announces " + head.triangles() + " triangles, which take " + StlHead.bytes(head.triangles())
                            + " bytes, but the file has " + head.size()
                            + "; it is truncated or damaged, copy or export it again.");
        }
        return new StlReader(path, head);
    }

    @Override
    public Path path() {
        return path;
    }

    @Override
    public String format() {
        return head.binary() ? "STL binary" : "STL text";
    }

    @Override
    public long vertices() {
        return -1;
    }

    @Override
    public long faces() {
        return head.binary() ? head.triangles() : -1;
    }

    @Override
    public Map<String, String> metadata() {
        return head.name().isEmpty() ? Map.of() : Map.of("name", head.name());
    }

    @Override
    public Stated stated() {
        return Stated.words(List.of(head.name()));
    }

    @Override
    public List<String> notKept() {
        return notKept;
    }

    @Override
    public Mesh read() {
        StlCorners corners = new StlCorners(path);
        notKept = head.binary() ? StlBinary.read(path, head.triangles(), corners) : StlText.read(path, corners);
        return corners.mesh();
    }

    @Override
    public void close() {}
}
