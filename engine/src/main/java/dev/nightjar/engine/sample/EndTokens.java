package dev.nightjar.engine.sample;

import dev.nightjar.engine.request.GenerationRequest;
import dev.nightjar.engine.request.SamplingParams;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Which tokens end a sequence: those its request names, and the model's own unless they are to be
 * ignored. A constraint decides itself where a text may end, so an end token that it lets through
 * counts in any case.
 */
public final class EndTokens {

    private final int[] ofModel;
    private final int vocabSize;

    /** Notes a model's own end tokens. */
    public EndTokens(IntPredicate isEndToken, int vocabSize) {
        this.ofModel = IntStream.range(0, vocabSize).filter(isEndToken).toArray();
        this.vocabSize = vocabSize;
    }

    /** V. */
    public int vocabSize() {
        return vocabSize;
    }

    /** Whether the token ends a sequence of that request. */
    public boolean end(GenerationRequest request, int token) {
        SamplingParams params = request.sampling();
        boolean isOwnEnd = !params.ignoreEos() || request.constraint().isPresent();
        return params.stopTokens().contains(token) || isOwnEnd && isOfModel(token);
    }

    /** All that {@link #end} a sequence of that request, in order of their ids. */
    int[] of(GenerationRequest request) {
        return IntStream.concat(
                        IntStream.of(ofModel),
                        request.sampling().stopTokens().stream().mapToInt(Integer::intValue))
                .filter(token -> end(request, token))
                .distinct()
                .sorted()
                .toArray();
    }

    private boolean isOfModel(int token) {
        for (int end : ofModel) {
            if (end == token) {
                return true;
            }
        }
        return false;
    }
}
