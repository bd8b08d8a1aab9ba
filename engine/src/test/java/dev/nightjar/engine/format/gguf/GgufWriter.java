package dev.nightjar.engine.format.gguf;

import dev.nightjar.kernels.tensor.DType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
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

    private final GgufPairs pairs = new GgufPairs();
    private final List<Entry> tensors = new ArrayList<>();
    private int version = 3;
    private int alignment = 32;
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
        pairs.string(key, value);
        return this;
    }

    public GgufWriter bool(String key, boolean value) {
        pairs.bool(key, value);
        return this;
    }

    public GgufWriter uint32(String key, long value) {
        pairs.uint32(key, value);
        return this;
    }

    public GgufWriter int32(String key, int value) {
        pairs.int32(key, value);
        return this;
    }

    public GgufWriter uint64(String key, long value) {
        pairs.uint64(key, value);
        return this;
    }

    public GgufWriter float32(String key, double value) {
        pairs.float32(key, value);
        return this;
    }

    public GgufWriter float64(String key, double value) {
        pairs.float64(key, value);
        return this;
    }

    public GgufWriter strings(String key, List<String> values) {
        pairs.strings(key, values);
        return this;
    }

    public GgufWriter ints(String key, int... values) {
        pairs.ints(key, values);
        return this;
    }

    public GgufWriter floats(String key, float... values) {
        pairs.floats(key, values);
        return this;
    }

    /** An array whose stated count and element bytes need not agree. */
    public GgufWriter array(String key, GgufType elementType, long count, byte[] elements) {
        pairs.array(key, elementType, count, elements);
        return this;
    }

    /** A key with any type id and any bytes behind it. */
    public GgufWriter raw(String key, int typeId, byte[] value) {
        pairs.raw(key, typeId, value);
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
        return tensor(name, DType.F32, GgufBytes.floats(values), dims);
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
        file.writeBytes(GgufBytes.int32(version));
        file.writeBytes(GgufBytes.int64(statedTensors.orElse(tensors.size())));
        file.writeBytes(GgufBytes.int64(statedPairs.orElse(pairs.count())));
        file.writeBytes(pairs.toBytes());
        for (Entry tensor : tensors) {
            long offset = tensor.offset.orElse(data.size());
            file.writeBytes(GgufBytes.tensor(tensor.name, tensor.dims, tensor.typeId, offset));
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

    private void pad(ByteArrayOutputStream out) {
        while (out.size() % alignment != 0) {
            out.write(0);
        }
    }
}
