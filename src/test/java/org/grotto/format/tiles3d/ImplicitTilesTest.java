package org.grotto.format.tiles3d;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.grotto.base.GrottoException;
import org.grotto.base.Work;
import org.grotto.format.Reading;
import org.grotto.format.Remarks;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Implicit tiles: of a tree grown at random, written as subtrees, the contents that show it once come back. */
class ImplicitTilesTest {
    @TempDir
    Path dir;

    /** A tree grown at random: the names "level-x-y-z" of its tiles, and of those with a content. */
    private static final class Tree {
        final int children;
        final int each;
        final int levels;
        final Set<String> tiles = new TreeSet<>();
        final Set<String> contents = new TreeSet<>();

        Tree(int children, int each, int levels, Random r) {
            this.children = children;
            this.each = each;
            this.levels = levels;
            grow(0, 0, 0, 0, r);
        }

        private void grow(int level, int x, int y, int z, Random r) {
            tiles.add(name(level, x, y, z));
            boolean leaf = level + 1 == levels || level > 2 && r.nextInt(4) == 0;
            if (leaf || r.nextInt(3) > 0) {
                contents.add(name(level, x, y, z));
            }
            for (int k = 0; k < children && !leaf; k++) {
                if (level < 2 || r.nextInt(children) < 3) {
                    grow(level + 1, 2 * x + k % 2, 2 * y + k / 2 % 2, 2 * z + k / 4, r);
                }
            }
        }

        /** The names at a level of the subtree with this root, in the order of its bits. */
        List<String> names(int rootLevel, int x, int y, int z, int level) {
            List<int[]> now = List.of(new int[] {x, y, z});
            for (int l = rootLevel; l < level; l++) {
                List<int[]> next = new ArrayList<>();
                for (int[] p : now) {
                    for (int k = 0; k < children; k++) {
                        next.add(new int[] {2 * p[0] + k % 2, 2 * p[1] + k / 2 % 2, 2 * p[2] + k / 4});
                    }
                }
                now = next;
            }
            return now.stream().map(p -> name(level, p[0], p[1], p[2])).toList();
        }
    }

    private static String name(int level, int x, int y, int z) {
        return level + "-" + x + "-" + y + "-" + z;
    }

    private static byte[] bits(List<String> names, Set<String> in) {
        byte[] out = new byte[(names.size() + 7) / 8];
        for (int i = 0; i < names.size(); i++) {
            out[i / 8] |= (byte) (in.contains(names.get(i)) ? 1 << i % 8 : 0);
        }
        return out;
    }

    /** Writes the tree; of the kinds: binary subtrees, JSON beside its bits, the older words of the extension. */
    private Path write(Tree t, String refine, String kind) throws IOException {
        Files.createDirectories(dir.resolve("c"));
        Files.createDirectories(dir.resolve("s"));
        for (String n : t.contents) {
            Files.writeString(dir.resolve("c/" + n + ".pnts"), "pnts" + n);
        }
        for (String n : t.tiles) {
            int[] p = Stream.of(n.split("-")).mapToInt(Integer::parseInt).toArray();
            if (p[0] % t.each == 0) {
                subtree(t, p[0], p[1], p[2], p[3], kind);
            }
        }
        boolean old = kind.equals("extension");
        String told = "{\"subdivisionScheme\":\"" + (t.children == 8 ? "OCTREE" : "QUADTREE") + "\",\"subtreeLevels\":"
                + t.each + (old ? ",\"maximumLevel\":" + (t.levels - 1) : ",\"availableLevels\":" + t.levels)
                + ",\"subtrees\":{\"uri\":\"s/{level}-{x}-{y}" + (t.children == 8 ? "-{z}" : "") + ".subtree\"}}";
        Path out = dir.resolve("tileset.json");
        Files.writeString(
                out,
                "{\"asset\":{\"version\":\"" + (old ? "1.0" : "1.1") + "\"},"
                        + (old ? "\"extensionsRequired\":[\"3DTILES_implicit_tiling\"]," : "")
                        + "\"geometricError\":64,\"root\":{\"boundingVolume\":{\"box\":[0,0,0,8,0,0,0,8,0,0,0,8]},"
                        + "\"geometricError\":32,\"refine\":\"" + refine
                        + "\",\"transform\":[1,0,0,0,0,1,0,0,0,0,1,0,5,6,7,1],"
                        + "\"content\":{\"uri\":\"c/{level}-{x}-{y}-" + (t.children == 8 ? "{z}" : "0") + ".pnts\"},"
                        + (old
                                ? "\"extensions\":{\"3DTILES_implicit_tiling\":" + told + "}"
                                : "\"implicitTiling\":" + told)
                        + "}}");
        return out;
    }

    private void subtree(Tree t, int level, int x, int y, int z, String kind) throws IOException {
        List<String> all = new ArrayList<>();
        for (int l = level; l < level + t.each; l++) {
            all.addAll(t.names(level, x, y, z, l));
        }
        List<String> next = t.names(level, x, y, z, level + t.each);
        byte[][] parts = {bits(all, t.tiles), bits(all, t.contents), bits(next, t.tiles)};
        boolean none = next.stream().noneMatch(t.tiles::contains);
        ByteBuffer own = ByteBuffer.allocate(8 * (parts[0].length + parts[1].length + parts[2].length));
        StringBuilder views = new StringBuilder();
        for (byte[] p : parts) {
            views.append(views.isEmpty() ? "" : ",")
                    .append("{\"buffer\":0,\"byteOffset\":" + own.position() + ",\"byteLength\":" + p.length + "}");
            own.put(p);
            own.position((own.position() + 7) / 8 * 8);
        }
        String file = level + "-" + x + "-" + y + (t.children == 8 ? "-" + z : "");
        boolean json = kind.equals("json");
        String key = kind.equals("extension") ? "bufferView" : "bitstream";
        String content = "{\"" + key + "\":1}";
        String text = "{\"buffers\":[{" + (json ? "\"uri\":\"" + file + ".bin\"," : "") + "\"byteLength\":"
                + own.position() + "}],\"bufferViews\":[" + views + "],\"tileAvailability\":{\"" + key
                + "\":0},\"contentAvailability\":" + (kind.equals("extension") ? content : "[" + content + "]")
                + ",\"childSubtreeAvailability\":" + (none ? "{\"constant\":0}" : "{\"" + key + "\":2}") + "}";
        byte[] bytes = Arrays.copyOf(own.array(), own.position());
        Path out = dir.resolve("s/" + file + ".subtree");
        if (json) {
            Files.writeString(out, text);
            Files.write(dir.resolve("s/" + file + ".bin"), bytes);
            return;
        }
        while (text.length() % 8 != 0) {
            text += " ";
        }
        ByteBuffer b = ByteBuffer.allocate(24 + text.length() + bytes.length).order(ByteOrder.LITTLE_ENDIAN);
        b.put("subt".getBytes(StandardCharsets.ISO_8859_1)).putInt(1);
        b.putLong(text.length()).putLong(bytes.length);
        b.put(text.getBytes(StandardCharsets.ISO_8859_1)).put(bytes);
        Files.write(out, b.array());
    }

    private final Work work = Work.silent();

    @AfterEach
    void close() {
        work.close();
    }

    private Reading reading(double resolution, boolean keepGoing) {
        return new Reading(work, List.of(), keepGoing, resolution, Double.NaN);
    }

    private static Set<String> shown(Tileset t) {
        Set<String> out = new TreeSet<>();
        for (Content c : t.contents()) {
            assertThat(c.place()[12]).isEqualTo(5);
            assertThat(out.add(c.file().getFileName().toString().replace(".pnts", "")))
                    .as("each once")
                    .isTrue();
        }
        return out;
    }

    @ParameterizedTest
    @ValueSource(strings = {"binary", "json", "extension"})
    void aTreeComesBackByItsSubtrees(String kind) throws IOException {
        for (int children : new int[] {4, 8}) {
            Tree t = new Tree(children, 2, 6, new Random(children + kind.length()));
            assertThat(t.tiles).hasSizeGreaterThan(50);
            Tileset adds = Tileset.read(write(t, "ADD", kind), reading(0, false), new Remarks());
            assertThat(shown(adds)).isEqualTo(t.contents);
            // errors are 32, 16, 8: level 2 is fine enough where it shows anything
            Tileset coarse = Tileset.read(write(t, "ADD", kind), reading(8, false), new Remarks());
            assertThat(shown(coarse)).isEqualTo(reached(t, false));
            Tileset replaced = Tileset.read(write(t, "REPLACE", kind), reading(8, false), new Remarks());
            assertThat(shown(replaced)).isEqualTo(reached(t, true));
        }
    }

    /** What is shown when tiles of level 2 and below end where they show something. */
    private static Set<String> reached(Tree t, boolean replace) {
        Set<String> out = new TreeSet<>();
        for (String n : t.contents) {
            int[] p = Stream.of(n.split("-")).mapToInt(Integer::parseInt).toArray();
            boolean behind = false;
            for (int up = 1; p[0] - up >= 2; up++) {
                behind |= t.contents.contains(name(p[0] - up, p[1] >> up, p[2] >> up, p[3] >> up));
            }
            boolean children =
                    t.names(p[0], p[1], p[2], p[3], p[0] + 1).stream().anyMatch(t.tiles::contains);
            if (!behind && !(replace && p[0] < 2 && children)) {
                out.add(n);
            }
        }
        return out;
    }

    @Test
    void aMissingSubtreeIsNamedAndPassedOverWhenAsked() throws IOException {
        Tree t = new Tree(4, 2, 6, new Random(7));
        Path set = write(t, "ADD", "binary");
        String gone =
                t.tiles.stream().filter(n -> n.startsWith("2-")).findFirst().orElseThrow();
        String file = gone.substring(0, gone.lastIndexOf('-')) + ".subtree";
        Files.delete(dir.resolve("s/" + file));
        assertThatThrownBy(() -> Tileset.read(set, reading(0, false), new Remarks()))
                .isInstanceOf(GrottoException.class)
                .hasMessageContaining(file)
                .hasMessageContaining("--keep-going");
        Remarks remarks = new Remarks();
        assertThat(shown(Tileset.read(set, reading(0, true), remarks))).isNotEmpty();
        assertThat(remarks.notKept().toString()).contains("missing");
    }

    /** Damaged subtrees end in a sentence or in some contents, never otherwise; and absurd trees are bounded. */
    @Test
    void damageEndsInASentence() throws IOException {
        Tree t = new Tree(4, 2, 4, new Random(3));
        Path set = write(t, "ADD", "binary");
        Path first = dir.resolve("s/0-0-0.subtree");
        byte[] whole = Files.readAllBytes(first);
        Random r = new Random(1);
        for (int k = 0; k < 300; k++) {
            byte[] b = whole.clone();
            for (int j = 0; j <= k % 3; j++) {
                b[r.nextInt(b.length)] = (byte) r.nextInt(256);
            }
            Files.write(first, k % 5 == 0 ? Arrays.copyOf(b, r.nextInt(b.length)) : b);
            try {
                Tileset.read(set, reading(0, k % 2 == 0), new Remarks());
            } catch (GrottoException e) {
                assertThat(e).hasMessageNotContaining("Exception");
            }
        }
        Files.writeString(
                first,
                "{\"tileAvailability\":{\"constant\":1},\"contentAvailability\":{\"constant\":0},"
                        + "\"childSubtreeAvailability\":{\"constant\":1}}");
        String json = Files.readString(set)
                .replace("\"subtreeLevels\":2,\"availableLevels\":4", "\"subtreeLevels\":20,\"availableLevels\":20");
        Files.writeString(set, json);
        assertThatThrownBy(() -> Tileset.read(set, reading(0, false), new Remarks()))
                .isInstanceOf(GrottoException.class)
                .hasMessageContaining("more than 2000000 tiles");
        Files.writeString(set, json.replace("\"subtreeLevels\":20", "\"subtreeLevels\":0"));
        assertThatThrownBy(() -> Tileset.read(set, reading(0, false), new Remarks()))
                .isInstanceOf(GrottoException.class)
                .hasMessageContaining("implicit tiles");
    }
}
