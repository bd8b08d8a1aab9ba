package dev.nightjar.kernels.cpu;

/**
 * A norm weight or bias.
 *
 * @param values {@code [cols]}, dequantized
 */
public record VectorWeight(float[] values) implements CpuWeight {

    @Override
    public int rows() {
        return 1;
    }

    @Override
    public int cols() {
        return values.length;
    }

    @Override
    public long extraBytes() {
        return (long) Float.BYTES * values.length;
    }
}
