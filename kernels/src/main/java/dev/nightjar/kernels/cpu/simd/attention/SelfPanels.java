package dev.nightjar.kernels.cpu.simd.attention;

import dev.nightjar.kernels.backend.Matrix;
import dev.nightjar.kernels.cpu.CpuMatrices;
import dev.nightjar.kernels.cpu.simd.vector.VectorShapes;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Keys and values of one head and of some tokens as {@link SelfTiles} reads them, in groups of
 * {@link SelfTiles#GROUP} side by side: keys {@code [groups of keys, dim, GROUP]}, values {@code
 * [groups of elements, whole vectors of tokens, GROUP]}, zero where there is no token.
 *
 * <p>Scratch memory of one worker, grown on demand.
 */
public final class SelfPanels {

    private static final VectorSpecies<Float> F = VectorShapes.FLOATS;
    private static final int L = VectorShapes.LANES;
    private static final int GROUP = SelfTiles.GROUP;

    private final int mostTokens;

    float[] keys = new float[0];
    float[] values = new float[0];

    private int dim;
    private float[] kData;
    private float[] vData;

    /** With room for so many tokens, whole groups. */
    SelfPanels(int mostTokens) {
        this.mostTokens = mostTokens;
    }

    /** Prepares for heads of {@code newDim} elements. */
    void start(int newDim, float[] newK, float[] newV) {
        dim = newDim;
        kData = newK;
        vData = newV;
        if (keys.length < mostTokens * dim) {
            keys = new float[mostTokens * dim];
            values = new float[mostTokens * padded(dim)];
        }
    }

    /** The smallest multiple of a group that is at least {@code n}. */
    static int padded(int n) {
        return (n + GROUP - 1) / GROUP * GROUP;
    }

    /** Takes the keys of rows {@code [row, row + count)}. */
    void loadKeys(Matrix k, int row, int count, int column) {
        int t = 0;
        for (; t + 4 <= count; t += 4) {
            turnFour(
                    CpuMatrices.rowStart(k, row + t) + column,
                    CpuMatrices.rowStart(k, row + t + 1) + column,
                    CpuMatrices.rowStart(k, row + t + 2) + column,
                    CpuMatrices.rowStart(k, row + t + 3) + column,
                    keyStart(t));
        }
        for (; t < count; t++) {
            int key = CpuMatrices.rowStart(k, row + t) + column;
            int to = keyStart(t);
            for (int d = 0; d < dim; d++) {
                keys[to + d * GROUP] = kData[key + d];
            }
        }
    }

    private int keyStart(int t) {
        return t / GROUP * GROUP * dim + t % GROUP;
    }

    /** Four keys at once: what is written lies together. */
    private void turnFour(int a, int b, int c, int d, int at) {
        float[] target = keys;
        float[] from = kData;
        for (int i = 0; i < dim; i++) {
            int to = at + i * GROUP;
            target[to] = from[a + i];
            target[to + 1] = from[b + i];
            target[to + 2] = from[c + i];
            target[to + 3] = from[d + i];
        }
    }

    /** Takes the values of rows {@code [row, row + count)}. */
    void loadValues(Matrix v, int row, int count, int column) {
        int whole = F.loopBound(dim);
        int padded = VectorShapes.padded(count);
        for (int group = 0; group < padded(dim) / GROUP && count < padded; group++) {
            int end = (group + 1) * padded * GROUP;
            Arrays.fill(values, end - (padded - count) * GROUP, end, 0);
        }
        for (int t = 0; t < count; t++) {
            int from = CpuMatrices.rowStart(v, row + t) + column;
            int to = t * GROUP;
            int d = 0;
            for (; d < whole; d += L) {
                int at = to + d / GROUP * GROUP * padded + d % GROUP;
                FloatVector.fromArray(F, vData, from + d).intoArray(values, at);
            }
            for (; d < dim; d++) {
                values[to + d / GROUP * GROUP * padded + d % GROUP] = vData[from + d];
            }
        }
    }
}
