package org.grotto.format.gltf;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import tools.jackson.databind.JsonNode;

/** The GLB container (glTF 2.0, clause 4.4). */
final class Glb {
    static final int MAGIC = 0x46546C67;
    static final int JSON = 0x4E4F534A;
    static final int BIN = 0x004E4942;

    private Glb() {}

    /** One GLB from its JSON and its bytes, a whole number of words. */
    static byte[] join(JsonNode json, ByteBuffer bin) {
        byte[] text = json.toString().getBytes(StandardCharsets.UTF_8);
        int length = text.length;
        text = Arrays.copyOf(text, (length + 3) / 4 * 4);
        Arrays.fill(text, length, text.length, (byte) ' ');
        int size = bin.remaining();
        byte[] out = new byte[28 + text.length + size];
        ByteBuffer b = ByteBuffer.wrap(out).order(ByteOrder.LITTLE_ENDIAN);
        b.putInt(MAGIC).putInt(2).putInt(out.length);
        b.putInt(text.length).putInt(JSON).put(text);
        b.putInt(size).putInt(BIN).put(bin);
        return out;
    }
}
