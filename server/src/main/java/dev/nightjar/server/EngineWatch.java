package dev.nightjar.server;

import dev.nightjar.engine.Engine;
import dev.nightjar.server.observe.Observations;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** Asks the engine whether its thread still gets on. */
final class EngineWatch {

    private static final double NANOS_PER_SECOND = 1e9;

    private EngineWatch() {}

    /**
     * Has the engine's progress reported.
     *
     * @param engine holds null as long as none is served, with which nothing can be wrong
     */
    static void watch(
            AtomicReference<Engine> engine, ServerOptions options, Observations observations) {
        Duration limit = options.observe().stuckAfter();
        observations
                .health()
                .add("engine", () -> find(engine).flatMap(running -> problem(running, limit)));
        observations
                .metrics()
                .gauge(
                        "nightjar_engine_turn_seconds",
                        "How long the step of the engine has taken that runs now",
                        () -> find(engine).map(EngineWatch::turnSeconds).orElse(0.0));
    }

    private static Optional<Engine> find(AtomicReference<Engine> engine) {
        return Optional.ofNullable(engine.get());
    }

    private static double turnSeconds(Engine engine) {
        return engine.turnTime().toNanos() / NANOS_PER_SECOND;
    }

    private static Optional<String> problem(Engine engine, Duration limit) {
        if (engine.hasFailed()) {
            return Optional.of(
                    "the engine's thread has failed, see the log; start the server again");
        }
        Duration turn = engine.turnTime();
        return turn.compareTo(limit) > 0
                ? Optional.of(
                        "a step of the engine has taken %d s so far; it may be stuck"
                                .formatted(turn.toSeconds()))
                : Optional.empty();
    }
}
