package dev.nightjar.engine.quantize;

import dev.nightjar.engine.format.TensorSource;
import dev.nightjar.kernels.quant.BlockFormats;
import dev.nightjar.kernels.tensor.DType;
import dev.nightjar.kernels.tensor.Shape;
import dev.nightjar.kernels.tensor.Tensor;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;

/**
 * The tensors of a checkpoint in the types of a mixture, each converted when it is asked for in its
 * shape; whoever only asks whether it is there gets it as it is. Nothing is given more bits than it
 * had.
 *
 * <p>What is converted lives as long as it is used. Safe for use by several threads.
 */
public final class QuantizedWeights implements TensorSource {

    /** Elements per task, a multiple of every block size. */
    private static final int TASK_ELEMENTS = 1 << 16;

    private static final long CACHE_LINE = 64;

    private final TensorSource source;
    private final MixtureTypes types;

    /** The tensors of a source; no tensor is touched before it is asked for. */
    public QuantizedWeights(TensorSource source, Mixture mixture, ModelTraits traits) {
        this.source = source;
        types = MixtureTypes.byName(mixture, traits, source.tensorNames());
    }

    @Override
    public String name() {
        return source.name();
    }

    @Override
    public Set<String> tensorNames() {
        return source.tensorNames();
    }

    @Override
    public Optional<Tensor> tensor(String tensorName) {
        return source.tensor(tensorName);
    }

    @Override
    public Optional<Tensor> tensor(String tensorName, Shape expected) {
        return source.tensor(tensorName, expected).map(found -> converted(tensorName, found));
    }

    @Override
    public Optional<Tensor> beginning(String tensorName, Shape shape) {
        return source.beginning(tensorName, shape).map(found -> converted(tensorName, found));
    }

    /** The type that a tensor will have. */
    DType type(String tensorName, DType dtype, Shape shape) {
        if (BlockFormats.of(dtype).isEmpty()) {
            return dtype;
        }
        return types.of(tensorName, shape)
                .filter(target -> bits(target) < bits(dtype))
                .orElse(dtype);
    }

    private static double bits(DType dtype) {
        return 8.0 * dtype.blockBytes() / dtype.blockSize();
    }

    private Tensor converted(String tensorName, Tensor tensor) {
        DType target = type(tensorName, tensor.dtype(), tensor.shape());
        if (target == tensor.dtype()) {
            return tensor;
        }
        long numElements = tensor.shape().numElements();
        MemorySegment bytes = Arena.ofAuto().allocate(target.bytesFor(numElements), CACHE_LINE);
        LongStream.range(0, Math.ceilDiv(numElements, TASK_ELEMENTS))
                .parallel()
                .forEach(task -> convert(tensorName, tensor, target, task * TASK_ELEMENTS, bytes));
        return new Tensor(target, tensor.shape(), bytes);
    }

    private static void convert(
            String tensorName, Tensor tensor, DType target, long first, MemorySegment bytes) {
        int count = (int) Math.min(TASK_ELEMENTS, tensor.shape().numElements() - first);
        MemorySegment part = bytes.asSlice(target.bytesFor(first), target.bytesFor(count));
        new RowsTask(tensorName, tensor, target, first, count, part).call();
    }
}
