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

    /**
     * Refuses a request that needs a model as long as there are none.
     *
     * @throws dev.nightjar.server.error.ApiException with status 503
     */
    public void requireModels() {
        String message =
                switch (state()) {
                    case NOT_STARTED ->
                            "this server was started without models; start it again without"
                                    + " --no-load";
                    case STARTING -> "the models are still loading; try again in a moment";
                    case READY, DRAINING -> "";
                };
        if (!message.isEmpty()) {
            throw ApiError.serverError(503, message)
                    .withCode("model_not_loaded")
                    .withHeader("Retry-After", "1")
                    .asException();
        }
    }
}
