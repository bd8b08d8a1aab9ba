package dev.nightjar.kernels.cpu.simd.element;

/** A function of single elements; called per strip of a row, never inside a loop over vectors. */
public interface ElementFunction {

    /** Replaces {@code x[0, count)} by its values; {@code count} is whole vectors. */
    void apply(float[] x, int count);
}
