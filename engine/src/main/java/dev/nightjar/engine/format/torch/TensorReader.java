package dev.nightjar.engine.format.torch;

import dev.nightjar.engine.format.ModelFormatException;
import dev.nightjar.engine.format.lazy.LazyTensor;
import dev.nightjar.engine.format.pickle.PickleValue;
import dev.nightjar.engine.format.pickle.PickleValue.PickleCall;
import dev.nightjar.engine.format.pickle.PickleValue.PickleInteger;
import dev.nightjar.engine.format.pickle.PickleValue.PicklePersistent;
import dev.nightjar.engine.format.pickle.PickleValue.PickleSymbol;
import dev.nightjar.engine.format.pickle.PickleValue.PickleText;
import dev.nightjar.engine.format.pickle.PickleValue.PickleTuple;
import dev.nightjar.kernels.tensor.DType;
import dev.nightjar.kernels.tensor.Shape;
import dev.nightjar.kernels.tensor.Tensor;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Makes tensors of the calls that would rebuild them: {@code _rebuild_tensor_v2(storage, offset,
 * size, stride, …)}, where the storage is a reference {@code ('storage', type, key, device, number
 * of elements)}. Offset and strides count elements. Rows one behind the other are used in place;
 * any other strides make a copy when the tensor is first needed.
 */
final class TensorReader {
    private static final int MAX_RANK = 16;
    private static final int MAX_COPIES = 4;
    private static final int MAX_WRAPPING = 4;
    private static final Set<String> REBUILDERS =
            Set.of(
                    TorchNames.REBUILD_TENSOR,
                    TorchNames.REBUILD_TENSOR_2,
                    TorchNames.REBUILD_TENSOR_3,
                    TorchNames.REBUILD_PARAMETER,
                    TorchNames.REBUILD_FROM_TYPE);

    private final String file;
    private final Storages storages;
    private long copyable;

    /**
     * Takes what tensors are made of.
     *
     * @param fileBytes copies of all tensors together take at most four times as much
     */
    TensorReader(String file, long fileBytes, Storages storages) {
        this.file = file;
        this.storages = storages;
        this.copyable = fileBytes * MAX_COPIES;
    }

    private record Storage(DType dtype, String key, long offset, long numElements) {}

    /** Whether a call would rebuild a tensor. */
    static boolean isTensor(PickleCall call) {
        return call.function() instanceof PickleSymbol symbol
                && REBUILDERS.contains(symbol.toString());
    }

    /**
     * The tensor that a call would rebuild.
     *
     * @throws ModelFormatException if it does not fit its storage
     */
    LazyTensor tensor(String name, PickleCall call) {
        PickleCall rebuilding = call;
        for (int i = 0; i < MAX_WRAPPING; i++) {
            String function = rebuilding.function().toString();
            List<PickleValue> arguments = arguments(name, rebuilding);
            switch (function) {
                case TorchNames.REBUILD_PARAMETER ->
                        rebuilding = wrapped(name, arguments.getFirst());
                case TorchNames.REBUILD_FROM_TYPE ->
                        rebuilding =
                                PickleCall.of(
                                        argument(name, arguments, 0), argument(name, arguments, 2));
                default -> {
                    return tensor(name, function, arguments);
                }
            }
        }
        throw error(name, "expected a tensor, found one wrapped too often");
    }

    private PickleCall wrapped(String name, PickleValue value) {
        if (value instanceof PickleCall call && isTensor(call)) {
            return call;
        }
        throw error(name, "expected a tensor, found " + value.kind());
    }

    private List<PickleValue> arguments(String name, PickleCall call) {
        if (isTensor(call)
                && call.arguments() instanceof PickleTuple tuple
                && !tuple.elements().isEmpty()) {
            return tuple.elements();
        }
        throw error(name, "expected a tensor with arguments, found " + call.kind());
    }

    private LazyTensor tensor(String name, String function, List<PickleValue> arguments) {
        Optional<DType> explicit =
                function.equals(TorchNames.REBUILD_TENSOR_3)
                        ? dtype(argument(name, arguments, 6))
                        : Optional.empty();
        Storage storage = storage(name, argument(name, arguments, 0), explicit);
        long offset = integer(name, argument(name, arguments, 1));
        long[] size = integers(name, argument(name, arguments, 2));
        long[] stride = integers(name, argument(name, arguments, 3));
        Shape shape = shape(name, storage, offset, size, stride);
        DType dtype = storage.dtype;
        int width = dtype.blockBytes();
        MemorySegment all =
                storages.find(storage.key, (storage.offset + storage.numElements) * width);
        MemorySegment data = all.asSlice(storage.offset * width, storage.numElements * width);
        if (Strides.isContiguous(size, stride)) {
            long bytes = shape.numElements() * width;
            return LazyTensor.of(new Tensor(dtype, shape, data.asSlice(offset * width, bytes)));
        }
        copyable -= shape.numElements() * width;
        if (copyable < 0) {
            throw error(name, "expected few tensors that must be copied, found too many");
        }
        return LazyTensor.of(
                dtype,
                shape,
                loading ->
                        new Tensor(
                                dtype,
                                shape,
                                Strides.copy(data, offset, size, stride, width, loading.memory())));
    }

    /** Checks that every element lies in the storage, without overflow. */
    private Shape shape(String name, Storage storage, long offset, long[] size, long[] stride) {
        if (size.length != stride.length || size.length > MAX_RANK) {
            throw error(
                    name,
                    "expected as many strides as dimensions and at most %d, found %d and %d"
                            .formatted(MAX_RANK, stride.length, size.length));
        }
        boolean isEmpty = false;
        for (int i = 0; i < size.length; i++) {
            if (size[i] < 0 || stride[i] < 0) {
                throw error(name, "expected sizes and strides from 0, found negative ones");
            }
            isEmpty |= size[i] == 0;
        }
        long numElements = isEmpty ? 0 : 1;
        long last = offset;
        try {
            for (int i = 0; i < size.length && !isEmpty; i++) {
                numElements = Math.multiplyExact(numElements, size[i]);
                last = Math.addExact(last, Math.multiplyExact(size[i] - 1, stride[i]));
            }
        } catch (ArithmeticException overflow) {
            throw error(name, "expected a tensor within its storage, found sizes beyond 2^63");
        }
        boolean fits = isEmpty ? offset <= storage.numElements : last < storage.numElements;
        if (offset < 0 || !fits || numElements > storage.numElements) {
            throw error(
                    name,
                    "expected a tensor within the %d elements of its storage, found %d from %d to %d"
                            .formatted(storage.numElements, numElements, offset, last));
        }
        return isEmpty ? emptyShape(name, size) : new Shape(size);
    }

    private Shape emptyShape(String name, long[] size) {
        try {
            return new Shape(size);
        } catch (ArithmeticException overflow) {
            throw error(name, "expected dimensions whose product is below 2^63, found more");
        }
    }

    private Storage storage(String name, PickleValue value, Optional<DType> explicit) {
        if (!(value instanceof PicklePersistent reference)
                || !(reference.id() instanceof PickleTuple id)
                || id.elements().size() < 5
                || !(id.elements().get(1) instanceof PickleSymbol type)) {
            throw error(name, "expected a reference to a storage, found " + value.kind());
        }
        List<PickleValue> parts = id.elements();
        DType dtype =
                explicit.or(() -> TorchNames.storageType(type.toString()))
                        .orElseThrow(
                                () ->
                                        error(
                                                name,
                                                "expected elements of a known type, found "
                                                        + type));
        long stated = integer(name, parts.get(4));
        // An untyped storage counts bytes.
        long numElements =
                explicit.isPresent() && TorchNames.storageType(type.toString()).isEmpty()
                        ? stated / dtype.blockBytes()
                        : stated;
        if (numElements < 0 || numElements > Long.MAX_VALUE / 64) {
            throw error(name, "expected a storage of 0 or more elements, found " + numElements);
        }
        long offset = parts.size() > 5 ? viewOffset(name, parts.get(5)) : 0;
        return new Storage(dtype, text(name, parts.get(2)), offset, numElements);
    }

    /**
     * Older files may have a storage that is a part of another: key, offset, number of elements.
     */
    private long viewOffset(String name, PickleValue view) {
        if (!(view instanceof PickleTuple tuple) || tuple.elements().size() < 3) {
            return 0;
        }
        long offset = integer(name, tuple.elements().get(1));
        if (offset < 0 || offset > Long.MAX_VALUE / 128) {
            throw error(name, "expected an offset from 0, found " + offset);
        }
        return offset;
    }

    private static Optional<DType> dtype(PickleValue value) {
        return value instanceof PickleSymbol symbol
                ? TorchNames.type(symbol.toString())
                : Optional.empty();
    }

    private PickleValue argument(String name, List<PickleValue> arguments, int index) {
        if (index >= arguments.size()) {
            throw error(
                    name,
                    "expected at least %d arguments, found %d"
                            .formatted(index + 1, arguments.size()));
        }
        return arguments.get(index);
    }

    private long[] integers(String name, PickleValue value) {
        return switch (value) {
            case PickleTuple tuple ->
                    tuple.elements().stream().mapToLong(e -> integer(name, e)).toArray();
            // torch.Size of a tuple.
            case PickleCall call
                    when call.arguments() instanceof PickleTuple arguments
                            && arguments.elements().size() == 1
                            && arguments.elements().getFirst() instanceof PickleTuple tuple ->
                    tuple.elements().stream().mapToLong(e -> integer(name, e)).toArray();
            default -> throw error(name, "expected a tuple of integers, found " + value.kind());
        };
    }

    private long integer(String name, PickleValue value) {
        if (value instanceof PickleInteger integer && integer.value().bitLength() < 63) {
            return integer.value().longValue();
        }
        throw error(name, "expected an integer below 2^62, found " + value.kind());
    }

    private String text(String name, PickleValue value) {
        if (value instanceof PickleText text) {
            return text.value();
        }
        throw error(name, "expected a string, found " + value.kind());
    }

    private ModelFormatException error(String name, String problem) {
        return new ModelFormatException("%s: tensor %s: %s".formatted(file, name, problem));
    }
}
