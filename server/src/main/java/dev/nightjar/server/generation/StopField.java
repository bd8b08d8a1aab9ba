package dev.nightjar.server.generation;

import dev.nightjar.server.api.Field;
import dev.nightjar.server.api.FieldSchema;
import dev.nightjar.server.api.RequestField;
import java.util.List;

/** Strings that end a text; one or several, in every dialect. */
public final class StopField {

    private static final int MAX_STOPS = 16;

    /** The member. */
    public static final Field<List<String>> STOP =
            Field.of(
                    "stop",
                    FieldSchema.anyOf(
                            FieldSchema.string(), FieldSchema.arrayOf(FieldSchema.string())),
                    "The text ends before the first of these strings, which is not part of it; at"
                            + " most 16.",
                    StopField::read);

    private StopField() {}

    private static List<String> read(RequestField field) {
        if (field.isString()) {
            return List.of(nonEmpty(field));
        }
        if (!field.isArray()) {
            return field.expected("a string or an array of strings");
        }
        List<RequestField> elements = field.elements();
        if (elements.size() > MAX_STOPS) {
            return field.expected("at most %d strings".formatted(MAX_STOPS), elements.size());
        }
        return elements.stream().map(StopField::nonEmpty).toList();
    }

    private static String nonEmpty(RequestField field) {
        return field.string().isEmpty()
                ? field.expected("a string that is not empty", "an empty one")
                : field.string();
    }
}
