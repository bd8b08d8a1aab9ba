package dev.nightjar.engine;

import dev.nightjar.engine.request.SamplingParams;
import dev.nightjar.engine.text.TextRequest;
import dev.nightjar.tokenizer.template.ChatMessage;
import java.util.List;

/** What the shortest calls of the door mean. */
final class Defaults {

    private static final int CONTINUATION_TOKENS = 256;

    /** An answer ends by itself; this only stops a model that does not. */
    private static final int ANSWER_TOKENS = 1024;

    private Defaults() {}

    static TextRequest continuing(String prompt) {
        return TextRequest.of(prompt).withSampling(greedy(CONTINUATION_TOKENS));
    }

    static TextRequest answering(List<ChatMessage> conversation) {
        return TextRequest.chat(conversation).withSampling(greedy(ANSWER_TOKENS));
    }

    private static SamplingParams greedy(int maxTokens) {
        return SamplingParams.builder().temperature(0).maxTokens(maxTokens).build();
    }
}
