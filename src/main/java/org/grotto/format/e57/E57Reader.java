package org.grotto.format.e57;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.grotto.base.GrottoException;
import org.grotto.format.Picture;
import org.grotto.format.PointReader;
import org.grotto.format.Scan;
import org.grotto.format.Stated;

/**
 * Reads E57 files (ASTM E2807-11) of any number of scans: cartesian or spherical positions (radians, turned to metres),
 * every number type and width, colours, intensities, normals, invalid states, and fields of unknown extensions under
 * their own names. Every page read is checked against its CRC-32C. Pictures with their poses and
 * masks are handed on, other binary parts are named in {@link #notKept}. Opening costs the XML section; cursors may run in several threads.
 */
public final class E57Reader implements PointReader {
    final E57Pages pages;
    private final E57Header header;
    final List<E57Scan> sources;
    private final List<Scan> scans;
    private final List<Picture> pictures;
    private final Map<String, String> metadata;
    private final List<String> notKept;
    private final List<String> understood = new ArrayList<>();
    private final E57Findings findings = new E57Findings();

    private E57Reader(E57Pages pages) {
        this.pages = pages;
        this.header = E57Header.read(pages);
        E57Node root = E57Xml.parse(pages, header);
        Map<String, String> namespaces = E57Prototype.namespaces(root);
        List<String> dropped = new ArrayList<>();
        this.sources = scans(root, namespaces, dropped);
        if (pages.keepGoing()) {
            long end = E57Pages.physical(E57Pages.logical(header.xmlOffset()) + header.xmlLength());
            int bad = pages.bad(header.xmlOffset(), end).cardinality();
            if (bad > 0) {
                dropped.add("certainty about names, poses and counts: " + bad
                        + (bad == 1 ? " damaged page holds" : " damaged pages hold")
                        + " the file's description of them");
            }
        } else {
            pages.offer(() -> offer(pages, sources));
        }
        this.scans = sources.stream().map(E57Scan::scan).toList();
        Map<String, String> m = new TreeMap<>();
        E57Metadata.flatten(root, "file", Set.of("data3D", "images2D"), m, dropped);
        namespaces.forEach((prefix, uri) -> m.put("xmlns:" + prefix, uri));
        String crs = m.get("coordinateMetadata");
        if (crs != null && !crs.isBlank()) {
            m.put("crs", crs); // under the name that all readers use
        }
        this.metadata = Collections.unmodifiableMap(m);
        this.pictures = E57Images.read(root, pages, header, dropped, understood);
        if (root.garbled()) {
            dropped.add("characters of the XML section that are not UTF-8, now U+FFFD");
        }
        this.notKept = List.copyOf(dropped);
    }

    public static E57Reader open(Path path) {
        return open(path, false);
    }

    /** @param keepGoing of a file with damaged pages take the points that stand on the others; else it is refused */
    public static E57Reader open(Path path, boolean keepGoing) {
        E57Pages pages = E57Pages.open(path, keepGoing);
        try {
            return new E57Reader(pages);
        } catch (GrottoException e) {
            pages.close();
            throw keepGoing ? e : offering(path, e);
        } catch (RuntimeException | Error e) {
            pages.close();
            throw e;
        }
    }

    /** The refusal of a file that was opened as a sound one, with what it would give as a damaged one. */
    private static GrottoException offering(Path path, GrottoException e) {
        String sentence = String.valueOf(e.getMessage());
        if (e.kind() != GrottoException.Kind.BAD_INPUT || !sentence.endsWith(".")) {
            return e;
        }
        try (E57Reader r = open(path, true)) {
            String offer = offer(r.pages, r.sources);
            return offer.isEmpty()
                    ? e
                    : new GrottoException(
                            e.kind(), sentence.substring(0, sentence.length() - 1) + offer + ".", e.getCause());
        } catch (GrottoException none) {
            return e;
        }
    }

    /** What would be left of a damaged file. */
    private static String offer(E57Pages pages, List<E57Scan> sources) {
        long left = 0;
        for (E57Scan s : sources) {
            left += E57Salvage.of(pages, s).count();
        }
        return left == 0 ? "" : ", or --keep-going would give " + left + " points";
    }

    private List<E57Scan> scans(E57Node root, Map<String, String> namespaces, List<String> dropped) {
        E57Node data = root.child("data3D");
        List<E57Node> nodes = data == null ? List.of() : data.children();
        List<E57Scan> list = new ArrayList<>();
        for (E57Node n : nodes) {
            int number = list.size() + 1;
            list.add(E57Scan.read(
                    n, fallbackName(number, nodes.size()), number, pages, header, namespaces, dropped, understood));
        }
        return List.copyOf(list);
    }

    private String fallbackName(int number, int of) {
        Path file = pages.path.getFileName();
        String name = file == null ? "scan" : file.toString();
        int dot = name.lastIndexOf('.');
        String stem = dot > 0 ? name.substring(0, dot) : name;
        return of > 1 ? stem + " " + number : stem;
    }

    @Override
    public Path path() {
        return pages.path;
    }

    @Override
    public String format() {
        return "E57 " + header.major() + "." + header.minor();
    }

    @Override
    public List<Scan> scans() {
        return scans;
    }

    @Override
    public List<Picture> pictures() {
        return pictures;
    }

    @Override
    public Map<String, String> metadata() {
        return metadata;
    }

    @Override
    public Stated stated() {
        return Stated.unit(1, "E57");
    }

    @Override
    public List<String> notKept() {
        List<String> all = new ArrayList<>(notKept);
        all.addAll(findings.lost());
        return List.copyOf(all);
    }

    @Override
    public List<String> understood() {
        List<String> all = new ArrayList<>(understood);
        all.addAll(findings.said());
        return List.copyOf(all);
    }

    @Override
    public PointCursor points(int index) {
        E57Scan source = sources.get(index);
        E57Salvage salvage = pages.keepGoing() ? E57Salvage.of(pages, source) : null;
        if (salvage != null) {
            findings.salvaged(source, salvage);
        }
        return new E57Cursor(pages, source, salvage, findings);
    }

    @Override
    public void close() {
        pages.close();
    }
}
