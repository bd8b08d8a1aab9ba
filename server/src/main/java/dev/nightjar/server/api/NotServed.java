package dev.nightjar.server.api;

import dev.nightjar.server.error.ApiException;
import dev.nightjar.server.json.JsonValue;
import dev.nightjar.server.json.JsonValue.JsonArray;
import dev.nightjar.server.json.JsonValue.JsonBoolean;
import dev.nightjar.server.json.JsonValue.JsonInteger;
import dev.nightjar.server.json.JsonValue.JsonObject;
import dev.nightjar.server.json.JsonValue.JsonString;
import java.util.Set;

/**
 * Members that an API knows and this server does not serve. One that asks for nothing is fine; one
 * that asks for something is refused, as an answer without it would be wrong in silence.
 */
public final class NotServed {

    private NotServed() {}

    /**
     * A member that is refused unless it asks for nothing.
     *
     * @param harmless values that ask for nothing beside null, false, 0 and the empty ones
     */
    public static Field<Boolean> field(String name, String... harmless) {
        Set<String> values = Set.of(harmless);
        return Field.of(
                name,
                FieldSchema.anything(),
                "Not served here: refused unless it asks for nothing.",
                field -> refuseUnless(field, values));
    }

    /** The error for a member that is not served. */
    public static ApiException refusal(RequestField field) {
        return field.refused(field.path() + " is not supported; leave it out");
    }

    private static boolean refuseUnless(RequestField field, Set<String> harmless) {
        if (!asksForNothing(field.value(), harmless)) {
            throw refusal(field);
        }
        return true;
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
