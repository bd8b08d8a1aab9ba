package dev.nightjar.kernels.cpu.simd.attention;

import dev.nightjar.kernels.backend.RelativeBias;
import dev.nightjar.kernels.cpu.CpuMatrices;
import dev.nightjar.kernels.cpu.simd.vector.VectorShapes;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * What distance adds to the scores of some rows over some keys, laid out by distance, so that it is
 * read in whole vectors: the row after another reads it from one element earlier.
 */
public final class BiasStrip {

    private static final VectorSpecies<Float> F = VectorShapes.FLOATS;

    private final float[] strip;

    /** For so many rows over so many keys, padding included. */
    BiasStrip(int rows, int keys) {
        strip = new float[rows + keys];
    }

    /** Lays out {@code count} distances from {@code lowest} on, each times {@code factor}. */
    void fill(RelativeBias bias, int head, int lowest, int count, float factor) {
        float[] table = CpuMatrices.data(bias.table(), head + 1);
        int row = CpuMatrices.rowStart(bias.table(), head);
        for (int x = 0; x < count; x++) {
            strip[x] = table[row + bias.column(0, lowest + x)] * factor;
        }
    }

    /** s[start + i] += strip[at + i]; {@code count} is that of whole vectors. */
    void add(float[] s, int start, int count, int at) {
        for (int i = 0; i < count; i += F.length()) {
            FloatVector.fromArray(F, s, start + i)
                    .add(FloatVector.fromArray(F, strip, at + i))
                    .intoArray(s, start + i);
        }
    }
}
