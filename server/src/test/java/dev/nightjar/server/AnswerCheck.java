package dev.nightjar.server;

import dev.nightjar.server.HttpReply.Json;
import dev.nightjar.server.json.JsonValue;
import dev.nightjar.server.json.JsonValue.JsonArray;
import dev.nightjar.server.json.JsonValue.JsonBoolean;
import dev.nightjar.server.json.JsonValue.JsonDecimal;
import dev.nightjar.server.json.JsonValue.JsonInteger;
import dev.nightjar.server.json.JsonValue.JsonNull;
import dev.nightjar.server.json.JsonValue.JsonObject;
import dev.nightjar.server.json.JsonValue.JsonString;
import java.util.ArrayList;
import java.util.List;

/** Holds an answer against the schema that its route declares, for the keywords used there. */
final class AnswerCheck {

    private AnswerCheck() {}

    /** Adds what is wrong. */
    static void check(String place, Json answer, Json schema, List<String> wrong) {
        if (schema.has("anyOf")) {
            checkAny(place, answer, schema.at("anyOf"), wrong);
            return;
        }
        if (schema.has("type") && !isOneOf(answer.value(), schema.at("type"))) {
            wrong.add("%s: %s is not %s".formatted(place, answer.value(), schema.at("type")));
            return;
        }
        if (schema.has("const") && !answer.text().equals(schema.at("const").text())) {
            wrong.add("%s: found %s".formatted(place, answer.value()));
        }
        if (schema.has("enum")
                && !((JsonArray) schema.at("enum").value()).elements().contains(answer.value())) {
            wrong.add("%s: found %s".formatted(place, answer.value()));
        }
        if (answer.value() instanceof JsonArray array && schema.has("items")) {
            for (JsonValue element : array.elements()) {
                check(place + "[]", new Json(element), schema.at("items"), wrong);
            }
        }
        if (answer.value() instanceof JsonObject object) {
            checkMembers(place, object, schema, wrong);
        }
    }

    /** Right if one of them is; else what is wrong with each. */
    private static void checkAny(String place, Json answer, Json options, List<String> wrong) {
        List<String> all = new ArrayList<>();
        for (JsonValue option : ((JsonArray) options.value()).elements()) {
            List<String> here = new ArrayList<>();
            check(place, answer, new Json(option), here);
            if (here.isEmpty()) {
                return;
            }
            all.addAll(here);
        }
        wrong.addAll(all);
    }

    private static void checkMembers(
            String place, JsonObject object, Json schema, List<String> wrong) {
        if (schema.has("required")) {
            for (JsonValue name : ((JsonArray) schema.at("required").value()).elements()) {
                if (!object.members().containsKey(((JsonString) name).value())) {
                    wrong.add("%s: no %s".formatted(place, name));
                }
            }
        }
        if (schema.has("properties")) {
            JsonObject properties = (JsonObject) schema.at("properties").value();
            object.members()
                    .forEach(
                            (name, value) -> {
                                JsonValue member = properties.members().get(name);
                                if (member != null) {
                                    check(
                                            place + "." + name,
                                            new Json(value),
                                            new Json(member),
                                            wrong);
                                }
                            });
        }
    }

    private static boolean isOneOf(JsonValue value, Json types) {
        return types.value() instanceof JsonArray array
                ? array.elements().stream().anyMatch(type -> is(value, new Json(type).text()))
                : is(value, types.text());
    }

    private static boolean is(JsonValue value, String type) {
        return switch (value) {
            case JsonNull none -> type.equals("null");
            case JsonBoolean bool -> type.equals("boolean");
            case JsonInteger integer -> type.equals("integer") || type.equals("number");
            case JsonDecimal decimal -> type.equals("number");
            case JsonString string -> type.equals("string");
            case JsonArray array -> type.equals("array");
            case JsonObject object -> type.equals("object");
        };
    }
}
