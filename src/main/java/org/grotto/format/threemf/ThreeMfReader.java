package org.grotto.format.threemf;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.grotto.base.GrottoException;
import org.grotto.format.FileHead;
import org.grotto.format.MeshReader;
import org.grotto.format.Remarks;
import org.grotto.format.Salvage;
import org.grotto.format.Stated;
import org.grotto.geometry.Mesh;

/** A 3MF file open for its mesh; its unit is read at once. */
final class ThreeMfReader implements MeshReader {
    private final Path path;
    private final Package parts;
    private final String model;
    private final double metres;
    private final Map<String, String> metadata = new TreeMap<>();
    private final boolean keepGoing;
    private final Remarks remarks;

    private ThreeMfReader(Path path, Package parts, boolean keepGoing, Remarks remarks) {
        this.path = path;
        this.parts = parts;
        this.keepGoing = keepGoing;
        this.remarks = remarks;
        this.model = parts.model();
        try (Package.Xml xml = parts.xml(model)) {
            if (!xml.next() || !xml.is("model")) {
                throw GrottoException.badInput(path, "its model part does not begin with \"model\"; export it again.");
            }
            this.metres = metres(path, xml.get("unit"));
        }
    }

    private static double metres(Path path, String unit) {
        return switch (unit) {
            case "micron" -> 1e-6;
            case "", "millimeter" -> 0.001;
            case "centimeter" -> 0.01;
            case "inch" -> 0.0254;
            case "foot" -> 0.3048;
            case "meter" -> 1;
            default -> throw GrottoException.badInput(path, "its unit \"" + Remarks.shown(unit) + "\" is none of 3MF.");
        };
    }

    /** @param keepGoing take of a damaged file the triangles that are whole; else it is refused, and told how many it has */
    static ThreeMfReader open(Path path, boolean keepGoing) {
        FileHead.of(path); // a missing or empty file is told at once
        try {
            return opened(path, keepGoing);
        } catch (GrottoException e) {
            throw keepGoing ? e : offering(path, e);
        }
    }

    @SuppressWarnings("MustBeClosedChecker") // closed by close()
    private static ThreeMfReader opened(Path path, boolean keepGoing) {
        Remarks remarks = new Remarks();
        Package parts = new Package(path, keepGoing, remarks);
        try {
            return new ThreeMfReader(path, parts, keepGoing, remarks);
        } catch (RuntimeException | Error e) {
            parts.close();
            throw e;
        }
    }

    private static GrottoException offering(Path path, GrottoException e) {
        return Salvage.offering(e, () -> {
            try (ThreeMfReader damaged = opened(path, true)) {
                return damaged.read();
            }
        });
    }

    @Override
    public Path path() {
        return path;
    }

    @Override
    public String format() {
        return "3MF";
    }

    @Override
    public long vertices() {
        return -1;
    }

    @Override
    public long faces() {
        return -1;
    }

    @Override
    public Map<String, String> metadata() {
        return metadata;
    }

    @Override
    public Stated stated() {
        return new Stated(metres, metres, false, "z", false, "3MF", null);
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
        remarks.clear();
        try {
            return new ThreeMfScene(path, parts, model, keepGoing, remarks).read();
        } catch (GrottoException e) {
            throw keepGoing ? e : offering(path, e);
        }
    }

    @Override
    public void close() {
        parts.close();
    }
}
