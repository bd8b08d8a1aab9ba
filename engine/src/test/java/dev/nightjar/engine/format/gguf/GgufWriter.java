package dev.nightjar.engine.format.gguf;

import dev.nightjar.kernels.tensor.DType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Builds GGUF files for tests: models of a few kilobytes, and files that lie. Dimensions are given
 * outermost first, as in {@link dev.nightjar.kernels.tensor.Shape}; tensors are laid out one behind
 * the other, aligned.
 */
public final class GgufWriter {
    private record Entry(String name, int typeId, long[] dims, byte[] data, OptionalLong offset) {}

    private final ByteArrayOutputStream metadata = new ByteArrayOutputStream();
    private final List<Entry> tensors = new ArrayList<>();
    private int version = 3;
    private int alignment = 32;
    private long numPairs;
    private OptionalLong statedPairs = OptionalLong.empty();
    private OptionalLong statedTensors = OptionalLong.empty();
    private OptionalInt dataBytes = OptionalInt.empty();

    /** Begins a file without keys and tensors. */
    public GgufWriter() {}

    /** The version to write; 3 unless set. */
    public GgufWriter version(int newVersion) {
        version = newVersion;
        return this;
    }

    /** Aligns tensors to so many bytes and says so in {@code general.alignment}. */
    public GgufWriter alignment(int newAlignment) {
        alignment = newAlignment;
        return uint32("general.alignment", newAlignment);
    }

    public GgufWriter string(String key, String value) {
        return raw(key, GgufType.STRING.id(), stringBytes(value));
    }

    public GgufWriter bool(String key, boolean value) {
        return raw(key, GgufType.BOOL.id(), new byte[] {(byte) (value ? 1 : 0)});
    }

    public GgufWriter uint32(String key, long value) {
        return raw(key, GgufType.UINT32.id(), intBytes((int) value));
    }

    public GgufWriter int32(String key, int value) {
        return raw(key, GgufType.INT32.id(), intBytes(value));
    }

    public GgufWriter uint64(String key, long value) {
        return raw(key, GgufType.UINT64.id(), longBytes(value));
    }

    public GgufWriter float32(String key, double value) {
        return raw(key, GgufType.FLOAT32.id(), intBytes(Float.floatToIntBits((float) value)));
    }

    public GgufWriter float64(String key, double value) {
        return raw(key, GgufType.FLOAT64.id(), longBytes(Double.doubleToLongBits(value)));
    }

    public GgufWriter strings(String key, List<String> values) {
        ByteArrayOutputStream elements = new ByteArrayOutputStream();
        values.forEach(value -> elements.writeBytes(stringBytes(value)));
        return array(key, GgufType.STRING, values.size(), elements.toByteArray());
    }

    public GgufWriter ints(String key, int... values) {
        ByteBuffer elements = buffer(4 * values.length);
        elements.asIntBuffer().put(values);
        return array(key, GgufType.INT32, values.length, elements.array());
    }

    public GgufWriter floats(String key, float... values) {
        ByteBuffer elements = buffer(4 * values.length);
        elements.asFloatBuffer().put(values);
        return array(key, GgufType.FLOAT32, values.length, elements.array());
    }

    /** An array whose stated count and element bytes need not agree. */
    public GgufWriter array(String key, GgufType elementType, long count, byte[] elements) {
        ByteBuffer value = buffer(12 + elements.length);
        value.putInt(elementType.id()).putLong(count).put(elements);
        return raw(key, GgufType.ARRAY.id(), value.array());
    }

    /** A key with any type id and any bytes behind it. */
    public GgufWriter raw(String key, int typeId, byte[] value) {
        metadata.writeBytes(stringBytes(key));
        metadata.writeBytes(intBytes(typeId));
        metadata.writeBytes(value);
        numPairs++;
        return this;
    }

    /** A tensor of zeros. */
    public GgufWriter zeros(String name, DType dtype, long... dims) {
        long numElements = 1;
        for (long dim : dims) {
            numElements *= dim;
        }
        return tensor(name, dtype, new byte[Math.toIntExact(dtype.bytesFor(numElements))], dims);
    }

    /** A tensor of plain floats. */
    public GgufWriter floatTensor(String name, float[] values, long... dims) {
        ByteBuffer data = buffer(4 * values.length);
        data.asFloatBuffer().put(values);
        return tensor(name, DType.F32, data.array(), dims);
    }

    /** A tensor with the given bytes. */
    public GgufWriter tensor(String name, DType dtype, byte[] data, long... dims) {
        tensors.add(new Entry(name, dtype.ggufId(), dims.clone(), data, OptionalLong.empty()));
        return this;
    }

    /** An entry that may lie: any type id and offset, and no data of its own. */
    public GgufWriter entry(String name, int typeId, long offset, long... dims) {
        tensors.add(new Entry(name, typeId, dims.clone(), new byte[0], OptionalLong.of(offset)));
        return this;
    }

    /** States another number of tensors than there are. */
    public GgufWriter statedTensors(long count) {
        statedTensors = OptionalLong.of(count);
        return this;
    }

    /** States another number of key-value pairs than there are. */
    public GgufWriter statedPairs(long count) {
        statedPairs = OptionalLong.of(count);
        return this;
    }

    /** Makes the data of all tensors together this long, with zeros or by cutting it off. */
    public GgufWriter dataBytes(int newBytes) {
        dataBytes = OptionalInt.of(newBytes);
        return this;
    }

    /** The file. */
    public byte[] toBytes() {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        file.writeBytes("GGUF".getBytes(StandardCharsets.US_ASCII));
        file.writeBytes(intBytes(version));
        file.writeBytes(longBytes(statedTensors.orElse(tensors.size())));
        file.writeBytes(longBytes(statedPairs.orElse(numPairs)));
        file.writeBytes(metadata.toByteArray());
        for (Entry tensor : tensors) {
            file.writeBytes(entryBytes(tensor, tensor.offset.orElse(data.size())));
            data.writeBytes(tensor.data);
            pad(data);
        }
        if (!tensors.isEmpty()) {
            pad(file);
        }
        byte[] bytes = data.toByteArray();
        file.writeBytes(Arrays.copyOf(bytes, dataBytes.orElse(bytes.length)));
        return file.toByteArray();
    }

    /** The file in memory. */
    public MemorySegment toSegment() {
        return MemorySegment.ofArray(toBytes());
    }

    /** Opens what was written; the file lives on the heap. */
    public GgufFile toFile() {
        return GgufFile.of(toSegment(), "test.gguf");
    }

    /** Writes the file to disk. */
    public Path write(Path path) {
        try {
            return Files.write(path, toBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] entryBytes(Entry tensor, long offset) {
        byte[] name = stringBytes(tensor.name);
        ByteBuffer entry = buffer(name.length + 4 + 8 * tensor.dims.length + 4 + 8);
        entry.put(name).putInt(tensor.dims.length);
        for (int axis = tensor.dims.length - 1; axis >= 0; axis--) {
            entry.putLong(tensor.dims[axis]);
        }
        return entry.putInt(tensor.typeId).putLong(offset).array();
    }

    private void pad(ByteArrayOutputStream out) {
        while (out.size() % alignment != 0) {
            out.write(0);
        }
    }

    private static byte[] stringBytes(String value) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        return buffer(8 + bytes.length).putLong(bytes.length).put(bytes).array();
    }

    private static byte[] intBytes(int value) {
        return buffer(4).putInt(value).array();
    }

    private static byte[] longBytes(long value) {
        return buffer(8).putLong(value).array();
    }

    private static ByteBuffer buffer(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
