package dev.nightjar.server.dialect.tgi;

import dev.nightjar.engine.request.OutputFormat;
import dev.nightjar.engine.text.TextOutput;
import dev.nightjar.server.api.BodySpec;
import dev.nightjar.server.api.Field;
import dev.nightjar.server.api.FieldSchema;
import dev.nightjar.server.api.RequestField;
import dev.nightjar.server.api.RequestObject;
import dev.nightjar.server.generation.AskedSampling;
import dev.nightjar.server.generation.Sequences;
import dev.nightjar.server.generation.StopField;
import dev.nightjar.server.json.JsonValue.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The body of a generation.
 *
 * @param inputs the text to continue
 * @param sequences how
 * @param truncate how many of its last tokens are kept
 * @param report what the answer tells beside the text
 */
record TgiRequest(String inputs, Sequences sequences, OptionalInt truncate, TgiReport report) {

    private static final int DEFAULT_MAX_TOKENS = 100;

    private static final Field<String> INPUTS =
            Field.of(
                    TgiCall.INPUTS,
                    FieldSchema.of("{\"type\":\"string\",\"minLength\":1}"),
                    "The text to continue, as it stands.",
                    TgiRequest::inputs);
    private static final Field<RequestObject> PARAMETERS =
            Field.of("parameters", TgiParameters.schema(), "How.", RequestField::object);
    private static final Field<Boolean> STREAM =
            Field.bool("stream", "Answers with server-sent events.");

    /** The members that are those of no other body on the same path. */
    static final List<Field<?>> OWN = List.of(INPUTS, PARAMETERS);

    static final BodySpec BODY = BodySpec.of(OWN).and(List.of(STREAM)).requiring(INPUTS.name());

    static TgiRequest parse(RequestObject body) {
        body.ignoreAllBut(BODY);
        RequestObject parameters =
                body.get(PARAMETERS)
                        .orElseGet(
                                () ->
                                        new RequestObject(
                                                PARAMETERS.name(),
                                                new JsonObject(Map.of()),
                                                body.ignored()));
        TgiParameters.check(parameters);
        AskedSampling sampling = TgiParameters.sampling(parameters);
        boolean isStreamed = body.get(STREAM).orElse(false);
        int bestOf = parameters.get(TgiParameters.BEST_OF).orElse(1);
        Sequences sequences =
                new Sequences(
                        sampling,
                        OptionalInt.of(
                                parameters
                                        .get(TgiParameters.MAX_NEW_TOKENS)
                                        .orElse(DEFAULT_MAX_TOKENS)),
                        output(parameters),
                        bestOf,
                        isStreamed,
                        Map.of("prompt", INPUTS.name()));
        TgiRequest request =
                new TgiRequest(
                        body.require(INPUTS),
                        sequences,
                        parameters
                                .get(TgiParameters.TRUNCATE)
                                .map(OptionalInt::of)
                                .orElse(OptionalInt.empty()),
                        TgiReport.read(parameters));
        return isStreamed ? request.streamed() : request;
    }

    /** The same as events. */
    TgiRequest streamed() {
        if (sequences.numChoices() > 1) {
            throw TgiParameters.refused(TgiParameters.BEST_OF, "must be 1 with a stream");
        }
        if (report.hasInputDetails()) {
            throw TgiParameters.refused(
                    TgiParameters.DECODER_INPUT_DETAILS, "cannot be told in a stream");
        }
        Sequences events =
                new Sequences(
                        sequences.sampling(),
                        sequences.maxTokens(),
                        sequences.output(),
                        1,
                        true,
                        sequences.names());
        return new TgiRequest(inputs, events, truncate, report);
    }

    /** Events tell of each token, and the likeliest of several texts is found by theirs. */
    private static TextOutput output(RequestObject parameters) {
        TextOutput output =
                TextOutput.plain()
                        .withStop(parameters.get(StopField.STOP).orElse(List.of()))
                        .withLogprobs(parameters.get(TgiParameters.TOP_N_TOKENS).orElse(0));
        Optional<OutputFormat> format = parameters.get(TgiGrammar.GRAMMAR);
        return format.map(output::withFormat).orElse(output);
    }

    private static String inputs(RequestField field) {
        return field.string().isEmpty()
                ? field.expected("a string that is not empty", "an empty one")
                : field.string();
    }
}
