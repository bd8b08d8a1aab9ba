package dev.nightjar.tokenizer.algorithm;

import java.util.Arrays;

/** A growing array of bytes. Not safe for use by several threads. */
final class ByteBuilder {
    private byte[] bytes;
    private int size;

    ByteBuilder(int capacity) {
        bytes = new byte[Math.max(capacity, 16)];
    }

    void add(byte value) {
        reserve(1);
        bytes[size++] = value;
    }

    /** Appends {@code source[from, to)}. */
    void add(byte[] source, int from, int to) {
        reserve(to - from);
        System.arraycopy(source, from, bytes, size, to - from);
        size += to - from;
    }

    /** Takes every trailing byte of this value away. */
    void trimEnd(byte value) {
        while (size > 0 && bytes[size - 1] == value) {
            size--;
        }
    }

    byte[] toArray() {
        return Arrays.copyOf(bytes, size);
    }

    private void reserve(int count) {
        if (count > bytes.length - size) {
            int needed = Math.addExact(size, count);
            bytes = Arrays.copyOf(bytes, Math.max(needed, size + (size >> 1)));
        }
    }
}
