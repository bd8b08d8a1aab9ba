package dev.nightjar.engine.registry;

import dev.nightjar.engine.encoder.EncoderModel;
import dev.nightjar.engine.lifecycle.ModelInstance;
import dev.nightjar.engine.predict.RowModel;
import dev.nightjar.engine.text.TextModel;
import java.time.Duration;
import java.util.Optional;

/**
 * A model of rows in memory; it stands beside the device and its loop.
 *
 * @param model that computes on a thread of its own
 * @param memoryBytes about what it takes
 */
record HostedRows(RowModel model, long memoryBytes) implements ModelInstance {

    @Override
    public Optional<TextModel> text() {
        return Optional.empty();
    }

    @Override
    public Optional<EncoderModel> encoder() {
        return Optional.empty();
    }

    @Override
    public Optional<RowModel> rows() {
        return Optional.of(model);
    }

    @Override
    public String quantization() {
        return "none";
    }

    @Override
    public int maxSequences() {
        return 1;
    }

    @Override
    public void allowSequences(int value) {
        // It has no sequences.
    }

    @Override
    public Duration queueTime() {
        return Duration.ZERO;
    }

    @Override
    public void close(Duration atMost) throws InterruptedException {
        model.close(atMost);
    }
}
