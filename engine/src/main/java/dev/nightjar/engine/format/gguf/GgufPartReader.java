package dev.nightjar.engine.format.gguf;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;

/**
 * Reads one GGUF file, little-endian:
 *
 * <table>
 * <caption>Layout of versions 2 and 3</caption>
 * <tr><td>bytes 0–3</td><td>{@code GGUF}</td></tr>
 * <tr><td>4–7</td><td>version, uint32</td></tr>
 * <tr><td>8–15</td><td>number of tensors, uint64</td></tr>
 * <tr><td>16–23</td><td>number of key-value pairs, uint64</td></tr>
 * <tr><td>then</td><td>per pair: key (string), type (uint32), value; a string is a uint64 length
 * and its UTF-8 bytes, an array is element type (uint32), count (uint64) and elements</td></tr>
 * <tr><td>then</td><td>per tensor: name (string), rank (uint32), dimensions (uint64 each, innermost
 * first), type (uint32), offset (uint64, relative to the data)</td></tr>
 * <tr><td>then</td><td>padding to the alignment, and the data of the tensors, each aligned</td></tr>
 * </table>
 *
 * <p>The alignment is 32 unless {@code general.alignment} says otherwise.
 */
final class GgufPartReader {
    /** The longest key that the format allows; also taken as the limit of tensor names. */
    private static final int MAX_NAME_BYTES = 65_535;

    private static final int MIN_PAIR_BYTES = 8 + 1 + 4 + 1;
    private static final int MAX_ARRAY_DEPTH = 4;
    private static final String ALIGNMENT_KEY = "general.alignment";
    private static final int DEFAULT_ALIGNMENT = 32;
    private static final int MIN_ALIGNMENT = 8;
    private static final int MAX_ALIGNMENT = 1 << 20;

    private final MemorySegment data;
    private final String file;
    private final int part;
    private final GgufReader reader;

    private GgufPartReader(MemorySegment data, String file, int part) {
        this.data = data;
        this.file = file;
        this.part = part;
        this.reader = new GgufReader(data, file);
    }

    /**
     * Parses and checks a file.
     *
     * @param part its number in a split checkpoint
     * @throws GgufFormatException if anything in it does not hold
     */
    static GgufPart read(MemorySegment data, String file, int part) {
        return new GgufPartReader(data, file, part).read();
    }

    private GgufPart read() {
        int version = GgufSignature.readVersion(reader);
        long numTensors = reader.count(GgufTensorHeader.MIN_BYTES, "tensor count");
        long numPairs = reader.count(MIN_PAIR_BYTES, "metadata count");
        GgufMetadata metadata = readMetadata(numPairs);
        int alignment = readAlignment(metadata);
        List<GgufTensorInfo> tensors = readTensors(numTensors, alignment);
        return new GgufPart(file, data, version, alignment, metadata, tensors);
    }

    private GgufMetadata readMetadata(long numPairs) {
        LinkedHashMap<String, GgufMetadata.Entry> entries = new LinkedHashMap<>();
        for (long i = 0; i < numPairs; i++) {
            long at = reader.position();
            String key = reader.string("metadata key", 1, MAX_NAME_BYTES);
            if (entries.put(key, readEntry(key)) != null) {
                throw reader.error(
                        "metadata key",
                        at,
                        "expected each key once, found %s again".formatted(key));
            }
        }
        return new GgufMetadata(data, file, entries);
    }

    private GgufMetadata.Entry readEntry(String key) {
        GgufType type = readType(key);
        if (type != GgufType.ARRAY) {
            long offset = reader.position();
            skipValue(key, type, 0);
            return new GgufMetadata.Entry(type, null, 0, offset, reader.position());
        }
        GgufType elementType = readType(key);
        long count = reader.count(elementType.minBytes(), key);
        long offset = reader.position();
        skipElements(key, elementType, count, 1);
        return new GgufMetadata.Entry(type, elementType, count, offset, reader.position());
    }

    private GgufType readType(String key) {
        long at = reader.position();
        int id = reader.int32(key);
        return GgufType.ofId(id)
                .orElseThrow(
                        () ->
                                reader.error(
                                        key,
                                        at,
                                        "expected a value type from 0 to 12, found "
                                                + Integer.toUnsignedString(id)));
    }

    private void skipValue(String key, GgufType type, int depth) {
        switch (type) {
            case STRING -> reader.skipString(key);
            case ARRAY -> {
                GgufType elementType = readType(key);
                long count = reader.count(elementType.minBytes(), key);
                skipElements(key, elementType, count, depth + 1);
            }
            default -> reader.skip(type.minBytes(), key);
        }
    }

    private void skipElements(String key, GgufType type, long count, int depth) {
        if (depth > MAX_ARRAY_DEPTH) {
            throw reader.error(
                    key,
                    reader.position(),
                    "expected arrays nested at most %d deep, found more"
                            .formatted(MAX_ARRAY_DEPTH));
        }
        switch (type) {
            case STRING -> reader.skipStrings(count, key);
            case ARRAY -> {
                for (long i = 0; i < count; i++) {
                    skipValue(key, type, depth);
                }
            }
            default -> reader.skip(count * type.minBytes(), key);
        }
    }

    private int readAlignment(GgufMetadata metadata) {
        long alignment = metadata.optionalLong(ALIGNMENT_KEY).orElse(DEFAULT_ALIGNMENT);
        if (alignment < MIN_ALIGNMENT
                || alignment > MAX_ALIGNMENT
                || Long.bitCount(alignment) != 1) {
            throw metadata.error(
                    ALIGNMENT_KEY,
                    "expected a power of two from %d to %d, found %d"
                            .formatted(MIN_ALIGNMENT, MAX_ALIGNMENT, alignment));
        }
        return (int) alignment;
    }

    private List<GgufTensorInfo> readTensors(long numTensors, int alignment) {
        Set<String> names = new HashSet<>();
        List<GgufTensorHeader> headers = new ArrayList<>();
        for (long i = 0; i < numTensors; i++) {
            long at = reader.position();
            String name = reader.string("tensor name", 1, MAX_NAME_BYTES);
            if (!names.add(name)) {
                throw reader.error(
                        "tensor name",
                        at,
                        "expected each name once, found %s again".formatted(name));
            }
            headers.add(GgufTensorHeader.read(reader, name));
        }
        long dataStart = (reader.position() + alignment - 1) & -alignment;
        List<GgufTensorInfo> tensors = new ArrayList<>(headers.size());
        for (GgufTensorHeader header : headers) {
            tensors.add(header.locate(reader, part, dataStart, alignment, data.byteSize()));
        }
        requireDisjoint(tensors);
        return List.copyOf(tensors);
    }

    /** Refuses tensors that share bytes; O(n log n). */
    private void requireDisjoint(List<GgufTensorInfo> tensors) {
        List<GgufTensorInfo> ordered = new ArrayList<>(tensors);
        ordered.sort(
                Comparator.comparingLong(GgufTensorInfo::fileOffset)
                        .thenComparingLong(GgufTensorInfo::bytes));
        for (int i = 1; i < ordered.size(); i++) {
            GgufTensorInfo before = ordered.get(i - 1);
            GgufTensorInfo tensor = ordered.get(i);
            if (tensor.fileOffset() < before.fileEnd()) {
                throw reader.error(
                        "data of tensor " + tensor.name(),
                        tensor.fileOffset(),
                        "expected tensors that do not overlap, found %s up to byte %d"
                                .formatted(before.name(), before.fileEnd()));
            }
        }
    }
}
