package dev.nightjar.server.cli;

import dev.nightjar.engine.Engine;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Models on their way into memory, on a thread of their own. */
final class EngineLoading {

    private final CompletableFuture<Engine> engine;

    private EngineLoading(CompletableFuture<Engine> engine) {
        this.engine = engine;
    }

    /** Begins to load. */
    static EngineLoading start(Engine.Builder builder) {
        return new EngineLoading(
                CompletableFuture.supplyAsync(
                        builder::open,
                        task -> Thread.ofPlatform().name("load-models").start(task)));
    }

    /** Waits for the engine; a failure to load is thrown as it was. */
    Engine await() {
        try {
            return engine.join();
        } catch (CompletionException failed) {
            switch (failed.getCause()) {
                case RuntimeException cause -> throw cause;
                case Error cause -> throw cause;
                default -> throw failed;
            }
        }
    }

    /** Nobody wants the engine any more; it is closed as soon as it is there. */
    void cancel() {
        engine.thenAccept(Engine::close);
    }
}
