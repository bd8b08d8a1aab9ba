package dev.nightjar.server.answer;

import dev.nightjar.engine.request.Usage;
import dev.nightjar.engine.text.TextEvent;
import dev.nightjar.server.connection.ClientWatch;
import dev.nightjar.server.error.ErrorTable;
import io.helidon.webserver.CloseConnectionException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/** How the choices of an answer ended. Each choice is written by one thread, read after all. */
final class ChoiceEnds {

    private final ClientWatch watch;
    private final int[] numToolCalls;
    private final ChoiceEnd[] ends;

    ChoiceEnds(ClientWatch watch, int numChoices) {
        this.watch = watch;
        this.numToolCalls = new int[numChoices];
        this.ends = new ChoiceEnd[numChoices];
    }

    /** Counts a tool call of a choice. */
    void countToolCall(int choice) {
        numToolCalls[choice]++;
    }

    /**
     * Takes the end of a choice.
     *
     * @throws CloseConnectionException if the client is gone, so that nobody is left to answer
     * @throws dev.nightjar.server.error.ApiException if there is no usable text
     */
    ChoiceEnd accept(int choice, TextEvent.Finished finished) {
        if (watch.isGone()) {
            throw new CloseConnectionException("the client left before its answer was complete");
        }
        if (!ErrorTable.isUsable(finished.reason())) {
            throw ErrorTable.of(finished).asException();
        }
        ends[choice] =
                new ChoiceEnd(
                        finished.reason(),
                        finished.stop(),
                        numToolCalls[choice],
                        finished.usage(),
                        Instant.now());
        return ends[choice];
    }

    /** All ends, after each choice has ended. */
    List<ChoiceEnd> all() {
        return List.of(ends);
    }

    /** Counts of all choices, each of which has ended. */
    List<Usage> usages() {
        return Arrays.stream(ends).map(ChoiceEnd::usage).toList();
    }
}
