package dev.nightjar.engine.format.gguf;

import dev.nightjar.engine.format.ModelFormatException;
import dev.nightjar.engine.format.TensorSource;
import dev.nightjar.kernels.tensor.Tensor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * An open GGUF checkpoint: metadata and tensors over memory-mapped files, nothing of which is
 * copied to the heap. Everything was checked on opening; see {@link GgufPartReader} for the layout.
 *
 * <p>Immutable and safe for use by several threads. This object owns the mapping: tensors and
 * metadata that it handed out must not be used after {@link #close}. A file must not be shortened
 * while it is open, or access to the lost pages fails as the operating system sees fit.
 */
public final class GgufFile implements TensorSource, AutoCloseable {
    private final String name;
    private final Optional<Arena> arena;
    private final List<GgufPart> parts;
    private final Map<String, GgufTensorInfo> tensors;

    private GgufFile(String name, Optional<Arena> arena, List<GgufPart> parts) {
        this.name = name;
        this.arena = arena;
        this.parts = List.copyOf(parts);
        this.tensors = mergeTensors(parts);
    }

    /**
     * Maps a checkpoint and checks it. If the file is one part of a split checkpoint, its siblings
     * are found by their names.
     *
     * @throws ModelFormatException if a file breaks the format or a part is missing, or if the path
     *     leads to a folder
     * @throws UncheckedIOException if a file cannot be read
     */
    public static GgufFile open(Path path) {
        if (Files.isDirectory(path)) {
            throw new ModelFormatException(
                    "%s: expected a GGUF file, found a folder; name the file in it"
                            .formatted(path));
        }
        Arena arena = Arena.ofShared();
        try {
            return new GgufFile(path.toString(), Optional.of(arena), readParts(path, arena));
        } catch (IOException e) {
            arena.close();
            throw new UncheckedIOException("cannot read model file " + path, e);
        } catch (RuntimeException | Error e) {
            arena.close();
            throw e;
        }
    }

    /**
     * Checks a checkpoint that is in memory already; the caller owns the memory and keeps it alive.
     * Tensors are aligned in it as far as its first byte is.
     *
     * @param name for errors
     * @throws ModelFormatException if it breaks the format or is one part of several
     */
    public static GgufFile of(MemorySegment data, String name) {
        return of(data, name, Optional.empty());
    }

    /**
     * As {@link #of(MemorySegment, String)}, where the memory goes with this object: closing it
     * closes the arena.
     */
    public static GgufFile of(MemorySegment data, String name, Optional<Arena> owned) {
        GgufPart part = GgufPartReader.read(data.asReadOnly(), name, 0);
        if (GgufSplits.count(part) > 1) {
            throw part.metadata()
                    .error(
                            GgufSplits.COUNT_KEY,
                            "expected a checkpoint in one piece, found one part of several");
        }
        return new GgufFile(name, owned, List.of(part));
    }

    /** Path of the file that was opened, or the name given for it; for messages. */
    @Override
    public String name() {
        return name;
    }

    @Override
    public Set<String> tensorNames() {
        return tensors.keySet();
    }

    /** Version of the format, 2 or 3. */
    public int version() {
        return parts.getFirst().version();
    }

    /** Multiple of bytes at which tensors begin. */
    public int alignment() {
        return parts.getFirst().alignment();
    }

    /** Size of the file, or of all parts together. */
    public long fileBytes() {
        return parts.stream().mapToLong(part -> part.data().byteSize()).sum();
    }

    /** Number of files of the checkpoint. */
    public int numParts() {
        return parts.size();
    }

    /** The key-value pairs; of a split checkpoint, those of the first part. */
    public GgufMetadata metadata() {
        return parts.getFirst().metadata();
    }

    /** What is known about each tensor, by name, in the order of the file. */
    public Map<String, GgufTensorInfo> tensors() {
        return tensors;
    }

    @Override
    public Optional<Tensor> tensor(String tensorName) {
        return Optional.ofNullable(tensors.get(tensorName)).map(this::tensor);
    }

    /** Unmaps the files; the second call does nothing. */
    @Override
    public void close() {
        arena.filter(owned -> owned.scope().isAlive()).ifPresent(Arena::close);
    }

    private Tensor tensor(GgufTensorInfo info) {
        MemorySegment data = parts.get(info.part()).data();
        return new Tensor(
                info.dtype(), info.shape(), data.asSlice(info.fileOffset(), info.bytes()));
    }

    private static List<GgufPart> readParts(Path path, Arena arena) throws IOException {
        GgufPart opened = GgufPartReader.read(map(path, arena), path.toString(), 0);
        int count = GgufSplits.count(opened);
        if (count == 1) {
            return List.of(opened);
        }
        List<GgufPart> parts = new ArrayList<>();
        long numTensors = 0;
        for (int number = 0; number < count; number++) {
            Path sibling = GgufSplits.sibling(path, opened, number);
            if (!Files.exists(sibling)) {
                throw opened.metadata()
                        .error(
                                GgufSplits.COUNT_KEY,
                                "expected %d parts, part %s is missing; put all parts into one folder"
                                        .formatted(count, sibling));
            }
            GgufPart part = GgufPartReader.read(map(sibling, arena), sibling.toString(), number);
            GgufSplits.requirePart(part, number, count);
            parts.add(part);
            numTensors += part.tensors().size();
        }
        requireTensorCount(parts.getFirst(), numTensors);
        return parts;
    }

    private static void requireTensorCount(GgufPart first, long numTensors) {
        long expected = first.metadata().optionalLong(GgufSplits.TENSORS_KEY).orElse(numTensors);
        if (expected != numTensors) {
            throw first.metadata()
                    .error(
                            GgufSplits.TENSORS_KEY,
                            "expected %d tensors in all parts together, found %d"
                                    .formatted(expected, numTensors));
        }
    }

    private static MemorySegment map(Path path, Arena arena) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            return channel.map(MapMode.READ_ONLY, 0, channel.size(), arena);
        }
    }

    private static Map<String, GgufTensorInfo> mergeTensors(List<GgufPart> parts) {
        Map<String, GgufTensorInfo> merged = new LinkedHashMap<>();
        for (GgufPart part : parts) {
            for (GgufTensorInfo tensor : part.tensors()) {
                GgufTensorInfo before = merged.put(tensor.name(), tensor);
                if (before != null) {
                    throw new GgufFormatException(
                            part.file(),
                            "tensor " + tensor.name(),
                            tensor.fileOffset(),
                            "expected each tensor once, found it in part %d too"
                                    .formatted(before.part() + 1));
                }
            }
        }
        return Collections.unmodifiableMap(merged);
    }
}
