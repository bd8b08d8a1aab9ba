package dev.nightjar.engine.format.gguf;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Values as the bytes of a GGUF file. */
final class GgufBytes {

    private GgufBytes() {}

    /** A length of eight bytes and the UTF-8. */
    static byte[] string(String value) {
        byte[] text = value.getBytes(StandardCharsets.UTF_8);
        return buffer(8 + text.length).putLong(text.length).put(text).array();
    }

    static byte[] int32(int value) {
        return buffer(4).putInt(value).array();
    }

    static byte[] int64(long value) {
        return buffer(8).putLong(value).array();
    }

    static byte[] ints(int... values) {
        ByteBuffer elements = buffer(4 * values.length);
        elements.asIntBuffer().put(values);
        return elements.array();
    }

    static byte[] floats(float... values) {
        ByteBuffer elements = buffer(4 * values.length);
        elements.asFloatBuffer().put(values);
        return elements.array();
    }

    /** What a file says about one tensor; dimensions, outermost first, go in reverse. */
    static byte[] tensor(String name, long[] dims, int typeId, long offset) {
        byte[] nameBytes = string(name);
        ByteBuffer entry = buffer(nameBytes.length + 4 + 8 * dims.length + 4 + 8);
        entry.put(nameBytes).putInt(dims.length);
        for (int axis = dims.length - 1; axis >= 0; axis--) {
            entry.putLong(dims[axis]);
        }
        return entry.putInt(typeId).putLong(offset).array();
    }

    private static ByteBuffer buffer(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
