package org.grotto.kiosk.stream;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.grotto.base.GrottoException;
import org.grotto.geometry.Box;

/** An octree of made-up tiles: each a grid of triangles on its box's floor; halving errors; some can be made to fail. */
final class Forest implements TileSource {
    final List<Node> all = new ArrayList<>();
    final Set<Integer> broken = ConcurrentHashMap.newKeySet();
    private final Node root;
    private final int quads;

    Forest(int depth, double size, double rootError, int quads) {
        this.quads = quads;
        this.root = grow(null, new Box(0, 0, 0, size, size, size), rootError, depth);
    }

    private Node grow(Node parent, Box b, double error, int depth) {
        Node n = new Node(all.size(), parent, b, depth == 0 ? 0 : error, "tile", 1 << 17);
        all.add(n);
        List<Node> children = new ArrayList<>();
        double h = b.sizeX() / 2;
        for (int c = 0; c < 8 && depth > 0; c++) {
            double x = b.minX() + h * (c & 1);
            double y = b.minY() + h * (c >> 1 & 1);
            double z = b.minZ() + h * (c >> 2);
            children.add(grow(n, new Box(x, y, z, x + h, y + h, z + h), error / 2, depth - 1));
        }
        n.children(children);
        return n;
    }

    @Override
    public Node root() {
        return root;
    }

    @Override
    public PackedMesh load(Node node, SlabPool pool) {
        if (broken.contains(node.id)) {
            throw new GrottoException(GrottoException.Kind.BAD_INPUT, "tile " + node.id + " is broken", null);
        }
        Box b = node.box;
        int side = quads + 1;
        float[] xyz = new float[3 * side * side];
        for (int i = 0; i < side * side; i++) {
            xyz[3 * i] = (float) (b.minX() + b.sizeX() * (i % side) / quads);
            xyz[3 * i + 1] = (float) (b.minY() + b.sizeY() * (i / side) / quads);
            xyz[3 * i + 2] = (float) b.minZ();
        }
        int[] t = new int[6 * quads * quads];
        int k = 0;
        for (int i = 0; i < quads * quads; i++) {
            int a = i / quads * side + i % quads;
            for (int v : new int[] {a, a + 1, a + side, a + 1, a + side + 1, a + side}) {
                t[k++] = v;
            }
        }
        return MeshPacker.pack(pool, xyz, 0, 0, 0, null, null, List.of(), t, 0);
    }

    /** True when every leaf of the tree is stood for by exactly one of {@code shown}: itself or one ancestor. */
    boolean covers(List<Node> shown) {
        Set<Node> set = new java.util.HashSet<>(shown);
        for (Node n : all) {
            if (!n.children().isEmpty()) {
                continue;
            }
            int count = 0;
            for (Node a = n; a != null; a = a.parent) {
                count += set.contains(a) ? 1 : 0;
            }
            if (count != 1) {
                return false;
            }
        }
        return true;
    }
}
