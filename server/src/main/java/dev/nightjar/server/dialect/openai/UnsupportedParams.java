package dev.nightjar.server.dialect.openai;

import dev.nightjar.server.api.RequestField;
import dev.nightjar.server.api.RequestObject;
import dev.nightjar.server.json.JsonValue;
import dev.nightjar.server.json.JsonValue.JsonArray;
import dev.nightjar.server.json.JsonValue.JsonBoolean;
import dev.nightjar.server.json.JsonValue.JsonInteger;
import dev.nightjar.server.json.JsonValue.JsonObject;
import dev.nightjar.server.json.JsonValue.JsonString;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Parameters of the API that this server does not serve yet. One that asks for nothing is fine; one
 * that asks for something is refused, as an answer without it would be wrong in silence.
 */
final class UnsupportedParams {

    /** Values that ask for nothing beside null, false, 0 and the empty ones, by parameter. */
    private static final Map<String, Set<String>> CHAT =
            Map.ofEntries(
                    Map.entry("logprobs", Set.of()),
                    Map.entry("top_logprobs", Set.of()),
                    Map.entry("logit_bias", Set.of()),
                    Map.entry("tools", Set.of()),
                    Map.entry("tool_choice", Set.of("none", "auto")),
                    Map.entry("functions", Set.of()),
                    Map.entry("function_call", Set.of("none", "auto")),
                    Map.entry("parallel_tool_calls", Set.of("true")),
                    Map.entry("response_format", Set.of("text")),
                    Map.entry("modalities", Set.of("text")),
                    Map.entry("audio", Set.of()),
                    Map.entry("prediction", Set.of()),
                    Map.entry("reasoning_effort", Set.of("none")),
                    Map.entry("verbosity", Set.of("medium")),
                    Map.entry("web_search_options", Set.of()));

    private static final Map<String, Set<String>> COMPLETION =
            Map.of(
                    "logprobs", Set.of(),
                    "logit_bias", Set.of(),
                    "suffix", Set.of(),
                    "response_format", Set.of("text"));

    private final Map<String, Set<String>> harmless;

    private UnsupportedParams(Map<String, Set<String>> harmless) {
        this.harmless = harmless;
    }

    static UnsupportedParams ofChat() {
        return new UnsupportedParams(CHAT);
    }

    static UnsupportedParams ofCompletion() {
        return new UnsupportedParams(COMPLETION);
    }

    /**
     * Answers the first that asks for something with an error; notes unknown members as ignored.
     */
    void refuseIn(RequestObject body, Set<String> supported) {
        Set<String> known = new HashSet<>(supported);
        known.addAll(harmless.keySet());
        known.addAll(GenerationParams.NAMES);
        known.addAll(GenerationParams.WITHOUT_EFFECT);
        body.ignoreAllBut(known);
        harmless.forEach(
                (name, values) -> body.field(name).ifPresent(field -> refuse(field, values)));
    }

    private static void refuse(RequestField field, Set<String> values) {
        if (!asksForNothing(field.value(), values)) {
            throw unsupported(field);
        }
    }

    /** The error for a field that is not served yet. */
    static RuntimeException unsupported(RequestField field) {
        return field.refused(field.path() + " is not supported yet; leave it out");
    }

    private static boolean asksForNothing(JsonValue value, Set<String> harmless) {
        return switch (value) {
            case JsonBoolean bool -> bool == JsonBoolean.FALSE || harmless.contains("true");
            case JsonInteger integer -> integer.value() == 0;
            case JsonString string -> string.value().isEmpty() || harmless.contains(string.value());
            case JsonArray array ->
                    array.elements().stream().allMatch(one -> asksForNothing(one, harmless));
            case JsonObject object -> isHarmless(object, harmless);
            default -> false;
        };
    }

    /** Empty, or nothing but a harmless type, such as {@code {"type": "text"}}. */
    private static boolean isHarmless(JsonObject object, Set<String> harmless) {
        return object.members().isEmpty()
                || (object.members().keySet().equals(Set.of("type"))
                        && object.members().get("type") instanceof JsonString type
                        && harmless.contains(type.value()));
    }
}
