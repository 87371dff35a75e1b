package org.grotto.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BesideTest {
    @TempDir
    Path dir;

    @Test
    void namesComeFromOtherMachines() throws IOException {
        Path a = Files.writeString(dir.resolve("Wall 1.JPG"), "x");
        Path sub = Files.createDirectory(dir.resolve("Textures"));
        Path b = Files.writeString(sub.resolve("b.png"), "x");
        assertThat(Beside.find(dir, "Wall 1.JPG")).isEqualTo(new Beside.Found(a, false));
        assertThat(Beside.find(dir, " \"Wall 1.JPG\" ")).isEqualTo(new Beside.Found(a, false));
        assertThat(Beside.find(dir, "./Textures\\b.png"))
                .isEqualTo(new Beside.Found(dir.resolve("./Textures/b.png"), false));
        assertThat(Beside.find(dir, "wall 1.jpg")).isEqualTo(new Beside.Found(a, true));
        assertThat(Beside.find(dir, "textures\\B.PNG")).isEqualTo(new Beside.Found(b, true));
        assertThat(Beside.find(dir, "D:\\Survey 2024\\out\\wall 1.jpg")).isEqualTo(new Beside.Found(a, true));
        assertThat(Beside.find(dir, "/home/none/Wall 1.JPG")).isEqualTo(new Beside.Found(a, true));
        assertThat(Beside.find(dir, "\\\\server\\share\\Wall 1.JPG")).isEqualTo(new Beside.Found(a, true));
        assertThat(Beside.find(sub, "../Wall 1.JPG").moved()).isFalse();
    }

    @Test
    void whatIsNoFileIsNotFound() {
        for (String name : new String[] {
            "",
            " ",
            ".",
            "..",
            "Textures",
            "none.png",
            "a\u0000b",
            "http://example.org/a.png",
            "file:///etc/passwd",
            "data:image/png;base64,AAAA",
            "/",
            "C:",
            "//",
            "\\"
        }) {
            assertThat(Beside.find(dir, name)).as(name).isNull();
        }
        assertThat(Beside.isAddress("https://a/b")).isTrue();
        assertThat(Beside.isAddress("C:\\a.png")).isFalse();
    }

    @Test
    void namesAreReadInTheEncodingThatTheyCanBe() {
        byte[] gb = "壁面纹理.jpg".getBytes(Charset.forName("GB18030"));
        assertThat(Beside.readings(gb)).startsWith("壁面纹理.jpg");
        assertThat(Beside.readings("壁面.jpg".getBytes(StandardCharsets.UTF_8))).containsExactly("壁面.jpg");
        assertThat(Beside.readings("Höhle.jpg".getBytes(StandardCharsets.ISO_8859_1)))
                .contains("Höhle.jpg");
    }
}
