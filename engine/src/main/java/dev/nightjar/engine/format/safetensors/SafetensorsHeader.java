package dev.nightjar.engine.format.safetensors;

import dev.nightjar.engine.format.MalformedFileException;
import dev.nightjar.engine.format.json.JsonReader;
import dev.nightjar.engine.format.json.JsonValue;
import dev.nightjar.engine.format.json.JsonValue.JsonArray;
import dev.nightjar.engine.format.json.JsonValue.JsonInteger;
import dev.nightjar.engine.format.json.JsonValue.JsonObject;
import dev.nightjar.engine.format.json.JsonValue.JsonString;
import dev.nightjar.kernels.tensor.DType;
import dev.nightjar.kernels.tensor.Shape;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads and checks the header of a safetensors file, little-endian:
 *
 * <table>
 * <caption>Layout</caption>
 * <tr><td>bytes 0–7</td><td>n, length of the header, uint64, at most 100 million</td></tr>
 * <tr><td>8 … 8 + n</td><td>a JSON object, padded with spaces: per tensor {@code "name": {"dtype":
 * "F16", "shape": [rows, cols], "data_offsets": [begin, end]}}, and possibly {@code
 * "__metadata__"} with strings</td></tr>
 * <tr><td>from 8 + n</td><td>the data; offsets count from here, end is exclusive</td></tr>
 * </table>
 *
 * <p>Tensors must not overlap; they need no alignment. Bytes between them are ignored.
 */
final class SafetensorsHeader {
    private static final String METADATA = "__metadata__";
    private static final long MAX_HEADER_BYTES = 100_000_000;
    private static final int MAX_RANK = 16;
    private static final int START = 8;
    private static final ValueLayout.OfLong LONG =
            ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final MemorySegment data;
    private final String file;
    private final Map<String, String> metadata = new LinkedHashMap<>();
    private final Map<String, SafetensorsTensor> tensors = new LinkedHashMap<>();
    private long dataStart;

    private SafetensorsHeader(MemorySegment data, String file) {
        this.data = data;
        this.file = file;
    }

    /**
     * Reads the header of a mapped file.
     *
     * @throws MalformedFileException if anything in it does not hold
     */
    static SafetensorsHeader read(MemorySegment data, String file) {
        SafetensorsHeader header = new SafetensorsHeader(data, file);
        header.read();
        return header;
    }

    /** Free text that writers add. */
    Map<String, String> metadata() {
        return metadata;
    }

    /** All tensors by name, in the order of the header. */
    Map<String, SafetensorsTensor> tensors() {
        return tensors;
    }

    private void read() {
        long length = headerLength();
        dataStart = START + length;
        byte[] json = data.asSlice(START, length).toArray(ValueLayout.JAVA_BYTE);
        JsonObject root = JsonReader.readObject(json, file, START);
        root.members()
                .forEach(
                        (name, value) -> {
                            if (name.equals(METADATA)) {
                                readMetadata(value);
                            } else {
                                tensors.put(name, tensor(name, value));
                            }
                        });
        requireDisjoint();
    }

    private long headerLength() {
        if (data.byteSize() < START) {
            throw error(
                    "header length",
                    "expected 8 bytes, found a file of %d; is it complete?"
                            .formatted(data.byteSize()));
        }
        long length = data.get(LONG, 0);
        if (length < 2 || length > Math.min(MAX_HEADER_BYTES, data.byteSize() - START)) {
            throw error(
                    "header length",
                    "expected 2 to %d in a file of %d bytes, found %s; is it a safetensors file?"
                            .formatted(
                                    MAX_HEADER_BYTES,
                                    data.byteSize(),
                                    Long.toUnsignedString(length)));
        }
        return length;
    }

    private void readMetadata(JsonValue value) {
        if (!(value instanceof JsonObject object)) {
            throw error(METADATA, "expected an object, found " + value.kind());
        }
        object.members()
                .forEach(
                        (key, text) -> {
                            if (!(text instanceof JsonString string)) {
                                throw error(
                                        METADATA + "." + key,
                                        "expected a string, found " + text.kind());
                            }
                            metadata.put(key, string.value());
                        });
    }

    private SafetensorsTensor tensor(String name, JsonValue value) {
        String field = "tensor " + name;
        if (!(value instanceof JsonObject entry)) {
            throw error(field, "expected an object, found " + value.kind());
        }
        DType dtype = dtype(field, entry);
        Shape shape = shape(field, integers(field, entry, "shape"));
        long[] offsets = integers(field, entry, "data_offsets");
        long available = data.byteSize() - dataStart;
        if (offsets.length != 2
                || offsets[0] < 0
                || offsets[1] < offsets[0]
                || offsets[1] > available) {
            throw error(
                    field,
                    "expected data_offsets of begin and end within %d bytes of data, found %s; is the file complete?"
                            .formatted(available, Arrays.toString(offsets)));
        }
        long bytes = offsets[1] - offsets[0];
        long elements = shape.numElements();
        if (elements > bytes / dtype.blockBytes() || dtype.bytesFor(elements) != bytes) {
            throw error(
                    field,
                    "expected the bytes of %s %s, found %d bytes by data_offsets"
                            .formatted(dtype, shape, bytes));
        }
        return new SafetensorsTensor(name, dtype, shape, dataStart + offsets[0], bytes);
    }

    private DType dtype(String field, JsonObject entry) {
        if (!(entry.members().get("dtype") instanceof JsonString name)) {
            throw error(field, "expected dtype, a string, found none");
        }
        Optional<DType> dtype = SafetensorsTypes.of(name.value());
        return dtype.orElseThrow(
                () ->
                        error(
                                field,
                                "expected one of the types %s, found %s"
                                        .formatted(SafetensorsTypes.known(), name.value())));
    }

    private Shape shape(String field, long[] dims) {
        if (dims.length > MAX_RANK) {
            throw error(
                    field,
                    "expected at most %d dimensions, found %d".formatted(MAX_RANK, dims.length));
        }
        long product = 1;
        for (long dim : dims) {
            if (dim < 0 || Math.multiplyHigh(product, dim) != 0 || product * dim < 0) {
                throw error(
                        field,
                        "expected dimensions from 0 whose product is below 2^63, found %s"
                                .formatted(Arrays.toString(dims)));
            }
            product *= dim;
        }
        return new Shape(dims);
    }

    private long[] integers(String field, JsonObject entry, String key) {
        if (!(entry.members().get(key) instanceof JsonArray array)) {
            throw error(field, "expected %s, an array, found none".formatted(key));
        }
        return array.elements().stream()
                .mapToLong(
                        element -> {
                            if (element instanceof JsonInteger integer) {
                                return integer.value();
                            }
                            throw error(
                                    field,
                                    "expected integers in %s, found %s"
                                            .formatted(key, element.kind()));
                        })
                .toArray();
    }

    /** Refuses tensors that share bytes; O(n log n). */
    private void requireDisjoint() {
        List<SafetensorsTensor> ordered = new ArrayList<>(tensors.values());
        ordered.removeIf(tensor -> tensor.bytes() == 0);
        ordered.sort(Comparator.comparingLong(SafetensorsTensor::offset));
        for (int i = 1; i < ordered.size(); i++) {
            SafetensorsTensor before = ordered.get(i - 1);
            SafetensorsTensor tensor = ordered.get(i);
            if (tensor.offset() < before.end()) {
                throw new MalformedFileException(
                        file,
                        "tensor " + tensor.name(),
                        tensor.offset(),
                        "expected tensors that do not overlap, found %s up to byte %d"
                                .formatted(before.name(), before.end()));
            }
        }
    }

    private MalformedFileException error(String field, String problem) {
        return new MalformedFileException(file, field, 0, problem);
    }
}
