package dev.nightjar.server.generation;

import dev.nightjar.engine.request.SamplingParams;
import dev.nightjar.server.api.Field;
import dev.nightjar.server.api.FieldSchema;
import dev.nightjar.server.api.RequestField;
import dev.nightjar.server.json.JsonValue;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** What a request adds to the logits of single tokens. */
final class LogitBias {

    private static final double LIMIT = 100;
    private static final Pattern ID = Pattern.compile("\\d{1,9}");

    /** The member. */
    static final Field<Map<Integer, Float>> FIELD =
            Field.of(
                    "logit_bias",
                    FieldSchema.of(
                            "{\"type\":\"object\",\"additionalProperties\":{\"type\":\"number\","
                                    + "\"minimum\":-100,\"maximum\":100}}"),
                    "Added to the logits of tokens, by id; -100 forbids one, 100 all others.",
                    LogitBias::read);

    private LogitBias() {}

    private static Map<Integer, Float> read(RequestField field) {
        Map<String, JsonValue> members = field.object().object().members();
        if (members.size() > SamplingParams.MAX_BIASES) {
            return field.expected(
                    "at most %d tokens".formatted(SamplingParams.MAX_BIASES), members.size());
        }
        Map<Integer, Float> biases = new HashMap<>();
        members.forEach(
                (name, value) -> {
                    if (!ID.matcher(name).matches()) {
                        field.expected("an object with token ids as names", "'" + name + "'");
                    }
                    RequestField bias =
                            new RequestField(field.path() + "." + name, value, field.ignored());
                    biases.put(Integer.parseInt(name), (float) bias.number(-LIMIT, LIMIT));
                });
        return biases;
    }
}
