package org.grotto.lod;

import java.nio.file.*;
import org.grotto.base.*;
import org.grotto.geometry.Mesh;

class Scratch {
    public static void main(String[] a) throws Exception {
        long t0 = System.nanoTime();
        int n = Integer.parseInt(a[0]);
        Mesh m = TestCaves.ball(n, 5, 0.1, 0, 0, 0);
        System.out.println(m.triangleCount() + " triangles made " + (System.nanoTime() - t0) / 1e9);
        Path out = Path.of(a[1]);
        Outputs.deleteTree(out);
        long t1 = System.nanoTime();
        Work w = new Work(a.length > 2 ? Integer.parseInt(a[2]) : 2, 1L << 31, (name, total, unit) -> {
            System.out.printf("%.2f %s%n", (System.nanoTime() - t0) / 1e9, name);
            return k -> {};
        });
        var r = MeshTiles.write(m, out, TileOptions.DEFAULTS, w);
        System.out.printf(
                "%.2f s, tiles %d, bytes %d, %.2f B/tri, step %g, preview %d%n",
                (System.nanoTime() - t1) / 1e9,
                r.tiles(),
                r.bytes(),
                r.bytes() / (double) r.triangles(),
                r.step(),
                r.preview().triangleCount());
        show(r.tileset().root(), 0);
        System.exit(0);
    }

    static int shown;

    static void show(org.grotto.format.gltf.Tile t, int d) {
        if (d < 2 || shown++ < 5)
            System.out.println(" ".repeat(d) + t.content() + " err mm " + 1000 * t.geometricError() + " children "
                    + t.children().size());
        for (var c : t.children()) show(c, d + 1);
    }
}
