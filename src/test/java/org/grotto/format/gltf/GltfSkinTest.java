package org.grotto.format.gltf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.grotto.base.GrottoException;
import org.grotto.geometry.Mesh;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Skins and morph targets are shown in the pose that a file shows while nothing moves: an arm of two joints, told by hand. */
class GltfSkinTest {
    /** Shoulder, elbow, hand; Y up. */
    private static final float[] ARM = {0, 0, 0, 1, 1, 0, 2, 0, 0};

    private static final float[] UP = {0, 1, 0, 0, 1, 0, 0, 1, 0};
    private static final byte[] JOINTS = {0, 0, 0, 0, 0, 1, 0, 0, 1, 0, 0, 0};
    /** All on the first; as much on both, of little more than one together; all on the second. */
    private static final byte[] WEIGHTS = {-1, 0, 0, 0, -128, -128, 0, 0, -1, 0, 0, 0};
    /** The upper arm begins at the origin, the lower one at the elbow. */
    private static final float[] INVERSE = {
        1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, -1, 0, 0, 1
    };

    private static final float[] TARGET = {0, 0, 0, 0, 0, 0, 0, 0, 4};

    private static final String TURNED = "\"rotation\":[0,0,0.7071067811865476,0.7071067811865476]";
    private static final String FAR = "{\"mesh\":0,\"skin\":0,\"translation\":[100,0,0]}";
    private static final String SHOULDER = "{\"translation\":[10,0,0],\"children\":[2]}";
    private static final String ELBOW = "{\"translation\":[1,0,0]," + TURNED + "}";
    private static final String SKIN = "{\"joints\":[1,2],\"inverseBindMatrices\":4}";

    @TempDir
    Path dir;

    private Mesh read(String mesh, String skin, byte[] joints, byte[] weights, String... nodes) throws IOException {
        ByteBuffer b = ByteBuffer.allocate(300).order(ByteOrder.LITTLE_ENDIAN);
        for (float[] numbers : new float[][] {ARM, UP, INVERSE, TARGET}) {
            for (float f : numbers) {
                b.putFloat(f);
            }
        }
        b.put(joints).put(weights);
        String three = "\"componentType\":5126,\"type\":\"VEC3\",\"count\":3";
        String four = "\"componentType\":5121,\"type\":\"VEC4\",\"count\":3";
        String json = "{\"asset\":{\"version\":\"2.0\"},\"scenes\":[{\"nodes\":[0,1]}],\"nodes\":["
                + String.join(",", nodes) + "],\"skins\":[" + skin
                + "],\"meshes\":[{\"primitives\":[{\"attributes\":{\"POSITION\":0,\"NORMAL\":1,\"JOINTS_0\":2,"
                + "\"WEIGHTS_0\":3},\"targets\":[{\"POSITION\":5}]}]" + mesh + "}],\"accessors\":[{\"bufferView\":0,"
                + three + "},{\"bufferView\":0,\"byteOffset\":36," + three + "},{\"bufferView\":0,\"byteOffset\":236,"
                + four + "},{\"bufferView\":0,\"byteOffset\":248,\"normalized\":true," + four
                + "},{\"bufferView\":0,\"byteOffset\":72,\"componentType\":5126,\"type\":\"MAT4\",\"count\":2},"
                + "{\"bufferView\":0,\"byteOffset\":200," + three
                + "}],\"bufferViews\":[{\"buffer\":0,\"byteLength\":300}],"
                + "\"buffers\":[{\"byteLength\":300,\"uri\":\"data:application/octet-stream;base64,"
                + Base64.getEncoder().encodeToString(b.array()) + "\"}]}";
        return GlbReader.read(Files.writeString(dir.resolve("arm.gltf"), json));
    }

    private Mesh read(String mesh, String skin, String... nodes) throws IOException {
        return read(mesh, skin, JOINTS, WEIGHTS, nodes);
    }

    /** Places, Z up. */
    private static void assertPlaces(Mesh m, double... xyz) {
        double[] at = new double[9];
        for (int i = 0; i < 9; i++) {
            at[i] = m.origin(i % 3) + m.xyz[i];
        }
        assertThat(at).containsExactly(xyz, within(1e-6));
    }

    @Test
    void jointsBringVerticesAndTheMeshesOwnPlaceDoesNot() throws IOException {
        Mesh m = read("", SKIN, FAR, SHOULDER, ELBOW);
        // the elbow's corner: where it is (11, 1), and a quarter turn about the elbow (10, 0); the hand goes up
        assertPlaces(m, 10, 0, 0, 10.5, 0, 0.5, 11, 0, 1);
        float r = (float) Math.sqrt(0.5);
        assertThat(m.normals()).containsExactly(new float[] {0, 0, 1, -r, 0, r, -1, 0, 0}, within(1e-6f));
        assertThat(m.triangles).containsExactly(0, 1, 2);
    }

    @Test
    void withoutMatricesVerticesAreBoundAtTheOrigin() throws IOException {
        assertPlaces(read("", "{\"joints\":[1,2]}", FAR, SHOULDER, ELBOW), 10, 0, 0, 10.5, 0, 1, 11, 0, 2);
    }

    @Test
    void aVertexWithoutWeightHangsOnTheFirstJointThatItNames() throws IOException {
        byte[] none = WEIGHTS.clone();
        none[8] = 0;
        assertPlaces(read("", SKIN, JOINTS, none, FAR, SHOULDER, ELBOW), 10, 0, 0, 10.5, 0, 0.5, 11, 0, 1);
    }

    @Test
    void mirroringJointsTurnTriangles() throws IOException {
        String left = "{\"translation\":[10,0,0],\"scale\":[1,1,-1],\"children\":[2]}";
        Mesh m = read("", SKIN, FAR, left, ELBOW);
        assertThat(m.triangles).containsExactly(0, 2, 1);
        assertThat(m.normals()[2]).isEqualTo(1);
    }

    @Test
    void morphTargetsShiftAsFarAsTheyWeighAndBeforeTheSkin() throws IOException {
        String half = ",\"weights\":[0.5]";
        // the hand comes 2 m forward, which is south
        assertPlaces(read(half, SKIN, FAR, SHOULDER, ELBOW), 10, 0, 0, 10.5, 0, 0.5, 11, -2, 1);
        String plain = "{\"mesh\":0}";
        assertPlaces(read(half, SKIN, plain, SHOULDER, ELBOW), 0, 0, 0, 1, 0, 1, 2, -2, 0);
        String quarter = "{\"mesh\":0,\"weights\":[0.25]}";
        assertPlaces(read(half, SKIN, quarter, SHOULDER, ELBOW), 0, 0, 0, 1, 0, 1, 2, -1, 0);
        assertPlaces(read("", SKIN, plain, SHOULDER, ELBOW), 0, 0, 0, 1, 0, 1, 2, 0, 0);
    }

    @Test
    void jointsOutsideTheSkinAreRefused() {
        byte[] far = JOINTS.clone();
        far[8] = 2;
        assertThatThrownBy(() -> read("", SKIN, far, WEIGHTS, FAR, SHOULDER, ELBOW))
                .isInstanceOf(GrottoException.class)
                .hasMessageContaining("hangs on joint 2");
        assertThatThrownBy(() -> read("", "{\"joints\":[1,7]}", FAR, SHOULDER, ELBOW))
                .isInstanceOf(GrottoException.class)
                .hasMessageContaining("nodes[7] does not exist");
        assertThatThrownBy(() -> read("", "{\"joints\":[1,2,2],\"inverseBindMatrices\":4}", FAR, SHOULDER, ELBOW))
                .isInstanceOf(GrottoException.class)
                .hasMessageContaining("3 joints, but 2 matrices");
        assertThatThrownBy(() -> read("", "{\"joints\":[1,2],\"inverseBindMatrices\":0}", FAR, SHOULDER, ELBOW))
                .isInstanceOf(GrottoException.class)
                .hasMessageContaining("matrices of 3 numbers");
    }

    @Test
    void jointsBelowThemselvesAreRefused() {
        String above = "{\"children\":[1]}";
        assertThatThrownBy(() -> read("", SKIN, FAR, SHOULDER, above))
                .isInstanceOf(GrottoException.class)
                .hasMessageContaining("below itself");
    }

    @Test
    void aSkinShownInManyPlacesIsRefused() {
        String many = "{\"mesh\":0,\"skin\":0,\"extensions\":{\"EXT_mesh_gpu_instancing\":{\"attributes\":"
                + "{\"TRANSLATION\":0}}}}";
        assertThatThrownBy(() -> read("", SKIN, many, SHOULDER, ELBOW))
                .isInstanceOf(GrottoException.class)
                .hasMessageContaining("a mesh with a skin in many places");
    }
}
