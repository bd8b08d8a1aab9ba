package dev.nightjar.engine.format.torch;

import dev.nightjar.engine.format.MappedFile;
import dev.nightjar.engine.format.ModelFormatException;
import dev.nightjar.engine.format.TensorFile;
import dev.nightjar.engine.format.lazy.LazyTensor;
import dev.nightjar.kernels.tensor.Tensor;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * An open file of PyTorch tensors ({@code .bin}, {@code .pt}, {@code .pth}): a zip archive, or the
 * chain of pickles of before 2020. Nothing in it is executed: names of functions are data, and one
 * that has nothing to do with tensors is an error. Dictionaries in dictionaries are flattened,
 * their keys joined by dots.
 *
 * <p>Immutable and safe for use by several threads. Tensors are views of the mapped file, or copies
 * where strides or compression ask for it; they must not be used after {@link #close}.
 */
public final class TorchFile implements TensorFile {
    private final String name;
    private final Arena arena;
    private final long bytes;
    private final Map<String, LazyTensor> tensors;

    private TorchFile(String name, Arena arena, long bytes, Map<String, LazyTensor> tensors) {
        this.name = name;
        this.arena = arena;
        this.bytes = bytes;
        this.tensors = Collections.unmodifiableMap(tensors);
    }

    /**
     * Maps a file and reads what it says about its tensors.
     *
     * @throws ModelFormatException if it breaks the format or names something that is not data
     * @throws java.io.UncheckedIOException if it cannot be read
     */
    public static TorchFile open(Path path) {
        return MappedFile.open(path, (data, arena) -> of(data, path.toString(), arena));
    }

    /**
     * Reads a file that is in memory already; the caller owns that memory and keeps it alive.
     *
     * @param name for errors
     * @param arena for copies; closed with this object
     * @throws ModelFormatException as {@link #open} does
     */
    public static TorchFile of(MemorySegment data, String name, Arena arena) {
        MemorySegment readOnly = data.asReadOnly();
        Map<String, LazyTensor> tensors;
        if (ZipArchive.isZip(readOnly)) {
            tensors = new TorchArchive(readOnly, name, arena).tensors();
        } else if (LegacyTorch.isLegacy(readOnly)) {
            tensors = LegacyTorch.tensors(readOnly, name);
        } else {
            throw new ModelFormatException(
                    name
                            + ": expected a PyTorch file, a zip archive or a pickle, found neither; a"
                            + " .tar of before 2018 must be saved again");
        }
        return new TorchFile(name, arena, data.byteSize(), tensors);
    }

    /** Whether a file begins like one of PyTorch. */
    public static boolean isTorch(MemorySegment data) {
        return ZipArchive.isZip(data) || LegacyTorch.isLegacy(data);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Set<String> tensorNames() {
        return tensors.keySet();
    }

    @Override
    public Optional<Tensor> tensor(String tensorName) {
        return Optional.ofNullable(tensors.get(tensorName)).map(tensor -> tensor.load(arena));
    }

    @Override
    public long fileBytes() {
        return bytes;
    }

    @Override
    public int numFiles() {
        return 1;
    }

    @Override
    public void close() {
        if (arena.scope().isAlive()) {
            arena.close();
        }
    }
}
