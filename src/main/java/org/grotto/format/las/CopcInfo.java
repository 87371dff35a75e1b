package org.grotto.format.las;

import java.nio.file.Path;
import org.grotto.base.GrottoException;
import org.grotto.format.las.point.Bytes;
import org.grotto.geometry.Box;

/**
 * The info record of a COPC 1.0 file.
 *
 * @param halfSize metres from the centre of the octree's cube to its sides
 * @param spacing metres between points at the root; it halves at each level
 * @param hierarchyAt byte offset of the root page, {@code hierarchySize} bytes long
 */
public record CopcInfo(
        double centreX,
        double centreY,
        double centreZ,
        double halfSize,
        double spacing,
        long hierarchyAt,
        long hierarchySize,
        double timeMin,
        double timeMax) {
    static final int SIZE = 160;

    /** The octree's cube. */
    public Box cube() {
        return new Box(
                centreX - halfSize,
                centreY - halfSize,
                centreZ - halfSize,
                centreX + halfSize,
                centreY + halfSize,
                centreZ + halfSize);
    }

    /** The part of the cube that belongs to a node. */
    public Box cube(int level, int x, int y, int z) {
        double side = Math.scalb(2 * halfSize, -level);
        double lx = centreX - halfSize + x * side;
        double ly = centreY - halfSize + y * side;
        double lz = centreZ - halfSize + z * side;
        return new Box(lx, ly, lz, lx + side, ly + side, lz + side);
    }

    static CopcInfo parse(Path file, Vlr v, long fileLength) {
        byte[] b = v.data();
        if (b.length < SIZE) {
            throw GrottoException.badInput(
                    file, v.at(), "the COPC info record has " + b.length + " bytes, but " + SIZE + " are due.");
        }
        CopcInfo i = new CopcInfo(
                Bytes.float64(b, 0),
                Bytes.float64(b, 8),
                Bytes.float64(b, 16),
                Bytes.float64(b, 24),
                Bytes.float64(b, 32),
                Bytes.int64(b, 40),
                Bytes.int64(b, 48),
                Bytes.float64(b, 56),
                Bytes.float64(b, 64));
        if (!Double.isFinite(i.centreX + i.centreY + i.centreZ + i.halfSize) || !(i.halfSize > 0)) {
            throw GrottoException.badInput(
                    file, v.at(), "the COPC info record names a cube of half size " + i.halfSize + " m.");
        }
        if (!(i.spacing > 0) || !Double.isFinite(i.spacing)) {
            throw GrottoException.badInput(
                    file, v.at() + 32, "the COPC info record names a spacing of " + i.spacing + " m.");
        }
        if (i.hierarchyAt < 0 || i.hierarchySize < 0 || i.hierarchySize > fileLength - i.hierarchyAt) {
            throw GrottoException.badInput(
                    file,
                    v.at() + 40,
                    "the hierarchy is said to have " + i.hierarchySize + " bytes from byte " + i.hierarchyAt
                            + " on, but the file ends at " + fileLength + "; it is truncated, copy it again.");
        }
        return i;
    }

    byte[] bytes() {
        byte[] b = new byte[SIZE];
        Bytes.putDouble(b, 0, centreX);
        Bytes.putDouble(b, 8, centreY);
        Bytes.putDouble(b, 16, centreZ);
        Bytes.putDouble(b, 24, halfSize);
        Bytes.putDouble(b, 32, spacing);
        Bytes.put64(b, 40, hierarchyAt);
        Bytes.put64(b, 48, hierarchySize);
        Bytes.putDouble(b, 56, timeMin);
        Bytes.putDouble(b, 64, timeMax);
        return b;
    }
}
