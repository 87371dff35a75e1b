package org.grotto.web;

import java.awt.image.BufferedImage;
import java.util.HashSet;
import java.util.Set;

/** A screenshot, judged by its pixels. */
record Picture(BufferedImage image) {

    /** Share of pixels in the middle part that show stone: brighter than black, and not the colours of the ground. */
    double lit() {
        int[] box = middle();
        long bright = 0;
        long all = 0;
        for (int y = box[1]; y < box[3]; y += 2) {
            for (int x = box[0]; x < box[2]; x += 2) {
                int c = image.getRGB(x, y);
                int red = (c >> 16) & 255;
                int green = (c >> 8) & 255;
                int blue = c & 255;
                bright += red + green + blue > 120 && !ground(red, green, blue) ? 1 : 0;
                all++;
            }
        }
        return (double) bright / all;
    }

    /** Whether a colour is the page's ground: neutral grey, or the hatched dark of what no scanner saw. */
    private static boolean ground(int red, int green, int blue) {
        int dr = red - 55;
        int dg = green - 48;
        int db = blue - 42;
        boolean hatched = Math.max(Math.abs(dr), Math.max(Math.abs(dg), Math.abs(db))) < 8
                && Math.max(dr, Math.max(dg, db)) - Math.min(dr, Math.min(dg, db)) < 3;
        return hatched || Math.max(red, Math.max(green, blue)) - Math.min(red, Math.min(green, blue)) < 9;
    }

    /** How many different colours, in steps of 8, the middle part shows. */
    int colours() {
        int[] box = middle();
        Set<Integer> seen = new HashSet<>();
        for (int y = box[1]; y < box[3]; y += 2) {
            for (int x = box[0]; x < box[2]; x += 2) {
                seen.add(image.getRGB(x, y) & 0xF8F8F8);
            }
        }
        return seen.size();
    }

    /** Mean difference of a colour channel to another picture of the same size, in the middle part, 0 to 255. */
    double differs(Picture other) {
        int[] box = middle();
        long sum = 0;
        long all = 0;
        for (int y = box[1]; y < box[3]; y += 2) {
            for (int x = box[0]; x < box[2]; x += 2) {
                int a = image.getRGB(x, y);
                int b = other.image.getRGB(x, y);
                for (int s = 0; s <= 16; s += 8) {
                    sum += Math.abs(((a >> s) & 255) - ((b >> s) & 255));
                    all++;
                }
            }
        }
        return (double) sum / all;
    }

    /** Mean red, green, blue about a place. */
    double[] around(double x, double y, int radius) {
        double[] sum = new double[3];
        int n = 0;
        for (int j = (int) y - radius; j <= y + radius; j++) {
            for (int i = (int) x - radius; i <= x + radius; i++) {
                int c = image.getRGB(i, j);
                sum[0] += (c >> 16) & 255;
                sum[1] += (c >> 8) & 255;
                sum[2] += c & 255;
                n++;
            }
        }
        return new double[] {sum[0] / n, sum[1] / n, sum[2] / n};
    }

    /** Away from the page's bars and panels. */
    private int[] middle() {
        int w = image.getWidth();
        int h = image.getHeight();
        return new int[] {w * 3 / 10, h / 4, w * 9 / 10, h * 3 / 4};
    }
}
