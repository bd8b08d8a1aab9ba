package dev.nightjar.engine.lifecycle;

import dev.nightjar.engine.encoder.EncoderModel;
import dev.nightjar.engine.predict.RowModel;
import dev.nightjar.engine.text.TextModel;
import java.time.Duration;
import java.util.Optional;

/**
 * A loaded model with all that it owns: files, weights, caches. It is of text, an encoder or of
 * rows, one of them only. Safe for use by several threads.
 */
public interface ModelInstance {

    /** The model, if it generates text. */
    Optional<TextModel> text();

    /** The model, if it is an encoder. */
    Optional<EncoderModel> encoder();

    /** The model, if it is one of rows. */
    Optional<RowModel> rows();

    /** Bytes of weights, KV pool and workspace, as planned. */
    long memoryBytes();

    /** Where it is computed, for people. */
    default String device() {
        return text().map(TextModel::device)
                .or(() -> encoder().map(EncoderModel::device))
                .orElse("");
    }

    /** In which type most of its weights are, for people. */
    String quantization();

    /** Most sequences that it can compute at the same time; 1 for the others. */
    int maxSequences();

    /** Allows fewer sequences at the same time, from 1; others take no notice. */
    void allowSequences(int value);

    /** How long the request has waited that waits longest for its first step; 0 for the others. */
    Duration queueTime();

    /**
     * Takes the model out of service: new work is refused, what runs may end, at most that long,
     * then the rest is ended and all memory released. The second call does nothing.
     */
    void close(Duration atMost) throws InterruptedException;
}
