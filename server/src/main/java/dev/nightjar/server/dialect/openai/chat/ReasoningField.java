package dev.nightjar.server.dialect.openai.chat;

import dev.nightjar.server.api.Field;
import dev.nightjar.server.api.RequestObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How much a model is to think, as its template knows it. */
final class ReasoningField {

    private static final String NONE = "none";

    static final Field<String> EFFORT =
            Field.word(
                    "reasoning_effort",
                    List.of(NONE, "minimal", "low", "medium", "high", "xhigh"),
                    "Given to the template; none also turns thinking off where it can be.");

    private ReasoningField() {}

    /** The names that a template knows it by; those that the client gives itself count more. */
    static Map<String, Object> variables(RequestObject body, Map<String, Object> own) {
        Optional<String> effort = body.get(EFFORT);
        if (effort.isEmpty()) {
            return own;
        }
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("reasoning_effort", effort.get());
        if (effort.get().equals(NONE)) {
            all.put("enable_thinking", false);
        }
        all.putAll(own);
        return all;
    }
}
