package dev.nightjar.server.api;

import dev.nightjar.server.json.JsonValue;
import dev.nightjar.server.json.JsonValue.JsonNull;
import dev.nightjar.server.json.JsonValue.JsonObject;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;

/**
 * An object inside a request body. A member that is null counts as absent: clients write one for
 * what they leave to the server.
 *
 * @param path such as {@code messages[1]}; empty for the body itself
 * @param object the members
 */
public record RequestObject(String path, JsonObject object) {

    /** The member, unless absent or null. */
    public Optional<RequestField> field(String name) {
        JsonValue value = object.members().get(name);
        return value == null || value == JsonNull.NULL
                ? Optional.empty()
                : Optional.of(new RequestField(pathTo(name), value));
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

    /** Answers a member outside {@code known} with an error that names the nearest known one. */
    public void allowOnly(Set<String> known) {
        object.members().keySet().stream()
                .filter(name -> !known.contains(name))
                .findFirst()
                .ifPresent(name -> refuseUnknown(name, known));
    }

    private void refuseUnknown(String name, Collection<String> known) {
        String hint =
                NearestName.of(name, known)
                        .map(nearest -> "; did you mean '" + pathTo(nearest) + "'?")
                        .orElse("; leave it out");
        throw ApiError.invalidRequest("unknown parameter '" + pathTo(name) + "'" + hint)
                .withParam(pathTo(name))
                .withCode("unknown_parameter")
                .asException();
    }

    private String pathTo(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }
}
