package dev.nightjar.server.answer;

import dev.nightjar.engine.text.CompletionBuilder;
import dev.nightjar.engine.text.TextEvent;
import dev.nightjar.server.choice.ChoiceReader;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Gathers the texts of all choices. */
final class WholeAnswer implements ChoiceReader {

    private final CompletionBuilder[] wholes;
    private final ChoiceEnds ends;

    WholeAnswer(ChoiceEnds ends, int numChoices) {
        this.ends = ends;
        this.wholes =
                Stream.generate(CompletionBuilder::new)
                        .limit(numChoices)
                        .toArray(CompletionBuilder[]::new);
    }

    @Override
    public void accept(int choice, TextEvent event) {
        wholes[choice].accept(event);
        switch (event) {
            case TextEvent.ToolCall call -> ends.countToolCall(choice);
            case TextEvent.Finished finished -> ends.accept(choice, finished);
            default -> {
                // the whole has it
            }
        }
    }

    /** All choices, after each has ended. */
    List<WholeChoice> choices() {
        return IntStream.range(0, wholes.length)
                .mapToObj(i -> new WholeChoice(wholes[i].build(), ends.all().get(i)))
                .toList();
    }
}
