package dev.nightjar.engine.format.protobuf;

import java.util.Arrays;

/** A field of many floats or doubles. For one thread. */
public final class ProtoDoubles {
    private double[] values = new double[8];
    private int size;

    /** Adds one. */
    public void add(double value) {
        if (size == values.length) {
            values = Arrays.copyOf(values, size * 2);
        }
        values[size++] = value;
    }

    /** All of them. */
    public double[] toArray() {
        return Arrays.copyOf(values, size);
    }
}
