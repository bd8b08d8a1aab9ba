package dev.nightjar.engine.registry;

import dev.nightjar.engine.metrics.EngineStats;
import dev.nightjar.engine.metrics.MemoryPlan;
import dev.nightjar.engine.request.GenerationRequest;
import dev.nightjar.engine.request.LogitsSink;
import dev.nightjar.engine.request.TokenEvent;
import dev.nightjar.engine.request.TokenStream;
import dev.nightjar.engine.run.EngineLoop;
import dev.nightjar.engine.run.LoadedModel;
import dev.nightjar.engine.text.TokenModel;
import java.util.List;

/** A loaded model together with the loop that runs it. */
record ServedModel(EngineLoop loop, LoadedModel model) implements TokenModel {

    @Override
    public String name() {
        return model.name();
    }

    @Override
    public String device() {
        return loop.backend().device();
    }

    @Override
    public MemoryPlan plan() {
        return model.plan();
    }

    @Override
    public EngineStats stats() {
        return model.stats();
    }

    @Override
    public TokenStream submit(GenerationRequest request) {
        return loop.submit(model, request);
    }

    @Override
    public void logits(int[] ids, LogitsSink sink) {
        loop.logits(model, ids, sink);
    }

    @Override
    public List<TokenEvent.Token> scorePrompt(int[] ids, int top) throws InterruptedException {
        return loop.scorePrompt(model, ids, top);
    }
}
