package org.grotto.clean;

import java.util.Arrays;

/** Nodes joined to parts (union-find), each with its sign against its part's root. */
final class SignedForest {
    /** The parent, or minus the size at a root. */
    private final int[] parent;
    /** Whether a node's sign differs from its parent's. */
    private final boolean[] odd;

    SignedForest(int nodes) {
        parent = new int[nodes];
        odd = new boolean[nodes];
        Arrays.fill(parent, -1);
    }

    int nodes() {
        return parent.length;
    }

    /** The root of i's part; afterwards i hangs on it directly, {@link #odd} tells its sign against the root. */
    int find(int i) {
        int root = i;
        boolean sign = false;
        while (parent[root] >= 0) {
            sign ^= odd[root];
            root = parent[root];
        }
        while (parent[i] >= 0) {
            int next = parent[i];
            boolean s = odd[i];
            parent[i] = root;
            odd[i] = sign;
            sign ^= s;
            i = next;
        }
        return root;
    }

    /** Whether i's sign differs from its root's; after {@link #find} of i. */
    boolean odd(int i) {
        return odd[i];
    }

    /** Joins the parts of i and j, unless they are one already. */
    void join(int i, int j, boolean opposite) {
        int a = find(i);
        int b = find(j);
        if (a == b) {
            return;
        }
        boolean differ = odd[i] ^ odd[j] ^ opposite;
        if (parent[a] > parent[b] || (parent[a] == parent[b] && a > b)) {
            int t = a;
            a = b;
            b = t;
        }
        parent[a] += parent[b];
        parent[b] = a;
        odd[b] = differ;
    }
}
