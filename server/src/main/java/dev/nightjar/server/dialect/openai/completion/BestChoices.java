package dev.nightjar.server.dialect.openai.completion;

import dev.nightjar.engine.text.TokenText;
import dev.nightjar.server.answer.WholeChoice;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Which of the choices of a prompt are answered: those whose tokens are the likeliest on average,
 * best first; all of them in their order if none is left out.
 *
 * @param numGenerated choices per prompt
 * @param numKept of those, how many are answered
 */
record BestChoices(int numGenerated, int numKept) {

    /** Indexes of the answered choices. */
    List<Integer> of(List<WholeChoice> choices) {
        if (numGenerated == numKept) {
            return IntStream.range(0, choices.size()).boxed().toList();
        }
        Comparator<Integer> byMean =
                Comparator.comparingDouble(choice -> mean(choices.get(choice)));
        List<Integer> kept = new ArrayList<>();
        for (int first = 0; first < choices.size(); first += numGenerated) {
            IntStream.range(first, first + numGenerated)
                    .boxed()
                    .sorted(byMean.reversed())
                    .limit(numKept)
                    .forEach(kept::add);
        }
        return kept;
    }

    /** A text without any token is no better than the worst. */
    private static double mean(WholeChoice choice) {
        return choice.completion().tokens().stream()
                .mapToDouble(TokenText::logprob)
                .average()
                .orElse(Double.NEGATIVE_INFINITY);
    }
}
