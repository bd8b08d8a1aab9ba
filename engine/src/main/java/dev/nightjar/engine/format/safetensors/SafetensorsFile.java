package dev.nightjar.engine.format.safetensors;

import dev.nightjar.engine.format.MappedFile;
import dev.nightjar.engine.format.TensorFile;
import dev.nightjar.kernels.tensor.Tensor;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * An open safetensors file: tensors over mapped memory, nothing of which is copied to the heap but
 * the header. Everything was checked on opening.
 *
 * <p>Immutable and safe for use by several threads. This object owns the mapping: tensors that it
 * handed out must not be used after {@link #close}. A file must not be shortened while it is open.
 */
public final class SafetensorsFile implements TensorFile {
    private final String name;
    private final Optional<Arena> arena;
    private final MemorySegment data;
    private final SafetensorsHeader header;

    private SafetensorsFile(String name, Optional<Arena> arena, MemorySegment data) {
        this.name = name;
        this.arena = arena;
        this.data = data.asReadOnly();
        this.header = SafetensorsHeader.read(this.data, name);
    }

    /**
     * Maps a file and checks it.
     *
     * @throws dev.nightjar.engine.format.ModelFormatException if it breaks the format
     * @throws java.io.UncheckedIOException if it cannot be read
     */
    public static SafetensorsFile open(Path path) {
        return MappedFile.open(
                path,
                (data, arena) -> new SafetensorsFile(path.toString(), Optional.of(arena), data));
    }

    /**
     * Checks a file that is in memory already; the caller owns the memory and keeps it alive.
     *
     * @param name for errors
     * @throws dev.nightjar.engine.format.ModelFormatException if it breaks the format
     */
    public static SafetensorsFile of(MemorySegment data, String name) {
        return new SafetensorsFile(name, Optional.empty(), data);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Set<String> tensorNames() {
        return Collections.unmodifiableSet(header.tensors().keySet());
    }

    @Override
    public Optional<Tensor> tensor(String tensorName) {
        return Optional.ofNullable(header.tensors().get(tensorName))
                .map(
                        tensor ->
                                new Tensor(
                                        tensor.dtype(),
                                        tensor.shape(),
                                        data.asSlice(tensor.offset(), tensor.bytes())));
    }

    /** Free text that writers add, for instance {@code format}: {@code pt}. */
    public Map<String, String> metadata() {
        return Collections.unmodifiableMap(header.metadata());
    }

    @Override
    public long fileBytes() {
        return data.byteSize();
    }

    @Override
    public int numFiles() {
        return 1;
    }

    @Override
    public void close() {
        arena.filter(owned -> owned.scope().isAlive()).ifPresent(Arena::close);
    }
}
