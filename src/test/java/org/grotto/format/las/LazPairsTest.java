package org.grotto.format.las;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.grotto.Need;
import org.grotto.format.las.laz.LayeredEncoder;
import org.grotto.format.las.laz.LazItems;
import org.grotto.format.las.point.LasPoints;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that others wrote twice, as LAS and as LAZ: our decoder gives the records of the one, our encoder the bytes of the other. */
class LazPairsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pdrf4-1.3",
                "pdrf5-1.3",
                "pdrf6-1.4",
                "pdrf7-v4-1.4",
                "pdrf8-1.4",
                "pdrf9-1.4",
                "pdrf10-1.4",
                "pdrf9-1.5",
                "pdrf10-1.5"
            })
    void lazReadsEqualToItsLasTwin(String name) {
        Path folder = Need.data("las-laz-pairs-mit");
        try (LasReader las = LasReader.open(folder.resolve(name + ".las"));
                LasReader laz = LasReader.open(folder.resolve(name + ".laz"))) {
            assertThat(records(laz))
                    .isEqualTo(records(las))
                    .hasSize(1024 * las.layout().length());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"pdrf6-1.4", "pdrf7-v4-1.4", "pdrf8-1.4", "pdrf9-1.4", "pdrf10-1.4", "pdrf9-1.5", "pdrf10-1.5"})
    void encodingGivesTheBytesOfTheReference(String name) throws IOException {
        Path folder = Need.data("las-laz-pairs-mit");
        Path file = folder.resolve(name + ".laz");
        byte[] laz = Files.readAllBytes(file);
        try (LasReader reader = LasReader.open(folder.resolve(name + ".las"));
                Source in = Source.open(file)) {
            LasHeader h = LasHeader.read(in);
            Vlr vlr = Vlr.find(Vlr.readAll(in, h), Vlr.LASZIP, Vlr.LASZIP_ID);
            LazItems items = LazItems.parse(file, vlr.data(), vlr.at(), h.layout());
            ChunkTable table = ChunkTable.read(in, h, items, false);
            LasPoints p = points(reader);
            int[] sizes = new int[table.size()];
            for (int k = 0; k < table.size(); k++) {
                byte[] ours =
                        LayeredEncoder.encode(p, (int) table.first()[k], (int) table.first()[k + 1], items.version4());
                sizes[k] = ours.length;
                assertThat(ours).as("chunk %d", k).isEqualTo(Arrays.copyOfRange(laz, (int) table.start()[k], (int)
                        table.start()[k + 1]));
            }
            byte[] tail = Arrays.copyOfRange(laz, (int) table.start()[table.size()], laz.length);
            assertThat(ChunkTable.bytes(sizes, null, sizes.length)).isEqualTo(tail);
        }
    }

    static LasPoints points(LasReader reader) {
        LasPoints p = new LasPoints(reader.layout(), (int) reader.count());
        for (int b = 0; b < reader.blocks(); b++) {
            LasReader.Block block = reader.block(b);
            for (int n = block.next(p, p.size, 100); n > 0; n = block.next(p, p.size, 100)) {
                p.size += n;
            }
        }
        return p;
    }

    static byte[] records(LasReader reader) {
        LasPoints p = points(reader);
        byte[] b = new byte[p.size * p.layout.length()];
        p.toRecords(0, p.size, b, 0);
        return b;
    }
}
