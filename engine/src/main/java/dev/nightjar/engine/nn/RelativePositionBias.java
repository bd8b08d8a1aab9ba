package dev.nightjar.engine.nn;

import dev.nightjar.engine.format.HostVector;
import dev.nightjar.engine.format.RelativePositions;
import dev.nightjar.kernels.backend.Backend;
import dev.nightjar.kernels.backend.DeviceBuffer;
import dev.nightjar.kernels.backend.Matrix;
import dev.nightjar.kernels.backend.RelativeBias;
import dev.nightjar.kernels.tensor.Tensor;

/** Spreads a table of biases per bucket to one per distance, as the op takes it. */
public final class RelativePositionBias {

    private final RelativePositions positions;

    /** Takes the form of the buckets. */
    public RelativePositionBias(RelativePositions positions) {
        this.positions = positions;
    }

    /**
     * The biases of all distances up to the last that differs.
     *
     * @param weight {@code [buckets, H]}
     */
    public RelativeBias table(Backend backend, Tensor weight) {
        int heads = (int) weight.shape().cols();
        int reach = positions.maxDistance();
        int cols = 2 * reach + 1;
        float[] buckets = HostVector.floats(weight);
        float[] values = new float[heads * cols];
        for (int c = 0; c < cols; c++) {
            int row = positions.bucket(c - reach) * heads;
            for (int head = 0; head < heads; head++) {
                values[head * cols + c] = buckets[row + head];
            }
        }
        DeviceBuffer buffer = backend.allocate(values.length);
        buffer.write(0, values, 0, values.length);
        return new RelativeBias(Matrix.of(buffer, cols), reach);
    }
}
