package org.grotto.fuzz;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Single tiles of 3D Tiles, and camera sets in text, as seeds. */
final class TileSamples {
    static final String NVM = "NVM_V3 FixedK 900 400 900 300 0\n\n2\na.jpg 900 0.9 0.1 -0.2 0.3 1 2 3 -0.1 0\n"
            + "b\"c.jpg 900 1 0 0 0 0 0 0 0.2 0\n\n1\n0 0 1 255 0 0 2 0 5 1.5 2.5 1 7 3 4\n\n0\n";

    static final String OPEN_SFM =
            "[{\"cameras\":{\"v2 a\":{\"projection_type\":\"brown\",\"width\":900,\"height\":600,\"focal_x\":0.9,"
                    + "\"focal_y\":0.9,\"c_x\":0.01,\"c_y\":0,\"k1\":-0.1,\"p1\":0.001},\"b\":{\"projection_type\":"
                    + "\"equirectangular\",\"width\":900,\"height\":450}},\"shots\":{\"a.jpg\":{\"camera\":\"v2 a\","
                    + "\"rotation\":[1,0.5,-0.2],\"translation\":[1,2,3]},\"b.jpg\":{\"camera\":\"b\",\"rotation\":[0,0,0],"
                    + "\"translation\":[0,0,1]}},\"points\":{\"1\":{\"coordinates\":[1,2,3],\"color\":[1,2,3]}}}]";

    private TileSamples() {}

    private static byte[] tile(String magic, String features, byte[] binary, String batches, int form, byte[] body) {
        byte[] f = features.getBytes(StandardCharsets.UTF_8);
        byte[] t = batches.getBytes(StandardCharsets.UTF_8);
        int head = form < 0 ? 28 : 32;
        int length = head + f.length + binary.length + t.length + body.length;
        ByteBuffer b = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        b.put(magic.getBytes(StandardCharsets.US_ASCII)).putInt(1).putInt(length);
        b.putInt(f.length).putInt(binary.length).putInt(t.length).putInt(form < 0 ? body.length : 0);
        if (form >= 0) {
            b.putInt(form);
        }
        return b.put(f).put(binary).put(t).put(body).array();
    }

    static byte[] pnts() {
        ByteBuffer b = ByteBuffer.allocate(60).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < 9; i++) {
            b.putFloat(i);
        }
        b.put(new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 0, 0}).putInt(77);
        return tile(
                "pnts",
                "{\"POINTS_LENGTH\":3,\"RTC_CENTER\":[1,2,3],\"POSITION\":{\"byteOffset\":0},\"RGB\":{\"byteOffset\":36},"
                        + "\"NORMAL_OCT16P\":{\"byteOffset\":45}}",
                b.array(),
                "{\"Intensity\":{\"byteOffset\":0,\"componentType\":\"UNSIGNED_SHORT\",\"type\":\"SCALAR\"}}",
                -1,
                new byte[] {1, 0, 2, 0, 3, 0, 0, 0});
    }

    /** Two triangles' places; the model is in it, or a file that is not there. */
    static byte[] i3dm(boolean within) {
        String json =
                "{\"asset\":{\"version\":\"2.0\"},\"scenes\":[{\"nodes\":[0]}],\"nodes\":[{\"mesh\":0}],\"meshes\":"
                        + "[{\"primitives\":[{\"attributes\":{\"POSITION\":0}}]}],\"accessors\":[{\"bufferView\":0,"
                        + "\"componentType\":5126,\"count\":3,\"type\":\"VEC3\"}],\"bufferViews\":[{\"buffer\":0,"
                        + "\"byteLength\":36}],\"buffers\":[{\"byteLength\":36,\"uri\":\"data:application/octet-stream;base64,"
                        + "AACAPwAAAAAAAAAAAAAAAAAAAAAAAADAAAAAAAAAQEAAAAAA\"}]}";
        ByteBuffer b = ByteBuffer.allocate(72).order(ByteOrder.LITTLE_ENDIAN);
        for (double v : new double[] {1, 2, 3, 4, 5, 6, 0, 1, 0, 0, 0, 1, 1, 0, 0, 0, 1, 0}) {
            b.putFloat((float) v);
        }
        return tile(
                "i3dm",
                "{\"INSTANCES_LENGTH\":2,\"EAST_NORTH_UP\":true,\"POSITION\":{\"byteOffset\":0},\"NORMAL_UP\":{\"byteOffset\":24},"
                        + "\"NORMAL_RIGHT\":{\"byteOffset\":48}}",
                b.array(),
                "",
                within ? 1 : 0,
                (within ? json : "m.glb").getBytes(StandardCharsets.UTF_8));
    }
}
