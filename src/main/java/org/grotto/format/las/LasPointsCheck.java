package org.grotto.format.las;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.grotto.base.Work;
import org.grotto.format.Findings;
import org.grotto.format.las.point.Bytes;
import org.grotto.format.las.point.LasLayout;
import org.grotto.format.las.point.LasPoints;

/** All points of a file against its header: bounds, counts by return, and what each field may hold. */
final class LasPointsCheck {
    private static final String WRITE = LasCheck.WRITE;
    private static final int WINDOW = 16_384;
    private static final double WEEK = 604_800;

    private final LasReader reader;
    private final byte[] header;
    private final int minor;
    private final String spec;
    private final List<Vlr> vlrs;
    private final long length;
    private final Findings f;

    LasPointsCheck(LasReader reader, byte[] header, int minor, String spec, List<Vlr> vlrs, long length, Findings f) {
        this.reader = reader;
        this.header = header;
        this.minor = minor;
        this.spec = spec;
        this.vlrs = vlrs;
        this.length = length;
        this.f = f;
    }

    /** What was counted in some blocks. */
    private static final class Seen {
        final int[] min = {Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE};
        final int[] max = {Integer.MIN_VALUE, Integer.MIN_VALUE, Integer.MIN_VALUE};
        final long[] byReturn = new long[16];
        long count;
        long badReturn;
        long reservedClass;
        long badAngle;
        long noTime;
        long notOfWeek;
        long badWave;
        long farWave;
        double timeMin = Double.POSITIVE_INFINITY;
        double timeMax = Double.NEGATIVE_INFINITY;

        void add(Seen s) {
            for (int k = 0; k < 3; k++) {
                min[k] = Math.min(min[k], s.min[k]);
                max[k] = Math.max(max[k], s.max[k]);
            }
            for (int k = 0; k < 16; k++) {
                byReturn[k] += s.byReturn[k];
            }
            count += s.count;
            badReturn += s.badReturn;
            reservedClass += s.reservedClass;
            badAngle += s.badAngle;
            noTime += s.noTime;
            notOfWeek += s.notOfWeek;
            badWave += s.badWave;
            farWave += s.farWave;
            timeMin = Math.min(timeMin, s.timeMin);
            timeMax = Math.max(timeMax, s.timeMax);
        }
    }

    void run(Work work) {
        Seen all = new Seen();
        int group = 4 * work.threads();
        for (int from = 0; from < reader.blocks(); from += group) {
            int first = from;
            for (Seen s : work.map(Math.min(group, reader.blocks() - from), i -> block(first + i))) {
                all.add(s);
            }
        }
        tell(all);
    }

    private Seen block(int b) {
        Seen s = new Seen();
        LasLayout layout = reader.layout();
        boolean[] waves = new boolean[256];
        vlrs.forEach(v -> {
            if (v.user().equals(Vlr.SPEC) && v.id() > 99 && v.id() < 355) {
                waves[v.id() - 99] = true;
            }
        });
        LasPoints p = new LasPoints(layout, LasPoints.modest(layout, WINDOW));
        LasReader.Block block = reader.block(b);
        for (int n = block.next(p, 0, p.capacity); n > 0; n = block.next(p, 0, p.capacity)) {
            positions(s, p, n);
            fields(s, p, n, layout.modern());
            times(s, p, n);
            waves(s, p, n, waves);
            s.count += n;
        }
        return s;
    }

    private static void positions(Seen s, LasPoints p, int n) {
        int[][] axes = {p.x, p.y, p.z};
        for (int k = 0; k < 3; k++) {
            int[] v = axes[k];
            int lo = s.min[k];
            int hi = s.max[k];
            for (int i = 0; i < n; i++) {
                lo = Math.min(lo, v[i]);
                hi = Math.max(hi, v[i]);
            }
            s.min[k] = lo;
            s.max[k] = hi;
        }
    }

    private static void fields(Seen s, LasPoints p, int n, boolean modern) {
        for (int i = 0; i < n; i++) {
            int number = modern ? p.returns[i] & 15 : p.returns[i] & 7;
            int of = modern ? p.returns[i] >> 4 & 15 : p.returns[i] >> 3 & 7;
            s.byReturn[number]++;
            s.badReturn += number == 0 || number > of ? 1 : 0;
            int c = modern ? p.classification[i] & 255 : p.classification[i] & 31;
            boolean reserved = modern ? c == 8 || c == 12 || c > 22 && c < 64 : c == 10 || c == 11 || c > 12;
            s.reservedClass += reserved ? 1 : 0;
            s.badAngle += Math.abs(p.scanAngle[i]) > (modern ? 30_000 : 90) ? 1 : 0;
        }
    }

    private void times(Seen s, LasPoints p, int n) {
        if (p.time == null) {
            return;
        }
        boolean week = !reader.standardTime();
        for (int i = 0; i < n; i++) {
            double t = Double.longBitsToDouble(p.time[i]);
            if (!Double.isFinite(t)) {
                s.noTime++;
            } else if (t != 0) {
                s.timeMin = Math.min(s.timeMin, t);
                s.timeMax = Math.max(s.timeMax, t);
                s.notOfWeek += week && (t < 0 || t > WEEK) ? 1 : 0;
            }
        }
    }

    private void waves(Seen s, LasPoints p, int n, boolean[] described) {
        if (p.wave == null) {
            return;
        }
        boolean internal = (Bytes.uint16(header, 6) & 2) != 0;
        long start = Bytes.int64(header, 227);
        for (int i = 0; i < n; i++) {
            int at = i * LasLayout.WAVE_BYTES;
            int index = p.wave[at] & 255;
            if (index == 0) {
                continue;
            }
            s.badWave += described[index] ? 0 : 1;
            long offset = Bytes.int64(p.wave, at + 1);
            long size = Bytes.uint32(p.wave, at + 9);
            boolean inside = offset >= 0 && start >= 0 && offset <= length - start && size <= length - start - offset;
            s.farWave += internal && !inside ? 1 : 0;
        }
    }

    private static String points(long n) {
        return n == 1 ? "1 point" : n + " points";
    }

    private void tell(Seen s) {
        String block = spec + ", Public Header Block: ";
        String record = spec + ", Point Data Record Format " + reader.layout().format() + ": ";
        bounds(s, block);
        byReturn(s, block);
        if (s.badReturn > 0) {
            String found = points(s.badReturn) + " with a return number of 0 or above the number of returns";
            if (minor >= 4) {
                f.fault("points", record + "Return Number", found, WRITE);
            } else {
                f.note("points", record + "Return Number", found, "");
            }
        }
        if (s.reservedClass > 0) {
            f.note("points", record + "Classification", points(s.reservedClass) + " of classes that are reserved", "");
        }
        if (s.badAngle > 0) {
            String most = reader.layout().modern() ? "180" : "90";
            f.fault(
                    "points",
                    record + "Scan Angle",
                    points(s.badAngle) + " with an angle beyond " + most + " degrees",
                    WRITE);
        }
        if (s.noTime > 0) {
            f.note("points", record + "GPS Time", points(s.noTime) + " with a time that is no number", "");
        }
        if (s.notOfWeek > 0) {
            f.note(
                    "points",
                    record + "GPS Time",
                    points(s.notOfWeek)
                            + " with a time that no GPS week has, where bit 0 of the Global Encoding says so",
                    "set the bit if the times are adjusted standard GPS times");
        }
        if (s.badWave > 0) {
            f.fault(
                    "points",
                    spec + ", Waveform Packet Descriptor",
                    points(s.badWave) + " whose waveform no record describes",
                    WRITE);
        }
        if (s.farWave > 0) {
            f.fault(
                    "points",
                    record + "Byte Offset to Waveform Data",
                    points(s.farWave) + " whose waveform lies behind the file's end",
                    WRITE);
        }
        outside();
        if (minor == 5) {
            timeRange(s, block);
        }
    }

    /** Waveforms in a file beside. */
    private void outside() {
        boolean external = (Bytes.uint16(header, 6) & 4) != 0;
        String name = String.valueOf(reader.path().getFileName());
        int dot = name.lastIndexOf('.');
        String stem = dot < 0 ? name : name.substring(0, dot);
        Path wdp = reader.path().resolveSibling(stem + ".wdp");
        if (minor >= 3 && reader.layout().hasWave() && external && !Files.exists(wdp)) {
            f.note(
                    "byte 6",
                    spec + ", Public Header Block: Global Encoding",
                    "the waveforms are said to stand in " + wdp.getFileName() + ", which is not there",
                    "put the file beside");
        }
    }

    private void bounds(Seen s, String block) {
        double[] scale = reader.scale();
        double[] offset = reader.offset();
        for (int k = 0; k < 3; k++) {
            double max = Bytes.float64(header, 179 + 16 * k);
            double min = Bytes.float64(header, 187 + 16 * k);
            char axis = "XYZ".charAt(k);
            String where = "byte " + (179 + 16 * k);
            if (s.count == 0) {
                if (minor >= 4 && (min != 0 || max != 0)) {
                    f.fault(
                            where,
                            block + "Max and Min X, Y, and Z",
                            axis + " is not zero, where there are no points",
                            WRITE);
                }
                continue;
            }
            double u = s.min[k] * scale[k] + offset[k];
            double v = s.max[k] * scale[k] + offset[k];
            double lo = Math.min(u, v);
            double hi = Math.max(u, v);
            double slack = Math.abs(scale[k]) + 1e-9 * Math.max(Math.abs(lo), Math.abs(hi));
            String found = String.format(
                    Locale.ROOT,
                    "%c of the points runs from %.6f to %.6f, where %.6f to %.6f is stated",
                    axis,
                    lo,
                    hi,
                    min,
                    max);
            if (lo < min - slack || hi > max + slack) {
                f.fault(where, block + "Max and Min X, Y, and Z", found, WRITE);
            } else if (lo > min + slack || hi < max - slack) {
                f.note(where, block + "Max and Min X, Y, and Z", found, "");
            }
        }
    }

    private void byReturn(Seen s, String block) {
        int returns = minor >= 4 ? 15 : 5;
        for (int k = 1; k <= returns; k++) {
            long stated = minor >= 4 ? Bytes.int64(header, 247 + 8 * k) : Bytes.uint32(header, 107 + 4 * k);
            if (stated != s.byReturn[k]) {
                f.fault(
                        "byte " + (minor >= 4 ? 247 + 8 * k : 107 + 4 * k),
                        block + "Number of Points by Return",
                        "is " + Long.toUnsignedString(stated) + " for return " + k + ", where " + s.byReturn[k]
                                + (s.byReturn[k] == 1 ? " point has" : " points have") + " that number",
                        WRITE);
                return;
            }
        }
    }

    private void timeRange(Seen s, String block) {
        double max = Bytes.float64(header, 375);
        double min = Bytes.float64(header, 383);
        boolean none = s.timeMin > s.timeMax;
        double lo = none ? 0 : s.timeMin;
        double hi = none ? 0 : s.timeMax;
        double shift = reader.timeShift();
        if (!none && (min + shift != lo || max + shift != hi) || none && (min != 0 || max != 0)) {
            f.fault(
                    "byte 375",
                    block + "Max and Min GPS Time",
                    "is " + min + " to " + max + ", where the times of the points run from " + lo + " to " + hi,
                    WRITE);
        }
    }
}
