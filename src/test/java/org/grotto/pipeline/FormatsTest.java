package org.grotto.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.grotto.base.GrottoException;
import org.grotto.base.Work;
import org.grotto.format.Format;
import org.grotto.format.MeshReader;
import org.grotto.format.Reading;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a file is, what is written and what sentences offer come from one list. */
class FormatsTest {
    private static final String CORNER =
            "ply\nformat ascii 1.0\ncomment by hand\nelement vertex 3\nproperty float x\nproperty float y\nproperty float z\n"
                    + "property float quality\nelement face 1\nproperty list uchar int vertex_indices\nend_header\n"
                    + "0 0 0 1\n1 0 0 1\n0 1 0 1\n3 0 1 2\n";

    @TempDir
    Path dir;

    /** Beginnings win over names; names decide where beginnings say nothing. */
    @ParameterizedTest
    @CsvSource({
        "ASTM-E57,scan.bin,E57",
        "LASF,scan.txt,'LAS, LAZ'",
        "glTF,scan.ply,'GLB, glTF'",
        "nothing,scan.e57,E57",
        "nothing,SCAN.LAZ,'LAS, LAZ'",
        "nothing,scan.copc.laz,'LAS, LAZ'",
        "v 0 0 0,scan.obj,OBJ",
        "OFF,mesh.txt,OFF",
        "1,scan.ptx,PTX",
        "1 2 3,scan.neu,'text (.xyz, .txt, .csv, .asc, .pts, .neu)'",
        "1 2 3,scan.bpf,what PDAL reads"
    })
    void beginningsWinOverNames(String begin, String name, String format) throws IOException {
        Path file = Files.writeString(dir.resolve(name), begin);
        assertThat(Formats.of(file).name()).isEqualTo(format);
    }

    /** A closed format is named as what it is, with the way out; PDAL is offered for what it reads alone. */
    @ParameterizedTest
    @CsvSource({
        "x,a.FLS,FARO SCENE",
        "x,a.zfs,Z+F LaserControl",
        "x,a.rdbx,RiSCAN PRO",
        "x,a.rxp,RiSCAN PRO",
        "x,a.rcp,ReCap",
        "x,a.imp,Cyclone",
        "x,a.ptg,Cyclone",
        "x,a.cl3,Topcon",
        "x,a.skp,SketchUp",
        "x,a.max,3ds Max",
        "x,a.3dm,Rhino",
        "AC1032,a,AutoCAD",
        "BLENDER-v300,a.dat,Blender",
        "CCB2,a.bin,CloudCompare",
        "NVM_V3,a.nvm,a camera set",
        "# Bundle file v0.3,a.out,a camera set",
        "'# IMAGE_ID, QW, QX, QY, QZ, TX',images.txt,as images.txt into a folder beside cameras.txt",
        "'# CAMERA_ID, MODEL, WIDTH, HEIGHT',lenses.txt,as cameras.txt into a folder beside images.txt",
        "x,images.bin,beside cameras.bin",
        "x,points3D.bin,points as PLY",
        "x,a.docx,of no format that Grotto knows",
        "x,a,of no format that Grotto knows"
    })
    void otherFilesAreRefusedAsWhatTheyAre(String begin, String name, String word) throws IOException {
        Path file = Files.writeString(dir.resolve(name), begin);
        assertThatThrownBy(() -> Inputs.kind(file))
                .isInstanceOf(GrottoException.class)
                .hasMessageContaining(name + ": is ")
                .hasMessageContaining(word)
                .hasMessageNotContaining("PDAL");
    }

    @Test
    void noTwoFormatsShareAnEnding() {
        Set<String> seen = new HashSet<>();
        for (Format f : Formats.ALL) {
            assertThat(f.extensions()).allMatch(seen::add);
            assertThat(f.names()).allMatch(seen::add);
            assertThat(f.extensions().size() + f.names().size()).isPositive();
            assertThat(f.extensions())
                    .containsAll(f.pointOutputs().keySet())
                    .containsAll(f.meshOutputs().keySet());
            assertThat(f.points() != null || f.meshes() != null).isTrue();
        }
    }

    @Test
    void whatIsWrittenIsOffered() {
        assertThat(Formats.pointEndings()).containsExactly("e57", "las", "laz", "ply", "csv", "txt", "xyz");
        assertThat(Formats.meshEndings()).containsExactly("ply", "obj", "glb");
        assertThat(Formats.offered(Formats.pointEndings())).isEqualTo(".e57, .las, .laz, .ply, .csv, .txt or .xyz");
        assertThat(Formats.offered(List.of("x"))).isEqualTo(".x");
    }

    @Test
    void sentencesNameWhatIsReadAsPointsAndAsMeshes() {
        assertThat(Formats.pointsRead())
                .startsWith("E57, LAS, LAZ, PLY, PTX, text")
                .doesNotContain("STL");
        assertThat(Formats.meshesRead())
                .startsWith("PLY, OBJ, ")
                .contains("STL")
                .doesNotContain("E57", "LAS");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ply", "obj", "glb"})
    void aMeshComesBackFromEveryEndingThatIsOffered(String ending) throws IOException {
        Path in = Files.writeString(dir.resolve("in.ply"), CORNER);
        Path out = dir.resolve("out." + ending);
        try (Work work = Work.silent()) {
            Convert.Done done = Convert.run(in, out, work);
            assertThat(done.mesh()).isTrue();
            assertThat(done.lost()).containsExactly("property \"quality\" of element \"vertex\"");
        }
        assertThat(Inputs.mesh(out, InputOptions.DEFAULTS).triangles).hasSize(3);
    }

    @Test
    void aMeshFileIsDescribedBeforeItIsRead() throws IOException {
        Path in = Files.writeString(dir.resolve("in.ply"), CORNER.replace("3 0 1 2", "3 0 1 9"));
        try (MeshReader r = Inputs.meshFile(in, Reading.of(Work.silent()))) {
            assertThat(r.vertices()).isEqualTo(3);
            assertThat(r.faces()).isEqualTo(1);
            assertThat(r.metadata()).containsEntry("comment.1", "by hand");
            assertThatThrownBy(r::read).isInstanceOf(GrottoException.class).hasMessageContaining("in.ply");
        }
    }

    @Test
    void whatAnObjHoldsBesidesAMeshIsNamed() throws IOException {
        Path in = Files.writeString(
                dir.resolve("in.obj"), "mtllib x\nv 0 0 0\nv 1 0 0\nv 0 1 0\nvt 0 0\nvn 0 0 1\nf 1 2 3\n");
        try (MeshReader r = Inputs.meshFile(in, Reading.of(Work.silent()))) {
            r.read();
            assertThat(r.notKept())
                    .containsExactly(
                            "files of materials that are not there: x",
                            "normals that no face uses",
                            "texture coordinates");
        }
    }

    @Test
    void refusalsListWhatTheListHolds() throws IOException {
        Path text = Files.writeString(dir.resolve("in.xyz"), "1 2 3\n");
        Path obj = Files.writeString(dir.resolve("in.obj"), "v 0 0 0\nv 1 0 0\nv 0 1 0\nf 1 2 3\n");
        try (Work work = Work.silent()) {
            assertThatThrownBy(() -> Inputs.meshFile(text, Reading.of(Work.silent())))
                    .hasMessageContaining("grotto surface");
            assertThatThrownBy(() -> Inputs.points(obj, work)).hasMessageContaining("points are wanted");
            assertThatThrownBy(() -> Convert.run(text, dir.resolve("x.pcd"), work))
                    .hasMessageContaining("written as .e57, .las, .laz, .ply, .csv, .txt or .xyz;");
            assertThatThrownBy(() -> Convert.run(obj, dir.resolve("x.las"), work))
                    .hasMessageContaining("written as .ply, .obj or .glb.");
        }
    }
}
