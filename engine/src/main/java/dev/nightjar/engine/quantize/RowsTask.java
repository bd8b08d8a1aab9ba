package dev.nightjar.engine.quantize;

import dev.nightjar.kernels.quant.BlockFormat;
import dev.nightjar.kernels.quant.BlockFormats;
import dev.nightjar.kernels.tensor.DType;
import dev.nightjar.kernels.tensor.Tensor;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.Callable;

/**
 * Quantizes consecutive elements of a tensor, whole blocks of both types, and measures what is
 * lost. Tasks share nothing but what they read.
 */
final class RowsTask implements Callable<RowsTask.Loss> {

    /**
     * What quantizing lost.
     *
     * @param squares sum of the squared differences
     * @param max the largest difference
     */
    record Loss(double squares, double max) {

        static final Loss NONE = new Loss(0, 0);

        Loss plus(Loss other) {
            return new Loss(squares + other.squares, Math.max(max, other.max));
        }
    }

    private final String name;
    private final Tensor source;
    private final DType dtype;
    private final long first;
    private final int count;
    private final MemorySegment target;

    /**
     * A task for elements {@code [first, first + count)}.
     *
     * @param name of the tensor, for errors
     * @param target receives exactly the bytes of those elements
     */
    RowsTask(String name, Tensor source, DType dtype, long first, int count, MemorySegment target) {
        this.name = name;
        this.source = source;
        this.dtype = dtype;
        this.first = first;
        this.count = count;
        this.target = target;
    }

    @Override
    public Loss call() {
        BlockFormat to = BlockFormats.of(dtype).orElseThrow();
        float[] values = new float[count];
        BlockFormats.of(source.dtype())
                .orElseThrow()
                .dequantize(source.data(), source.dtype().bytesFor(first), values, 0, count);
        requireFinite(values, 1, values);
        to.quantize(values, 0, count, target, 0);
        float[] read = new float[count];
        to.dequantize(target, 0, read, 0, count);
        requireFinite(read, dtype.blockSize(), values);
        double squares = 0;
        double max = 0;
        for (int i = 0; i < count; i++) {
            double difference = Math.abs((double) values[i] - read[i]);
            squares += difference * difference;
            max = Math.max(max, difference);
        }
        return new Loss(squares, max);
    }

    /**
     * Every one of {@code checked} is finite, or the error shows the value of largest magnitude in
     * its block.
     */
    private void requireFinite(float[] checked, int blockSize, float[] values) {
        for (int i = 0; i < count; i++) {
            if (!Float.isFinite(checked[i])) {
                int worst = i;
                int block = i - i % blockSize;
                for (int j = block; j < block + blockSize; j++) {
                    worst = Math.abs(values[j]) > Math.abs(values[worst]) ? j : worst;
                }
                throw new UnquantizableValueException(name, first + worst, values[worst], dtype);
            }
        }
    }
}
