package dev.nightjar.engine;

import dev.nightjar.engine.request.SamplingParams;
import dev.nightjar.engine.text.TextRequest;

/** What the shortest call of the door means. */
final class Defaults {

    private static final int MAX_TOKENS = 256;

    private Defaults() {}

    static TextRequest continuing(String prompt) {
        return TextRequest.of(prompt)
                .withSampling(
                        SamplingParams.builder().temperature(0).maxTokens(MAX_TOKENS).build());
    }
}
