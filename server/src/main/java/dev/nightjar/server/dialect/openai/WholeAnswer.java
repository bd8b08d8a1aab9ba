package dev.nightjar.server.dialect.openai;

import dev.nightjar.engine.request.Usage;
import dev.nightjar.engine.text.TextEvent;
import dev.nightjar.server.api.ChoiceReader;
import dev.nightjar.server.connection.ClientWatch;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Gathers the texts of all choices. */
final class WholeAnswer implements ChoiceReader {

    private final StringBuilder[] texts;
    private final String[] finishReasons;
    private final ChoiceEnds ends;

    WholeAnswer(ClientWatch watch, int numChoices) {
        texts = Stream.generate(StringBuilder::new).limit(numChoices).toArray(StringBuilder[]::new);
        finishReasons = new String[numChoices];
        ends = new ChoiceEnds(watch, numChoices);
    }

    @Override
    public void accept(int choice, TextEvent event) {
        switch (event) {
            case TextEvent.Delta delta -> texts[choice].append(delta.text());
            case TextEvent.Finished finished ->
                    finishReasons[choice] = ends.accept(choice, finished);
            default -> throw new IllegalStateException("not asked for: " + event);
        }
    }

    List<AnswerShape.Choice> choices() {
        return IntStream.range(0, texts.length)
                .mapToObj(i -> new AnswerShape.Choice(texts[i].toString(), finishReasons[i]))
                .toList();
    }

    List<Usage> usages() {
        return ends.usages();
    }
}
