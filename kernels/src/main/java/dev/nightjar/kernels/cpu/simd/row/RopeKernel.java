package dev.nightjar.kernels.cpu.simd.row;

import dev.nightjar.kernels.backend.Matrix;
import dev.nightjar.kernels.backend.RopeStyle;
import dev.nightjar.kernels.backend.RopeTable;
import dev.nightjar.kernels.cpu.CpuMatrices;
import dev.nightjar.kernels.cpu.simd.team.PoolTask;
import dev.nightjar.kernels.cpu.simd.team.RowChunks;
import dev.nightjar.kernels.cpu.simd.team.WorkerPool;
import dev.nightjar.kernels.cpu.simd.vector.VectorShapes;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/** Rotary position embedding of both styles; several pairs at once, for all heads of a row. */
public final class RopeKernel implements PoolTask {

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

    /** Runs on this team of threads. */
    public RopeKernel(WorkerPool pool) {
        this.pool = pool;
    }

    /** Rotates the heads of {@code x [T, H * D]} in place, each row at its position. */
    public void run(
            Matrix newX, int newNumHeads, RopeTable newTable, int[] newPositions, int newT) {
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
            int stop = start + numHeads * headDim;
            if (table.style() == RopeStyle.ADJACENT) {
                adjacent(data, start, stop, headDim, half, cos, c, sin, s);
            } else {
                halfSplit(data, start, stop, headDim, half, cos, c, sin, s);
            }
        }
    }

    /** Heads begin at {@code start}, a stride apart, before {@code stop}. */
    private static void halfSplit(
            float[] x,
            int start,
            int stop,
            int stride,
            int half,
            float[] cos,
            int c,
            float[] sin,
            int s) {
        int whole = F.loopBound(half);
        for (int i = 0; i < whole; i += F.length()) {
            FloatVector cosines = FloatVector.fromArray(F, cos, c + i);
            FloatVector sines = FloatVector.fromArray(F, sin, s + i);
            for (int at = start + i; at < stop; at += stride) {
                FloatVector a = FloatVector.fromArray(F, x, at);
                FloatVector b = FloatVector.fromArray(F, x, at + half);
                a.mul(cosines).sub(b.mul(sines)).intoArray(x, at);
                b.mul(cosines).add(a.mul(sines)).intoArray(x, at + half);
            }
        }
        for (int i = whole; i < half; i++) {
            for (int at = start + i; at < stop; at += stride) {
                turn(x, at, at + half, cos[c + i], sin[s + i]);
            }
        }
    }

    /**
     * One vector of cosines serves two vectors of pairs: each cosine is doubled. Both are written
     * out: what a helper passes as a vector may be boxed.
     */
    private static void adjacent(
            float[] x,
            int start,
            int stop,
            int stride,
            int half,
            float[] cos,
            int c,
            float[] sin,
            int s) {
        int whole = F.loopBound(half);
        for (int i = 0; i < whole; i += F.length()) {
            FloatVector cosines = FloatVector.fromArray(F, cos, c + i);
            FloatVector sines = FloatVector.fromArray(F, sin, s + i);
            FloatVector firstCosines = cosines.rearrange(TWICE_LOW);
            FloatVector firstSines = sines.rearrange(TWICE_LOW);
            FloatVector lastCosines = cosines.rearrange(TWICE_HIGH);
            FloatVector lastSines = sines.rearrange(TWICE_HIGH);
            for (int at = start + 2 * i; at < stop; at += stride) {
                FloatVector a = FloatVector.fromArray(F, x, at);
                FloatVector turned = a.rearrange(SWAP_PAIRS).mul(firstSines);
                FloatVector kept = a.mul(firstCosines);
                kept.add(turned).blend(kept.sub(turned), EVEN).intoArray(x, at);
                FloatVector b = FloatVector.fromArray(F, x, at + F.length());
                turned = b.rearrange(SWAP_PAIRS).mul(lastSines);
                kept = b.mul(lastCosines);
                kept.add(turned).blend(kept.sub(turned), EVEN).intoArray(x, at + F.length());
            }
        }
        for (int i = whole; i < half; i++) {
            for (int at = start + 2 * i; at < stop; at += stride) {
                turn(x, at, at + 1, cos[c + i], sin[s + i]);
            }
        }
    }

    private static void turn(float[] x, int first, int second, float cos, float sin) {
        float a = x[first];
        float b = x[second];
        x[first] = a * cos - b * sin;
        x[second] = b * cos + a * sin;
    }
}
