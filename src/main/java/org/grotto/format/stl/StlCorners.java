package org.grotto.format.stl;

import java.nio.file.Path;
import java.util.Arrays;
import org.grotto.base.GrottoException;
import org.grotto.geometry.Columns;
import org.grotto.geometry.Mesh;
import org.grotto.geometry.Places;

/**
 * Triangles that come corner by corner: corners whose three coordinates are equal to the last bit become one vertex (0 and
 * -0 are equal), numbered in the order in which they first appear. Memory follows what was read, never what a file
 * announces.
 */
final class StlCorners {
    /** Three numbers each: what fits into an array. */
    private static final int MOST = (Integer.MAX_VALUE - 8) / 3;

    private final Path path;
    private final double[] current = new double[9];
    private double[] xyz = new double[3 << 10];
    private int vertices;
    private int[] triangles = new int[3 << 10];
    private int count;
    /** Vertices by the hash of their coordinates, plus 1; open addressing, at most half full. */
    private int[] table = new int[1 << 12];

    StlCorners(Path path) {
        this.path = path;
    }

    /** True for a number that can stand for a place: float arithmetic with it stays finite. */
    static boolean sound(double coordinate) {
        return Math.abs(coordinate) <= 1e30;
    }

    /** Coordinate {@code i} (0 to 8) of the triangle that comes next. */
    void coordinate(int i, double value) {
        current[i] = value + 0.0; // -0 becomes 0
    }

    /** The nine coordinates given make a triangle. */
    void triangle() {
        triangles = room(triangles, count);
        for (int c = 0; c < 3; c++) {
            triangles[3 * count + c] = vertex(current[3 * c], current[3 * c + 1], current[3 * c + 2]);
        }
        count++;
    }

    /** How many triangles there are. */
    int count() {
        return count;
    }

    private int vertex(double x, double y, double z) {
        int at = slot(x, y, z);
        if (table[at] != 0) {
            return table[at] - 1;
        }
        if (vertices == MOST) {
            throw tooMany();
        }
        if (3 * vertices == xyz.length) {
            xyz = Arrays.copyOf(xyz, grown(xyz.length));
        }
        xyz[3 * vertices] = x;
        xyz[3 * vertices + 1] = y;
        xyz[3 * vertices + 2] = z;
        table[at] = ++vertices;
        if (vertices > table.length / 2 && table.length < 1 << 30) {
            rehash();
        }
        return vertices - 1;
    }

    /** Where the vertex stands in the table, or where it would. */
    private int slot(double x, double y, double z) {
        int mask = table.length - 1;
        int at = hash(x, y, z) & mask;
        while (table[at] != 0) {
            int k = 3 * (table[at] - 1);
            if (xyz[k] == x && xyz[k + 1] == y && xyz[k + 2] == z) {
                break;
            }
            at = (at + 1) & mask;
        }
        return at;
    }

    private static int hash(double x, double y, double z) {
        long h = Double.doubleToRawLongBits(x) * 0x9E3779B97F4A7C15L;
        h = (Long.rotateLeft(h, 29) ^ Double.doubleToRawLongBits(y)) * 0xBF58476D1CE4E5B9L;
        h = (Long.rotateLeft(h, 29) ^ Double.doubleToRawLongBits(z)) * 0x94D049BB133111EBL;
        return (int) ((h ^ h >>> 31) >>> 16);
    }

    private void rehash() {
        table = new int[table.length * 2];
        for (int v = 0; v < vertices; v++) {
            table[slot(xyz[3 * v], xyz[3 * v + 1], xyz[3 * v + 2])] = v + 1;
        }
    }

    private int[] room(int[] a, int used) {
        if (used == MOST) {
            throw tooMany();
        }
        return 3 * used < a.length ? a : Arrays.copyOf(a, grown(a.length));
    }

    /** Half as much again, in whole triples. */
    private static int grown(int length) {
        return 3 * (int) Math.min(MOST, length / 3 * 3L / 2);
    }

    private GrottoException tooMany() {
        return GrottoException.unsupported(
                path, "more than " + MOST + " triangles or vertices, the most that fit; split the mesh.");
    }

    /** The mesh of all triangles, its origin at whole metres in the middle of its vertices. */
    Mesh mesh() {
        if (count == 0) {
            throw GrottoException.badInput(path, "holds no triangle; export the mesh again.");
        }
        return Places.of(xyz, 3 * vertices).mesh(Columns.NONE, Arrays.copyOf(triangles, 3 * count));
    }
}
