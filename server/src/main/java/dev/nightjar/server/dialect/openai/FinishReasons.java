package dev.nightjar.server.dialect.openai;

import dev.nightjar.engine.request.FinishReason;

/** The one mapping of finish reasons, for streamed and whole answers. */
final class FinishReasons {

    private FinishReasons() {}

    /**
     * The word for a generation that ended with a usable text.
     *
     * @throws IllegalArgumentException for the others, which are answered with an error
     */
    static String of(FinishReason reason) {
        return switch (reason) {
            case STOP -> "stop";
            case LENGTH -> "length";
            case ABORT, DEADLINE, ERROR ->
                    throw new IllegalArgumentException(reason + " is answered with an error");
        };
    }
}
