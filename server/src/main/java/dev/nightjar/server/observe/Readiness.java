package dev.nightjar.server.observe;

import java.util.concurrent.atomic.AtomicReference;

/** Whether the server takes requests. Thread-safe. */
public final class Readiness {

    /** What a server goes through, in this order. */
    public enum State {
        /** Models are loading. */
        STARTING,
        /** Requests are served. */
        READY,
        /** Running requests end, new ones are refused. */
        DRAINING
    }

    private final AtomicReference<State> state = new AtomicReference<>(State.STARTING);

    /** The state now. */
    public State state() {
        return state.get();
    }

    /** Moves on. */
    public void enter(State next) {
        state.set(next);
    }
}
