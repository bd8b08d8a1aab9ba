package dev.nightjar.kernels.cpu.assembly;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Bytes of instructions, as many as are put. */
final class Code {

    private ByteBuffer bytes = ByteBuffer.allocate(4096).order(ByteOrder.LITTLE_ENDIAN);

    byte[] bytes() {
        return Arrays.copyOf(bytes.array(), bytes.position());
    }

    int size() {
        return bytes.position();
    }

    void put(int... values) {
        for (int value : values) {
            room();
            bytes.put((byte) value);
        }
    }

    void putInt(int value) {
        room();
        bytes.putInt(value);
    }

    /** A register as the last operand. */
    void operand(int reg, int rm) {
        put(0xc0 | (reg & 7) << 3 | rm & 7);
    }

    /**
     * Memory as the last operand.
     *
     * @param unit a small multiple of it is a displacement of one byte
     */
    void operand(int reg, Register base, int offset, int unit) {
        int small = offset / unit;
        int operand = (reg & 7) << 3 | base.number & 7;
        if (offset == 0) {
            put(operand);
        } else if (offset % unit == 0 && small == (byte) small) {
            put(1 << 6 | operand, small);
        } else {
            put(2 << 6 | operand);
            putInt(offset);
        }
    }

    private void room() {
        if (bytes.remaining() < 8) {
            byte[] more = Arrays.copyOf(bytes.array(), 2 * bytes.capacity());
            int position = bytes.position();
            bytes = ByteBuffer.wrap(more).order(ByteOrder.LITTLE_ENDIAN).position(position);
        }
    }
}
