package dev.nightjar.server.dialect.tgi;

import dev.nightjar.engine.request.OutputFormat;
import dev.nightjar.server.api.Field;
import dev.nightjar.server.api.FieldSchema;
import dev.nightjar.server.api.RequestField;
import dev.nightjar.server.api.RequestObject;
import dev.nightjar.server.json.JsonText;
import java.util.List;
import java.util.Set;

/** The parameter that holds a text to a form. */
final class TgiGrammar {

    private static final List<String> TYPES = List.of("json", "json_schema", "regex");

    static final Field<OutputFormat> GRAMMAR =
            Field.of(
                    "grammar",
                    FieldSchema.of(
                            "{\"type\":\"object\",\"required\":[\"type\",\"value\"],\"properties\":"
                                    + "{\"type\":{\"enum\":[\"json\",\"json_schema\",\"regex\"]},"
                                    + "\"value\":{\"type\":[\"object\",\"string\"]}}}"),
                    "Holds the text to a JSON schema or a regular expression.",
                    TgiGrammar::read);

    private TgiGrammar() {}

    private static OutputFormat read(RequestField field) {
        RequestObject grammar = field.object();
        grammar.ignoreAllBut(Set.of("type", "value"));
        String type = grammar.required("type").word(TYPES);
        RequestField value = grammar.required("value");
        return switch (type) {
            case "json" -> new OutputFormat.JsonSchema(schema(value));
            case "json_schema" -> new OutputFormat.JsonSchema(schema(named(value)));
            default -> new OutputFormat.Regex(value.string());
        };
    }

    /** The schema beside its name. */
    private static RequestField named(RequestField value) {
        return value.object().required("schema");
    }

    /** A schema is an object, or the text of one. */
    private static String schema(RequestField value) {
        if (value.isString()) {
            return value.string();
        }
        return JsonText.of(value.object().object());
    }
}
