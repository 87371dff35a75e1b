package org.grotto.format.stl;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.grotto.base.GrottoException;
import org.grotto.format.FileHead;
import org.grotto.format.MeshReader;
import org.grotto.format.Remarks;
import org.grotto.format.Stated;
import org.grotto.geometry.Mesh;

/**
 * An STL file open for its mesh. STL repeats each corner in every triangle around it: equal corners become one vertex.
 * The normals of its triangles follow from their corners and are not read.
 */
final class StlReader implements MeshReader {
    private final Path path;
    private final StlHead head;
    private final boolean keepGoing;
    private final Remarks remarks = new Remarks();
    private final long triangles;

    private StlReader(Path path, StlHead head, boolean keepGoing) {
        this.path = path;
        this.head = head;
        this.keepGoing = keepGoing;
        this.triangles = head.binary() ? counted() : -1;
    }

    static StlReader open(Path path) {
        return open(path, false);
    }

    /** @param keepGoing take of a file that is cut off or damaged the triangles before that */
    static StlReader open(Path path, boolean keepGoing) {
        StlHead head = StlHead.of(FileHead.of(path));
        if (head.size() < StlHead.HEADER && head.binary()) {
            throw GrottoException.badInput(
                    path,
                    "has " + head.size() + " bytes and does not begin with \"solid\"; an STL file begins so or with 84"
                            + " bytes of header. Export it again.");
        }
        return new StlReader(path, head, keepGoing);
    }

    /** How many triangles a binary file has: as announced, unless its length says otherwise. */
    private long counted() {
        long announced = head.triangles();
        long whole = head.whole();
        long rest = head.size() - StlHead.bytes(whole);
        if (announced > whole) {
            if (!keepGoing) {
                throw GrottoException.badInput(
                        path,
                        StlHead.HEADER - 4,
                        "announces " + announced + " triangles, which take " + StlHead.bytes(announced)
                                + " bytes, but the file has " + head.size()
                                + "; it is truncated or damaged, copy or export it again"
                                + (whole > 0 ? ", or --keep-going would give " + whole + " triangles." : "."));
            }
            remarks.lost((announced - whole) + " triangles that the header announces, behind the file's end");
            return whole;
        }
        if (announced < whole && (announced == 0 || rest == 0)) {
            remarks.understood("the header announces " + announced + " triangles, and the file holds " + whole);
            return whole;
        }
        long behind = head.size() - StlHead.bytes(announced);
        if (behind > 0) {
            remarks.lost(behind + " bytes behind the triangles that the header announces");
        }
        return announced;
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
        return triangles;
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
        return remarks.notKept();
    }

    @Override
    public List<String> understood() {
        return remarks.understood();
    }

    @Override
    public Mesh read() {
        StlCorners corners = new StlCorners(path);
        try {
            List<String> lost =
                    head.binary() ? StlBinary.read(path, triangles, corners, keepGoing) : StlText.read(path, corners);
            lost.forEach(remarks::lost);
        } catch (GrottoException e) {
            if (e.kind() != GrottoException.Kind.BAD_INPUT || corners.count() == 0) {
                throw e;
            }
            if (!keepGoing) {
                throw new GrottoException(
                        e.kind(),
                        String.valueOf(e.getMessage()).replaceAll("[.]$", "")
                                + ", or --keep-going would give the triangles" + " that are whole.",
                        e);
            }
            remarks.lost("what follows triangle " + corners.count() + ": " + e.getMessage());
        }
        return corners.mesh();
    }

    @Override
    public void close() {}
}
