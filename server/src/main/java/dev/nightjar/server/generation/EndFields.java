package dev.nightjar.server.generation;

import dev.nightjar.engine.request.SamplingParams;
import dev.nightjar.server.api.Field;
import dev.nightjar.server.api.FieldSchema;
import dev.nightjar.server.api.RequestField;
import dev.nightjar.server.api.RequestObject;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The members that say, in tokens, when a text may end. */
final class EndFields {

    private static final int MAX_STOP_TOKENS = 1024;

    private static final Field<Integer> MIN_TOKENS =
            Field.integer(
                    "min_tokens",
                    0,
                    Integer.MAX_VALUE,
                    "Until so many are generated, no token that would end the text is.");
    private static final Field<Set<Integer>> STOP_TOKENS =
            Field.of(
                    "stop_token_ids",
                    FieldSchema.arrayOf(FieldSchema.integer(0, Integer.MAX_VALUE)),
                    "Tokens that end the text, beside the model's own; at most 1024.",
                    EndFields::ids);
    private static final Field<Boolean> IGNORE_EOS =
            Field.bool("ignore_eos", "Lets the model run past its own end tokens.");

    private EndFields() {}

    static List<Field<?>> all() {
        return List.of(MIN_TOKENS, STOP_TOKENS, IGNORE_EOS);
    }

    static void read(RequestObject body, AskedSampling asked) {
        asked.with(body.get(MIN_TOKENS), SamplingParams.Builder::minTokens)
                .with(body.get(STOP_TOKENS), SamplingParams.Builder::stopTokens)
                .with(body.get(IGNORE_EOS), SamplingParams.Builder::ignoreEos);
    }

    private static Set<Integer> ids(RequestField field) {
        List<RequestField> elements = field.elements();
        if (elements.size() > MAX_STOP_TOKENS) {
            return field.expected("at most %d tokens".formatted(MAX_STOP_TOKENS), elements.size());
        }
        return elements.stream()
                .map(id -> id.integer(0, Integer.MAX_VALUE))
                .collect(Collectors.toUnmodifiableSet());
    }
}
