package org.grotto.format.las;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.grotto.format.las.laz.LayeredEncoder;
import org.grotto.format.las.laz.LazItems;
import org.grotto.format.las.point.Bytes;
import org.grotto.format.las.point.LasLayout;
import org.grotto.format.las.point.LasPoints;

/** Points that exercise every path of the codec: returns, channels, jumps in time, runs of equal values, wild ones. */
final class Synthetic {
    /** What is in the points. */
    enum Trait {
        /** One channel, steady times, smooth surface. */
        PLAIN,
        /** All four scanner channels, in runs and in turns. */
        CHANNELS,
        /** Times of several interleaved sequences, with jumps, NaN, equal and negative ones. */
        TIMES,
        /** Everything random. */
        WILD,
        /** Nothing but x and y changes: all other layers stay empty. */
        CONSTANT
    }

    private Synthetic() {}

    static LasPoints points(int format, int extraBytes, int n, Trait trait, long seed) {
        LasLayout layout = new LasLayout(format, LasLayout.baseLength(format) + extraBytes);
        LasPoints p = new LasPoints(layout, n);
        p.size = n;
        SplittableRandom r = new SplittableRandom(seed);
        double[] sequence = {300_000.25, 512_000, 7e8, -3};
        int returns = 1;
        int number = 1;
        int channel = 0;
        for (int i = 0; i < n; i++) {
            boolean wild = trait == Trait.WILD;
            boolean constant = trait == Trait.CONSTANT;
            p.x[i] = wild ? r.nextInt() : (int) (1e5 * Math.sin(i * 1e-3)) + r.nextInt(40);
            p.y[i] = wild ? r.nextInt() : i / 7 + r.nextInt(-5, 6);
            p.z[i] = wild ? r.nextInt() : constant ? 77 : (int) (5e4 * Math.cos(i * 2e-3)) + r.nextInt(9);
            if (constant) {
                p.returns[i] = 0x11;
                continue;
            }
            if (number >= returns) {
                returns = wild ? r.nextInt(16) : r.nextInt(8) == 0 ? r.nextInt(1, 16) : 1;
                number = wild ? r.nextInt(16) : 1;
            } else {
                number++;
            }
            p.returns[i] = (byte) (wild ? r.nextInt() : number | returns << 4);
            p.intensity[i] = (char) (wild ? r.nextInt() : 30_000 + r.nextInt(2000) - 900 * number);
            if (trait == Trait.CHANNELS && r.nextInt(i % 3000 < 1500 ? 2 : 400) == 0 || wild) {
                channel = r.nextInt(4);
            }
            p.flags[i] = (byte) (channel << 4 | (r.nextInt(50) == 0 ? r.nextInt() & 0xCF : i / 5000 % 2 << 6));
            p.classification[i] = (byte) (wild ? r.nextInt() : r.nextInt(60) == 0 ? r.nextInt(40) : 2);
            p.userData[i] = (byte) (wild ? r.nextInt() : i / 1000 % 5);
            p.scanAngle[i] = (short) (wild ? r.nextInt() : i / 10 % 8000 - 4000);
            p.source[i] = (char) (wild ? r.nextInt() : 1 + i / 20_000);
            p.time[i] = time(r, trait, sequence, i, number);
            colour(p, r, i, wild);
            if (p.wave != null) {
                wave(p, r, i);
            }
            for (int k = 0; k < extraBytes; k++) {
                p.extra[k][i] = (byte) (k % 3 == 2 ? 9 : k % 3 == 0 ? r.nextInt() : i / 300);
            }
        }
        return p;
    }

    private static long time(SplittableRandom r, Trait trait, double[] sequence, int i, int number) {
        if (trait == Trait.WILD) {
            return r.nextLong();
        }
        int s = trait == Trait.TIMES ? r.nextInt(20) == 0 ? r.nextInt(4) : i / 900 % 4 : 0;
        if (number == 1) {
            sequence[s] +=
                    trait == Trait.TIMES && r.nextInt(300) == 0 ? r.nextDouble(-1e6, 1e6) : 1e-5 * r.nextInt(1, 4);
        }
        if (trait == Trait.TIMES && r.nextInt(5000) == 0) {
            return Double.doubleToRawLongBits(r.nextBoolean() ? Double.NaN : r.nextBoolean() ? 0.0 : -0.0);
        }
        return Double.doubleToRawLongBits(sequence[s]);
    }

    private static void colour(LasPoints p, SplittableRandom r, int i, boolean wild) {
        if (p.red == null || p.green == null || p.blue == null) {
            return;
        }
        int grey = (i / 3 & 127) * 257;
        boolean even = r.nextInt(4) == 0;
        p.red[i] = (char) (wild ? r.nextInt() : grey);
        p.green[i] = (char) (wild ? r.nextInt() : even ? grey : grey + r.nextInt(3000));
        p.blue[i] = (char) (wild ? r.nextInt() : even ? grey : grey / 2);
        if (p.nir != null) {
            p.nir[i] = (char) (wild ? r.nextInt() : i / 11);
        }
    }

    private static void wave(LasPoints p, SplittableRandom r, int i) {
        byte[] w = p.wave;
        if (w == null) {
            return;
        }
        int at = i * LasLayout.WAVE_BYTES;
        w[at] = (byte) (r.nextInt(100) == 0 ? r.nextInt(4) : 1);
        long last = i == 0 ? 60 : Bytes.int64(w, at - LasLayout.WAVE_BYTES + 1);
        int lastSize = i == 0 ? 0 : Bytes.int32(w, at - LasLayout.WAVE_BYTES + 9);
        long offset = switch (r.nextInt(8)) {
            case 0 -> last;
            case 1 -> last + r.nextInt();
            case 2 -> r.nextLong();
            default -> last + lastSize;
        };
        Bytes.put64(w, at + 1, offset);
        Bytes.put32(w, at + 9, r.nextInt(9) == 0 ? r.nextInt() >>> 1 : 256);
        for (int k = 13; k < 29; k += 4) {
            Bytes.put32(w, at + k, Float.floatToRawIntBits(r.nextInt(3) * 0.25f));
        }
    }

    /** Writes points as LAS, or as LAZ in chunks of {@code chunk}. */
    static void write(LasPoints p, Path file, int chunk) {
        List<byte[]> vlrs = new ArrayList<>();
        if (chunk > 0) {
            vlrs.add(Vlr.bytes(Vlr.LASZIP, Vlr.LASZIP_ID, "test", LazItems.bytes(p.layout, chunk)));
        }
        double[] scale = {0.001, 0.001, 0.001};
        try (LasOutput out = new LasOutput(file, p.layout, scale, vlrs, chunk > 0, false, true, 0, 0)) {
            out.add(LasOutput.Summary.of(p, 0, p.size));
            if (chunk == 0) {
                byte[] b = new byte[p.size * p.layout.length()];
                p.toRecords(0, p.size, b, 0);
                out.records(b);
            }
            for (int i = 0; chunk > 0 && i < p.size; i += chunk) {
                int end = Math.min(p.size, i + chunk);
                out.chunk(LayeredEncoder.encode(p, i, end, false), end - i);
            }
            out.endPoints();
            out.finish(new double[3]);
        }
    }

    static byte[] records(LasPoints p) {
        byte[] b = new byte[p.size * p.layout.length()];
        p.toRecords(0, p.size, b, 0);
        return b;
    }
}
