package dev.nightjar.engine.registry;

import dev.nightjar.engine.encoder.TokenEncoder;
import dev.nightjar.engine.metrics.EncoderPlan;
import dev.nightjar.engine.metrics.EncoderStats;
import dev.nightjar.engine.request.EncoderInput;
import dev.nightjar.engine.run.EngineLoop;
import dev.nightjar.engine.run.LoadedEncoder;
import java.util.List;

/** A loaded encoder together with the loop that runs it. */
record ServedEncoder(EngineLoop loop, LoadedEncoder encoder) implements TokenEncoder {

    @Override
    public String name() {
        return encoder.name();
    }

    @Override
    public String device() {
        return loop.backend().device();
    }

    @Override
    public EncoderPlan plan() {
        return encoder.plan();
    }

    @Override
    public EncoderStats stats() {
        return encoder.stats();
    }

    @Override
    public float[][] encode(List<EncoderInput> inputs) throws InterruptedException {
        return loop.encode(encoder, inputs);
    }
}
