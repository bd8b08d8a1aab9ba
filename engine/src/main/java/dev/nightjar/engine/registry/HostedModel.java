package dev.nightjar.engine.registry;

import dev.nightjar.engine.checkpoint.Checkpoint;
import dev.nightjar.engine.encoder.EncoderModel;
import dev.nightjar.engine.lifecycle.ModelInstance;
import dev.nightjar.engine.predict.RowModel;
import dev.nightjar.engine.run.EngineLoop;
import dev.nightjar.engine.run.LoadedModel;
import dev.nightjar.engine.run.Resident;
import dev.nightjar.engine.text.TextModel;
import dev.nightjar.engine.warmup.WarmUp;
import dev.nightjar.kernels.backend.Backend;
import java.time.Duration;
import java.util.Optional;

/** A model on the device of a loop, with everything that has to be released after it. */
final class HostedModel implements ModelInstance {

    private final EngineLoop loop;
    private final Resident resident;
    private final Optional<TextModel> text;
    private final Optional<EncoderModel> encoder;
    private final Belongings belongings;
    private final long memoryBytes;
    private final String quantization;
    private boolean isClosed;

    /**
     * What outlives the model by a moment.
     *
     * @param checkpoint whose memory is used in place
     * @param memory of the weights that were repacked
     * @param warmUp where its kernels are compiled ahead
     */
    record Belongings(Checkpoint checkpoint, Backend memory, Optional<WarmUp.Place> warmUp)
            implements AutoCloseable {

        /** Releases them; the rehearsal reads the checkpoint, so it goes first. */
        @Override
        public void close() {
            warmUp.ifPresent(WarmUp.Place::close);
            memory.close();
            checkpoint.close();
        }
    }

    HostedModel(EngineLoop loop, LoadedModel resident, TextModel text, Belongings belongings) {
        this(
                loop,
                resident,
                Optional.of(text),
                Optional.empty(),
                belongings,
                resident.plan().totalBytes());
    }

    HostedModel(EngineLoop loop, Resident resident, EncoderModel encoder, Belongings belongings) {
        this(
                loop,
                resident,
                Optional.empty(),
                Optional.of(encoder),
                belongings,
                encoder.plan().weightBytes() + encoder.plan().workspaceBytes());
    }

    private HostedModel(
            EngineLoop loop,
            Resident resident,
            Optional<TextModel> text,
            Optional<EncoderModel> encoder,
            Belongings belongings,
            long memoryBytes) {
        this.loop = loop;
        this.resident = resident;
        this.text = text;
        this.encoder = encoder;
        this.belongings = belongings;
        this.memoryBytes = memoryBytes;
        this.quantization = WeightTypes.most(belongings.checkpoint());
    }

    @Override
    public Optional<TextModel> text() {
        return text;
    }

    @Override
    public Optional<EncoderModel> encoder() {
        return encoder;
    }

    @Override
    public Optional<RowModel> rows() {
        return Optional.empty();
    }

    @Override
    public long memoryBytes() {
        return memoryBytes;
    }

    @Override
    public String quantization() {
        return quantization;
    }

    @Override
    public int maxSequences() {
        return resident instanceof LoadedModel model ? model.maxSequences() : 1;
    }

    @Override
    public Duration queueTime() {
        return resident instanceof LoadedModel model ? model.queueTime() : Duration.ZERO;
    }

    @Override
    public void allowSequences(int value) {
        if (resident instanceof LoadedModel model) {
            loop.allowSequences(model, value);
        }
    }

    @Override
    public synchronized void close(Duration atMost) throws InterruptedException {
        if (isClosed) {
            return;
        }
        isClosed = true;
        try {
            loop.remove(resident, atMost);
        } finally {
            belongings.close();
        }
    }
}
