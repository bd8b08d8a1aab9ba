package dev.nightjar.engine.grammar.json;

import dev.nightjar.engine.format.json.JsonValue;
import dev.nightjar.engine.grammar.part.Part;
import java.util.ArrayList;
import java.util.List;

/** Single values as texts. */
public final class JsonLiterals {

    private JsonLiterals() {}

    /** The texts of a value. */
    public static Part of(JsonValue value) {
        return switch (value) {
            case JsonValue.JsonNull none -> JsonRules.NULL;
            case JsonValue.JsonBoolean flag ->
                    Part.literal(flag == JsonValue.JsonBoolean.TRUE ? "true" : "false");
            case JsonValue.JsonInteger integer -> Part.literal(Long.toString(integer.value()));
            case JsonValue.JsonDecimal decimal -> Part.literal(JsonKind.number(decimal).toString());
            case JsonValue.JsonString text -> Part.literal(JsonStrings.quoted(text.value()));
            case JsonValue.JsonArray array ->
                    list("[", array.elements().stream().map(JsonLiterals::of).toList(), "]");
            case JsonValue.JsonObject object ->
                    list(
                            "{",
                            object.members().entrySet().stream()
                                    .map(member -> member(member.getKey(), of(member.getValue())))
                                    .toList(),
                            "}");
        };
    }

    /** A member of an object. */
    public static Part member(String name, Part value) {
        return Part.sequence(Part.literal(JsonStrings.quoted(name)), JsonRules.COLON, value);
    }

    private static Part list(String open, List<Part> items, String close) {
        List<Part> parts = new ArrayList<>(List.of(Part.literal(open)));
        for (Part item : items) {
            if (parts.size() > 1) {
                parts.add(JsonRules.COMMA);
            }
            parts.add(item);
        }
        parts.add(Part.literal(close));
        return new Part.Sequence(parts);
    }
}
