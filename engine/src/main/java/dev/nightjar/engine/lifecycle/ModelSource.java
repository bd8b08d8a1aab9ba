package dev.nightjar.engine.lifecycle;

import dev.nightjar.engine.checkpoint.Checkpoint;
import dev.nightjar.engine.checkpoint.Checkpoints;
import dev.nightjar.engine.predict.Predictor;
import dev.nightjar.engine.quantize.Mixture;
import dev.nightjar.engine.quantize.QuantizedCheckpoint;
import dev.nightjar.engine.request.LoadOptions;
import dev.nightjar.engine.tabular.TabularModel;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where a model comes from and how it is put into service.
 *
 * @param origin for people: a path, or what stands for one
 * @param content what there is to open
 * @param options memory and limits
 * @param mixture the types that matrices of more bits are quantized to while they are loaded
 */
public record ModelSource(
        String origin, Content content, LoadOptions options, Optional<Mixture> mixture) {

    /** What there is to open. */
    public sealed interface Content permits Weights, Rows {}

    /**
     * A checkpoint: a model of text or an encoder.
     *
     * @param opener opens it, as often as the model is loaded
     */
    public record Weights(Opener<Checkpoint> opener) implements Content {}

    /**
     * A model of rows.
     *
     * @param opener reads it, as often as the model is loaded
     * @param sizeBytes measures its files, which it takes about as much memory as
     */
    public record Rows(Opener<TabularModel> opener, Opener<Long> sizeBytes) implements Content {}

    /**
     * Opens what the caller closes, if that has to be closed.
     *
     * @param <T> what that is
     */
    @FunctionalInterface
    public interface Opener<T> {

        /**
         * What was opened.
         *
         * @throws dev.nightjar.engine.format.ModelFormatException if it is damaged
         * @throws java.io.UncheckedIOException if it cannot be read
         */
        T open();
    }

    /**
     * A GGUF file, a model folder, or a file of weights in one; or a model of rows, which the
     * beginning of its file tells.
     */
    public static ModelSource of(Path path, LoadOptions options) {
        return isOfRows(path)
                ? rows(
                        path.toString(),
                        () -> Predictor.open(path),
                        () -> FileSizes.of(path),
                        options)
                : weights(path.toString(), () -> Checkpoints.open(path), options);
    }

    /** Whether a path leads to a model of rows; old weights of torch begin like one of those. */
    public static boolean isOfRows(Path path) {
        return !Checkpoints.isOfFolder(path) && Predictor.isTabular(path);
    }

    /** A checkpoint. */
    public static ModelSource weights(
            String origin, Opener<Checkpoint> opener, LoadOptions options) {
        return new ModelSource(origin, new Weights(opener), options, Optional.empty());
    }

    /** A model of rows. */
    public static ModelSource rows(
            String origin,
            Opener<TabularModel> opener,
            Opener<Long> sizeBytes,
            LoadOptions options) {
        return new ModelSource(origin, new Rows(opener, sizeBytes), options, Optional.empty());
    }

    /** Whether it is a model of rows. */
    public boolean isOfRows() {
        return content instanceof Rows;
    }

    /**
     * With matrices quantized while they are loaded.
     *
     * @throws IllegalArgumentException if it is a model of rows, which has none
     */
    public ModelSource quantizedTo(Mixture value) {
        if (isOfRows()) {
            throw new IllegalArgumentException(
                    origin + " is a model of rows and has no matrices to quantize");
        }
        return new ModelSource(origin, content, options, Optional.of(value));
    }

    /** Put into service in another way. */
    public ModelSource withOptions(LoadOptions value) {
        return new ModelSource(origin, content, value, mixture);
    }

    /** A checkpoint as it is loaded; the caller closes it. */
    public Checkpoint open(Weights weights) {
        Checkpoint original = weights.opener().open();
        return mixture.isPresent() ? QuantizedCheckpoint.of(original, mixture.get()) : original;
    }
}
