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

    /** All that end a sequence of that request, in order of their ids. */
    public int[] of(GenerationRequest request) {
        SamplingParams params = request.sampling();
        boolean endsByItself = !params.ignoreEos() || request.constraint().isPresent();
        return IntStream.concat(
                        endsByItself ? IntStream.of(ofModel) : IntStream.empty(),
                        params.stopTokens().stream().mapToInt(Integer::intValue))
                .distinct()
                .sorted()
                .toArray();
    }
}
