package dev.nightjar.server.answer;

import dev.nightjar.server.cache.CacheLookup;
import dev.nightjar.server.choice.ChoiceReader;
import dev.nightjar.server.choice.ChoiceSource;
import dev.nightjar.server.choice.RecordedChoices;
import dev.nightjar.server.choice.TokenCounter;
import dev.nightjar.server.gate.RequestScope;

/**
 * Reads the choices of a request for its answer: counts what they use, however they end, and keeps
 * them where the next request of the kind shall find them.
 */
final class Reading {

    private static final ChoiceReader NOBODY = (choice, event) -> {};

    private final RequestScope scope;
    private final ChoiceSource choices;
    private final Generation task;
    private final CacheLookup lookup;
    private final TokenCounter rest;

    Reading(RequestScope scope, ChoiceSource choices, Generation task, CacheLookup lookup) {
        this.scope = scope;
        this.choices = choices;
        this.task = task;
        this.lookup = lookup;
        this.rest = counting(NOBODY);
        if (task.isStreamed()) {
            scope.stream();
        }
    }

    /**
     * Hands all choices to a reader.
     *
     * @throws RuntimeException the first failure of the reader; nothing is kept then
     */
    void readTo(ChoiceReader answer) {
        if (!lookup.keeps()) {
            choices.readTo(counting(answer));
            return;
        }
        RecordedChoices.Recorder recorder =
                new RecordedChoices.Recorder(task.sequences().size(), answer);
        choices.readTo(counting(recorder));
        RecordedChoices recorded = recorder.recorded();
        lookup.store(recorded, recorded.bytes());
    }

    /** Ends the generation early, as its answer cannot be completed. */
    void fail() {
        scope.fail();
        choices.abort();
    }

    /** Ends what still runs, and counts what it has used. */
    void end() {
        choices.endTo(rest);
    }

    private TokenCounter counting(ChoiceReader next) {
        return new TokenCounter(scope, task.sequences().size(), task.choicesPerPrompt(), next);
    }
}
