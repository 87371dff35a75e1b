package org.grotto.format.ept;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.grotto.base.GrottoException;
import org.grotto.base.Json;
import org.grotto.format.Levels;
import org.grotto.format.Remarks;
import tools.jackson.databind.JsonNode;

/**
 * Which nodes an EPT cloud has, level by level: {@code ept-hierarchy/0-0-0-0.json} and the files that it leads to. Memory
 * is that of these files; each is read once, whatever leads to it.
 */
final class EptHierarchy {
    /** Points of a node: no sum of them overflows. */
    private static final long MOST = 1L << 40;

    /** Where a node stands in the octree, and how many points are in its file. */
    record Node(String key, int level, long x, long y, long z, long points) {}

    private EptHierarchy() {}

    /**
     * @param keepGoing files of the hierarchy that are missing or damaged are told as lost, but for the first
     */
    static List<Node> read(Path folder, boolean keepGoing, Remarks remarks) {
        List<Node> nodes = new ArrayList<>();
        Set<String> asked = new HashSet<>();
        Set<String> known = new HashSet<>();
        ArrayDeque<String> files = new ArrayDeque<>();
        files.add("0-0-0-0");
        asked.add("0-0-0-0");
        while (!files.isEmpty()) {
            String root = files.remove();
            Path file = folder.resolve("ept-hierarchy").resolve(root + ".json");
            try {
                file(file, nodes, known, asked, files);
            } catch (GrottoException e) {
                if (!keepGoing || asked.size() == 1) {
                    throw e;
                }
                remarks.lost("parts of the hierarchy that are missing or damaged", root);
            }
        }
        nodes.sort(Comparator.comparingInt(Node::level)
                .thenComparingLong(Node::x)
                .thenComparingLong(Node::y)
                .thenComparingLong(Node::z));
        return nodes;
    }

    private static void file(
            Path file, List<Node> nodes, Set<String> known, Set<String> asked, ArrayDeque<String> files) {
        if (!Files.isRegularFile(file)) {
            throw GrottoException.badInput(
                    file, "is missing, and says where points are; copy the folder again, whole.");
        }
        JsonNode json = Json.tree(file);
        if (!json.isObject()) {
            throw GrottoException.badInput(file, "is no hierarchy: an object of nodes and counts was expected.");
        }
        for (Map.Entry<String, JsonNode> e : json.properties()) {
            JsonNode n = e.getValue();
            if (!n.isIntegralNumber() || !n.canConvertToLong() || n.longValue() < -1 || n.longValue() > MOST) {
                throw bad(file, e.getKey(), "has the count " + Remarks.shown(n.toString()));
            }
            Node node = node(file, e.getKey(), n.longValue());
            if (node.points < 0) {
                if (asked.add(node.key)) {
                    files.add(node.key);
                } else {
                    throw bad(file, node.key, "leads to a file that was read already: the hierarchy runs in a circle");
                }
            } else if (!known.add(node.key)) {
                throw bad(file, node.key, "is named a second time");
            } else if (node.points > 0) {
                nodes.add(node);
            }
        }
    }

    private static GrottoException bad(Path file, String key, String what) {
        return GrottoException.badInput(
                file, "the node \"" + Remarks.shown(key) + "\" " + what + "; copy the folder again.");
    }

    private static Node node(Path file, String key, long points) {
        String[] p = key.split("-", -1);
        long[] v = new long[4];
        boolean good = p.length == 4;
        for (int k = 0; k < 4 && good; k++) {
            good = p[k].matches("0|[1-9][0-9]{0,17}");
            v[k] = good ? Long.parseLong(p[k]) : 0;
        }
        good = good && v[0] < Levels.DEEPEST && Math.max(v[1], Math.max(v[2], v[3])) < 1L << v[0];
        if (!good) {
            throw bad(file, key, "is no place in an octree (depth-x-y-z)");
        }
        return new Node(key, (int) v[0], v[1], v[2], v[3], points);
    }
}
