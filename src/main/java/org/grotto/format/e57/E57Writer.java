package org.grotto.format.e57;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import org.grotto.base.GrottoException;
import org.grotto.format.Column;
import org.grotto.format.Picture;
import org.grotto.format.PointBatch;
import org.grotto.format.PointWriter;
import org.grotto.format.Scan;
import org.jspecify.annotations.Nullable;

/**
 * Writes E57 files (ASTM E2807-11): scans with poses, positions as float, double or scaled integers, every column under
 * the standard's name, the surface normals extension's, or its own; pictures with their poses, as they are. Streams: memory is one packet, whatever the number
 * of points. Bounds and limits are those of the points written. What cannot be stored as given is counted in
 * {@link #lost}.
 */
public final class E57Writer implements PointWriter {
    private final E57Output out;
    private final E57WriteOptions options;
    private final E57Layout layout;
    private final List<E57Section> done = new ArrayList<>();
    private final List<String> lost = new ArrayList<>();
    private final List<E57ImageXml.Stored> pictures = new ArrayList<>();
    private final List<Long> fingerprints = new ArrayList<>();
    private @Nullable E57Section current;
    /** A call failed, or the file is complete: nothing more is to be written. */
    private boolean broken;

    public E57Writer(Path path, E57WriteOptions options) {
        this.options = options;
        this.layout = new E57Layout(options);
        this.out = new E57Output(path);
        out.write(new byte[E57Header.BYTES], 0, E57Header.BYTES);
    }

    @Override
    public void begin(Scan scan) {
        if (current != null) {
            throw new IllegalStateException("the scan before was not ended");
        }
        broken = true;
        current = new E57Section(out, scan, layout.fields(scan), options.packed());
        broken = false;
    }

    @Override
    public void write(PointBatch batch) {
        E57Section section = section();
        if (batch.columns.length != section.packers.length - 3) {
            throw new IllegalArgumentException("the batch has other columns than the scan");
        }
        broken = true;
        section.write(batch);
        broken = false;
    }

    @Override
    public void end() {
        E57Section section = section();
        broken = true;
        section.end();
        account(section);
        done.add(section);
        current = null;
        broken = false;
    }

    private E57Section section() {
        if (current == null) {
            throw new IllegalStateException("no scan was begun");
        }
        return current;
    }

    private void account(E57Section s) {
        String where = "scan \"" + s.scan.name() + "\": ";
        long characters = E57Text.unstorable(s.scan.name());
        for (String value : s.scan.metadata().values()) {
            characters += E57Text.unstorable(value);
        }
        if (characters > 0) {
            lost.add(where + characters + " characters of its name and metadata do not exist in XML and became U+FFFD");
        }
        double moved = Math.max(s.packers[0].worst, Math.max(s.packers[1].worst, s.packers[2].worst));
        if (moved > 0) {
            lost.add(where + "positions are rounded, by " + moved + " m at most along an axis");
        }
        for (int i = 3; i < s.packers.length; i++) {
            E57Packer p = s.packers[i];
            Column c = s.scan.columns().get(i - 3);
            if (p.clamped > 0) {
                lost.add(
                        where + p.clamped + " values of " + c.name() + " lie outside of " + p.field.value(p.field.min())
                                + " to " + p.field.value(p.field.max()) + " and were set to the limit");
            }
            if (p.missing > 0) {
                lost.add(where + p.missing + " values of " + c.name() + " are no number and were stored as 0");
            }
            if (p.changed > p.clamped) {
                lost.add(where + p.changed + " values of " + c.name() + " are rounded, by " + p.worst + " at most");
            }
        }
    }

    @Override
    public boolean keepsPictures() {
        return true;
    }

    @Override
    public void picture(Picture p) {
        if (current != null) {
            throw new IllegalStateException("the scan before was not ended");
        }
        byte[] image = bytes(p.bytes(), p.size());
        Picture.Source source = p.mask();
        byte[] mask = source == null ? null : bytes(source, p.maskSize());
        broken = true;
        long at = E57Blob.write(out, image);
        long maskAt = mask == null ? -1 : E57Blob.write(out, mask);
        pictures.add(new E57ImageXml.Stored(p, at, maskAt, image.length, mask == null ? 0 : mask.length));
        fingerprints.add(crc(image));
        broken = false;
    }

    private static long crc(byte[] b) {
        CRC32C c = new CRC32C();
        c.update(b, 0, b.length);
        return c.getValue();
    }

    private static byte[] bytes(Picture.Source source, long size) {
        try (InputStream in = source.open()) {
            byte[] b = in.readNBytes((int) Math.min(Integer.MAX_VALUE - 8, size));
            if (b.length != size) {
                throw new GrottoException(
                        GrottoException.Kind.BAD_INPUT, "a picture of " + size + " bytes has " + b.length + ".", null);
            }
            return b;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public long written() {
        return done.stream().mapToLong(s -> s.count).sum();
    }

    @Override
    public List<String> lost() {
        return List.copyOf(lost);
    }

    @Override
    public void close() {
        try (out) {
            if (current == null && !broken) {
                broken = true;
                complete();
            }
        }
    }

    private void complete() {
        byte[] body = xml("").getBytes(StandardCharsets.UTF_8);
        MessageDigest digest = sha256();
        digest.update(body);
        for (E57Section s : done) {
            digest.update(longs(s.fingerprint()));
        }
        fingerprints.forEach(f -> digest.update(longs(f)));
        String guid = options.guid().isEmpty() ? guid(digest) : options.guid();
        byte[] xml = xml(guid).getBytes(StandardCharsets.UTF_8);
        out.pad(4);
        long xmlAt = E57Pages.physical(out.position());
        out.write(xml, 0, xml.length);
        long length = out.finish();
        ByteBuffer h = ByteBuffer.allocate(E57Header.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        h.put(E57Header.SIGNATURE).putInt(1).putInt(0);
        h.putLong(length).putLong(xmlAt).putLong(xml.length).putLong(E57Pages.PAGE);
        out.patch(0, h.array());
    }

    private String xml(String fileGuid) {
        E57Text xml = new E57Text();
        StringBuilder root = new StringBuilder("type=\"Structure\" xmlns=\"" + E57Names.NAMESPACE + "\"");
        E57Text scans = new E57Text();
        E57ScanXml writer = new E57ScanXml(scans, layout.namespaces);
        scans.vector("data3D", true);
        for (E57Section s : done) {
            writer.write(s, s.scan.guid() != null ? s.scan.guid() : scanGuid(s));
        }
        scans.close("data3D");
        E57Text images = images();
        layout.namespaces.forEach((prefix, uri) -> root.append(" xmlns:")
                .append(prefix)
                .append("=\"")
                .append(xml.attribute(uri))
                .append('"'));
        xml.open("e57Root", root.toString());
        xml.string("formatName", "ASTM E57 3D Imaging Data File");
        xml.string("guid", fileGuid);
        xml.integer("versionMajor", 1);
        xml.integer("versionMinor", 0);
        xml.string("e57LibraryVersion", "Grotto");
        if (!options.created().isEmpty()) {
            E57ScanXml.dateElement(xml, "creationDateTime", E57Time.gps(options.created()), false);
        }
        if (!options.crs().isEmpty()) {
            xml.string("coordinateMetadata", options.crs());
        }
        xml.append(scans);
        xml.append(images);
        xml.close("e57Root");
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + xml;
    }

    private E57Text images() {
        E57Text xml = new E57Text();
        E57ImageXml writer = new E57ImageXml(xml, layout.namespaces);
        xml.vector("images2D", true);
        for (int i = 0; i < pictures.size(); i++) {
            E57ImageXml.Stored s = pictures.get(i);
            E57ImageXml.Stored next = i + 1 < pictures.size() ? pictures.get(i + 1) : null;
            boolean two = s.with(next);
            String guid = s.picture().guid();
            writer.write(s, two ? next : null, guid != null ? guid : pictureGuid(i));
            i += two ? 1 : 0;
        }
        xml.close("images2D");
        return xml;
    }

    private String pictureGuid(int i) {
        MessageDigest d = sha256();
        Picture p = pictures.get(i).picture();
        d.update((p.name() + "\n" + p.pose() + "\n" + i).getBytes(StandardCharsets.UTF_8));
        d.update(longs(fingerprints.get(i)));
        return guid(d);
    }

    private String scanGuid(E57Section s) {
        MessageDigest d = sha256();
        d.update((s.scan.name() + "\n" + s.scan.pose() + "\n" + s.bounds() + "\n" + done.indexOf(s))
                .getBytes(StandardCharsets.UTF_8));
        d.update(longs(s.count));
        d.update(longs(s.fingerprint()));
        return guid(d);
    }

    private static byte[] longs(long v) {
        return ByteBuffer.allocate(8).putLong(v).array();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every JDK has it
        }
    }

    /** A version 8 UUID (RFC 9562) of the digest, in the braces that E57 files use. */
    private static String guid(MessageDigest digest) {
        ByteBuffer b = ByteBuffer.wrap(digest.digest());
        long high = b.getLong() & ~0xf000L | 0x8000L;
        long low = b.getLong() & ~(3L << 62) | 2L << 62;
        return "{" + new java.util.UUID(high, low).toString().toUpperCase(java.util.Locale.ROOT) + "}";
    }
}
