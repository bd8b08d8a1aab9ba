package dev.nightjar.engine.lifecycle;

import dev.nightjar.engine.checkpoint.Checkpoint;
import dev.nightjar.engine.checkpoint.Checkpoints;
import dev.nightjar.engine.quantize.Mixture;
import dev.nightjar.engine.quantize.QuantizedCheckpoint;
import dev.nightjar.engine.request.LoadOptions;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where a model comes from and how it is put into service.
 *
 * @param origin for people: a path, or what stands for one
 * @param opener opens the checkpoint, as often as the model is loaded
 * @param options memory and limits
 * @param mixture the types that matrices of more bits are quantized to while they are loaded
 */
public record ModelSource(
        String origin, Opener opener, LoadOptions options, Optional<Mixture> mixture) {

    /** Opens a checkpoint that the caller closes. */
    @FunctionalInterface
    public interface Opener {

        /**
         * The open checkpoint.
         *
         * @throws dev.nightjar.engine.format.ModelFormatException if it is damaged
         * @throws java.io.UncheckedIOException if it cannot be read
         */
        Checkpoint open();
    }

    /** A GGUF file, a model folder, or a file of weights in one. */
    public static ModelSource of(Path path, LoadOptions options) {
        return new ModelSource(
                path.toString(), () -> Checkpoints.open(path), options, Optional.empty());
    }

    /** With matrices quantized while they are loaded. */
    public ModelSource quantizedTo(Mixture value) {
        return new ModelSource(origin, opener, options, Optional.of(value));
    }

    /** Put into service in another way. */
    public ModelSource withOptions(LoadOptions value) {
        return new ModelSource(origin, opener, value, mixture);
    }

    /** The checkpoint as it is loaded; the caller closes it. */
    public Checkpoint open() {
        Checkpoint original = opener.open();
        return mixture.isPresent() ? QuantizedCheckpoint.of(original, mixture.get()) : original;
    }
}
