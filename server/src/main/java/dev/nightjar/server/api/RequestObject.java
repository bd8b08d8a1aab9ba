package dev.nightjar.server.api;

import dev.nightjar.server.error.ApiError;
import dev.nightjar.server.json.JsonValue;
import dev.nightjar.server.json.JsonValue.JsonNull;
import dev.nightjar.server.json.JsonValue.JsonObject;
import java.util.Optional;
import java.util.Set;

/**
 * An object inside a request body. A member that is null counts as absent: clients write one for
 * what they leave to the server.
 *
 * @param path such as {@code messages[1]}; empty for the body itself
 * @param object the members
 * @param ignored collects what the whole request holds beside known members
 */
public record RequestObject(String path, JsonObject object, IgnoredFields ignored) {

    /** The member, unless absent or null. */
    public Optional<RequestField> field(String name) {
        JsonValue value = object.members().get(name);
        return value == null || value == JsonNull.NULL
                ? Optional.empty()
                : Optional.of(new RequestField(pathTo(name), value, ignored));
    }

    /** The member; absent or null is answered with an error. */
    public RequestField required(String name) {
        return field(name)
                .orElseThrow(
                        () ->
                                ApiError.invalidRequest(pathTo(name) + " is required")
                                        .withParam(pathTo(name))
                                        .asException());
    }

    /** The member as it is declared, unless absent or null. */
    public <T> Optional<T> get(Field<T> field) {
        return field(field.name()).map(field.reader());
    }

    /** The member as it is declared; absent or null is answered with an error. */
    public <T> T require(Field<T> field) {
        return field.reader().apply(required(field.name()));
    }

    /** Notes members outside {@code spec} as ignored. */
    public void ignoreAllBut(BodySpec spec) {
        ignoreAllBut(spec.names());
    }

    /** Notes members outside {@code known} as ignored. */
    public void ignoreAllBut(Set<String> known) {
        object.members().keySet().stream()
                .filter(name -> !known.contains(name))
                .forEach(name -> ignored.add(pathTo(name)));
    }

    private String pathTo(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }
}
