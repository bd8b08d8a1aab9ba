package dev.nightjar.engine.format.torch;

import dev.nightjar.engine.format.MalformedFileException;
import dev.nightjar.engine.format.lazy.LazyTensor;
import dev.nightjar.engine.format.pickle.PickleReader;
import dev.nightjar.engine.format.pickle.PickleValue;
import dev.nightjar.engine.format.pickle.PickleValue.PickleBoolean;
import dev.nightjar.engine.format.pickle.PickleValue.PickleDict;
import dev.nightjar.engine.format.pickle.PickleValue.PickleInteger;
import dev.nightjar.engine.format.pickle.PickleValue.PickleList;
import dev.nightjar.engine.format.pickle.PickleValue.PickleText;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.math.BigInteger;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;

/**
 * The form of before 2020: pickles one behind the other – a magic number, the protocol 1001, a
 * dictionary about the machine, the object, a list of storage keys – and then for each key, in that
 * order, the number of elements as int64 and the elements.
 */
final class LegacyTorch {
    private static final BigInteger MAGIC = new BigInteger("1950a86a20f9469cfc6c", 16);
    private static final long PROTOCOL = 1001;
    private static final ValueLayout.OfLong LONG =
            ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final MemorySegment data;
    private final String file;
    private final Map<String, Long> dataOffsets = new HashMap<>();
    private long position;

    private LegacyTorch(MemorySegment data, String file) {
        this.data = data;
        this.file = file;
    }

    /** Whether a file begins with a pickle of protocol 2 or 3 of an integer of ten bytes. */
    static boolean isLegacy(MemorySegment data) {
        if (data.byteSize() < 4 || data.get(ValueLayout.JAVA_BYTE, 0) != (byte) 0x80) {
            return false;
        }
        int protocol = data.get(ValueLayout.JAVA_BYTE, 1);
        return (protocol == 2 || protocol == 3)
                && data.get(ValueLayout.JAVA_BYTE, 2) == (byte) 0x8a
                && data.get(ValueLayout.JAVA_BYTE, 3) == 10;
    }

    static Map<String, LazyTensor> tensors(MemorySegment data, String file) {
        return new LegacyTorch(data, file).read();
    }

    private Map<String, LazyTensor> read() {
        requireInteger("magic number", MAGIC);
        requireInteger("protocol", BigInteger.valueOf(PROTOCOL));
        requireLittleEndian(pickle());
        PickleValue object = pickle();
        long keysAt = position;
        if (!(pickle() instanceof PickleList keys)) {
            throw error("storage keys", keysAt, "expected a list of them, found none");
        }
        Map<String, Long> widths = StorageWidths.of(object);
        for (PickleValue key : keys.elements()) {
            locate(key, widths);
        }
        TensorReader reader = new TensorReader(file, data.byteSize(), this::storage);
        return TensorTree.collect(file, object, reader);
    }

    private PickleValue pickle() {
        PickleReader.Result result =
                PickleReader.read(data, file, 0, position, TorchNames.globals());
        position = result.end();
        return result.value();
    }

    private void requireInteger(String field, BigInteger expected) {
        long at = position;
        PickleValue value = pickle();
        if (!(value instanceof PickleInteger integer) || !integer.value().equals(expected)) {
            throw error(field, at, "expected %s, found %s".formatted(expected, value.kind()));
        }
    }

    private void requireLittleEndian(PickleValue machine) {
        if (machine instanceof PickleDict dict) {
            for (PickleDict.Entry entry : dict.entries()) {
                boolean isOrder =
                        entry.key() instanceof PickleText key
                                && key.value().equals("little_endian");
                if (isOrder && entry.value() == PickleBoolean.FALSE) {
                    throw error("machine", position, "expected little-endian elements, found big");
                }
            }
        }
    }

    /** Finds the elements of the next storage and steps over them. */
    private void locate(PickleValue key, Map<String, Long> widths) {
        if (!(key instanceof PickleText text) || !widths.containsKey(text.value())) {
            throw error("storage keys", position, "expected keys that tensors use, found another");
        }
        if (data.byteSize() - position < 8) {
            throw error(
                    "storage " + text.value(), position, "found the end; is the file complete?");
        }
        long numElements = data.get(LONG, position);
        long width = widths.get(text.value());
        long available = data.byteSize() - position - 8;
        if (numElements < 0 || numElements > available / width) {
            throw error(
                    "storage " + text.value(),
                    position,
                    "expected at most %d elements, found %s; is the file complete?"
                            .formatted(available / width, Long.toUnsignedString(numElements)));
        }
        dataOffsets.put(text.value(), position);
        position += 8 + numElements * width;
    }

    private MemorySegment storage(String key, long bytes) {
        Long at = dataOffsets.get(key);
        if (at == null) {
            throw error("storage " + key, position, "expected its elements, found none");
        }
        if (bytes > data.byteSize() - at - 8) {
            throw error("storage " + key, at, "expected %d bytes, found fewer".formatted(bytes));
        }
        return data.asSlice(at + 8, bytes);
    }

    private MalformedFileException error(String field, long at, String problem) {
        return new MalformedFileException(file, field, at, problem);
    }
}
