package dev.nightjar.server.generation;

import dev.nightjar.engine.request.ModelSampling;
import dev.nightjar.engine.request.SamplingParams;
import dev.nightjar.engine.text.InputLimit;
import dev.nightjar.engine.text.Prompt;
import dev.nightjar.engine.text.TextModel;
import dev.nightjar.engine.text.TextOutput;
import dev.nightjar.engine.text.TextRequest;
import dev.nightjar.server.answer.Generation;
import dev.nightjar.server.catalog.ServedModel;
import dev.nightjar.server.catalog.ShortPrompts;
import dev.nightjar.server.error.ApiError;
import dev.nightjar.server.gate.Caller;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * What a dialect has read of a request, to be made one sequence per choice of each prompt.
 *
 * @param sampling how tokens are chosen, but for the limit
 * @param maxTokens most generated tokens, if the request or the dialect says so
 * @param output what the texts must look like
 * @param numChoices choices per prompt
 * @param isStreamed whether the answer is a stream of events
 * @param names what the client calls parameters that the engine may refuse, by the engine's names
 */
public record Sequences(
        AskedSampling sampling,
        OptionalInt maxTokens,
        TextOutput output,
        int numChoices,
        boolean isStreamed,
        Map<String, String> names) {

    /** What the engine calls the forms of a text. */
    private static final List<String> FORM_NAMES =
            List.of("response_format", "json_object", "json_schema", "regex", "choice", "grammar");

    /** Copies the names. */
    public Sequences {
        names = Map.copyOf(names);
    }

    /** For clients that call parameters what the engine does. */
    public Sequences(
            AskedSampling sampling,
            OptionalInt maxTokens,
            TextOutput output,
            int numChoices,
            boolean isStreamed) {
        this(sampling, maxTokens, output, numChoices, isStreamed, Map.of());
    }

    /** With other demands on the texts. */
    public Sequences withOutput(TextOutput value) {
        return new Sequences(sampling, maxTokens, value, numChoices, isStreamed, names);
    }

    /** Naming a parameter of the engine as the client does. */
    public Sequences withName(String ofEngine, String ofClient) {
        Map<String, String> more = new HashMap<>(names);
        more.put(ofEngine, ofClient);
        return new Sequences(sampling, maxTokens, output, numChoices, isStreamed, more);
    }

    /** Held to a form. */
    public Sequences withFormat(AskedFormat asked) {
        Map<String, String> more = new HashMap<>(names);
        FORM_NAMES.forEach(name -> more.put(name, asked.path()));
        return new Sequences(
                sampling,
                maxTokens,
                output.withFormat(asked.format()),
                numChoices,
                isStreamed,
                more);
    }

    /** With another limit of generated tokens. */
    public Sequences withMaxTokens(int value) {
        return new Sequences(
                sampling, OptionalInt.of(value), output, numChoices, isStreamed, names);
    }

    /** With another number of choices per prompt. */
    public Sequences withNumChoices(int value) {
        return new Sequences(sampling, maxTokens, output, value, isStreamed, names);
    }

    /**
     * The model that answers a request for another one: a smaller one where the operator sends
     * short prompts there. Ids of tokens belong to the model that was named, and so does a request
     * that has some.
     *
     * @param prompts of the request, as they are for a model
     */
    public ServedModel answering(
            ServedModel asked, Function<TextModel, ? extends List<? extends Prompt>> prompts) {
        SamplingParams params = sampling.over(ModelSampling.NONE).build();
        boolean hasIds = !params.logitBias().isEmpty() || !params.stopTokens().isEmpty();
        return hasIds ? asked : asked.answering(new ShortPrompts(prompts, maxTokens));
    }

    /**
     * The sequences of these prompts for a model, within its configured limits; what the request
     * leaves open is as the model's file suggests where that is wanted, else as the dialect has it.
     *
     * @throws dev.nightjar.server.error.ApiException with status 400 if more tokens are asked for
     *     than the model's configured output
     */
    public Generation of(ServedModel model, List<? extends Prompt> prompts) {
        SamplingParams params = sampling.over(model.sampling()).maxTokens(limit(model)).build();
        List<TextRequest> requests =
                prompts.stream()
                        .flatMap(
                                prompt ->
                                        IntStream.range(0, numChoices)
                                                .mapToObj(i -> one(model, prompt, params, i)))
                        .toList();
        return new Generation(model.text(), requests, numChoices, isStreamed, names);
    }

    private TextRequest one(ServedModel model, Prompt prompt, SamplingParams params, int choice) {
        TextRequest request =
                TextRequest.of(prompt)
                        .withSampling(params)
                        .withOutput(output)
                        .withChoice(choice)
                        .withCacheSalt(model.caller().map(Caller::tenant).orElse(""))
                        .withPriority(model.priority());
        OptionalInt maxInput = model.maxInput();
        return maxInput.isPresent()
                ? request.withInputLimit(InputLimit.refusing(maxInput.getAsInt()))
                : request;
    }

    /** What the window leaves is the engine's business; beyond a configured limit is an error. */
    private int limit(ServedModel model) {
        int allowed = model.maxOutput().orElse(Integer.MAX_VALUE);
        int asked = maxTokens.orElse(allowed);
        if (asked > allowed) {
            throw ApiError.invalidRequest(
                            "max_tokens must be at most %d for model '%s', found %d"
                                    .formatted(allowed, model.id(), asked))
                    .withParam("max_tokens")
                    .withCode("max_tokens_exceeded")
                    .asException();
        }
        return asked;
    }
}
