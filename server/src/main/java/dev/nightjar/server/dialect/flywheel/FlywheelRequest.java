package dev.nightjar.server.dialect.flywheel;

import dev.nightjar.engine.text.InputLimit;
import dev.nightjar.engine.text.TextOutput;
import dev.nightjar.server.api.BodySpec;
import dev.nightjar.server.api.Field;
import dev.nightjar.server.api.FieldSchema;
import dev.nightjar.server.api.RequestField;
import dev.nightjar.server.api.RequestObject;
import dev.nightjar.server.catalog.ServedModel;
import dev.nightjar.server.generation.AskedSampling;
import dev.nightjar.server.generation.SamplingDefaults;
import dev.nightjar.server.generation.SamplingFields;
import dev.nightjar.server.generation.Sequences;
import dev.nightjar.server.generation.StopField;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The body of a generation.
 *
 * @param text what is continued, as it stands
 * @param eosTokens ids that end a text; nothing else does but a stop string and the limit
 * @param maxInputTokens most tokens of the text that are kept; 0 keeps all
 * @param sequences how
 * @param model by which model, if the request says so
 */
record FlywheelRequest(
        String text,
        List<RequestField> eosTokens,
        int maxInputTokens,
        Sequences sequences,
        Optional<String> model) {

    private static final int MAX_SAMPLES = 64;
    private static final int MAX_EOS_TOKENS = 1024;

    private static final Field<String> TEXT =
            Field.of(
                    "text",
                    FieldSchema.of("{\"type\":\"string\",\"minLength\":1}"),
                    "The text to continue, as it stands; required without inputs.",
                    FlywheelRequest::text);
    private static final Field<Integer> MAX_TOKENS =
            Field.integer(
                    "max_tokens",
                    1,
                    Integer.MAX_VALUE,
                    "Most generated tokens; required without inputs.");
    private static final Field<List<RequestField>> EOS_TOKEN_IDS =
            Field.of(
                    "eos_token_ids",
                    FieldSchema.of(
                            ("{\"type\":\"array\",\"maxItems\":%d,\"items\":"
                                            + "{\"type\":\"integer\",\"minimum\":0}}")
                                    .formatted(MAX_EOS_TOKENS)),
                    "Ids that end a text; without any it goes on to max_tokens.",
                    FlywheelRequest::eosTokens);
    private static final Field<Integer> MAX_INPUT_TOKENS =
            Field.integer(
                    "max_input_tokens",
                    0,
                    Integer.MAX_VALUE,
                    "Keeps the last tokens of a longer text, and its BOS; 0 keeps all.");
    private static final Field<Integer> NUM_SAMPLES =
            Field.integer(
                    "num_samples", 1, MAX_SAMPLES, "Texts to generate; they share one prefill.");
    private static final Field<String> MODEL =
            Field.string("model", "Which model answers; the first one without it.");
    private static final Field<Boolean> STREAM =
            Field.bool("stream", "Answers with server-sent events.");

    private static final SamplingFields SAMPLING = new SamplingFields(SamplingDefaults.FLYWHEEL);

    /** Nothing is required of it, as another body may come instead. */
    static final BodySpec BODY =
            BodySpec.of(List.of(TEXT, MAX_TOKENS, EOS_TOKEN_IDS, MAX_INPUT_TOKENS, NUM_SAMPLES))
                    .and(SAMPLING.all())
                    .and(List.of(StopField.STOP, MODEL, STREAM));

    static FlywheelRequest parse(RequestObject body) {
        body.ignoreAllBut(BODY);
        String text = body.require(TEXT);
        int maxTokens = body.require(MAX_TOKENS);
        List<RequestField> eosTokens = body.get(EOS_TOKEN_IDS).orElse(List.of());
        Set<Integer> ends =
                eosTokens.stream()
                        .map(id -> id.integer(0, Integer.MAX_VALUE))
                        .collect(Collectors.toUnmodifiableSet());
        AskedSampling sampling =
                SAMPLING.read(body).with(params -> params.ignoreEos(true).stopTokens(ends));
        Sequences sequences =
                new Sequences(
                        sampling,
                        OptionalInt.of(maxTokens),
                        TextOutput.plain().withStop(body.get(StopField.STOP).orElse(List.of())),
                        body.get(NUM_SAMPLES).orElse(1),
                        body.get(STREAM).orElse(false),
                        Map.of("prompt", TEXT.name(), "n", NUM_SAMPLES.name()));
        return new FlywheelRequest(
                text, eosTokens, body.get(MAX_INPUT_TOKENS).orElse(0), sequences, body.get(MODEL));
    }

    /**
     * Checks the ids against a model.
     *
     * @throws dev.nightjar.server.error.ApiException with status 400 if it does not have one of
     *     them
     */
    void checkEosTokens(int vocabSize) {
        eosTokens.forEach(id -> id.integer(0, vocabSize - 1));
    }

    /**
     * The limit of the prompt. A text that is cut to more than the model's configured limit is
     * still too long.
     */
    Optional<InputLimit> inputLimit(ServedModel model) {
        if (maxInputTokens == 0 || maxInputTokens > model.maxInput().orElse(maxInputTokens)) {
            return Optional.empty();
        }
        return Optional.of(InputLimit.keepingLast(maxInputTokens));
    }

    private static String text(RequestField field) {
        return field.string().isEmpty()
                ? field.expected("a string that is not empty", "an empty one")
                : field.string();
    }

    private static List<RequestField> eosTokens(RequestField field) {
        List<RequestField> ids = field.elements();
        return ids.size() > MAX_EOS_TOKENS
                ? field.expected("at most %d ids".formatted(MAX_EOS_TOKENS), ids.size())
                : ids;
    }
}
