package dev.nightjar.engine.text;

import dev.nightjar.engine.request.OutputFormat;
import dev.nightjar.engine.request.Priority;
import dev.nightjar.engine.request.SamplingParams;
import dev.nightjar.tokenizer.template.ChatMessage;
import dev.nightjar.tokenizer.template.ChatPrompt;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A text to generate. Build one with {@link #of} or {@link #chat} and refine it with the {@code
 * with…} methods.
 *
 * <pre>{@code
 * TextRequest.of("Once upon a time")
 *         .withSampling(s -> s.temperature(0.7).seed(42).maxTokens(100))
 *         .withStop(List.of("The end"))
 *         .withTimeout(Duration.ofSeconds(10))
 * }</pre>
 *
 * @param prompt what to continue
 * @param sampling how tokens are chosen
 * @param output what the text must look like and what is reported of it
 * @param inputLimit most tokens of the prompt; what the model takes without it
 * @param choice index among the choices of one client request, see {@code GenerationRequest}
 * @param timeout ends the generation with what it has
 * @param cacheSalt requests share cached prefixes only within equal salts
 * @param priority its class in the queue of the model
 */
public record TextRequest(
        Prompt prompt,
        SamplingParams sampling,
        TextOutput output,
        Optional<InputLimit> inputLimit,
        int choice,
        Optional<Duration> timeout,
        String cacheSalt,
        Priority priority) {

    /** Continues plain text. */
    public static TextRequest of(String text) {
        return of(new Prompt.Text(text));
    }

    /** Answers a conversation. */
    public static TextRequest chat(List<ChatMessage> messages) {
        return of(new Prompt.Chat(messages));
    }

    /** Answers a conversation that comes with more than messages. */
    public static TextRequest chat(ChatPrompt prompt) {
        return of(new Prompt.Chat(prompt, Optional.empty()));
    }

    /** Continues any prompt with plain sampling. */
    public static TextRequest of(Prompt prompt) {
        return new TextRequest(
                prompt,
                SamplingParams.builder().build(),
                TextOutput.plain(),
                Optional.empty(),
                0,
                Optional.empty(),
                "",
                Priority.STANDARD);
    }

    /** With another prompt. */
    public TextRequest withPrompt(Prompt value) {
        return new TextRequest(
                value, sampling, output, inputLimit, choice, timeout, cacheSalt, priority);
    }

    /** With another conversation. */
    public TextRequest withPrompt(ChatPrompt value) {
        return withPrompt(new Prompt.Chat(value, Optional.empty()));
    }

    /** With other sampling. */
    public TextRequest withSampling(SamplingParams value) {
        return new TextRequest(
                prompt, value, output, inputLimit, choice, timeout, cacheSalt, priority);
    }

    /** With some knobs of its sampling turned: {@code s -> s.temperature(0.7).seed(42)}. */
    public TextRequest withSampling(UnaryOperator<SamplingParams.Builder> change) {
        return withSampling(change.apply(sampling.toBuilder()).build());
    }

    /** With other demands on the text. */
    public TextRequest withOutput(TextOutput value) {
        return new TextRequest(
                prompt, sampling, value, inputLimit, choice, timeout, cacheSalt, priority);
    }

    /** With a limit of its prompt's tokens. */
    public TextRequest withInputLimit(InputLimit value) {
        return new TextRequest(
                prompt, sampling, output, Optional.of(value), choice, timeout, cacheSalt, priority);
    }

    /** With stop strings. */
    public TextRequest withStop(List<String> value) {
        return withOutput(output.withStop(value));
    }

    /** Held to a form. */
    public TextRequest withFormat(OutputFormat value) {
        return withOutput(output.withFormat(value));
    }

    /** As choice {@code value} of a client request. */
    public TextRequest withChoice(int value) {
        return new TextRequest(
                prompt, sampling, output, inputLimit, value, timeout, cacheSalt, priority);
    }

    /** With a deadline, counted from submission. */
    public TextRequest withTimeout(Duration value) {
        return new TextRequest(
                prompt,
                sampling,
                output,
                inputLimit,
                choice,
                Optional.of(value),
                cacheSalt,
                priority);
    }

    /** Sharing cached prefixes only with requests of the same salt. */
    public TextRequest withCacheSalt(String value) {
        return new TextRequest(
                prompt, sampling, output, inputLimit, choice, timeout, value, priority);
    }

    /** In another class of the queue. */
    public TextRequest withPriority(Priority value) {
        return new TextRequest(
                prompt, sampling, output, inputLimit, choice, timeout, cacheSalt, value);
    }
}
