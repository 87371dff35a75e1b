package org.grotto.surface;

/** Connected parts of a mesh, by union-find over vertices (Tarjan 1975); the smallest vertex is a part's root. */
final class TrimParts {
    private final int[] parent;

    TrimParts(int vertices) {
        parent = new int[vertices];
        for (int i = 0; i < vertices; i++) {
            parent[i] = i;
        }
    }

    int root(int i) {
        while (parent[i] != i) {
            parent[i] = parent[parent[i]];
            i = parent[i];
        }
        return i;
    }

    void join(int i, int j) {
        int a = root(i);
        int b = root(j);
        if (a < b) {
            parent[b] = a;
        } else {
            parent[a] = b;
        }
    }
}
