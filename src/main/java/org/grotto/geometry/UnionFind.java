package org.grotto.geometry;

/** Connected parts, of a mesh by its vertices say, by union-find (Tarjan 1975); the smallest member is a part's root. */
public final class UnionFind {
    private final int[] parent;

    /** @param size members, each a part of its own */
    public UnionFind(int size) {
        parent = new int[size];
        for (int i = 0; i < size; i++) {
            parent[i] = i;
        }
    }

    public int root(int i) {
        while (parent[i] != i) {
            parent[i] = parent[parent[i]];
            i = parent[i];
        }
        return i;
    }

    public void join(int i, int j) {
        int a = root(i);
        int b = root(j);
        if (a < b) {
            parent[b] = a;
        } else {
            parent[a] = b;
        }
    }
}
