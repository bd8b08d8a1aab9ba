package dev.nightjar.engine.format.protobuf;

import java.util.Arrays;

/** A field of many integers. For one thread. */
public final class ProtoLongs {
    private long[] values = new long[8];
    private int size;

    /** Adds one. */
    public void add(long value) {
        if (size == values.length) {
            values = Arrays.copyOf(values, size * 2);
        }
        values[size++] = value;
    }

    /** All of them. */
    public long[] toArray() {
        return Arrays.copyOf(values, size);
    }
}
