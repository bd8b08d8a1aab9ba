package dev.nightjar.engine.format.torch;

import dev.nightjar.engine.format.pickle.PickleGlobals;
import dev.nightjar.kernels.tensor.DType;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The names that files of tensors use, and what those of element types mean. */
final class TorchNames {

    static final String REBUILD_TENSOR = "torch._utils._rebuild_tensor";
    static final String REBUILD_TENSOR_2 = "torch._utils._rebuild_tensor_v2";
    static final String REBUILD_TENSOR_3 = "torch._utils._rebuild_tensor_v3";
    static final String REBUILD_PARAMETER = "torch._utils._rebuild_parameter";
    static final String REBUILD_FROM_TYPE = "torch._tensor._rebuild_from_type_v2";
    static final String ORDERED_DICT = "collections.OrderedDict";

    private static final Map<String, DType> STORAGES =
            Map.of(
                    "torch.DoubleStorage", DType.F64,
                    "torch.FloatStorage", DType.F32,
                    "torch.HalfStorage", DType.F16,
                    "torch.BFloat16Storage", DType.BF16,
                    "torch.LongStorage", DType.I64,
                    "torch.IntStorage", DType.I32,
                    "torch.ShortStorage", DType.I16,
                    "torch.CharStorage", DType.I8,
                    "torch.ByteStorage", DType.U8,
                    "torch.BoolStorage", DType.BOOL);

    private static final Map<String, DType> TYPES =
            Map.ofEntries(
                    Map.entry("torch.float64", DType.F64),
                    Map.entry("torch.float32", DType.F32),
                    Map.entry("torch.float16", DType.F16),
                    Map.entry("torch.bfloat16", DType.BF16),
                    Map.entry("torch.int64", DType.I64),
                    Map.entry("torch.int32", DType.I32),
                    Map.entry("torch.int16", DType.I16),
                    Map.entry("torch.int8", DType.I8),
                    Map.entry("torch.uint8", DType.U8),
                    Map.entry("torch.uint16", DType.U16),
                    Map.entry("torch.uint32", DType.U32),
                    Map.entry("torch.uint64", DType.U64),
                    Map.entry("torch.bool", DType.BOOL),
                    Map.entry("torch.float8_e4m3fn", DType.F8_E4M3),
                    Map.entry("torch.float8_e5m2", DType.F8_E5M2));

    /** Beside tensors: containers, and the plain values of what training leaves behind. */
    private static final Set<String> OTHERS =
            Set.of(
                    REBUILD_TENSOR,
                    REBUILD_TENSOR_2,
                    REBUILD_TENSOR_3,
                    REBUILD_PARAMETER,
                    REBUILD_FROM_TYPE,
                    ORDERED_DICT,
                    "collections.defaultdict",
                    "builtins.dict",
                    "builtins.list",
                    "builtins.set",
                    "__builtin__.dict",
                    "__builtin__.list",
                    "__builtin__.set",
                    "_codecs.encode",
                    "numpy.dtype",
                    "numpy.core.multiarray.scalar",
                    "numpy._core.multiarray.scalar",
                    "torch.Size",
                    "torch.Tensor",
                    "torch.device",
                    "torch.nn.parameter.Parameter",
                    "torch.storage.UntypedStorage",
                    "torch.storage._LegacyStorage");

    private TorchNames() {}

    /** Everything that a file may name. */
    static PickleGlobals globals() {
        Set<String> names = new HashSet<>(OTHERS);
        names.addAll(STORAGES.keySet());
        names.addAll(TYPES.keySet());
        return new PickleGlobals(names);
    }

    /** The element type of a storage class. */
    static Optional<DType> storageType(String name) {
        return Optional.ofNullable(STORAGES.get(name));
    }

    /** An element type. */
    static Optional<DType> type(String name) {
        return Optional.ofNullable(TYPES.get(name));
    }
}
