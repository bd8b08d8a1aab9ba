package dev.nightjar.server.dialect.tgi;

import dev.nightjar.engine.text.TextOutput;
import dev.nightjar.server.api.Field;
import dev.nightjar.server.api.FieldSchema;
import dev.nightjar.server.api.NotServed;
import dev.nightjar.server.api.RequestObject;
import dev.nightjar.server.error.ApiError;
import dev.nightjar.server.error.ApiException;
import dev.nightjar.server.generation.AskedSampling;
import dev.nightjar.server.generation.SamplingDefaults;
import dev.nightjar.server.generation.SamplingFields;
import dev.nightjar.server.generation.StopField;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The members of {@code parameters}. */
final class TgiParameters {

    private static final int MAX_BEST_OF = 64;

    static final Field<Integer> MAX_NEW_TOKENS =
            Field.integer(
                    "max_new_tokens",
                    1,
                    Integer.MAX_VALUE,
                    "Most generated tokens; what the context leaves when it leaves less; default"
                            + " 100.");
    static final Field<Integer> TRUNCATE =
            Field.integer(
                    "truncate", 1, Integer.MAX_VALUE, "Keeps the last tokens of a longer input.");
    static final Field<Integer> BEST_OF =
            Field.integer(
                    "best_of",
                    1,
                    MAX_BEST_OF,
                    "Generates that many texts and answers the likeliest; not with a stream.");
    static final Field<Boolean> RETURN_FULL_TEXT =
            Field.bool("return_full_text", "Whether generated_text begins with the input.");
    static final Field<Boolean> DETAILS =
            Field.bool("details", "Whether the answer says how it ended, and its tokens.");
    static final Field<Boolean> DECODER_INPUT_DETAILS =
            Field.bool(
                    "decoder_input_details",
                    "Whether the details begin with the input's tokens; not with a stream.");
    static final Field<Integer> TOP_N_TOKENS =
            Field.integer(
                    "top_n_tokens",
                    0,
                    TextOutput.MAX_TOP_LOGPROBS,
                    "How many of the likeliest tokens are listed beside each generated one.");
    private static final Field<Boolean> DO_SAMPLE =
            Field.bool(
                    "do_sample",
                    "False picks the most likely token; by default that is done unless temperature,"
                            + " top_k, top_p or typical_p is given.");

    /** These ask for chance where nothing is said of it. */
    private static final Set<String> WARPERS =
            Set.of("temperature", "top_k", "top_p", "typical_p", "min_p");

    private static final SamplingDefaults DEFAULTS = new SamplingDefaults(1, 1, 0, 100);
    private static final SamplingFields SAMPLING = new SamplingFields(DEFAULTS);

    private static final List<Field<?>> NOT_SERVED =
            List.of(NotServed.field("watermark"), NotServed.field("adapter_id"));

    private static final List<Field<?>> ALL = all();
    private static final Set<String> NAMES =
            ALL.stream().map(Field::name).collect(Collectors.toUnmodifiableSet());

    private TgiParameters() {}

    /** What they may hold. */
    static FieldSchema schema() {
        String members =
                ALL.stream()
                        .map(field -> "\"%s\":%s".formatted(field.name(), field.schema().json()))
                        .collect(Collectors.joining(","));
        return new FieldSchema("{\"type\":\"object\",\"properties\":{%s}}".formatted(members));
    }

    /** Notes what is unknown and refuses what is known and not served. */
    static void check(RequestObject parameters) {
        parameters.ignoreAllBut(NAMES);
        NOT_SERVED.forEach(parameters::get);
    }

    /** How tokens are chosen. */
    static AskedSampling sampling(RequestObject parameters) {
        Optional<Boolean> asked = parameters.get(DO_SAMPLE);
        boolean isWarped = WARPERS.stream().anyMatch(n -> parameters.field(n).isPresent());
        AskedSampling sampling =
                SAMPLING.read(
                        parameters,
                        asked.orElse(isWarped) ? DEFAULTS : DEFAULTS.withTemperature(0));
        return asked.orElse(true) ? sampling : sampling.with(params -> params.temperature(0));
    }

    /** The error for a parameter that cannot be with what else the request asks for. */
    static ApiException refused(Field<?> field, String why) {
        String path = "parameters." + field.name();
        return ApiError.invalidRequest(path + " " + why).withParam(path).asException();
    }

    private static List<Field<?>> all() {
        List<Field<?>> all = new ArrayList<>();
        all.addAll(List.of(MAX_NEW_TOKENS, DO_SAMPLE));
        all.addAll(SAMPLING.all());
        all.addAll(List.of(StopField.STOP, TRUNCATE, BEST_OF, RETURN_FULL_TEXT, DETAILS));
        all.addAll(List.of(DECODER_INPUT_DETAILS, TOP_N_TOKENS, TgiGrammar.GRAMMAR));
        all.addAll(NOT_SERVED);
        return all;
    }
}
