package org.grotto.pipeline;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.grotto.base.Work;
import org.grotto.format.PointBatch;
import org.grotto.format.PointReader;
import org.grotto.format.gltf.TileMesh;
import org.grotto.format.las.LasReader;

/**
 * Compares what two packages say, bit by bit: of every tile positions, colours, normals, evidence and triangles, of the
 * points every column that both have, in their order. Columns that one has alone are named. Run by hand with two folders,
 * to see that a change of form is no change of content.
 */
public final class SamePackages {
    private SamePackages() {}

    public static void main(String[] folders) throws IOException {
        Path a = Path.of(folders[0]);
        Path b = Path.of(folders[1]);
        int differ = tiles(a.resolve("mesh/tiles"), b.resolve("mesh/tiles"))
                + points(a.resolve("points/cave.copc.laz"), b.resolve("points/cave.copc.laz"));
        System.out.println(differ == 0 ? "the same" : differ + " things differ");
        System.exit(differ == 0 ? 0 : 1);
    }

    private static TreeSet<String> names(Path folder) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.map(p -> p.getFileName().toString()).collect(TreeSet::new, TreeSet::add, TreeSet::addAll);
        }
    }

    private static int tiles(Path a, Path b) throws IOException {
        TreeSet<String> names = names(a);
        int differ = names.equals(names(b)) ? 0 : 1;
        long triangles = 0;
        for (String name : names) {
            TileMesh m = TileMesh.read(ByteBuffer.wrap(Files.readAllBytes(a.resolve(name))), name);
            TileMesh n = TileMesh.read(ByteBuffer.wrap(Files.readAllBytes(b.resolve(name))), name);
            boolean same = m.originX == n.originX
                    && m.originY == n.originY
                    && m.originZ == n.originZ
                    && Arrays.equals(m.positions, n.positions)
                    && Arrays.equals(m.normals, n.normals)
                    && Arrays.equals(m.rgba, n.rgba)
                    && Arrays.equals(m.evidence(), n.evidence())
                    && Arrays.equals(m.indices, n.indices);
            differ += same ? 0 : 1;
            triangles += m.indexCount() / 3;
        }
        System.out.printf("%d tiles, %,d triangles with skirts, %d differ%n", names.size(), triangles, differ);
        return differ;
    }

    private static int points(Path a, Path b) {
        long n = 0;
        long differ = 0;
        try (Work work = Work.silent();
                PointReader ra = LasReader.open(a, work);
                PointReader rb = LasReader.open(b, work);
                PointReader.PointCursor ca = ra.points(0);
                PointReader.PointCursor cb = rb.points(0)) {
            PointBatch pa = new PointBatch(ra.scans().getFirst().columns(), 1 << 15);
            PointBatch pb = new PointBatch(rb.scans().getFirst().columns(), 1 << 15);
            List<String> both = pa.schema.stream()
                    .map(c -> c.name())
                    .filter(c -> pb.indexOf(c) >= 0)
                    .toList();
            System.out.println("in both: " + both + "; alone: " + alone(pa, pb) + " " + alone(pb, pa));
            while (ca.next(pa) & cb.next(pb)) {
                differ += pa.size == pb.size ? 0 : 1;
                for (int i = 0; i < Math.min(pa.size, pb.size); i++) {
                    boolean same = pa.x[i] == pb.x[i] && pa.y[i] == pb.y[i] && pa.z[i] == pb.z[i];
                    for (String c : both) {
                        same &= Double.compare(pa.columns[pa.indexOf(c)][i], pb.columns[pb.indexOf(c)][i]) == 0;
                    }
                    differ += same ? 0 : 1;
                }
                n += pa.size;
            }
        }
        System.out.printf("%,d points, %,d differ%n", n, differ);
        return differ == 0 ? 0 : 1;
    }

    private static List<String> alone(PointBatch a, PointBatch b) {
        return a.schema.stream()
                .map(c -> c.name())
                .filter(c -> b.indexOf(c) < 0)
                .toList();
    }
}
