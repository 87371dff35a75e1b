package org.grotto.kiosk;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.grotto.base.Json;
import org.grotto.format.gltf.Checker;
import org.grotto.format.gltf.Curtain;
import org.grotto.format.gltf.TilePicture;
import org.grotto.format.gltf.TileWriter;
import org.grotto.geometry.Columns;
import org.jspecify.annotations.Nullable;

/**
 * A chamber of one tile whose walls carry pictures: a box of 4 x 4 x 3 m about {@link TestRoom#MIDDLE}, seen from inside.
 * Each face is a sheet of squares and shows the whole picture upright, left at its left. The wall to the east, x = 2, is
 * inferred.
 */
public final class PicturedRoom {
    private static final int N = 16;
    private static final int STEPS = 1024;

    private PicturedRoom() {}

    /** Four quarters as {@link Checker}'s, and a black F in the middle, whose stem is at the left and whose arms go right. */
    public static BufferedImage image(int size) {
        BufferedImage image = new BufferedImage(size, size, BufferedImage.TYPE_INT_RGB);
        Graphics2D g = image.createGraphics();
        for (int q = 0; q < 4; q++) {
            g.setColor(new Color(Checker.colour(q % 2 == 0, q < 2)));
            g.fillRect(q % 2 * size / 2, q / 2 * size / 2, size / 2, size / 2);
        }
        g.setColor(Color.BLACK);
        int s = size / 16;
        g.fillRect(6 * s, 4 * s, s, 8 * s);
        g.fillRect(6 * s, 4 * s, 4 * s, s);
        g.fillRect(6 * s, 7 * s, 3 * s, s);
        g.dispose();
        return image;
    }

    /** Of one colour. */
    public static byte[] plain(int size, int rgb) {
        BufferedImage image = new BufferedImage(size, size, BufferedImage.TYPE_INT_RGB);
        int[] all = new int[size * size];
        Arrays.fill(all, rgb);
        image.setRGB(0, 0, size, size, all, 0, size);
        return Checker.file(image, "png");
    }

    /** @param picture by the places that {@link #uv} gives, or null: then grey stone of vertices' colour */
    public static Path write(Path folder, @Nullable TilePicture picture) throws IOException {
        Files.createDirectories(folder.resolve("mesh"));
        int faces = 6;
        int row = N + 1;
        int[] xyz = new int[3 * faces * row * row];
        float[] normals = new float[xyz.length];
        byte[] evidence = new byte[faces * row * row];
        byte[] rgb = new byte[xyz.length];
        Arrays.fill(rgb, (byte) 128);
        int[] triangles = new int[faces * 6 * N * N];
        int t = 0;
        for (int f = 0; f < faces; f++) {
            for (int i = 0; i < row * row; i++) {
                double[] p = place(f, (double) (i % row) / N, (double) (i / row) / N);
                int v = f * row * row + i;
                for (int a = 0; a < 3; a++) {
                    xyz[3 * v + a] = (int) Math.round(STEPS * p[a]);
                    normals[3 * v + a] = (float) p[3 + a];
                }
                evidence[v] = (byte) (f == 2 ? 0 : 255);
            }
            for (int i = 0; i < N * N; i++) {
                int a = f * row * row + i / N * row + i % N; // its upper left corner, then down and to the right
                int[] quad = {a, a + row, a + row + 1, a, a + row + 1, a + 1};
                System.arraycopy(quad, 0, triangles, t, 6);
                t += 6;
            }
        }
        Columns columns = Columns.NONE.with(Columns.RGB8, rgb).with(Columns.EVIDENCE, evidence);
        byte[] tile = TileWriter.write(xyz, 1.0 / STEPS, normals, columns, triangles, Curtain.NONE, picture);
        Files.write(folder.resolve("mesh/room.glb"), tile);
        double[] m = TestRoom.MIDDLE;
        Files.writeString(folder.resolve("mesh/tileset.json"), """
                {"asset": {"version": "1.1"}, "geometricError": 1, "root": {"geometricError": 0, "refine": "REPLACE",
                 "transform": [1,0,0,0, 0,1,0,0, 0,0,1,0, %s,%s,%s,1],
                 "boundingVolume": {"box": [0, 0, 0, 2.1, 0, 0, 0, 2.1, 0, 0, 0, 1.6]},
                 "content": {"uri": "room.glb"}}}""".formatted(m[0], m[1], m[2]));
        Json.write(folder.resolve("cave.json"), TestRoom.info());
        return folder;
    }

    /** Each vertex' place: the whole picture on each face. */
    public static float[] uv() {
        int row = N + 1;
        float[] out = new float[2 * 6 * row * row];
        for (int i = 0; i < out.length / 2; i++) {
            out[2 * i] = (float) (i % row) / N;
            out[2 * i + 1] = (float) (i / row % row) / N;
        }
        return out;
    }

    /** Where u from the left and v from the top of a face lie, beside the middle, metres, and the normal to the inside. */
    private static double[] place(int face, double u, double v) {
        double s = 4 * u - 2;
        double h = 1.5 - 3 * v;
        return switch (face) {
            case 0 -> new double[] {-2, s, h, 1, 0, 0}; // west: from inside, north is at the right
            case 1 -> new double[] {s, 2, h, 0, -1, 0}; // north: east is at the right
            case 2 -> new double[] {2, -s, h, -1, 0, 0};
            case 3 -> new double[] {-s, -2, h, 0, 1, 0};
            case 4 -> new double[] {s, 2 - 4 * v, -1.5, 0, 0, 1}; // the floor, as a map
            default -> new double[] {s, 4 * v - 2, 1.5, 0, 0, -1};
        };
    }
}
