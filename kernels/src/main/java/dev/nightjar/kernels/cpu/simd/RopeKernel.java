package dev.nightjar.kernels.cpu.simd;

import dev.nightjar.kernels.backend.Matrix;
import dev.nightjar.kernels.backend.RopeStyle;
import dev.nightjar.kernels.backend.RopeTable;
import dev.nightjar.kernels.cpu.CpuMatrices;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/** Rotary position embedding of both styles; head by head, several pairs at once. */
final class RopeKernel implements PoolTask {

    private static final VectorSpecies<Float> F = VectorShapes.FLOATS;
    private static final int HALF = F.length() / 2;
    private static final VectorShuffle<Float> SWAP_PAIRS = VectorShuffle.fromOp(F, i -> i ^ 1);
    private static final VectorShuffle<Float> TWICE_LOW = VectorShuffle.fromOp(F, i -> i / 2);
    private static final VectorShuffle<Float> TWICE_HIGH =
            VectorShuffle.fromOp(F, i -> HALF + i / 2);
    private static final VectorMask<Float> EVEN = VectorMask.fromLong(F, 0x5555);

    private final WorkerPool pool;

    private Matrix x;
    private float[] data;
    private RopeTable table;
    private float[] cos;
    private float[] sin;
    private int[] positions;
    private int maxPositions;
    private int numHeads;
    private int T;
    private int rowsPerChunk;

    RopeKernel(WorkerPool pool) {
        this.pool = pool;
    }

    void run(Matrix newX, int newNumHeads, RopeTable newTable, int[] newPositions, int newT) {
        x = newX;
        numHeads = newNumHeads;
        table = newTable;
        positions = newPositions;
        T = newT;
        maxPositions = (int) table.cos().maxRows();
        data = CpuMatrices.data(x, T);
        cos = CpuMatrices.data(table.cos(), maxPositions);
        sin = CpuMatrices.data(table.sin(), maxPositions);
        rowsPerChunk = RowChunks.rows(x.cols());
        pool.run(this, Math.ceilDiv(T, rowsPerChunk));
    }

    @Override
    public void run(int worker, int chunk) {
        int end = Math.min(T, (chunk + 1) * rowsPerChunk);
        int headDim = x.cols() / numHeads;
        int half = table.rotaryDim() / 2;
        for (int t = chunk * rowsPerChunk; t < end; t++) {
            int position = CpuMatrices.requireIndex("position", positions[t], maxPositions);
            int c = CpuMatrices.rowStart(table.cos(), position);
            int s = CpuMatrices.rowStart(table.sin(), position);
            int start = CpuMatrices.rowStart(x, t) + table.offset();
            for (int head = 0; head < numHeads; head++, start += headDim) {
                if (table.style() == RopeStyle.ADJACENT) {
                    adjacent(data, start, half, cos, c, sin, s);
                } else {
                    halfSplit(data, start, half, cos, c, sin, s);
                }
            }
        }
    }

    private static void halfSplit(
            float[] x, int start, int half, float[] cos, int c, float[] sin, int s) {
        int whole = F.loopBound(half);
        for (int i = 0; i < whole; i += F.length()) {
            FloatVector a = FloatVector.fromArray(F, x, start + i);
            FloatVector b = FloatVector.fromArray(F, x, start + half + i);
            FloatVector cosines = FloatVector.fromArray(F, cos, c + i);
            FloatVector sines = FloatVector.fromArray(F, sin, s + i);
            a.mul(cosines).sub(b.mul(sines)).intoArray(x, start + i);
            b.mul(cosines).add(a.mul(sines)).intoArray(x, start + half + i);
        }
        for (int i = whole; i < half; i++) {
            turn(x, start + i, start + half + i, cos[c + i], sin[s + i]);
        }
    }

    /** One vector of cosines serves two vectors of pairs: each cosine is doubled. */
    private static void adjacent(
            float[] x, int start, int half, float[] cos, int c, float[] sin, int s) {
        int whole = F.loopBound(half);
        for (int i = 0; i < whole; i += F.length()) {
            int low = start + 2 * i;
            int high = low + F.length();
            FloatVector cosines = FloatVector.fromArray(F, cos, c + i);
            FloatVector sines = FloatVector.fromArray(F, sin, s + i);
            FloatVector v = FloatVector.fromArray(F, x, low);
            FloatVector turned = v.rearrange(SWAP_PAIRS).mul(sines.rearrange(TWICE_LOW));
            FloatVector kept = v.mul(cosines.rearrange(TWICE_LOW));
            kept.add(turned).blend(kept.sub(turned), EVEN).intoArray(x, low);
            FloatVector w = FloatVector.fromArray(F, x, high);
            turned = w.rearrange(SWAP_PAIRS).mul(sines.rearrange(TWICE_HIGH));
            kept = w.mul(cosines.rearrange(TWICE_HIGH));
            kept.add(turned).blend(kept.sub(turned), EVEN).intoArray(x, high);
        }
        for (int i = whole; i < half; i++) {
            turn(x, start + 2 * i, start + 2 * i + 1, cos[c + i], sin[s + i]);
        }
    }

    private static void turn(float[] x, int first, int second, float cos, float sin) {
        float a = x[first];
        float b = x[second];
        x[first] = a * cos - b * sin;
        x[second] = b * cos + a * sin;
    }
}
