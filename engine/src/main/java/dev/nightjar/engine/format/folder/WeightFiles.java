package dev.nightjar.engine.format.folder;

import dev.nightjar.engine.format.ModelFormatException;
import dev.nightjar.engine.format.TensorFile;
import dev.nightjar.engine.format.safetensors.SafetensorsFile;
import dev.nightjar.engine.format.torch.TorchFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Opens the weights of a model folder. Looked for in this order: {@code model.safetensors}, {@code
 * model.safetensors.index.json}, {@code pytorch_model.bin}, {@code pytorch_model.bin.index.json}.
 * Other names (variants such as {@code model.fp16.safetensors}) are opened only when asked for.
 */
public final class WeightFiles {

    private static final String INDEX = ".index.json";
    private static final List<String> NAMES =
            List.of(
                    "model.safetensors",
                    "model.safetensors" + INDEX,
                    "pytorch_model.bin",
                    "pytorch_model.bin" + INDEX);

    private WeightFiles() {}

    /**
     * Opens a file of weights, an index of several, or the weights of a folder.
     *
     * @throws ModelFormatException if there are none or they are damaged
     * @throws java.io.UncheckedIOException if they cannot be read
     */
    public static TensorFile open(Path path) {
        if (!Files.isDirectory(path)) {
            return openFile(path);
        }
        return NAMES.stream()
                .map(path::resolve)
                .filter(Files::isRegularFile)
                .findFirst()
                .map(WeightFiles::openFile)
                .orElseThrow(
                        () ->
                                new ModelFormatException(
                                        "%s: expected weights in one of %s, found none"
                                                .formatted(path, String.join(", ", NAMES))));
    }

    private static TensorFile openFile(Path path) {
        return path.toString().endsWith(INDEX)
                ? ShardedTensors.open(path, WeightFiles::openSingle)
                : openSingle(path);
    }

    /** By its content, whatever its name. */
    private static TensorFile openSingle(Path path) {
        try (SeekableByteChannel channel = Files.newByteChannel(path)) {
            ByteBuffer start = ByteBuffer.allocate(64);
            channel.read(start);
            return TorchFile.isTorch(MemorySegment.ofArray(start.array()))
                    ? TorchFile.open(path)
                    : SafetensorsFile.open(path);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read model file " + path, e);
        }
    }
}
