package dev.nightjar.server.choice;

import dev.nightjar.engine.request.Usage;
import dev.nightjar.engine.text.TextEvent;
import dev.nightjar.server.gate.Phases;
import dev.nightjar.server.gate.RequestScope;
import dev.nightjar.server.gate.TokenUse;
import java.util.BitSet;

/**
 * Counts what choices use as each ends, however it ends, on the way to another reader; notes when
 * the first token is there. When all have ended, it says that nothing more will be used.
 */
public final class TokenCounter implements ChoiceReader {

    private final RequestScope scope;
    private final int numChoices;
    private final int choicesPerPrompt;
    private final ChoiceReader next;
    private final BitSet ended = new BitSet();
    private volatile boolean isNoted;

    /**
     * Handing everything on to a reader.
     *
     * @param choicesPerPrompt how many in a row share a prompt, which is counted once
     */
    public TokenCounter(
            RequestScope scope, int numChoices, int choicesPerPrompt, ChoiceReader next) {
        this.scope = scope;
        this.numChoices = numChoices;
        this.choicesPerPrompt = choicesPerPrompt;
        this.next = next;
    }

    @Override
    public void accept(int choice, TextEvent event) {
        if (event instanceof TextEvent.Finished finished) {
            count(choice, finished.usage());
        } else if (!isNoted) {
            isNoted = true; // twice does no harm
            scope.noteToken();
        }
        next.accept(choice, event);
    }

    private void count(int choice, Usage usage) {
        boolean isFirst = choice % choicesPerPrompt == 0;
        synchronized (ended) {
            if (ended.get(choice)) {
                return;
            }
            scope.use(
                    new TokenUse(
                            isFirst ? usage.promptTokens() : 0,
                            usage.completionTokens(),
                            isFirst ? usage.cachedTokens() : 0));
            if (choice == 0) {
                scope.note(
                        new Phases(usage.queueNanos(), usage.prefillNanos(), usage.decodeNanos()));
            }
            ended.set(choice);
            if (ended.cardinality() == numChoices) {
                scope.settle();
            }
        }
    }
}
