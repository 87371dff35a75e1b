package org.grotto.lod;

import java.util.*;

class Scratch2 {
    public static void main(String[] a) throws Exception {
        TileCutTest t = new TileCutTest();
        t.folder = java.nio.file.Files.createTempDirectory("cut");
        System.out.println(t.count(
                Integer.parseInt(a[0]), Double.parseDouble(a[1]), Integer.parseInt(a[2]), Integer.parseInt(a[3])));
        org.grotto.base.Outputs.deleteTree(t.folder);
        System.exit(0);
    }
}
