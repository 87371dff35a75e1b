package org.grotto.format.e57;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.zip.CRC32C;
import org.grotto.base.GrottoException;
import org.grotto.format.Column;
import org.grotto.format.PointBatch;
import org.grotto.format.Scan;
import org.grotto.geometry.Box;

/**
 * The binary section of one scan being written: a header, data packets of 64 KiB at most, one index packet.
 * Every packet holds a multiple of eight records, so that each packet can be decoded by itself.
 */
final class E57Section {
    private static final int MAX_PACKET = 1 << 16;
    private static final int HEADER = 32;

    final Scan scan;
    final E57Packer[] packers;
    final long fileOffset;
    long count;
    /** Over the valid points as stored. */
    private double minX = Double.POSITIVE_INFINITY;

    private double minY = Double.POSITIVE_INFINITY;
    private double minZ = Double.POSITIVE_INFINITY;
    private double maxX = Double.NEGATIVE_INFINITY;
    private double maxY = Double.NEGATIVE_INFINITY;
    private double maxZ = Double.NEGATIVE_INFINITY;

    private final E57Output out;
    private final long start;
    private final int perPacket;
    private final int invalid;
    private final int returns;
    /** Numbers of returns as E57 counts them, for one packet. */
    private final double[] fromZero;

    private final byte[] packet = new byte[MAX_PACKET];
    private final CRC32C fingerprint = new CRC32C();
    private int inPacket;
    private boolean anyPacket;

    E57Section(E57Output out, Scan scan, List<E57Field> fields, boolean packed) {
        this.out = out;
        this.scan = scan;
        out.pad(4);
        this.start = out.position();
        this.fileOffset = E57Pages.physical(start);
        out.write(new byte[HEADER], 0, HEADER);
        this.perPacket = recordsPerPacket(fields);
        this.packers = new E57Packer[fields.size()];
        for (int i = 0; i < packers.length; i++) {
            boolean scaledPosition = i < 3 && fields.get(i).kind() == E57Field.Kind.SCALED;
            packers[i] = new E57Packer(fields.get(i), perPacket, packed || scaledPosition);
        }
        List<String> names = scan.columns().stream().map(Column::name).toList();
        int state = names.indexOf(Column.INVALID);
        this.invalid = state < 0 ? -1 : 3 + state;
        this.returns = names.indexOf(Column.RETURN);
        this.fromZero = new double[returns < 0 ? 0 : perPacket];
    }

    private static int recordsPerPacket(List<E57Field> fields) {
        long room = MAX_PACKET - 6 - 2L * fields.size() - 3;
        long records = room * 8 / Math.max(1, E57Prototype.bits(fields)) & ~7L;
        if (records < 8) {
            throw GrottoException.badRequest("A scan with " + fields.size()
                    + " fields does not fit into E57's packets of 64 KiB; write fewer columns.");
        }
        return (int) Math.min(records, MAX_PACKET / 8); // a stream's part counts its bytes in 16 bits
    }

    void write(PointBatch batch) {
        for (int done = 0; done < batch.size; ) {
            int n = Math.min(batch.size - done, perPacket - inPacket);
            packers[0].add(batch.x, done, n);
            packers[1].add(batch.y, done, n);
            packers[2].add(batch.z, done, n);
            for (int i = 0; i < batch.columns.length; i++) {
                if (i == returns) {
                    for (int k = 0; k < n; k++) {
                        fromZero[k] = batch.columns[i][done + k] - 1;
                    }
                    packers[3 + i].add(fromZero, 0, n);
                } else {
                    packers[3 + i].add(batch.columns[i], done, n);
                }
            }
            extend(n);
            done += n;
            inPacket += n;
            count += n;
            if (inPacket == perPacket) {
                flush();
            }
        }
    }

    private void extend(int n) {
        double[] x = packers[0].stored;
        double[] y = packers[1].stored;
        double[] z = packers[2].stored;
        double[] state = invalid < 0 ? null : packers[invalid].stored;
        for (int i = 0; i < n; i++) {
            if (state != null && state[i] != 0 || !Double.isFinite(x[i] + y[i] + z[i])) {
                continue;
            }
            minX = Math.min(minX, x[i]);
            maxX = Math.max(maxX, x[i]);
            minY = Math.min(minY, y[i]);
            maxY = Math.max(maxY, y[i]);
            minZ = Math.min(minZ, z[i]);
            maxZ = Math.max(maxZ, z[i]);
        }
    }

    /** The box of the valid points as stored, empty where there are none. */
    Box bounds() {
        return new Box(minX, minY, minZ, maxX, maxY, maxZ);
    }

    /** A checksum of the points' bytes: two scans with equal headers and different points have different identities. */
    long fingerprint() {
        return fingerprint.getValue();
    }

    private void flush() {
        int at = 6;
        int length = 6 + 2 * packers.length;
        for (E57Packer p : packers) {
            int n = p.size();
            packet[at++] = (byte) n;
            packet[at++] = (byte) (n >>> 8);
            System.arraycopy(p.bytes(), 0, packet, length, n);
            length += n;
            p.clear();
        }
        while (length % 4 != 0) {
            packet[length++] = 0;
        }
        packet[0] = 1;
        packet[1] = 0;
        packet[2] = (byte) (length - 1);
        packet[3] = (byte) (length - 1 >>> 8);
        packet[4] = (byte) packers.length;
        packet[5] = (byte) (packers.length >>> 8);
        fingerprint.update(packet, 0, length);
        out.write(packet, 0, length);
        inPacket = 0;
        anyPacket = true;
    }

    /** Writes what is left, the index, and the header. */
    void end() {
        if (inPacket > 0 || !anyPacket) {
            flush();
        }
        long first = E57Pages.physical(start + HEADER);
        long indexAt = E57Pages.physical(out.position());
        ByteBuffer index = ByteBuffer.allocate(32).order(ByteOrder.LITTLE_ENDIAN);
        index.putShort(2, (short) 31).putShort(4, (short) 1).putLong(16, 0).putLong(24, first);
        out.write(index.array(), 0, 32);
        ByteBuffer header = ByteBuffer.allocate(HEADER).order(ByteOrder.LITTLE_ENDIAN);
        header.put(0, (byte) 1);
        header.putLong(8, out.position() - start).putLong(16, first).putLong(24, indexAt);
        out.patch(start, header.array());
    }
}
