package dev.nightjar.server.observe;

import dev.nightjar.server.error.ApiError;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;

/** Whether the server takes requests. Thread-safe. */
public final class Readiness {

    /** What a server goes through. */
    public enum State {
        /** It was started without models, and answers nothing that needs one. */
        NOT_STARTED,
        /** Models are loading. */
        STARTING,
        /** Requests are served. */
        READY,
        /** Running requests end, new ones are refused. */
        DRAINING;

        /** Its name on the wire. */
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }

    private final AtomicReference<State> state;

    /** In this state. */
    public Readiness(State first) {
        state = new AtomicReference<>(first);
    }

    /** The state now. */
    public State state() {
        return state.get();
    }

    /**
     * Tells that the models are there.
     *
     * @return whether that matters: a server that is to stop goes on stopping
     */
    public boolean becomeReady() {
        return state.getAndUpdate(now -> now == State.DRAINING ? now : State.READY)
                != State.DRAINING;
    }

    /** Tells that the server is to stop. */
    public void drain() {
        state.set(State.DRAINING);
    }

    /** Why it does not take requests; empty if it does. */
    public String reason() {
        return switch (state()) {
            case NOT_STARTED ->
                    "this server was started without models; start it again without --no-load";
            case STARTING -> "the models are still loading; try again in a moment";
            case DRAINING -> "the server is stopping; running requests end, new ones are refused";
            case READY -> "";
        };
    }

    /**
     * Refuses a request that needs a model as long as there are none.
     *
     * @throws dev.nightjar.server.error.ApiException with status 503
     */
    public void requireModels() {
        if (state() == State.NOT_STARTED || state() == State.STARTING) {
            throw ApiError.serverError(503, reason())
                    .withCode("model_not_loaded")
                    .withHeader("Retry-After", "1")
                    .asException();
        }
    }
}
