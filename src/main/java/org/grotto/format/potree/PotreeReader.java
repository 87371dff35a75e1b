package org.grotto.format.potree;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.grotto.format.Levels;
import org.grotto.format.Pieces;
import org.grotto.format.PiecesReader;
import org.grotto.format.Reading;
import org.grotto.format.Scan;
import org.grotto.format.Stated;

/**
 * A Potree cloud as one scan, level by level; a few nodes at a time are in memory while points are read. Opening reads its
 * first file and the hierarchy.
 */
final class PotreeReader extends PiecesReader {
    private static final String BY = "its projection";
    private static final Pattern UNITS = Pattern.compile("\\+units=([a-z-]+)");
    private static final Pattern TO_METER = Pattern.compile("\\+to_meter=([0-9.eE+-]{1,40})");

    private final Octree octree;
    private final Stated stated;
    private final Levels levels;
    private final List<Node> nodes;
    private final Scan scan;
    private final Map<String, String> metadata = new TreeMap<>();

    PotreeReader(Octree octree, Reading reading, Function<String, Stated> crs) {
        super(octree.file, reading, octree.remarks);
        this.octree = octree;
        String projection = octree.projection();
        boolean proj = projection.startsWith("+");
        this.stated = projection.isEmpty() ? Stated.NOTHING : proj ? proj(projection) : crs.apply(projection);
        List<Long> points = new ArrayList<>();
        for (Node n : octree.nodes()) {
            Levels.add(points, n.level(), n.points());
        }
        this.levels = Levels.of(octree.spacing(), points, reading.resolution(stated));
        this.nodes = octree.nodes().stream()
                .filter(n -> n.level() < levels.read() && n.points() > 0)
                .toList();
        levels.understood().forEach(remarks::understood);
        if (octree.announced() >= 0 && octree.announced() != levels.all()) {
            remarks.understood(String.format(
                    Locale.ROOT,
                    "%,d points by its hierarchy, where %,d are announced",
                    levels.all(),
                    octree.announced()));
        }
        metadata.putAll(octree.metadata());
        metadata.put("levels", levels.text());
        if (!projection.isEmpty()) {
            metadata.put("crs", projection);
        }
        this.scan = new Scan(
                title(path),
                null,
                null,
                null,
                levels.count(),
                octree.columns(),
                octree.bounds(),
                octree.xyzType(),
                octree.scale(),
                octree.offset(),
                Map.of());
    }

    /** What PROJ's words say of the unit. */
    private static Stated proj(String words) {
        if (words.contains("+proj=longlat") || words.contains("+proj=latlong")) {
            return new Stated(Double.NaN, Double.NaN, true, null, false, BY, null);
        }
        Matcher to = TO_METER.matcher(words);
        Matcher units = UNITS.matcher(words);
        double metres = words.contains("+proj=") ? 1 : Double.NaN; // PROJ's own where nothing is said
        if (to.find()) {
            try {
                metres = Double.parseDouble(to.group(1));
            } catch (NumberFormatException e) {
                metres = Double.NaN;
            }
        } else if (units.find()) {
            metres = switch (units.group(1)) {
                case "m" -> 1;
                case "km" -> 1000;
                case "dm" -> 0.1;
                case "cm" -> 0.01;
                case "mm" -> 0.001;
                case "ft" -> 0.3048;
                case "us-ft" -> 1200 / 3937.0;
                case "in" -> 0.0254;
                default -> Double.NaN;
            };
        }
        return metres > 0 && metres < 1e6 ? Stated.unit(metres, BY) : Stated.NOTHING;
    }

    @Override
    public String format() {
        return octree.format();
    }

    @Override
    public Map<String, String> metadata() {
        return metadata;
    }

    @Override
    public Stated stated() {
        return stated;
    }

    @Override
    protected Scan scan() {
        return scan;
    }

    @Override
    protected Pieces pieces() {
        return new Pieces() {
            @Override
            public int size() {
                return nodes.size();
            }

            @Override
            public long points(int i) {
                return nodes.get(i).points();
            }

            @Override
            public String name(int i) {
                return nodes.get(i).name();
            }

            @Override
            public PointCursor open(int i) {
                return octree.open(nodes.get(i));
            }
        };
    }
}
