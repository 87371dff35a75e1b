package org.grotto.format.splat;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.grotto.base.GrottoException;
import org.grotto.geometry.Box;
import org.jspecify.annotations.Nullable;

/**
 * A file of Gaussian splats, as its header says: PLY whose vertices have opacity, scale_0 and rot_0 (Kerbl et al. 2023), or
 * SPZ (github.com/nianticlabs/spz, versions 1 to 4), which is that packed.
 *
 * @param format "PLY", "PLY compressed", "SPZ 2"
 * @param count how many splats
 * @param degree of the spherical harmonics of their colours, 0 to 4
 */
public record SplatFile(Path path, String format, long count, int degree) {
    private static final int HEAD = 1 << 16;
    private static final int SPZ = 0x5053474e;

    /** What {@code path} holds, or null where it is no file of splats; reads its beginning alone. */
    public static @Nullable SplatFile of(Path path) {
        if (!Files.isRegularFile(path)) {
            return null;
        }
        try (InputStream in = new BufferedInputStream(Files.newInputStream(path))) {
            in.mark(16);
            byte[] magic = in.readNBytes(4);
            in.reset();
            if (magic.length < 4) {
                return null;
            }
            if (magic[0] == 'p' && magic[1] == 'l' && magic[2] == 'y') {
                return ply(path, new String(in.readNBytes(HEAD), StandardCharsets.ISO_8859_1));
            }
            boolean packed = (magic[0] & 255) == 0x1F && (magic[1] & 255) == 0x8B;
            if (packed || ByteBuffer.wrap(magic).order(ByteOrder.LITTLE_ENDIAN).getInt() == SPZ) {
                return spz(path, packed ? new GZIPInputStream(in) : in);
            }
        } catch (IOException e) {
            return null; // whoever opens it next says so
        }
        return null;
    }

    private static @Nullable SplatFile spz(Path path, InputStream in) throws IOException {
        byte[] b = in.readNBytes(16);
        if (b.length < 16) {
            return null;
        }
        ByteBuffer h = ByteBuffer.wrap(b).order(ByteOrder.LITTLE_ENDIAN);
        if (h.getInt() != SPZ) {
            return null;
        }
        int version = h.getInt();
        long count = h.getInt() & 0xFFFFFFFFL;
        return new SplatFile(path, "SPZ " + version, count, h.get() & 255);
    }

    private static @Nullable SplatFile ply(Path path, String head) {
        int end = head.indexOf("end_header");
        if (end < 0) {
            return null;
        }
        long count = -1;
        boolean vertex = false;
        boolean chunks = false;
        List<String> names = new ArrayList<>();
        for (String line : head.substring(0, end).split("\\R")) {
            String[] w = line.strip().split("\\s+");
            if (w[0].equals("element") && w.length >= 3) {
                vertex = w[1].equals("vertex");
                chunks |= w[1].equals("chunk");
                if (vertex) {
                    try {
                        count = Long.parseLong(w[2]);
                    } catch (NumberFormatException e) {
                        return null;
                    }
                }
            } else if (w[0].equals("property") && vertex) {
                names.add(w[w.length - 1]);
            }
        }
        if (chunks && names.contains("packed_position") && names.contains("packed_rotation")) {
            return new SplatFile(path, "PLY compressed", count, rest(head) / 3);
        }
        boolean splats = names.contains("opacity") && names.contains("scale_0") && names.contains("rot_0");
        long rest = names.stream().filter(n -> n.startsWith("f_rest_")).count();
        return splats ? new SplatFile(path, "PLY", count, degree(rest)) : null;
    }

    /** SuperSplat's compressed form has its harmonics in an element of its own. */
    private static int rest(String head) {
        int n = head.split("property uchar f_rest_", -1).length - 1;
        return 3 * degree(n);
    }

    /** The degree of which there are so many coefficients beside the constant one, of three colours. */
    private static int degree(long rest) {
        return rest >= 72 ? 4 : rest >= 45 ? 3 : rest >= 24 ? 2 : rest >= 9 ? 1 : 0;
    }

    /**
     * The box around the middles of the splats, in the file's own frame and unit; null where the form packs them in another
     * way than is known here.
     *
     * @throws GrottoException where the file is cut off
     */
    public @Nullable Box bounds() {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(path), 1 << 20)) {
            if (format.equals("PLY")) {
                return plyBounds(in);
            }
            return format.equals("SPZ 2") || format.equals("SPZ 3")
                    ? spzBounds(new GZIPInputStream(in, 1 << 16))
                    : null;
        } catch (EOFException e) {
            throw GrottoException.badInput(
                    path, "is cut off: its header announces " + count + " splats; copy it again.");
        } catch (IOException e) {
            throw GrottoException.io(path, e);
        }
    }

    private @Nullable Box plyBounds(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        List<int[]> places = new ArrayList<>();
        int stride = 0;
        String form = "";
        boolean first = true;
        boolean vertex = false;
        for (String line = line(in); !line.equals("end_header"); line = line(in)) {
            head.append(line);
            if (head.length() > HEAD) {
                return null;
            }
            String[] w = line.split("\\s+");
            if (w[0].equals("format") && w.length > 1) {
                form = w[1];
            } else if (w[0].equals("element") && w.length > 1) {
                if (w[1].equals("vertex") && !first) {
                    return null;
                }
                vertex = w[1].equals("vertex");
                first = false;
            } else if (w[0].equals("property") && vertex) {
                int size = switch (w[1]) {
                    case "float", "float32", "int", "uint", "int32", "uint32" -> 4;
                    case "double", "float64" -> 8;
                    case "char", "uchar", "int8", "uint8" -> 1;
                    case "short", "ushort", "int16", "uint16" -> 2;
                    default -> 0;
                };
                if (size == 0) {
                    return null;
                }
                if (w[w.length - 1].matches("[xyz]") && size == 4) {
                    places.add(new int[] {w[w.length - 1].charAt(0) - 'x', stride});
                }
                stride += size;
            }
        }
        if (!form.equals("binary_little_endian") || places.size() != 3) {
            return null;
        }
        byte[] row = new byte[stride];
        ByteBuffer b = ByteBuffer.wrap(row).order(ByteOrder.LITTLE_ENDIAN);
        double[] p = new double[3];
        Box box = Box.EMPTY;
        for (long i = 0; i < count; i++) {
            if (in.readNBytes(row, 0, stride) < stride) {
                throw new EOFException();
            }
            for (int[] at : places) {
                p[at[0]] = b.getFloat(at[1]);
            }
            if (Double.isFinite(p[0] + p[1] + p[2])) {
                box = box.with(p[0], p[1], p[2]);
            }
        }
        return box.isEmpty() ? null : box;
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder s = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0 || s.length() > 4096) {
                throw new EOFException();
            }
            s.append((char) c);
        }
        return s.toString().strip();
    }

    /** Positions are whole numbers of 24 bits, of a step that the header gives. */
    private @Nullable Box spzBounds(InputStream in) throws IOException {
        byte[] head = in.readNBytes(16);
        if (head.length < 16) {
            throw new EOFException();
        }
        double step = Math.pow(2, -(head[13] & 31));
        byte[] b = new byte[9];
        Box box = Box.EMPTY;
        for (long i = 0; i < count; i++) {
            if (in.readNBytes(b, 0, 9) < 9) {
                throw new EOFException();
            }
            box = box.with(step * whole(b, 0), step * whole(b, 3), step * whole(b, 6));
        }
        return box.isEmpty() ? null : box;
    }

    private static int whole(byte[] b, int at) {
        return b[at] & 255 | (b[at + 1] & 255) << 8 | b[at + 2] << 16;
    }
}
