package dev.nightjar.server.cli;

import dev.nightjar.engine.request.FinishReason;
import dev.nightjar.engine.request.SamplingParams;
import dev.nightjar.engine.text.Completion;
import dev.nightjar.engine.text.Prompt;
import dev.nightjar.engine.text.TextModel;
import dev.nightjar.engine.text.TextRequest;
import dev.nightjar.tokenizer.template.ChatMessage;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What was said so far. Nothing is ever dropped from it in silence: when it fills the model's
 * context, that is said.
 */
final class Conversation {

    private final TextModel model;
    private final Optional<String> system;
    private final SamplingParams sampling;
    private final List<String> stop;
    private final List<ChatMessage> messages = new ArrayList<>();

    Conversation(
            TextModel model, Optional<String> system, SamplingParams sampling, List<String> stop) {
        this.model = model;
        this.system = system;
        this.sampling = sampling;
        this.stop = stop;
        reset();
    }

    /** Forgets all but the system message. */
    void reset() {
        messages.clear();
        system.ifPresent(text -> messages.add(new ChatMessage("system", text)));
    }

    /**
     * Answers to {@code out}.
     *
     * @return what the user should know: that the context is full
     */
    Optional<String> answer(String text, PrintStream out) throws InterruptedException {
        messages.add(new ChatMessage("user", text));
        Prompt prompt = new Prompt.Chat(messages);
        int length = model.promptIds(prompt).length;
        if (length >= model.maxContext()) {
            messages.removeLast();
            return Optional.of(
                    "the conversation would have %d tokens, the context holds %d; /reset starts anew"
                            .formatted(length, model.maxContext()));
        }
        TextRequest request = TextRequest.of(prompt).withSampling(sampling).withStop(stop);
        Completion completion = Generation.print(model, request, out);
        messages.add(new ChatMessage("assistant", completion.text()));
        return length + completion.usage().completionTokens() >= model.maxContext()
                        && completion.reason() == FinishReason.LENGTH
                ? Optional.of(
                        "the answer was cut: the context of %d tokens is full; /reset starts anew"
                                .formatted(model.maxContext()))
                : Optional.empty();
    }
}
