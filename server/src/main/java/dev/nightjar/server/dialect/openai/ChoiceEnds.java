package dev.nightjar.server.dialect.openai;

import dev.nightjar.engine.request.Usage;
import dev.nightjar.engine.text.TextEvent;
import dev.nightjar.server.api.ErrorTable;
import dev.nightjar.server.connection.ClientWatch;
import io.helidon.webserver.CloseConnectionException;
import java.util.Arrays;
import java.util.List;

/** How the choices of an answer ended. Each choice is written by one thread, read after all. */
final class ChoiceEnds {

    private final ClientWatch watch;
    private final TextEvent.Finished[] ends;

    ChoiceEnds(ClientWatch watch, int numChoices) {
        this.watch = watch;
        this.ends = new TextEvent.Finished[numChoices];
    }

    /**
     * Takes the end of a choice and returns the finish reason for the client.
     *
     * @throws CloseConnectionException if the client is gone, so that nobody is left to answer
     * @throws dev.nightjar.server.api.ApiException if there is no usable text
     */
    String accept(int choice, TextEvent.Finished finished) {
        if (watch.isGone()) {
            throw new CloseConnectionException("the client left before its answer was complete");
        }
        if (!ErrorTable.isUsable(finished.reason())) {
            throw ErrorTable.of(finished).asException();
        }
        ends[choice] = finished;
        return FinishReasons.of(finished.reason());
    }

    /** Counts of all choices, each of which has ended. */
    List<Usage> usages() {
        return Arrays.stream(ends).map(TextEvent.Finished::usage).toList();
    }
}
